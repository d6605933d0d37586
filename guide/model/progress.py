"""Where the reader is, and what could come next. Worked out, never stored."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from guide.model.content import Page


@dataclass(frozen=True, slots=True, kw_only=True)
class Position:
    """The screen to show, and the ones passed on the way to it.

    ``stepping``: the reader goes through screens one at a time, answered or not,
    as after Back or when a branch of the plan is opened.
    """

    page: Page
    history: tuple[str, ...] = ()
    stepping: bool = False
    of_about: int = 0


class Progress(StrEnum):
    """How far a branch of the plan is."""

    NEW = "new"
    UNDER_WAY = "under way"
    DONE = "done"


class TickState(StrEnum):
    """The state of one task of a checklist."""

    NOT_NOW = "not now"
    DONE = "done"
    NOT_FOR_ME = "not for me"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanItem:
    """One branch of the plan."""

    option_id: str
    page_id: str
    text: str
    progress: Progress


@dataclass(frozen=True, slots=True, kw_only=True)
class NextBest:
    """The step to offer first, and why."""

    page_id: str
    title: str
    because: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """The reader's to-do, in safe order."""

    items: tuple[PlanItem, ...]
    next_best: NextBest | None

    @property
    def done(self) -> int:
        """How many branches are done."""
        return sum(item.progress is Progress.DONE for item in self.items)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """One answer as the review screen shows it."""

    page_id: str
    title: str
    answer: str
