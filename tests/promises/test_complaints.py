"""The promises of a complaint: one account, and no address let slip."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from pathlib import Path

import pytest

from tests.promises.complaining import (
    OWN,
    as_file,
    every_way_to_read,
    finished,
    opened_at_desk,
    saved,
    words,
)


@pytest.mark.parametrize("ending", ["txt", "md", "eml", "arf.eml", "xarf.json"])
def test_a_masked_complaint_holds_no_own_address(tmp_path: Path, ending: str) -> None:
    """In the letter, in the message, in the facts: nowhere."""
    path, whole = saved(tmp_path, "a")
    journey = finished(opened_at_desk(path), "masked")
    made = as_file(journey, ending, tmp_path)
    said = every_way_to_read(made)
    assert OWN not in said.casefold()
    assert "reader.example" not in said.casefold()
    assert hashlib.sha256(whole).hexdigest() in re.sub(r"\s", "", said)
    assert "RFC 6590" in " ".join(said.split())


@pytest.mark.parametrize("ending", ["eml", "arf.eml", "xarf.json"])
def test_an_unmasked_complaint_holds_the_same_bytes(
    tmp_path: Path, ending: str
) -> None:
    """A DKIM signature in them holds still."""
    path, whole = saved(tmp_path, "a")
    journey = finished(opened_at_desk(path), "provider-complaint")
    made = as_file(journey, ending, tmp_path)
    if ending == "xarf.json":
        made = base64.b64decode(json.loads(made)["Evidence"][0]["Content"])
    assert whole in made
    assert b"RFC 6590" not in made


def test_a_guessed_desk_says_that_it_may_be_the_person(tmp_path: Path) -> None:
    """Before anything is written."""
    path, _whole = saved(tmp_path, "a")
    sheet = opened_at_desk(path).sheet()
    assert sheet.blocks[0].lead == "This may reach the person"
    assert "The person may run it" in sheet.blocks[0].text


def test_more_messages_of_the_same_account_go_along(tmp_path: Path) -> None:
    """Those of others are named and left out; the table names every fingerprint."""
    path, one = saved(tmp_path, "a")
    second, two = saved(tmp_path, "b", text="again")
    friend, other = saved(tmp_path, "c", sender="friend@friend.example")
    forged, fake = saved(tmp_path, "d", result="fail")
    journey = opened_at_desk(path)
    journey.choose("more")
    journey.typed(f"'{second}' '{friend}' '{forged}' '{path}'")
    said = words(journey.sheet())
    assert "2 messages go into this complaint" in said
    assert "c.eml, friend@friend.example" in said
    assert "it is from another address" in said
    assert "does not say the same about its sender" in said
    assert "it is already there" in said
    finished(journey, "provider-complaint")
    letter = words(journey.sheet())
    for whole in (one, two):
        assert hashlib.sha256(whole).hexdigest() in letter
    made = as_file(journey, "eml", tmp_path)
    assert one in made
    assert two in made
    assert other not in made
    assert fake not in made


def test_a_mailbox_gives_only_the_messages_of_the_account(tmp_path: Path) -> None:
    """A whole mailbox can be named: the rest of it stays with the reader."""
    path, _one = saved(tmp_path, "a")
    _second, two = saved(tmp_path, "b", text="again")
    _friend, other = saved(tmp_path, "c", sender="friend@friend.example")
    parting = b"From sender@example.com Tue Nov  3 10:15:04 2026\n"
    mailbox = tmp_path / "all.mbox"
    mailbox.write_bytes(parting + two + b"\n" + parting + other)
    journey = opened_at_desk(path)
    journey.choose("more")
    journey.typed(str(mailbox))
    made = as_file(finished(journey, "provider-complaint"), "xarf.json", tmp_path)
    report = json.loads(made)
    assert report["Occurrences"] == 2
    assert OWN.encode() in base64.b64decode(report["Evidence"][1]["Content"])
    assert "friend" not in every_way_to_read(made)


def test_unconfirmed_messages_from_two_networks_are_not_one_account(
    tmp_path: Path,
) -> None:
    """Anybody can write the same address into From."""
    path, _one = saved(tmp_path, "a", result="fail")
    other, _two = saved(tmp_path, "b", result="fail", source="198.51.100.7")
    journey = opened_at_desk(path)
    journey.choose("more")
    journey.typed(str(other))
    assert "it came from another network" in words(journey.sheet())
