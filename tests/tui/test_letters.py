"""What is asked about a finished letter, and what comes along into the vault."""

from __future__ import annotations

from pathlib import Path

import pytest

from guide.actions.journey import Journey
from guide.model.content import Library
from guide.tui.app import GuideApp
from tests.tui.conftest import SeesScreen
from tests.tui.screens import (
    NOON,
    USUAL,
    Size,
    finished,
    fresh_desk,
    press,
    settle,
    text_of,
)
from tests.tui.test_record import recorded
from tests.tui.test_screens import SIZES, Way, after
from tests.vault.keeping_desk import WORDS, finish_notice, kept_at


def set_aside(journey: Journey) -> None:
    after(finished, "void")(journey)
    journey.typed("I chose silence")


def not_theirs(journey: Journey) -> None:
    recorded("person:p", "identifier")(journey)
    journey.typed("somebody@example.com")
    journey.choose("wrong")


SCREENS: dict[str, Way] = {
    "why set aside": after(finished, "void"),
    "set aside": set_aside,
    "why only one": after(finish_notice, "once"),
    "when it left": after(finish_notice, "sent", "earlier"),
    "what is not theirs": not_theirs,
}


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("name", SCREENS)
async def test_a_screen_about_letters_and_people_is_the_one_on_file(
    journey: Journey, sees: SeesScreen, name: str, size: Size
) -> None:
    SCREENS[name](journey)
    await sees(journey, size=size)


@pytest.fixture
def without(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Journey:
    """Somebody who went on without the vault that is there, and wrote a notice."""
    monkeypatch.setenv("GUIDE_HOME", str(tmp_path))
    kept = kept_at(fresh_desk(library), tmp_path / "notes")
    kept.vault.put_answer("relation", "partner", NOON)
    kept.close()
    journey = Journey(fresh_desk(library), door=tmp_path / "notes")
    journey.choose("without")
    finish_notice(journey)
    journey.open("keep")
    journey.typed(WORDS)
    return journey


@pytest.mark.parametrize("size", SIZES)
async def test_what_was_said_without_the_vault_is_the_screen_on_file(
    without: Journey, sees: SeesScreen, size: Size
) -> None:
    await sees(without, size=size)
    without.desk.close()


async def test_it_is_decided_with_the_keys(without: Journey) -> None:
    """Enter ticks a line, Escape decides nothing, n puts what is ticked in."""
    app = GuideApp(without)
    async with app.run_test(size=USUAL) as pilot:
        await settle(pilot)
        await press(pilot, "escape")
        assert without.sheet().name == "bring"
        await press(pilot, "down", "enter", "n")
        assert without.sheet().name != "bring"
        assert "What you said before" not in text_of(app)
    assert len(without.desk.vault.letters()) == 1
    without.desk.close()
