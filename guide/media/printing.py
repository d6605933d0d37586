"""A picture of somebody else's, made small and clean for a printed page.

The second process takes it apart and gives bare colours back. Only these are made
into a new JPEG, so nothing else of the file (a place, a hidden text, a trick against
whatever shows it) comes along.
"""

from __future__ import annotations

from io import BytesIO

from guide.media.child import NoAnswerError, ask
from guide.media.looking_worker import PICTURE
from guide.media.preview import DRAWN

WIDTH, HEIGHT = 1000, 1300  # pixels: about 150 to the inch on a page
_HEAD = 100
_QUALITY = 80


def for_print(media: str, data: bytes) -> bytes | None:
    """A JPEG of the first picture in *data*; None where there is none to be seen."""
    if media not in DRAWN:
        return None
    most = WIDTH * HEIGHT * 3 + _HEAD
    try:
        said = ask(PICTURE, data, most=most, columns=WIDTH, lines=HEIGHT)
    except NoAnswerError:
        return None
    head, _line, colours = said.partition(b"\n")
    size = _size(head)
    # It is believed only as far as it fits: the file may have won over the process.
    if size is None or len(colours) != size[0] * size[1] * 3:
        return None
    from PIL import Image

    made = BytesIO()
    picture = Image.frombytes("RGB", size, colours)
    picture.save(made, "JPEG", quality=_QUALITY)
    return made.getvalue()


def _size(head: bytes) -> tuple[int, int] | None:
    """Width and height, where the line that says so is one that we know."""
    try:
        _name, _wide, _tall, _moves, width, height = head.decode("ascii").split(" ")
        size = (int(width), int(height))
    except ValueError:
        return None
    return size if 0 < size[0] <= WIDTH and 0 < size[1] <= HEIGHT else None
