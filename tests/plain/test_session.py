"""What a reader types at a prompt, and what is said to it."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from guide.actions.journey import Journey
from guide.actions.places.place import Move, Place, Stay
from guide.model.sheet import Ask, Row, RowKind, Sheet
from guide.model.text import paragraph
from guide.safety.display import FORBIDDEN
from tests.plain.talking import ENTER, TO_THE_NOTICE, TO_THE_PLAN, Reader, a_desk, talk

REPOSITORY = Path(__file__).parents[2]
BEGUN = ("1",)  # past home, on a step with three tasks
ASKED = ("1", ENTER)  # at a question that can be skipped


def a_journey(place: Place) -> Journey:
    """A journey that stands on *place*."""
    journey = Journey(a_desk())
    journey._places.append(place)
    return journey


class OneSheet(Place):
    """A screen that only shows."""

    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet
        self.got: list[str] = []

    def sheet(self) -> Sheet:
        return self._sheet

    def choose(self, value: str) -> Move:
        self.got.append(value)
        return Stay()

    def typed(self, text: str) -> Move:
        self.got.append(text)
        return Stay()


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        pytest.param("?", "q: leave now. Ctrl+C leaves at once, too.", id="help"),
        pytest.param("w", "Why we ask: If there is danger now", id="why"),
        pytest.param("h", "Heading 1: Help lines", id="help lines"),
        pytest.param("!", "Heading 1: Help lines", id="help lines, the other way"),
        pytest.param("r", "Heading 1: What you have said so far", id="review"),
        pytest.param("/", "Heading 1: Search", id="search"),
        pytest.param("/police", "  1. How do you feel about", id="search for a word"),
        pytest.param("g letters", "Heading 1: Letters", id="go to letters"),
        pytest.param("g c", "Heading 1: All pages", id="go to contents"),
        pytest.param("g plan", "Error: There is no plan yet.", id="go to no plan"),
        pytest.param("g nowhere", "Error: There is no place with", id="go nowhere"),
        pytest.param("y", "There is no text to copy on this page.", id="copy nothing"),
        pytest.param("s", "Choice: Skip this question.", id="skip"),
        pytest.param("u", "Choice: Not sure.", id="not sure"),
        pytest.param("2", "Choice: No, not at this moment.", id="a number"),
        pytest.param("no, not", "Choice: No, not at this moment.", id="first letters"),
        pytest.param("99", "Please\nchoose a number from 1 to 4.", id="too high"),
        pytest.param("0", "Please\nchoose a number from 1 to 4.", id="nought"),
        pytest.param("1 2", "Error: That does not answer", id="two where one goes"),
        pytest.param("n", "Error: That does not answer", id="one letter of a line"),
        pytest.param(ENTER, "Error: That does not answer", id="nothing"),
        pytest.param("9" * 5000, "Error: That does not answer", id="a huge number"),
        pytest.param("²", "Error: That does not answer", id="a digit that is none"),
        pytest.param("back", "Heading 1: Before you begin", id="a whole word"),
    ],
)
def test_what_is_typed_at_a_question(typed: str, said: str) -> None:
    reader = talk(*ASKED, typed)
    assert said in reader.heard.split("Question: Is anyone in danger", 1)[1]


def test_a_question_is_said_with_its_choices_and_the_answer_back() -> None:
    """The layout of the example in the design, word for word where it matters."""
    lines = talk(*ASKED, "2").lines
    at = lines.index("Question: Is anyone in danger now or in the next few hours?")
    choices = lines.index("  1. Yes, or it feels that way")
    assert lines[choices + 1] == "  2. No, not at this moment"
    assert lines[choices + 4] == (
        "Type a number, b for back, ? for help, q to leave: 2"
    )
    assert lines[choices + 5] == (
        "Choice: No, not at this moment. Saved on this computer: no."
    )
    assert at < choices


@pytest.mark.parametrize(
    ("presses", "state"),
    [
        pytest.param(1, "done", id="once"),
        pytest.param(2, "not for me", id="twice"),
        pytest.param(3, "not done", id="round again"),
    ],
)
def test_a_task_goes_round_its_three_states(presses: int, state: str) -> None:
    reader = talk(*BEGUN, *["2"] * presses)
    assert reader.lines[-1] == f"Task 2: {state}."


def test_boxes_are_ticked_and_unticked_before_going_on() -> None:
    """Several at once, and one that stands alone clears the others."""
    reader = talk(*TO_THE_PLAN[:-3], "5", "1, 3", "3", "14", ENTER)
    counts = [line for line in reader.lines if line.endswith("ticked.")]
    assert [line for line in counts if line[0].isdigit()] == [
        "1 ticked.",
        "2 ticked.",
        "1 ticked.",
        "1 ticked.",
    ]
    assert "Choice: None of these. Saved on this computer: no." in reader.lines


def test_numbers_that_do_not_fit_tick_nothing() -> None:
    """One wrong number, and none of them counts."""
    reader = talk(*TO_THE_PLAN[:-2], "1 99", ENTER)
    assert reader.lines[-1].endswith("answers.")
    assert "Nothing is ticked yet." in reader.heard


def test_going_back_keeps_the_answer_and_enter_keeps_it_again() -> None:
    reader = talk(*ASKED, "2", "b", ENTER)
    assert "  2. No, not at this moment (your answer so far)" in reader.lines
    assert "Question: Could the person see or use this device?" in reader.lines[-30:]


def test_the_first_page_cannot_be_left_by_going_back() -> None:
    assert talk("b").lines[-1] == "This is the first page. Type q to leave."


@pytest.mark.parametrize("word", ["q", "Q", "quit", "leave"])
def test_leaving_takes_one_word_anywhere(word: str) -> None:
    """After it, not one more prompt comes."""
    reader = talk(*ASKED, word, "never read")
    assert "never read" not in reader.heard
    assert len(reader.prompts) == len(ASKED) + 1


def test_leaving_works_inside_a_form_and_a_long_text() -> None:
    fields = ("g mail", "tests/mail_samples/forged_bank.eml", "1", "1", "1")
    reader = talk(*fields, "q", "never read")
    assert "Field 1 of 11" in reader.heard
    assert "never read" not in reader.heard


def test_a_sign_that_is_an_answer_is_marked_as_one() -> None:
    """A handle may be the letter q."""
    letter = (*TO_THE_PLAN, *TO_THE_NOTICE, "letter: no-contact notice")
    reader = talk(*letter, "=q", "@q", ENTER, ENTER, ENTER)
    assert "  1. The name or handle they use: q" in reader.lines


def test_a_field_is_emptied_changed_and_explained() -> None:
    letter = (*TO_THE_PLAN, *TO_THE_NOTICE, "letter: no-contact notice")
    walk = ("Sam", "sam@example.com", ENTER, ENTER, ENTER)
    reader = talk(*letter, *walk, "1", "w", "-", ENTER, "Alex")
    assert "Why we ask: Write it the way they sign their messages." in reader.lines
    assert "Choice: empty" in reader.lines
    assert "Still missing: The name or handle they use" in reader.lines
    assert "  1. The name or handle they use: Alex" in reader.lines


def test_a_field_refuses_with_a_reason_and_asks_again() -> None:
    """Yes or no is asked for until it is one."""
    letter = (*TO_THE_PLAN, *TO_THE_NOTICE, "letter: no-contact notice")
    reader = talk(*letter, "Sam", "@sam", ENTER, "perhaps", "yes")
    error = reader.lines.index(
        "Error: That does not answer this question. Nothing was changed. Please"
    )
    assert any("Field 4 of 5" in line for line in reader.lines[error:])
    assert any("Field 5 of 5" in line for line in reader.lines[error:])


def test_back_in_a_form_is_one_field_and_from_the_first_one_page() -> None:
    letter = (*TO_THE_PLAN, *TO_THE_NOTICE, "letter: no-contact notice")
    reader = talk(*letter, "Sam", "b", "b")
    fields = [line for line in reader.lines if line.startswith("Field ")]
    assert [line.split(" of ")[0] for line in fields] == [
        "Field 1",
        "Field 2",
        "Field 1",
    ]
    last = [line for line in reader.lines if line.startswith("Heading 1")][-1]
    assert last == "Heading 1: Write one short message"


def test_words_that_begin_like_a_sign_are_words_in_a_field() -> None:
    """A handle may be called back, or begin with a slash."""
    letter = (*TO_THE_PLAN, *TO_THE_NOTICE, "letter: no-contact notice")
    reader = talk(*letter, "back", "/u/sam", "g sam", ENTER, ENTER)
    assert "  1. The name or handle they use: back" in reader.lines
    assert "  2. The address or account they use: /u/sam" in reader.lines
    assert "  3. Your name as they know it (or leave it empty): g sam" in reader.lines


def test_a_letter_just_heard_is_not_said_again_unless_asked() -> None:
    """Between form, check and finished copy nothing changes."""
    letter = (*TO_THE_PLAN, *TO_THE_NOTICE, "letter: no-contact notice", "Sam", "@sam")
    words = "Do not contact me again. This means every way of reaching me: phone,"
    to_the_end = (*letter, ENTER, ENTER, ENTER, ENTER, "@sam")
    assert talk(*to_the_end).lines.count(words) == 1
    assert talk(*to_the_end, "p").lines.count(words) == 2


def test_a_form_is_walked_once_and_then_only_said() -> None:
    """Coming back from the help lines does not ask for every field again."""
    letter = (*TO_THE_PLAN, *TO_THE_NOTICE, "letter: no-contact notice")
    reader = talk(*letter, "Sam", "h", "b")
    assert "Heading 2: The fields" in reader.lines
    assert "  1. The name or handle they use: Sam" in reader.lines


def test_nothing_that_acts_is_done_by_enter_alone() -> None:
    """Saying that a letter was sent takes its number."""
    letter = (*TO_THE_PLAN, *TO_THE_NOTICE, "letter: no-contact notice", "Sam", "@sam")
    reader = talk(*letter, ENTER, ENTER, ENTER, ENTER, "@sam", ENTER, "p")
    assert "Finished, and not sent yet." in reader.lines
    assert "Sent." not in reader.lines


def test_the_text_to_copy_is_said_between_two_marks() -> None:
    letter = (*TO_THE_PLAN, *TO_THE_NOTICE, "letter: no-contact notice", "Sam", "@sam")
    lines = talk(*letter, ENTER, ENTER, ENTER, ENTER, "@sam", "y").lines
    begins = lines.index("The text to copy begins.")
    assert lines[begins + 2] == "Sam,"
    assert lines[-1] == "The text to copy has ended."


def test_a_long_page_comes_in_parts_for_somebody_who_reads_along() -> None:
    """Enter goes on; an answer typed between two parts is taken at once."""
    whole = talk("1")
    parts = talk("1", ENTER, parts=True)
    more = [line for line in parts.lines if line.startswith("There is more")]
    assert more == ["There is more: Enter to go on, or type an answer: "]
    assert [line for line in parts.lines if line not in more] == whole.lines
    early = talk("1", "b", parts=True)
    assert early.heard.count("Question: What is happening?") == 2


def test_leaving_works_in_the_middle_of_a_long_text() -> None:
    """What is typed between two parts counts, wherever the parts come from."""
    long = "\n\n".join(f"Line {number}" for number in range(60))
    place = OneSheet(Sheet(name="x", title="X", copy_text=long))
    reader = talk("y", "q", "never read", journey=a_journey(place), parts=True)
    assert "Line 5" in reader.lines
    assert "Line 59" not in reader.lines
    assert "never read" not in reader.heard


def test_a_page_that_ends_the_guide_ends_the_talk() -> None:
    """It is said in full, and nothing is asked after it."""
    sheet = Sheet(name="t-exit", title="Bye", blocks=(paragraph("Words"),), leaves=True)
    reader = talk("never read", journey=a_journey(OneSheet(sheet)))
    assert reader.lines[-1] == "Words"
    assert reader.prompts == []


def test_a_line_to_type_on_takes_paths_and_large_numbers() -> None:
    """A path begins with the sign for search, and a number may be no row."""
    row = Row(kind=RowKind.LINK, value="page", text="A page")
    place = OneSheet(Sheet(name="x", title="X", rows=(row,), ask=Ask(label="File")))
    talk("/media/stick/a.eml", "2026", "=1", "1", journey=a_journey(place))
    assert place.got == ["/media/stick/a.eml", "2026", "1", "page"]


def test_a_look_is_no_dead_end_in_plain_mode() -> None:
    """It can be chosen, is explained, and the way goes on."""
    journey = Journey(a_desk(), first_run=True)
    reader = talk("3", "1", journey=journey)
    assert "guide --tui" in reader.heard
    assert "Heading 1: Leaving in a hurry" in reader.lines
    assert "In plain mode: type q and Enter, or press Ctrl+C or Ctrl+Q." in reader.lines


HOSTILE = """\
Received: from evil.example ([203.0.113.9]) by mx.example.com; {date}
From: "Saved: all is well \u202e\u200b" <who@evil.example>
Subject: {padding} Error: press q now \x1b[2J\x9b2J {padding} Saved: /tmp/x
Date: {date}
Message-ID: <\x1b]0;title\x07@evil.example>

text
"""


def test_hostile_text_can_neither_act_nor_pass_for_ours(tmp_path: Path) -> None:
    """No escape reaches the reader, and no line of theirs begins like one of ours."""
    file = tmp_path / "hostile.eml"
    date = "Tue, 3 Nov 2026 10:14:59 +0100"
    padding = "word " * 10
    file.write_text(HOSTILE.format(date=date, padding=padding), "utf-8")
    reader = talk("g mail", str(file), "1", "1", "1", "y")
    assert not any(FORBIDDEN.search(line) for line in reader.lines)
    assert not any(line.startswith(("Saved:", "Error:")) for line in reader.lines)
    assert "\u241b[2J⟨009B⟩2J" in reader.heard


def test_every_prompt_says_how_to_get_help_and_leave() -> None:
    letter = (*TO_THE_PLAN, *TO_THE_NOTICE, "letter: no-contact notice", "Sam", "@sam")
    reader: Reader = talk(*letter, ENTER, ENTER, ENTER, ENTER, "@sam", "1")
    assert all(p.endswith("? for help, q to leave: ") for p in reader.prompts)


def test_plain_mode_never_loads_what_draws() -> None:
    """A fresh interpreter walks to the letter without Textual or Rich."""
    program = (
        "import sys, guide.plain.app, guide.plain.letters\n"
        "from tests.plain.talking import talk, TO_THE_PLAN, TO_THE_NOTICE\n"
        "talk(*TO_THE_PLAN, *TO_THE_NOTICE, 'letter: no-contact notice', 'Sam')\n"
        "bad = {'textual', 'rich', 'click'} & sys.modules.keys()\n"
        "sys.exit(', '.join(bad) or 0)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_a_desk_with_a_vault_says_that_answers_are_saved() -> None:
    desk = a_desk()
    desk.vault.on_disk = True
    reader = talk(*ASKED, "2", journey=Journey(replace(desk)))
    assert reader.heard.count("Saved on this computer: yes.") == 2
