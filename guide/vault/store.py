"""Everything the reader keeps, in one database; each change is one transaction.

``Vault.in_memory`` is "keep nothing": all of it goes when the program ends. The
sealed vault on disk opens the same tables through another connection, and writes a
journal entry with each change. Values go in and come out; no row or cursor leaves
this room. The methods are in ``guide.vault.tables``, one noun a file.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from datetime import datetime
from types import TracebackType
from typing import TYPE_CHECKING, Self

import apsw

from guide.vault.migrations import prepare
from guide.vault.remembered import Remembering
from guide.vault.tables.agreement import Agreement
from guide.vault.tables.answers import Answers
from guide.vault.tables.table import Journal

if TYPE_CHECKING:
    from guide.model.brought import Brought
    from guide.vault.opening import OpenVault

__all__ = ["Journal", "Vault"]


class Vault(Answers, Agreement):
    """Everything kept, each method one transaction."""

    def __init__(
        self,
        connection: apsw.Connection,
        *,
        on_disk: bool,
        journal: Journal | None = None,
    ) -> None:
        """Make or update the tables of *connection*, or refuse a newer format.

        With a *journal*, every change of a person, a letter or a record ends with
        its entry, in the same transaction.
        """
        prepare(connection)
        super().__init__(connection, on_disk=on_disk, journal=journal)

    @classmethod
    def in_memory(cls) -> Vault:
        """Keep nothing: a vault that is gone when the program ends."""
        entries = Remembering()
        return cls(apsw.Connection(":memory:"), on_disk=False, journal=entries)

    @contextmanager
    def _change(self) -> Iterator[None]:
        """As ever; in memory, the entries of a change that fails go with it."""
        entries = self._journal if isinstance(self._journal, Remembering) else None
        count = len(entries) if entries is not None else 0
        try:
            with super()._change():
                yield
        except BaseException:
            if entries is not None:
                entries.forget_after(count)
            raise

    def move_into(self, new: OpenVault) -> None:
        """Copy everything from memory into the tables of *new*, which are empty."""
        from guide.vault.moving import move

        entries = self._journal
        if not isinstance(entries, Remembering):
            raise TypeError("only what is in memory moves")
        move(self._connection, entries, new.connection, new.root.signing_key())

    def take_in(self, other: Vault, once: Collection[str], at: datetime) -> Brought:
        """Add every record of *other* at the time *at*, all of them or none.

        The records keep their times. *once* are the letters that are written once.
        """
        from guide.vault.bringing import At, bring

        journal = self._journal
        self._journal = At(journal, at) if journal is not None else None
        try:
            with self._change():
                return bring(other, self, once)
        finally:
            self._journal = journal

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the database."""
        self._connection.close()
