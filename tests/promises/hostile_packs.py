"""Packs that mean harm, byte by byte: what zip tools refuse to write, too."""

from __future__ import annotations

import gc
import stat
import struct
import time
import zipfile
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from guide.actions.pack_text import lesson_blocks
from guide.library.packs.opening import OpenPack, open_pack
from guide.library.packs.walking import open_lesson, walk
from guide.model.pack import Kind
from guide.safety.display import FORBIDDEN
from tests.unit.small_packs import category, lesson

SLOWEST = 1.0  # seconds of work, whatever the pack holds
_RESET = Path("/proc/self/clear_refs")
MOST_MEMORY = 256 * 1024  # KiB more than before

LESSON = lesson("X").encode()
CATEGORY = category("Mail").encode()
_HERE, _LISTED = struct.Struct("<4s5H3I2H"), struct.Struct("<4s6H3I5H2I")
LINK_MODE = stat.S_IFLNK | 0o777


@dataclass(frozen=True, kw_only=True)
class Raw:
    """One file of a zip: what is there, and what is told of it."""

    name: str = "en/mail/s_x.md"
    data: bytes = LESSON
    deflated: bool = False
    flags: int = 0x800
    method: int | None = None
    mode: int = 0o100644
    told_size: int | None = None  # in both places
    listed_size: int | None = None  # in the list alone
    listed_name: str | None = None
    at: int | None = None  # where the list says that it stands: there alone
    gap: bytes = b""  # in front of it


def raw_zip(
    path: Path, files: Sequence[Raw], *, before: bytes = b"", after: bytes = b""
) -> Path:
    """A zip of exactly these bytes."""
    body, listed = before, b""
    for each in files:
        body += each.gap
        offset = len(body) if each.at is None else each.at
        packed, method = each.data, 0
        if each.deflated:
            packer = zlib.compressobj(9, zlib.DEFLATED, -15)
            packed, method = packer.compress(each.data) + packer.flush(), 8
        method = method if each.method is None else each.method
        size = len(each.data) if each.told_size is None else each.told_size
        name = each.name.encode()
        crc = zlib.crc32(each.data)
        kind = (20, each.flags, method, 0, 0x21, crc, len(packed))
        if each.at is None:
            body += _HERE.pack(b"PK\x03\x04", *kind, size, len(name), 0)
            body += name + packed
        shown = (each.listed_name or each.name).encode()
        told = size if each.listed_size is None else each.listed_size
        rest = (0, 0, 0, 0, each.mode << 16, offset)
        listed += _LISTED.pack(b"PK\x01\x02", 0x314, *kind, told, len(shown), *rest)
        listed += shown
    end = struct.pack(
        "<4s4H2IH",
        b"PK\x05\x06",
        0,
        0,
        len(files),
        len(files),
        len(listed),
        len(body),
        0,
    )
    path.write_bytes(body + listed + end + after)
    return path


def sound(*more: Raw) -> tuple[Raw, ...]:
    """A pack that would open, and *more*."""
    named = Raw(name="en/mail/.category.yml", data=CATEGORY)
    return (named, Raw(name="en/mail/s_good.md"), *more)


def with_zip64(path: Path) -> Path:
    """A zip whose list is told twice, and the second time it is another one."""
    raw_zip(path, sound())
    data = path.read_bytes()
    end = data[-22:]
    entries, length, offset = struct.unpack("<H2I", end[10:20])
    big = struct.pack(
        "<4sQ2H2I4Q", b"PK\x06\x06", 44, 45, 45, 0, 0, entries, entries, length, offset
    )
    where = struct.pack("<4sIQI", b"PK\x06\x07", 0, len(data) - 22, 1)
    path.write_bytes(data[:-22] + big + where + end)
    return path


def hiding_zip64(path: Path) -> Path:
    """The same, with the second list inside what the first calls its own."""
    data = with_zip64(path).read_bytes()
    entries, length, offset = struct.unpack("<H2I", data[-12:-2])
    longer = len(data) - 22 - offset
    end = struct.pack(
        "<4s4H2IH", b"PK\x05\x06", 0, 0, entries, entries, longer, offset, 0
    )
    assert longer > length
    path.write_bytes(data[:-22] + end)
    return path


def overlapping(path: Path, times: int = 200) -> Path:
    """Many names for the same bytes: small to send, endless to unpack."""
    words = b"".join(b"%d " % number for number in range(10_000))
    first = Raw(name="en/mail/s_0.md", data=words, deflated=True)
    files = [Raw(name="en/mail/.category.yml", data=CATEGORY), first]
    start = 30 + len("en/mail/.category.yml") + len(CATEGORY)
    raw_zip(path, files)
    again = [
        Raw(name=f"en/mail/s_{n}.md", data=words, deflated=True, at=start)
        for n in range(1, times)
    ]
    return raw_zip(path, [*files, *again])


def quoted_overlap(path: Path) -> Path:
    """The same without one name being told for two: each file holds the next one."""
    inner = Raw(name="en/mail/s_b.md", data=LESSON)
    scratch = path.with_suffix(".inner")
    held = raw_zip(scratch, [inner]).read_bytes()[: 30 + len(inner.name) + len(LESSON)]
    scratch.unlink()
    outer = Raw(name="en/mail/s_a.md", data=held)
    at = 30 + len(outer.name)
    listed_inner = Raw(name=inner.name, data=LESSON, at=at)
    whole = raw_zip(path, [outer, listed_inner]).read_bytes()
    assert whole
    return path


def bomb(path: Path, size: int = 200 * 1024 * 1024) -> Path:
    """A few kilobytes that unpack to very much more."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("en/mail/.category.yml", CATEGORY)
        with archive.open("en/mail/s_x.md", "w") as file:
            for _mebibyte in range(size // (1024 * 1024)):
                file.write(b"\0" * (1024 * 1024))
    return path


def opened_quickly(path: Path) -> OpenPack:
    """Everything in the pack, opened or refused: quickly, and in little memory."""
    gc.freeze()  # what other tests left is not of this pack; the guide does so, too
    _RESET.write_text("5", "ascii")  # the most of memory is counted from here
    start, before = time.process_time(), _most_memory()
    try:
        opened = open_pack(path)
        walked = walk(opened)
        assert walked.failed == []
        _show_all(opened)
        return opened
    finally:
        gc.unfreeze()
        assert time.process_time() - start < SLOWEST
        assert _most_memory() - before < MOST_MEMORY


def _show_all(opened: OpenPack) -> None:
    """Every page of every lesson as it is put on the screen."""
    for listed in opened.read_in().everything():
        if listed.kind is Kind.LESSON:
            for page in open_lesson(opened, listed).pages:
                for block in lesson_blocks(page):
                    for line in block.text.split("\n"):
                        assert not FORBIDDEN.search(line)


def _most_memory() -> int:
    lines = Path("/proc/self/status").read_text("ascii").split("\n")
    return next(int(x.split()[1]) for x in lines if x.startswith("VmHWM:"))
