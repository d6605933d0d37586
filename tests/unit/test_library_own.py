"""Checklists of the reader's own, stars, bookmarks; lessons and checklists as files."""

from __future__ import annotations

import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from guide.actions.desk import Lessons
from guide.actions.journey import Journey
from guide.actions.own_lists import MOST_LINES, add_line, begin_list
from guide.actions.packs import add_pack, read_pack, remove_pack
from guide.model.problems import GuideError, InvalidAnswerError, NotFoundError
from guide.model.progress import TickState
from guide.model.sheet import RowKind
from guide.safety.display import FORBIDDEN
from tests.plain.talking import a_desk, talk
from tests.unit.library_desk import (
    added,
    chosen,
    every_sheet,
    opened_at,
    portable,
    texts,
    words,
)
from tests.unit.small_packs import OWN, UMBRELLA, Files, as_folder, lesson

__all__ = ["portable"]  # used by every test here
LONG = "pack:lessons/mail/passwords/beginner/s_long.md"
CHECKS = "pack:lessons/mail/passwords/beginner/c_check.yml"
NEW = "pack:!mine/new"
EMPTY = ["Add or remove lessons", "Make a checklist of your own"]  # the library


def a_list(*lines: str) -> Journey:
    journey = opened_at(a_desk(), NEW)
    journey.typed("For the bag")
    for line in lines:
        journey.typed(line)
    return journey


def test_a_checklist_of_ones_own_is_written_and_ticked() -> None:
    journey = a_list("Keys", "Papers")
    sheet = journey.sheet()
    assert (sheet.title, sheet.progress) == ("For the bag", "0 % done")
    chosen(journey, "Papers")
    assert journey.sheet().progress == "50 % done"
    states = [r.state for r in journey.sheet().rows if r.kind is RowKind.TASK]
    assert states == [TickState.NOT_NOW, TickState.DONE]
    journey.open("library")
    assert texts(journey.sheet())[0] == "For the bag"
    assert journey.sheet().rows[0].note == "50 % done"
    assert chosen(journey, "For the bag").copy_text == "- Keys\n- Papers"


def test_a_line_is_worded_anew_and_keeps_its_tick() -> None:
    journey = a_list("Keys", "Papers")
    chosen(journey, "Keys", "Change or remove", "Keys")
    journey.typed("All keys")
    sheet = chosen(journey, "That is all")
    assert [(r.text, r.state) for r in sheet.rows[:2]] == [
        ("All keys", TickState.DONE),
        ("Papers", TickState.NOT_NOW),
    ]
    chosen(journey, "Change or remove", "Papers", "Remove this line", "That is all")
    assert journey.sheet().progress == "100 % done"


def test_removing_a_checklist_asks_first() -> None:
    journey = a_list("Keys")
    sheet = chosen(journey, "Remove this checklist")
    assert texts(sheet) == ["No, keep it", "Yes, remove it"]
    chosen(journey, "No, keep it", "Remove this checklist", "Yes, remove it")
    journey.open("library")
    assert texts(journey.sheet()) == EMPTY
    with pytest.raises(GuideError):
        a_list("Keys").choose("sure")


def test_a_name_is_given_anew_and_none_is_refused() -> None:
    journey = a_list("Keys")
    chosen(journey, "Give it another name")
    with pytest.raises(InvalidAnswerError):
        journey.typed("   ")
    with pytest.raises(InvalidAnswerError):
        journey.typed("x" * 121)
    journey.typed("For the car")
    assert journey.sheet().title == "For the car"


def test_a_checklist_has_an_end() -> None:
    desk = a_desk()
    id_ = begin_list(desk, "Long").id
    for number in range(MOST_LINES):
        add_line(desk, id_, f"Line {number}")
    with pytest.raises(InvalidAnswerError):
        add_line(desk, id_, "One more")


def test_a_list_that_is_gone_is_said_to_be_gone() -> None:
    with pytest.raises(NotFoundError):
        opened_at(a_desk(), "pack:!mine/list:nothing")
    with pytest.raises(NotFoundError):
        opened_at(a_desk(), "pack:!mine/mark:nothing")
    with pytest.raises(NotFoundError):
        opened_at(a_desk(), "pack:!mine/other")


def test_plain_mode_makes_and_ticks_a_checklist() -> None:
    journey = opened_at(a_desk(), NEW)
    heard = talk("For the bag", "Keys", "1", journey=journey).heard
    assert "Question: What is the checklist called?" in heard
    assert "Task 1: done." in heard
    assert "Not saving: gone when you leave." in heard


def test_a_star_brings_to_the_top_of_the_library(tmp_path: Path) -> None:
    desk = added(tmp_path)
    for target in (LONG, CHECKS, "pack:lessons/forms/f_what.yml"):
        chosen(opened_at(desk, target), "Put a star")
    journey = opened_at(desk, "library")
    sheet = journey.sheet()
    assert texts(sheet)[:3] == ["Check", "Long ones", "What happened"]
    assert sheet.rows[0].group == "With a star"
    assert chosen(journey, "Long ones").title == "Long ones"
    chosen(journey, "Take the star away")
    journey.open("library")
    assert "Long ones" not in texts(journey.sheet())


BODY = "\n\n".join(f"# Part {n}\n\n" + "Words here. " * 450 for n in range(6))
PARTS: Files = {**UMBRELLA, "en/mail/s_x.md": lesson("Parts", 9, BODY)}
LATER: Files = {
    **UMBRELLA,
    "en/mail/s_x.md": lesson("Parts", 9, f"# New\n\n{'Other. ' * 1500}\n\n{BODY}"),
}


def test_a_bookmark_finds_its_heading_in_a_newer_pack(tmp_path: Path) -> None:
    desk = added(tmp_path, PARTS)
    journey = opened_at(desk, "pack:lessons/mail/s_x.md")
    while "Part 4" not in words(journey.sheet()):
        chosen(journey, "Next page")
    page = journey.sheet().progress
    chosen(journey, "Bookmark a place", "Part 4", "Go on")
    assert journey.sheet().progress == page, "it leads back to the same page"
    journey.open("library")
    assert texts(journey.sheet())[0] == "Parts: Part 4"
    assert chosen(journey, "Parts: Part 4").progress == page
    again = as_folder(tmp_path / "newer", LATER)
    add_pack(read_pack(str(again), "lessons"), replace=True)
    journey = opened_at(replace(desk, lessons=Lessons()), "library")
    shown = chosen(journey, "Parts: Part 4")
    assert "Part 4" in words(shown)
    assert shown.progress != page, "the test moved nothing"


def test_a_star_and_a_bookmark_outlive_their_pack(tmp_path: Path) -> None:
    desk = added(tmp_path)
    journey = opened_at(desk, LONG)
    chosen(journey, "Put a star", "Bookmark", "The top", "Go on")
    remove_pack("lessons")
    journey = opened_at(replace(desk, lessons=Lessons()), "library")
    assert texts(journey.sheet())[:2] == ["Long ones", "Long ones: page 1"]
    for row in journey.sheet().rows[:2]:
        with pytest.raises(NotFoundError):
            journey.choose(row.value)
    chosen(journey, "All that is yours", "Take some away", "Take away: Long ones")
    chosen(journey, "Take away: Long ones: page 1")
    journey.open("library")
    assert texts(journey.sheet()) == EMPTY


@pytest.mark.parametrize("ending", ["txt", "md", "html", "docx", "pdf"])
@pytest.mark.parametrize("target", [LONG, CHECKS])
def test_a_copy_says_whose_words_these_are(
    tmp_path: Path, ending: str, target: str
) -> None:
    about = (
        'title = "Words"\nauthor = "A <b>group"\nlicence = "CC0"\ndate = "2026-11"\n'
    )
    files = {**UMBRELLA, "pack.toml": f'format = "umbrella"\n{about}'}
    journey = opened_at(added(tmp_path, files), target)
    if target == CHECKS:
        chosen(journey, "Write none")
    chosen(journey, "Save or print")
    journey.choose(f"save:{ending}")
    journey.typed(str(tmp_path / "copy"))
    path = tmp_path / f"copy.{ending}"
    assert path.stat().st_mode & 0o777 == 0o600
    if ending == "pdf":
        assert path.read_bytes().startswith(b"%PDF-")
        return
    text = text_of(path)
    for said in ("Not part of the guide", "A <b>group", "CC0", "2026-11"):
        assert said in text, said
    wanted = {LONG: "[Picture: A lock. File: lock.png]", CHECKS: "[x] Write none"}
    assert wanted[target] in text


def text_of(path: Path) -> str:
    data = path.read_bytes()
    if path.suffix == ".docx":
        with zipfile.ZipFile(path) as archive:
            data = archive.read("word/document.xml")
    text = " ".join(data.decode().split()).replace("\\", "")
    return text.replace("&lt;", "<").replace("&gt;", ">")


def test_a_web_page_runs_nothing_and_asks_nobody(tmp_path: Path) -> None:
    body = "<script>x</script> [out](https://example.com/?a=1&b=2) ![p](//e.example/x)"
    files = {**UMBRELLA, "en/mail/s_x.md": lesson("<img src=x>", 9, body)}
    journey = opened_at(added(tmp_path, files), "pack:lessons/mail/s_x.md")
    chosen(journey, "Save or print")
    journey.choose("save:html")
    journey.typed(str(tmp_path / "copy.html"))
    text = (tmp_path / "copy.html").read_text("utf-8")
    assert "default-src 'none'" in text.replace("&#x27;", "'")
    for never in ("<script", "<img", "<a ", "src="):
        assert never not in text.replace("&lt;", "≤").replace("src=x&gt;", ""), never
    assert "https://example.com/?a=1&amp;b=2" in text


def test_a_whole_lesson_is_saved_and_not_one_page(tmp_path: Path) -> None:
    journey = opened_at(added(tmp_path, PARTS), "pack:lessons/mail/s_x.md")
    assert "Next page" in texts(journey.sheet())
    chosen(journey, "Save or print")
    journey.choose("save:txt")
    journey.typed(str(tmp_path / "copy"))
    text = text_of(tmp_path / "copy.txt")
    assert text.count("Words here.") == 2700


def test_tasks_of_our_own_format_are_in_the_copy(tmp_path: Path) -> None:
    target = "pack:neighbours/guide/1-begin/s-two.md"
    journey = opened_at(added(tmp_path, OWN, "neighbours"), target)
    chosen(journey, "Save or print")
    journey.choose("save:txt")
    journey.typed(str(tmp_path / "copy"))
    assert "[ ] Do it" in text_of(tmp_path / "copy.txt")


def test_hostile_words_of_ones_own_do_nothing(tmp_path: Path) -> None:
    hostile = "\x1b[2J \u202egnp.exe"
    journey = opened_at(a_desk(), NEW)
    journey.typed(hostile)
    journey.typed(hostile)
    sheets = [journey.sheet(), chosen(journey, "Change or remove")]
    journey.open("library")
    sheets.append(journey.sheet())
    shown = "".join(
        part
        for sheet in sheets
        for part in (
            *(sheet.title, *sheet.trail),
            *(row.text + row.note for row in sheet.rows),
        )
    )
    assert not FORBIDDEN.search(shown)
    assert shown.count("⟨202E⟩") >= 4, "what was typed is not shown at all"


def test_only_looking_around_leaves_nothing_to_keep(tmp_path: Path) -> None:
    """No question follows about what was never said, and no database is made."""
    desk = added(tmp_path)
    for sheet in every_sheet(Journey(desk)):
        assert sheet.title
    assert desk.untouched
