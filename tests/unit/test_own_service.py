"""Which mail service is the reader's own: asked once, and what follows from it."""

from __future__ import annotations

from pathlib import Path

import pytest

from guide.actions.desk import Desk
from guide.actions.journey import Journey
from guide.actions.own_service import (
    Standing,
    as_read,
    found_service,
    own_services,
    say_other,
    say_standing,
    standing,
)
from guide.actions.reporting import open_message
from guide.model.problems import InvalidAnswerError
from guide.model.records import OpenedMessage
from guide.model.trace import Verdict
from tests.plain.talking import a_desk

TESTS = Path(__file__).parents[1]
GMAIL = TESTS / "mail_corpus/gmail.eml"


def message(name: str = "mail_corpus/gmail.eml") -> OpenedMessage:
    """A message of the samples, opened."""
    return open_message(str(TESTS / name))


def verdict(desk: Desk) -> Verdict:
    """How far the sender is believed at this desk."""
    return as_read(desk, message()).trace.verdict


def test_each_answer_and_what_it_changes() -> None:
    """Yes believes; not sure believes nothing; the last word counts."""
    desk = a_desk()
    assert found_service(message()) == "google.com"
    assert standing(desk, "google.com") is Standing.UNASKED
    assert verdict(desk) is Verdict.GENUINE
    say_standing(desk, "google.com", Standing.UNSURE)
    assert verdict(desk) is Verdict.UNKNOWN
    assert as_read(desk, message()).trace.boundary is None
    say_standing(desk, "gmail.com", Standing.YES)  # the same service
    assert verdict(desk) is Verdict.GENUINE
    assert own_services(desk) == ("gmail.com",)
    say_standing(desk, "google.com", Standing.UNASKED)
    assert desk.vault.answers() == {}


def test_another_service_is_believed_alone() -> None:
    """Its own lines count, and those of the one that is not theirs do not."""
    desk = a_desk()
    say_standing(desk, "google.com", Standing.NO)
    say_other(desk, "Me <reader@example.com>")
    assert own_services(desk) == ("example.com",)
    assert verdict(desk) is Verdict.UNKNOWN


@pytest.mark.parametrize("typed", ["", "me", "me@", "@", "localhost", "192.0.2.1"])
def test_what_is_no_service_is_refused(typed: str) -> None:
    """And nothing is remembered."""
    desk = a_desk()
    with pytest.raises(InvalidAnswerError):
        say_other(desk, typed)
    assert own_services(desk) == ()


def opened(desk: Desk, path: Path = GMAIL) -> Journey:
    """The screen of a message."""
    journey = Journey(desk)
    journey.open("tool:mail")
    journey.typed(str(path))
    return journey


def test_it_is_asked_once_on_the_screen() -> None:
    """Three answers, then one row to change it; the next message does not ask."""
    desk = a_desk()
    journey = opened(desk)
    values = [row.value for row in journey.sheet().rows]
    assert {"own:yes", "own:other", "own:unsure"} <= set(values)
    assert "Is that right?" in journey.sheet().copy_text
    journey.choose("own:unsure")
    assert journey.sheet().name == "trace"
    assert "Any of its lines could be made up." in journey.sheet().copy_text
    again = opened(desk)
    assert "own:again" in [row.value for row in again.sheet().rows]
    assert "Is that right?" not in again.sheet().copy_text
    again.choose("own:again")
    assert "own:yes" in [row.value for row in again.sheet().rows]


def test_another_one_is_typed() -> None:
    """Only what stands after the @ is remembered."""
    desk = a_desk()
    journey = opened(desk)
    journey.choose("own:other")
    assert journey.sheet().name == "own-service"
    journey.typed("somebody.private@example.org")
    assert journey.sheet().name == "trace"
    assert standing(desk, "google.com") is Standing.NO
    assert own_services(desk) == ("example.org",)
    assert "somebody" not in str(desk.vault.answers())


def test_the_same_service_typed_as_another_is_a_yes() -> None:
    """Gmail is Google: whoever types gmail.com there has said yes."""
    desk = a_desk()
    journey = opened(desk)
    journey.choose("own:other")
    journey.typed("gmail.com")
    assert standing(desk, "google.com") is Standing.YES
    assert verdict(desk) is Verdict.GENUINE


def test_the_attached_email_opens_with_a_caution() -> None:
    """Read when the reader asks, and never taken for what was delivered."""
    path = TESTS / "mail_corpus/holds_a_forged_message.eml"
    journey = opened(a_desk(), path)
    assert "Subject: sample" not in journey.sheet().copy_text
    journey.choose("inner")
    told = journey.sheet().copy_text
    assert "Subject: inner" in told
    assert "Whoever sent that one could have changed it" in told
    journey.back()
    assert "Subject: proof" in journey.sheet().copy_text


def test_a_saved_forward_that_was_never_sent_shows_what_it_holds(
    tmp_path: Path,
) -> None:
    """Its own few headers say nothing; the message inside is what matters."""
    head = (
        b"From: reader@example.com\nMIME-Version: 1.0\n"
        b'Content-Type: multipart/mixed; boundary="b"\n\n--b\n'
        b"Content-Type: message/rfc822\n\n"
    )
    file = tmp_path / "draft.eml"
    file.write_bytes(head + GMAIL.read_bytes() + b"\n--b--\n")
    told = opened(a_desk(), file).sheet().copy_text
    assert "Subject: You did not answer" in told
    assert "Whoever sent that one could have changed it" in told
