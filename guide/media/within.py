"""Pictures inside writing: attachments of a mail, packed into letters, or drawn.

Whatever cannot be told from a picture counts as one. Every step takes time in
proportion to the text, whatever is in it. Pure; no bytes make it fail.
"""

from __future__ import annotations

import binascii
import re
from collections.abc import Iterator

from guide.media.writing import reads_as_text

_DRAWN = re.compile(
    rb"data:\s*(?:image|video|application|font)\b|data:[^,\s]{0,200};base64"
    rb"|<(?:[\w.-]{1,40}:)?svg[\s>]|/\*\s*XPM|#define\s+\w{1,80}_width\s"
    rb"|^begin(?:-base64)?\s+[0-7]{3,4}\s|^=ybegin\s|^%!PS|\\pict\b"
    rb"|^(?:x-)?face:|<~[!-uz]{40}",
    re.IGNORECASE | re.MULTILINE,
)
_PART = re.compile(rb"^content-type[ \t]*:[ \t\r\n]*([^\s;]*)", re.I | re.MULTILINE)
_WRITTEN_PARTS = re.compile(
    rb"""["']?(?:text/(?:plain|html|csv|calendar|enriched|markdown|xml|x-vcard|vcard
        |rfc822-headers)|multipart/(?:mixed|alternative|related|report|digest)
        |message/(?:rfc822|delivery-status|global|global-headers)|text)["']?""",
    re.IGNORECASE | re.VERBOSE,
)
_CODED_CONTROL = re.compile(rb"=(?:0[0-8BEF]|1[0-9A]|1[CDEF]|FF=D8|7F)")
_SOFT_BREAK = re.compile(rb"=[ \t]*\r?\n")
_RUN = re.compile(rb"[A-Za-z0-9+/_-]{40,}={0,2}")
_JOINS = re.compile(rb"(?:[\s>\"',+]|\\[nrt/]){0,12}")
_LARGE = 768  # letters in a row that could pack a picture, however small
_NOISE = re.compile(
    rb"^(?:x-ms-[\w-]+|x-microsoft-[\w-]+|x-exchange-[\w-]+|x-forefront-[\w-]+"
    rb"|x-google-[\w-]+|x-gm-[\w-]+|arc-[\w-]+|dkim-signature|x-[\w-]*signature"
    rb"|authentication-results)[ \t]*:[^\r\n]*(?:\r?\n[ \t][^\r\n]*)*",
    re.IGNORECASE | re.MULTILINE,
)
_BETWEEN = re.compile(rb"\r?\n\r?\n")
_PERCENT = re.compile(rb"%([0-9A-Fa-f]{2})")
_ENTITY = re.compile(rb"&#(?:x([0-9a-fA-F]{1,4})|([0-9]{1,5}));?")
_ESCAPE = re.compile(rb"\\(?:u00([0-7][0-9a-fA-F])|(.))", re.DOTALL)
_URL_SAFE = bytes.maketrans(b"-_", b"+/")


def may_hold_picture(text: bytes) -> bool:
    """Whether *text*, which is writing, may hold a picture, a video or a file.

    >>> may_hold_picture(b"Call me when you are home.")
    False
    >>> may_hold_picture(b'<img src="data:image/png;base64,iVBORw0KGgo=">')
    True
    """
    return any(_one_form(form) for form in _forms(text))


def _forms(text: bytes) -> Iterator[bytes]:
    """The text as it stands, and as a mail or web program would read it."""
    text = _without_noise(text)
    yield text
    if b"=" in text and _SOFT_BREAK.search(text):
        yield binascii.a2b_qp(text)
    if b"%" in text and re.search(rb"data(?::|%3a)", text, re.IGNORECASE):
        yield _PERCENT.sub(lambda found: bytes.fromhex(found[1].decode()), text)
    if b"&#" in text:
        yield _ENTITY.sub(_letter, text)
    if b"\\" in text:
        yield _ESCAPE.sub(_unescaped, text)


def _unescaped(found: re.Match[bytes]) -> bytes:
    """The letter that an escape of JSON stands for (RFC 8259, section 7)."""
    if found[1]:
        return bytes.fromhex(found[1].decode("ascii"))
    return b"\n" if found[2] in b"nrt" else found[2]


def _letter(found: re.Match[bytes]) -> bytes:
    code = int(found[1], 16) if found[1] else int(found[2])
    return bytes([code]) if code < 0x80 else found[0]


def _one_form(text: bytes) -> bool:
    if _shows(text):
        return True
    if b"quoted-printable" in text.lower() and _CODED_CONTROL.search(text):
        return True
    return not all(_packs_text(run) for run in _packed_runs(text))


def _shows(text: bytes) -> bool:
    """Whether something in it says that it is more than writing."""
    parts = (found[1] for found in _PART.finditer(text))
    written = all(_WRITTEN_PARTS.fullmatch(part) for part in parts)
    return not written or bool(_DRAWN.search(text))


def _without_noise(text: bytes) -> bytes:
    """Without the seals of mail services in the first headers: letters in a row."""
    gap = _BETWEEN.search(text)
    if gap is None or not _PART.search(text, 0, gap.start()):
        return text
    return _NOISE.sub(b"", text[: gap.start()]) + text[gap.start() :]


def _packed_runs(text: bytes) -> Iterator[bytes]:
    """Long rows of letters as base64 writes them, with their line breaks."""
    row: list[bytes] = []
    end = 0
    for run in _RUN.finditer(text):
        if row and not _JOINS.fullmatch(text, end, run.start()):
            yield from _if_large(row)
            row = []
        row.append(run[0])
        end = run.end()
    yield from _if_large(row)


def _if_large(row: list[bytes]) -> Iterator[bytes]:
    if sum(map(len, row)) >= _LARGE:
        yield b"".join(row)


def _packs_text(run: bytes) -> bool:
    """Whether base64 letters hold nothing but text, without a picture in that."""
    letters = run.rstrip(b"=").translate(_URL_SAFE)
    try:
        held = binascii.a2b_base64(letters[: len(letters) // 4 * 4])
    except binascii.Error:
        return False
    if not reads_as_text(held, whole=False):
        return False
    packed_again = any(True for _run in _packed_runs(held))
    return not (packed_again or _shows(held))
