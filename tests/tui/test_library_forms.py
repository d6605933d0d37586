"""A form of a pack is filled, and a checklist of one's own is made, by keys alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from guide.tui.app import GuideApp
from tests.plain.talking import a_desk
from tests.tui.screens import SMALL, USUAL, WIDE, Size, paste, press, settle, text_of
from tests.unit.library_desk import added, opened_at, portable
from tests.unit.test_pack_forms import FILES, FORM, notes

__all__ = ["portable"]  # used by every test here
SIZES = pytest.mark.parametrize(
    "size", [USUAL, SMALL, WIDE], ids=["80x24", "60x20", "200x60"]
)


@SIZES
async def test_a_form_is_filled_by_keys(tmp_path: Path, size: Size) -> None:
    journey = opened_at(added(tmp_path, FILES), FORM)
    app = GuideApp(journey)
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        await press(pilot, "n")
        assert journey.sheet().title == "Name:"
        await paste(pilot, "Robin")
        await press(pilot, "enter")
        assert "Please say more" in text_of(app)
        await paste(pilot, "one\ntwo")
        journey.choose("next")
        app.show_sheet()
        await settle(pilot)
        assert "( )" not in text_of(app)
        assert "[ ]" in text_of(app)
        await press(pilot, "down", "space")
        assert "[x]" in text_of(app)
        await press(pilot, "n")
        assert "( )" in text_of(app)
        await press(pilot, "2", "enter")
        assert journey.sheet().title == "Please say more"
        while journey.sheet().title != "Everything":
            journey.back()  # three times Esc would leave at once
        app.show_sheet()
        await settle(pilot)
        assert "4 of 5 filled" in text_of(app)
        assert notes(journey.sheet()) == ["Robin", "one two", "A letter", "Again", ""]


@SIZES
async def test_a_checklist_of_ones_own_is_made_by_keys(size: Size) -> None:
    journey = opened_at(a_desk(), "pack:!mine/new")
    app = GuideApp(journey)
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        for words in ("Bag", "Keys", "Papers"):
            await paste(pilot, words)
            await press(pilot, "enter")
        shown = text_of(app)
        assert "[ ]" in shown
        assert "Keys" in shown
        assert "Papers" in shown
        await press(pilot, "shift+tab", "space")
        assert "50 % done" in text_of(app)
