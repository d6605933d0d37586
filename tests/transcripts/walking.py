"""A reader who follows a script through plain mode, and what was said and typed.

The script names rows by their ids and never by a number, so a screen whose rows
change places does not lead anywhere else; a row that is gone ends the walk.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field

from guide.actions.desk import Desk
from guide.actions.journey import Journey
from guide.model.sheet import RowKind, Sheet
from guide.plain.prompts import GO, NEXT
from guide.plain.session import Session
from guide.plain.talk import Talk

LITERALLY = "!"  # in a script: type these very words
MOST = 200


class OffTheRouteError(AssertionError):
    """The guide showed a screen, or rows, that the script does not know."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """One route of the tree: who takes it, its script, and what has to hold.

    *head* is five lines for whoever reads it. A line of *script* is a page, a colon
    and the ids of the rows to choose, or a ``!`` and the words to type. A step with
    one way on needs no line. *tree* are the screens that the tree names, in order;
    *offers* is offered somewhere on the way, *never* nowhere.
    """

    name: str
    head: tuple[str, str, str, str, str]
    script: str
    tree: tuple[str, ...]
    offers: frozenset[str] = frozenset()
    never: frozenset[str] = frozenset()

    def steps(self) -> list[tuple[str, list[str]]]:
        """Each page of the script, and what is typed there."""
        lines = [line.strip() for line in self.script.strip().split("\n")]
        pairs = [line.partition(": ") for line in lines]
        return [(page, _answers(said)) for page, _colon, said in pairs]


def _answers(said: str) -> list[str]:
    return [said] if said.startswith(LITERALLY) else said.split()


@dataclass(slots=True)
class Walked:
    """A route that was taken: its sheets, and the talk line by line."""

    sheets: list[Sheet] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)

    @property
    def pages(self) -> list[str]:
        """The screens in the order in which they came, each once in a row."""
        names = [sheet.name for sheet in self.sheets]
        return [
            n for n, before in zip(names, ["", *names], strict=False) if n != before
        ]

    def offered(self) -> set[str]:
        """Everything that could be chosen, without what was shown as closed."""
        rows = [row for sheet in self.sheets for row in sheet.rows]
        return {row.value for row in rows if row.note != "closed for now"}


class _Reader:
    """Types what the script says on each screen."""

    def __init__(self, route: Route, desk: Desk) -> None:
        self._route, self._steps = route, route.steps()
        self._waiting: list[str] = []
        self.walked = Walked()
        self._session = Session(
            Journey(desk), Talk(self._ask, self.walked.lines.append)
        )

    def walk(self) -> Walked:
        with suppress(EOFError):
            self._session.run()
        wrong = [line for line in self.walked.lines if line.startswith("Error")]
        if self._steps or self._waiting or wrong:
            left = f"{wrong} not said: {self._steps}"
            raise OffTheRouteError(f"{self._route.name}: {left}")
        return self.walked

    def _ask(self, words: str) -> str:
        sheet = self._session.journey.sheet()
        self.walked.sheets.append(sheet)
        if len(self.walked.sheets) > MOST:
            raise OffTheRouteError(f"{self._route.name}: no end: {self.walked.pages}")
        typed = self._next(sheet)
        self.walked.lines += [words.rstrip(), f"> {typed or '(Enter)'}"]
        return typed

    def _next(self, sheet: Sheet) -> str:
        if not self._waiting:
            self._waiting = self._for(sheet)
        said = self._waiting.pop(0)
        if said.startswith(LITERALLY):
            return said.removeprefix(LITERALLY)
        found = [row.text for row in sheet.rows if row.value == said]
        if len(found) != 1:
            known = [row.value for row in sheet.rows]
            where = f"{self._route.name}, {sheet.name}"
            raise OffTheRouteError(f"{where}: '{said}' is not one of {known}")
        return found[0]

    def _for(self, sheet: Sheet) -> list[str]:
        """What is to be said on *sheet*, row by row."""
        if self._steps and self._steps[0][0] == sheet.name:
            said = self._steps.pop(0)[1]
            boxes = any(row.kind is RowKind.BOX for row in sheet.rows)
            literal = any(word.startswith(LITERALLY) for word in said)
            return [*said, GO] if boxes and not literal else said
        if not self._steps:
            raise EOFError
        ways = [row.value for row in sheet.rows if row.value == NEXT]
        if not ways:
            wanted, rows = self._steps[0][0], [row.value for row in sheet.rows]
            where = f"{self._route.name}: {sheet.name} instead of {wanted}"
            raise OffTheRouteError(f"{where}; it offers {rows}")
        return ways


def walk(route: Route, desk: Desk) -> Walked:
    """Take *route* to its end, at *desk*."""
    return _Reader(route, desk).walk()


def transcript(route: Route, walked: Walked) -> str:
    """The head and the talk, for a person to read."""
    head = [f"# {line}" for line in route.head]
    talk = [line.rstrip() for line in walked.lines]
    return "\n".join([*head, *talk]) + "\n"
