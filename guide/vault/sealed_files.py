"""Keeping a file: it is in the vault byte for byte, or it is not kept and says why.

The order of the steps is the promise. A file counts as kept only after its sealed
form was written to the disk itself, read back from there, opened, and found to be
the same bytes; and after the database knows it. The reader's own file is only read.
A plain copy never touches the disk.
"""

from __future__ import annotations

import errno
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from hashlib import sha256
from pathlib import Path

import apsw

from guide.vault.disk import DISK, Disk
from guide.vault.intake import SourceFile, opened_source
from guide.vault.kept import LARGEST_RECORD, KeptFile, KeptRecord, moment, packed
from guide.vault.problems import NotKeptError
from guide.vault.sealed_folder import (
    Cancelled,
    Hashing,
    Progress,
    SealedVault,
    Tally,
    held,
    never,
    new_places,
    open_sealed,
    quiet,
)
from guide.vault.sealing import NotIntactError, Sink, WorkerLostError, sealed
from guide.words import _

_MEGABYTE = 1 << 20
_ROOM = 16 * _MEGABYTE  # for the record, the database and its journal


def keep_file(  # noqa: PLR0913  the steps of the protocol, each named by its caller
    vault: SealedVault,
    source: Path,
    record: KeptRecord,
    *,
    commit: Callable[[KeptFile], None],
    accept: Callable[[KeptFile], None] | None = None,
    progress: Progress = quiet,
    cancelled: Cancelled = never,
    disk: Disk = DISK,
) -> KeptFile:
    """Take the file at *source* into *vault*; only when this returns is it kept.

    *accept* may refuse by raising, once the hash is known: then nothing is left.
    *commit* puts row and journal entry into the database, in one transaction. If it
    fails, the sealed file stays and is listed as an orphan: the disk may have taken
    the row although it said no, and a row must never lose its file.

    *progress* and *cancelled* are called from this thread, some 20 times a second,
    with bytes done and to do (each byte counts twice: sealed, and read back).
    """
    with opened_source(disk, source) as file, ExitStack() as undo:
        tally = Tally(file.size * 2, progress, cancelled)
        keeping = _Keeping(vault, disk, tally)
        keeping.refuse_without_room(file.size)
        undo.callback(keeping.clear)
        kept = keeping.seal(file, record)
        if accept is not None:
            accept(kept)
        tally.watch()  # the last moment to stop
        keeping.publish()
        undo.pop_all()
    with _database_faults():
        commit(kept)
    tally.finish()
    return kept


class _Keeping:
    """One file on its way in, and every name that it uses."""

    def __init__(self, vault: SealedVault, disk: Disk, tally: Tally) -> None:
        self._root, self._disk, self._tally = vault.root, disk, tally
        self._places = new_places(vault)

    def refuse_without_room(self, size: int) -> None:
        needed = size + -(-size // 100) + _ROOM
        with _vault_faults():
            self._disk.make_folder(self._places.folder)
            missing = needed - self._disk.free(self._places.folder)
        if missing > 0:
            raise NotKeptError(
                _("The file was not kept, because the disk has too little room."),
                _("Make {megabytes} MB of room on the disk, and try again.").format(
                    megabytes=-(-missing // _MEGABYTE)
                ),
            )

    def seal(self, file: SourceFile, record: KeptRecord) -> KeptFile:
        """Both parts, on the disk and read back; nothing has its own name yet."""
        places = self._places
        with _vault_faults():
            self._write(places.data_part, self._counted(file), file.size)
        file.refuse_if_changed()
        kept = KeptFile(
            id=places.id,
            sha256=file.sha256,
            size=file.size,
            modified_at=moment(file.modified_ns),
            record=record,
        )
        with _vault_faults():
            back = Hashing(self._tally)
            self._read_back(places.data_part, back)
            if not back.fits(kept):
                raise NotIntactError
            self._seal_record(kept)
        return kept

    def publish(self) -> None:
        """Give both their names, so that a power cut cannot take them back."""
        places = self._places
        with _vault_faults():
            self._disk.rename(places.data_part, places.data)
            self._disk.rename(places.record_part, places.record)
            self._disk.sync_folder(places.folder)

    def clear(self) -> None:
        """Take away everything this file has brought; what resists goes next time."""
        for path in self._places.all:
            with suppress(OSError):
                self._disk.remove(path)

    def _counted(self, file: SourceFile) -> Iterator[memoryview]:
        for chunk in file.chunks():
            self._tally.done += len(chunk)
            yield chunk

    def _write(self, path: Path, data: Iterator[memoryview], size: int) -> None:
        disk, recipient = self._disk, self._root.age_recipient()
        with held(disk, disk.create(path)) as descriptor:
            sealed(
                data,
                recipient,
                lambda part: disk.write_all(descriptor, part),
                size=size,
                watch=self._tally.watch,
            )
            disk.sync(descriptor)

    def _read_back(self, path: Path, sink: Sink) -> None:
        identity = self._root.age_identity()
        open_sealed(self._disk, path, identity, sink, self._tally.watch)

    def _seal_record(self, kept: KeptFile) -> None:
        data = packed(kept)
        if len(data) > LARGEST_RECORD:
            raise NotKeptError(
                _("The file was not kept, because its description is too long."),
                _("Shorten the description, and try again."),
            )
        self._write(self._places.record_part, iter((memoryview(data),)), len(data))
        found = sha256()
        self._read_back(self._places.record_part, found.update)
        if found.digest() != sha256(data).digest():
            raise NotIntactError


@contextmanager
def _vault_faults() -> Iterator[None]:
    """What goes wrong in here is the fault of the vault's disk or of this computer."""
    try:
        yield
    except OSError as error:
        raise _not_kept(error.errno) from None
    except NotIntactError:
        raise NotKeptError(
            _("The file was not kept, because the disk did not give it back whole."),
            _("This disk may be failing. Copy the vault to another one, and go on."),
        ) from None
    except WorkerLostError:
        raise NotKeptError(
            _("The file was not kept, because a part of the guide was stopped."),
            _("Close other programs to free memory, and try again."),
        ) from None


@contextmanager
def _database_faults() -> Iterator[None]:
    try:
        yield
    except apsw.FullError:
        raise _not_kept(errno.ENOSPC) from None
    except apsw.ReadOnlyError:
        raise _not_kept(errno.EROFS) from None
    except (apsw.Error, OSError):
        raise _not_kept(errno.EIO) from None


def _not_kept(number: int | None) -> NotKeptError:
    match number:
        case errno.ENOSPC | errno.EDQUOT:
            what = _("The file was not kept, because the disk is full.")
            then = _("Make room on the disk, and try again.")
        case errno.EFBIG:
            what = _("The file was not kept, because it is too large for this disk.")
            then = _("Copy the vault to a disk that takes larger files.")
        case errno.EACCES | errno.EPERM | errno.EROFS:
            what = _("The file was not kept, because the vault cannot be written to.")
            then = _("Check that the disk is not write-protected, and try again.")
        case errno.ENOENT | errno.ENOTDIR | errno.ENODEV | errno.ENXIO:
            what = _("The file was not kept, because the vault's folder is gone.")
            then = _("If it is on a stick, put the stick back in, and try again.")
        case _:
            what = _("The file was not kept, because the disk reported a fault.")
            then = _("Copy the vault to another disk, and try again there.")
    return NotKeptError(what, then)
