"""From memory onto the disk: everything kept so far moves into a new vault, at once.

Rows are copied as they are, so letters stay frozen and whoever has been sent a
notice stays so; the journal's entries follow with the times of then. It is one
transaction: all of it is there, or none of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import apsw
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from guide.vault.boot import Moment
from guide.vault.journal import Journal
from guide.vault.remembered import Remembering
from guide.vault.tables.table import worded

# The index of words is made anew from what it points at.
_REBUILT = ("words", "private_words")
_NOT_MOVED = frozenset({"journal", "origin"})


def move(
    old: apsw.Connection,
    entries: Remembering,
    new: apsw.Connection,
    key: Ed25519PrivateKey,
) -> None:
    """Copy every row of *old* into the empty tables of *new*, and its entries."""
    try:
        with _without_triggers(new), new:
            new.execute("pragma defer_foreign_keys = 1")
            for name, order in _tables(old):
                _copy(name, order, old, new)
            for name in _REBUILT:
                sql = f"insert into {name} ({name}) values ('rebuild')"  # noqa: S608
                new.execute(sql)
            _write(entries, new, key)
    except apsw.Error as error:
        raise worded(error) from None


def _tables(old: apsw.Connection) -> tuple[tuple[str, str], ...]:
    """Every table of our own, and what keeps its rows in the order they came in."""
    rows = old.execute(
        "select name, wr from pragma_table_list where schema = 'main'"
        " and type = 'table' and name not like 'sqlite_%' order by name"
    ).fetchall()
    return tuple(
        (str(name), "" if without_rowid else " order by rowid")
        for name, without_rowid in rows
        if name not in _NOT_MOVED
    )


def _copy(name: str, order: str, old: apsw.Connection, new: apsw.Connection) -> None:
    """The names are of our own schema, never of the reader."""
    for row in old.execute(f"select * from {name}{order}"):  # noqa: S608
        blanks = ", ".join("?" * len(row))
        new.execute(f"insert into {name} values ({blanks})", row)  # noqa: S608


def _write(entries: Remembering, new: apsw.Connection, key: Ed25519PrivateKey) -> None:
    """Each entry with the computer's own clock as it was then."""
    moments = iter([each.moment for each in entries])

    def then() -> Moment:
        return next(moments)

    journal = Journal(new, key, then)
    for each in entries:
        journal.append(each.type, each.body, each.at)


@contextmanager
def _without_triggers(connection: apsw.Connection) -> Iterator[None]:
    """The rules were kept when the rows came to be; asked again, some would refuse."""
    switch = apsw.SQLITE_DBCONFIG_ENABLE_TRIGGER
    connection.config(switch, 0)
    try:
        yield
    finally:
        connection.config(switch, 1)
