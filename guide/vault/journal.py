"""The signed journal: what happened to the record, in order, only ever added to.

Each entry is canonical JSON; its hash is SHA-256 (FIPS 180-4) of a domain, the hash
before it and its bytes, signed with Ed25519 (RFC 8032). So nobody without the key
can change, remove or reorder an entry unnoticed. What has been cut off at the end,
and a history rewritten by whoever holds the key, shows only against a head that was
written down elsewhere: on paper, at each hand-over.

A wrong clock is noted, never mended: the order is that of the sequence.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime

import apsw
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from guide.vault.boot import Moment, moment_of_boot
from guide.vault.canonical import canonical
from guide.vault.journal_checks import (
    Entry,
    Head,
    JournalProblem,
    Row,
    Trouble,
    against_heads,
    chained,
    problems_of_clock,
    problems_of_sequence,
)
from guide.vault.problems import DamagedVaultError

VERSION = 1
SIGNED = b"guide/head/1\0"
_NOTHING = bytes(32)
_TRIGGERS = {
    "a_journal_entry_is_never_changed": "before update on journal",
    "a_journal_entry_is_never_removed": "before delete on journal",
    # Without this one, "insert or replace" would remove and change.
    "a_journal_entry_comes_last": "before insert on journal when new.sequence"
    " is not (select ifnull(max(sequence), 0) + 1 from journal)",
}
_TABLE = """
create table if not exists journal (
    sequence  integer primary key,
    body      blob not null,                  -- canonical JSON, exactly as hashed
    hash      blob not null check (length(hash) = 32),
    signature blob not null check (length(signature) = 64)
) strict
"""
_ROWS = "select sequence, body, hash, signature from journal order by sequence"
_LAST_OF = (
    "select body, hash from journal where instr(body, ?) order by sequence desc limit 1"
)
_LAST = "select sequence, hash from journal order by sequence desc limit 1"


def prepare(connection: apsw.Connection) -> None:
    """Make the table and its guards, where they are not there yet."""
    connection.execute(_TABLE)
    for name, when in _TRIGGERS.items():
        connection.execute(
            f"create trigger if not exists {name} {when}"
            " begin select raise(abort, 'append only'); end"
        )


class Journal:
    """The journal in one database, written with one key."""

    def __init__(
        self,
        connection: apsw.Connection,
        signing_key: Ed25519PrivateKey,
        moment: Callable[[], Moment] = moment_of_boot,
    ) -> None:
        """*connection* has been prepared; *moment* is the computer's own clock."""
        self._connection, self._key, self._moment = connection, signing_key, moment

    def append(
        self, type_: str, body: Mapping[str, str | int | None], at: datetime, /
    ) -> Entry:
        """Add an entry inside the caller's transaction: both are there, or neither.

        *at* has its offset. Text stays in the journal for ever, so none of it
        should be the reader's own words.
        """
        if not self._connection.in_transaction:
            raise RuntimeError("an entry belongs to the transaction it tells of")
        if at.utcoffset() is None:
            raise ValueError("a time without its offset")
        last = self._last()
        moment = self._moment()
        data = canonical(
            {
                "version": VERSION,
                "sequence": last.sequence + 1,
                "type": type_,
                "at": at.isoformat(),
                "boot": moment.boot,
                "monotonic_ms": moment.milliseconds,
                "body": dict(body),
            }
        )
        digest = chained(last.hash, data)
        row = (last.sequence + 1, data, digest, self._key.sign(SIGNED + digest))
        self._connection.execute("insert into journal values (?, ?, ?, ?)", row)
        return _entry(data, digest)

    def head(self) -> str:
        """The number and hash of the last entry, in groups to print and compare."""
        return str(self._last())

    def public_key(self) -> str:
        """With this, in hex, anyone can check the signatures (RFC 8032)."""
        return self._key.public_key().public_bytes_raw().hex()

    def entries(self, after: int = 0) -> Iterator[Entry]:
        """Every entry later than *after*, as it stands; ``check`` says whether to."""
        for row in self._rows():
            if row.sequence > after:
                yield _entry(row.body, row.hash)

    def last_of(self, type_: str) -> Entry | None:
        """The latest entry of one type; None if there is none."""
        name = b'"type":"%s"' % type_.encode("ascii")  # no text has a bare quote in it
        row = self._connection.execute(_LAST_OF, (name,)).fetchone()
        return _entry(bytes(row[0]), bytes(row[1])) if row else None

    def lines(self) -> Iterator[tuple[bytes, bytes, bytes]]:
        """The bytes, the hash and the signature of every entry, for others to check.

        With these and ``public_key`` nobody needs this program: ``VAULT_FORMAT.md``.
        """
        for row in self._rows():
            yield row.body, row.hash, row.signature

    def check(
        self, heads: Iterable[str] = (), *, every_signature: bool = True
    ) -> list[JournalProblem]:
        """All that is wrong; *heads* are ones that were written down before.

        The last signature stands for all hashes before it. Checking every one
        takes longer, and also finds a signature that was damaged by itself.
        """
        try:
            rows = list(self._rows())
            found = [*self._guards()]
        except (apsw.Error, TypeError, ValueError):
            return [JournalProblem(0, Trouble.UNREADABLE)]
        signed = rows if every_signature else rows[-1:]
        found += problems_of_sequence(rows)
        found += [
            JournalProblem(row.sequence, Trouble.SIGNATURE)
            for row in signed
            if not self._is_signed(row)
        ]
        found += problems_of_clock(rows)
        found += against_heads(rows, heads)
        return sorted(found)

    def _last(self) -> Head:
        row = self._connection.execute(_LAST).fetchone()
        return Head(int(row[0]), bytes(row[1])) if row else Head(0, _NOTHING)

    def _rows(self) -> Iterator[Row]:
        for sequence, body, digest, signature in self._connection.execute(_ROWS):
            yield Row(int(sequence), bytes(body), bytes(digest), bytes(signature))

    def _guards(self) -> Iterator[JournalProblem]:
        sql = "select name from sqlite_schema where type = 'trigger'"
        there = {str(name) for (name,) in self._connection.execute(sql)}
        if not there.issuperset(_TRIGGERS):
            yield JournalProblem(0, Trouble.UNGUARDED)

    def _is_signed(self, row: Row) -> bool:
        try:
            self._key.public_key().verify(row.signature, SIGNED + row.hash)
        except InvalidSignature:
            return False
        return True


def _entry(data: bytes, digest: bytes) -> Entry:
    try:
        values = json.loads(data)
        return Entry(
            sequence=int(values["sequence"]),
            type=str(values["type"]),
            at=datetime.fromisoformat(values["at"]),
            body=values["body"],
            sha256=digest.hex(),
        )
    except (ValueError, TypeError, KeyError, RecursionError):
        raise DamagedVaultError from None
