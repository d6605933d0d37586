"""The people this is about as screens: the list, one of them, adding to them."""

from __future__ import annotations

from collections.abc import Callable

from guide.actions.desk import Desk
from guide.actions.knowing import (
    add_identifier,
    add_person,
    add_unknown,
    called,
    join,
    rename,
)
from guide.actions.places.incidents import IncidentsPlace
from guide.actions.places.person_known import WrongPlace, person_blocks
from guide.actions.places.place import Move, Open, Place, Show
from guide.actions.recording import how_kept
from guide.model.people import Person
from guide.model.sheet import Ask, Row, RowKind, Sheet
from guide.model.text import paragraph
from guide.model.timeline import EntryKind, Filter
from guide.safety.display import show
from guide.words import _, plural

ADD, UNKNOWN, RENAME, IDENTIFIER, JOIN, SURE, THEIRS, WRONG = (
    *("add", "unknown", "rename", "identifier", "join", "sure", "theirs", "wrong"),
)
_LONGEST = 80


class PeoplePlace(Place):
    """Everybody in the record."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def sheet(self) -> Sheet:
        people = self._desk.vault.people()
        words = _(
            "The people or accounts this is about. Somebody unknown belongs here too."
        )
        rows = [
            _link(f"person:{each.id}", show(called(each), limit=_LONGEST), _note(each))
            for each in people
        ]
        return Sheet(
            name="people",
            title=_("People"),
            progress=plural("{count} person", "{count} people", len(people)),
            blocks=(paragraph(words), paragraph(how_kept(self._desk))),
            rows=(
                _link(ADD, _("Add somebody"), key="n"),
                _link(UNKNOWN, _("Add somebody unknown")),
                *rows,
            ),
        )

    def choose(self, value: str) -> Move:
        desk = self._desk
        if value == ADD:
            return Show(_asking_who(desk), instead=False)
        if value == UNKNOWN:
            return Show(PersonPlace(desk, add_unknown(desk).id), instead=False)
        return Open(value)


class PersonPlace(Place):
    """One person: what they are called, and how they can be recognised."""

    def __init__(self, desk: Desk, id_: str) -> None:
        self._desk, self._id = desk, id_

    def sheet(self) -> Sheet:
        vault = self._desk.vault
        person = vault.person(self._id)
        theirs = Filter(kinds=frozenset({EntryKind.INCIDENT}), person_id=person.id)
        count = vault.timeline_count(theirs)
        return Sheet(
            name="person",
            title=show(called(person), limit=_LONGEST),
            trail=(_("People"),),
            progress=plural("{count} incident", "{count} incidents", count),
            blocks=tuple(person_blocks(self._desk, self._id)),
            rows=self._rows(),
        )

    def _rows(self) -> tuple[Row, ...]:
        rows = [
            _link(IDENTIFIER, _("Add an address, number or account"), key="a"),
            _link(RENAME, _("Change the name"), key="e"),
        ]
        if self._desk.vault.person(self._id).identifiers:
            rows.append(_link(WRONG, _("Take back one that is not theirs")))
        rows.append(_link(THEIRS, _("Show their incidents")))
        if len(self._desk.vault.people()) > 1:
            rows.append(_link(JOIN, _("This is the same person as another one here")))
        return tuple(rows)

    def choose(self, value: str) -> Move:
        desk, id_ = self._desk, self._id
        match value:
            case "identifier":
                return Show(_asking_for_identifier(desk, id_))
            case "rename":
                return Show(_asking_for_name(desk, id_))
            case "wrong":
                return Show(WrongPlace(desk, id_, self))
            case "theirs":
                return Show(IncidentsPlace(desk, person_id=id_, before=self))
            case "join":
                return Show(SamePlace(desk, id_))
            case _:
                return Open(value)


class LinePlace(Place):
    """One line to type; what it does with it is given.

    *before* is the screen that it took the place of, if any.
    """

    def __init__(
        self, sheet: Sheet, take: Callable[[str], Place], before: Place | None = None
    ) -> None:
        self._sheet, self._take, self._before = sheet, take, before

    def sheet(self) -> Sheet:
        return self._sheet

    def typed(self, text: str) -> Move:
        return Show(self._take(text))

    def back(self) -> Place | None:
        return self._before


class SamePlace(Place):
    """With whom somebody is one person; the records stay as they were written."""

    def __init__(self, desk: Desk, id_: str, other: str = "") -> None:
        self._desk, self._id, self._other = desk, id_, other

    def sheet(self) -> Sheet:
        people = {each.id: each for each in self._desk.vault.people()}
        words = _(
            "Both names stay readable. This cannot be taken apart again, so choose it "
            "only when you are sure."
        )
        me = show(called(self._desk.vault.person(self._id)), limit=_LONGEST)
        if self._other:
            other = show(called(people[self._other]), limit=_LONGEST)
            sure = _("Yes, {one} and {other} are one person")
            rows = [_link(SURE, sure.format(one=me, other=other))]
        else:
            rows = [
                _link(each.id, show(called(each), limit=_LONGEST))
                for each in people.values()
                if each.id != self._id
            ]
        return Sheet(
            name="same-sure" if self._other else "same",
            title=_("Who is the same person as {name}?").format(name=me),
            trail=(_("People"),),
            blocks=(paragraph(words),),
            rows=tuple(rows),
        )

    def choose(self, value: str) -> Move:
        if value != SURE:
            return Show(SamePlace(self._desk, self._id, value))
        return Show(PersonPlace(self._desk, join(self._desk, self._id, self._other).id))

    def back(self) -> Place | None:
        return PersonPlace(self._desk, self._id)


def _asking_who(desk: Desk) -> Place:
    words = _("A name, or what you know: an address, a number, an account.")
    sheet = _line(_("Who is it?"), words, _("Add"))

    def take(text: str) -> Place:
        return PersonPlace(desk, add_person(desk, text).id)

    return LinePlace(sheet, take)


def _asking_for_identifier(desk: Desk, id_: str) -> Place:
    words = _("A mail address, a phone number, a link or the name of an account.")
    sheet = _line(_("What else do they use?"), words, _("Add"))

    def take(text: str) -> Place:
        return PersonPlace(desk, add_identifier(desk, id_, text).id)

    return LinePlace(sheet, take, PersonPlace(desk, id_))


def _asking_for_name(desk: Desk, id_: str) -> Place:
    words = _("The name before stays readable.")
    now = desk.vault.person(id_).label
    sheet = _line(_("What are they called?"), words, _("Change"), now)

    def take(text: str) -> Place:
        return PersonPlace(desk, rename(desk, id_, text).id)

    return LinePlace(sheet, take, PersonPlace(desk, id_))


def _line(title: str, words: str, verb: str, value: str = "") -> Sheet:
    return Sheet(
        name="person-line",
        title=title,
        trail=(_("People"),),
        blocks=(paragraph(words),),
        ask=Ask(label=title, verb=verb, value=value),
    )


def _note(person: Person) -> str:
    count = len(person.identifiers)
    if person.unknown and not count:
        return _("not known")
    return plural("{count} way known", "{count} ways known", count) if count else ""


def _link(value: str, text: str, note: str = "", *, key: str = "") -> Row:
    return Row(kind=RowKind.LINK, value=value, text=text, note=note, key=key)
