"""A small picture as lines of text: two pixels above each other in one column.

Where a terminal has no colours, the brightness of a pixel is a character.
"""

from __future__ import annotations

from collections.abc import Iterator

from rich.color import Color
from rich.style import Style

from guide.model.picture import Picture

MARK = "#"  # the name of a style that is two colours begins with it
_UPPER_HALF = "▀"
_BY_LIGHT = " .:-=+*#%@"
_Pixel = tuple[int, int, int]


def picture_lines(picture: Picture, width: int) -> Iterator[list[tuple[str, str]]]:
    """The pieces of each line of *picture*, at most *width* columns wide.

    The name of each style is its two colours: see ``style_of_pixels``.
    """
    rows = _fitted(picture, width)
    for upper, lower in zip(rows[::2], rows[1::2], strict=True):
        pieces: list[tuple[str, str]] = []
        for above, below in zip(upper, lower, strict=True):
            name = f"{MARK}{bytes(above + below).hex()}"
            if pieces and pieces[-1][1] == name:
                pieces[-1] = (pieces[-1][0] + _UPPER_HALF, name)
            else:
                pieces.append((_UPPER_HALF, name))
        yield pieces


def style_of_pixels(name: str) -> Style:
    """The style that a name of ``picture_lines`` stands for; it is not remembered."""
    octets = bytes.fromhex(name.removeprefix(MARK))
    above, below = octets[:3], octets[3:]
    return Style(color=Color.from_rgb(*above), bgcolor=Color.from_rgb(*below))


def without_colour(text: str, name: str) -> str:
    """The same piece by its brightness alone, as wide as before."""
    octets = bytes.fromhex(name.removeprefix(MARK))
    light = sum(octets) // len(octets)
    return _BY_LIGHT[light * len(_BY_LIGHT) // 256] * len(text)


def _fitted(picture: Picture, width: int) -> list[list[_Pixel]]:
    """Rows of pixels, an even number of them, no wider than *width*."""
    columns = max(1, min(picture.width, width))
    tall = max(1, round(picture.height * columns / picture.width))
    tall += tall % 2
    return [
        [_mean(picture, (x, columns), (y, tall)) for x in range(columns)]
        for y in range(tall)
    ]


def _mean(picture: Picture, across: tuple[int, int], down: tuple[int, int]) -> _Pixel:
    """The mean colour of the part of *picture* under one pixel of the smaller one."""
    columns, rows = _under(*across, picture.width), _under(*down, picture.height)
    if len(columns) == len(rows) == 1:
        return picture.pixel(columns[0], rows[0])
    part = [picture.pixel(x, y) for y in rows for x in columns]
    red, green, blue = (sum(each) // len(part) for each in zip(*part, strict=True))
    return red, green, blue


def _under(place: int, places: int, pixels: int) -> range:
    first = min(place * pixels // places, pixels - 1)
    return range(first, max(first + 1, (place + 1) * pixels // places))
