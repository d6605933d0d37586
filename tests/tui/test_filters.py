"""The screens of a filter: how they look, and one made with the keys."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.widgets import Input

from guide.actions.journey import Journey
from guide.actions.knowing import add_identifier, add_person
from guide.safety.display import FORBIDDEN
from guide.tui.app import GuideApp
from tests.promises.filter_readers import read_thunderbird
from tests.tui.conftest import SeesScreen
from tests.tui.screens import USUAL, Size, lines_of, paste, press, settle
from tests.tui.test_hostile import PASTES
from tests.tui.test_screens import SIZES, Way


def filtered(*choices: str, typed: str = "") -> Way:
    def go(journey: Journey) -> None:
        person = add_person(journey.desk, "Some Body")
        add_identifier(journey.desk, person.id, "a@example.com")
        add_identifier(journey.desk, person.id, "b@example.org")
        journey.open("tool:filters")
        for choice in choices:
            if choice == "typed":
                journey.typed(typed)
            elif choice == "somebody":
                journey.choose(f"who:{person.id}")
            else:
                journey.choose(choice)

    return go


TO_SERVICES = ("saved", "somebody")
SCREENS: dict[str, tuple[Way, tuple[str, ...]]] = {
    "saved first": (filtered(), ()),
    "who": (filtered("saved"), ()),
    "service": (filtered(*TO_SERVICES), ()),
    "gmail": (filtered(*TO_SERVICES, "gmail"), ()),
    "outlook": (filtered(*TO_SERVICES, "outlook"), ()),
    "sieve, its end": (filtered(*TO_SERVICES, "sieve", "read", "make"), ("end",)),
    "domains": (filtered(*TO_SERVICES, "sieve", "domains"), ()),
    "save": (filtered(*TO_SERVICES, "thunderbird", "save"), ()),
    "irssi": (filtered("saved", "typed", "irssi", typed="trouble"), ()),
}


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("name", SCREENS)
async def test_a_screen_of_a_filter_is_the_one_on_file(
    journey: Journey, sees: SeesScreen, name: str, size: Size
) -> None:
    way, keys = SCREENS[name]
    way(journey)
    await sees(journey, *keys, size=size)


async def test_a_filter_is_made_and_saved_with_the_keys(
    journey: Journey, tmp_path: Path
) -> None:
    target = tmp_path / "msgFilterRules.dat"
    journey.open("filters:thunderbird")
    async with GuideApp(journey).run_test(size=USUAL) as pilot:
        await settle(pilot)
        await press(pilot, "enter")  # yes, it is saved
        pilot.app.query_one("#typed", Input).focus()
        await press(pilot, *"a@example.com", "enter")
        assert journey.sheet().name == "filter"
        journey.choose("save")
        assert isinstance(pilot.app, GuideApp)
        pilot.app.show_sheet()
        await settle(pilot)
        entry = pilot.app.query_one("#typed", Input)
        entry.value = str(target)
        entry.focus()
        await press(pilot, "enter")
        assert journey.sheet().name == "filter"
    assert read_thunderbird(target.read_text("ascii")).whose == {"a@example.com"}


async def test_back_leads_the_whole_way(journey: Journey) -> None:
    filtered(*TO_SERVICES, "sieve", "read", "domains", "sure", "save")(journey)
    names = []
    while journey.sheet().name.startswith(("filter", "save")):
        names.append(journey.sheet().name)
        assert journey.back()
    assert names == ["save-filter", "filter", "filter-service", "filter-who"]


@pytest.mark.parametrize("text", PASTES.values(), ids=PASTES)
async def test_whatever_is_pasted_is_text(journey: Journey, text: str) -> None:
    filtered("saved")(journey)
    app = GuideApp(journey)
    async with app.run_test(size=USUAL) as pilot:
        await settle(pilot)
        entry = pilot.app.query_one("#typed", Input)
        entry.focus()
        await paste(pilot, f"a@example.com {text}")
        await press(pilot, "enter")
        assert not [line for line in lines_of(app) if FORBIDDEN.search(line)]
        assert pilot.app.is_running
