"""One time-line of everything that happened: lines, counts, gaps. No score."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from guide.model.times import AfterNotice, Precision


class EntryKind(StrEnum):
    """What stands on a line of the time-line."""

    INCIDENT = "incident"
    NOTICE = "notice"
    LETTER = "letter"
    CONTACT = "contact"
    EVIDENCE = "evidence"


class Side(StrEnum):
    """Which side of the notice to the same person."""

    BEFORE = "before"
    AFTER = "after"


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """What to show; what is left empty does not narrow anything."""

    kinds: frozenset[EntryKind] = frozenset()
    person_id: str = ""
    platform: str = ""
    first: date | None = None
    last: date | None = None
    side: Side | None = None


EVERYTHING = Filter()


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One line of the time-line; ``at`` is None where nobody knows when."""

    kind: EntryKind
    id: str
    number: int
    title: str
    at: datetime | None
    until: datetime | None
    day: date | None
    precision: Precision
    person_id: str
    platform: str
    after_notice: AfterNotice


@dataclass(frozen=True, slots=True, kw_only=True)
class Week:
    """How many lines there are in one ISO 8601 week, such as ``2026-W45``."""

    year: int
    week: int
    count: int

    def __str__(self) -> str:
        return f"{self.year}-W{self.week:02}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """Days in a row without a line, between two that have one."""

    after: date
    before: date

    @property
    def days(self) -> int:
        """How many days lie between."""
        return (self.before - self.after).days - 1


@dataclass(frozen=True, slots=True, kw_only=True)
class BeforeAndAfter:
    """Incidents of one person on each side of their notice; a count, no verdict."""

    sent_at: datetime | None
    before: int
    after: int
    perhaps_after: int
    not_known: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """One place where the words stand; ``excerpt`` is raw text of the reader's."""

    kind: str
    id: str
    number: int
    title: str
    excerpt: str
