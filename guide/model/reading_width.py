"""How wide a line of text may be: one preference, the same on every screen."""

from __future__ import annotations

WIDTHS = (60, 72, 80)
USUAL = 72


class _Reading:
    """What was preferred for this run, as the language is."""

    width = USUAL


def reading_width() -> int:
    """How many columns a line of text may take."""
    return _Reading.width


def read_at(width: int) -> None:
    """Read at *width* columns from now on; any other number is the usual one."""
    _Reading.width = width if width in WIDTHS else USUAL
