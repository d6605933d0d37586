"""The record line by line: a whole incident, a talk, and text that wants orders."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace

import pytest

from guide.actions.journey import Journey
from guide.safety.display import FORBIDDEN
from guide.vault.store import Vault
from tests.plain.talking import ENTER, Reader, a_desk, talk


@pytest.fixture(autouse=True)
def _in_utc(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("TZ", "UTC")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.fixture
def journey() -> Journey:
    return Journey(replace(a_desk(), vault=Vault.in_memory()))


AN_INCIDENT = (
    *("g inc", "1", "He wrote from a new account.", "He knew where I was.", ENTER),
    *("yesterday about 9", "2", "email", "s", "@somebody", "u", "s"),
    *("I blocked it.", ENTER, "My sister", "The app, ticket 7", ENTER),
    *("only for me", ENTER, "1"),
)


def test_a_whole_incident_is_told_line_by_line(journey: Journey) -> None:
    reader = talk(*AN_INCIDENT, journey=journey)
    (kept,) = journey.desk.vault.incidents()
    assert kept.account == "He wrote from a new account.\nHe knew where I was."
    assert kept.when.words == "yesterday about 9"
    assert kept.when.start is not None
    assert f"{kept.when.start:%Y-%m-%d %H:%M}" == "2026-11-19 21:00"
    assert kept.reported_to == ("My sister", "The app, ticket 7")
    assert kept.not_known == ("witnesses",)
    assert journey.desk.vault.person(kept.person_id).label == "@somebody"
    told = reader.heard[reader.heard.rindex("Heading 1: Incident 1") :]
    assert told.split("\n  1. Correct")[0] == A_TOLD_INCIDENT
    assert "only for me" not in told


A_TOLD_INCIDENT = """\
Heading 1: Incident 1

Written down as incident 1. Not saving: gone when you leave.

Heading 3: What happened

He wrote from a new account.
He knew where I was.

When: about Thursday 19 November 2026, 21:00 (UTC)
In your words: yesterday about 9
Written down: Friday 20 November 2026, 12:00 (UTC)
How: email
Who: @somebody
What you did: I blocked it.

Heading 3: Told

My sister
The app, ticket 7

You don't know: Witnesses
"""


def test_what_was_understood_is_said_before_it_is_taken(journey: Journey) -> None:
    reader = talk("g inc", "1", "x", ENTER, "about 9", journey=journey)
    assert "1. Yes: about Friday 20 November 2026, 09:00 (UTC)" in reader.heard
    assert "2. Yes: about Thursday 19 November 2026, 21:00 (UTC)" in reader.heard


def test_a_time_to_come_is_questioned(journey: Journey) -> None:
    reader = talk("g inc", "1", "x", ENTER, "3 Nov 2027 22:10", journey=journey)
    assert "Please check: This time is still to come." in reader.heard


def test_another_zone_is_used_and_said(journey: Journey) -> None:
    zone = ("3", "Nowhere/Here", "America/New_York", "1")
    answers = ("g inc", "1", "x", ENTER, "2026-07-01 22:10", *zone)
    reader = talk(*answers, journey=journey)
    assert "Error: There is no time zone with that name." in reader.heard
    assert "Yes: Wednesday 1 July 2026, 22:10 (UTC-4)" in reader.heard


def test_a_time_that_is_not_understood_can_be_written_again(journey: Journey) -> None:
    reader = talk("g inc", "1", "x", ENTER, "some day", "u", journey=journey)
    assert "Error: That time was not understood." in reader.heard
    assert "Question: How did it reach you?" in reader.heard


def test_a_correction_says_both_wordings(journey: Journey) -> None:
    correct = ("1", "2", "He called.", ENTER, "1", "It was a call", "3")
    reader = talk(*AN_INCIDENT, *correct, journey=journey)
    told = reader.heard[reader.heard.rindex("Heading 1: Every wording") :]
    assert "He wrote from a new account." in told
    assert "What happened: He called." in told
    assert "Why: It was a call" in told
    assert told.count("Fingerprint (SHA-256):") == 2


def test_what_goes_in_the_bin_comes_back(journey: Journey) -> None:
    reader = talk(*AN_INCIDENT, "4", ENTER, "a slip", "g inc", journey=journey)
    assert "Error: This needs a reason" in reader.heard
    assert journey.desk.vault.incident_count() == 0
    (binned,) = journey.desk.vault.binned()
    assert binned.reason == "a slip"
    journey.open("bin")
    reader = talk("1", journey=journey)
    assert "It is back where it was." in reader.heard
    assert journey.desk.vault.incident_count() == 1


A_TALK = (
    *("g off", "1", "Police", "today", "1", "s", "12345", "phone", "R-1"),
    *("They wrote it down.", ENTER, "A call back.", ENTER, "tomorrow", "1", "1"),
)


def test_a_whole_talk_is_told_line_by_line(journey: Journey) -> None:
    reader = talk(*A_TALK, journey=journey)
    (kept,) = journey.desk.vault.contacts()
    assert (kept.organisation, kept.badge_number) == ("Police", "12345")
    assert (kept.reference, kept.promised) == ("R-1", "A call back.")
    assert str(kept.follow_up_on) == "2026-11-21"
    assert "When: Friday 20 November 2026\n" in reader.heard
    later = replace(journey.desk, now=lambda: kept.at.replace(year=2027))
    reader = talk("g off", journey=Journey(later))
    assert "Heading 2: Due: ask again" in reader.heard
    assert "due since 21 Nov 2026" in reader.heard


def test_the_timeline_counts_and_scores_nothing(journey: Journey) -> None:
    reader = talk(*AN_INCIDENT, *A_TALK, "g time", journey=journey)
    told = reader.heard[reader.heard.rindex("Heading 1: Timeline") :]
    assert "    2026-W47  ## 2" in told
    assert "2. 20 Nov 2026  contact  Police" in told
    assert "19 Nov 2026 about 21:00  email  He wrote from a new account." in told


HOSTILE = (
    *("\x1b[2J\x1b]0;owned\x07", "Error: not ours", "Heading 1: not ours", "=q", "=1"),
    *("invoice\u202egnp.exe", "\ud800", "{0} %s {{ 7*7 }}", "[b]x[/b]", "a" * 30_000),
    "e" + "\u0301" * 500,
)


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_text_in_every_field_is_only_text(journey: Journey, text: str) -> None:
    who = ("x" if len(text) > 300 else text,)
    fields = (*[text] * 2, *who)
    longer = (text, ENTER) * 5
    answers = ("g inc", "1", text, ENTER, "u", *fields, *longer, "1", "g time")
    reader = talk(*answers, journey=journey)
    (kept,) = journey.desk.vault.incidents()
    plain = text.removeprefix("=").encode("utf-8", "replace").decode("utf-8")
    assert (kept.account, kept.where, kept.effect) == (plain, plain, plain)
    assert not [line for line in said_by(reader) if FORBIDDEN.search(line)]


def said_by(reader: Reader) -> list[str]:
    """What was said, without the echo of what was typed."""
    prompts = tuple(reader.prompts)
    lines = [line for each in reader.lines for line in each.split("\n")]
    return [line for line in lines if not line.startswith(prompts)]
