"""The journal of a vault in memory: what would be written, in case it is kept later.

Whoever begins without a vault and makes one loses nothing: every entry moves into
the signed journal in its order, with the time and the clock of then.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from guide.vault.boot import Moment, moment_of_boot
from guide.vault.tables.table import Facts


@dataclass(frozen=True, slots=True, kw_only=True)
class Remembered:
    """One entry that is not written yet."""

    type: str
    body: Mapping[str, str | int | None]
    at: datetime
    moment: Moment


class Remembering:
    """Holds entries until there is a journal to write them into."""

    def __init__(self) -> None:
        self._entries: list[Remembered] = []

    def append(self, type_: str, body: Facts, at: datetime, /) -> Remembered:
        """Add one entry; a change that is taken back must ``forget`` it."""
        moment = moment_of_boot()
        entry = Remembered(type=type_, body=dict(body), at=at, moment=moment)
        self._entries.append(entry)
        return entry

    def __len__(self) -> int:
        return len(self._entries)

    def __iter__(self) -> Iterator[Remembered]:
        return iter(self._entries)

    def forget_after(self, count: int) -> None:
        """Forget all but the first *count* entries: their change was taken back."""
        del self._entries[count:]
