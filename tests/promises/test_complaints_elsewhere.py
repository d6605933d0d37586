"""Complaints that are not to a mail provider: to a host, to those who run a list."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from guide.actions.desk import keep_nothing
from guide.actions.journey import Journey
from guide.model.problems import GuideError
from tests.promises.complaining import (
    WHEN,
    as_file,
    choose_desk,
    opened,
    opened_at_desk,
    saved,
    words,
)


def test_a_link_leads_to_the_letter_for_a_host_without_the_message(
    tmp_path: Path,
) -> None:
    """Its blanks are filled, and the mail itself stays with the reader."""
    path, whole = saved(tmp_path, "a", text="https://pages.letters.example/about?who=1")
    journey = opened(path)
    choose_desk(journey, "letters.example")
    assert "RFC 2142" not in words(journey.sheet())
    journey.choose("host-complaint")
    journey.choose("go-on")
    form = journey.sheet().form
    assert form is not None
    filled = {field.id: field.value for field in form.fields}
    assert filled["host_name"] == "letters.example"
    assert filled["links"] == "https://pages.letters.example/about"
    journey.fill("reply_address", "safe@example.org")
    journey.fill("what_happened", "A page about me")
    journey.choose("finish")
    journey.typed(filled["host_address"])
    assert whole not in as_file(journey, "eml", tmp_path)


def test_a_list_leads_to_the_letter_for_those_who_run_it(tmp_path: Path) -> None:
    """With the account, the time and the message to look for."""
    path, _whole = saved(
        tmp_path,
        "a",
        "List-Id: Talk <talk.lists.example>",
        "List-Owner: <mailto:owner@lists.example>",
    )
    journey = opened(path)
    choose_desk(journey, "talk.lists.example")
    journey.choose("admin-report")
    journey.choose("go-on")
    form = journey.sheet().form
    assert form is not None
    filled = {field.id: field.value for field in form.fields}
    assert filled["chat_address"] == ""  # anybody could have put one into the message
    assert filled["their_account"] == "somebody@sender.example"
    assert filled["event_time"] == "Tue, 03 Nov 2026 10:15:02 +0100"


@pytest.mark.parametrize(
    ("choice", "letter", "filled"),
    [
        pytest.param(
            "host-complaint",
            "host-complaint",
            {
                "host_name": "letters.example",
                "links": "https://a.letters.example/t?n=5",
            },
            id="host",
        ),
        pytest.param(
            "staff",
            "admin-report",
            {
                "chat_name": "a.letters.example",
                "chat_address": "",
                "room_place": "https://a.letters.example/t?n=5",
            },
            id="staff",
        ),
    ],
)
def test_a_link_alone_fills_a_letter(
    choice: str, letter: str, filled: dict[str, str]
) -> None:
    """The page is not opened; what is known stands in the blanks, once."""
    journey = Journey(keep_nothing())
    journey.open("tool:mail")
    journey.typed("https://a.letters.example/t?n=5")
    assert journey.sheet().blocks[0].lead == "This may reach the person"
    journey.choose(choice)
    journey.choose("go-on")
    sheet = journey.sheet()
    assert sheet.name == letter
    assert sheet.form is not None
    found = {field.id: field.value for field in sheet.form.fields}
    assert {key: found[key] for key in filled} == filled


@pytest.mark.parametrize(
    "link", ["https://192.168.1.1/x", "http://localhost/", "https://"]
)
def test_a_link_that_names_no_site_leads_to_nobody(link: str) -> None:
    """Said, with nothing opened."""
    journey = Journey(keep_nothing())
    journey.open("tool:mail")
    with pytest.raises(GuideError):
        journey.typed(link)


def test_what_was_typed_about_a_desk_is_not_written_over(tmp_path: Path) -> None:
    """Going back and choosing the same desk again loses nothing."""
    path, _whole = saved(tmp_path, "a", text="https://pages.letters.example/about")
    journey = opened(path)
    for _time in range(2):
        journey.open("tool:mail")
        journey.typed(str(path))
        choose_desk(journey, "letters.example")
        journey.choose("host-complaint")
        journey.choose("go-on")
        if not _time:
            journey.fill("links", "https://pages.letters.example/other")
    form = journey.sheet().form
    assert form is not None
    values = {field.id: field.value for field in form.fields}
    assert values["links"] == "https://pages.letters.example/other"


def test_a_message_to_nobody_is_not_called_masked(tmp_path: Path) -> None:
    """A blind copy does not say whose address would have to be hidden."""
    path = tmp_path / "blind.eml"
    lines = (
        "Authentication-Results: mx.example.com; dmarc=pass header.from=sender.example",
        f"Received: from x (unknown [203.0.113.9]) by mx.example.com{WHEN}",
        "From: somebody@sender.example",
        "Subject: x",
        "",
        "x",
    )
    path.write_bytes("\r\n".join(lines).encode())
    journey = opened_at_desk(path)
    with pytest.raises(GuideError):
        journey.choose("masked")
    assert journey.sheet().name == "abuse-desk"


def test_the_letter_to_the_staff_says_that_it_is_masked(tmp_path: Path) -> None:
    """Whoever gets a changed copy is told so, with the fingerprint of the true one."""
    path, whole = saved(
        tmp_path,
        "a",
        "List-Id: Talk <talk.lists.example>",
        "List-Owner: <mailto:owner@lists.example>",
    )
    journey = opened(path)
    choose_desk(journey, "talk.lists.example")
    journey.choose("masked")
    journey.choose("go-on")
    form = journey.sheet().form
    assert form is not None
    said = "\n".join(block.text for block in form.preview)
    assert "RFC 6590" in said
    assert hashlib.sha256(whole).hexdigest() in said
