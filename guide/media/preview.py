"""A first look into a file: a small picture, the start of a text, or a few bytes.

Nothing is written, opened elsewhere or run. What comes from the file itself stays
apart from what this program says: ``lines`` have not been through the text gate.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from guide.media.child import NoAnswerError, Trouble, ask
from guide.media.looking_worker import BODY, LONGEST_BODY, LONGEST_LINE, PICTURE, SHOWN
from guide.media.names import in_words
from guide.media.writing import as_text, reads_as_text
from guide.model.picture import COLUMNS, LINES, Picture
from guide.words import _

TEXT_LIMIT = 256 * 1024  # bytes of a text that are read
MOST_LINES = 400
LONGEST = 2000  # characters of a line
_HEX_BYTES, _HEX_WIDTH = 64, 16
DRAWN = frozenset(
    {"image/png", "image/jpeg", "image/gif", "image/webp", "image/bmp", "image/tiff"}
)
_UNSEEN = frozenset({"image/heic", "image/avif"})
_CHARSETS = ("utf", "iso", "windows", "cp", "koi", "gb", "big5", "euc", "shift", "us-")


class Look(StrEnum):
    """What a preview holds."""

    TEXT = "text"
    PICTURE = "picture"
    BYTES = "bytes"


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """A first look into a file.

    ``told`` are sentences of this program. ``lines`` were written by somebody else
    and must pass the text gate before they are drawn.
    """

    look: Look
    told: tuple[str, ...] = ()
    lines: tuple[str, ...] = ()
    picture: Picture | None = None


def preview(media: str, data: bytes) -> Preview:
    """A first look at *data*, all or the start of a file of the type *media*."""
    if media in DRAWN:
        return _picture(media, data)
    if media not in _UNSEEN and reads_as_text(data[:TEXT_LIMIT], whole=False):
        return text_preview(data)
    return _bytes(media, data)


def text_preview(data: bytes) -> Preview:
    """The first lines of *data* as text, whatever it is."""
    text = as_text(data[:TEXT_LIMIT])
    # Only these end a line: others could hide one from whoever reads along.
    found = text.replace("\r\n", "\n").replace("\r", "\n").split("\n", MOST_LINES)
    lines = tuple(line[: LONGEST + 1] for line in found[:MOST_LINES])
    cut = len(data) > TEXT_LIMIT or len(found) > MOST_LINES
    cut = cut or any(len(line) > LONGEST for line in lines)
    told = _("Only the first part of it is shown here. All of it is kept.")
    return Preview(look=Look.TEXT, told=(told,) if cut else (), lines=lines)


def mail_text(data: bytes) -> Preview:
    """The first text inside a mail, taken apart by the second process.

    A mail without one, or one that cannot be taken apart, shows as it stands.
    """
    try:
        said = ask(BODY, data[:TEXT_LIMIT], most=LONGEST_BODY + LONGEST_LINE + 1)
    except NoAnswerError:
        return text_preview(data)
    first, _end, held = said.partition(b"\n")
    kind, _gap, charset = first.decode("ascii", "replace").partition(" ")
    if kind == "none":
        told = _("There is no text in this message that can be shown.")
        return Preview(look=Look.TEXT, told=(told,))
    text = _decoded(held, charset.strip().lower())
    shown = text_preview(text.encode("utf-8", "replace"))
    if kind == "text/plain":
        return shown
    source = _("The text of this message is a web page. This is its source.")
    return Preview(look=Look.TEXT, told=(source, *shown.told), lines=shown.lines)


def _decoded(held: bytes, charset: str) -> str:
    """By the charset that the mail names, if it is one of mail."""
    if charset.startswith(_CHARSETS):
        try:
            return held.decode(charset, "replace")
        except (LookupError, ValueError):
            pass
    return as_text(held)


def _picture(media: str, data: bytes) -> Preview:
    most = COLUMNS * LINES * 3 + LONGEST_LINE
    try:
        said = ask(PICTURE, data, most=most, columns=COLUMNS, lines=LINES)
        return _drawn(said)
    except NoAnswerError as error:
        return _not_drawn(media, data, error.trouble)


def _drawn(said: bytes) -> Preview:
    """The answer of the second process, believed only as far as it fits."""
    head, _end, pixels = said.partition(b"\n")
    parts = head.decode("ascii", "replace").split(" ")
    if len(parts) != 6 or parts[0] not in SHOWN:
        raise NoAnswerError(Trouble.DAMAGED)
    try:
        wide, tall, moves, width, height = map(int, parts[1:])
        picture = Picture(width=width, height=height, pixels=pixels, of=(wide, tall))
    except ValueError:
        raise NoAnswerError(Trouble.DAMAGED) from None
    told = [
        _("A picture, {wide} x {tall}, {kind}.").format(
            wide=wide, tall=tall, kind=parts[0]
        )
    ]
    if moves:
        told.append(_("It moves or has more pages. Only the first one is shown."))
    return Preview(look=Look.PICTURE, told=tuple(told), picture=picture)


def _not_drawn(media: str, data: bytes, trouble: Trouble) -> Preview:
    match trouble:
        case Trouble.DAMAGED:
            why = _("This picture is damaged or not whole, so it cannot be shown.")
        case Trouble.TOO_LARGE:
            why = _("This picture is too large to be shown here.")
        case _:
            why = _("This picture took too long to open, so it is not shown.")
    shown = _bytes(media, data)
    return Preview(look=Look.BYTES, told=(why, *shown.told[1:]), lines=shown.lines)


def _bytes(media: str, data: bytes) -> Preview:
    if media in _UNSEEN:
        why = _("This is a {kind}. This program cannot show it.")
    else:
        why = _("This is a {kind}. It is not opened here.")
    return Preview(
        look=Look.BYTES,
        told=(
            why.format(kind=in_words(media)),
            _("Nothing is lost: the file is kept as it is."),
            _("Its first bytes, as numbers:") if data else _("It is empty."),
        ),
        lines=tuple(_hex_lines(data[:_HEX_BYTES])),
    )


def _hex_lines(data: bytes) -> list[str]:
    starts = range(0, len(data), _HEX_WIDTH)
    return [f"{at:04x}  {data[at : at + _HEX_WIDTH].hex(' ')}" for at in starts]
