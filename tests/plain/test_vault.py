"""Keeping notes line by line: what is typed in secret is not said back."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest

from guide.actions.journey import Journey
from guide.plain.session import Session
from guide.plain.talk import Talk
from tests.plain.talking import a_desk
from tests.tui.screens import at_form
from tests.vault.keeping_desk import OTHER, WORDS, Clocks, kept_at


class Secretive:
    """Answers from a list; what is asked in secret is typed elsewhere."""

    def __init__(self, *answers: str) -> None:
        self._answers = iter(answers)
        self.lines: list[str] = []
        self.secret_prompts: list[str] = []
        self.talk = Talk(self._ask, self.lines.append, ask_secret=self._ask_secret)

    def _next(self) -> str:
        answer = next(self._answers, None)
        if answer is None:
            raise EOFError
        return answer + "\n"

    def _ask(self, words: str) -> str:
        answer = self._next()
        self.lines.append(words + answer)
        return answer

    def _ask_secret(self, words: str) -> str:
        self.secret_prompts.append(words)
        return self._next()

    @property
    def heard(self) -> str:
        return "\n".join(self.lines)


def talk(journey: Journey, *answers: str) -> Secretive:
    reader = Secretive(*answers)
    with suppress(EOFError):
        Session(journey, reader.talk).run()
    return reader


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The usual folder, with a vault in it."""
    monkeypatch.setenv("GUIDE_HOME", str(tmp_path))
    kept_at(a_desk(), tmp_path / "notes").close()
    return tmp_path / "notes"


def test_a_vault_is_made_line_by_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """From the offer on the first screen to "Saved on this computer: yes"."""
    monkeypatch.setenv("GUIDE_HOME", str(tmp_path))
    journey = Journey(a_desk())
    begin = ("keep my notes", "1", "3", WORDS, WORDS, "")
    reader = talk(journey, *begin, "b", "1", "1")
    assert journey.desk.saving
    assert (tmp_path / "notes" / "vault.json").exists()
    assert "lost for good" in reader.heard
    assert "Strong, unless" in reader.heard
    assert "Saved on this computer: yes." in reader.heard
    assert WORDS not in reader.heard
    assert len(reader.secret_prompts) == 2
    journey.desk.close()


def test_the_door_comes_first_and_opens(kept: Path) -> None:
    """A wrong passphrase is said, and is not counted."""
    journey = Journey(a_desk(), door=kept)
    reader = talk(journey, OTHER, OTHER, WORDS)
    assert journey.desk.saving
    assert reader.heard.count("That does not open this vault.") == 2
    assert OTHER not in reader.heard
    assert WORDS not in reader.heard
    assert journey.sheet().name == journey.desk.library.start
    journey.desk.close()


def test_the_door_says_nothing_of_what_is_behind_it(kept: Path) -> None:
    """Before the passphrase: a title, a line to type on, and two ways around."""
    reader = talk(Journey(a_desk(), door=kept))
    assert [line for line in reader.lines if line.strip()] == [
        "Heading 1: Notes",
        "Question: Passphrase",
        "  1. Go on without it",
        "  2. I have lost it: use recovery words",
    ]


def test_one_can_go_on_without_it(kept: Path) -> None:
    journey = Journey(a_desk(), door=kept)
    reader = talk(journey, "1")
    assert not journey.is_shut
    assert not journey.desk.saving
    assert "What brings you here" in reader.heard or journey.sheet().rows


def test_signs_work_where_a_secret_is_asked_and_nothing_opens(kept: Path) -> None:
    """Help lines, help and leaving; the rest stays shut."""
    journey = Journey(a_desk(), door=kept)
    reader = talk(journey, "?", "r", "b", "h", "b", "q")
    assert "lock: close what is kept" in reader.heard
    assert "Error: This is locked." in reader.heard
    assert "Heading 1: Help lines" in reader.heard
    assert journey.left


def test_locking_hides_all_and_the_same_line_opens_again(kept: Path) -> None:
    journey = Journey(a_desk(), door=kept)
    reader = talk(journey, WORDS, "lock", WORDS)
    assert "Heading 1: Locked" in reader.heard
    assert journey.desk.saving
    journey.desk.close()


def test_ctrl_l_on_a_line_locks_too(kept: Path) -> None:
    journey = Journey(a_desk(), door=kept)
    reader = talk(journey, WORDS, "\x0c")
    assert "Heading 1: Locked" in reader.heard
    assert journey.is_shut


def test_locking_without_a_vault_is_explained() -> None:
    reader = talk(Journey(a_desk()), "lock")
    assert "Error: Nothing is kept, so there is nothing to lock." in reader.heard


def test_a_line_after_five_minutes_locks_and_does_nothing_else(kept: Path) -> None:
    """Whatever it was: a number, a word of a letter, even the passphrase."""
    clocks = Clocks()
    desk = replace(a_desk(), now=clocks.now)
    journey = Journey(desk, door=kept, idling=clocks.idling())
    answers = iter([WORDS, "1", WORDS])

    def ask(_words: str) -> str:
        answer = next(answers, None)
        if answer is None:
            raise EOFError
        if answer == "1":
            clocks.pass_(6)
        return answer

    lines: list[str] = []
    with suppress(EOFError):
        Session(journey, Talk(ask, lines.append)).run()
    assert "Heading 1: Locked" in "\n".join(lines)
    assert journey.desk.vault.answers() == {}
    assert journey.desk.saving
    journey.desk.close()


def test_the_recovery_words_are_said_once_and_open(kept: Path) -> None:
    journey = Journey(a_desk(), door=kept)
    reader = talk(journey, WORDS, "my notes are kept", "1", WORDS, "1")
    said = reader.heard.partition("Heading 1: Recovery words")[2]
    words = [line.split()[1] for line in said.split("\n")[5:15]]
    assert len(words) == 10
    journey.desk.close()
    journey = Journey(a_desk(), door=kept)
    talk(journey, "2", " ".join(words))
    assert journey.desk.saving
    assert journey.sheet().name == "vault"
    journey.desk.close()


def test_what_is_typed_before_it_is_asked_for_is_no_passphrase(kept: Path) -> None:
    """A line typed between two parts was shown, so it is not taken as a secret."""
    journey = Journey(a_desk(), door=kept)
    reader = Secretive(OTHER)
    session = Session(journey, reader.talk)
    reader.talk._early = WORDS
    with suppress(EOFError):
        session.run()
    assert not journey.desk.saving


def test_a_blank_typed_after_five_minutes_locks_and_is_not_kept(kept: Path) -> None:
    """Inside the form of a letter, where one line follows another."""
    clocks = Clocks()
    desk = replace(a_desk(), now=clocks.now)
    journey = Journey(desk, door=kept, idling=clocks.idling())
    journey.typed(WORDS)
    at_form(journey)
    typed: list[str] = []

    def ask(_words: str) -> str:
        if len(typed) == 2:
            raise EOFError
        clocks.pass_(1 if not typed else 9)
        typed.append(f"blank {len(typed)}")
        return typed[-1]

    lines: list[str] = []
    with suppress(EOFError):
        Session(journey, Talk(ask, lines.append)).run()
    assert "Heading 1: Locked" in "\n".join(lines)
    journey.typed(WORDS)
    kept_fields = set(journey.desk.vault.fields().values())
    assert "blank 0" in kept_fields
    assert "blank 1" not in kept_fields
    journey.desk.close()


def test_a_second_window_is_told_at_the_door(kept: Path) -> None:
    """And can open it there as soon as the first one has locked it."""
    first = Journey(a_desk(), door=kept)
    first.typed(WORDS)
    second = Journey(a_desk(), door=kept)
    reader = talk(second, WORDS)
    assert "already open in another window" in reader.heard
    assert second.is_shut
    first.open("lock")
    talk(second, WORDS)
    assert second.desk.saving
    second.desk.close()


def test_whoever_went_on_without_them_can_open_the_notes_later(kept: Path) -> None:
    journey = Journey(a_desk(), door=kept)
    reader = talk(journey, "1", "keep my notes", WORDS)
    assert "is not added to them" in reader.heard
    assert journey.desk.saving
    journey.desk.close()


def test_a_page_that_was_asked_for_opens_behind_the_door(kept: Path) -> None:
    journey = Journey(a_desk(), door=kept, then="page:l-this-guide")
    assert journey.sheet().name == "door"
    journey.typed(WORDS)
    assert journey.sheet().name == "l-this-guide"
    journey.desk.close()


def test_what_is_half_written_moves_into_the_new_vault(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever stops in the middle of an incident to begin keeping finds it again."""
    monkeypatch.setenv("GUIDE_HOME", str(tmp_path))
    journey = Journey(a_desk())
    journey.open("new:incident")
    journey.typing("They wrote again")
    journey.open("keep")
    talk(journey, "1", "3", WORDS, WORDS, "")
    assert journey.desk.saving
    assert "They wrote again" in "".join(journey.desk.vault.fields().values())
    journey.desk.close()
