"""Mail by somebody who knows the guide: what the reader sees, and what goes out."""

from __future__ import annotations

from pathlib import Path

import pytest

from guide.actions.journey import Journey
from tests.promises.complaining import (
    OWN,
    WHEN,
    as_file,
    every_way_to_read,
    finished,
    opened,
    opened_at_desk,
    saved,
    words,
)

INNER = "\r\n".join(
    (
        f"Delivered-To: {OWN}",
        "Authentication-Results: mx.example.com; dmarc=pass header.from=bank.example",
        f"Received: from x (unknown [203.0.113.77]) by mx.example.com{WHEN}",
        "From: a@bank.example",
        f"To: {OWN}",
        "Date: Tue, 03 Nov 2026 10:15:02 +0100",
        "",
        "text",
        "",
    )
)


def opened_inner(outer: tuple[str, ...], folder: Path) -> Journey:
    path = folder / "outer.eml"
    head = (*outer, "From: s@sender.example", "Content-Type: message/rfc822", "")
    path.write_bytes("\r\n".join((*head, INNER)).encode())
    return opened(path)


def test_no_line_of_an_attached_email_that_came_is_believed(tmp_path: Path) -> None:
    """Whoever sent it could write the lines of the reader's own service, too."""
    outer = (f"Received: from x (unknown [203.0.113.9]) by mx.example.com{WHEN}",)
    journey = opened_inner(outer, tmp_path)
    journey.choose("own:yes")
    journey.choose("inner")
    said = words(journey.sheet())
    assert "bank.example vouched" not in said
    assert "Any of its lines could be made up." in said
    for row in journey.sheet().rows:
        assert "confirms that the message came" not in row.note
        assert not row.value.startswith("own:")


def test_the_own_forward_that_was_never_sent_is_read_as_before(tmp_path: Path) -> None:
    """It is how many mail programs save a message with its headers."""
    journey = opened_inner(("X-Unsent: 1",), tmp_path)
    assert "bank.example vouched" in words(journey.sheet())


@pytest.mark.parametrize("ending", ["txt", "eml", "arf.eml", "xarf.json"])
def test_a_masked_complaint_names_no_small_service_of_the_reader(
    tmp_path: Path, ending: str
) -> None:
    """Neither in the letter nor in the copy: its name says who they are."""
    path, _whole = saved(tmp_path, "a")
    made = as_file(finished(opened_at_desk(path), "masked"), ending, tmp_path)
    assert "example.com" not in every_way_to_read(made).casefold()


@pytest.mark.parametrize("ending", ["arf.eml", "xarf.json"])
def test_a_report_does_not_name_the_program(tmp_path: Path, ending: str) -> None:
    """It may be passed on to the one it is about."""
    path, _whole = saved(tmp_path, "a")
    made = as_file(finished(opened_at_desk(path), "masked"), ending, tmp_path)
    assert "guide/" not in every_way_to_read(made).casefold()


def test_a_time_that_the_sender_wrote_is_no_time_of_arrival(tmp_path: Path) -> None:
    """A desk searches its logs by it."""
    path, _whole = saved(tmp_path, "a")
    lines = path.read_bytes().split(b"\r\n")
    gone = (b"Received:", b"Authentication-Results:")
    path.write_bytes(b"\r\n".join(x for x in lines if not x.startswith(gone)))
    made = as_file(
        finished(opened_at_desk(path), "provider-complaint"), "arf.eml", tmp_path
    )
    assert b"Arrival-Date" not in made


def test_nothing_in_a_message_fills_in_the_one_notice(tmp_path: Path) -> None:
    """Whom it goes to is typed by the reader alone."""
    path, _whole = saved(
        tmp_path,
        "a",
        "List-Id: Talk <talk.lists.example>",
        "Reply-To: police@office.example",
    )
    journey = finished(opened_at_desk(path), "provider-complaint")
    fields = journey.desk.vault.fields()
    assert not fields.get("their_contact")
    assert not fields.get("their_name")
