"""A reader who types what a list says, and everything that was said to them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime

from guide.actions.desk import Desk, keep_nothing
from guide.actions.journey import Journey
from guide.plain.session import Session
from guide.plain.talk import Talk

NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
ENTER = ""
# Home, before you begin, danger no, device no, for myself, go on, adult, messages,
# a stranger, no warning sign: to the plan.
TO_THE_PLAN = ("1", ENTER, "2", "2", "1", "1", "2", "1", ENTER, "5", "14", ENTER)
# Not told yet, want to, none of the risks: to the page with the letter.
TO_THE_NOTICE = ("decide whether", "3", "1", "12", ENTER)


def a_desk() -> Desk:
    """A desk that keeps nothing, on a day that does not change."""
    return replace(keep_nothing(), now=lambda: NOON)


class Reader:
    """Answers from a list, and remembers the whole talk."""

    def __init__(self, answers: Iterable[str], *, parts: bool = False) -> None:
        self._answers = iter(answers)
        self.lines: list[str] = []
        self.prompts: list[str] = []
        self.talk = Talk(self._ask, self.lines.append, parts=parts)

    def _ask(self, words: str) -> str:
        self.prompts.append(words)
        answer = next(self._answers, None)
        if answer is None:
            raise EOFError
        self.lines.append(words + answer)
        return answer + "\n"

    @property
    def heard(self) -> str:
        """Everything, as one text."""
        return "\n".join(self.lines)


def talk(
    *answers: str,
    journey: Journey | None = None,
    parts: bool = False,
    lead: Callable[[Session], bool] | None = None,
) -> Reader:
    """Talk until the answers run out or the reader leaves."""
    reader = Reader(answers, parts=parts)
    session = Session(journey or Journey(a_desk()), reader.talk)
    with suppress(EOFError):
        session.run(lead) if lead else session.run()
    return reader
