"""The letters as screens: the list, a closed one, the check before one is written."""

from __future__ import annotations

from dataclasses import replace

from guide.actions.desk import Desk
from guide.actions.gates import letter, standing, state_words, why_closed, written
from guide.actions.places.letter_closed import ClosedPlace
from guide.actions.places.letter_copy import FinishedPlace, is_form
from guide.actions.places.letter_form import FormPlace
from guide.actions.places.place import Move, Open, Place, Show
from guide.actions.writing import AUDIENCE_PERSON
from guide.model.content import FORM, Letter
from guide.model.records import OpenedMessage, WrittenLetter
from guide.model.sheet import Row, RowKind, Sheet
from guide.model.text import Block, BlockKind, paragraph
from guide.safety.display import show
from guide.words import _

GO_ON = "go-on"
_LONGEST = 60


class LettersPlace(Place):
    """Every letter, and how it stands for this reader."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def sheet(self) -> Sheet:
        kept = reversed(self._desk.vault.letters_ever())
        rows = [_kept_row(each, first=n == 0) for n, each in enumerate(kept)]
        groups: dict[str, list[Row]] = {group: [] for group, _audiences in _groups()}
        for each in self._desk.library.letters.values():
            groups[_group_of(each)].append(self._row(each))
        for group, found in groups.items():
            rows += [replace(row, group=group) for row in found[:1]]
            rows += found[1:]
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


def _groups() -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Whom letters go to, in the order of the list; what has no group is to others."""
    mail = ("provider", "platform", "host", "chat", "site", "search")
    law = ("police", "lawyer", "advocate")
    return (
        (_("To companies and sites"), (*mail, "phone", "payment", "broker")),
        (_("To the police, a lawyer or an advocate"), law),
        (_("To people around you"), ("trusted", "contacts", "employer", "school")),
        (_("To others"), ()),
        (_("To the person"), (AUDIENCE_PERSON,)),
        (_("Forms to keep, to fill in here or on paper"), (FORM,)),
    )


def _group_of(each: Letter) -> str:
    found = (name for name, audiences in _groups() if each.audience in audiences)
    return next(found, _("To others"))


def _kept_row(each: WrittenLetter, *, first: bool) -> Row:
    return Row(
        kind=RowKind.LINK,
        value=f"kept:{each.id}",
        text=line_of(each),
        note=state_words(each.state),
        group=_("Written here, newest first") if first else "",
    )


def line_of(each: WrittenLetter) -> str:
    """A finished letter in one line: its number, what it is, whom it is to."""
    if is_form(each):
        form = _("Form {number}: {title}")
        title = show(each.paper.title, limit=_LONGEST)
        return form.format(number=each.number, title=title)
    to = each.paper.to.partition("\n")[0] or each.paper.mail_to
    whose = _("Letter {number}: {title}, to {to}")
    return (whose if to else _("Form {number}: {title}")).format(
        number=each.number,
        title=show(each.paper.title, limit=_LONGEST),
        to=show(to, limit=_LONGEST),
    )


def kept_place(desk: Desk, id_: str) -> Place:
    """One finished letter, whatever has become of it."""
    kept = desk.vault.written_letter(id_)
    return FinishedPlace(desk, desk.library.letters.get(kept.letter_id), kept, None)


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
            "For the reply, use an address that the person knows but cannot open, or a "
            "new one made only for this. Leave out where you live, work or go to "
            "school, and the names of those who help you."
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
