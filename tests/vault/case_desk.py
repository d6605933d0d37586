"""A desk with a small case: incidents, files, talks and letters of every kind.

The words that may leave for nobody, or not for everybody, are constants, so that a
test can look for them in whatever was written.
"""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from pathlib import Path

from guide.actions.desk import THE_PERSON, Desk
from guide.actions.evidence import Tie, mark_sensitive
from guide.model.paper import Paper, Paragraph
from guide.model.people import Identifier, IdentifierKind, Person
from guide.model.records import (
    Evidence,
    Incident,
    LetterState,
    OfficialContact,
    WrittenLetter,
)
from guide.model.times import When, exactly
from tests.unit.media_samples import dated_jpeg
from tests.vault.evidence_desk import NOTHING_SAID, keep_all
from tests.vault.keeping_desk import NOON

PRIVATE = "nobody-may-read-this-note"
EFFECT = "i-do-not-sleep"
WITNESS = "Robin Witness"
DRAFT = "words-of-a-draft"
TO_A_FRIEND = "words-to-a-friend"
TO_A_SITE = "words-to-a-site"
THEIRS = "zed@example.com"
MAIL = (
    b"From: zed@example.com\r\nTo: me@example.org\r\nSubject: again\r\n"
    b"Date: Mon, 2 Nov 2026 10:00:00 +0000\r\n\r\nwords of the mail\r\n"
)


def add_incident(desk: Desk, account: str, at: datetime | None, note: str = "") -> str:
    """One incident by Zed; its id."""
    kept = desk.vault.add_incident(
        Incident(
            id=secrets.token_hex(16),
            recorded_at=NOON,
            account=account,
            person_id=THE_PERSON,
            witnesses=(WITNESS,),
            effect=EFFECT,
            when=exactly(at) if at else When(),
        ),
        note,
    )
    return kept.id


def add_zed(desk: Desk) -> None:
    zed = Identifier(kind=IdentifierKind.EMAIL, value=THEIRS)
    desk.vault.put_person(Person(id=THE_PERSON, label="Zed", identifiers=(zed,)), NOON)


def add_file(
    desk: Desk, folder: Path, name: str, data: bytes, of: str = ""
) -> Evidence:
    """One kept file, tied to an incident where *of* names one."""
    path = folder / name
    path.write_bytes(data)
    kept = keep_all(desk, path, said=NOTHING_SAID, tie=Tie(incident_id=of))
    return kept.kept[0]


def add_letter(desk: Desk, letter_id: str, words: str, *, sent: bool = True) -> str:
    """A letter that was finished, and sent unless told otherwise."""
    letter = WrittenLetter(
        id=secrets.token_hex(8),
        letter_id=letter_id,
        person_id="",
        paper=Paper(
            title=letter_id,
            subject=letter_id,
            paragraphs=(Paragraph(text=words),),
            to="Somebody",
        ),
        sha256="ab" * 32,
        finished_at=NOON,
        state=LetterState.FINISHED,
    )
    desk.vault.add_letter(letter, once=False)
    if sent:
        desk.vault.mark_sent(letter.id, NOON)
    return letter.id


def add_talk(desk: Desk, incident: str = "", evidence: str = "") -> OfficialContact:
    return desk.vault.add_contact(
        OfficialContact(
            id=secrets.token_hex(16),
            at=NOON,
            organisation="Police, Example Street",
            reference="REF-77",
            incident_ids=(incident,) if incident else (),
            evidence_ids=(evidence,) if evidence else (),
        ),
        NOON,
    )


def fill_case(desk: Desk, folder: Path) -> dict[str, str]:
    """The whole case; the ids by what they are."""
    add_zed(desk)
    first = add_incident(desk, "they wrote to me", NOON - timedelta(days=20), PRIVATE)
    second = add_incident(desk, "they wrote again", NOON - timedelta(days=3))
    third = add_incident(desk, "a call at night", None)
    mail = add_file(desk, folder, "again.eml", MAIL, first)
    photo = add_file(desk, folder, "door.jpg", dated_jpeg(), second)
    shame = add_file(desk, folder, "mine.png", dated_jpeg() + b"1", second)
    mark_sensitive(desk, shame.id, sensitive=True)
    loose = add_file(desk, folder, "list.txt", b"words only")
    add_letter(desk, "platform-report", TO_A_SITE)
    add_letter(desk, "trusted-person-brief", TO_A_FRIEND)
    add_letter(desk, "platform-report", DRAFT, sent=False)
    talk = add_talk(desk, first, mail.id)
    return {
        "first": first,
        "second": second,
        "third": third,
        "mail": mail.id,
        "photo": photo.id,
        "shame": shame.id,
        "loose": loose.id,
        "talk": talk.id,
    }
