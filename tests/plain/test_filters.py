"""A filter line by line: whose mail, for which service, and the file."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from guide.actions.journey import Journey
from guide.actions.knowing import add_identifier, add_person
from guide.filters import CHATS, SERVICES
from guide.safety.display import FORBIDDEN
from guide.vault.store import Vault
from tests.plain.talking import Reader, a_desk, talk
from tests.promises.filter_readers import read_gmail, read_sieve
from tests.promises.test_filters_keep import HARM


@pytest.fixture
def journey() -> Journey:
    journey = Journey(replace(a_desk(), vault=Vault.in_memory()))
    journey.open("tool:filters")
    return journey


def heard_last(reader: Reader, title: str) -> str:
    """What was said from the last time that *title* was."""
    return reader.heard[reader.heard.rindex(title) :]


def test_a_persons_addresses_become_a_file_for_gmail(
    journey: Journey, tmp_path: Path
) -> None:
    person = add_person(journey.desk, "Some Body")
    add_identifier(journey.desk, person.id, "a@example.com")
    add_identifier(journey.desk, person.id, "b@example.org")
    target = tmp_path / "mailFilters.xml"
    reader = talk("1", "1", "1", "2", "1", str(target), journey=journey)
    assert "1. Some Body (2 addresses)" in reader.heard
    assert f"Saved: {target}." in reader.heard
    read = read_gmail(target.read_text("ascii"))
    assert read.whose == {"a@example.com", "b@example.org"}
    assert "shouldMarkAsRead" in read.does
    assert "Gmail empties Spam after 30 days" in reader.heard


def test_nothing_is_written_over(journey: Journey, tmp_path: Path) -> None:
    target = tmp_path / "held.sieve"
    target.write_text("mine")
    reader = talk("1", "a@example.com", "Another", "1", str(target), journey=journey)
    assert "Error: There is something with that name." in reader.heard
    assert target.read_text() == "mine"


def test_a_whole_domain_comes_only_after_a_warning(
    journey: Journey, tmp_path: Path
) -> None:
    target = tmp_path / "held.sieve"
    reader = talk(
        *("1", "a@their-own.example.com b@gmail.com", "Another"),
        *("Also everybody", "2", "1", str(target)),
        journey=journey,
    )
    warned = heard_last(reader, "Heading 1: Everybody at their domain?")
    assert "You may miss others there" in " ".join(warned.split())
    assert "- @their-own.example.com" in warned
    assert "@gmail.com" not in warned.split("1. No")[0]
    read = read_sieve(target.read_bytes().decode("ascii"))
    addresses = {"a@their-own.example.com", "b@gmail.com"}
    assert read.whose == {*addresses, "@their-own.example.com"}


def test_no_to_the_warning_leaves_the_addresses(journey: Journey) -> None:
    talk("1", "a@example.com", "Another", "Also everybody", "1", journey=journey)
    assert "@example.com" in journey.sheet().copy_text
    assert ":domain" not in journey.sheet().copy_text


def test_a_big_service_is_never_offered_whole(journey: Journey) -> None:
    reader = talk("1", "a@gmail.com", "Another", journey=journey)
    assert "everybody at their domain" not in reader.heard


@pytest.mark.parametrize("service", SERVICES)
def test_every_service_is_told_to_the_end(journey: Journey, service: str) -> None:
    journey.choose("saved")
    journey.typed("a@example.com x'y@example.org")
    journey.choose(service)
    reader = talk(journey=journey)
    heard = " ".join(reader.heard.split())
    assert "a@example.com" in heard.replace("\\", "")  # procmail escapes the dot
    assert "Spam: " in heard
    assert "Checked: 2026-11." in heard
    assert "It deletes nothing, answers nobody and sends nothing on." in heard
    assert "x'y@example.org" in heard.replace(
        "\\", ""
    )  # in the filter, or named as left out
    assert not any(FORBIDDEN.search(line) for line in reader.lines)


@pytest.mark.parametrize("program", CHATS)
def test_every_chat_is_told_to_the_end(journey: Journey, program: str) -> None:
    name = {"matrix": "@x:example.org", "xmpp": "x@example.org"}.get(program, "trouble")
    journey.choose("saved")
    journey.typed(name)
    journey.choose(program)
    reader = talk(journey=journey)
    assert name in reader.heard
    assert "Save first: " in reader.heard
    assert not HARM.search(journey.sheet().copy_text)


HOSTILE = ('a"b@example.com', "\x1b[2J@example.com", "a@example.com\u202e", "{0}%s@x")


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_text_is_named_and_only_text(journey: Journey, text: str) -> None:
    reader = talk("1", f"good@example.com {text}", "Another", journey=journey)
    assert "good@example.com" in journey.sheet().copy_text
    assert text not in journey.sheet().copy_text
    said = [x for x in reader.lines if not x.startswith(tuple(reader.prompts))]
    assert not any(FORBIDDEN.search(line) for line in said)
