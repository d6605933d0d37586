"""A list of the data files, drawn in the window: its entries, names and month."""

from __future__ import annotations

import pytest

from guide.actions.journey import Journey
from guide.tui.app import GuideApp
from tests.tui.screens import USUAL, lines_of, press, settle


@pytest.mark.parametrize(
    ("page", "drawn"),
    [
        ("s-block-chat", ["mIRC: /ignore NAME", "HexChat: /ignore NAME!*@* ALL"]),
        ("l-headers", ["Gmail", "Save it: Use a web browser", "Checked 2026-11."]),
    ],
)
async def test_a_list_is_drawn(journey: Journey, page: str, drawn: list[str]) -> None:
    journey.open(f"page:{page}")
    app = GuideApp(journey)
    seen: list[str] = []
    async with app.run_test(size=USUAL) as pilot:
        await settle(pilot)
        for _turn in range(3):
            seen += [line.strip() for line in lines_of(app)]
            await press(pilot, "pagedown")
    text = "\n".join(seen)
    assert [words for words in drawn if words not in text] == []
