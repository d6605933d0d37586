"""What the reader does in the library is kept with their notes, sealed, and theirs."""

from __future__ import annotations

from pathlib import Path

import pytest

from guide.actions.desk import Desk, Lessons, forgetful
from guide.actions.journey import Journey
from guide.actions.keeping import open_vault_desk
from guide.model.problems import GuideError
from guide.model.progress import TickState
from guide.model.sheet import RowKind, Sheet
from tests.plain.talking import a_desk
from tests.unit.library_desk import added, chosen, opened_at, portable, texts, words
from tests.unit.test_pack_forms import FILES, FORM, filled_in, notes
from tests.vault.keeping_desk import WORDS, kept_at
from tests.vault.making import read_only

__all__ = ["portable"]  # used by every test here
LESSON = "pack:lessons/mail/passwords/beginner/s_long.md"
CHECKS = "pack:lessons/mail/passwords/beginner/c_check.yml"
NAME = "Robin"  # what is written into the form
OWN_LINE = "a line that nobody else would write"


def all_done(desk: Desk) -> Journey:
    """A form filled in, a star, a bookmark, a list of one's own, ticks, a level."""
    journey = filled_in(desk)
    chosen(journey, "Put a star")
    journey.open(LESSON)
    chosen(journey, "Bookmark", "Long", "Go on")
    journey.open("pack:!mine/new")
    journey.typed("For the bag")
    journey.typed(OWN_LINE)
    chosen(journey, OWN_LINE)
    journey.open(CHECKS)
    chosen(journey, "Write none")
    journey.open("pack:lessons/mail/passwords/beginner")
    return journey


def there(desk: Desk) -> None:
    """All of it is at *desk*."""
    assert notes(opened_at(desk, FORM).sheet())[0] == NAME
    mine = opened_at(desk, "library").sheet()
    assert texts(mine)[:3] == ["For the bag", "Everything", "Long ones: Long"]
    assert mine.rows[0].note == "100 % done"
    assert ticked(opened_at(desk, CHECKS).sheet()) == ["Write none"]
    subject = opened_at(desk, "pack:lessons/mail/passwords").sheet()
    noted = {row.text: row.note for row in subject.rows}
    assert noted["Beginner"] == "You read this level last"


def ticked(sheet: Sheet) -> list[str]:
    tasks = [row for row in sheet.rows if row.kind is RowKind.TASK]
    return [row.text for row in tasks if row.state is TickState.DONE]


def test_all_of_it_is_kept_and_sealed(tmp_path: Path) -> None:
    added(tmp_path, FILES)
    folder = tmp_path / "home" / "notes"
    desk = kept_at(a_desk(), folder)
    all_done(desk)
    desk.close()
    for path in folder.rglob("*"):
        if path.is_file():
            data = path.read_bytes()
            assert NAME.encode() not in data
            assert OWN_LINE.encode() not in data
    again = open_vault_desk(a_desk(), folder, WORDS)
    there(again)
    again.close()


def test_what_was_done_without_a_vault_moves_into_a_new_one(tmp_path: Path) -> None:
    added(tmp_path, FILES)
    desk = a_desk()
    all_done(desk)
    folder = tmp_path / "home" / "notes"
    kept = kept_at(desk, folder)
    opened_at(kept, "pack:lessons/mail/passwords/beginner")
    kept.close()
    again = open_vault_desk(a_desk(), folder, WORDS)
    there(again)
    again.close()


def test_nothing_is_kept_without_a_vault(tmp_path: Path) -> None:
    desk = added(tmp_path, FILES)
    before = sorted(tmp_path.rglob("*"))
    journey = all_done(desk)
    journey.open(FORM)
    assert "Not saving: gone when you leave." in words(journey.sheet())
    assert sorted(tmp_path.rglob("*")) == before
    fresh = Journey(forgetful(desk))
    fresh.open("library")
    assert texts(fresh.sheet())[0] == "lessons"
    fresh.open(FORM)
    assert set(notes(fresh.sheet())) <= {""}


def brought(tmp_path: Path) -> tuple[Desk, Path]:
    """A vault that has one answer, and a desk where more was done before opening it."""
    added(tmp_path, FILES)
    folder = tmp_path / "home" / "notes"
    kept = kept_at(a_desk(), folder)
    journey = opened_at(kept, FORM)
    chosen(journey, "Fill it in")
    journey.typed("Kept before")
    kept.close()
    desk = a_desk()
    all_done(desk)
    return desk, folder


def test_what_was_done_meanwhile_is_asked_about_and_brought(tmp_path: Path) -> None:
    desk, folder = brought(tmp_path)
    kept = open_vault_desk(desk, folder, WORDS)
    journey = Journey(kept)
    journey.open("bring")
    rows = {row.text: row for row in journey.sheet().rows}
    ours = [text for text in rows if "library" in text or "Form" in text]
    assert ours == [
        "Form: All: 5 answers",
        "What is yours in the library: 1 checklist, 1 star, 1 bookmark",
    ]
    assert rows["What you ticked off: 2 lines"].on
    assert rows[ours[1]].on
    assert not rows[ours[0]].on, "it would go over an answer that is kept"
    assert rows[ours[0]].note == "In your notes: 1 answer"
    journey.choose(rows[ours[0]].value)
    chosen(journey, "Put what is ticked")
    opened_at(kept, "pack:lessons/mail/passwords/beginner")
    there(kept)
    kept.close()


def test_what_was_not_wanted_is_not_brought(tmp_path: Path) -> None:
    desk, folder = brought(tmp_path)
    kept = open_vault_desk(desk, folder, WORDS)
    journey = Journey(kept)
    journey.open("bring")
    chosen(journey, "Put none")
    assert notes(opened_at(kept, FORM).sheet())[:2] == ["Kept before", ""]
    assert texts(opened_at(kept, "library").sheet())[0] == "lessons"
    kept.close()


def test_brought_answers_stand_beside_those_that_are_kept(tmp_path: Path) -> None:
    added(tmp_path, FILES)
    folder = tmp_path / "home" / "notes"
    kept = kept_at(a_desk(), folder)
    filled_in(kept)
    kept.close()
    desk = a_desk()
    journey = opened_at(desk, FORM)
    chosen(journey, "Fill it in")
    journey.typed("Somebody else")
    again = open_vault_desk(desk, folder, WORDS)
    journey = Journey(again)
    journey.open("bring")
    chosen(journey, "Form: All", "Put what is ticked")
    shown = notes(opened_at(again, FORM).sheet())
    assert shown[0] == "Somebody else"
    assert shown[1:] == [
        "First line second line",
        "A letter; Something else",
        "Again",
        "No more",
    ]
    again.close()


def test_the_level_is_remembered_for_good(tmp_path: Path) -> None:
    added(tmp_path)
    folder = tmp_path / "home" / "notes"
    desk = kept_at(a_desk(), folder)
    opened_at(desk, "pack:lessons/mail/passwords/advanced")
    desk.close()
    again = open_vault_desk(a_desk(), folder, WORDS)
    assert again.lessons == Lessons()
    sheet = opened_at(again, "pack:lessons/mail/passwords").sheet()
    assert [r.text for r in sheet.rows if r.note] == ["Advanced"]
    again.close()


def test_no_copy_is_saved_inside_the_vault(tmp_path: Path) -> None:
    added(tmp_path, FILES)
    folder = tmp_path / "home" / "notes"
    desk = kept_at(a_desk(), folder)
    journey = filled_in(desk)
    chosen(journey, "Save or print")
    journey.choose("save:txt")
    with pytest.raises(GuideError):
        journey.typed(str(folder / "copy.txt"))
    assert not (folder / "copy.txt").exists()
    desk.close()


def test_a_vault_that_can_only_be_read_keeps_nobody_in_a_form(tmp_path: Path) -> None:
    added(tmp_path, FILES)
    folder = tmp_path / "home" / "notes"
    desk = kept_at(a_desk(), folder)
    filled_in(desk)
    desk.close()
    with read_only(folder):
        again = open_vault_desk(a_desk(), folder, WORDS)
        journey = opened_at(again, FORM)
        chosen(journey, "Go on filling")
        with pytest.raises(GuideError):
            journey.typed("Somebody else")
        with pytest.raises(GuideError):
            journey.choose("clear")
        assert journey.back()
        assert notes(journey.sheet())[0] == NAME
        journey.open("pack:lessons/mail/passwords/beginner")
        assert journey.sheet().title == "Beginner"
        again.close()
