"""Talks with providers, moderators, the police and courts (form F02).

What was promised and when to ask again is what this is kept for. Letters to a
provider that were finished or sent stand in the log by themselves.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from guide.model.records import (
    CustodyAction,
    CustodyEvent,
    LetterState,
    OfficialContact,
    Version,
    WrittenLetter,
)
from guide.model.times import exactly
from guide.vault.tables import bodies
from guide.vault.tables.evidence import EvidenceRows
from guide.vault.tables.incidents import PAGE
from guide.vault.tables.records import Kind, Line
from guide.vault.tables.table import Facts
from guide.words import _


class Contacts(EvidenceRows):
    """Official contacts, their history, and what is due."""

    def add_contact(self, contact: OfficialContact, at: datetime) -> OfficialContact:
        """Write down one talk; its number comes back with it."""
        self._refuse_used_id(Kind.CONTACT, contact.id)
        with self._change():
            self._put_contact(contact, at, "")
        return self.contact(contact.id)

    def hand_over(self, contact: OfficialContact, at: datetime) -> OfficialContact:
        """Write down that its evidence was handed over, and note that at each piece.

        All of it or nothing: a receipt never names a file whose history lacks it.
        """
        with self._change():
            kept = self.add_contact(contact, at)
            for id_ in contact.evidence_ids:
                self.note_custody(
                    CustodyEvent(
                        evidence_id=id_,
                        at=contact.at,
                        action=CustodyAction.HANDED_OVER,
                        by="",
                        detail=contact.organisation,
                    )
                )
        return kept

    def correct_contact(
        self, contact: OfficialContact, why: str, at: datetime
    ) -> OfficialContact:
        """Add a better wording; the one before stays readable."""
        before = self.contact(contact.id)
        self._refuse_in_bin(Kind.CONTACT, contact.id)
        if contact != before:
            with self._change():
                self._put_contact(contact, at, why)
        return self.contact(contact.id)

    def followed_up(self, id_: str, at: datetime) -> OfficialContact:
        """Say that a promise was chased: it is not due any more."""
        done = replace(self.contact(id_), followed_up=True)
        return self.correct_contact(done, "", at)

    def _put_contact(self, contact: OfficialContact, at: datetime, why: str) -> None:
        number, sha256 = self._add_version(_line(contact), contact, at, why)
        self._do("delete from follow_up where contact = ?", (contact.id,))
        if contact.follow_up_on and not contact.followed_up:
            values = (contact.id, contact.follow_up_on.isoformat())
            self._do("insert into follow_up values (?, ?)", values)
        facts: Facts = {"contact": contact.id, "version": number, "sha256": sha256}
        type_ = "contact.add" if number == 1 else "contact.correct"
        self._write(type_, facts, at)

    def contact(self, id_: str) -> OfficialContact:
        """One talk as it is worded now, also one in the bin."""
        number, body = self._current(Kind.CONTACT, id_)
        return replace(bodies.contact(id_, body), number=number)

    def contacts(
        self, *, skip: int = 0, limit: int = PAGE
    ) -> tuple[OfficialContact, ...]:
        """A page of the talks that were written down, the newest first."""
        return tuple(
            replace(bodies.contact(id_, body), number=number)
            for id_, number, body in self._page(Kind.CONTACT, skip, limit)
        )

    def contact_log(self) -> tuple[OfficialContact, ...]:
        """Every talk, and every letter to anyone but the person, newest first.

        An entry for a letter is worked out from the letter, and names it. A talk that
        was written down for a letter stands instead of it.
        """
        # What names a person went to them; a letter to an office names none.
        which = "where once = 0 and person_id = '' and state <> 'void'"
        letters = [
            _as_contact(each)
            for each in self._letters(which)
            if each.paper.to or each.paper.mail_to  # a form goes to nobody
        ]
        talks = self.contacts(limit=-1)
        noted = {each.letter_id for each in talks}  # those have a day to ask again
        entries = (each for each in letters if each.letter_id not in noted)
        return tuple(sorted((*talks, *entries), key=lambda x: x.at, reverse=True))

    def contact_history(self, id_: str) -> tuple[Version[OfficialContact], ...]:
        """Every wording of a talk, the first one first."""
        number, _body = self._current(Kind.CONTACT, id_)
        return tuple(
            Version(
                number=each.number,
                at=each.at,
                why=each.why,
                sha256=each.sha256,
                record=replace(bodies.contact(id_, each.body), number=number),
            )
            for each in self._versions(Kind.CONTACT, id_)
        )

    def due(self, today: date) -> tuple[OfficialContact, ...]:
        """Every talk to come back to by *today*, the longest overdue first."""
        sql = (
            "select f.contact from follow_up as f join record as r"
            " on r.kind = 'contact' and r.id = f.contact"
            " where f.day <= ? and r.listed = 1 order by f.day, r.n"
        )
        ids = [str(id_) for (id_,) in self._rows(sql, (today.isoformat(),))]
        return tuple(map(self.contact, ids))


def _as_contact(letter: WrittenLetter) -> OfficialContact:
    sent = letter.state is LetterState.SENT
    return OfficialContact(
        id=f"letter:{letter.id}",
        at=letter.sent_at or letter.finished_at,
        organisation=letter.paper.to.partition("\n")[0],
        channel=_("letter"),
        outcome=_("sent") if sent else _("finished, not sent yet"),
        letter_id=letter.id,
    )


def _line(contact: OfficialContact) -> Line:
    told = (
        *(contact.organisation, contact.person, contact.badge_number),
        *(contact.channel, contact.reference, contact.outcome, contact.promised),
    )
    return Line(
        kind=Kind.CONTACT,
        id=contact.id,
        title=contact.organisation,
        text="\n".join(filter(None, told)),
        when=exactly(contact.at),
        platform=contact.channel,
    )
