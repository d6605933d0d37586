"""Keeping notes in the interface: what is typed is not drawn, and locking hides all."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from guide.actions.journey import Journey
from guide.model.content import Library
from guide.tui.app import GuideApp
from guide.vault.backup import back_up
from tests.tui.conftest import SeesScreen
from tests.tui.screens import (
    SMALL,
    USUAL,
    Size,
    at_form,
    fresh_desk,
    press,
    settle,
    text_of,
)
from tests.vault.keeping_desk import OTHER, WORDS, Clocks, kept_at


@pytest.fixture
def kept(library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The usual folder, with a vault in it."""
    monkeypatch.setenv("GUIDE_HOME", str(tmp_path))
    kept_at(fresh_desk(library), tmp_path / "notes").close()
    return tmp_path / "notes"


async def type_line(app: GuideApp, text: str) -> None:
    """As if typed; Enter is pressed by the test."""
    app.query_one("#typed", Input).value = text


def held(app: GuideApp) -> str:
    """What the screen has, and what its widgets hold."""
    inputs = [each.value for each in app.query(Input)]
    return "\n".join([text_of(app), *inputs])


@pytest.mark.parametrize("size", [USUAL, SMALL], ids=["80x24", "60x20"])
@pytest.mark.parametrize(
    "steps",
    [
        pytest.param((), id="keep"),
        pytest.param(("next", "own"), id="own"),
    ],
)
async def test_the_screens_of_making(
    journey: Journey, sees: SeesScreen, steps: tuple[str, ...], size: Size
) -> None:
    journey.open("keep")
    for step in steps:
        journey.choose(step)
    await sees(journey, size=size)


@pytest.mark.parametrize("size", [USUAL, SMALL], ids=["80x24", "60x20"])
@pytest.mark.parametrize("locked", [False, True], ids=["door", "locked"])
async def test_the_screens_of_the_door(
    kept: Path, library: Library, sees: SeesScreen, size: Size, *, locked: bool
) -> None:
    journey = Journey(fresh_desk(library), door=kept)
    if locked:
        journey.typed(WORDS)
        journey.open("lock")
    await sees(journey, size=size)


async def test_a_passphrase_is_typed_and_never_drawn(
    kept: Path, library: Library
) -> None:
    """Neither the wrong one nor the right one; the wrong one is explained."""
    app = GuideApp(Journey(fresh_desk(library), door=kept))
    async with app.run_test(size=USUAL) as pilot:
        await settle(pilot)
        assert "Not saving" in text_of(app)
        await press(pilot, *"quiet")
        assert "quiet" not in text_of(app)
        await type_line(app, OTHER)
        await settle(pilot)
        assert OTHER not in text_of(app)
        await press(pilot, "enter")
        assert "does not open this vault" in text_of(app)
        assert OTHER not in held(app)
        await type_line(app, WORDS)
        await press(pilot, "enter")
        assert "Not saving" not in text_of(app)
        assert "Saved" in text_of(app).split("\n")[0]
        assert WORDS not in held(app)
    app._journey.desk.close()


async def test_a_passphrase_cannot_be_taken_to_the_clipboard(
    kept: Path, library: Library
) -> None:
    app = GuideApp(Journey(fresh_desk(library), door=kept))
    async with app.run_test(size=USUAL) as pilot:
        await settle(pilot)
        await type_line(app, WORDS)
        app.query_one("#typed", Input).action_select_all()
        await press(pilot, "ctrl+x", "ctrl+a", "ctrl+x", "y")
        assert WORDS not in app.clipboard
    app._journey.desk.close()


async def test_ctrl_l_locks_from_inside_a_form(kept: Path, library: Library) -> None:
    """Nothing of the letter is left on the screen or in a widget."""
    journey = Journey(fresh_desk(library), door=kept)
    journey.typed(WORDS)
    journey.desk.vault.put_field("reply_address", "zebra@example.com")
    app = GuideApp(journey)
    async with app.run_test(size=USUAL) as pilot:
        await settle(pilot)
        at_form(journey)
        app.show_sheet()
        await settle(pilot)
        await pilot.pause(0.2)
        assert "zebra" in held(app)
        await press(pilot, "ctrl+l")
        assert "Locked" in text_of(app)
        assert "zebra" not in held(app)
        await press(pilot, *"xx", "escape", "ctrl+p")
        assert "Locked" in text_of(app)
        assert "Type the passphrase first" in text_of(app)
        await type_line(app, WORDS)
        await press(pilot, "enter")
        fields = journey.desk.vault.fields()
        assert fields["reply_address"] == "zebra@example.com"
    journey.desk.close()


async def test_ctrl_l_without_a_vault_says_that_nothing_is_kept(
    journey: Journey,
) -> None:
    app = GuideApp(journey)
    async with app.run_test(size=USUAL) as pilot:
        await settle(pilot)
        await press(pilot, "ctrl+l")
        assert "Nothing is kept, so there is nothing to lock." in text_of(app)


async def test_it_locks_by_itself_when_nobody_presses_a_key(
    kept: Path, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The clocks stand still but for the test; the screen follows within a look."""
    monkeypatch.setattr(GuideApp, "LOOK_UP", 0.05)
    clocks = Clocks()
    desk = replace(fresh_desk(library), now=clocks.now)
    journey = Journey(desk, door=kept, idling=clocks.idling())
    journey.typed(WORDS)
    app = GuideApp(journey)
    async with app.run_test(size=USUAL) as pilot:
        await settle(pilot)
        clocks.pass_(4.9)
        await pilot.pause(0.2)
        assert "Saved" in text_of(app)
        clocks.pass_(0.2)
        await pilot.pause(0.2)
        assert "Locked" in text_of(app)
        assert "Not saving" in text_of(app)


async def test_the_key_that_comes_too_late_only_locks(
    kept: Path, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Before the next look, after the computer slept."""
    monkeypatch.setattr(GuideApp, "LOOK_UP", 3600.0)
    clocks = Clocks()
    desk = replace(fresh_desk(library), now=clocks.now)
    journey = Journey(desk, door=kept, idling=clocks.idling())
    journey.typed(WORDS)
    app = GuideApp(journey)
    async with app.run_test(size=USUAL) as pilot:
        await settle(pilot)
        clocks.wall = clocks.wall.replace(hour=20)
        await press(pilot, "enter")
        assert "Locked" in text_of(app)
        assert journey.desk.vault.answers() == {}


async def test_a_vault_is_made_with_the_keyboard(
    journey: Journey, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """From home: v, go on, a passphrase of one's own twice, the folder."""
    monkeypatch.setenv("GUIDE_HOME", str(tmp_path))
    app = GuideApp(journey)
    async with app.run_test(size=USUAL) as pilot:
        await settle(pilot)
        await press(pilot, "v", "n", "2", "enter")
        for _time in range(2):
            await pilot.pause(0.2)
            await type_line(app, WORDS)
            await press(pilot, "enter")
        await pilot.pause(0.2)
        assert "Where should it be kept?" in text_of(app)
        await press(pilot, "enter")
        assert "My notes are kept" in text_of(app)
        assert (tmp_path / "notes" / "vault.json").exists()
        await press(pilot, "escape", "1", "enter")
    assert journey.desk.saving
    assert journey.desk.vault.answers()
    journey.desk.close()


@pytest.fixture
def opened(kept: Path, library: Library) -> Journey:
    """Behind the door, at the screen of the vault."""
    journey = Journey(fresh_desk(library), door=kept)
    journey.typed(WORDS)
    journey.open("keep")
    return journey


@pytest.mark.parametrize("size", [USUAL, SMALL], ids=["80x24", "60x20"])
@pytest.mark.parametrize("screen", ["copy", "keyring", "remove"])
async def test_the_screens_of_looking_after_it(
    opened: Journey, sees: SeesScreen, screen: str, size: Size
) -> None:
    opened.choose(screen)
    await sees(opened, size=size)
    opened.desk.close()


async def test_a_vault_shows_its_size_and_last_backup(opened: Journey) -> None:
    app = GuideApp(opened)
    async with app.run_test(size=USUAL) as pilot:
        await settle(pilot)
        said = text_of(app)
        assert "Your vault, a sealed folder:" in said
        assert "Size: " in said
        assert "Last backup: " in said
        assert "Ways in: passphrase" in said
    opened.desk.close()


async def until(pilot: Pilot[int], app: GuideApp, words: str) -> None:
    """Wait until *words* are on the screen."""
    for _time in range(200):
        if words in text_of(app):
            return
        await pilot.pause(0.05)
    raise AssertionError(text_of(app))


async def test_a_copy_is_made_with_the_keyboard_and_shows_how_far_it_is(
    opened: Journey, tmp_path: Path
) -> None:
    app = GuideApp(opened)
    async with app.run_test(size=USUAL) as pilot:
        await settle(pilot)
        opened.choose("copy")
        app.show_sheet()
        await settle(pilot)
        await pilot.pause(0.2)
        await type_line(app, str(tmp_path / "stick"))
        await press(pilot, "enter")
        await until(pilot, app, "The copy is complete")
    assert (tmp_path / "stick" / "vault.json").exists()
    opened.desk.close()


async def test_all_of_it_is_removed_with_the_keyboard(
    opened: Journey, kept: Path
) -> None:
    """The passphrase is typed last, and is never drawn."""
    app = GuideApp(opened)
    async with app.run_test(size=USUAL) as pilot:
        await settle(pilot)
        opened.choose("remove")
        opened.choose("go")
        app.show_sheet()
        await pilot.pause(0.2)
        await type_line(app, "remove everything")
        await press(pilot, "enter")
        await pilot.pause(0.2)
        assert "Nothing brings it back" in text_of(app)
        await type_line(app, WORDS)
        await settle(pilot)
        assert WORDS not in text_of(app)
        await press(pilot, "enter")
        assert "It is removed." in text_of(app)
        assert "Not saving" in text_of(app)
        assert not kept.exists()
        await press(pilot, "enter")
        assert "What is happening?" in text_of(app)


@pytest.mark.parametrize("size", [USUAL, SMALL], ids=["80x24", "60x20"])
async def test_the_spare_of_a_lost_key_file_is_put_back(
    kept: Path, library: Library, size: Size
) -> None:
    whole = (kept / "vault.json").read_bytes()
    (kept / "vault.json").write_bytes(whole[:100])
    app = GuideApp(Journey(fresh_desk(library), door=kept))
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        assert "cannot be read" in " ".join(text_of(app).split())
        assert "Put back the spare of it" in text_of(app)
        await press(pilot, "enter")
        await settle(pilot)
        assert "Passphrase, or recovery words" in text_of(app)
        await type_line(app, WORDS)
        await press(pilot, "enter")
        await settle(pilot)
        assert "The spare is in its place" in text_of(app)
        assert WORDS not in held(app)
    app._journey.desk.close()
    assert (kept / "vault.json").read_bytes() == whole


async def test_a_damaged_vault_shows_its_backup_at_the_door(
    opened: Journey, kept: Path, library: Library
) -> None:
    assert opened.desk.opened
    back_up(opened.desk.opened)
    opened.desk.close()
    (kept / "vault.db").write_bytes(b"\xff" * 5000)
    app = GuideApp(Journey(fresh_desk(library), door=kept))
    async with app.run_test(size=USUAL) as pilot:
        await settle(pilot)
        await pilot.pause(0.2)
        await type_line(app, WORDS)
        await press(pilot, "enter")
        await pilot.pause(0.2)
        assert "A part of this is damaged" in text_of(app)
        assert "A good backup was made" in text_of(app)
        await type_line(app, WORDS)
        await press(pilot, "enter")
        assert "The backup is in its place." in text_of(app)
    app._journey.desk.close()
