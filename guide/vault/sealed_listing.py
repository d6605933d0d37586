"""Which sealed files there are, told from the folder alone.

The database may be lost or damaged: each sealed file has a record beside it that
says what it is. Nothing is removed here except the parts that a crash left, and
what the caller names after writing its tombstone.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from guide.vault.disk import DISK, Disk
from guide.vault.kept import LARGEST_RECORD, BadRecordError, KeptFile, unpacked
from guide.vault.sealed_folder import (
    FILE_NAME,
    PART_NAME,
    SealedVault,
    open_sealed,
    places_of,
    reading_faults,
    sealed_folder,
)
from guide.vault.sealing import NotIntactError, WorkerLostError

_ID_DIGITS = 32


@dataclass(frozen=True, slots=True, kw_only=True)
class Orphan:
    """A sealed file that no row knows; ``kept`` if its record could be opened."""

    id: str
    kept: KeptFile | None


def orphans(
    vault: SealedVault, known: Collection[str], *, disk: Disk = DISK
) -> tuple[Orphan, ...]:
    """The sealed files that are not among the *known* ids. They are left alone."""
    return tuple(
        Orphan(id=sealed_id, kept=read_record(vault, sealed_id, disk=disk))
        for sealed_id in _sealed_ids(vault, disk)
        if sealed_id not in known
    )


def missing(
    vault: SealedVault, known: Collection[str], *, disk: Disk = DISK
) -> frozenset[str]:
    """Those of the *known* ids whose sealed file is not there, told by names alone."""
    there = frozenset(_sealed_names(vault, disk))
    return frozenset(id_ for id_ in known if f"{id_}.age" not in there)


def clean_parts(
    vault: SealedVault, known: Collection[str] = (), *, disk: Disk = DISK
) -> int:
    """Remove what a crash left half-written, when a vault is opened; how many.

    What is *known* was whole once: if it is named like a part now, somebody renamed
    it, and it gets its name back. What it is worth, verifying says.
    """
    folder = sealed_folder(vault)
    with reading_faults():
        names = _names(disk, folder)
        parts = [name for name in names if PART_NAME.fullmatch(name)]
        renamed = [name for name in parts if name[:_ID_DIGITS] in known]
        for name in renamed:
            whole = f"{name.removesuffix('.part')}.age"
            if whole not in names:
                disk.rename(folder / name, folder / whole)
        left = [name for name in parts if name not in renamed]
        for name in left:
            disk.remove(folder / name)
    return len(left)


def remove_file(vault: SealedVault, sealed_id: str, *, disk: Disk = DISK) -> None:
    """Take a sealed file and its record away, after its tombstone was written.

    A second time does nothing, so that it can be done again after a crash.
    """
    places = places_of(vault, sealed_id)
    with reading_faults():
        for path in (places.data, places.record):
            with suppress(FileNotFoundError):
                disk.remove(path)
        disk.sync_folder(places.folder)


def read_record(
    vault: SealedVault, sealed_id: str, *, disk: Disk = DISK
) -> KeptFile | None:
    """What the record of *sealed_id* says; ``None`` if there is none to trust."""
    data = bytearray()

    def take(part: memoryview) -> None:
        data.extend(part)
        if len(data) > LARGEST_RECORD:  # whatever this is, it is no record
            raise NotIntactError

    path, identity = places_of(vault, sealed_id).record, vault.root.age_identity()
    try:
        open_sealed(disk, path, identity, take, lambda: None)
        kept = unpacked(bytes(data))
    except (OSError, NotIntactError, WorkerLostError, BadRecordError):
        return None
    return kept if kept.id == sealed_id else None


def _sealed_names(vault: SealedVault, disk: Disk) -> tuple[str, ...]:
    with reading_faults():
        return _names(disk, sealed_folder(vault))


def _sealed_ids(vault: SealedVault, disk: Disk) -> Iterable[str]:
    matches = (FILE_NAME.fullmatch(name) for name in _sealed_names(vault, disk))
    return dict.fromkeys(match[1] for match in matches if match)


def _names(disk: Disk, folder: Path) -> tuple[str, ...]:
    try:
        return disk.names(folder)
    except FileNotFoundError:  # nothing was ever kept
        return ()
