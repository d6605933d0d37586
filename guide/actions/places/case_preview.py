"""What would leave, item by item; what stays; what may tell the person too much."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from guide.actions.case_choice import Choice
from guide.actions.desk import Desk
from guide.actions.handing_over import counts, preview
from guide.actions.places.case_items import ItemsPlace, PlacesPlace, StaysPlace
from guide.actions.places.place import Move, Open, Place, Show
from guide.export.profiles import name_of, name_of_part
from guide.export.triage import TOO_MANY, Fewer, numbers_typed
from guide.model.case import Case, Part
from guide.model.problems import InvalidAnswerError
from guide.model.sheet import Ask, Row, RowKind, Sheet
from guide.model.text import Block, BlockKind, item, paragraph
from guide.safety.display import show
from guide.words import _, plural

ITEMS, STAYS, READ, FEWER, ALL = "items", "stays", "read", "fewer", "all"
BOOK, BAG, SHEET = "book", "bag", "sheet"


class PreviewPlace(Place):
    """Everything that would leave for one recipient, before any of it is written."""

    def __init__(self, desk: Desk, choice: Choice) -> None:
        self._desk, self._choice = desk, choice
        self._shown = preview(desk, choice)

    def sheet(self) -> Sheet:
        case = self._shown.case
        parts = [name_of_part(each) for each in Part if each in case.parts]
        what = Block(kind=BlockKind.FIELD, lead=_("Parts: "), text=", ".join(parts))
        return Sheet(
            name="case-preview",
            title=_("What would leave"),
            trail=(_("Hand over"), name_of(case.recipient)),
            blocks=(
                *map(item, counts(self._shown)),
                what,
                *self._cautions(),
            ),
            rows=tuple(self._rows()),
        )

    def _cautions(self) -> Iterator[Block]:
        lead = _("Could the person read this?")
        first = _("It may reach them, by a court, a company or a mistake.")
        if count := len(self._shown.places) - len(self._choice.words):
            look = plural(
                "There is {count} place to look at.",
                "There are {count} places to look at.",
                max(count, 0),
            )
            first = f"{first} {look}"
        yield Block(kind=BlockKind.CALLOUT, lead=lead, text=first)
        if self._shown.case.redacted:
            yield item(
                _(
                    "Words are taken out, and each place is marked. No picture and no "
                    "file goes along, because nobody can search those for words."
                )
            )

    def _rows(self) -> Iterator[Row]:
        case = self._shown.case
        yield _row(READ, _("Look at those places"), group=_("Before you write it"))
        yield _row(ITEMS, _("See each thing, and leave some out"))
        if case.left_out:
            stays = plural(
                "{count} thing stays with you",
                "{count} things stay with you",
                len(case.left_out),
            )
            yield _row(STAYS, stays)
        if self._choice.fewer:
            yield _row(ALL, _("Take all incidents again"))
        elif len(case.incidents) >= TOO_MANY:
            note = _("Whoever reads much looks at the first, the latest and the worst")
            yield _row(FEWER, _("Take fewer incidents"), note)
        yield _row(BOOK, _("Write the case book"), group=_("Write it"))
        if self._desk.opened is not None and case.exhibits and not case.redacted:
            note = _("With the files themselves, and proof that they are unchanged")
            yield _row(BAG, _("Write a folder with the files"), note)
        note = _("A list of the files with their fingerprints, and lines to sign")
        yield _row(SHEET, _("Write a receipt that both sides can sign"), note)

    def choose(self, value: str) -> Move:
        desk, choice, shown = self._desk, self._choice, self._shown
        made: dict[str, Callable[[], Place]] = {
            READ: lambda: PlacesPlace(desk, choice, shown),
            ITEMS: lambda: ItemsPlace(desk, choice, shown.case),
            STAYS: lambda: StaysPlace(desk, choice, shown.case),
            FEWER: lambda: FewerPlace(desk, choice, shown.case),
            ALL: lambda: PreviewPlace(desk, replace(choice, fewer=None)),
            BOOK: lambda: _book(desk, choice),
            BAG: lambda: _bag(desk, choice),
            SHEET: lambda: _receipt(desk, choice),
        }
        return Show(made[value]()) if value in made else Open(value)


def _book(desk: Desk, choice: Choice) -> Place:
    from guide.actions.places.case_write import FormatPlace

    return FormatPlace(desk, choice)


def _bag(desk: Desk, choice: Choice) -> Place:
    from guide.actions.places.case_bag import BagPlace

    return BagPlace(desk, choice)


def _receipt(desk: Desk, choice: Choice) -> Place:
    from guide.actions.places.case_write import ReceiptPlace

    return ReceiptPlace(desk, choice)


class FewerPlace(Place):
    """First, latest, worst: the worst only the reader can say."""

    def __init__(self, desk: Desk, choice: Choice, case: Case) -> None:
        self._desk, self._choice, self._case = desk, choice, case

    def sheet(self) -> Sheet:
        few = Fewer()
        first = _(
            "The {first} first and the {latest} latest incidents are taken. Add the "
            "numbers of those that frightened you most."
        )
        all_ = _("The whole log stays with you, and can be handed over later.")
        return Sheet(
            name="case-fewer",
            title=_("First, latest, worst"),
            trail=(_("Hand over"),),
            blocks=(
                paragraph(first.format(first=few.first, latest=few.latest)),
                paragraph(all_),
            ),
            ask=Ask(
                label=_("Numbers, such as 3, 14, 20. Or leave it empty"),
                verb=_("Take these"),
            ),
        )

    def typed(self, text: str) -> Move:
        known = {each.incident.number for each in self._case.incidents}
        worst, strange = numbers_typed(text, known)
        if strange:
            words = _("There is no incident with the number {number}.")
            raise InvalidAnswerError(
                words.format(number=show(strange, limit=20)),
                _("See their numbers in the incident log."),
            )
        choice = replace(self._choice, fewer=Fewer(worst=worst))
        return Show(PreviewPlace(self._desk, choice))

    def back(self) -> Place | None:
        return PreviewPlace(self._desk, self._choice)


def _row(value: str, text: str, note: str = "", group: str = "") -> Row:
    return Row(kind=RowKind.LINK, value=value, text=text, note=note, group=group)
