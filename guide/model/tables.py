"""Lists of facts that a page can show: how each app blocks, what each place allows.

Each entry says when it was last checked and how far it can be believed. One of low
confidence has no place here: ``guide.library.tables`` leaves it out.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from guide.model.contacts import Confidence


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One entry of a list: texts by their key, in the order of the file."""

    id: str
    name: str
    texts: Mapping[str, str]
    unsure: frozenset[str] = field(default_factory=frozenset)  # less sure than the rest
    checked: str  # YYYY-MM
    source: str
    confidence: Confidence

    def check_first(self, keys: tuple[str, ...]) -> bool:
        """Whether the reader is asked to check, when these *keys* are shown."""
        medium = self.confidence is Confidence.MEDIUM
        return medium or not self.unsure.isdisjoint(set(keys) & self.texts.keys())


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """What one page shows of a list: some keys, of all entries or of some."""

    keys: tuple[str, ...]
    sort: str = ""  # only entries of this sort; all where it is empty
    brief: bool = False  # a line for each entry, on a screen with little room

    def shows(self, entry: Entry, sort_key: str) -> bool:
        """Whether *entry* belongs here, and has something to show."""
        if self.sort and entry.texts.get(sort_key) != self.sort:
            return False
        return any(entry.texts.get(key) for key in self.keys)


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """One entry as a page shows it: its texts in the order of the view."""

    name: str
    texts: tuple[tuple[str, str], ...]
    checked: str
    check_first: bool
    brief: bool = False
