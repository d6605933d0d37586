"""``guide letter …`` and ``guide plan`` with a vault, and records as JSON."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from guide.actions.answering import tick
from guide.actions.desk import Desk, keep_nothing
from guide.actions.journey import Journey
from guide.actions.keeping import open_vault_desk
from guide.actions.notes import CONTACT, INCIDENT, Notes
from guide.actions.recording import keep_contact, keep_incident
from guide.model.records import LetterState, WrittenLetter
from tests.unit.test_cli import run
from tests.vault.keeping_desk import (
    CONTACT as ADDRESS,
)
from tests.vault.keeping_desk import (
    NOON,
    TO_THE_NOTICE,
    WORDS,
    finish_notice,
    kept_at,
)

OPENS = f"{WORDS}\n"
CANARY = "for-my-eyes-only"


def a_desk() -> Desk:
    return replace(keep_nothing(), now=lambda: NOON)


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home whose vault holds a finished notice, an incident, a talk and a tick."""
    home = tmp_path_factory.mktemp("home")
    kept = kept_at(a_desk(), home / "notes")
    finish_notice(Journey(kept))
    tick(kept, kept.library.pages["s-notice-write"], "draft")
    values = {"account": "It rang.", "note": CANARY, "who": "new:Sam"}
    keep_incident(kept, Notes(kind=INCIDENT, step="account", values=values))
    talk = {"organisation": "Police", "follow_up": "2026-11-10"}
    keep_contact(kept, Notes(kind=CONTACT, step="organisation", values=talk))
    kept.close()
    return home


@pytest.fixture
def home(template: Path, tmp_path: Path) -> Path:
    """A copy of it."""
    copy = tmp_path / "home"
    shutil.copytree(template, copy)
    return copy


def letters(home: Path) -> tuple[WrittenLetter, ...]:
    kept = open_vault_desk(a_desk(), home / "notes", WORDS)
    found = kept.vault.letters_ever()
    kept.close()
    return found


def test_the_list_shows_what_was_written_and_how_it_stands(home: Path) -> None:
    done = run(home, "letter", "list", typed=OPENS)
    assert done.returncode == 0, done.stderr
    assert "- Letter 1: No-contact notice, to Zed (finished)" in done.stdout
    assert "It is written. Only one can be written here." in done.stdout


@pytest.mark.parametrize(
    ("typed", "said", "sent"),
    [
        pytest.param("2\n", "Noted as sent.", True, id="yes"),
        pytest.param("1\n", "Nothing was changed.", False, id="no"),
        pytest.param("b\n", "", False, id="back"),
        pytest.param("3\n2026-11-20\n", "Noted as sent.", True, id="earlier"),
    ],
)
def test_a_letter_is_noted_as_sent_after_a_question(
    home: Path, typed: str, said: str, *, sent: bool
) -> None:
    done = run(home, "letter", "sent", "1", typed=OPENS + typed)
    assert said in done.stdout
    state = LetterState.SENT if sent else LetterState.FINISHED
    assert [each.state for each in letters(home)] == [state]
    if sent:
        for words in (("sent", "1"), ("void", "1")):
            again = run(home, "letter", *words, typed=f"{OPENS}a reason\n")
            assert again.returncode == (0 if words[0] == "sent" else 1)
        assert letters(home)[0].state is LetterState.SENT


def test_a_letter_that_never_left_is_set_aside_with_a_reason(home: Path) -> None:
    done = run(home, "letter", "void", "1", typed=f"{OPENS}\nI chose silence\n")
    assert done.returncode == 0, done.stderr
    assert "Set aside: it never left." in done.stdout
    (void,) = letters(home)
    assert (void.state, void.void_reason) == (LetterState.VOID, "I chose silence")
    for words in (("sent", "1"), ("export", "1", "--out", str(home / "x.txt"))):
        refused = run(home, "letter", *words, typed=OPENS)
        assert refused.returncode == 1
        assert "was set aside" in refused.stderr
    assert not (home / "x.txt").exists()
    assert (
        "Nothing was changed." in run(home, "letter", "void", "1", typed=OPENS).stdout
    )


def test_without_a_reason_nothing_is_set_aside(home: Path) -> None:
    done = run(home, "letter", "void", "1", typed=OPENS)
    assert done.returncode == 7
    assert letters(home)[0].state is LetterState.FINISHED


def test_a_letter_is_saved_and_nothing_is_written_over(
    home: Path, tmp_path: Path
) -> None:
    out = tmp_path / "letter.md"
    done = run(home, "letter", "export", "1", "--out", str(out), typed=OPENS)
    assert done.returncode == 0, done.stderr
    assert "Saved: " in done.stdout
    first = out.read_bytes()
    assert b"Do not contact me again" in first
    again = run(home, "letter", "export", "1", "--out", str(out), typed=OPENS)
    assert again.returncode == 1
    assert "There is something with that name." in again.stderr
    assert out.read_bytes() == first
    # A name that only becomes taken with the ending that is added to it.
    other = str(tmp_path / "letter")
    taken = run(
        *(home, "letter", "export", "1", "--format", "md", "--out", other), typed=OPENS
    )
    assert taken.returncode == 1
    assert out.read_bytes() == first


def test_a_letter_is_saved_into_a_folder_or_where_it_is_typed(
    home: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    words = ("letter", "export", "1", "--format", "eml")
    assert run(home, *words, "--out", str(folder), typed=OPENS).returncode == 0
    assert [path.suffix for path in folder.iterdir()] == [".eml"]
    typed = f"{OPENS}{folder / 'typed'}\n"
    assert run(home, *words, typed=typed).returncode == 0
    assert (folder / "typed.eml").exists()
    assert run(home, *words, typed=OPENS).returncode == 7


def test_a_letter_that_is_not_there_ends_with_4(home: Path) -> None:
    for verb in ("export", "sent", "void"):
        assert run(home, "letter", verb, "9", typed=OPENS).returncode == 4
    assert run(home, "letter", "finish", "nothing", typed=OPENS).returncode == 4


def test_what_was_begun_is_finished(tmp_path: Path) -> None:
    kept = kept_at(a_desk(), tmp_path / "notes")
    journey = Journey(kept)
    for choice in TO_THE_NOTICE:
        journey.choose(choice)
    journey.open("letter:no-contact-notice")
    journey.fill("their_name", "Zed")
    kept.close()
    words = ("letter", "finish", "no-contact-notice")
    typed = f"{OPENS}\n{ADDRESS}\n\n\n\n{ADDRESS}\n"
    done = run(tmp_path, *words, typed=typed)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Finished as letter 1." in done.stdout
    assert [each.state for each in letters(tmp_path)] == [LetterState.FINISHED]
    again = run(tmp_path, *words, typed=typed)
    assert again.returncode == 1
    assert "Only one can be written here." in again.stderr
    assert len(letters(tmp_path)) == 1


def test_a_closed_letter_is_not_finished(tmp_path: Path) -> None:
    kept_at(a_desk(), tmp_path / "notes").close()
    done = run(tmp_path, "letter", "finish", "no-contact-notice", typed=OPENS)
    assert done.returncode == 1
    assert "guide letter new no-contact-notice" in done.stderr
    mail = run(tmp_path, "letter", "finish", "provider-complaint", typed=OPENS)
    assert "guide mail complaint FILE" in mail.stderr


def test_the_plan_is_read_from_the_answers(home: Path) -> None:
    done = run(home, "plan", typed=OPENS)
    assert done.returncode == 0, done.stderr
    assert "looked at" in done.stdout
    assert "- Write it with the letter on this page (done)" in done.stdout


def test_the_plan_as_json(home: Path) -> None:
    told = json.loads(run(home, "plan", "--json", typed=OPENS).stdout)
    assert told["page"] == "h-plan"
    lists = [x for each in told["branches"] for x in each["checklists"]]
    states = {
        task["id"]: task["state"]
        for each in lists
        if each["page"] == "s-notice-write"
        for task in each["tasks"]
    }
    assert states["draft"] == "done"
    assert {each["progress"] for each in told["branches"]} >= {"new"}


def test_looking_at_the_plan_changes_nothing(home: Path) -> None:
    def answers() -> dict[str, object]:
        kept = open_vault_desk(a_desk(), home / "notes", WORDS)
        found: dict[str, object] = dict(kept.vault.answers())
        kept.close()
        return found

    before = answers()
    run(home, "plan", typed=OPENS)
    assert answers() == before


def test_an_open_vault_without_a_plan_says_how_to_come_to_one(tmp_path: Path) -> None:
    kept_at(a_desk(), tmp_path / "notes").close()
    assert "no plan here" in run(tmp_path, "plan", typed=OPENS).stdout
    told = run(tmp_path, "plan", "--json", typed=OPENS)
    assert json.loads(told.stdout) == {}
    assert "no plan" in told.stderr


JSON = [
    ("person", "list", "--json"),
    ("incident", "list", "--json"),
    ("incident", "show", "1", "--json"),
    ("contact", "list", "--json"),
    ("timeline", "--json"),
    ("plan", "--json"),
]


@pytest.mark.parametrize("words", JSON, ids=" ".join)
def test_no_private_note_is_ever_in_json(home: Path, words: tuple[str, ...]) -> None:
    done = run(home, *words, typed=OPENS)
    assert done.returncode == 0, done.stderr
    assert isinstance(json.loads(done.stdout), dict)
    assert CANARY not in done.stdout + done.stderr
    assert "note" not in json.loads(done.stdout)


@pytest.mark.parametrize("words", JSON, ids=" ".join)
def test_without_a_vault_json_is_empty(tmp_path: Path, words: tuple[str, ...]) -> None:
    done = run(tmp_path, *words)
    assert json.loads(done.stdout) == {}
    assert done.stderr


def test_what_the_records_are_as_json(home: Path) -> None:
    def told(*words: str) -> dict[str, list[dict[str, object]]]:
        found: dict[str, list[dict[str, object]]]
        found = json.loads(run(home, *words, "--json", typed=OPENS).stdout)
        return found

    people = told("person", "list")["people"]
    assert [each["label"] for each in people] == ["Zed", "Sam"]
    assert ADDRESS in str(people[0]["identifiers"])
    (found,) = told("incident", "list")["incidents"]
    assert (found["number"], found["account"]) == (1, "It rang.")
    assert found["person_id"] == people[1]["id"]
    talks = told("contact", "list")
    assert [each["organisation"] for each in talks["contacts"]] == ["Police"]
    assert talks["due"] == [talks["contacts"][0]["id"]]
    one = run(home, "incident", "show", "9", "--json", typed=OPENS)
    assert one.returncode == 4
