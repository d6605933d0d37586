"""Two looks of our own, every pair of colours at 7:1 or more (WCAG 2.2, 1.4.6).

A test computes the contrast of each pair that is drawn. The third look takes the
terminal's own colours and so promises nothing.
"""

from __future__ import annotations

from collections.abc import Mapping

from rich.style import Style
from textual.color import Color
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

# What is drawn in a page: ink, paper and effect. Not in the style sheet: a page has
# no widget inside it, and reading so many rules costs 4 ms of every start.
_DRAWN = {
    "text": ("foreground", "background", ""),
    "row": ("foreground", "background", ""),
    "title": ("primary", "background", "bold"),
    "heading": ("primary", "background", "bold"),
    "quiet": ("quiet", "background", ""),
    "callout": ("warning", "background", "bold"),
    "code": ("secondary", "background", ""),
    "strong": ("foreground", "background", "bold"),
    "em": ("foreground", "background", "italic"),
    "link": ("primary", "background", "underline"),
    "cursor": ("cursor-ink", "cursor-paper", "bold"),
}


def style_of(name: str, colours: Mapping[str, str], look: str) -> Style:
    """How a piece of a page is drawn in *look*, whose *colours* these are."""
    ink, paper, effect = _DRAWN[name]
    if name == "cursor" and look == TERMINAL.name:
        effect = "bold reverse"  # it has no colour of its own to stand out by
    drawn = Style(
        color=Color.parse(colours[ink]).rich_color,
        bgcolor=Color.parse(colours[paper]).rich_color,
    )
    return drawn + Style.parse(effect)
