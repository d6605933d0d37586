"""A form in the interface: it begins at its top, and is called what it is."""

from __future__ import annotations

import pytest

from guide.actions.journey import Journey
from tests.tui.screens import SMALL, TINY, USUAL, Size, press, text_of
from tests.tui.test_keys import app_of, showing


async def test_a_form_begins_at_its_first_blank(journey: Journey) -> None:
    """Nothing in it is needed, so nothing else says where to begin."""
    journey.open("letter:safety-plan")
    async with showing(journey) as pilot:
        focused = app_of(pilot).screen.focused
        assert focused is not None
        assert focused.id == "f-plan_date"


async def test_a_form_is_not_called_a_letter(journey: Journey) -> None:
    """In a narrow window F2 shows it, with a short blank for each line."""
    journey.open("letter:contact-sheet")
    async with showing(journey, SMALL) as pilot:
        await press(pilot, "f2")
        lines = [line.strip() for line in text_of(app_of(pilot)).split("\n")]
        assert any("This is the form so far." in line for line in lines)
        assert "Sheet: ________" in lines
        assert not any(line.startswith(("To:", "Subject:")) for line in lines)


async def test_a_form_is_finished_without_typing_whom_it_is_to(
    journey: Journey,
) -> None:
    journey.open("letter:contact-sheet")
    journey.choose("finish")
    async with showing(journey) as pilot:
        assert "Is this the form?" in text_of(app_of(pilot))
        await press(pilot, "f")
        assert journey.sheet().name == "finished"
        assert "A copy of your form" in text_of(app_of(pilot))


@pytest.mark.parametrize("size", [USUAL, TINY], ids=["80x24", "40x12"])
async def test_the_name_of_a_letter_stays_in_sight(
    journey: Journey, size: Size
) -> None:
    """Also where the letter itself does not fit beside its blanks."""
    journey.open("letter:advocate-handover")
    async with showing(journey, size) as pilot:
        for _press in range(12):
            await press(pilot, "tab")
            assert "─ Hand-over sheet between advocates ─" in text_of(app_of(pilot))
