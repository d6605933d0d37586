"""Into a vault that was there already: the records of a talk without it.

Each is added as it came to be: first wordings, corrections, what was thrown away.
Nothing of the vault is changed or replaced. A person is the one of the vault where
an identifier says so, or a name and nothing against it. A letter that is written
once is kept also where the vault has one, and its kind stays closed.
"""

from __future__ import annotations

import secrets
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import count
from typing import TYPE_CHECKING

from guide.model.brought import Brought
from guide.model.people import Identifier, Person, same
from guide.model.problems import LetterClosedError, NotFoundError
from guide.model.records import LetterState, WrittenLetter
from guide.vault.problems import NotJoinedError
from guide.vault.tables.table import Facts, Journal
from guide.words import _

if TYPE_CHECKING:
    from guide.vault.store import Vault


def bring(old: Vault, new: Vault, once: Collection[str]) -> Brought:
    """Add every record of *old* to *new*; part of one change of the caller.

    *once* are the kinds of letters that are written once.
    """
    return _Bringing(old, new, once).all()


@dataclass(frozen=True, slots=True)
class At:
    """A journal that is told of things of earlier, at the time it is told."""

    journal: Journal
    at: datetime

    def append(self, type_: str, body: Facts, _at: datetime, /) -> object:
        """Add one entry."""
        return self.journal.append(type_, body, self.at)


@dataclass(slots=True)
class _Bringing:
    """One run: who is who in the vault so far, and what did not fit."""

    old: Vault
    new: Vault
    once: Collection[str]
    ids: dict[str, str] = field(default_factory=dict)
    seconds: list[str] = field(default_factory=list)
    elsewhere: list[tuple[str, str]] = field(default_factory=list)

    def all(self) -> Brought:
        people = self.old.people()
        for person in people:
            self.ids[person.id] = self._person(person)
        for merge in self.old.merges():
            self.ids[merge.merged_id] = self._who(merge.merged_id)
        letters = [*map(self._letter, self.old.letters_ever())]
        incidents = [*map(self._incident, _ids_of(self.old, "incident"))]
        contacts = [*map(self._contact, _ids_of(self.old, "contact"))]
        for each in self.old.binned():
            if not _binned(self.new, each.kind, each.id):
                self.new.put_in_bin(each.kind, each.id, each.reason, each.binned_at)
        return Brought(
            people=len(people),
            incidents=sum(incidents),
            contacts=sum(contacts),
            letters=sum(letters),
            seconds=tuple(self.seconds),
            elsewhere=tuple(self.elsewhere),
            ids=self.ids,
        )

    def _who(self, id_: str) -> str:
        """Who somebody of the talk is in the vault."""
        try:
            return self.ids[self.old.person(id_).id] if id_ else ""
        except NotFoundError:  # nobody was ever written down under it
            return id_

    def _person(self, person: Person) -> str:
        id_ = _known(self.new, person) or self._added(person)
        for each in person.identifiers:
            self._identifier(id_, person, each)
        return id_

    def _added(self, person: Person) -> str:
        """A new person of the vault, with every name they were told by."""
        names = self.old.names(person.id)
        label = _free_label(self.new, person) if person.unknown else names[0].label
        added = replace(
            person, id=_free_id(self.new, person.id), label=label, identifiers=()
        )
        self.new.put_person(added, names[0].since)
        for each in () if person.unknown else names[1:]:
            self.new.rename_person(added.id, each.label, each.since)
        return added.id

    def _identifier(self, id_: str, person: Person, each: Identifier) -> None:
        owner = self.new.whose(each)
        if owner == id_ or not each.key:
            return
        added = next(
            known.added_at
            for known in self.old.identifier_history(person.id)
            if known.identifier.key == each.key and not known.withdrawn_at
        )
        try:
            if not owner:
                self.new.add_identifier(id_, each, added)
                return
        except NotJoinedError:  # it is closed by the notice of somebody else
            pass
        self.elsewhere.append((each.value, person.label))

    def _letter(self, letter: WrittenLetter) -> bool:
        if any(each.id == letter.id for each in self.new.letters_ever()):
            return False
        finished = replace(
            letter,
            person_id=self._who(letter.person_id),
            state=LetterState.FINISHED,
            sent_at=None,
            voided_at=None,
            void_reason="",
        )
        closed_by = self._add_letter(finished)
        if letter.sent_at:
            self.new.mark_sent(letter.id, letter.sent_at)
        if letter.voided_at:
            self.new.void_letter(letter.id, letter.void_reason, letter.voided_at)
        self.new.close_for(closed_by, self._subjects(letter.id))
        return True

    def _add_letter(self, letter: WrittenLetter) -> str:
        """Add a letter; the id of the one that closes what it closed in the talk."""
        try:
            self.new.add_letter(letter, once=letter.letter_id in self.once)
        except LetterClosedError:
            to = letter.paper.mail_to
            first = self.new.closed_by(letter.letter_id, letter.person_id, to)
            self.new.add_second(letter)
            self.seconds.append(letter.paper.title)
            return first.id if first else letter.id
        return letter.id

    def _subjects(self, letter_id: str) -> Iterator[str]:
        for subject in self.old.closed_for(letter_id):
            kind, _colon, value = subject.partition(":")
            yield f"p:{self.ids.get(value, value)}" if kind == "p" else subject

    def _incident(self, id_: str) -> bool:
        try:
            self.new.incident(id_)
        except NotFoundError:
            pass
        else:
            return False
        for each in self.old.history(id_):
            mine = replace(each.record, person_id=self._who(each.record.person_id))
            if each.number == 1:
                self.new.add_incident(mine)
            else:
                self.new.correct_incident(mine, each.why, each.at)
        if note := self.old.private_note(id_):
            self.new.put_private_note(id_, note.reveal(), note.at)
        return True

    def _contact(self, id_: str) -> bool:
        try:
            self.new.contact(id_)
        except NotFoundError:
            pass
        else:
            return False
        for each in self.old.contact_history(id_):
            if each.number == 1:
                self.new.add_contact(each.record, each.at)
            else:
                self.new.correct_contact(each.record, each.why, each.at)
        return True


def _known(new: Vault, person: Person) -> str:
    """Who *person* is among those of the vault; empty for nobody.

    A name alone is enough, as everywhere in the guide, unless both have addresses of
    their own: then they may be two.
    """
    for each in person.identifiers:
        if owner := new.whose(each):
            return owner
    if person.unknown or not person.label.strip():
        return ""
    for other in new.people():
        same_name = not other.unknown and same(other.label) == same(person.label)
        if same_name and not (other.identifiers and person.identifiers):
            return other.id
    return ""


def _free_id(new: Vault, id_: str) -> str:
    try:
        new.person(id_)
    except NotFoundError:
        return id_
    return secrets.token_hex(8)


def _free_label(new: Vault, person: Person) -> str:
    """What somebody unknown is told apart by."""
    taken = {same(each.label) for each in new.people()}
    if same(person.label) not in taken:
        return person.label
    labels = (_("Unknown {number}").format(number=n) for n in count(1))
    return next(label for label in labels if same(label) not in taken)


def _ids_of(vault: Vault, kind: str) -> list[str]:
    """Every record of a kind, those in the bin too, in the order of their numbers."""
    numbers = {each.id: each.number for each in vault.binned() if each.kind == kind}
    if kind == "incident":
        numbers |= {each.id: each.number for each in vault.incidents(limit=-1)}
    else:
        numbers |= {each.id: each.number for each in vault.contacts(limit=-1)}
    return sorted(numbers, key=lambda id_: numbers[id_])


def _binned(vault: Vault, kind: str, id_: str) -> bool:
    return any((each.kind, each.id) == (kind, id_) for each in vault.binned())
