"""Evidence in the interface: how its screens look, and a whole intake by its keys."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeAlias

import pytest
from textual.pilot import Pilot

from guide.actions.journey import Journey
from guide.actions.notes import INCIDENT, Notes
from guide.actions.recording import keep_incident
from guide.model.content import Library
from guide.safety.display import FORBIDDEN
from guide.tui.app import GuideApp
from tests.tui.conftest import SeesScreen
from tests.tui.screens import (
    SMALL,
    USUAL,
    Size,
    fresh_desk,
    lines_of,
    paste,
    press,
    settle,
    text_of,
)
from tests.vault.evidence_desk import keep_all, orphaned
from tests.vault.keeping_desk import kept_at

# The same bytes on every computer, so that their fingerprints can stand on a screen.
PICTURE = bytes.fromhex(
    "474946383961010001008000000000"
    "00ffffff21f90401000000002c000000000100010000020244"
    "01003b"
)
MAIL = (
    "From: a@example.com\nTo: b@example.com\nSubject: again\n"
    "Date: Tue, 3 Nov 2026 22:10:00 +0100\n\nI know where you are.\n"
)
Way: TypeAlias = Callable[[Journey, Path], None]
SIZES = [pytest.param(USUAL, id="80x24"), pytest.param(SMALL, id="60x20")]


@pytest.fixture
def journey(library: Library, tmp_path: Path) -> Iterator[Journey]:
    begun = Journey(kept_at(fresh_desk(library), tmp_path / "vault"))
    yield begun
    begun.desk.close()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A mail, a picture and a link; what a reader may drop in one go."""
    place = tmp_path / "from my phone"
    place.mkdir()
    (place / "mail.eml").write_text(MAIL)
    (place / "photo.gif").write_bytes(PICTURE)
    (place / "link").symlink_to(place / "mail.eml")
    return place


def dropped(journey: Journey, folder: Path) -> None:
    journey.open("evidence")
    journey.typed(folder.as_uri())
    work_off(journey)


def work_off(journey: Journey) -> None:
    assert journey.work
    journey.work.run()
    journey.follow_work()


def asked(journey: Journey, folder: Path) -> None:
    dropped(journey, folder)
    journey.choose("go-on")


def answered(journey: Journey, folder: Path) -> None:
    asked(journey, folder)
    journey.choose("no")


def which(journey: Journey, folder: Path) -> None:
    words = {"account": "He wrote again.", "platform": "email"}
    keep_incident(journey.desk, Notes(kind=INCIDENT, values=words))
    answered(journey, folder)
    journey.typed("my phone")
    journey.choose("check")
    journey.choose("keep")


def just_kept(journey: Journey, folder: Path) -> None:
    which(journey, folder)
    journey.choose(journey.sheet().rows[1].value)
    work_off(journey)


def one_file(journey: Journey, folder: Path) -> None:
    just_kept(journey, folder)
    journey.choose(journey.sheet().rows[0].value)


def damaged(journey: Journey, folder: Path) -> None:
    just_kept(journey, folder)
    (id_,) = journey.desk.vault.evidence_ids()[:1]
    opened = journey.desk.opened
    assert opened
    (opened.folder / "sealed" / f"{id_}.age").unlink()
    journey.open("evidence")
    journey.choose("verify-all")
    work_off(journey)


def copying(journey: Journey, folder: Path) -> None:
    one_file(journey, folder)
    journey.choose("copy-out")


def lost(journey: Journey, folder: Path) -> None:
    orphaned(journey.desk, folder / "mail.eml")
    journey.open("evidence")
    journey.choose("orphans")


def adults(journey: Journey, folder: Path) -> None:
    asked(journey, folder)
    journey.choose("adult")


def listed(journey: Journey, folder: Path) -> None:
    just_kept(journey, folder)
    journey.open("evidence")


SCREENS: dict[str, Way] = {
    "empty": lambda journey, _folder: journey.open("evidence"),
    "found": dropped,
    "the question": asked,
    "adults, age not known": adults,
    "first prompt": answered,
    "which incident": which,
    "kept": just_kept,
    "list": listed,
    "one file": one_file,
    "damaged": damaged,
    "plain copy": copying,
    "in no list": lost,
}


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("name", SCREENS)
async def test_a_screen_of_evidence_is_the_one_on_file(
    journey: Journey, folder: Path, sees: SeesScreen, name: str, size: Size
) -> None:
    SCREENS[name](journey, folder)
    await sees(journey, size=size)


async def test_without_a_vault_it_says_so_and_leads_to_one(
    library: Library, sees: SeesScreen
) -> None:
    journey = Journey(fresh_desk(library))
    journey.open("tool:evidence")
    assert [row.value for row in journey.sheet().rows] == ["keep"]
    assert journey.sheet().ask is None
    await sees(journey, size=USUAL)


async def until(pilot: Pilot[int], words: str) -> str:
    for _time in range(300):
        if words in shown(pilot):
            break
        await pilot.pause(0.02)
    assert words in shown(pilot)
    return shown(pilot)


async def drop(pilot: Pilot[int], path: Path) -> None:
    """A file or folder is dropped on the screen of evidence: its name is pasted."""
    await press(pilot, "e")
    await paste(pilot, f"'{path}'")
    await press(pilot, "enter")


def shown(pilot: Pilot[int]) -> str:
    assert isinstance(pilot.app, GuideApp)
    return text_of(pilot.app)


@pytest.mark.parametrize("size", SIZES)
async def test_a_folder_is_kept_with_the_keys(
    journey: Journey, folder: Path, size: Size
) -> None:
    async with GuideApp(journey).run_test(size=size) as pilot:
        await settle(pilot)
        await drop(pilot, folder)
        await until(pilot, "What was found")
        await press(pilot, "n")
        await until(pilot, "Might it show someone under 18")
        await press(pilot, "4", "enter")
        await press(pilot, *"my phone", "enter", *"example.com/a", "enter")
        await press(pilot, *"A. Person", "enter", *"yesterday 22:10", "enter", "enter")
        await press(pilot, "tab", "enter", "k", "n")
        await until(pilot, "2 files are kept, byte for byte.")
        await press(pilot, "enter")
        seen = await until(pilot, "Fingerprint (SHA-256)")
        assert "my phone" in seen
        await press(pilot, "v")
        await until(pilot, "1 file matches its fingerprint.")
        await press(pilot, "escape", "l")
        await until(pilot, "Inside file 1")
        await press(pilot, "escape", "g", "e")
        await until(pilot, "2 files, ")
    mail, photo = (
        journey.desk.vault.evidence(id_) for id_ in journey.desk.vault.evidence_ids()
    )
    assert (mail.original_name, photo.original_name) == ("mail.eml", "photo.gif")
    assert photo.url == "example.com/a"
    assert photo.captured_at.words == "yesterday 22:10"
    actions = [str(each.action) for each in journey.desk.vault.custody(mail.id)]
    assert actions == ["acquired", "verified", "viewed"]


async def test_nothing_needs_to_be_said_to_keep_a_file(
    journey: Journey, folder: Path
) -> None:
    """Five questions are too many for somebody who is tired; each says what waits."""
    async with GuideApp(journey).run_test(size=SMALL) as pilot:
        await settle(pilot)
        await drop(pilot, folder / "mail.eml")
        await until(pilot, "What was found")
        await press(pilot, "n")
        seen = await until(pilot, "Where did it come from?")
        words = "Nothing is kept yet. To keep it now, choose “That is all”."
        assert words in " ".join(seen.split())
        await press(pilot, "tab", "down", "enter")
        assert "mail.eml" in await until(pilot, "Look it over")
        await press(pilot, "k", "n")
        await until(pilot, "1 file is kept, byte for byte.")
    assert len(journey.desk.vault.evidence_ids()) == 1


async def test_a_plain_copy_is_written_only_after_the_words(
    journey: Journey, folder: Path, tmp_path: Path
) -> None:
    one_file(journey, folder)
    async with GuideApp(journey).run_test(size=USUAL) as pilot:
        await settle(pilot)
        journey.choose("copy-out")
        pilot.app.show_sheet()  # type: ignore[attr-defined]
        await press(pilot, *"yes", "enter")
        assert "not confirmed" in shown(pilot)
        await press(pilot, *["backspace"] * 3, *"plain copy", "enter")
        assert "Where to?" in shown(pilot)
        await paste(pilot, str(tmp_path / "out.eml"))
        await press(pilot, "enter")
        await until(pilot, "A plain copy was written and read back")
    assert (tmp_path / "out.eml").read_bytes() == (folder / "mail.eml").read_bytes()


HOSTILE = ("\x1b[2J\x1b]0;owned\x07", "two\nlines", "cod\u202etxt.exe", "a" * 200)


@pytest.mark.parametrize("name", HOSTILE)
async def test_no_name_of_a_file_reaches_the_terminal_as_it_is(
    journey: Journey, tmp_path: Path, name: str
) -> None:
    """What was found, the result, the list, the file, the bin, the time-line."""
    place = tmp_path / "hostile"
    place.mkdir()
    (place / name).write_text("words")
    (place / f"{name}.link").symlink_to(place)
    (file,) = keep_all(journey.desk, place).kept
    app = GuideApp(journey)
    async with app.run_test(size=USUAL) as pilot:
        await settle(pilot)
        dropped(journey, place)
        for target in ("", "evidence", f"evidence:{file.id}", "timeline"):
            if target:
                journey.open(target)
            app.show_sheet()
            await settle(pilot)
            assert not [line for line in lines_of(app) if FORBIDDEN.search(line)]
        assert pilot.app.is_running


@pytest.mark.parametrize("size", SIZES)
async def test_home_still_shows_how_to_keep_notes(library: Library, size: Size) -> None:
    """With the evidence beside it, and after something was answered."""
    journey = Journey(fresh_desk(library))
    journey.choose("messages")
    journey.open("home")
    async with GuideApp(journey).run_test(size=size) as pilot:
        await settle(pilot)
        assert "v Keep my notes" in shown(pilot)
