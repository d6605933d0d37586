"""A complaint that was sent is asked after by itself, with the dates of the first."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from guide.actions.desk import Desk, keep_nothing
from guide.actions.journey import Journey
from guide.model.records import OfficialContact

SENT = datetime(2026, 11, 3, 10, 0, tzinfo=UTC)
LATE = timedelta(days=14)


class Clock:
    """A clock that the test sets."""

    def __init__(self) -> None:
        self.at = SENT

    def __call__(self) -> datetime:
        return self.at


@pytest.fixture
def clock() -> Clock:
    """It shows the time at which the complaint is sent."""
    return Clock()


@pytest.fixture
def desk(clock: Clock) -> Desk:
    """A desk with that clock."""
    return replace(keep_nothing(), now=clock)


def sent(desk: Desk, letter: str, address: str, blanks: dict[str, str]) -> Journey:
    """*letter* written, finished and marked as sent."""
    journey = Journey(desk)
    journey.open(f"letter:{letter}")
    return marked(journey, address, blanks)


def marked(journey: Journey, address: str, blanks: dict[str, str]) -> Journey:
    if journey.sheet().name == "may-reach":
        journey.choose("go-on")
    for blank, value in blanks.items():
        journey.fill(blank, value)
    journey.choose("finish")
    journey.typed(address)
    journey.choose("sent")
    journey.choose("sure")
    return journey


HOST = {
    "host_name": "Hosting Example",
    "host_address": "abuse@hosting.example",
    "links": "https://pages.example.com/x",
    "what_happened": "A page about me",
    "reply_address": "safe@example.org",
}


def the_talk(desk: Desk) -> OfficialContact:
    (talk,) = desk.vault.contact_log()
    return talk


def complained(desk: Desk) -> Journey:
    return sent(desk, "host-complaint", "abuse@hosting.example", HOST)


def test_a_sent_complaint_is_a_talk_with_a_day_to_ask_again(desk: Desk) -> None:
    """Once, with the office, the day it left and 14 days more; said on the screen."""
    journey = complained(desk)
    assert "17 November 2026" in journey.sheet().blocks[0].text
    talk = the_talk(desk)
    assert talk.organisation == "Hosting Example"
    assert talk.follow_up_on == date(2026, 11, 17)
    assert talk.letter_id
    journey.open("officials")
    rows = [row for row in journey.sheet().rows if "Hosting Example" in row.text]
    assert len(rows) == 1


def test_a_letter_that_is_only_finished_is_not_waited_for(desk: Desk) -> None:
    """Nobody has it yet."""
    journey = Journey(desk)
    journey.open("letter:host-complaint")
    journey.choose("go-on")
    for blank, value in HOST.items():
        journey.fill(blank, value)
    journey.choose("finish")
    journey.typed("abuse@hosting.example")
    assert the_talk(desk).follow_up_on is None
    assert desk.vault.due(date(2027, 1, 1)) == ()


def test_a_letter_to_a_friend_is_not_chased(desk: Desk) -> None:
    """Only those who owe an answer are."""
    friends = {each.id: each for each in desk.library.letters.values()}
    assert friends["contacts-message"].after != "s-followup"
    assert friends["no-contact-notice"].after != "s-followup"


def test_the_reminder_is_offered_when_the_day_has_come(
    desk: Desk, clock: Clock
) -> None:
    """At home, in Officials and on the talk; not a day before."""
    journey = complained(desk)
    remind = f"remind:{the_talk(desk).id}"
    for days, offered in ((13, False), (14, True), (40, True)):
        clock.at = SENT + timedelta(days=days)
        for screen in ("home", "officials", f"contact:{the_talk(desk).id}"):
            journey = Journey(desk)
            if screen != "home":
                journey.open(screen)
            values = [row.value for row in journey.sheet().rows]
            assert (remind in values) is offered, (screen, days)


def test_the_reminder_holds_the_dates_of_the_first_complaint(
    desk: Desk, clock: Clock
) -> None:
    """Nothing is asked twice."""
    complained(desk)
    talk = the_talk(desk)
    clock.at = SENT + LATE
    journey = Journey(desk)
    journey.open(f"remind:{talk.id}")
    journey.choose("go-on")
    form = journey.sheet().form
    assert form is not None
    filled = {field.id: field.value for field in form.fields}
    assert filled["followup_name"] == "Hosting Example"
    assert filled["followup_address"] == "abuse@hosting.example"
    assert filled["sent_date"] == "2026-11-03"
    assert filled["answer_by"] == "2026-12-01"
    assert filled["report_about"].startswith("Abuse report")
    assert filled["reply_address"] == "safe@example.org"
    assert not form.missing


def test_what_was_typed_into_the_reminder_is_still_there(
    desk: Desk, clock: Clock
) -> None:
    """Opening it again changes nothing."""
    complained(desk)
    talk = the_talk(desk)
    clock.at = SENT + LATE
    for _time in range(2):
        journey = Journey(desk)
        journey.open(f"remind:{talk.id}")
        journey.choose("go-on")
        journey.fill("new_words", "It goes on.")
    journey = Journey(desk)
    journey.open(f"remind:{talk.id}")
    assert desk.vault.fields()["new_words"] == "It goes on."


def test_a_sent_reminder_sets_a_new_day_for_the_first_complaint(
    desk: Desk, clock: Clock
) -> None:
    """One report stays one report, and the next reminder names the one before."""
    complained(desk)
    talk = the_talk(desk)
    clock.at = SENT + LATE
    journey = Journey(desk)
    journey.open(f"remind:{talk.id}")
    marked(journey, "abuse@hosting.example", {})
    again = desk.vault.contact(talk.id)
    assert again.follow_up_on == date(2026, 12, 1)
    assert len(desk.vault.contacts()) == 1
    assert desk.vault.due(desk.today()) == ()
    clock.at = SENT + 2 * LATE
    journey = Journey(desk)
    journey.open(f"remind:{talk.id}")
    fields = desk.vault.fields()
    assert fields["reminded_date"] == "2026-11-17"
    assert fields["sent_date"] == "2026-11-03"


def test_the_day_can_be_changed_and_the_talk_be_done(desk: Desk, clock: Clock) -> None:
    """Like any other talk; done, it is offered nowhere."""
    complained(desk)
    talk = the_talk(desk)
    sooner = replace(talk, follow_up_on=date(2026, 11, 5))
    desk.vault.correct_contact(sooner, "they are slow", clock())
    clock.at = SENT + timedelta(days=2)
    assert [each.id for each in desk.vault.due(desk.today())] == [talk.id]
    desk.vault.followed_up(talk.id, clock())
    journey = Journey(desk)
    assert f"remind:{talk.id}" not in [row.value for row in journey.sheet().rows]
