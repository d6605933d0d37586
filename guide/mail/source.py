"""What the reader brought: a message, its headers, a mailbox file, or something else.

The bytes are never changed on disk. What comes back is only what the header
reader needs: the same message from its first header line on. Whatever is no
message is refused with a sentence that says what it is and what to bring instead.
"""

from __future__ import annotations

import re

from guide.mail.foreign import how_to_save, no_message
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
        raise UnreadableFileError(_("This file is empty."), how_to_save())
    if what := no_message(start):
        raise UnreadableFileError(what, how_to_save())
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
    ends = [(match.start(), match.end()) for match in SEPARATOR.finditer(data)]
    if not ends or data[: ends[0][0]].strip():
        return (data,)
    starts = [end for _start, end in ends]
    stops = [start for start, _end in ends[1:]] + [len(data)]
    return tuple(data[a:b] for a, b in zip(starts, stops, strict=True))


def is_mailbox(start: bytes) -> bool:
    """Whether a file that begins with *start* is an mbox with a message in it."""
    return SEPARATOR.match(start) is not None


SEPARATOR = re.compile(
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
    return UnreadableFileError(what, how_to_save())
