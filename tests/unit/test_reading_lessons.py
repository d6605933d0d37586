"""Finding one's way in a lesson: headings, find, what is near, back and forward."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from guide.actions.desk import Desk, Lessons, forgetful
from guide.actions.journey import Journey
from guide.model.problems import InvalidAnswerError, NotFoundError
from guide.model.reading_width import USUAL, read_at, reading_width
from guide.model.sheet import Sheet
from guide.plain.lines import wrapped
from guide.safety.display import FORBIDDEN
from guide.settings import Settings, as_toml, read_settings
from guide.tui.lines import lay_out
from tests.plain.talking import talk
from tests.unit.library_desk import added, chosen, opened_at, portable, texts, words
from tests.unit.small_packs import UMBRELLA, Files, lesson
from tests.vault.keeping_desk import kept_at

__all__ = ["portable"]  # used by every test here

PARTS = "\n\n".join(
    f"# Part {n}\n\n" + f"Words of part {n}. " * 150 + f"\n\n## Under {n}\n\nMore."
    for n in range(9)
)
PATH = "mail/passwords/beginner/s_long.md"
FILES: Files = {**UMBRELLA, f"en/{PATH}": lesson("Long ones", 2, PARTS)}


@pytest.fixture(autouse=True)
def usual_width() -> Iterator[None]:
    yield
    read_at(USUAL)


def long_lesson(desk: Desk) -> Journey:
    return opened_at(desk, f"pack:lessons/{PATH}")


def first_seen(sheet: Sheet) -> str:
    """What stands on top when the screen is drawn."""
    page = lay_out(sheet, 80, cursor=None)
    return "".join(text for text, _style in page.lines[page.start].pieces).strip()


def test_every_heading_of_every_page_can_be_jumped_to(tmp_path: Path) -> None:
    journey = long_lesson(added(tmp_path, FILES))
    sheet = chosen(journey, "In this lesson")
    wanted = [f"{word} {n}" for n in range(9) for word in ("Part", "Under")]
    jumps = [row for row in sheet.rows if row.value.startswith("jump:")]
    assert [row.text for row in jumps] == wanted
    for row in jumps:
        journey.choose(row.value)
        top = "Long ones" if row.value.endswith("/0") else row.text
        assert first_seen(journey.sheet()) == top
        assert journey.sheet().title == "Long ones"
        chosen(journey, "In this lesson")
    assert journey.back()  # to the lesson
    assert journey.sheet().title == "Long ones"
    assert journey.back()  # and not to each place that was jumped to
    assert journey.sheet().name == "home"


def test_a_lesson_tells_what_stands_beside_it(tmp_path: Path) -> None:
    journey = long_lesson(added(tmp_path, FILES))
    sheet = chosen(journey, "In this lesson")
    at = next(n for n, row in enumerate(sheet.rows) if "same subject" in row.group)
    assert [row.text for row in sheet.rows[at:]] == [
        *("Read me first", "Short ones", "Check", "Keys"),
        *("The contents of this pack", "How wide the text is"),
    ]
    assert chosen(journey, "Keys").title == "Keys"
    sheet = chosen(journey, "In this lesson")
    assert "This lesson has no headings." in words(sheet)


def test_find_lists_each_line_and_jumps_there(tmp_path: Path) -> None:
    journey = long_lesson(added(tmp_path, FILES))
    chosen(journey, "Find in")
    journey.typing("ÜNDER 7")
    sheet = journey.sheet()
    assert texts(sheet) == ["Under 7"]
    journey.typing("words part 3")
    (row,) = journey.sheet().rows
    assert row.text.startswith("Words of part 3.")
    assert row.note.startswith("Part 3, page ")
    journey.typed("words part 3")
    assert first_seen(journey.sheet()).startswith("Words of part 3.")
    chosen(journey, "Find in")
    journey.typing("more")
    assert journey.sheet().progress == "9 found"
    with pytest.raises(NotFoundError):
        journey.typed("zzz")
    journey.back()
    assert journey.sheet().title == "Long ones"


def test_the_last_place_is_offered_and_forgotten_at_the_end(tmp_path: Path) -> None:
    desk = added(tmp_path, FILES)
    journey = long_lesson(desk)
    chosen(journey, "Next page", "Next page")
    again = long_lesson(desk)
    row = next(r for r in again.sheet().rows if r.text.startswith("Go on where"))
    assert row.text.startswith("Go on where you were: Under ")
    again.choose(row.value)
    assert again.sheet().progress.startswith("Page 3 of ")
    while "Next page" in texts(again.sheet()):
        chosen(again, "Next page")
    chosen(again, "Next: ")
    assert not any(
        text.startswith("Go on where") for text in texts(long_lesson(desk).sheet())
    )


def test_a_place_that_is_not_there_any_more_does_no_harm(tmp_path: Path) -> None:
    desk = added(tmp_path, FILES)
    desk.lessons.spots[f"lessons/{PATH}"] = "99/99"
    journey = long_lesson(desk)
    sheet = chosen(journey, "Go on where")
    assert sheet.title == "Long ones"
    assert first_seen(sheet)
    desk.lessons.spots[f"lessons/{PATH}"] = "nonsense"
    assert "Go on where" not in "".join(texts(long_lesson(desk).sheet()))


def test_forward_leads_to_where_one_came_back_from(tmp_path: Path) -> None:
    journey = opened_at(added(tmp_path, FILES), "pack:lessons/mail/passwords/beginner")
    chosen(journey, "Long ones", "Next page")
    shown = journey.sheet()
    journey.back()
    assert journey.sheet().title == "Beginner"
    assert chosen(journey, "Forward again: Long ones").progress == shown.progress
    journey.back()
    assert "Forward again" not in "".join(texts(long_lesson(journey.desk).sheet()))
    assert forgetful(journey.desk).lessons.ahead is None


def test_forward_to_a_pack_that_is_gone_is_refused(tmp_path: Path) -> None:
    from guide.actions.packs import remove_pack

    desk = added(tmp_path, FILES)
    journey = opened_at(desk, "pack:lessons/mail/passwords/beginner")
    chosen(journey, "Short")
    journey.back()
    remove_pack("lessons")
    with pytest.raises(NotFoundError):
        chosen(journey, "Forward again")


HOSTILE = "\x1b]52;c;QQ==\x07 \x9b2J \u202egnp.exe \u200b [@click=app.quit]x[/]"


def test_hostile_headings_are_shown_and_do_nothing(tmp_path: Path) -> None:
    body = f"# {HOSTILE}\n\n{HOSTILE} quokka\n\n> {HOSTILE} &#27; quokka\n"
    files = {**FILES, "en/mail/s_x.md": lesson("X", 9, body)}
    journey = opened_at(added(tmp_path, files), "pack:lessons/mail/s_x.md")
    sheets = [chosen(journey, "In this lesson")]
    journey.back()
    chosen(journey, "Find in")
    journey.typing("quokka")
    sheets.append(journey.sheet())
    seen = 0
    for sheet in sheets:
        assert "Not part of the guide" in [block.lead for block in sheet.blocks]
        for row in sheet.rows:
            for text in (row.text, row.note, row.group):
                assert not FORBIDDEN.search(text), repr(text)
                seen += "⟨202E⟩" in text
    assert seen >= 3


def test_plain_mode_begins_where_it_was_jumped_to(tmp_path: Path) -> None:
    journey = long_lesson(added(tmp_path, FILES))
    rows = journey.sheet().rows
    number = next(n for n, row in enumerate(rows, 1) if "In this" in row.text)
    heard = talk(str(number), "Under 2", journey=journey).heard
    after = heard[heard.rindex("This begins further down on the page.") :]
    assert "Words of part 2." not in after
    assert "Heading 2: Under 2" in after
    assert heard.rindex("Not part of the guide") > heard.index("Under 2")


def test_the_width_is_chosen_and_both_front_ends_follow(tmp_path: Path) -> None:
    journey = long_lesson(added(tmp_path, FILES))
    sheet = journey.sheet()
    usual = _widest(sheet)
    chosen(journey, "In this lesson", "How wide", "60 letters")
    assert reading_width() == 60
    assert _widest(sheet) < 62 < usual <= 73
    assert max(map(len, wrapped("word " * 100))) <= 60
    assert chosen(journey, "Go on").title == "In this lesson, and near it"
    with pytest.raises(InvalidAnswerError):
        opened_at(journey.desk, "width").choose("at:9999")


def _widest(sheet: Sheet) -> int:
    lines = lay_out(sheet, 120, cursor=None).lines
    return max(sum(len(text) for text, _style in line.pieces) for line in lines)


@pytest.mark.parametrize(
    ("source", "width"),
    [("width = 60\n", 60), ("width = 61\n", 0), ("width = true\n", 0), ("", 0)],
)
def test_the_width_is_a_preference(tmp_path: Path, source: str, width: int) -> None:
    path = tmp_path / "settings.toml"
    path.write_text(source, "utf-8")
    kept = read_settings(path)
    assert kept.settings.width == width
    assert as_toml(Settings(width=80)) == b"width = 80\n"
    assert bool(kept.problem) == (source not in ("", "width = 60\n"))


def test_config_takes_a_width(capsys: pytest.CaptureFixture[str]) -> None:
    from guide.cli.commands import run

    assert run(["config", "width", "80"]) == 0
    assert run(["config"]) == 0
    assert "width: 80" in capsys.readouterr().out
    assert run(["config", "width", "81"]) == 2
    assert "60, 72, 80" in capsys.readouterr().err


def test_the_last_place_lies_with_the_notes_where_these_are_kept(
    tmp_path: Path,
) -> None:
    desk = kept_at(added(tmp_path, FILES), tmp_path / "notes")
    chosen(long_lesson(desk), "Next page")
    later = replace(desk, lessons=Lessons())
    sheet = long_lesson(later).sheet()
    assert any(text.startswith("Go on where you were") for text in texts(sheet))
    desk.close()
