"""The times that a file says about itself: claims, never facts.

A clock can be wrong and a time can be changed, so each is kept as it stands. Pure;
no bytes make anything here fail, and few of them are read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import islice

from guide.media.exif import exif_claims, png_chunks
from guide.model.records import Claim

_MOST = 12
_PDF_DATE = re.compile(rb"/(CreationDate|ModDate)\s*\(\s*(D:\d{4}[0-9+\-Z']{0,24})\)")
_PDF_PARTS = re.compile(
    r"D:(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(?:(Z)|([+-])(\d\d)'?(\d\d)'?)"
)
_BOXED = ("video/mp4", "video/quicktime", "video/3gpp", "audio/mp4")
_SINCE_1904 = datetime(1904, 1, 1, tzinfo=UTC)
_MOST_BOXES = 1000


def claims(media: str, start: bytes) -> tuple[Claim, ...]:
    """Every time in *start*, how a file of the type *media* begins.

    ``at`` is only given where the file names a moment with its zone. The date of a
    mail is not here: ``guide.mail`` reads headers.
    """
    return tuple(islice(_found(media, start), _MOST))


def _found(media: str, start: bytes) -> Iterator[Claim]:
    if media.startswith("image/"):
        yield from exif_claims(media, start)
    if media == "image/png":
        yield from _png(start)
    elif media == "application/pdf":
        yield from _pdf(start)
    elif media in _BOXED:
        yield from _boxed(start)


def _png(start: bytes) -> Iterator[Claim]:
    """PNG, 11.3.6.1: the last change, in UTC."""
    for name, data in png_chunks(start):
        if name == b"tIME" and len(data) == 7:
            year, rest = int.from_bytes(data[:2], "big"), data[2:]
            value = "{:04}-{:02}-{:02} {:02}:{:02}:{:02}".format(year, *rest)
            yield Claim(what="PNG tIME", value=f"{value} UTC", at=_utc(value))
            return


def _utc(value: str) -> datetime | None:
    try:
        return datetime.fromisoformat(f"{value}+00:00")
    except ValueError:
        return None


def _pdf(start: bytes) -> Iterator[Claim]:
    """ISO 32000-1, 7.9.4; a date that is packed or locked away is not seen."""
    seen = set()
    for found in _PDF_DATE.finditer(start):
        name, value = found[1].decode("ascii"), found[2].decode("ascii")
        if (name, value) not in seen:
            seen.add((name, value))
            yield Claim(what=f"PDF {name}", value=value, at=_pdf_moment(value))


def _pdf_moment(value: str) -> datetime | None:
    found = _PDF_PARTS.fullmatch(value)
    if not found:
        return None
    digits = "{}-{}-{}T{}:{}:{}".format(*found.groups()[:6])
    zone = "+00:00" if found[7] else f"{found[8]}{found[9]}:{found[10]}"
    try:
        at = datetime.fromisoformat(f"{digits}{zone}")
        at.astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    return at


def _boxed(start: bytes) -> Iterator[Claim]:
    """The creation time in the head of a film (ISO/IEC 14496-12, 8.2.2)."""
    for name, at, end in _boxes(start, 0, len(start)):
        if name == b"moov":
            for inner, place, _end in _boxes(start, at, end):
                if inner == b"mvhd":
                    yield from _film_head(start[place : place + 12])
                    return


def _boxes(start: bytes, at: int, end: int) -> Iterator[tuple[bytes, int, int]]:
    """Name, first byte and end of each box between two places."""
    for _turn in range(_MOST_BOXES):
        size = int.from_bytes(start[at : at + 4], "big")
        head = 8
        if size == 1:
            size, head = int.from_bytes(start[at + 8 : at + 16], "big"), 16
        if at + head > end or (0 < size < head):
            return
        last = at + size if size else end
        yield start[at + 4 : at + 8], at + head, min(last, end)
        at = last


def _film_head(data: bytes) -> Iterator[Claim]:
    long = data[:1] == b"\1"
    seconds = int.from_bytes(data[4 : 12 if long else 8], "big")
    if len(data) < 12 or not seconds:
        return
    try:
        at = _SINCE_1904 + timedelta(seconds=seconds)
    except OverflowError:
        return
    value = f"{at:%Y-%m-%d %H:%M:%S} UTC"
    yield Claim(what="MP4 creation_time", value=value, at=at)
