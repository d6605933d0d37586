"""What the reader brought: a message, its headers, a mailbox file, or something else.

The bytes are never changed on disk. What comes back is only what the header
reader needs: the same message from its first header line on. Whatever is no
message is refused with a sentence that says what it is and what to bring instead.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from guide.mail.headers import HEADER_LIMIT
from guide.model.problems import UnreadableFileError
from guide.words import _

_LOOK = 8 * 1024  # bytes looked at to recognise a file


def read_source(data: bytes, name: str = "") -> bytes:
    """The message in *data*, beginning with its first header line.

    *name* is the file's name, if there was one. An mbox stays whole: see
    ``split_mbox``. UTF-16 text, as some editors save it, becomes UTF-8.
    Raises UnreadableFileError for anything that holds no mail headers.
    """
    text = _as_octets(data)
    start = text[:_LOOK]
    if not start.strip(b"\0 \t\r\n\f\v"):
        raise UnreadableFileError(_("This file is empty."), _how_to_save())
    for is_kind, what in _KINDS:
        if is_kind(start):
            raise UnreadableFileError(what(), _how_to_save())
    place = _first_header(start)
    if place is None or not _MAIL_HEADER.search(
        _header_block(text[place:HEADER_LIMIT])
    ):
        raise _no_headers(start, name)
    return text[place:] if place else text


def split_mbox(data: bytes) -> tuple[bytes, ...]:
    """Each message of an mbox file (RFC 4155), its separator line left out.

    A file that is no mbox is one message. A line in a text that only looks like a
    separator is not one: a date must end it and a header line must follow it.
    """
    ends = [(match.start(), match.end()) for match in _SEPARATOR.finditer(data)]
    if not ends or data[: ends[0][0]].strip():
        return (data,)
    starts = [end for _start, end in ends]
    stops = [start for start, _end in ends[1:]] + [len(data)]
    return tuple(data[a:b] for a, b in zip(starts, stops, strict=True))


_SEPARATOR = re.compile(
    rb"^From [^\r\n]{1,300}?\b(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)\b"
    rb"[^\r\n]{1,30}\d\d:\d\d[^\r\n]{0,20}\d{4}[^\r\n]{0,10}\r?\n"
    rb"(?=>?[!-9;-~]{1,80}:)",
    re.MULTILINE,
)
_BOM = b"\xef\xbb\xbf"


def _as_octets(data: bytes) -> bytes:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace").encode("utf-8", "replace")
    for zeros, codec in (
        (slice(1, 64, 2), "utf-16-le"),
        (slice(0, 64, 2), "utf-16-be"),
    ):
        if len(data) > 64 and not any(data[zeros]) and data[:64].count(0) == 32:
            return data.decode(codec, "replace").encode("utf-8", "replace")
    return data.removeprefix(_BOM)


_HEADER_LINE = re.compile(rb"[!-9;-~]{1,100}:")
_MAIL_HEADER = re.compile(
    rb"(?:\A|[\r\n])(?:from|to|subject|date|received|message-id|return-path|delivered-to|reply-to"
    rb"|authentication-results|dkim-signature|x-originating-ip)[ \t]*:",
    re.IGNORECASE,
)
# Headers that a mail service puts first. A copy from a web page may begin with
# other lines, above these.
_TOP_HEADER = re.compile(
    rb"^(?:delivered-to|received|return-path|x-received|authentication-results"
    rb"|x-originating-ip|x-store-info|x-apparently-to|x-original-to):",
    re.IGNORECASE | re.MULTILINE,
)
_LENGTH_LINE = re.compile(rb"\s*\d{1,12}[ \t]*\r?\n")  # first in Apple Mail's .emlx


_BLANK_LINE = re.compile(rb"\r?\n\r?\n|\r\r")


def _header_block(text: bytes) -> bytes:
    """The lines above the first empty one: a body may quote a header."""
    return _BLANK_LINE.split(text, maxsplit=1)[0]


def _first_header(start: bytes) -> int | None:
    """Where the first header line begins in *start*."""
    length = _LENGTH_LINE.match(start)
    place = length.end() if length else len(start) - len(start.lstrip())
    line = start[place:]
    if _HEADER_LINE.match(line) or line.startswith((b"From ", b">From ")):
        return place
    top = _TOP_HEADER.search(start)
    return top.start() if top else None


def _no_headers(start: bytes, name: str) -> UnreadableFileError:
    odd = sum(octet < 32 and octet not in b"\t\n\f\r\x1b" for octet in start)
    if odd * 50 > len(start):
        what = _("This file is not a message. It does not hold text.")
    elif name.lower().endswith((".eml", ".emlx", ".mbox", ".txt")) or name == "":
        what = _("There are no headers in this text, only other words.")
    else:
        what = _("This file is not a message. The guide found no headers in it.")
    return UnreadableFileError(what, _how_to_save())


def _how_to_save() -> str:
    return _(
        "Nothing was changed. In your mail program, open the message, show its full "
        "headers or source, and save it as an .eml file or copy all of that text."
    )


def _outlook() -> str:
    return _(
        "This is an Outlook .msg file, which the guide cannot read. Outlook on the web "
        "can save the message as .eml. Or copy the text under File, Properties, "
        "Internet headers."
    )


def _picture() -> str:
    return _(
        "This is a picture or a video. Keep it as evidence, but it does not hold the "
        "headers that show the way of a message."
    )


def _pdf() -> str:
    return _(
        "This is a PDF. Keep it as evidence, but a printed message does not hold its "
        "full headers."
    )


def _web_page() -> str:
    return _(
        "This is a web page saved from a browser, not the message itself. It does not "
        "hold the full headers."
    )


def _packed() -> str:
    return _("This is a packed file or an office document, not a message.")


_OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PICTURES = (b"\x89PNG\r\n", b"\xff\xd8\xff", b"GIF8", b"II*\0", b"MM\0*")
_HTML = re.compile(
    rb"\s*(?:<!doctype\s+html|<html|<head|<body|<\?xml|<!--|<meta|<div)", re.IGNORECASE
)
_WEB_ARCHIVE = re.compile(rb"^snapshot-content-location:", re.I | re.M)


def _is_picture(start: bytes) -> bool:
    riff = start[:4] == b"RIFF" and start[8:12] == b"WEBP"
    return start.startswith(_PICTURES) or riff or start[4:8] == b"ftyp"


def _is_web_page(start: bytes) -> bool:
    """A sender could add the archive's header, but not above a Received line."""
    archive = _WEB_ARCHIVE.search(start)
    received = re.search(
        rb"^received:", start[: archive.start()] if archive else b"", re.I | re.M
    )
    return bool(_HTML.match(start) or (archive and not received))


_KINDS: tuple[tuple[Callable[[bytes], bool], Callable[[], str]], ...] = (
    (lambda start: start.startswith(_OLE2), _outlook),
    (_is_picture, _picture),
    (lambda start: start.lstrip().startswith(b"%PDF-"), _pdf),
    (lambda start: start.startswith((b"PK\x03\x04", b"\x1f\x8b", b"{\\rtf")), _packed),
    (_is_web_page, _web_page),
)
