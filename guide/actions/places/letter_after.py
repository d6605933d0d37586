"""What is asked about a finished letter: when it left, why it never did, why one."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from guide.actions.desk import Desk
from guide.actions.places.place import Move, Open, Place, Show
from guide.actions.writing import when_it_left
from guide.model.records import LetterState, WrittenLetter
from guide.model.sheet import Ask, Row, RowKind, Sheet
from guide.model.text import Block, BlockKind, item, paragraph
from guide.words import _

if TYPE_CHECKING:
    from guide.actions.places.letter_copy import FinishedPlace


class VoidPlace(Place):
    """Asks why a letter that never left is set aside."""

    def __init__(self, before: FinishedPlace) -> None:
        self._before = before

    def sheet(self) -> Sheet:
        only = _(
            "Only if nobody has it: not sent, not shown, not handed over, not given to "
            "someone to send. If you are not sure, leave it as it is."
        )
        title = _("Why is it set aside?")
        return Sheet(
            name="void-reason",
            title=title,
            trail=(_("Letters"),),
            blocks=(
                Block(kind=BlockKind.CALLOUT, lead=_("Has it never left?"), text=only),
                item(_("Its text stays here to be read, with your reason.")),
                item(_("It cannot be taken up again, saved or noted as sent.")),
                item(
                    _(
                        "This letter can then be written again, while your answers "
                        "keep it open."
                    )
                ),
                item(_("Delete every copy you saved, so that none is sent later.")),
            ),
            ask=Ask(label=title, verb=_("It never left: set it aside")),
        )

    def typed(self, text: str) -> Move:
        return Show(self._before.set_aside(text))

    def back(self) -> Place | None:
        return self._before


class EarlierPlace(Place):
    """Asks when a letter left, where that was before now."""

    def __init__(self, desk: Desk, kept: WrittenLetter, before: FinishedPlace) -> None:
        self._desk, self._kept, self._before = desk, kept, before

    def sheet(self) -> Sheet:
        marked = _("Contact that comes after this time is marked as after the notice.")
        words = _("If you know only the day, the end of that day counts.")
        example = _("Write it like 2026-11-03 22:10, or yesterday.")
        title = _("When did it leave?")
        return Sheet(
            name="left-when",
            title=title,
            trail=(_("Letters"),),
            blocks=(
                *([paragraph(marked)] if self._kept.person_id else []),
                paragraph(words),
                paragraph(example),
            ),
            ask=Ask(label=title, verb=_("Note it as sent")),
        )

    def typed(self, text: str) -> Move:
        left: datetime = when_it_left(self._desk, self._kept, text)
        return Show(self._before.sent(left))

    def back(self) -> Place | None:
        return self._before


class WhyOncePlace(Place):
    """Why a letter is written once only, and what helps against somebody else."""

    def __init__(self, kept: WrittenLetter, before: Place) -> None:
        self._kept, self._before = kept, before

    def sheet(self) -> Sheet:
        same = _(
            "To the same person, a second one could start the contact again. The first "
            "one is your notice, and it does not have to be said again."
        )
        about = _(
            "Your answers here are about one person. They do not say if it is safe "
            "with anybody else. So one of it can be written here, and no more."
        )
        other = _(
            "If somebody else bothers you too, talk to someone trained first. The two "
            "may know each other, or be one person."
        )
        folder = _(
            "If they advise a notice to somebody else, keep notes about that person in "
            "a folder of their own. All questions are asked afresh there. To begin: "
            "guide --vault FOLDER vault new. Never do this for the same person."
        )
        blocks = [paragraph(same), paragraph(about), paragraph(other)]
        blocks.append(paragraph(folder))
        if self._kept.state is LetterState.FINISHED:
            aside = _("If the one you wrote never left, you can set it aside.")
            blocks.append(paragraph(aside))
        return Sheet(
            name="why-once",
            title=_("Why there is only one"),
            trail=(_("Letters"),),
            blocks=tuple(blocks),
            rows=(
                Row(
                    kind=RowKind.LINK,
                    value="page:s-talk-first",
                    text=_("Read: talk to someone first"),
                ),
                Row(kind=RowKind.LINK, value="help-lines", text=_("Help lines")),
            ),
        )

    def choose(self, value: str) -> Move:
        return Open(value)

    def back(self) -> Place | None:
        return self._before
