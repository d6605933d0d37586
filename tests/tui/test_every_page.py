"""Every page of the content can be opened, in every size of window."""

from __future__ import annotations

from functools import partial

import pytest

from guide.actions.journey import Journey
from guide.model.problems import GuideError
from guide.model.sheet import Sheet
from guide.safety.display import FORBIDDEN
from guide.tui.app import GuideApp
from guide.tui.bars import Footer
from tests.tui.screens import (
    SMALL,
    TINY,
    USUAL,
    WIDE,
    Size,
    at,
    at_the_plan,
    lines_of,
    press,
    settle,
)

LEAVES = "t-exit"  # showing it in the flow ends the program


def assert_drawn(app: GuideApp, size: Size, title: str) -> None:
    lines = lines_of(app)
    assert len(lines) == size[1]
    assert not [line for line in lines if FORBIDDEN.search(line)]
    first_words = " ".join(title.split()[:2])
    assert any(first_words in line for line in lines), title
    assert str(app.query_one(Footer).content).startswith("^q")


@pytest.mark.parametrize(
    "size", [USUAL, SMALL, WIDE, TINY], ids=["80x24", "60x20", "200x60", "40x12"]
)
async def test_every_page_opens(journey: Journey, size: Size) -> None:
    """To read on its own, and as a step of the flow."""
    at_the_plan(journey)
    app = GuideApp(journey)
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        for page in journey.desk.library.pages.values():
            app.attempt(partial(journey.open, f"page:{page.id}"))
            await pilot.pause()
            assert_drawn(app, size, page.title)
            if page.id != LEAVES:
                at(journey, page.id)
                app.show_sheet()
                await pilot.pause()
                assert_drawn(app, size, page.title)


@pytest.mark.parametrize("size", [USUAL, TINY], ids=["80x24", "40x12"])
async def test_every_row_of_every_page_opens_something(
    journey: Journey, size: Size
) -> None:
    """Many open the same screen: each screen is drawn once in each size."""
    at_the_plan(journey)
    app = GuideApp(journey)
    drawn: list[Sheet] = []
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        for page in journey.desk.library.pages.values():
            journey.open(f"page:{page.id}")
            for row in journey.sheet().rows:
                place = journey.place
                journey.choose(row.value)
                assert journey.place is not place, (page.id, row.value)
                sheet = journey.sheet()
                if sheet not in drawn:
                    drawn.append(sheet)
                    app.show_sheet()
                    await pilot.pause()
                    # Above a line to type on only four are left: its label will do.
                    title = sheet.title if size != TINY or not sheet.ask else ""
                    assert_drawn(app, size, title)
                journey.open(f"page:{page.id}")
    assert len(drawn) > len(journey.desk.library.pages)


async def test_every_country_has_its_numbers(journey: Journey) -> None:
    journey.open("help-lines")
    codes = [row.value for row in journey.sheet().rows]
    app = GuideApp(journey)
    async with app.run_test(size=SMALL) as pilot:
        for code in codes:
            try:
                journey.open("help-lines")
                journey.choose(code)
            except GuideError:
                pytest.fail(code)
            app.show_sheet()
            await pilot.pause()
            assert_drawn(app, SMALL, journey.sheet().title)


async def test_a_tiny_window_can_still_be_left_and_read(journey: Journey) -> None:
    app = GuideApp(journey)
    async with app.run_test(size=TINY) as pilot:
        await settle(pilot)
        for _page in range(30):
            await press(pilot, "space")
        assert not app.page.more_below
