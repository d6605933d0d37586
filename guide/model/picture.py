"""A small picture that an interface may draw: pixels, and nothing else of the file."""

from __future__ import annotations

from dataclasses import dataclass, field

COLUMNS = 72  # the widest picture, in pixels: one for each column of text
LINES = 48  # the tallest one: two pixels stand above each other in one line of text
_CHANNELS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """Rows of red, green and blue, a byte each, from the top left.

    ``of`` is how wide and how tall the picture was in its file.
    """

    width: int
    height: int
    pixels: bytes = field(repr=False)
    of: tuple[int, int] = (0, 0)

    def __post_init__(self) -> None:
        """Refuse pixels that are not as many as they should be."""
        sound = 0 < self.width <= COLUMNS and 0 < self.height <= LINES
        if not sound or len(self.pixels) != self.width * self.height * _CHANNELS:
            raise ValueError("not a small picture")

    def pixel(self, x: int, y: int) -> tuple[int, int, int]:
        """Red, green and blue of one pixel."""
        at = (y * self.width + x) * _CHANNELS
        red, green, blue = self.pixels[at : at + _CHANNELS]
        return red, green, blue
