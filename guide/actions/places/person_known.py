"""What is known of a person, and taking back what was added to them by mistake."""

from __future__ import annotations

from guide.actions.desk import Desk
from guide.actions.gates import state_words
from guide.actions.knowing import called, name_of, take_back
from guide.actions.places.check_notes import field
from guide.actions.places.place import Move, Place, Show
from guide.model.people import Identifier, IdentifierKind, Person
from guide.model.sheet import Ask, Row, RowKind, Sheet
from guide.model.telling import the_day
from guide.model.text import Block, BlockKind, paragraph
from guide.safety.display import show
from guide.words import _

LONGEST = 80
_MOST_ALIKE = 3


def person_blocks(desk: Desk, id_: str) -> list[Block]:
    """Addresses, earlier names, what was taken back, and letters to them."""
    person = desk.vault.person(id_)
    blocks: list[Block] = []
    if person.unknown:
        words = _("Nobody knows yet who this is. A name can be added later.")
        blocks.append(paragraph(words))
    blocks += [_identifier(each) for each in person.identifiers]
    if not person.identifiers:
        words = _("No address, number or account is known here yet.")
        blocks.append(paragraph(words))
    blocks += _alike(desk, person)
    return [*blocks, *_letters(desk, person.id), *_earlier(desk, id_)]


def _identifier(each: Identifier) -> Block:
    return field(kinds()[each.kind], f"{each.value} {each.service}".strip())


def _alike(desk: Desk, person: Person) -> list[Block]:
    """Whose address or number only looks different; the reader judges."""
    near = desk.vault.near_matches(*person.identifiers)
    alike = [match for match in near if match.person_id != person.id]
    words = _(
        "{mine} looks like {theirs} of {name}. If you are sure that both are one "
        "person, you can say so below."
    )
    return [
        Block(
            kind=BlockKind.CALLOUT,
            lead=_("Perhaps the same person"),
            text=words.format(
                mine=show(match.like.value, limit=LONGEST),
                theirs=show(match.identifier.value, limit=LONGEST),
                name=name_of(desk, match.person_id),
            ),
        )
        for match in alike[:_MOST_ALIKE]
    ]


def _earlier(desk: Desk, id_: str) -> list[Block]:
    """What they were called, and what was taken back with its reason."""
    names = [
        field(
            _("Called until a later name"),
            f"{each.label}, {the_day(each.since.astimezone().date())}",
        )
        for each in desk.vault.names(id_)[:-1]
        if each.label
    ]
    back = [
        field(_("Taken back"), f"{each.identifier.value}: {each.reason}")
        for each in desk.vault.identifier_history(id_)
        if each.withdrawn_at
    ]
    return names + back


def _letters(desk: Desk, root: str) -> list[Block]:
    """Letters to them, and how much came after the one that was sent."""
    vault = desk.vault
    mine = [
        x for x in vault.letters() if x.person_id and _root(desk, x.person_id) == root
    ]
    blocks = []
    for each in mine:
        at = each.sent_at or each.finished_at
        words = _("{title}, {state}, {day}").format(
            title=show(each.paper.title, limit=LONGEST),
            state=state_words(each.state),
            day=the_day(at.astimezone().date()),
        )
        blocks.append(field(_("Letter to them"), words))
    sides = vault.before_and_after(root)
    if sides.sent_at:
        after = _("{sure}, and perhaps {perhaps} more")
        told = after.format(sure=sides.after, perhaps=sides.perhaps_after)
        shown = told if sides.perhaps_after else str(sides.after)
        blocks.append(field(_("Incidents after the notice"), shown))
    return blocks


def _root(desk: Desk, person_id: str) -> str:
    return desk.vault.person(person_id).id if desk.vault.has_person(person_id) else ""


def kinds() -> dict[IdentifierKind, str]:
    """What sorts of identifiers are called."""
    return {
        IdentifierKind.EMAIL: _("Email"),
        IdentifierKind.PHONE: _("Phone"),
        IdentifierKind.HANDLE: _("Account"),
        IdentifierKind.URL: _("Link"),
        IdentifierKind.IP: _("Network address"),
    }


class WrongPlace(Place):
    """Which address, number or account was added by mistake."""

    def __init__(self, desk: Desk, id_: str, before: Place) -> None:
        self._desk, self._id, self._before = desk, id_, before

    def sheet(self) -> Sheet:
        person = self._desk.vault.person(self._id)
        words = _(
            "It stays readable with your reason. A notice that was written while it "
            "was here stays closed for it."
        )
        name = show(called(person), limit=LONGEST)
        rows = [
            Row(kind=RowKind.LINK, value=each.key, text=show(each.value, limit=LONGEST))
            for each in person.identifiers
        ]
        return Sheet(
            name="person-wrong",
            title=_("What does not belong to {name}?").format(name=name),
            trail=(_("People"),),
            blocks=(paragraph(words),),
            rows=tuple(rows),
        )

    def choose(self, value: str) -> Move:
        person = self._desk.vault.person(self._id)
        chosen = next(each for each in person.identifiers if each.key == value)
        return Show(WrongReasonPlace(self._desk, self._id, chosen, self._before))

    def back(self) -> Place | None:
        return self._before


class WrongReasonPlace(Place):
    """Why it is taken back."""

    def __init__(self, desk: Desk, id_: str, wrong: Identifier, before: Place) -> None:
        self._desk, self._id, self._wrong, self._before = desk, id_, wrong, before

    def sheet(self) -> Sheet:
        title = _("Why is it taken back?")
        return Sheet(
            name="person-wrong-why",
            title=title,
            trail=(_("People"),),
            blocks=(_identifier(self._wrong),),
            ask=Ask(label=title, verb=_("Take it back")),
        )

    def typed(self, text: str) -> Move:
        take_back(self._desk, self._id, self._wrong, text)
        return Show(self._before)

    def back(self) -> Place | None:
        return WrongPlace(self._desk, self._id, self._before)
