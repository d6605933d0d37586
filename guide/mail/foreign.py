"""Files that are often brought in place of a message: what each is, and what to do.

Told by their first bytes, because a name can say anything. Not one of them is
opened.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from guide.words import _


def no_message(start: bytes) -> str:
    """What a file that begins with *start* is, in a sentence; "" if it may be mail."""
    return next((what() for is_kind, what in _KINDS if is_kind(start)), "")


def how_to_save() -> str:
    """What to bring instead, for every file that is no message."""
    return _(
        "Nothing was changed. In your mail program, open the message and show its full "
        "headers or source. Save it as an .eml file, or copy all of that text."
    )


def _outlook() -> str:
    return _(
        "This is an Outlook .msg file, which the guide cannot read. Outlook on the web "
        "can save the message as .eml. Or copy the text under File, Properties, "
        "Internet headers."
    )


def _picture() -> str:
    return _(
        "This is a picture or a video. A screenshot can be evidence, but it does not "
        "hold the headers that show the way of a message."
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


def _outlook_folder() -> str:
    return _(
        "This is a whole Outlook folder (.pst), which the guide cannot read. Open it "
        "in Outlook, and save the message that matters on its own."
    )


def _winmail() -> str:
    return _(
        "This is winmail.dat, a package that Outlook made. It is not the message. Save "
        "the message that it came with."
    )


def _zip() -> str:
    return _(
        "This is a packed file (zip), or an office document. If an email is packed in "
        "it, unpack it first and open the .eml file."
    )


def _packed() -> str:
    return _(
        "This is a packed file. If an email is packed in it, unpack it first and open "
        "the .eml file."
    )


def _document() -> str:
    return _(
        "This is an office document, not a message. Copied text does not hold the full "
        "headers."
    )


def _web_archive() -> str:
    return _(
        "This is a web page saved whole (.mht), not the message itself. It does not "
        "hold the full headers."
    )


_OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PICTURES = (b"\x89PNG\r\n", b"\xff\xd8\xff", b"GIF8", b"II*\0", b"MM\0*")
_HTML = re.compile(
    rb"\s*(?:<!doctype\s+html|<html|<head|<body|<\?xml|<!--|<meta|<div)", re.IGNORECASE
)
_WEB_ARCHIVE = re.compile(rb"^snapshot-content-location:", re.I | re.M)


def _is_picture(start: bytes) -> bool:
    riff = start[:4] == b"RIFF" and start[8:12] == b"WEBP"
    return start.startswith(_PICTURES) or riff or start[4:8] == b"ftyp"


def _is_web_archive(start: bytes) -> bool:
    """A sender could add the archive's header, but not above a Received line."""
    archive = _WEB_ARCHIVE.search(start)
    received = re.search(
        rb"^received:", start[: archive.start()] if archive else b"", re.I | re.M
    )
    return bool(archive and not received)


_PACKED = (b"\x1f\x8b", b"7z\xbc\xaf\x27\x1c", b"Rar!\x1a\x07", b"BZh", b"\xfd7zXZ\0")
_KINDS: tuple[tuple[Callable[[bytes], bool], Callable[[], str]], ...] = (
    (lambda start: start.startswith(_OLE2), _outlook),
    (lambda start: start.startswith(b"!BDN"), _outlook_folder),
    (lambda start: start.startswith(b"\x78\x9f\x3e\x22"), _winmail),
    (_is_picture, _picture),
    (lambda start: start.lstrip().startswith(b"%PDF-"), _pdf),
    (lambda start: start.startswith(b"PK\x03\x04"), _zip),
    (lambda start: start.startswith(_PACKED), _packed),
    (lambda start: start.startswith(b"{\\rtf"), _document),
    (lambda start: bool(_HTML.match(start)), _web_page),
    (_is_web_archive, _web_archive),
)
