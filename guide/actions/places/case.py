"""Handing the case over as screens: for whom, and what was written before."""

from __future__ import annotations

from guide.actions.case_choice import Choice
from guide.actions.desk import Desk
from guide.actions.given import Given, forget, waiting
from guide.actions.handing_over import note_handed_over
from guide.actions.places.offers import keep_row
from guide.actions.places.place import Move, Open, Place, Show
from guide.export.profiles import name_of, what_goes
from guide.model.case import Recipient
from guide.model.people import same
from guide.model.problems import InvalidAnswerError
from guide.model.sheet import Ask, Row, RowKind, Sheet
from guide.model.telling import short_day
from guide.model.text import item, paragraph
from guide.safety.display import show
from guide.words import _

_GIVEN = "given:"
YES, NEVER, STAMPS = "yes", "never", "stamps"


def case_place(desk: Desk) -> Place:
    """The first screen of it."""
    return CasePlace(desk)


class CasePlace(Place):
    """Who the case is for: each gets another cut of the same record."""

    def __init__(self, desk: Desk, said: str = "") -> None:
        self._desk, self._said = desk, said

    def sheet(self) -> Sheet:
        said = [paragraph(self._said)] if self._said else []
        first = _(
            "Choose who it is for. You then see each thing that would leave, and can "
            "leave any of it out. Nothing leaves this computer by itself."
        )
        never = _("Your private notes leave for nobody.")
        copies = _("Only copies are handed over. What you keep stays as it is.")
        return Sheet(
            name="case",
            title=_("Hand the case over"),
            blocks=(*said, paragraph(first), item(never), item(copies)),
            rows=(
                *self._recipients(),
                *self._waiting(),
                *self._stamps(),
                *keep_row(self._desk, _("Before you leave")),
            ),
        )

    def _recipients(self) -> list[Row]:
        return [
            Row(
                kind=RowKind.LINK,
                value=str(each),
                text=name_of(each),
                note=what_goes(each),
                group=_("Who is it for?") if n == 0 else "",
            )
            for n, each in enumerate(Recipient)
        ]

    def _waiting(self) -> list[Row]:
        return [
            Row(
                kind=RowKind.LINK,
                value=f"{_GIVEN}{each.id}",
                text=_line(each),
                group=_("Written, not yet noted as handed over") if n == 0 else "",
            )
            for n, each in enumerate(waiting(self._desk))
        ]

    def _stamps(self) -> list[Row]:
        if self._desk.opened is None or not self._desk.saving:
            return []
        text = _("A time-stamp for the record")
        return [Row(kind=RowKind.LINK, value=STAMPS, text=text, group=_("More"))]

    def choose(self, value: str) -> Move:
        if value == STAMPS:
            from guide.actions.places.case_stamp import StampsPlace

            return Show(StampsPlace(self._desk), instead=False)
        if value.startswith(_GIVEN):
            id_ = value.removeprefix(_GIVEN)
            found = [each for each in waiting(self._desk) if each.id == id_]
            if not found:
                raise InvalidAnswerError
            return Show(GivenPlace(self._desk, found[0]), instead=False)
        if value not in {str(each) for each in Recipient}:
            return Open(value)
        from guide.actions.places.case_preview import PreviewPlace

        choice = Choice(recipient=Recipient(value))
        return Show(PreviewPlace(self._desk, choice), instead=False)


class GivenPlace(Place):
    """Something that was written: whether it was handed over."""

    def __init__(self, desk: Desk, given: Given) -> None:
        self._desk, self._given = desk, given

    def sheet(self) -> Sheet:
        first = _(
            "Once you have handed it over, note it here. It then stands in the "
            "history of each file, and among your talks with officials."
        )
        rows = (
            Row(kind=RowKind.BUTTON, value=YES, text=_("I have handed it over")),
            Row(kind=RowKind.BUTTON, value=NEVER, text=_("I did not hand it over")),
        )
        return Sheet(
            name="case-given",
            title=_("Did you hand it over?"),
            trail=(_("Hand over"),),
            blocks=(paragraph(_line(self._given)), paragraph(first)),
            rows=rows,
        )

    def choose(self, value: str) -> Move:
        if value == YES:
            return Show(WhomPlace(self._desk, self._given))
        if value != NEVER:
            raise InvalidAnswerError
        forget(self._desk, self._given)
        return Show(CasePlace(self._desk, _("It is off the list. Nothing was noted.")))


class WhomPlace(Place):
    """Who took it: a name that the receipt and the history can show."""

    def __init__(self, desk: Desk, given: Given) -> None:
        self._desk, self._given = desk, given

    def sheet(self) -> Sheet:
        words = _("Write the office or the person, as on their card or their receipt.")
        return Sheet(
            name="case-whom",
            title=_("Who took it?"),
            trail=(_("Hand over"),),
            blocks=(paragraph(words),),
            ask=Ask(
                label=_("Name"), value=name_of(self._given.recipient), verb=_("Note it")
            ),
        )

    def typed(self, text: str) -> Move:
        if not same(text):
            raise InvalidAnswerError(
                _("No name was written. Nothing was noted."),
                _("Write who took it, such as the police station."),
            )
        desk = self._desk
        kept = note_handed_over(desk, self._given, text.strip(), desk.now())
        forget(desk, self._given)
        from guide.actions.places.officials import ContactPlace

        said = _("It is noted. Add a reference number or a name whenever you have one.")
        return Show(ContactPlace(desk, kept.id, said))

    def back(self) -> Place | None:
        return GivenPlace(self._desk, self._given)


def _line(given: Given) -> str:
    day = short_day(given.made_at.date())
    words = _("{day}, for {whom}: {what}")
    whom = name_of(given.recipient)
    return words.format(day=day, whom=whom, what=show(given.what, limit=100))
