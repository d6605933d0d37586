"""The files of a pack in one zip, read where they are: nothing is ever unpacked.

What the list at the end of the zip says is believed only where the rest agrees: each
file stands once, alone, under one name, and has the size that was told. Zips of the
kind for very large files (zip64) are refused: no pack needs one, and their second set
of sizes is where such lies are told.
"""

from __future__ import annotations

import os
import stat
import struct
import zipfile
import zlib
from itertools import pairwise
from pathlib import Path
from typing import IO

from guide.library.packs.limits import (
    LARGEST_FILE,
    LARGEST_LIST,
    LARGEST_ZIP,
    MOST_FILES,
    MOST_TIMES,
)
from guide.library.packs.names import is_passed_over, is_trick
from guide.library.packs.problems import Findings, refused
from guide.library.packs.tree import FLAGS, Admission, Tree
from guide.model.problems import UnreadableFileError
from guide.words import _

_END, _END_MARK, _LONGEST_NOTE = 22, b"PK\x05\x06", 0xFFFF
_ENTRY_MARK, _OTHER_END = b"PK\x01\x02", b"PK\x06\x07"
_OTHER_END_SIZE = 20
_HEAD = struct.Struct("<4s5H3I2H")
_HEAD_MARK = b"PK\x03\x04"
_ENCRYPTED, _SIZE_BEHIND, _UTF8 = 0x2041, 0x8, 0x800
_LONGEST_BEHIND = 24  # bytes that tell the size behind a file
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)


def zip_tree(path: Path) -> Tree:
    """The files inside the zip at *path*. Raises PackRefusedError, UnreadableFileError.

    The zip stays open until the tree is closed.
    """
    try:
        file = os.fdopen(os.open(path, FLAGS), "rb")
    except (OSError, ValueError):
        raise UnreadableFileError from None
    try:
        found = os.fstat(file.fileno())
        if not stat.S_ISREG(found.st_mode):
            raise UnreadableFileError
        return checked_zip(file, found.st_size, path.stem)
    except BaseException:
        file.close()
        raise


def checked_zip(file: IO[bytes], size: int, label: str) -> Tree:
    """The files inside a zip of *size* bytes. Raises what `zip_tree` raises."""
    findings = Findings()
    try:
        listed_at, told = _list_place(file, size)
        archive = zipfile.ZipFile(file)
        entries = archive.infolist()
        if len(entries) != told:
            raise refused(_("The list of its files is not true."))
        _check_places(file, entries, listed_at)
        inside = _admitted(entries, findings)
    except (zipfile.BadZipFile, struct.error, ValueError, EOFError, OverflowError):
        raise refused(_("This zip is damaged, or no zip.")) from None
    except (OSError, NotImplementedError):
        raise UnreadableFileError from None

    def read(path: str, most: int) -> bytes:
        return _read(archive, inside[path], most)

    return Tree(
        label=label,
        sizes={path: inside[path].file_size for path in sorted(inside)},
        read_bytes=read,
        findings=findings,
        close=file.close,
    )


def _list_place(file: IO[bytes], size: int) -> tuple[int, int]:
    """Where the list of files begins, and how many it has; it alone ends the zip."""
    if size > LARGEST_ZIP:
        raise refused(_("This zip is too large to be a pack."))
    start = max(0, size - _END - _LONGEST_NOTE)
    file.seek(start)
    tail = file.read()
    at = tail.rfind(_END_MARK)
    if at < 0 or len(tail) - at < _END:
        raise refused(_("This file is no zip."))
    counts = struct.unpack("<4H2IH", tail[at + 4 : at + _END])
    disk, disk_of_list, here, entries, length, offset, note = counts
    if at + _END + note != len(tail) or offset + length != start + at:
        raise refused(_("There is something before, behind or between its files."))
    if tail[max(0, at - _OTHER_END_SIZE) : at].startswith(_OTHER_END):
        raise refused(_("This zip is of the kind for very large files."))
    if disk or disk_of_list or here != entries:
        raise refused(_("This is one part of a zip in several parts."))
    if entries > MOST_FILES or length > LARGEST_LIST:
        raise refused(_("There are too many files in it to be a pack."))
    file.seek(offset)
    if file.read(length).count(_ENTRY_MARK) != entries:
        raise refused(_("The list of its files is not true."))
    return offset, entries


def _check_places(
    file: IO[bytes], entries: list[zipfile.ZipInfo], listed_at: int
) -> None:
    """Each file stands where the list says, alone, one behind the other."""
    ordered = sorted(entries, key=lambda entry: entry.header_offset)
    ends = [(e.header_offset, _end_of(file, e), bool(e.flag_bits & 8)) for e in ordered]
    between = [*ends, (listed_at, listed_at, False)]
    if between[0][0] != 0:
        raise refused(_("There is something before, behind or between its files."))
    for (_start, end, size_behind), (start, _end, _behind) in pairwise(between):
        most = _LONGEST_BEHIND if size_behind else 0
        if not 0 <= start - end <= most:
            raise refused(_("Files inside this zip overlap, or hide something."))


def _end_of(file: IO[bytes], entry: zipfile.ZipInfo) -> int:
    file.seek(entry.header_offset)
    mark, *told_here = _HEAD.unpack(file.read(_HEAD.size))
    head = [int(each) for each in told_here]
    flags, method = head[1:3]
    name_length, extra_length = head[8:10]
    name = file.read(name_length).decode("utf-8" if flags & _UTF8 else "cp437")
    told = (flags & ~_SIZE_BEHIND, method, name)
    listed = (
        entry.flag_bits & ~_SIZE_BEHIND,
        entry.compress_type,
        entry.orig_filename,
    )
    if mark != _HEAD_MARK or told != listed or not _sizes_agree(head, entry):
        raise refused(_("The list of its files is not true."))
    data = entry.header_offset + _HEAD.size + name_length + extra_length
    return data + entry.compress_size


def _sizes_agree(head: list[int], entry: zipfile.ZipInfo) -> bool:
    """A size that is told twice is told alike; some zips tell it behind the file."""
    told = (head[6], head[7])
    if entry.flag_bits & _SIZE_BEHIND and told == (0, 0):
        return True
    return told == (entry.compress_size, entry.file_size)


def _admitted(
    entries: list[zipfile.ZipInfo], findings: Findings
) -> dict[str, zipfile.ZipInfo]:
    admission = Admission(findings)
    inside: dict[str, zipfile.ZipInfo] = {}
    seen: set[str] = set()
    for entry in sorted(entries, key=lambda entry: entry.orig_filename):
        path = entry.orig_filename
        admission.count()
        _refuse_tricks(entry)
        if path in seen:
            raise refused(_("Two files inside this zip have the same name."))
        seen.add(path)
        if path.endswith("/") or any(map(is_passed_over, path.split("/"))):
            continue
        mode = entry.external_attr >> 16
        if stat.S_IFMT(mode) not in (0, stat.S_IFREG):
            admission.leave_out_special(path)
            continue
        admission.let_in(path, entry.file_size)
        inside[path] = entry
    return {path: inside[path] for path in admission.sizes}


def _refuse_tricks(entry: zipfile.ZipInfo) -> None:
    if is_trick(entry.orig_filename):
        raise refused(_("A name inside this zip leads out of it."))
    if entry.flag_bits & _ENCRYPTED:
        raise refused(_("This zip has a password."))
    if entry.compress_type not in _METHODS:
        raise refused(_("This zip is packed in an uncommon way."))
    bloated = entry.file_size > MOST_TIMES * max(entry.compress_size, 1)
    if bloated and entry.file_size > LARGEST_FILE // 16:
        raise refused(_("A file inside this zip unpacks to far more than it should."))


def _read(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, most: int) -> bytes:
    if entry.file_size > most:
        raise UnreadableFileError
    try:
        with archive.open(entry) as file:
            data = file.read(most + 1)
    # NotImplementedError: a way of packing that is not known here.
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError):
        raise UnreadableFileError from None
    except (OSError, ValueError):
        raise UnreadableFileError from None
    if len(data) != entry.file_size:
        raise UnreadableFileError
    return data
