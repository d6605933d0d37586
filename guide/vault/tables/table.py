"""What every table of the vault shares: one connection, one change at a time.

A change is one transaction with its journal entry: either both are there after a
crash, or neither. No private words go into an entry: ids, hashes, names of fields.
"""

from __future__ import annotations

import errno
import hashlib
import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Protocol, TypeAlias

import apsw

from guide.vault.problems import DamagedVaultError, ReadOnlyVaultError, disk_problem

Facts: TypeAlias = Mapping[str, str | int | None]
Row: TypeAlias = tuple[str | int | None, ...]
Values: TypeAlias = tuple[str | int | None, ...]

NEVER = ""  # how a time that nobody knows stands in the database


class Journal(Protocol):
    """The signed journal; ``append`` is called inside the change it tells of."""

    def append(self, type_: str, body: Facts, at: datetime, /) -> object:
        """Add one entry."""


class Table:
    """A connection that already has the tables, and the journal beside it."""

    def __init__(
        self,
        connection: apsw.Connection,
        *,
        on_disk: bool,
        journal: Journal | None = None,
    ) -> None:
        """*journal* is None where nothing is kept."""
        self._connection = connection
        self._journal = journal
        self.on_disk = on_disk

    @contextmanager
    def _change(self) -> Iterator[None]:
        """All of it or nothing of it; a fault of the disk is worded."""
        try:
            with self._connection:
                yield
        except apsw.Error as error:
            raise worded(error) from None

    def _rows(self, sql: str, values: Values = ()) -> Iterator[Row]:
        try:
            yield from self._connection.execute(sql, values)
        except apsw.Error as error:
            raise worded(error) from None

    def _row(self, sql: str, values: Values = ()) -> Row | None:
        return next(self._rows(sql, values), None)

    def _do(self, sql: str, values: Values = ()) -> int:
        """How many rows it changed."""
        self._connection.execute(sql, values)
        return int(self._connection.changes())

    def _write(self, type_: str, body: Facts, at: datetime | None) -> None:
        """Add the journal's entry; part of the change around it."""
        if self._journal is not None:
            self._journal.append(type_, body, self._time(at))

    def _time(self, at: datetime | None) -> datetime:
        """*at*, or the time of the database where an older caller gives none."""
        if at is not None:
            return at
        now = "select strftime('%Y-%m-%dT%H:%M:%f+00:00', 'now')"
        ((text,),) = self._rows(now)
        return time_of(text)


def worded(error: BaseException) -> BaseException:
    """What the reader is told of a fault of the disk; any other fault as it is.

    SQLite takes back the whole transaction when a disk is full, and then there is
    nothing left for us to take back: that complaint hides the first one.
    """
    fault: BaseException | None = error
    while fault is not None:
        match fault:
            case apsw.FullError():
                return disk_problem(errno.ENOSPC)
            case apsw.ReadOnlyError() | apsw.PermissionsError():
                return ReadOnlyVaultError()
            case apsw.IOError() | apsw.CantOpenError():
                return disk_problem(errno.EIO)
            case apsw.CorruptError() | apsw.NotADBError():
                return DamagedVaultError()
            case _:
                fault = fault.__context__
    return error


def stamp(at: datetime | None) -> str:
    """A time as it stands in the database: UTC, one width, sorts as text.

    >>> stamp(datetime(2026, 11, 3, 22, 10, tzinfo=UTC))
    '2026-11-03T22:10:00.000000+00:00'
    """
    return at.astimezone(UTC).isoformat(timespec="microseconds") if at else NEVER


def moment(text: object) -> datetime | None:
    """The time that ``stamp`` wrote."""
    return datetime.fromisoformat(str(text)) if text else None


def time_of(text: object) -> datetime:
    """The time that ``stamp`` wrote, where there always is one."""
    return datetime.fromisoformat(str(text))


def storable(text: str) -> str:
    """*text* as SQLite can hold it: half a surrogate pair is spelt out, NUL is not.

    Only for what lists and searches show; the record itself keeps what was given.
    """
    return text.encode("utf-8", "backslashreplace").decode().replace("\0", " ")


def new_salt() -> str:
    """Keeps the hash of a short text from being guessed."""
    return secrets.token_hex(16)


def fingerprint(salt: str, text: str) -> str:
    """SHA-256 (FIPS 180-4) of *salt* and *text*, in lower-case hex."""
    return hashlib.sha256(f"{salt}\n{text}".encode()).hexdigest()
