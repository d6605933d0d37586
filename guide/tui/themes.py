"""Two looks of our own, every pair of colours at 7:1 or more (WCAG 2.2, 1.4.6).

A test computes the contrast of each pair that is drawn. The third look takes the
terminal's own colours and so promises nothing.
"""

from __future__ import annotations

from textual.theme import Theme

NIGHT = Theme(
    name="night",
    dark=True,
    primary="#9ccfff",
    secondary="#c9cfd6",
    foreground="#ece9e4",
    background="#101316",
    surface="#101316",
    panel="#1b2126",
    accent="#ffd37a",
    warning="#ffd37a",
    error="#ffb4a8",
    success="#a5e3b0",
    variables={
        "cursor-ink": "#ffffff",
        "cursor-paper": "#23405c",
        "bar-ink": "#ece9e4",
        "bar-paper": "#1b2126",
        "quiet": "#b9c0c7",
    },
)
DAY = Theme(
    name="day",
    dark=False,
    primary="#0b3d6e",
    secondary="#3b4147",
    foreground="#17191b",
    background="#fbfaf7",
    surface="#fbfaf7",
    panel="#eceae4",
    accent="#6a3500",
    warning="#6a3500",
    error="#8a1010",
    success="#0d4a20",
    variables={
        "cursor-ink": "#08121c",
        "cursor-paper": "#cfe1f3",
        "bar-ink": "#17191b",
        "bar-paper": "#e4e1da",
        "quiet": "#45494e",
    },
)
TERMINAL = Theme(
    name="terminal",
    dark=True,
    ansi=True,
    primary="ansi_default",
    secondary="ansi_default",
    foreground="ansi_default",
    background="ansi_default",
    surface="ansi_default",
    panel="ansi_default",
    accent="ansi_default",
    warning="ansi_default",
    error="ansi_default",
    success="ansi_default",
    variables={
        "cursor-ink": "ansi_default",
        "cursor-paper": "ansi_default",
        "ansi-background": "ansi_default",
        "ansi-foreground": "ansi_default",
        "bar-ink": "ansi_default",
        "bar-paper": "ansi_default",
        "quiet": "ansi_default",
    },
)
THEMES = {theme.name: theme for theme in (NIGHT, DAY, TERMINAL)}
