"""The letters as screens: the list, a closed one, the check before one is written."""

from __future__ import annotations

from guide.actions.desk import Desk
from guide.actions.gates import letter, standing, why_closed, written
from guide.actions.places.letter_closed import ClosedPlace
from guide.actions.places.letter_copy import FinishedPlace
from guide.actions.places.letter_form import FormPlace
from guide.actions.places.place import Move, Open, Place, Show
from guide.model.content import Letter
from guide.model.records import OpenedMessage
from guide.model.sheet import Row, RowKind, Sheet
from guide.model.text import Block, BlockKind, paragraph
from guide.words import _

GO_ON = "go-on"


class LettersPlace(Place):
    """Every letter, and how it stands for this reader."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def sheet(self) -> Sheet:
        rows = [self._row(each) for each in self._desk.library.letters.values()]
        words = _(
            "Nothing here is sent by the guide. You send a letter yourself, or not."
        )
        return Sheet(
            name="letters",
            title=_("Letters"),
            blocks=(paragraph(words),),
            rows=tuple(rows),
        )

    def _row(self, each: Letter) -> Row:
        note, title = standing(self._desk, each)
        value = f"letter:{each.id}"
        return Row(kind=RowKind.LINK, value=value, text=title, note=note or each.why)

    def choose(self, value: str) -> Move:
        return Open(value)


def letter_place(
    desk: Desk, letter_id: str, message: OpenedMessage | None = None
) -> Place:
    """Where a letter stands now: closed, to be checked, to be filled, finished."""
    found = letter(desk, letter_id)
    kept = written(desk, found) if found.once else None
    if kept:
        return FinishedPlace(desk, found, kept, None)
    if closed := why_closed(desk, found):
        return ClosedPlace(found, closed)
    if found.may_reach:
        return ReachPlace(desk, found, message)
    return FormPlace(desk, found, message)


class ReachPlace(Place):
    """The check before a letter that others may hand on to the person."""

    def __init__(
        self, desk: Desk, letter: Letter, message: OpenedMessage | None
    ) -> None:
        self._desk, self._letter, self._message = desk, letter, message

    def sheet(self) -> Sheet:
        first = _(
            "Whoever gets this letter may show it to the person, or act in a way that "
            "they notice. That can happen even when the letter asks for it not to."
        )
        second = _(
            "For the reply, use an address that the person already has, or a new one "
            "made only for this. Leave out where "
            "you live, work or go to school, and the names of those who help you."
        )
        third = _(
            "If it could put you in danger, talk to an advocate before you send it."
        )
        blocks = (
            Block(
                kind=BlockKind.CALLOUT, lead=_("This may reach the person"), text=first
            ),
            paragraph(second),
            paragraph(third),
        )
        rows = (
            Row(
                kind=RowKind.BUTTON,
                value=GO_ON,
                text=_("I have thought about it: go on"),
            ),
            Row(
                kind=RowKind.LINK,
                value="page:s-talk-first",
                text=_("Read: talk to someone first"),
            ),
            Row(kind=RowKind.LINK, value="plan", text=_("Not now: go to my plan")),
        )
        return Sheet(
            name="may-reach",
            title=self._letter.title,
            trail=(_("Letters"),),
            blocks=blocks,
            rows=rows,
        )

    def choose(self, value: str) -> Move:
        if value == GO_ON:
            return Show(FormPlace(self._desk, self._letter, self._message))
        return Open(value)
