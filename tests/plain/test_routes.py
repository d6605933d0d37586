"""Whole ways through plain mode, from the first question to a file."""

from __future__ import annotations

import email
import email.policy
from pathlib import Path

import pytest

from guide.actions.journey import Journey
from guide.plain.letters import LetterWalk, Wanted, branch_to, letter_walk
from tests.plain.talking import (
    ENTER,
    TO_THE_NOTICE,
    TO_THE_PLAN,
    a_desk,
    talk,
)

SAMPLES = Path(__file__).parents[1] / "mail_samples"
FILLED = ("Sam", "sam@example.com", ENTER, "y", "n")
NOTICE = """\
20 November 2026

Sam
sam@example.com

Subject: No further contact

Sam,

Do not contact me again. This means every way of reaching me: phone,
text, email, social media, post, in person, and through other people.

I will not reply to any message after this one.

I keep a record of every contact.
"""


def test_the_way_to_a_saved_notice(tmp_path: Path) -> None:
    """Every answer is said back, and the file holds the letter and nothing else."""
    file = tmp_path / "notice.txt"
    ways = ("no-contact notice", *FILLED, ENTER, "sam@example.com", "1", str(file))
    letter = ("letter: no-contact notice", *ways[1:])
    heard = talk(*TO_THE_PLAN, *TO_THE_NOTICE, *letter).lines
    assert "Choice: No, not at this moment. Saved on this computer: no." in heard
    assert "Choice: None of these. Saved on this computer: no." in heard
    assert "Choice: sam@example.com" in heard
    assert any(line.startswith(f"Saved: {file}") for line in heard)
    assert file.read_text("utf-8") == NOTICE


def test_a_notice_is_written_once(tmp_path: Path) -> None:
    """After it is finished, its form never opens again."""
    letter = ("letter: no-contact notice", *FILLED, ENTER, "sam@example.com")
    heard = talk(*TO_THE_PLAN, *TO_THE_NOTICE, *letter, "g letters", "1").heard
    again = heard.rpartition("Heading 1: Letters")[2]
    assert "Finished, and not sent yet." in again
    assert "Field 1 of" not in again


def test_an_unsafe_answer_keeps_the_notice_closed() -> None:
    """With a warning sign the letter has no form, and there is a way on."""
    risky = (*TO_THE_PLAN[:-2], "1", ENTER)
    heard = talk(*risky, "g letters", "no-contact notice").heard
    assert "This letter is closed for now" in heard
    assert "Not sending anything is a full choice" in heard
    assert "Field 1 of" not in heard


def test_the_way_from_a_saved_email_to_a_complaint(tmp_path: Path) -> None:
    """The draft carries the message itself, byte for byte."""
    source = SAMPLES / "genuine_from_gmail.eml"
    file = tmp_path / "complaint.eml"
    blanks = (ENTER, "abuse@mail.example", "me@example.com", ENTER, "14 messages")
    rest = ("in 9 days", ENTER, "2026-11-01", ENTER, ENTER, ENTER, "no", ENTER)
    answers = ("g mail", str(source), "1", "1", "1", *blanks, *rest)
    ending = (ENTER, "abuse@mail.example", "save as email", str(file))
    heard = talk(*answers, *ending).lines
    assert "Error" not in "\n".join(line for line in heard if line[:5] == "Error")
    draft = email.message_from_bytes(file.read_bytes(), policy=email.policy.default)
    assert draft["To"] == "abuse@mail.example"
    assert draft["X-Unsent"] == "1"
    body = draft.get_body()
    assert body is not None
    assert "14 messages" in body.get_content()
    assert source.read_bytes() in file.read_bytes().replace(b"\r\n", b"\n")


def test_a_command_leads_to_its_letter_and_saves_it(tmp_path: Path) -> None:
    """The plan opens the right branch by itself; the file is named by the command."""
    file = tmp_path / "notice.md"
    desk = a_desk()
    wanted = Wanted(letter_id="no-contact-notice", out=str(file))
    journey, lead = letter_walk(desk, wanted)
    answers = (*TO_THE_PLAN, *TO_THE_NOTICE[1:], *FILLED, ENTER, "sam@example.com")
    reader = talk(*answers, journey=journey, lead=lead)
    assert lead.saved
    assert "Choice: Decide whether to tell them to stop." in reader.lines
    assert "Note: The letter is open now." in reader.lines
    assert reader.lines[-1].startswith(f"Saved: {file}")
    assert "I keep a record" in file.read_text("utf-8")


def test_a_command_whose_letter_stays_closed_goes_on_as_the_guide() -> None:
    """No dead end: the plan is still there."""
    journey, lead = letter_walk(a_desk(), Wanted(letter_id="no-contact-notice"))
    refused = (*TO_THE_PLAN, "3", "2", "go on", ENTER)
    heard = talk(*refused, journey=journey, lead=lead).heard
    assert not lead.saved
    assert "With these answers the letter stays closed." in heard
    assert heard.index("stays closed") < heard.index("Heading 1: No more answers")
    assert "Question: Are they still contacting you?" in heard


def test_a_name_that_is_taken_is_asked_for_again(tmp_path: Path) -> None:
    """What is there is not touched, and the finished letter is not lost."""
    taken, free = tmp_path / "taken.txt", tmp_path / "free.txt"
    taken.write_text("mine", "utf-8")
    journey, lead = letter_walk(
        a_desk(), Wanted(letter_id="no-contact-notice", out=str(taken))
    )
    answers = (*TO_THE_PLAN, *TO_THE_NOTICE[1:], *FILLED, ENTER, "sam@example.com")
    heard = talk(*answers, str(free), journey=journey, lead=lead).heard
    assert "Error: There is something with that name." in heard
    assert taken.read_text("utf-8") == "mine"
    assert free.read_text("utf-8") == NOTICE


def test_a_folder_gets_a_file_whose_name_says_nothing(tmp_path: Path) -> None:
    """Named by its day, so that a list of files tells nobody what it is."""
    wanted = Wanted(letter_id="no-contact-notice", format="txt", out=str(tmp_path))
    journey, lead = letter_walk(a_desk(), wanted)
    answers = (*TO_THE_PLAN, *TO_THE_NOTICE[1:], *FILLED, ENTER, "sam@example.com")
    talk(*answers, journey=journey, lead=lead)
    assert [file.name for file in tmp_path.iterdir()] == ["notes-2026-11-20.txt"]


@pytest.mark.parametrize(
    ("letter", "branch"),
    [
        pytest.param("no-contact-notice", "notice", id="through a gate"),
        pytest.param("no-such-letter", "", id="offered nowhere"),
    ],
)
def test_the_branch_to_a_letter(letter: str, branch: str) -> None:
    assert branch_to(a_desk().library, "h-plan", letter) == branch


def test_an_open_letter_needs_no_questions() -> None:
    """A letter without a gate begins at once."""
    desk = a_desk()
    lead = LetterWalk(desk, Wanted(letter_id="provider-complaint"))
    assert not lead.waiting
    assert lead.first_words() == []
    journey = Journey(desk)
    journey.open("letter:provider-complaint")
    assert journey.sheet().name == "mail"
