"""People, and contact after the notice, as the screens show them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from guide.actions.desk import Desk, keep_nothing
from guide.actions.journey import Journey
from guide.actions.knowing import add_identifier, add_person, join
from guide.model.problems import GuideError
from guide.model.records import Incident
from guide.model.sheet import Row
from guide.model.times import about, exactly
from guide.vault.problems import IdentifierTakenError, ReasonNeededError
from guide.vault.store import Vault
from tests.vault.keeping_desk import NOTICE, finish_notice
from tests.vault.rows import evidence, letter

NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.fixture
def desk() -> Iterator[Desk]:
    with Vault.in_memory() as vault:
        yield replace(keep_nothing(), vault=vault, now=lambda: NOON)


def told(journey: Journey) -> str:
    return "\n".join(f"{block.lead}{block.text}" for block in journey.sheet().blocks)


def row(journey: Journey, value: str) -> Row:
    return next(each for each in journey.sheet().rows if each.value == value)


def at_person(desk: Desk, id_: str) -> Journey:
    journey = Journey(desk)
    journey.open(f"person:{id_}")
    return journey


def test_what_is_not_theirs_is_taken_back_with_a_reason(desk: Desk) -> None:
    """It stays readable, and can be given to whom it belongs to."""
    sam = add_person(desk, "Sam")
    add_identifier(desk, sam.id, "a@example.com")
    alex = add_person(desk, "Alex")
    with pytest.raises(IdentifierTakenError):
        add_identifier(desk, alex.id, "a@example.com")
    journey = at_person(desk, sam.id)
    journey.choose("wrong")
    journey.choose("a@example.com")
    with pytest.raises(ReasonNeededError):
        journey.typed(" ")
    journey.typed("it was Alex's")
    assert journey.sheet().name == "person"
    assert "Taken back: a@example.com: it was Alex's" in told(journey)
    assert "Email: " not in told(journey)
    add_identifier(desk, alex.id, "a@example.com")
    assert "Email: a@example.com" in told(at_person(desk, alex.id))


def test_a_number_that_only_looks_different_is_told_and_not_joined(
    desk: Desk,
) -> None:
    """The same number from home and from abroad: the reader judges whose it is."""
    sam, alex = add_person(desk, "Sam"), add_person(desk, "Alex")
    add_identifier(desk, sam.id, "+44 7700 900123")
    add_identifier(desk, alex.id, "07700 900999")
    words = "Perhaps the same person"
    assert words not in told(at_person(desk, alex.id))
    add_identifier(desk, alex.id, "07700 900123")
    assert f"{words}07700 900123 looks like +44 7700 900123 of Sam." in told(
        at_person(desk, alex.id)
    )
    assert "of Alex." in told(at_person(desk, sam.id))
    assert len(desk.vault.people()) == 2
    join(desk, alex.id, sam.id)
    assert words not in told(at_person(desk, alex.id))


@pytest.mark.parametrize("way", ["add", "unknown"])
def test_back_from_somebody_new_is_the_list(desk: Desk, way: str) -> None:
    """Whoever adds one person often adds another."""
    journey = Journey(desk)
    journey.open("people")
    journey.choose(way)
    if way == "add":
        assert journey.back()
        assert journey.sheet().name == "people"
        journey.choose(way)
        journey.typed("Sam")
    assert journey.sheet().name == "person"
    assert journey.back()
    assert journey.sheet().progress == "1 person"


def test_back_from_their_incidents_is_the_person(desk: Desk) -> None:
    sam = add_person(desk, "Sam")
    journey = at_person(desk, sam.id)
    journey.choose("theirs")
    assert journey.sheet().name == "incidents"
    assert journey.back()
    assert journey.sheet().title == "Sam"


def test_there_is_nothing_to_take_back_from_nobody(desk: Desk) -> None:
    journey = Journey(desk)
    journey.open("people")
    journey.choose("unknown")
    assert "wrong" not in [each.value for each in journey.sheet().rows]
    assert "Nobody knows yet who this is." in told(journey)


def happened(desk: Desk, id_: str, at: datetime, who: str, *, vague: bool) -> None:
    when = about(at) if vague else exactly(at)
    desk.vault.add_incident(
        Incident(id=id_, recorded_at=at, account="It rang.", when=when, person_id=who)
    )


@pytest.mark.parametrize("joined", [False, True], ids=["them", "joined later"])
def test_contact_after_the_notice_is_flagged_by_itself(
    desk: Desk, *, joined: bool
) -> None:
    """In the log, on its own screen, in the time-line and with the person."""
    journey = Journey(desk)
    finish_notice(journey)
    journey.choose("sent")
    journey.choose("sure")
    who = them = desk.vault.letters()[0].person_id
    if joined:
        who = add_person(desk, "Another name").id
    happened(desk, "before", NOON - 72 * HOUR, who, vague=False)
    happened(desk, "after", NOON + HOUR, who, vague=False)
    happened(desk, "perhaps", NOON + HOUR, who, vague=True)
    happened(desk, "other", NOON + HOUR, add_person(desk, "Jo").id, vague=False)
    if joined:
        journey.open("incident:after")
        assert "after the notice" not in told(journey)
        join(desk, them, who)
    journey.open("incidents")
    notes = {id_: row(journey, f"incident:{id_}").note for id_ in ("before", "other")}
    assert notes == {"before": "", "other": ""}
    assert row(journey, "incident:after").note == "after the notice"
    assert row(journey, "incident:perhaps").note == "perhaps after the notice"
    journey.open("incident:after")
    assert "This contact came after the notice was sent." in told(journey)
    journey.open("timeline")
    assert row(journey, "incident:after").note == "after the notice"
    assert "before: 1, after: 1, perhaps after: 1" in told(journey)
    journey = at_person(desk, them)
    assert "Letter to them: No-contact notice, sent" in told(journey)
    assert "Incidents after the notice: 1, and perhaps 1 more" in told(journey)


def test_a_notice_that_was_not_sent_flags_nothing(desk: Desk) -> None:
    journey = Journey(desk)
    finish_notice(journey)
    who = desk.vault.letters()[0].person_id
    happened(desk, "after", NOON + HOUR, who, vague=False)
    journey.open("incident:after")
    assert "after the notice" not in told(journey)
    assert "No-contact notice, finished" in told(at_person(desk, who))


def test_who_was_told_is_on_the_screen_of_the_incident(desk: Desk) -> None:
    kept = Incident(
        id="i", recorded_at=NOON, account="It rang.", reported_to=("Police", "Jo")
    )
    desk.vault.add_incident(kept)
    journey = Journey(desk)
    journey.open("incident:i")
    assert "Police\nJo" in told(journey)


def test_how_many_files_show_it_is_on_the_screen_of_the_incident(desk: Desk) -> None:
    for id_ in ("one", "two"):
        desk.vault.add_evidence(evidence(id_))
    ids = ("one", "two")
    kept = Incident(id="i", recorded_at=NOON, account="It rang.", evidence_ids=ids)
    desk.vault.add_incident(kept)
    journey = Journey(desk)
    journey.open("incident:i")
    assert "Files: 2" in told(journey)


def test_the_time_line_opens_the_notice_itself(desk: Desk) -> None:
    journey = Journey(desk)
    finish_notice(journey)
    journey.choose("sent")
    journey.choose("sure")
    kept = desk.vault.letters()[0]
    journey.open("timeline")
    journey.choose(row(journey, f"kept:{kept.id}").value)
    assert journey.sheet().name == "finished"
    journey.open("letters")
    assert row(journey, f"kept:{kept.id}").note == "sent"
    journey.open(NOTICE)
    assert journey.sheet().name == "finished"
    with pytest.raises(GuideError):
        journey.open("kept:nothing")
    assert journey.sheet().name == "finished"


def test_a_form_of_ones_own_is_no_letter_to_an_office(desk: Desk) -> None:
    desk.vault.add_letter(letter("form", "", "", "plan"), once=False)
    assert not desk.vault.contact_log()
    journey = Journey(desk)
    journey.open("letters")
    assert row(journey, "kept:form").text == "Form 1: Notice"


def test_a_letter_to_an_office_stands_among_the_officials_and_opens(
    desk: Desk,
) -> None:
    """By itself: finished, then sent; it is the letter's own screen that opens."""
    desk.vault.add_letter(letter("one", "", "abuse@example.com", "gone"), once=False)
    journey = Journey(desk)
    journey.open("officials")
    assert row(journey, "contact:letter:one").note == "letter, finished, not sent yet"
    journey.choose("contact:letter:one")
    journey.choose("kept:one")
    assert journey.sheet().name == "finished"
    assert not any("could do harm" in block.text for block in journey.sheet().blocks)
    journey.choose("sent")
    journey.choose("sure")
    journey.open("officials")
    assert row(journey, "contact:letter:one").note == "letter, sent"
