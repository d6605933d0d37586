"""What of the record may leave, as a case; the rest is left out, with the reason.

Four things leave for nobody: private notes (a case has no place for them), drafts and
forms, intimate pictures, and pictures that may show somebody under 18 (facts 8.3).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property

from guide.actions.case_choice import Choice
from guide.actions.desk import Desk
from guide.actions.picture_gate import StopHereError, refuse_plain_copy
from guide.export.profiles import PROFILES, Profile
from guide.export.triage import chosen
from guide.model.case import (
    CaseContact,
    CaseIncident,
    CaseLetter,
    Exhibit,
    Group,
    LeftOut,
    Part,
)
from guide.model.people import Person
from guide.model.records import (
    CustodyAction,
    CustodyEvent,
    Evidence,
    Incident,
    LetterState,
    OfficialContact,
    WrittenLetter,
)
from guide.model.telling import in_words
from guide.words import _

# To these a letter says what nobody else shall read (facts 9, 3.7).
_CONFIDENTIAL = frozenset({"me", "advocate", "lawyer", "trusted", "contacts"})
_TOLD = (CustodyAction.ACQUIRED, CustodyAction.VERIFIED, CustodyAction.HANDED_OVER)
_TITLE = 60


@dataclass(frozen=True, kw_only=True)
class Gathered:
    """What stays of the record once everything is left out that has to be.

    Each list is in the order of its labels; incidents in the order they happened.
    """

    desk: Desk = field(repr=False)
    choice: Choice
    left_out: list[LeftOut] = field(default_factory=list)

    @property
    def profile(self) -> Profile:
        """What this recipient is given."""
        return PROFILES[self.choice.recipient]

    @cached_property
    def people(self) -> Mapping[str, Person]:
        """Everyone by the id that a record may name, merged or not."""
        vault = self.desk.vault
        known = {each.id: each for each in vault.people()}
        gone = {each.merged_id: vault.person(each.merged_id) for each in vault.merges()}
        return {**gone, **known}

    @cached_property
    def incidents(self) -> tuple[CaseIncident, ...]:
        """Incidents as they happened; those without a time come last."""
        every = self.desk.vault.incidents(limit=-1)
        few = chosen(every, self.choice.fewer) if self.choice.fewer else None
        kept = []
        for each in sorted(every, key=_when):
            label = Group.INCIDENT.label(each.number)
            why = self._incident_stays(each, label, few)
            if why:
                self._leave(label, each.account or each.what, why)
            else:
                kept.append(self._told(each, label))
        return tuple(kept)

    def _incident_stays(
        self, each: Incident, label: str, few: frozenset[int] | None
    ) -> str:
        if label in self.choice.without:
            return _("You left it out.")
        if few is not None and each.number not in few:
            return _("It is not among the ones you chose.")
        return ""

    def _told(self, each: Incident, label: str) -> CaseIncident:
        empty: dict[str, object] = {"witnesses": (), "reported_to": ()}
        withheld = {name: empty.get(name, "") for name in self.profile.withheld}
        person = self.people.get(each.person_id)
        return CaseIncident(
            label=label,
            incident=replace(each, **withheld),  # type: ignore[arg-type]  # of their types
            person=person.label if person else "",
            when=in_words(each.when),
            exhibits=tuple(
                self._labels[id_] for id_ in each.evidence_ids if id_ in self._labels
            ),
        )

    @cached_property
    def _evidence(self) -> tuple[Evidence, ...]:
        listed = self.desk.vault.evidence_list(limit=-1)
        kept = []
        for each in sorted(listed, key=lambda x: x.number):
            label = Group.EVIDENCE.label(each.number)
            if why := self._file_stays(each, label):
                self._leave(label, each.original_name, why)
            else:
                kept.append(each)
        return tuple(kept)

    def _file_stays(self, each: Evidence, label: str) -> str:
        if each.sensitive:
            return _("It is intimate. Hand it over by itself, if you want to at all.")
        try:
            refuse_plain_copy(self.desk, each)
        except StopHereError:
            return _("It may show somebody under 18. No copy of that is made.")
        if label in self.choice.without:
            return _("You left it out.")
        return ""

    @cached_property
    def _labels(self) -> Mapping[str, str]:
        return {x.id: Group.EVIDENCE.label(x.number) for x in self._evidence}

    @cached_property
    def exhibits(self) -> tuple[Exhibit, ...]:
        """The files, without those whose every incident stays behind."""
        named: dict[str, list[str]] = {}
        for each in self.incidents:
            for id_ in each.incident.evidence_ids:
                named.setdefault(id_, []).append(each.label)
        kept = []
        for file in self._evidence:
            if self._is_of_others(file, named):
                why = _("Everything it belongs to stays with you.")
                self._leave(self._labels[file.id], file.original_name, why)
            else:
                kept.append(self._exhibit(file, tuple(named.get(file.id, ()))))
        return tuple(kept)

    def _is_of_others(self, each: Evidence, named: Mapping[str, object]) -> bool:
        return each.id not in named and each.id in self._tied

    @cached_property
    def _tied(self) -> frozenset[str]:
        every = self.desk.vault.incidents(limit=-1)
        return frozenset(id_ for each in every for id_ in each.evidence_ids)

    def _exhibit(self, each: Evidence, incidents: tuple[str, ...]) -> Exhibit:
        if self.profile.withheld:  # a note may say what the incident may not
            each = replace(each, note="", acquired_by="")
        person = self.people.get(each.person_id)
        return Exhibit(
            label=self._labels[each.id],
            evidence=each,
            person=person.label if person else "",
            incidents=incidents,
            custody=tuple(_custody(self.desk.vault.custody(each.id))),
            drawn=each.media_type.startswith("image/"),
        )

    @cached_property
    def contacts(self) -> tuple[CaseContact, ...]:
        """Talks with officials, oldest first, where this recipient gets them."""
        if Part.CONTACTS not in self.profile.parts:
            return ()
        talks = sorted(self.desk.vault.contacts(limit=-1), key=lambda each: each.at)
        kept = []
        for each in talks:
            label = Group.CONTACT.label(each.number)
            if label in self.choice.without:
                self._leave(label, each.organisation, _("You left it out."))
            else:
                kept.append(self._contact(each, label))
        return tuple(kept)

    def _contact(self, each: OfficialContact, label: str) -> CaseContact:
        incidents = {x.incident.id: x.label for x in self.incidents}
        letters = {x.letter.id: x.label for x in self.letters}
        return CaseContact(
            label=label,
            contact=each,
            incidents=_known(each.incident_ids, incidents),
            exhibits=_known(each.evidence_ids, self._labels),
            letter=letters.get(each.letter_id, ""),
        )

    @cached_property
    def letters(self) -> tuple[CaseLetter, ...]:
        """Letters that left, but none to the reader's own helpers."""
        if Part.LETTERS not in self.profile.parts:
            return ()
        kept = []
        for each in self.desk.vault.letters():
            label = Group.LETTER.label(each.number)
            title = self._title(each)
            if each.state is not LetterState.SENT:
                continue  # it never left; nobody asks for it
            if label in self.choice.without:
                self._leave(label, title, _("You left it out."))
            elif self._is_confidential(each):
                self._leave(label, title, _("It is between you and your helpers."))
            else:
                kept.append(CaseLetter(label=label, title=title, letter=each))
        return tuple(kept)

    def _title(self, each: WrittenLetter) -> str:
        known = self.desk.library.letters.get(each.letter_id)
        return known.title if known else each.paper.title

    def _is_confidential(self, each: WrittenLetter) -> bool:
        known = self.desk.library.letters.get(each.letter_id)
        return known is None or known.audience in _CONFIDENTIAL

    def _leave(self, label: str, title: str, why: str) -> None:
        short = " ".join(title.split())[:_TITLE]
        self.left_out.append(LeftOut(label=label, title=short, why=why))


def _when(each: Incident) -> tuple[bool, datetime, int]:
    at = each.when.start or each.recorded_at
    return each.when.start is None, at, each.number


def _custody(events: Sequence[CustodyEvent]) -> Iterator[CustodyEvent]:
    """Every touch; where a copy went is the reader's own (a path has names in it)."""
    for each in events:
        if each.action is CustodyAction.VIEWED:
            continue
        yield each if each.action in _TOLD else replace(each, detail="")


def _known(ids: Sequence[str], labels: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(labels[id_] for id_ in ids if id_ in labels)
