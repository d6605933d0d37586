"""One letter from its first question to its file, for a command that names it.

The questions that open the letter are asked when it is closed; they are the guide's
own. When they keep it closed, the guide simply goes on from there.
"""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from guide.actions.desk import Desk
from guide.actions.gates import letter, why_closed, written
from guide.actions.journey import Journey
from guide.actions.leaving import leave_now
from guide.model.content import Library, PageKind
from guide.model.problems import NeedsTerminalError
from guide.model.sheet import Sheet
from guide.plain.app import opening, the_talk
from guide.plain.lines import block_lines, said
from guide.plain.session import Session
from guide.words import _

FINISHED, SAVE = "finished", "save:"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A letter, and the file that shall come of it; "" where that is to be asked."""

    letter_id: str
    format: str = ""
    out: str = ""


def write_letter(desk: Desk, wanted: Wanted, *, why: str) -> int:
    """Ask, fill in, finish and save the letter; 0 when that is done.

    Raises NeedsTerminalError when nobody answers any more.
    """
    talk = the_talk()
    journey, lead = letter_walk(desk, wanted)
    talk.tell(opening(why, saved=desk.saving))
    talk.tell(lead.first_words())
    return _to_the_end(Session(journey, talk), lead)


def complain(desk: Desk, files: Sequence[str], wanted: Wanted, *, why: str) -> int:
    """Read the messages in *files*, ask whom to complain to, and write to them."""
    talk = the_talk()
    journey = Journey(desk)
    journey.open("tool:mail")
    journey.typed(files[0] if len(files) == 1 else shlex.join(files))
    talk.tell(opening(why, saved=desk.saving))
    return _to_the_end(Session(journey, talk), LetterWalk(desk, wanted))


def _to_the_end(session: Session, lead: LetterWalk) -> int:
    try:
        session.run(lead)
    except EOFError:
        session.talk.tell([""])
        raise NeedsTerminalError(
            _("An answer is missing, and nobody is there to give it."),
            _("Run it in a terminal window. Nothing was written."),
        ) from None
    if not lead.saved:
        leave_now()
    return 0


def letter_walk(desk: Desk, wanted: Wanted) -> tuple[Journey, LetterWalk]:
    """A journey that stands before the letter, and who leads the reader there."""
    journey, lead = Journey(desk), LetterWalk(desk, wanted)
    if not lead.waiting:
        journey.open(f"letter:{wanted.letter_id}")
    return journey, lead


class LetterWalk:
    """Leads a session to one letter, and saves it as it was wanted."""

    def __init__(self, desk: Desk, wanted: Wanted) -> None:
        self._desk, self._wanted = desk, wanted
        self._letter = letter(desk, wanted.letter_id)
        there = self._letter.once and written(desk, self._letter) is not None
        self.waiting = not there and why_closed(desk, self._letter) is not None
        self.saved = False
        self._led = False

    def first_words(self) -> list[str]:
        """Why questions come before this letter; nothing when none do."""
        if not self.waiting:
            return []
        words = _(
            "Sending this letter at a wrong moment could do harm. So the guide asks "
            "some questions first, and opens it when the answers are safe ones."
        )
        return ["", *said(_("Note"), words)]

    def __call__(self, session: Session) -> bool:
        """Before each turn: whether everything is done."""
        sheet = session.journey.sheet()
        if self.waiting:
            self._wait(session, sheet)
        elif sheet.name == FINISHED and (self._wanted.format or self._wanted.out):
            self._save(session, sheet)
        return self.saved

    def _wait(self, session: Session, sheet: Sheet) -> None:
        if why_closed(session.journey.desk, self._letter) is None:
            self.waiting = False
            session.talk.tell(["", *said(_("Note"), _("The letter is open now."))])
            session.journey.open(f"letter:{self._letter.id}")
        elif self._is_plan(sheet) and not self._led:
            self._led = True
            self._take_branch(session, sheet)
        elif self._led and self._has_passed(sheet):
            self.waiting = False
            words = _(
                "With these answers the letter stays closed. That may be the safer "
                "way. The guide goes on from here."
            )
            session.talk.tell(["", *said(_("Note"), words)])

    def _has_passed(self, sheet: Sheet) -> bool:
        """Whether this page is one from which no way leads to the letter."""
        library = self._desk.library
        known = sheet.name in library.pages
        return known and not leads_to(library, sheet.name, self._letter.id)

    def _is_plan(self, sheet: Sheet) -> bool:
        page = self._desk.library.pages.get(sheet.name)
        return page is not None and page.kind is PageKind.HUB

    def _take_branch(self, session: Session, sheet: Sheet) -> None:
        branch = branch_to(self._desk.library, sheet.name, self._letter.id)
        for number, row in enumerate(sheet.rows, 1):
            if row.value == branch:
                session.choose(row, number)
                return

    def _save(self, session: Session, sheet: Sheet) -> None:
        format_ = self._wanted.format or Path(self._wanted.out).suffix[1:].lower()
        save = SAVE + format_
        if save not in {row.value for row in sheet.rows}:
            save = SAVE + "txt"
        session.journey.choose(save)
        if not self._wanted.out:
            self._wanted = Wanted(letter_id=self._letter.id)
            return
        proposed = session.journey.sheet().ask
        out, self._wanted = self._wanted.out, Wanted(letter_id=self._letter.id)
        if proposed and Path(out).is_dir():
            out = str(Path(out) / Path(proposed.value).name)
        session.take(session.journey.sheet(), f"={out}")
        kept = session.journey.sheet()
        if kept.name == FINISHED:
            session.talk.tell(block_lines(kept.blocks[:1]))
            self.saved = True


def branch_to(library: Library, hub: str, letter_id: str) -> str:
    """The option of *hub* behind which a page offers the letter, or ""."""
    question = library.pages[hub].question
    for option in question.options if question else ():
        if leads_to(library, option.go, letter_id):
            return option.id
    return ""


def leads_to(library: Library, start: str, letter_id: str) -> bool:
    """Whether *start*, or a page that can follow it, offers the letter."""
    behind = (library.pages[id_] for id_ in _behind(library, start))
    return any(f"letter:{letter_id}" in page.offers for page in behind)


def _behind(library: Library, start: str) -> set[str]:
    """Every page that can follow *start* before a plan is reached."""
    waiting, seen = [start], set[str]()
    while waiting:
        id_ = waiting.pop()
        if id_ in seen or id_ not in library.pages:
            continue
        page = library.pages[id_]
        if page.kind is PageKind.HUB:
            continue
        seen.add(id_)
        options = page.question.options if page.question else ()
        waiting += [*(o.go for o in options), *(r.go for r in page.routes)]
    return seen
