"""Connections to the database, sealed or in memory.

The library fails open: without a key, or with a misspelt pragma, it writes a plain
file and says nothing. So nothing here is believed: the library, the form of the
key, every setting and the bytes on the disk are looked at, and a connection that
falls short is refused before anything is written. No SQL is ever traced, because a
trace would see the key.

While a connection is open, nobody else in this process may open and close
``vault.db``: that would drop the locks of SQLite (POSIX advisory locks).
"""

from __future__ import annotations

import errno
import os
import re
import stat
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path

import apsw

from guide.model.problems import GuideError
from guide.vault.disk import DISK
from guide.vault.key_file import disk_worded, write_new
from guide.vault.problems import (
    DamagedVaultError,
    NotSealedError,
    ReadOnlyVaultError,
    VaultDiskError,
    VaultInUseError,
    disk_problem,
)
from guide.words import _

CIPHER = "chacha20"
PLAIN_HEADER = b"SQLite format 3\x00"
APPLICATION_ID = 0x67756465  # the letters of "gude", in the header of every vault

_RAW_KEY = re.compile(r"[0-9a-f]{64}")
_IN_MEMORY: Mapping[str, int | str] = {
    "temp_store": 2,
    "foreign_keys": 1,
    "trusted_schema": 0,
    "cell_size_check": 1,
    "secure_delete": 1,
}
_READING: Mapping[str, int | str] = {
    "temp_store": 2,
    "locking_mode": "exclusive",
    "foreign_keys": 1,
    "trusted_schema": 0,
    "cell_size_check": 1,
    "mmap_size": 0,
}
# In this order: with the lock exclusive before WAL, no shared memory file is made.
PRAGMAS: Mapping[str, int | str] = {
    **_READING,
    "journal_mode": "wal",
    "synchronous": 2,
    "fullfsync": 1,
    "checkpoint_fullfsync": 1,
    "secure_delete": 1,
}


def open_in_memory() -> apsw.Connection:
    """A database that is gone when it is closed."""
    connection = apsw.Connection(":memory:")
    set_pragmas(connection, _IN_MEMORY)
    return connection


def make_database(path: Path, key: bytes, vault_id: str, at: datetime) -> None:
    """Make a sealed database that says which vault it is of, and look at its bytes."""
    with disk_worded():
        write_new(path, b"")  # of this login alone, and so is what SQLite adds
    connection = _connection(str(path), apsw.SQLITE_OPEN_READWRITE)
    try:
        with _database_worded():
            _seal(connection, key)
            set_pragmas(connection, PRAGMAS)
            connection.pragma("application_id", APPLICATION_ID)
            with connection:
                connection.execute(
                    "create table origin (vault text not null, made_at text not null)"
                    " strict"
                )
                row = (vault_id, at.isoformat())
                connection.execute("insert into origin values (?, ?)", row)
    finally:
        connection.close()
    refuse_plain(path)


def open_database(
    path: Path, key: bytes, vault_id: str, *, read_only: bool = False
) -> apsw.Connection:
    """Open the sealed database of one vault, with every setting read back.

    Exactly one connection can be open. With *read_only* nothing is written, not
    even beside it; that is refused where it would show an old state.
    """
    refuse_plain(path)
    if read_only:
        _refuse_unfinished_journal(path)
        connection = _immutable(path)
    else:
        connection = _connection(str(path), apsw.SQLITE_OPEN_READWRITE)
    try:
        with _database_worded():
            _seal(connection, key)
            set_pragmas(connection, _READING if read_only else PRAGMAS)
            _refuse_other(connection, vault_id)
    except BaseException:
        connection.close()
        raise
    return connection


def is_of(path: Path, key: bytes, vault_id: str) -> bool:
    """Whether *path* is the database of that vault and *key* opens it.

    Nothing is written, and what stands in its journal alone is not looked at.
    """
    with suppress(GuideError):
        refuse_plain(path)
        connection = _immutable(path)
        try:
            with _database_worded():
                _seal(connection, key)
                _refuse_other(connection, vault_id)
        finally:
            connection.close()
        return True
    return False


def refuse_plain(path: Path) -> None:
    """Refuse a database whose first bytes are not sealed, or that has none.

    Never while a connection to it is open.
    """
    with disk_worded():
        found = DISK.look(path)
        if not stat.S_ISREG(found.st_mode):
            raise DamagedVaultError
        descriptor = DISK.open(path)
        try:
            start = DISK.read(descriptor, len(PLAIN_HEADER))
        finally:
            DISK.close(descriptor)
    if start == PLAIN_HEADER:
        raise NotSealedError(
            _("The database of this vault is not sealed. It was not opened."),
            _("Someone may have put it there. Keep the folder, and open a backup."),
        )
    if len(start) < len(PLAIN_HEADER):
        raise DamagedVaultError(
            _("The database of this vault is cut off. Nothing in it was changed."),
            _("Keep the folder as it is, and restore a backup."),
        )


def set_pragmas(connection: apsw.Connection, pragmas: Mapping[str, int | str]) -> None:
    """Set each of *pragmas* and read it back: SQLite ignores names that it lacks."""
    for name, value in pragmas.items():
        connection.execute(f"pragma {name} = {value}").fetchall()
        if connection.execute(f"pragma {name}").fetchall() != [(value,)]:
            raise NotSealedError


def _connection(name: str, flags: int) -> apsw.Connection:
    """A connection that nobody watches, of the library that can seal."""
    # The plain library installs under the same name, and would take every key.
    if not getattr(apsw, "mc_version", "") or apsw.connection_hooks:
        raise NotSealedError
    with _database_worded():
        connection = apsw.Connection(name, flags=flags)
    if connection.exec_trace is not None or connection.row_trace is not None:
        connection.close()
        raise NotSealedError
    return connection


def _immutable(path: Path) -> apsw.Connection:
    """Nothing may change beside a file that nobody can write to."""
    name = f"{path.absolute().as_uri()}?immutable=1"
    return _connection(name, apsw.SQLITE_OPEN_READONLY | apsw.SQLITE_OPEN_URI)


def _seal(connection: apsw.Connection, key: bytes) -> None:
    """Give the raw key; one digit less would be taken as a passphrase."""
    digits = key.hex()
    if _RAW_KEY.fullmatch(digits) is None:
        raise NotSealedError
    ok = _answer(connection, f"pragma cipher = '{CIPHER}'") == CIPHER
    ok = ok and _answer(connection, f"pragma key = 'raw:{digits}'") == "ok"
    if not ok or _answer(connection, "pragma cipher") != CIPHER:
        raise NotSealedError


def _answer(connection: apsw.Connection, sql: str) -> object:
    """What one pragma says; an error keeps neither its text nor where it was."""
    try:
        rows = connection.execute(sql, can_cache=False).fetchall()
    except apsw.Error:
        rows = []
    return rows[0][0] if len(rows) == 1 else None


def _refuse_other(connection: apsw.Connection, vault_id: str) -> None:
    """Refuse a sealed database that is not the one of this vault."""
    if connection.pragma("application_id") != APPLICATION_ID:
        raise DamagedVaultError
    if connection.execute("select vault from origin").fetchall() != [(vault_id,)]:
        raise DamagedVaultError


def _refuse_unfinished_journal(path: Path) -> None:
    """What stands in the journal alone cannot be read without writing."""
    journal = path.with_name(f"{path.name}-wal")
    with disk_worded():
        if os.path.lexists(journal) and DISK.look(journal).st_size:
            raise ReadOnlyVaultError(
                _("This vault was not closed, so it cannot be read from this disk."),
                _("Copy its folder to a disk of your own, and open the copy."),
            )


@contextmanager
def _database_worded() -> Iterator[None]:
    """Say in words of the reader what SQLite found."""
    try:
        yield
    except (apsw.BusyError, apsw.LockedError):
        raise VaultInUseError from None
    except (apsw.NotADBError, apsw.CorruptError, apsw.SQLError):
        raise DamagedVaultError from None
    except apsw.FullError:
        raise disk_problem(errno.ENOSPC) from None
    except (apsw.ReadOnlyError, apsw.PermissionsError):
        raise ReadOnlyVaultError from None
    except apsw.Error:
        raise VaultDiskError from None
