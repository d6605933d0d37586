"""Lessons of others are added, looked at and removed inside the guide."""

from __future__ import annotations

import errno
import os
from dataclasses import replace
from pathlib import Path

import pytest

from guide.actions.journey import Journey
from guide.actions.pack_adding import free_name, look_at
from guide.actions.pack_facts import worst_in_words
from guide.actions.packs import added_names, remove_pack
from guide.actions.tracing import look_for_traces
from guide.library.packs import problems
from guide.model.problems import Finding, GuideError, NotWrittenError
from guide.model.sheet import RowKind
from guide.safety.display import FORBIDDEN
from tests.plain.talking import a_desk
from tests.promises.hostile_packs import Raw, raw_zip, sound
from tests.promises.hostile_world import finish_work
from tests.unit.adding_desk import (
    NEWER,
    OF_ANOTHER,
    added_inside,
    at_the_line,
    everything_in,
    finished,
    looked_at,
    said,
)
from tests.unit.library_desk import added, chosen, opened_at, portable, texts, words
from tests.unit.small_packs import OWN, UMBRELLA, as_folder, as_zip

__all__ = ["portable"]  # used by every test here
CHECKS = "pack:lessons/mail/passwords/beginner/c_check.yml"


@pytest.fixture
def journey() -> Journey:
    return Journey(a_desk())


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


def test_the_way_is_there_without_a_pack_and_the_first_screen_stays_quiet(
    journey: Journey,
) -> None:
    assert "library" not in [row.value for row in journey.sheet().rows]
    journey.open("commands")
    sheet = chosen(journey, "Add or remove lessons")
    assert (sheet.title, texts(sheet)) == ("Lessons from others", ["Add lessons"])
    journey.open("library")
    assert "There are no packs yet." in words(journey.sheet())
    assert chosen(journey, "Add or remove").title == "Lessons from others"


def test_everything_is_said_before_anything_is_written(
    tmp_path: Path, journey: Journey, home: Path
) -> None:
    sheet = looked_at(journey, as_folder(tmp_path / "stick", OWN))
    told = said(sheet)
    for each in (
        *("Not part of the guide", "Name: Neighbours", "Author: A group"),
        *("Licence: CC0", "Date: 2026-11", "Languages: en", "In it: 3 lessons"),
        *("Problems in it: 1", "1 file is not used", f"not sealed: {home / 'packs'}"),
        *("Others who use this computer can find it.", "stays as it is"),
    ):
        assert each in told, each
    assert texts(sheet) == ["Add these lessons", "Do not add them"]
    assert not home.exists(), "something was written before the reader said yes"


def test_checklists_and_forms_are_counted(tmp_path: Path, journey: Journey) -> None:
    told = said(looked_at(journey, as_folder(tmp_path / "stick", UMBRELLA)))
    assert "In it: 8 lessons, 1 checklist, 1 form" in told
    assert "Languages: en, es" in told
    assert "Author: not stated" in told
    assert "Problems in it: none found" in told


@pytest.mark.parametrize("packed", [False, True], ids=["folder", "zip"])
def test_adding_reading_and_removing(
    tmp_path: Path, journey: Journey, home: Path, *, packed: bool
) -> None:
    stick = tmp_path / "stick"
    as_folder(stick / "lessons", UMBRELLA)
    as_zip(stick / "lessons.zip", UMBRELLA, above="lessons-main/")
    before = everything_in(stick)
    place = stick / ("lessons.zip" if packed else "lessons")
    (name,) = ["lessons"] if not packed else ["lessons-main"]
    done = added_inside(journey, place)
    assert done.blocks[0].text.startswith("The lessons were added.")
    assert added_names() == (name,)
    assert chosen(journey, "Read these lessons", "Mail and calls").rows
    journey.open("home")
    assert "library" in [row.value for row in journey.sheet().rows]
    assert chosen(journey, "Library").rows[0].value == f"pack:{name}"
    asked = chosen(journey, "Add or remove", name, "Remove them")
    assert "kept in your notes stay there" in words(asked)
    assert "The folder or zip it came from stays." in words(asked)
    assert chosen(journey, "No, keep them").title == name
    assert added_names() == (name,)
    gone = chosen(journey, "Remove them", "Yes, remove the copy")
    assert (gone.title, texts(gone)) == ("Lessons from others", ["Add lessons"])
    assert f"Removed: {name}." in words(gone)
    assert not (home / "packs").exists(), "an empty folder tells something"
    assert everything_in(stick) == before
    journey.open("home")
    assert "library" not in [row.value for row in journey.sheet().rows]


@pytest.mark.parametrize("way", ["Do not add them", "back", "stop"])
def test_a_reader_who_does_not_add_leaves_nothing_behind(
    tmp_path: Path, journey: Journey, home: Path, way: str
) -> None:
    folder = as_folder(tmp_path / "stick", UMBRELLA)
    before = everything_in(tmp_path)
    if way == "stop":
        at_the_line(journey).typed(str(folder))
        journey.choose("stop")
        with pytest.raises(GuideError, match=r"stopped this. Nothing was added\."):
            finish_work(journey)
        assert journey.sheet().title == "Add lessons"
    else:
        looked_at(journey, folder)
        if way == "back":
            assert journey.back()
        else:
            assert "Nothing was added" in words(chosen(journey, way))
    assert everything_in(tmp_path) == before
    assert not home.exists()


def test_what_was_typed_stays_on_the_line_after_a_refusal(
    tmp_path: Path, journey: Journey
) -> None:
    wrong = f"{tmp_path}/wrong"
    at_the_line(journey).typed(wrong)
    with pytest.raises(GuideError, match=r"no zip with that name. Nothing was added\."):
        finish_work(journey)
    ask = journey.sheet().ask
    assert ask is not None
    assert ask.value == wrong
    with pytest.raises(GuideError, match="No file name was given"):
        journey.typed("  ")


@pytest.mark.parametrize("way", ["'{}'", "file://{}", "~/stick with lessons"])
def test_a_folder_is_named_as_elsewhere(
    tmp_path: Path, journey: Journey, monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    folder = as_folder(tmp_path / "stick with lessons", OWN)
    place = folder.as_uri().removeprefix("file://") if "file:" in way else folder
    assert looked_at(journey, way.format(place)).title == "Add these lessons?"


def test_the_same_lessons_twice_change_nothing(
    tmp_path: Path, journey: Journey, home: Path
) -> None:
    folder = as_folder(tmp_path / "stick", OWN)
    added_inside(journey, folder)
    before = everything_in(home)
    sheet = looked_at(journey, folder)
    assert sheet.title == "These lessons are here already"
    assert texts(sheet) == ["Read these lessons"]
    for value in ("add", "update", "beside"):
        with pytest.raises(GuideError):
            journey.choose(value)
    assert everything_in(home) == before


def test_an_update_says_so_and_keeps_ticks(tmp_path: Path, journey: Journey) -> None:
    added_inside(journey, as_folder(tmp_path / "1" / "lessons", UMBRELLA))
    journey.open(CHECKS)
    chosen(journey, "Write none")
    checks = CHECKS.replace("pack:lessons", "en")
    newer = str(UMBRELLA[checks]).replace("- check: Change one\n", "- check: Newer\n")
    sheet = looked_at(
        journey, as_folder(tmp_path / "2" / "lessons", {**UMBRELLA, checks: newer})
    )
    assert "You have lessons. Author: not stated." in words(sheet)
    assert "Ticks stay on each line that is the same in both." in words(sheet)
    assert texts(sheet) == [
        "Put them in place of the ones here",
        "Add them beside the others",
        "Do not add them",
    ]
    done = finished(journey, "Put them")
    assert done.blocks[0].text.startswith("The lessons were updated.")
    assert added_names() == ("lessons",)
    rows = opened_at(journey.desk, CHECKS).sheet().rows
    ticks = {row.text: row.state for row in rows if row.kind is RowKind.TASK}
    assert ticks == {"Newer": "not now", "Write none": "done"}


def test_what_has_the_name_of_another_stands_beside_it(
    tmp_path: Path, journey: Journey, home: Path
) -> None:
    """Whoever copies the name of lessons that are trusted replaces nothing."""
    added_inside(journey, as_folder(tmp_path / "1", OWN))
    first = (home / "packs" / "neighbours.zip").read_bytes()
    sheet = looked_at(journey, as_folder(tmp_path / "2", OF_ANOTHER))
    assert "by another author" in words(sheet)
    assert texts(sheet) == ["Add them beside the others", "Do not add them"]
    with pytest.raises(GuideError):
        journey.choose("update")
    finished(journey, "Add them beside")
    assert added_names() == ("neighbours", "neighbours-2")
    assert (home / "packs" / "neighbours.zip").read_bytes() == first
    journey.open("packs")
    noted = [row.note for row in journey.sheet().rows[:2]]
    assert noted == ["A group, 2026-11", "Somebody else, 2026-11"]


def test_no_pack_takes_the_name_of_the_one_of_this_run(
    tmp_path: Path, journey: Journey
) -> None:
    added_inside(journey, as_folder(tmp_path / "this-run", UMBRELLA))
    assert added_names() == ("this-run-2",)


def test_lessons_that_were_removed_elsewhere_are_opened_anew(
    tmp_path: Path, journey: Journey
) -> None:
    added_inside(journey, as_folder(tmp_path / "1", OWN))
    chosen(journey, "Read these lessons")
    remove_pack("neighbours")
    added_inside(journey, as_folder(tmp_path / "2", NEWER))
    assert "New here" in texts(chosen(journey, "Read these lessons", "Learn"))


def test_a_name_that_was_taken_meanwhile_is_not_written_over(
    tmp_path: Path, journey: Journey, home: Path
) -> None:
    looked_at(journey, as_folder(tmp_path / "1", OWN))
    added(tmp_path, NEWER, "neighbours")
    before = everything_in(home)
    with pytest.raises(GuideError, match=r"It was not changed\. Go back"):
        finished(journey, "Add these lessons")
    assert everything_in(home) == before


def test_only_what_was_shown_is_added(tmp_path: Path, journey: Journey) -> None:
    folder = as_folder(tmp_path / "stick", OWN)
    looked_at(journey, folder)
    as_folder(
        folder, {"en/learn/l-read.md": "---\ntitle: Swapped\n---\nOther words.\n"}
    )
    finished(journey, "Add these lessons")
    shown = chosen(journey, "Read these lessons", "Learn")
    assert texts(shown)[0] == "To read"


def test_hidden_and_acting_characters_are_made_visible(
    tmp_path: Path, journey: Journey
) -> None:
    files = {
        **OWN,
        "pack.toml": 'title = "A\\u001B[2Jb"\nauthor = "\\u202EpuorG"\n'
        'licence = "\\u0007"\ndate = "\\u009B2J"\n',
    }
    place = as_folder(tmp_path / "a\x1b]0;x\x07", files)
    for sheet in (
        looked_at(journey, place),
        finished(journey, "Add these lessons"),
        chosen(journey, "Remove them"),
        chosen(journey, "Yes, remove"),
    ):
        text = "\n".join((said(sheet), sheet.title, *sheet.trail, *texts(sheet)))
        assert "A␛[2Jb" in text
        assert not FORBIDDEN.search(text.replace("\n", ""))


def test_a_zip_with_a_name_that_leads_out_is_refused(
    tmp_path: Path, journey: Journey, home: Path
) -> None:
    place = raw_zip(tmp_path / "x.zip", sound(Raw(name="../../s_x.md")))
    before = everything_in(tmp_path)
    at_the_line(journey).typed(str(place))
    with pytest.raises(GuideError, match=r"leads out of it\. .* Nothing was added\."):
        finish_work(journey)
    assert everything_in(tmp_path) == before
    assert not home.exists()


def test_a_link_in_a_folder_is_said_and_left_out(
    tmp_path: Path, journey: Journey, home: Path
) -> None:
    folder = as_folder(tmp_path / "stick", OWN)
    (tmp_path / "secret").write_text("what nobody else may read")
    (folder / "en" / "learn" / "l-link.md").symlink_to(tmp_path / "secret")
    assert "1 file is left out: it is a link" in said(looked_at(journey, folder))
    finished(journey, "Add these lessons")
    assert b"nobody else" not in (home / "packs" / "neighbours.zip").read_bytes()


def test_a_text_that_cannot_be_read_is_counted(tmp_path: Path) -> None:
    """A stick that is pulled out half-way does not look like a whole one."""
    folder = as_folder(tmp_path / "stick", UMBRELLA)

    def pull_out(done: int, total: int) -> None:
        if done == total - 1:  # the titles were read, the texts were not
            (folder / "en/mail/s_why.md").unlink()

    looked = look_at(str(folder), progress=pull_out)
    assert looked.unread == 1
    told = worst_in_words(looked.findings, looked.unread)
    assert told[0] == "1 file could not be read, and is left out."


def test_a_full_disk_leaves_nothing_half_written(
    tmp_path: Path, journey: Journey, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked_at(journey, as_folder(tmp_path / "stick", OWN))

    def full(_descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "")

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        with pytest.raises(GuideError, match=r"no room .* Nothing was added\."):
            finished(journey, "Add these lessons")
    assert not (home / "packs").exists()
    assert finished(journey, "Add these lessons").title == "Neighbours"


def test_a_copy_that_cannot_be_removed_is_still_there(
    tmp_path: Path, journey: Journey, monkeypatch: pytest.MonkeyPatch
) -> None:
    added_inside(journey, as_folder(tmp_path / "stick", OWN))

    def refused(_path: Path) -> None:
        raise PermissionError(errno.EACCES, "")

    with monkeypatch.context() as patch:
        patch.setattr(Path, "unlink", refused)
        with pytest.raises(NotWrittenError, match="could not be removed"):
            chosen(journey, "Remove them", "Yes, remove")
    assert added_names() == ("neighbours",)
    assert chosen(journey, "Yes, remove").title == "Lessons from others"


def test_a_screen_beneath_still_shows_what_was_open(
    tmp_path: Path, journey: Journey
) -> None:
    """Back from removing never ends in a fault."""
    added_inside(journey, as_folder(tmp_path / "lessons", UMBRELLA))
    journey.open(CHECKS)
    journey.open("packs")
    chosen(journey, "lessons", "Remove them", "Yes, remove")
    while journey.back():
        journey.sheet()
    with pytest.raises(GuideError, match="no pack with that name"):
        journey.open(CHECKS)


def test_lessons_that_do_not_open_can_be_removed(
    tmp_path: Path, journey: Journey
) -> None:
    added(tmp_path)
    broken = tmp_path / "home" / "packs" / "broken.zip"
    broken.write_bytes(b"no zip")
    journey.open("packs")
    rows = {row.text: row.note for row in journey.sheet().rows}
    assert rows["broken"] == "cannot be opened"
    assert "This file is no zip." in words(chosen(journey, "broken"))
    chosen(journey, "Remove them", "Yes, remove")
    assert added_names() == ("lessons",)


def test_a_guide_that_keeps_nothing_adds_nothing(tmp_path: Path, home: Path) -> None:
    journey = Journey(replace(a_desk(), may_keep=False))
    at_the_line(journey)
    assert "You asked to keep nothing this time" in words(journey.sheet())
    assert journey.sheet().ask is None
    with pytest.raises(GuideError):
        journey.typed(str(as_folder(tmp_path / "stick", OWN)))
    assert not home.exists()


def test_what_it_leaves_is_what_the_doctor_finds(
    tmp_path: Path, journey: Journey, home: Path
) -> None:
    told = said(looked_at(journey, as_folder(tmp_path / "stick", OWN)))
    finished(journey, "Add these lessons")
    assert look_for_traces(journey.desk).packs == home / "packs"
    assert f"{home / 'packs'}" in told
    assert f"{home / 'packs' / 'neighbours.zip'}" in said(journey.sheet())


def test_the_worst_problems_come_first_and_only_three() -> None:
    codes = sorted(
        value
        for name, value in vars(problems).items()
        if name.isupper() and isinstance(value, str) and value.startswith("P0")
    )
    found = tuple(Finding("x", 1, code, "", "") for code in codes)
    assert [line.split()[0] for line in worst_in_words(found)] == ["1", "1", "1"]
    assert worst_in_words(found)[0].startswith("1 file is left out: it is a link")
    for each in found:  # every code has its words
        assert len(worst_in_words((each,))) == 1, each.code


def test_a_name_that_is_free_is_short_enough_to_be_found(tmp_path: Path) -> None:
    long = "a" * 40
    added(tmp_path, OWN, long)
    assert free_name(long) == f"{'a' * 36}-2"
    assert free_name("this-run") == "this-run-2"
    assert free_name("other") == "other"
