"""A plain copy of a kept file, outside the vault, because the reader asked for it."""

from __future__ import annotations

import errno
import secrets
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from guide.model.problems import not_written
from guide.vault.disk import DISK, Disk
from guide.vault.sealed_folder import (
    Cancelled,
    Fingerprint,
    Hashing,
    Progress,
    SealedVault,
    Tally,
    chunks_of,
    held,
    never,
    quiet,
)
from guide.vault.sealed_reading import open_checked


def export_file(
    vault: SealedVault,
    file: Fingerprint,
    target: Path,
    *,
    progress: Progress = quiet,
    cancelled: Cancelled = never,
    disk: Disk = DISK,
) -> Path:
    """Write a plain copy of *file* at *target*, whole and checked, or not at all.

    It is written beside, hashed on the way out and again from the disk, and only
    then gets its name; nothing that has that name already is ever replaced.
    """
    part = target.with_name(f".{secrets.token_hex(8)}.part")
    tally = Tally(file.size * 2, progress, cancelled)
    with _target_faults(), ExitStack() as undo:
        _refuse_if_taken(disk, target)
        with held(disk, disk.create(part)) as descriptor:
            undo.callback(_remove_quietly, disk, part)
            _write_out(vault, file, descriptor, tally, disk)
        _compare(disk, part, file, tally)
        _publish(disk, part, target)
        disk.sync_folder(target.parent)
    tally.finish()
    return target


def pour(
    vault: SealedVault,
    file: Fingerprint,
    take: Callable[[memoryview], None],
    *,
    cancelled: Cancelled = never,
    disk: Disk = DISK,
) -> None:
    """Give the bytes of *file* to *take*, piece by piece.

    They count only once this returns: raises EvidenceChangedError where they are not
    what was kept, EvidenceMissingError, StoppedError. What *take* raises passes.
    """
    open_checked(vault, file, take, Tally(file.size, quiet, cancelled), disk)


def _write_out(
    vault: SealedVault, file: Fingerprint, descriptor: int, tally: Tally, disk: Disk
) -> None:
    def write(data: memoryview) -> None:
        with _target_faults():
            disk.write_all(descriptor, data)

    open_checked(vault, file, write, tally, disk)
    disk.sync(descriptor)
    disk.forget(descriptor)


def _compare(disk: Disk, part: Path, file: Fingerprint, tally: Tally) -> None:
    found = Hashing(tally)
    with held(disk, disk.open(part)) as descriptor:
        for chunk in chunks_of(disk, descriptor):
            found(chunk)
            tally.watch()
    if not found.fits(file):
        raise OSError(errno.EIO, "")


def _refuse_if_taken(disk: Disk, target: Path) -> None:
    with suppress(FileNotFoundError):
        disk.look(target)
        raise FileExistsError(errno.EEXIST, "")


def _publish(disk: Disk, part: Path, target: Path) -> None:
    try:
        disk.link(part, target)  # unlike a rename, it fails if the name is taken
    except FileExistsError:
        raise
    except OSError:  # no hard links here: USB sticks, some network folders, Android
        disk.close(disk.create(target))
        try:
            disk.rename(part, target)
        except OSError:
            disk.remove(target)
            raise


def _remove_quietly(disk: Disk, path: Path) -> None:
    with suppress(OSError):
        disk.remove(path)


@contextmanager
def _target_faults() -> Iterator[None]:
    """What goes wrong in here is the fault of the place that a copy goes to."""
    try:
        yield
    except OSError as error:
        raise not_written(error.errno) from None
    except ValueError:
        raise not_written(errno.EINVAL) from None
