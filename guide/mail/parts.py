"""The parts of a message (RFC 2046), found by their borders and never built up.

Only places in the bytes are kept, so a message of any shape costs one pass over it.
Whatever is nested deeper, or holds more parts, than mail has any need for is left.
"""

from __future__ import annotations

import binascii
import quopri
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from guide.mail.headers import HEADER_LIMIT, Header, read_headers
from guide.mail.lexer import Kind, tokens

_MOST_PARTS = 60
_DEEPEST = 4
_LONGEST_BORDER = 70  # RFC 2046 section 5.1.1
_BASE64 = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
_NOT_BASE64 = bytes(set(range(256)) - set(_BASE64))
_MOST_TRIES = 2000
_END_OF_BORDER = re.compile(rb"(--)?[ \t]*\r?(?:\n|$)")
_BLANK_LINE = re.compile(rb"\r?\n\r?\n|\r\r")


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One part that holds no others: where its text stands, and what it says it is."""

    kind: str  # the media type, in lower case
    name: str
    encoding: str
    charset: str
    start: int
    end: int


def header_of(headers: tuple[Header, ...], name: str) -> str:
    """The value of the topmost header called *name*, or ""."""
    return next((x.value for x in headers if x.name == name), "")


def content_type(value: str) -> tuple[str, dict[str, str]]:
    """A Content-Type in two: the media type, and what is said of it.

    >>> content_type('multipart/report; report-type="delivery-status"')
    ('multipart/report', {'report-type': 'delivery-status'})
    """
    found = [x for x in tokens(value, ";=") if x.kind is not Kind.COMMENT]
    said: dict[str, str] = {}
    for place, token in enumerate(found[1:-1], 1):
        if token.raw == "=" and place + 1 < len(found):
            said.setdefault(found[place - 1].text.lower(), found[place + 1].text)
    return (found[0].text.lower() if found else ""), said


def parts(data: bytes) -> Iterator[Part]:
    """Every part of *data*, a message, that holds no other; within limits."""
    waiting = [(0, len(data), 0)]
    seen = 0
    while waiting and seen < _MOST_PARTS:
        seen += 1
        start, end, depth = waiting.pop(0)
        headers, _cut = read_headers(_head(data, start, end))
        kind, said = content_type(header_of(headers, "content-type"))
        text = _text_start(data, start, end)
        border = said.get("boundary", "")
        if kind.startswith("multipart/") and _fits(border) and depth < _DEEPEST:
            inner = _between(data, text, end, border.encode("utf-8", "replace"))
            waiting += [(a, b, depth + 1) for a, b in inner]
            continue
        place = content_type(header_of(headers, "content-disposition"))[1]
        yield Part(
            kind=kind or "text/plain",
            name=place.get("filename", "") or said.get("name", ""),
            encoding=header_of(headers, "content-transfer-encoding").strip().lower(),
            charset=said.get("charset", ""),
            start=text,
            end=end,
        )


def _fits(border: str) -> bool:
    return 0 < len(border) <= _LONGEST_BORDER


def _head(data: bytes, start: int, end: int) -> bytes:
    block = data[start : min(end, start + HEADER_LIMIT)]
    match = _BLANK_LINE.search(block)
    if block.startswith((b"\n", b"\r\n")):
        return b""
    return block[: match.end()] if match else block


def _text_start(data: bytes, start: int, end: int) -> int:
    """Where the text begins; a part may have no header at all."""
    for gap in (b"\r\n", b"\n"):
        if data.startswith(gap, start):
            return start + len(gap)
    match = _BLANK_LINE.search(data, start, min(end, start + HEADER_LIMIT))
    return match.end() if match else end


def _between(
    data: bytes, start: int, end: int, border: bytes
) -> Iterator[tuple[int, int]]:
    opened = -1
    for place, after, last in islice(_borders(data, start, end, border), _MOST_PARTS):
        if opened >= 0:
            yield opened, place
        opened = after
        if last:
            return
    if 0 <= opened < end:  # cut short: the last part has no border after it
        yield opened, end


def _borders(
    data: bytes, start: int, end: int, border: bytes
) -> Iterator[tuple[int, int, bool]]:
    """Each border line: where it begins and ends, and whether it is the last one.

    Looked for as plain bytes, because a pattern takes seconds for what is made to
    be nearly a border; and what begins like one too often is no mail.
    """
    mark = b"--" + border
    place = 0 if start == 0 and data.startswith(mark) else -1
    for _try in range(_MOST_TRIES):
        if place < 0:
            newline = data.find(b"\n" + mark, max(0, start - 1), end)
            if newline < 0:
                return
            place = newline + 1
        match = _END_OF_BORDER.match(data, place + len(mark), end)
        if match:
            yield _before_line(data, place), match.end(), bool(match.group(1))
        start, place = place + len(mark), -1


def _before_line(data: bytes, place: int) -> int:
    """Where the line end before *place* begins (it belongs to the border)."""
    return place - 1 - data.startswith(b"\r\n", place - 2) if place else 0


def octets(data: bytes, part: Part, limit: int) -> bytes:
    """The first *limit* bytes or so of what *part* holds, decoded."""
    raw = data[part.start : min(part.end, part.start + 2 * limit)]
    if part.encoding == "base64":
        packed = raw.translate(None, _NOT_BASE64)
        packed = packed[: len(packed) // 4 * 4]
        try:
            return binascii.a2b_base64(packed)[:limit]
        except binascii.Error:
            return b""
    if part.encoding == "quoted-printable":
        return quopri.decodestring(raw)[:limit]
    return raw[:limit]
