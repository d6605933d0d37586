"""Two backups of the database, made in turn; and putting one back.

A new backup replaces the older one only after it was written to the disk itself,
opened with the vault's key and looked through; so there is always a good one. A
restore copies: the backup stays, and so does the database that it takes the place
of. Sealed files are not in here: they never change, and have their own records.
"""

from __future__ import annotations

import errno
import os
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Protocol

import apsw

from guide.model.problems import GuideError
from guide.vault.connection import open_database
from guide.vault.disk import DISK, Disk
from guide.vault.kept import moment
from guide.vault.problems import DamagedVaultError, NoBackupError, disk_problem
from guide.vault.sealed_folder import chunks_of, held

NAMES = ("a.db", "b.db")
_PART = "new.part"
_DATABASE = "vault.db"
_ROOM = 16 << 20
# What SQLite may have left beside the database; a restored one must not meet it.
BESIDE = ("-wal", "-shm", "-journal")


class DatabaseKey(Protocol):
    """The root of a vault, as far as its database needs it."""

    def database_key(self) -> bytes:
        """32 bytes."""


class BackedUpVault(Protocol):
    """An open vault, as far as backups need it."""

    @property
    def folder(self) -> Path:
        """The vault's own folder."""

    @property
    def id(self) -> str:
        """What the database says it belongs to."""

    @property
    def connection(self) -> apsw.Connection:
        """The open database."""

    @property
    def root(self) -> DatabaseKey:
        """What its keys come from."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Backup:
    """One backup; ``made_at`` is what the file system says."""

    path: Path
    size: int
    made_at: datetime | None


def back_up(vault: BackedUpVault, *, disk: Disk = DISK) -> Backup:
    """Write the database into the older backup's place, checked; in its own thread.

    Not inside a transaction. If it fails, both older backups are as they were.
    """
    folder = _folder(vault.folder)
    part, key = folder / _PART, vault.root.database_key()
    with faults():
        disk.make_folder(folder)
        _remove(disk, part)
        _refuse_without_room(vault.connection, folder, disk)
        try:
            _copy_database(vault.connection, part, disk)
            if not is_good(part, key, vault.id):
                raise OSError(errno.EIO, "")
            target = to_replace(vault, disk)
            disk.rename(part, target)
        except BaseException:
            with suppress(OSError):
                _remove(disk, part)
            raise
        disk.sync_folder(folder)
    return next(
        each for each in backups(vault.folder, disk=disk) if each.path == target
    )


def backups(vault_folder: Path, *, disk: Disk = DISK) -> tuple[Backup, ...]:
    """The backups that are there, the newest first; not whether they are good."""
    found = []
    with faults():
        for name in NAMES:
            path = _folder(vault_folder) / name
            with suppress(FileNotFoundError):
                seen = disk.look(path)
                found.append((seen.st_mtime_ns, path, seen.st_size))
    return tuple(
        Backup(path=path, size=size, made_at=moment(modified))
        for modified, path, size in sorted(found, reverse=True)
    )


def is_good(path: Path, key: bytes, vault_id: str) -> bool:
    """Whether *path* opens as a database of this vault and is whole."""
    try:
        connection = open_database(path, key, vault_id, read_only=True)
    except GuideError:
        return False
    try:
        return is_whole(connection)
    finally:
        connection.close()


def sealed_ids(path: Path, key: bytes, vault_id: str) -> frozenset[str]:
    """The kept files that the good backup at *path* knows."""
    connection = open_database(path, key, vault_id, read_only=True)
    try:
        rows = connection.execute("select id from evidence").fetchall()
    except apsw.SQLError:  # of a vault in which nothing was ever written
        rows = []
    finally:
        connection.close()
    return frozenset(str(id_) for (id_,) in rows)


def is_whole(connection: apsw.Connection) -> bool:
    """Whether every page of an open database is there and as it was sealed."""
    try:
        found = connection.execute("pragma quick_check").fetchall()
    except apsw.Error:
        return False
    return found == [("ok",)]


def restore(
    vault_folder: Path, backup: Path, key: bytes, vault_id: str, *, disk: Disk = DISK
) -> Path | None:
    """Put a copy of *backup* in the place of the database; where that one is now.

    Only with the vault's lock held and no connection open. Entries of the journal
    that came after the backup are in the database that was put aside.
    """
    if not is_good(backup, key, vault_id):
        raise NoBackupError
    database = vault_folder / _DATABASE
    part, kept = vault_folder / f"{_DATABASE}.part", None
    with faults():
        # A whole one was never ours to remove: somebody may have renamed the database.
        if is_good(part, key, vault_id):
            kept = _put_aside(disk, part)
        _remove(disk, part)
        try:
            copy_checked(disk, backup, part)
            if not is_good(part, key, vault_id):
                raise OSError(errno.EIO, "")
            aside = _put_aside(disk, database) or kept
            disk.rename(part, database)
        except BaseException:
            with suppress(OSError):
                _remove(disk, part)
            raise
        disk.sync_folder(vault_folder)
    return aside


def _folder(vault_folder: Path) -> Path:
    return vault_folder / "backup"


def _copy_database(connection: apsw.Connection, part: Path, disk: Disk) -> None:
    """Everything the database holds, sealed with the same key, on the disk itself."""
    disk.close(disk.create(part))  # so that only this login can ever read it
    connection.execute("vacuum into ?", (str(part.absolute()),))
    with held(disk, os.open(part, os.O_RDWR)) as descriptor:
        disk.sync(descriptor)
        disk.forget(descriptor)


def to_replace(vault: BackedUpVault, disk: Disk = DISK) -> Path:
    """A name that is free, else a backup that is not good, else the older one."""
    there = backups(vault.folder, disk=disk)
    free = [name for name in NAMES if name not in {each.path.name for each in there}]
    if free:
        return _folder(vault.folder) / free[0]
    newest, older = (each.path for each in there)
    return older if is_good(newest, vault.root.database_key(), vault.id) else newest


def _refuse_without_room(connection: apsw.Connection, folder: Path, disk: Disk) -> None:
    sizes = [connection.pragma(name) for name in ("page_count", "page_size")]
    if disk.free(folder) < int(sizes[0]) * int(sizes[1]) + _ROOM:
        raise OSError(errno.ENOSPC, "")


def copy_checked(
    disk: Disk, old: Path, new: Path, watch: Callable[[int], None] = lambda _bytes: None
) -> str:
    """Copy *old* to *new* and read it back from the disk; its SHA-256 in hex.

    *watch* is told how many bytes have just passed; each passes twice.
    """
    wanted, found = sha256(), sha256()
    with held(disk, disk.open(old)) as source, held(disk, disk.create(new)) as target:
        for chunk in chunks_of(disk, source):
            wanted.update(chunk)
            disk.write_all(target, chunk)
            watch(len(chunk))
        disk.sync(target)
        disk.forget(target)
    with held(disk, disk.open_past_cache(new)) as target:
        for chunk in chunks_of(disk, target):
            found.update(chunk)
            watch(len(chunk))
    if wanted.digest() != found.digest():
        raise OSError(errno.EIO, "")
    return wanted.hexdigest()


def _put_aside(disk: Disk, database: Path) -> Path | None:
    """Give the database and what stands beside it another name; nothing is lost.

    The database goes first: without it, what stands beside it is never opened.
    """
    aside = database.with_name(f"vault-{secrets.token_hex(4)}.db")
    there = False
    with suppress(FileNotFoundError):
        disk.rename(database, aside)
        there = True
    for end in BESIDE:
        with suppress(FileNotFoundError):
            disk.rename(Path(f"{database}{end}"), Path(f"{aside}{end}"))
    return aside if there else None


def _remove(disk: Disk, path: Path) -> None:
    with suppress(FileNotFoundError):
        disk.remove(path)


@contextmanager
def faults() -> Iterator[None]:
    """What goes wrong in here is the fault of the database or of its disk."""
    try:
        yield
    except OSError as error:
        raise disk_problem(error.errno) from None
    except apsw.FullError:
        raise disk_problem(errno.ENOSPC) from None
    except (apsw.ReadOnlyError, apsw.CantOpenError):
        raise disk_problem(errno.EROFS) from None
    except (apsw.CorruptError, apsw.NotADBError):
        raise DamagedVaultError from None
    except apsw.IOError:
        raise disk_problem(errno.EIO) from None
