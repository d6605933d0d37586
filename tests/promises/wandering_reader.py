"""A reader who wanders: any row of any screen, back, review, plan, home, letters.

It drives the journey that both front ends drive, over the shipped pages, and keeps
the trail, so that a failed walk can be walked again. Half of the time it has
habits, such as the answers that open the notice, or it would hardly ever come there.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta

from guide.actions.desk import Desk
from guide.actions.journey import Journey
from guide.actions.places.flow import FlowPlace
from guide.actions.places.letter_form import FinishPlace, FormPlace
from guide.library.loader import Shelf, content_root
from guide.model.content import AnswerKind, PageKind
from guide.model.problems import GuideError
from guide.model.sheet import Row, RowKind
from guide.vault.store import Vault

NOTICE = "letter:no-contact-notice"
SAFE = {
    "came_for": ("messages",),
    "danger": ("no",),
    "device_seen": ("no",),
    "role": ("me",),
    "s-not-your-fault": ("go-on",),
    "age": ("adult",),
    "kinds": ("messages", "posts", "images"),
    "relation": ("stranger", "known"),
    "red_flags": ("none",),
    "image_age": ("adult", "none"),
    "extortion": ("no",),
    "notice_before": ("no",),
    "notice_want": ("yes",),
    "notice_safe": ("none",),
    "h-plan": ("notice",),
    "notice_advised": ("advised", "continue"),
}
_NOT_HERE = ("save:", "look:", "leave", "tool:", "help")
_FIELDS = {
    "their_name": ("Person", "person ", "PERSON", "Somebody else"),
    "their_contact": ("them@example.com", " THEM@Example.com", "other@example.com"),
    "my_name": ("Sam", ""),
}


class Clock:
    """A clock that stands still until it is moved."""

    def __init__(self) -> None:
        self.time = datetime(2026, 11, 2, 12, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.time

    def move(self, days: float) -> None:
        """Let *days* pass."""
        self.time += timedelta(days=days)


LIBRARY = Shelf(content_root()).library()


def desk_at(clock: Clock) -> Desk:
    """A desk over the shipped pages that forgets everything."""
    return Desk(library=LIBRARY, vault=Vault.in_memory(), now=clock)


class Reader:
    """One reader at one desk. ``trail`` is what was chosen so far."""

    def __init__(self, seed: int, habits: Mapping[str, tuple[str, ...]] = SAFE) -> None:
        self._habits = habits
        self._random = random.Random(seed)  # noqa: S311  a walk, not a secret
        self.clock = Clock()
        self.desk = desk_at(self.clock)
        self.journey = Journey(self.desk)
        self.trail: list[str] = [f"seed {seed}"]
        self.refused: list[GuideError] = []
        self.bold = self._random.random() < 0.5

    def wander(self, steps: int) -> Iterator[str]:
        """Take *steps* steps; each yields what was done."""
        for _step in range(steps):
            done = self._do(self._random.random())
            self.trail.append(done)
            yield done

    def _do(self, chance: float) -> str:
        try:
            if chance < 0.80:
                return self._use_the_screen()
            if chance < 0.87:
                return f"back {self.journey.back()}"
            targets = ("review", "plan", NOTICE, NOTICE, "continue", "home", "letters")
            target = self._random.choice(targets)
            self.journey.open(target)
        except GuideError as error:
            self.refused.append(error)
            return f"refused: {type(error).__name__}"
        return f"open {target}"

    def _use_the_screen(self) -> str:
        place = self.journey.place
        if isinstance(place, FormPlace) and self._random.random() < 0.9:
            return self._use_the_form()
        if isinstance(place, FinishPlace):
            return self._retype()
        if isinstance(place, FlowPlace) and self._random.random() < 0.6:
            return self._safe_answer(place)
        return self._any_row()

    def _use_the_form(self) -> str:
        filled = self.desk.vault.fields()
        if {
            "their_name",
            "their_contact",
        } <= filled.keys() and self._random.random() < 0.5:
            self.journey.choose("finish")
            return "look it over"
        blank = [field for field in _FIELDS if field not in filled]
        field = self._random.choice(blank or list(_FIELDS))
        text = self._random.choice(_FIELDS[field])
        self.journey.fill(field, text)
        return f"fill {field}"

    def _retype(self) -> str:
        typed = self.desk.vault.fields().get("their_contact", "")
        variants = (typed, f" {typed.upper()} ", "wrong@example.com")
        text = self._random.choice(variants)
        self.journey.typed(text)
        return f"typed {text}"

    def _any_row(self) -> str:
        rows = [row for row in self.journey.sheet().rows if _usable(row)]
        if not rows:
            return f"back {self.journey.back()}"
        row = self._random.choice(rows)
        if row.value.startswith("page:l-"):  # there are many; some are read
            row = self._random.choice(rows)
        self.journey.choose(row.value)
        return f"{self.journey.sheet().name} <- {row.value}"

    def _safe_answer(self, place: FlowPlace) -> str:
        page, question = place.page, place.page.question
        wanted = self._habits.get(page.fact, ("next",)) if question else ()
        if page.kind is PageKind.HUB and not self.bold:
            return self._any_row()
        if page.kind is PageKind.PAGE:  # read, and back to the way
            return f"back {self.journey.back()}"
        if not question or not wanted:
            return self._any_row()
        choice = self._random.choice(wanted)
        if question.kind is AnswerKind.MANY:
            self._tick_only(choice)
            choice = "go:"
        if choice not in {row.value for row in self.journey.sheet().rows}:
            return self._any_row()
        self.journey.choose(choice)
        return f"{page.id} = {choice}"

    def _tick_only(self, box: str) -> None:
        for row in self.journey.sheet().rows:
            if row.kind is RowKind.BOX and row.on is not (row.value == box):
                self.journey.choose(row.value)


def _usable(row: Row) -> bool:
    return not row.value.startswith(_NOT_HERE)
