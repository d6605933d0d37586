"""A case as the blocks of its book, part after part.

Only what the case holds and what its parts name is here: nothing is looked up and
nothing is added but leads and what a hash can prove. A private note has no type that
could reach this place.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeAlias

from guide.export.book import proof, records
from guide.export.book.blocks import (
    Block,
    Contents,
    Drawing,
    Field,
    Fields,
    Frame,
    Heading,
    Items,
    NewPage,
    Table,
    Words,
)
from guide.export.book.drawing import counts_by_month, drawn
from guide.export.book.printing import head_of, moment, short_head, visible
from guide.export.profiles import name_of, name_of_part
from guide.model.case import TAKEN_OUT, Case, Exhibit, Part
from guide.model.characters import one_line
from guide.model.telling import long_day
from guide.words import _

Pictures: TypeAlias = Callable[[Exhibit], bytes | None]
_WIDE = (Part.TIMELINE, Part.CHART)
_LONGEST_TITLE = 200


def frame_of(case: Case) -> Frame:
    """What stands on every page."""
    made = case.made_at
    return Frame(
        title=title_of(case),
        made_on=_("Made on {day}").format(day=long_day(made.date())),
        head=short_head(case.head),
        lang=case.lang,
        day=(made.year, made.month, made.day),
    )


def title_of(case: Case) -> str:
    """The title on one line; there is always one."""
    return one_line(visible(case.title))[:_LONGEST_TITLE] or _("Case book")


def blocks_of(case: Case, pictures: Pictures) -> Iterator[Block]:
    """The whole book. Asks for one picture at a time, when its place has come."""
    yield from _cover(case)
    for part in Part:
        if part in case.parts:
            yield NewPage(wide=part in _WIDE)
            yield Heading(level=1, text=name_of_part(part))
            yield from _part(case, part, pictures)
    yield NewPage()
    yield Heading(level=1, text=proof.title())
    yield from proof.blocks(case)


def _part(case: Case, part: Part, pictures: Pictures) -> Iterator[Block]:
    parts: dict[Part, Callable[[Case], Iterator[Block]]] = {
        Part.SUMMARY: _summary,
        Part.TIMELINE: _timeline,
        Part.LOG: records.log,
        Part.CHART: _chart,
        Part.CONTACTS: records.contacts,
        Part.LETTERS: records.letters,
        Part.EXHIBITS: proof.index,
        Part.PRINTED: lambda case: proof.printed(case, pictures),
    }
    return parts[part](case)


def _cover(case: Case) -> Iterator[Block]:
    made_for = Field(lead=_("Made for"), value=name_of(case.recipient))
    fields = [made_for, Field(lead=_("Made on"), value=moment(case.made_at))]
    if case.head:
        fields.append(
            Field(lead=_("Journal head"), value=head_of(case.head), exact=True)
        )
    if case.public_key:
        key = visible(case.public_key)
        fields.append(Field(lead=_("Public key"), value=key, exact=True))
    yield Fields(fields=tuple(fields))
    if case.head:
        yield Words(
            text=_(
                "The journal is a list of every entry in this record, in order. Its "
                "head changes when any entry changes."
            )
        )
    if case.public_key:
        yield Words(text=_("The public key checks the signatures of this record."))
    if case.redacted:
        yield Words(text=_taken_out())
    parts = (*(name_of_part(part) for part in Part if part in case.parts),)
    yield Contents(title=_("Contents"), parts=(*parts, proof.title()))


def _taken_out() -> str:
    return _(
        "Some words were taken out of this copy. Each such place is marked {mark}. "
        "The record itself still has them, and each hash is of the whole original."
    ).format(mark=TAKEN_OUT)


def _summary(case: Case) -> Iterator[Block]:
    if case.summary:
        told: dict[str, list[str]] = {}
        for lead, value in case.summary:
            told.setdefault(lead.strip().rstrip(":"), []).append(visible(value))
        yield Fields(
            fields=tuple(
                Field(lead=lead, value="\n".join(values))
                for lead, values in told.items()
            )
        )
    if case.people:
        yield Heading(level=2, text=_("Who this is about"))
        yield Items(texts=tuple(records.person(each) for each in case.people))
    if not case.summary and not case.people:
        yield Words(text=_("There is nothing in this part."))


def _timeline(case: Case) -> Iterator[Block]:
    if not case.marks:
        yield Words(text=_("There is nothing in this part."))
        return
    yield Words(
        text=_(
            "Each shape stands for one record. A hollow shape is a time that is not "
            "exact. A bar is a stretch of time."
        )
    )
    picture = drawn(case.marks)
    yield Drawing(
        svg=picture.svg,
        alt=picture.alt,
        width=picture.width,
        height=picture.height,
    )
    yield Heading(level=2, text=_("Counts for each month"))
    head, rows = counts_by_month(case.marks)
    yield Table(head=head, rows=rows, shares=(4, *(2,) * (len(head) - 1)))


def _chart(case: Case) -> Iterator[Block]:
    if not case.chart:
        yield Words(text=_("There is nothing in this part."))
        return
    rows = tuple(
        tuple(visible(cell) for cell in (_named(row.labels, row.when), *row.cells[1:]))
        for row in case.chart
    )
    yield Table(
        head=(
            _("When"),
            _("What happened"),
            _("What shows it"),
            _("Who"),
            _("What shows who"),
            _("Still missing"),
        ),
        rows=rows,
        shares=(5, 12, 4, 4, 5, 4),
    )
    if case.to_do:
        yield Heading(level=2, text=_("Still missing"))
        yield Items(texts=tuple(visible(each) for each in case.to_do))


def _named(labels: tuple[str, ...], when: str) -> str:
    return "\n".join(filter(None, (", ".join(labels), when)))
