"""Keeping what happened and whom the reader talked to; correcting it; the bin.

What was typed is kept as it was typed. A correction adds a wording.
"""

from __future__ import annotations

import secrets
from dataclasses import replace
from datetime import date

from guide.actions.desk import Desk
from guide.actions.knowing import add_person, add_unknown, person_meant
from guide.actions.notes import CONTACT, INCIDENT, Notes, forget
from guide.model.problems import InvalidAnswerError
from guide.model.records import Incident, OfficialContact
from guide.model.text import whole
from guide.model.times import exactly
from guide.words import _

UNKNOWN, PERSON, NEW = "unknown", "person:", "new:"
_LISTS = {"witnesses": "witnesses", "told": "reported_to"}
_TEXTS = ("account", "platform", "where", "effect", "done")
_OF_CONTACT = (
    *("organisation", "person", "badge_number", "channel", "reference"),
    *("outcome", "promised"),
)


def notes_of_incident(desk: Desk, id_: str) -> Notes:
    """What stands in an incident now, ready to be corrected."""
    kept = desk.vault.incident(id_)
    note = desk.vault.private_note(id_)
    values = {name: str(getattr(kept, name)) for name in _TEXTS}
    values |= {step: "\n".join(getattr(kept, name)) for step, name in _LISTS.items()}
    values["who"] = f"{PERSON}{kept.person_id}" if kept.person_id else ""
    values["when"] = kept.when.words
    values["note"] = note.reveal() if note else ""
    return Notes(
        kind=INCIDENT,
        of=id_,
        values={k: v for k, v in values.items() if v},
        not_known=kept.not_known,
        when=kept.when,
    )


def keep_incident(desk: Desk, notes: Notes, why: str = "") -> Incident:
    """Keep *notes* as an incident, or as a better wording of the one they are of."""
    if notes.empty:
        raise InvalidAnswerError(
            _("There is nothing to keep yet. Nothing was changed."),
            _("Write a few words about what happened, or go back."),
        )
    now, note = desk.now(), notes.value("note")
    if notes.of:
        before = desk.vault.incident(notes.of)
        kept = _filled(desk, before, notes)
        result = desk.vault.correct_incident(kept, whole(why).strip(), now)
        old = desk.vault.private_note(notes.of)
        if note != (old.reveal() if old else ""):
            desk.vault.put_private_note(notes.of, note, now)
    else:
        new = Incident(id=secrets.token_hex(16), recorded_at=now.astimezone())
        result = desk.vault.add_incident(_filled(desk, new, notes), note)
    forget(desk, notes)
    return result


def _filled(desk: Desk, incident: Incident, notes: Notes) -> Incident:
    lists = {name: _lines(notes.value(step)) for step, name in _LISTS.items()}
    return replace(
        incident,
        account=notes.value("account"),
        platform=notes.value("platform"),
        where=notes.value("where"),
        effect=notes.value("effect"),
        done=notes.value("done"),
        when=notes.when,
        person_id=_who(desk, notes.value("who")),
        not_known=notes.not_known,
        witnesses=lists["witnesses"],
        reported_to=lists["reported_to"],
    )


def _lines(text: str) -> tuple[str, ...]:
    """One name a line; empty lines are no names."""
    return tuple(line.strip() for line in text.split("\n") if line.strip())


def _who(desk: Desk, said: str) -> str:
    """The person that was chosen or typed; added to the record where they are new."""
    if said.startswith(PERSON):
        return said.removeprefix(PERSON)
    if said == UNKNOWN:
        return add_unknown(desk).id
    name = said.removeprefix(NEW)
    if not name.strip():
        return ""
    return (person_meant(desk, name) or add_person(desk, name)).id


def notes_of_contact(desk: Desk, id_: str) -> Notes:
    """What stands in a contact now, ready to be corrected."""
    kept = desk.vault.contact(id_)
    values = {name: str(getattr(kept, name)) for name in _OF_CONTACT}
    day = kept.follow_up_on
    values["follow_up"] = day.isoformat() if day else ""
    return Notes(
        kind=CONTACT,
        of=id_,
        values={k: v for k, v in values.items() if v},
        when=exactly(kept.at),
    )


def keep_contact(desk: Desk, notes: Notes, why: str = "") -> OfficialContact:
    """Keep *notes* as a talk, or as a better wording of the one they are of."""
    if not notes.value("organisation").strip():
        raise InvalidAnswerError(
            _("It is not said yet whom you talked to. Nothing was lost."),
            _("Write the name of the company, app, police station or court."),
        )
    now, day = desk.now(), notes.value("follow_up")
    follow_up = date.fromisoformat(day) if day else None
    if notes.of:
        before = desk.vault.contact(notes.of)
        again = before.followed_up and follow_up == before.follow_up_on
        kept = replace(_talk(before, notes), follow_up_on=follow_up)
        kept = replace(kept, followed_up=again)
        result = desk.vault.correct_contact(kept, whole(why).strip(), now)
    else:
        new = OfficialContact(
            id=secrets.token_hex(16), at=now.astimezone(), organisation=""
        )
        kept = replace(_talk(new, notes), follow_up_on=follow_up)
        result = desk.vault.add_contact(kept, now)
    forget(desk, notes)
    return result


def _talk(contact: OfficialContact, notes: Notes) -> OfficialContact:
    return replace(
        contact,
        at=notes.when.start or contact.at,
        organisation=notes.value("organisation"),
        person=notes.value("person"),
        badge_number=notes.value("badge_number"),
        channel=notes.value("channel"),
        reference=notes.value("reference"),
        outcome=notes.value("outcome"),
        promised=notes.value("promised"),
    )


def put_in_bin(desk: Desk, kind: str, id_: str, reason: str) -> None:
    """Out of every list; it can come back for 30 days."""
    desk.vault.put_in_bin(kind, id_, whole(reason), desk.now())


def take_out(desk: Desk, kind: str, id_: str) -> None:
    """Out of the bin again, as it was."""
    desk.vault.restore(kind, id_, desk.now())


def how_kept(desk: Desk) -> str:
    """What becomes of the record when the reader leaves, in a sentence."""
    if desk.vault.on_disk:
        return _("Kept in your vault.")
    return _("Not saving: gone when you leave.")
