"""Search and jumps in the interface: typed, found, opened, and drawn in every size."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from textual.widgets import Input

from guide.actions.journey import Journey
from guide.safety.display import FORBIDDEN
from guide.tui.app import GuideApp
from tests.tui.screens import (
    SMALL,
    TINY,
    USUAL,
    WIDE,
    Size,
    lines_of,
    press,
    settle,
    text_of,
)
from tests.unit.library_desk import added, opened_at, portable
from tests.unit.small_packs import UMBRELLA, lesson

__all__ = ["portable"]  # used by every test here
WORD = "quokka"
HOSTILE = "\x1b]52;c;QQ==\x07 \x9b2J \u202egnp [@click=app.quit]x[/] [/x]"
PARTS = "\n\n".join(f"# Part {n}\n\n" + "Words here. " * 30 for n in range(8))
FILES = {
    **UMBRELLA,
    "en/mail/s_x.md": lesson("The lesson", 3, f"{HOSTILE} {WORD} {HOSTILE}"),
    "en/mail/s_y.md": lesson("Long", 4, PARTS),
    "en/mail/c_x.yml": f"index: 5\nlist:\n- check: See the {WORD}\n",
}


@pytest.mark.parametrize(
    "size", [USUAL, SMALL, WIDE, TINY], ids=["80x24", "60x20", "200x60", "40x12"]
)
async def test_search_as_you_type_is_drawn(tmp_path: Path, size: Size) -> None:
    app = GuideApp(Journey(added(tmp_path, FILES)))
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        await press(pilot, "slash", *WORD)
        await _until(app, "2 found")
        lines = lines_of(app)
        assert len(lines) == size[1]
        assert not [line for line in lines if FORBIDDEN.search(line)]
        assert "By others, not part of" in text_of(app)


async def test_what_is_not_read_yet_comes_by_itself(tmp_path: Path) -> None:
    journey = Journey(added(tmp_path, FILES))
    app = GuideApp(journey)
    async with app.run_test(size=USUAL) as pilot:
        await settle(pilot)
        journey.open("search")
        journey.typing(WORD)  # before anything was read
        app.show_sheet()
        await _until(app, "2 found")
        assert "Not everything is looked through yet" not in text_of(app)


async def test_a_filter_is_chosen_and_the_words_stay(tmp_path: Path) -> None:
    app = GuideApp(Journey(added(tmp_path, FILES)))
    async with app.run_test(size=USUAL) as pilot:
        await settle(pilot)
        await press(pilot, "slash", *WORD)
        await _until(app, "2 found")
        await press(pilot, "down", "down", "enter")
        assert "Where to look" in text_of(app)
        await press(pilot, "down", "enter")
        await _until(app, "Looking only in: checklist.")
        assert app.query_one("#typed", Input).value == WORD
        assert "The lesson" not in text_of(app)


async def test_enter_opens_what_was_found_and_a_heading_is_on_top(
    tmp_path: Path,
) -> None:
    app = GuideApp(opened_at(added(tmp_path, FILES), "pack:lessons/mail/s_y.md"))
    async with app.run_test(size=USUAL) as pilot:
        await settle(pilot)
        await press(pilot, "c")
        assert "In this lesson, and near it" in text_of(app)
        await press(pilot, "5", "enter")
        shown = lines_of(app)
        assert "Part 4" in shown[3]
        assert not any("Part 3" in line for line in shown)
        await press(pilot, "f")
        await press(pilot, *"part 6")
        await press(pilot, "enter")
        assert any("Part 6" in line for line in lines_of(app))
        await press(pilot, "escape")
        assert "Part 6" not in text_of(app)


async def _until(app: GuideApp, words: str) -> None:
    """Wait until *words* are on the screen, or fail with what is there."""
    for _time in range(300):
        if words in text_of(app):
            return
        await asyncio.sleep(0.01)
    raise AssertionError(text_of(app))
