"""Everything the reader keeps, in one database; each change is one transaction.

``Vault.in_memory`` is "keep nothing": all of it goes when the program ends. The
sealed vault on disk opens the same tables through another connection, and writes a
journal entry with each change. Values go in and come out; no row or cursor leaves
this room. The methods are in ``guide.vault.tables``, one noun a file.
"""

from __future__ import annotations

from types import TracebackType
from typing import Self

import apsw

from guide.vault.migrations import prepare
from guide.vault.tables.agreement import Agreement
from guide.vault.tables.answers import Answers
from guide.vault.tables.table import Journal

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
        return cls(apsw.Connection(":memory:"), on_disk=False)

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
