"""Evidence line by line: an intake, its result, and files of an incident."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from guide.actions.journey import Journey
from guide.actions.notes import CONTACT, EVIDENCE, INCIDENT, Notes
from guide.actions.recording import keep_contact, keep_incident, put_in_bin
from guide.safety.display import FORBIDDEN
from tests.plain.talking import ENTER, NOON, a_desk, talk
from tests.vault.evidence_desk import keep_all
from tests.vault.keeping_desk import WORDS, kept_at


@pytest.fixture(autouse=True)
def _in_utc(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("TZ", "UTC")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.fixture
def journey(tmp_path: Path) -> Iterator[Journey]:
    begun = Journey(kept_at(a_desk(), tmp_path / "vault"))
    yield begun
    begun.desk.close()


@pytest.fixture
def mail(tmp_path: Path) -> Path:
    path = tmp_path / "mail 0311.eml"
    text = (
        "From: a@example.com\nTo: b@example.com\nDate: Tue, 3 Nov 2026 22:10:00 +0100"
    )
    path.write_text(f"{text}\nSubject: again\n\nI know where you are.\n")
    return path


def test_a_mail_is_kept_line_by_line(journey: Journey, mail: Path) -> None:
    """Only words: the question about pictures does not come."""
    said = ("the mail program", "s", "A. Person", "3 Nov 2026 23:00", "1", ENTER, "s")
    reader = talk("g evi", f"'{mail}'", "1", *said, "1", "1", "1", journey=journey)
    assert "Might it show" not in reader.heard
    (id_,) = journey.desk.vault.evidence_ids()
    file = journey.desk.vault.evidence(id_)
    assert (file.original_name, file.source) == ("mail 0311.eml", "the mail program")
    assert file.acquired_by == "A. Person"
    told = reader.heard[reader.heard.rindex("Heading 1: File 1") :]
    assert "Kind: mail message" in told
    assert f"  {file.sha256}" in told
    assert "What the file says about itself is a claim. It can be wrong." in told
    assert "- The message says that it was sent: Tue, 3 Nov 2026" in told
    assert "kept, the mail program, A. Person" in " ".join(told.split())


def test_a_path_that_led_nowhere_is_there_for_another_try(
    journey: Journey, mail: Path
) -> None:
    """A stick that was not in yet: Enter looks again, and nothing is typed again."""
    stick = mail.with_name("stick")
    reader = talk("g evi", str(stick), journey=journey)
    assert "Error: There is no file with that name." in reader.heard
    assert "Enter to use what is there" in reader.prompts[-1]
    stick.mkdir()
    mail.rename(stick / mail.name)
    reader = talk(ENTER, journey=journey)
    assert "Heading 1: What was found" in reader.heard


def test_the_answer_of_an_office_is_kept_with_the_talk(
    journey: Journey, mail: Path
) -> None:
    notes = Notes(kind=CONTACT, values={"organisation": "Provider"})
    contact = keep_contact(journey.desk, notes)
    journey.open(f"contact:{contact.id}")
    assert "Keep their answer as a file" in repr(journey.sheet().rows)
    journey.open(f"files:contact:{contact.id}")
    reader = talk(str(mail), "1", "s", "2", "1", "b", "b", journey=journey)
    assert "Which incident" not in reader.heard
    (id_,) = journey.desk.vault.evidence_ids()
    assert journey.desk.vault.contact(contact.id).evidence_ids == (id_,)
    assert "Back to the contact" in reader.heard
    journey.open(f"contact:{contact.id}")
    (row,) = [r for r in journey.sheet().rows if r.value.startswith("files:")]
    assert (row.text, row.note) == ("Files", "1 file")


def test_an_incident_shows_its_files(journey: Journey, mail: Path) -> None:
    notes = Notes(kind=INCIDENT, values={"account": "He wrote."})
    incident = keep_incident(journey.desk, notes)
    (file,) = keep_all(journey.desk, mail).kept
    journey.open(f"evidence:{file.id}")
    journey.choose("tie")
    journey.choose(f"incident:{incident.id}")
    assert journey.sheet().name == "evidence-file"
    journey.open(f"files:incident:{incident.id}")
    assert journey.sheet().title == "Files of incident 1"
    assert [row.value for row in journey.sheet().rows] == [f"evidence:{file.id}"]


def test_a_wrong_name_is_said_and_can_be_typed_again(
    journey: Journey, mail: Path
) -> None:
    reader = talk("g evi", "/no/such/file", str(mail), journey=journey)
    assert "Error: There is no file with that name." in reader.heard
    assert "Heading 1: What was found" in reader.heard


def test_the_same_file_leads_to_the_one_that_is_kept(
    journey: Journey, mail: Path
) -> None:
    (file,) = keep_all(journey.desk, mail).kept
    reader = talk("g evi", str(mail), "1", "s", "2", "1", "1", "1", journey=journey)
    assert "Heading 1: Nothing new was kept" in reader.heard
    assert "1 file was in your vault already, byte for byte." in reader.heard
    heard = " ".join(reader.heard.split())
    assert "the same file came again: mail 0311.eml" in heard
    assert journey.desk.vault.evidence_ids() == (file.id,)


def test_without_a_vault_it_says_so() -> None:
    reader = talk("g evi")
    assert "Heading 1: Evidence" in reader.heard
    assert "1. Keep my notes" in reader.heard
    assert "Drop a file here" not in reader.heard


def test_who_asked_to_keep_nothing_is_not_sent_in_a_circle() -> None:
    journey = Journey(replace(a_desk(), may_keep=False))
    reader = talk("g evi", journey=journey)
    assert "You asked to keep nothing this time" in reader.heard
    assert "Keep my notes" not in reader.heard[reader.heard.rindex("Heading 1") :]


def test_a_correction_is_walked(journey: Journey, mail: Path) -> None:
    (file,) = keep_all(journey.desk, mail).kept
    journey.open(f"evidence:{file.id}")
    talk("3", "4", "My sister", "1", "I asked her", journey=journey)
    assert journey.desk.vault.evidence(file.id).acquired_by == "My sister"
    assert journey.desk.vault.evidence_history(file.id)[1].why == "I asked her"


def test_the_bin_is_emptied_only_by_the_reader(
    journey: Journey, mail: Path, tmp_path: Path
) -> None:
    (file,) = keep_all(journey.desk, mail).kept
    put_in_bin(journey.desk, EVIDENCE, file.id, "not mine")
    journey.open("bin")
    assert "Remove for ever" not in repr(journey.sheet())
    later = replace(journey.desk, now=lambda: NOON + timedelta(days=31))
    after = Journey(later)
    after.open("bin")
    reader = talk("2", "1", "2", "2", WORDS, journey=after)
    assert "ask a lawyer or an advocate" in reader.heard
    assert "1 entry is gone." in reader.heard
    assert not list((tmp_path / "vault" / "sealed").iterdir())
    assert len(later.vault.tombstones()) == 1


def test_hostile_names_and_words_are_only_text(
    journey: Journey, tmp_path: Path
) -> None:
    place = tmp_path / "in"
    place.mkdir()
    (place / "\x1b[2J\u202e.txt").write_bytes(b"\x1b]0;owned\x07 words")
    reader = talk(
        *("g evi", str(place), "1", "\x1b[31mred", "2", "1", "1", "1", "1", "b", "b"),
        journey=journey,
    )
    assert "words" in reader.heard
    lines = [line for line in reader.lines if not line.endswith("\x1b[31mred")]
    assert not [x for line in lines for x in line.split("\n") if FORBIDDEN.search(x)]


def test_a_vault_that_is_only_read_takes_nothing_in(
    journey: Journey, mail: Path
) -> None:
    """It can still be looked at and verified; nothing is noted of that."""
    (file,) = keep_all(journey.desk, mail).kept
    opened = journey.desk.opened
    assert opened is not None
    closed = replace(journey.desk, opened=replace(opened, read_only=True))
    reader = talk("g evi", "1", "1", "b", "2", journey=Journey(closed))
    assert "This vault can only be read here" in reader.heard
    assert "Drop a file here" not in reader.heard
    assert "1 file matches its fingerprint." in reader.heard
    assert "Write a plain copy" not in reader.heard
    assert len(closed.vault.custody(file.id)) == 1
