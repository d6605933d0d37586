"""Lessons of others are added and removed by keys alone, in every size of window."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.pilot import Pilot

from guide.actions.journey import Journey
from guide.actions.packs import added_names
from guide.safety.display import FORBIDDEN
from guide.tui.app import GuideApp
from tests.plain.talking import a_desk
from tests.promises.hostile_packs import Raw, raw_zip, sound
from tests.tui.screens import (
    SMALL,
    USUAL,
    WIDE,
    Size,
    lines_of,
    paste,
    press,
    settle,
    text_of,
)
from tests.unit.adding_desk import everything_in
from tests.unit.library_desk import portable
from tests.unit.small_packs import OWN, as_folder

__all__ = ["portable"]  # used by every test here
SIZES = pytest.mark.parametrize(
    "size", [USUAL, SMALL, WIDE], ids=["80x24", "60x20", "200x60"]
)
MOST_WAITS, MOST_PAGES = 200, 6


async def until(pilot: Pilot[int], words: str) -> str:
    """The screen as soon as *words* stand on it."""
    for _time in range(MOST_WAITS):
        await settle(pilot)
        assert isinstance(pilot.app, GuideApp)
        if words in (shown := text_of(pilot.app)):
            return shown
        await pilot.pause(0.05)
    raise AssertionError(shown)


async def chosen(pilot: Pilot[int], words: str) -> str:
    """The screen with *words* after Enter, which first reads on where there is more."""
    assert isinstance(pilot.app, GuideApp)
    for _time in range(MOST_PAGES):
        await press(pilot, "enter")
        for _wait in range(10):
            await pilot.pause(0.02)
            if words in (shown := text_of(pilot.app)):
                return shown
    raise AssertionError(shown)


async def at_the_line(pilot: Pilot[int]) -> None:
    await settle(pilot)
    await press(pilot, "ctrl+p", "s", "a")


@SIZES
async def test_added_read_and_removed_by_keys(tmp_path: Path, size: Size) -> None:
    stick = as_folder(tmp_path / "stick", OWN)
    before = everything_in(stick)
    journey = Journey(a_desk())
    app = GuideApp(journey)
    async with app.run_test(size=size) as pilot:
        await at_the_line(pilot)
        await paste(pilot, str(stick))
        await press(pilot, "enter")
        await until(pilot, "Add these lessons?")
        assert added_names() == ()
        await chosen(pilot, "The lessons were added.")
        assert added_names() == ("neighbours",)
        await press(pilot, "n")
        assert journey.sheet().name == "pack/neighbours/"
        await press(pilot, "backspace", "end")
        await chosen(pilot, "Remove these lessons?")
        await press(pilot, "enter")  # the first row keeps them
        assert added_names() == ("neighbours",)
        await press(pilot, "end")
        await chosen(pilot, "Remove these lessons?")
        await press(pilot, "end")
        await chosen(pilot, "Removed: Neighbours.")
    assert added_names() == ()
    assert everything_in(stick) == before


@SIZES
async def test_a_refusal_keeps_the_line(tmp_path: Path, size: Size) -> None:
    place = raw_zip(tmp_path / "x.zip", sound(Raw(name="../s_x.md")))
    app = GuideApp(Journey(a_desk()))
    async with app.run_test(size=size) as pilot:
        await at_the_line(pilot)
        await paste(pilot, str(place))
        await press(pilot, "enter")
        shown = await until(pilot, "leads out of it")
        assert "Nothing was added." in " ".join(shown.split())
        assert "x.zip" in shown
    assert not (tmp_path / "home").exists()


async def test_no_word_of_a_pack_acts(tmp_path: Path) -> None:
    told = 'title = "x\\u001B[2J [/x]"\nauthor = "[@click=app.quit]\\u202Ex[/]"\n'
    stick = as_folder(tmp_path / "stick", {**OWN, "pack.toml": told})
    app = GuideApp(Journey(a_desk()))
    async with app.run_test(size=USUAL) as pilot:
        await at_the_line(pilot)
        await paste(pilot, str(stick))
        await press(pilot, "enter")
        shown = await until(pilot, "Add these lessons?")
        assert "[@click=app.quit]⟨202E⟩x[/]" in shown
        assert not [line for line in lines_of(app) if FORBIDDEN.search(line)]
        await chosen(pilot, "The lessons were added.")
        assert not [line for line in lines_of(app) if FORBIDDEN.search(line)]
