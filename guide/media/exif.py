"""The times in EXIF data (CIPA DC-008), wherever it stands in a picture.

Only the entries with times are read, each at most once, and no offset is followed
twice. Pure; no bytes make anything here fail.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from guide.model.records import Claim

_MOST_ENTRIES = 512
_LONGEST = 64
_EXIF, _GPS = 0x8769, 0x8825
_TIMES = {
    # tag of the time: its name, and the tag of its offset from UTC
    0x9003: ("EXIF DateTimeOriginal", 0x9011),
    0x9004: ("EXIF DateTimeDigitized", 0x9012),
    0x0132: ("EXIF DateTime", 0x9010),
}
_GPS_TIME, _GPS_DATE = 7, 29
_MARK = re.compile(rb"Exif\0\0(?=II\*\0|MM\0\*)")
_STAMP = re.compile(r"(\d{4}):(\d\d):(\d\d) (\d\d):(\d\d):(\d\d)")
_OFFSET = re.compile(r"[+-]\d\d:\d\d")
_JPEG_ALONE = frozenset({0x01, *range(0xD0, 0xD9)})
_JPEG_DATA, _JPEG_APP1 = 0xDA, 0xE1


@dataclass(slots=True)
class _Tiff:
    """The bytes of one EXIF block and how its numbers are written."""

    data: bytes
    order: str

    def number(self, at: int, size: int) -> int:
        """An unsigned number; 0 where there are no bytes."""
        part = self.data[at : at + size] if at >= 0 else b""
        if len(part) < size:
            return 0
        return int.from_bytes(part, "little" if self.order == "<" else "big")

    def entries(self, at: int) -> dict[int, tuple[int, int, int]]:
        """What stands in a directory: tag to type, count and place of the value."""
        found: dict[int, tuple[int, int, int]] = {}
        for n in range(min(self.number(at, 2), _MOST_ENTRIES)):
            here = at + 2 + 12 * n
            kind, count = self.number(here + 2, 2), self.number(here + 4, 4)
            size = count * {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 7: 1}.get(kind, 1)
            place = here + 8 if size <= 4 else self.number(here + 8, 4)
            found.setdefault(self.number(here, 2), (kind, count, place))
        return found

    def text(self, entry: tuple[int, int, int] | None) -> str:
        """A value of letters, without its end mark; "" for none or nonsense."""
        if entry is None or entry[0] != 2 or entry[1] > _LONGEST:
            return ""
        part = self.data[entry[2] : entry[2] + entry[1]]
        return part.partition(b"\0")[0].decode("latin-1").strip()


def exif_claims(kind: str, start: bytes) -> Iterator[Claim]:
    """Every time that the EXIF data in a picture of this *kind* names."""
    for block in _blocks(kind, start):
        tiff = _Tiff(block, {b"II": "<", b"MM": ">"}.get(block[:2], ""))
        if tiff.order and tiff.number(2, 2) == 42:
            yield from _claims(tiff)
            return


def _claims(tiff: _Tiff) -> Iterator[Claim]:
    main = tiff.entries(tiff.number(4, 4))
    exif = tiff.entries(tiff.number(main[_EXIF][2], 4)) if _EXIF in main else {}
    gps = tiff.entries(tiff.number(main[_GPS][2], 4)) if _GPS in main else {}
    for tag, (name, offset) in _TIMES.items():
        directory = main if tag in main else exif
        value = tiff.text(directory.get(tag))
        if any(letter.isdigit() and letter != "0" for letter in value):
            yield _claim(name, value, tiff.text(exif.get(offset)))
    yield from _gps(tiff, gps)


def _claim(name: str, value: str, offset: str) -> Claim:
    found = _STAMP.fullmatch(value)
    whole = f"{value} {offset}".strip()
    if not found or not _OFFSET.fullmatch(offset):
        return Claim(what=name, value=whole)
    digits = "{}-{}-{}T{}:{}:{}".format(*found.groups())
    return Claim(what=name, value=whole, at=_moment(f"{digits}{offset}"))


def _gps(tiff: _Tiff, gps: dict[int, tuple[int, int, int]]) -> Iterator[Claim]:
    """The day and time that satellites gave, which is in UTC."""
    day = tiff.text(gps.get(_GPS_DATE))
    if not any(letter.isdigit() and letter != "0" for letter in day):
        return
    parts = _clock(tiff, gps.get(_GPS_TIME))
    if parts is None:
        yield Claim(what="EXIF GPSDateStamp", value=day)
        return
    clock = "{:02}:{:02}:{:02}".format(*parts)
    at = _moment(f"{day.replace(':', '-')}T{clock}+00:00")
    yield Claim(what="EXIF GPSDateStamp", value=f"{day} {clock} UTC", at=at)


def _clock(tiff: _Tiff, entry: tuple[int, int, int] | None) -> tuple[int, ...] | None:
    if entry is None or entry[:2] != (5, 3):
        return None
    above = [tiff.number(entry[2] + 8 * n, 4) for n in range(3)]
    below = [tiff.number(entry[2] + 8 * n + 4, 4) for n in range(3)]
    if not all(below):
        return None
    return tuple(a // b for a, b in zip(above, below, strict=True))


def _moment(text: str) -> datetime | None:
    try:
        at = datetime.fromisoformat(text)
        at.astimezone(UTC)  # overflows near year 1 and year 9999
    except (ValueError, OverflowError):
        return None
    return at


def _blocks(kind: str, start: bytes) -> Iterator[bytes]:
    match kind:
        case "image/jpeg":
            yield from _in_jpeg(start)
        case "image/tiff":
            yield start
        case "image/png":
            yield from (data for name, data in png_chunks(start) if name == b"eXIf")
        case "image/webp":
            yield from _in_webp(start)
        case "image/heic" | "image/avif":
            found = _MARK.search(start)
            yield from [start[found.end() :]] if found else []
        case _:
            return


def _in_jpeg(start: bytes) -> Iterator[bytes]:
    """The segments before the picture itself (ISO/IEC 10918-1, annex B)."""
    at = 2
    while start[at : at + 1] == b"\xff" and at + 4 <= len(start):
        marker = start[at + 1]
        if marker == _JPEG_DATA:
            return
        if marker == 0xFF or marker in _JPEG_ALONE:
            at += 1 if marker == 0xFF else 2
            continue
        length = max(2, int.from_bytes(start[at + 2 : at + 4], "big"))
        segment = start[at + 4 : at + 2 + length]
        if marker == _JPEG_APP1 and segment.startswith(b"Exif\0\0"):
            yield segment[6:]
        at += 2 + length


def png_chunks(start: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Name and bytes of each chunk of a PNG that is all in *start*."""
    at = 8
    while at + 12 <= len(start):
        (length,) = struct.unpack_from(">I", start, at)
        if at + 12 + length > len(start):
            return
        yield start[at + 4 : at + 8], start[at + 8 : at + 8 + length]
        at += 12 + length


def _in_webp(start: bytes) -> Iterator[bytes]:
    at = 12
    while at + 8 <= len(start):
        (length,) = struct.unpack_from("<I", start, at + 4)
        if start[at : at + 4] == b"EXIF":
            yield start[at + 8 : at + 8 + length].removeprefix(b"Exif\0\0")
        at += 8 + length + length % 2
