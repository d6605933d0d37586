"""Verifying kept files and looking into them. Nothing here changes one.

A sealed file gives its first bytes before its last ones are checked, so nothing is
handed on before all of it was opened and had the hash it was kept with.
"""

from __future__ import annotations

import errno
from collections.abc import Collection, Iterator
from enum import StrEnum
from pathlib import Path

from guide.vault.disk import DISK, Disk
from guide.vault.problems import EvidenceMissingError
from guide.vault.sealed_folder import (
    Cancelled,
    Fingerprint,
    Hashing,
    Progress,
    SealedVault,
    Tally,
    never,
    open_sealed,
    places_of,
    quiet,
    reading_faults,
    sealed_folder,
)
from guide.vault.sealed_listing import read_record
from guide.vault.sealing import NotIntactError, Sink, WorkerLostError

LARGEST_PREVIEW = 64 << 20
_STRANGE = (errno.ELOOP, errno.EISDIR, errno.ENXIO)  # a link, a folder, a socket


class FileState(StrEnum):
    """What was found where a kept file should be."""

    INTACT = "intact"
    CHANGED = "changed"  # not the bytes that were kept
    RECORD_CHANGED = "record changed"  # the bytes are intact, their record is not
    MISSING = "missing"
    UNREADABLE = "unreadable"  # the disk did not say: a pulled stick, a bad sector


def verify_file(
    vault: SealedVault,
    file: Fingerprint,
    *,
    progress: Progress = quiet,
    cancelled: Cancelled = never,
    disk: Disk = DISK,
) -> FileState:
    """Open and hash *file* and its record from the disk, and say what they are."""
    tally = Tally(file.size, progress, cancelled)
    state = _state(vault, file, tally, disk)
    tally.finish()
    return state


def verify_all(
    vault: SealedVault,
    files: Collection[Fingerprint],
    *,
    progress: Progress = quiet,
    cancelled: Cancelled = never,
    disk: Disk = DISK,
) -> Iterator[tuple[str, FileState]]:
    """The id and the state of each of *files*; progress is over all their bytes."""
    tally = Tally(sum(file.size for file in files), progress, cancelled)
    done = 0
    for file in files:
        state = _state(vault, file, tally, disk)
        done += file.size
        tally.done = done  # a damaged file gives fewer bytes than it had
        yield file.id, state
    tally.finish()


def read_file(
    vault: SealedVault,
    file: Fingerprint,
    *,
    limit: int,
    cancelled: Cancelled = never,
    disk: Disk = DISK,
) -> bytes:
    """The first *limit* bytes of *file*, after all of it was checked.

    Only memory holds them. Raises ``EvidenceChangedError`` or
    ``EvidenceMissingError`` and gives nothing if the file is not what was kept.
    """
    if not 0 <= limit <= LARGEST_PREVIEW:
        raise ValueError("more than a preview")
    start = bytearray()

    def take(data: memoryview) -> None:
        start.extend(data[: limit - len(start)])

    open_checked(vault, file, take, Tally(file.size, quiet, cancelled), disk)
    return bytes(start)


def _state(
    vault: SealedVault, file: Fingerprint, tally: Tally, disk: Disk
) -> FileState:
    try:
        _check(vault, file, Hashing(tally), tally, disk)
        return _record_state(vault, file, disk)
    except NotIntactError:
        return FileState.CHANGED
    except WorkerLostError:
        return FileState.UNREADABLE
    except FileNotFoundError:
        there = _is_there(disk, sealed_folder(vault))  # or is the stick gone?
        return FileState.MISSING if there else FileState.UNREADABLE
    except OSError as error:
        strange = error.errno in _STRANGE
        return FileState.CHANGED if strange else FileState.UNREADABLE


def _record_state(vault: SealedVault, file: Fingerprint, disk: Disk) -> FileState:
    kept = read_record(vault, file.id, disk=disk)
    if kept is None or (kept.sha256, kept.size) != (file.sha256, file.size):
        return FileState.RECORD_CHANGED
    return FileState.INTACT


def _check(
    vault: SealedVault, file: Fingerprint, found: Hashing, tally: Tally, disk: Disk
) -> None:
    """Open all of *file* into *found*; ``NotIntactError`` unless it is the same."""
    path = places_of(vault, file.id).data
    open_sealed(disk, path, vault.root.age_identity(), found, tally.watch)
    if not found.fits(file):
        raise NotIntactError


def open_checked(
    vault: SealedVault,
    file: Fingerprint,
    take: Sink,
    tally: Tally,
    disk: Disk,
) -> None:
    """As ``_check``, with *take* given the bytes too, and worded for the reader."""
    with reading_faults():
        try:
            _check(vault, file, _Passing(tally, take), tally, disk)
        except FileNotFoundError:
            if _is_there(disk, sealed_folder(vault)):
                raise EvidenceMissingError from None
            raise  # the whole folder is gone: a stick that was pulled out


class _Passing(Hashing):
    """Hashes, and hands each part on; whoever takes it must not use it yet."""

    def __init__(self, tally: Tally, take: Sink) -> None:
        super().__init__(tally)
        self._take = take

    def __call__(self, data: memoryview) -> None:
        super().__call__(data)
        self._take(data)


def _is_there(disk: Disk, folder: Path) -> bool:
    try:
        disk.look(folder)
    except OSError:
        return False
    return True
