"""Every screen of a pack is drawn, in every size of window, and says whose it is."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest

from guide.actions.journey import Journey
from guide.safety.display import FORBIDDEN
from guide.tui.app import GuideApp
from guide.tui.bars import Footer
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
from tests.unit.library_desk import added, every_sheet, opened_at, portable
from tests.unit.small_packs import UMBRELLA, lesson

__all__ = ["portable"]  # used by every test here
HOSTILE = "\x1b]52;c;QQ==\x07 \x9b2J \u202egnp [@click=app.quit]x[/] [/x]"


@pytest.mark.parametrize(
    "size", [USUAL, SMALL, WIDE, TINY], ids=["80x24", "60x20", "200x60", "40x12"]
)
async def test_every_screen_of_a_pack_is_drawn(tmp_path: Path, size: Size) -> None:
    hostile = {"en/mail/s_x.md": lesson("X", 3, f"# {HOSTILE}\n\n{HOSTILE} &#x202E;")}
    journey = Journey(added(tmp_path, {**UMBRELLA, **hostile}))
    seen = [sheet.name for sheet in every_sheet(Journey(journey.desk))]
    targets = [name for name in seen if name.startswith("pack/")]
    app = GuideApp(journey)
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        for name in targets:
            target = name.replace("pack/", "pack:", 1).removesuffix("/0")
            app.attempt(partial(journey.open, target.rstrip("/")))
            await pilot.pause()
            assert journey.sheet().name == name
            lines = lines_of(app)
            assert len(lines) == size[1]
            assert not [line for line in lines if FORBIDDEN.search(line)]
            if size != TINY:  # there a list may have been scrolled to its choice
                assert "Not part of the" in text_of(app)
            assert str(app.query_one(Footer).content).startswith("^q")


async def test_a_lesson_is_read_with_one_key(tmp_path: Path) -> None:
    path = "mail/passwords/beginner/s_short.md"
    app = GuideApp(opened_at(added(tmp_path), f"pack:lessons/{path}"))
    async with app.run_test(size=USUAL) as pilot:
        await settle(pilot)
        assert "Short ones" in text_of(app)
        await press(pilot, "n")
        assert "Long ones" in text_of(app)
        await press(pilot, "n")
        assert "0 % done" in text_of(app)
        await press(pilot, "space")
        assert "50 % done" in text_of(app)
        await press(pilot, "escape")
        assert "Some words." not in text_of(app)
