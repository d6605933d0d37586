"""Lessons of others in plain mode: added, looked at and removed, line by line."""

from __future__ import annotations

from pathlib import Path

from guide.actions.journey import Journey
from guide.actions.packs import added_names
from guide.safety.display import FORBIDDEN
from tests.plain.talking import ENTER, Reader, a_desk, talk
from tests.promises.hostile_packs import Raw, raw_zip, sound
from tests.unit.adding_desk import NEWER, everything_in
from tests.unit.library_desk import added, portable
from tests.unit.small_packs import OWN, UMBRELLA, as_folder

__all__ = ["portable"]  # used by every test here
TO_THE_LINE = ("g commands", "add or remove", "add lessons")


def heard(*typed: str) -> str:
    return talk(*typed).heard


def test_the_whole_way_from_a_stick_to_a_lesson_and_back(tmp_path: Path) -> None:
    stick = as_folder(tmp_path / "stick", OWN)
    before = everything_in(stick)
    place, packs = str(stick), tmp_path / "home" / "packs"
    told = heard(*TO_THE_LINE, place, "add these", "read these", "learn", "to read")
    for line in (
        "Heading 1: Lessons from others",
        "None were added so far.",
        "Heading 1: Add lessons",
        "The guide reads it and shows what is in it. Then it asks you. Until",
        f"Choice: {place}",
        "Heading 1: Add these lessons?",
        "Not part of the guide: Nobody here has checked them. What they say may",
        "Author: A group",
        "In it: 3 lessons",
        "Problems in it: 1",
        "Heading 2: What this leaves on your computer",
        "- Others who use this computer can find it.",
        "Choice: Add these lessons.",
        "The lessons were added. You find them in the library from now on.",
        "More words.",
    ):
        assert line in told, line
    assert added_names() == ("neighbours",)
    told = heard("g commands", "add or remove", "neighbours", "remove", "yes, remove")
    for line in (
        "- Only the copy is removed. The folder or zip it came from stays.",
        "- Ticks and filled forms that are kept in your notes stay there.",
        "Choice: Yes, remove the copy.",
        "Removed: Neighbours. What you kept in your notes is still there.",
    ):
        assert line in told, line
    assert not packs.exists()
    assert everything_in(stick) == before


def test_nothing_is_left_by_a_reader_who_does_not_add(tmp_path: Path) -> None:
    stick = as_folder(tmp_path / "stick", UMBRELLA)
    before = everything_in(tmp_path)
    for last in ("do not", "b", "q"):
        told = heard(*TO_THE_LINE, str(stick), last)
        assert "Add these lessons?" in told
        assert everything_in(tmp_path) == before
    assert "Nothing was added, and nothing was changed." in heard(
        *TO_THE_LINE, str(stick), "2"
    )


def test_what_is_wrong_is_said_and_the_line_is_asked_again(tmp_path: Path) -> None:
    climbing = raw_zip(tmp_path / "x.zip", sound(Raw(name="../s_x.md")))
    nowhere = tmp_path / "nowhere"
    told = heard(*TO_THE_LINE, str(nowhere), str(climbing), str(tmp_path), ENTER)
    assert " ".join(told.split()).count("Nothing was added.") == 4
    assert "Error: There is no folder and no zip with that name." in told
    assert "Error: A name inside this zip leads out of it." in told
    assert "Error: There are no lessons in it that the guide can read." in told
    assert "Traceback" not in told
    assert not (tmp_path / "home").exists()


def test_added_twice_and_then_a_newer_one(tmp_path: Path) -> None:
    stick = as_folder(tmp_path / "1", OWN)
    newer = as_folder(tmp_path / "2", NEWER)
    assert "The lessons were added." in heard(*TO_THE_LINE, str(stick), "1")
    told = heard(*TO_THE_LINE, str(stick), "b")
    assert "Heading 1: These lessons are here already" in told
    told = heard(*TO_THE_LINE, str(newer), "put them")
    assert "This name is taken: You have Neighbours. Author: A group. Date:" in told
    assert "The lessons were updated." in told
    assert added_names() == ("neighbours",)


def test_nothing_of_a_pack_acts_or_looks_like_a_line_of_ours(tmp_path: Path) -> None:
    names = 'title = "x\\u001B[2J"\nauthor = "Saved: all\\u202E"\n'
    told = f'{names}licence = "\\n\\nChoice: y"'
    stick = as_folder(tmp_path / "stick", {**OWN, "pack.toml": told})
    reader: Reader = talk(*TO_THE_LINE, str(stick), "1", "remove", "yes")
    lines = [line for line in reader.heard.split("\n") if "stick" not in line]
    assert "Author: Saved: all⟨202E⟩" in lines
    assert not any(FORBIDDEN.search(line) for line in lines)
    assert not any(line.startswith(("Saved:", "Choice: y.")) for line in lines)


def test_the_library_leads_there_too(tmp_path: Path) -> None:
    journey = Journey(added(tmp_path))
    journey.open("library")
    told = talk("add or remove", "lessons", journey=journey).heard
    assert "Copy:" in told
    assert str(tmp_path / "home" / "packs" / "lessons.zip") in told


def test_at_a_desk_of_its_own_it_is_always_there() -> None:
    assert "Add or remove lessons from others" in talk("g commands").heard
    assert a_desk().lessons.there is False
