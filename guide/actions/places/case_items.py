"""What would leave, thing by thing: leaving some out, taking words out."""

from __future__ import annotations

from collections.abc import Iterator

from guide.actions.case_choice import Choice
from guide.actions.desk import Desk
from guide.actions.handing_over import Preview
from guide.actions.places.place import Move, Place, Show, Stay
from guide.export.revealing import Revealing, kind_in_words
from guide.model.case import Case
from guide.model.problems import InvalidAnswerError
from guide.model.sheet import Row, RowKind, Sheet
from guide.model.text import Block, BlockKind, paragraph
from guide.safety.display import show
from guide.words import _, plural

_MORE, _DONE, _TAKE = "more", "done", "take:"
_PAGE, _TITLE = 60, 52


class PlacesPlace(Place):
    """Each place that may tell the person too much; its words can be taken out."""

    def __init__(
        self, desk: Desk, choice: Choice, shown: Preview, skip: int = 0
    ) -> None:
        self._desk, self._choice = desk, choice
        self._shown, self._skip = shown, skip

    def sheet(self) -> Sheet:
        first = _(
            "These words may say where you are, what you do, or who helps you. Tick "
            "one to take it out everywhere. A mark shows that something was there."
        )
        second = _(
            "This finds much, but not all of it. Nobody can search pictures: look at "
            "each one yourself."
        )
        none = _("Nothing was found by this search.")
        found = self._shown.places
        return Sheet(
            name="case-places",
            title=_("Could the person read this?"),
            trail=(_("Hand over"),),
            blocks=(
                *map(paragraph, (first, second)),
                *([] if found else [paragraph(none)]),
            ),
            rows=(*self._rows(found), _done()),
        )

    def _rows(self, found: tuple[Revealing, ...]) -> Iterator[Row]:
        before = None
        order = sorted(found, key=lambda each: each.kind)
        for n, each in enumerate(order[self._skip : self._skip + _PAGE], self._skip):
            group = kind_in_words(each.kind) if each.kind is not before else ""
            before = each.kind
            yield Row(
                kind=RowKind.BOX,
                value=f"{_TAKE}{n}",
                text=show(each.words, limit=_TITLE),
                on=each.words.casefold() in self._choice.words,
                note=_where(each),
                group=group,
            )
        if len(order) > self._skip + _PAGE:
            yield _row(_MORE, _("More of them"))

    def choose(self, value: str) -> Move:
        if value == _DONE:
            return Show(_preview(self._desk, self._choice))
        if value == _MORE:
            later = self._skip + _PAGE
            return Show(PlacesPlace(self._desk, self._choice, self._shown, later))
        order = sorted(self._shown.places, key=lambda each: each.kind)
        number = value.removeprefix(_TAKE)
        if not number.isdecimal() or int(number) >= len(order):
            raise InvalidAnswerError
        words = order[int(number)].words.casefold()
        self._choice = self._choice.taking_out(words)
        return Stay()

    def back(self) -> Place | None:
        return _preview(self._desk, self._choice)


def _where(each: Revealing) -> str:
    """The first place, and in how many more records it stands."""
    first = f"{each.labels[0]}: {show(each.excerpt)}"
    more = len(each.labels) - 1
    if not more:
        return first
    words = plural("and in {count} more record", "and in {count} more records", more)
    return f"{first} ({words})"


class ItemsPlace(Place):
    """Each thing that goes; choosing one leaves it out, or takes it along again."""

    def __init__(self, desk: Desk, choice: Choice, case: Case, skip: int = 0) -> None:
        self._desk, self._choice, self._case, self._skip = desk, choice, case, skip

    def sheet(self) -> Sheet:
        words = _("What is ticked goes along. Choose a line to leave it out.")
        lines = self._lines()
        page = lines[self._skip : self._skip + _PAGE]
        rows = [self._row(label, text) for label, text in page]
        rows.append(_done())
        if len(lines) > self._skip + _PAGE:
            rows.append(_row(_MORE, _("More of them")))
        return Sheet(
            name="case-items",
            title=_("Each thing that would leave"),
            trail=(_("Hand over"),),
            progress=plural("{count} thing", "{count} things", len(lines)),
            blocks=(paragraph(words),),
            rows=tuple(rows),
        )

    def _row(self, label: str, text: str) -> Row:
        return Row(
            kind=RowKind.BOX,
            value=label,
            text=f"{label}  {_short(text)}",
            on=label not in self._choice.without,
        )

    def _lines(self) -> list[tuple[str, str]]:
        case = self._case
        return [
            *((x.label, x.incident.account or x.incident.what) for x in case.incidents),
            *((x.label, x.evidence.original_name) for x in case.exhibits),
            *((x.label, x.title) for x in case.letters),
            *((x.label, x.contact.organisation) for x in case.contacts),
        ]

    def choose(self, value: str) -> Move:
        if value == _DONE:
            return Show(_preview(self._desk, self._choice))
        if value == _MORE:
            skip = self._skip + _PAGE
            return Show(ItemsPlace(self._desk, self._choice, self._case, skip))
        if value not in {label for label, _text in self._lines()}:
            raise InvalidAnswerError
        self._choice = self._choice.toggled(value)
        return Stay()

    def back(self) -> Place | None:
        return _preview(self._desk, self._choice)


class StaysPlace(Place):
    """What stays with the reader, and why."""

    def __init__(self, desk: Desk, choice: Choice, case: Case, skip: int = 0) -> None:
        self._desk, self._choice, self._case, self._skip = desk, choice, case, skip

    def sheet(self) -> Sheet:
        found = self._case.left_out
        page = found[self._skip : self._skip + _PAGE]
        blocks = [
            Block(
                kind=BlockKind.FIELD,
                lead=f"{each.label}: ",
                text=f"{show(each.title)} {each.why}",
            )
            for each in page
        ]
        mine = [x for x in found if x.label in self._choice.without]
        rows = [
            _row(each.label, _("Take {label} along").format(label=each.label))
            for each in mine
        ]
        if len(found) > self._skip + _PAGE:
            rows.append(_row(_MORE, _("More of them")))
        return Sheet(
            name="case-stays",
            title=_("What stays with you"),
            trail=(_("Hand over"),),
            blocks=tuple(blocks),
            rows=tuple(rows),
        )

    def choose(self, value: str) -> Move:
        if value == _MORE:
            skip = self._skip + _PAGE
            return Show(StaysPlace(self._desk, self._choice, self._case, skip))
        if value not in self._choice.without:
            raise InvalidAnswerError
        return Show(_preview(self._desk, self._choice.toggled(value)))

    def back(self) -> Place | None:
        return _preview(self._desk, self._choice)


def _preview(desk: Desk, choice: Choice) -> Place:
    from guide.actions.places.case_preview import PreviewPlace

    return PreviewPlace(desk, choice)


def _done() -> Row:
    text = _("Go back to what would leave")
    return Row(kind=RowKind.BUTTON, value=_DONE, text=text, key="n")


def _short(text: str) -> str:
    """The beginning of what somebody wrote, in one line."""
    plain = " ".join(text.split())
    cut = plain if len(plain) <= _TITLE else f"{plain[:_TITLE].rstrip()}…"
    return show(cut)


def _row(value: str, text: str, note: str = "", group: str = "") -> Row:
    return Row(kind=RowKind.LINK, value=value, text=text, note=note, group=group)
