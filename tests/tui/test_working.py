"""Something long in the interface: seen, stopped, locked, and never in the way."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from textual import events
from textual.pilot import Pilot

from guide.actions.idling import Idling
from guide.actions.journey import Journey
from guide.actions.places.place import Move, Place, Stay
from guide.actions.working import Work
from guide.model.content import Library
from guide.model.problems import GuideError
from guide.tui.app import GuideApp
from guide.tui.watching import WorkWatch
from tests.tui.screens import SMALL, USUAL, Size, fresh_desk, press, settle, text_of
from tests.vault.keeping_desk import WORDS, Clocks, kept_at
from tests.vault.working_desk import (
    MEGABYTE,
    NAME,
    Beginning,
    Ended,
    keeping,
    large_file,
    sealed_names,
)

LONG = 30.0
STALL = 0.1  # seconds: the longest that a key may wait


@pytest.fixture
def journey(library: Library, tmp_path: Path) -> Iterator[Journey]:
    begun = Journey(kept_at(fresh_desk(library), tmp_path / "notes"))
    yield begun
    if begun.work is not None:
        begun.work.stop()
        begun.work.wait(LONG)
    begun.desk.close()


@asynccontextmanager
async def at_work(
    journey: Journey, work: Work, size: Size = USUAL
) -> AsyncIterator[Pilot[int]]:
    """The interface, with *work* begun by the Enter key."""
    journey._places.append(Beginning(lambda: work))
    app = GuideApp(journey)
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        await send(pilot, "enter")
        yield pilot


async def send(pilot: Pilot[int], *keys: str) -> None:
    """Press *keys* without waiting until the process is idle, which it never is."""
    for key in keys:
        assert pilot.app._driver
        event = events.Key(key, key if len(key) == 1 else None)
        event.set_sender(pilot.app)
        pilot.app._driver.send_message(event)
        await pilot.pause(0.05)


async def until(pilot: Pilot[int], words: str) -> str:
    """Wait until *words* are on the screen."""
    for _time in range(600):
        if words in text_of(app_of(pilot)):
            break
        await pilot.pause(0.02)
    assert words in text_of(app_of(pilot))
    return text_of(app_of(pilot))


def app_of(pilot: Pilot[int]) -> GuideApp:
    assert isinstance(pilot.app, GuideApp)
    return pilot.app


def waiting(done: int = 0, total: int = 0) -> Work:
    """Works until it is stopped, and then ends well."""

    def do(work: Work) -> Place:
        work.progress(done, total)
        while not work.stopped():
            time.sleep(0.01)
        return Ended()

    return Work("Reading all of it", do)


@pytest.mark.parametrize("size", [USUAL, SMALL], ids=["80x24", "60x20"])
async def test_how_far_it_is_is_drawn_without_colour(
    journey: Journey, size: Size
) -> None:
    async with at_work(journey, waiting(1, 4), size) as pilot:
        seen = await until(pilot, " 25 %")
        assert "Please wait" in seen
        assert "Reading all of it" in seen
        assert "Stop" in seen
        (bar,) = [line for line in seen.split("\n") if "25 %" in line]
        drawn = bar[bar.index("[") + 1 : bar.index("]")]
        assert set(drawn) == {"#", "-"}
        assert drawn.count("#") == len(drawn) // 4
        assert len(bar) <= size[0]


async def test_a_large_file_is_seen_to_come_in(
    journey: Journey, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(WorkWatch, "EVERY", 0.02)
    work = keeping(journey.desk, large_file(tmp_path))
    seen = set()
    async with at_work(journey, work) as pilot:
        while "It has ended" not in (shown := text_of(app_of(pilot))):
            seen |= {line for line in shown.split("\n") if line.endswith(" %")}
            await pilot.pause(0.01)
    assert len(seen) > 2
    assert len(journey.desk.vault.evidence_ids()) == 1


@pytest.mark.parametrize("key", ["enter", "1", "escape", "backspace"])
async def test_one_key_stops_it_and_nothing_is_kept(
    journey: Journey, tmp_path: Path, key: str
) -> None:
    work = keeping(journey.desk, large_file(tmp_path), waits_at=10)
    async with at_work(journey, work) as pilot:
        await until(pilot, "Keeping zebra")
        await send(pilot, key, *(["enter"] if key == "1" else []))
        seen = await until(pilot, "You stopped this.")
        assert "Where it begins" in seen
        assert journey.work is None
    assert journey.desk.vault.evidence_ids() == ()
    assert sealed_names(tmp_path / "notes") == []


async def test_ctrl_l_stops_it_hides_it_and_then_locks(
    journey: Journey, tmp_path: Path
) -> None:
    """The next passphrase opens a vault in which nothing of it is left."""
    work = keeping(journey.desk, large_file(tmp_path), waits_at=70)
    async with at_work(journey, work) as pilot:
        await until(pilot, NAME)
        await send(pilot, "ctrl+l")
        assert NAME not in text_of(app_of(pilot))
        seen = await until(pilot, "Passphrase")
        assert "Locked" in seen
        assert NAME not in seen
        assert "Not saving" in seen
    journey.typed(WORDS)
    assert journey.desk.vault.evidence_ids() == ()
    assert sealed_names(tmp_path / "notes") == []


async def test_it_does_not_lock_by_itself_before_it_has_ended(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(GuideApp, "LOOK_UP", 0.02)
    clocks = Clocks()
    desk = replace(fresh_desk(library), now=clocks.now)
    journey = Journey(kept_at(desk, tmp_path / "notes"), idling=clocks.idling())
    work = waiting()
    async with at_work(journey, work) as pilot:
        for _time in range(4):
            clocks.pass_(4)
            await pilot.pause(0.1)
            assert "Please wait" in text_of(app_of(pilot))
        work.stop()
        await until(pilot, "It has ended")
        clocks.pass_(5.1)
        await until(pilot, "Passphrase")


async def test_an_error_is_said_on_the_screen_beneath(journey: Journey) -> None:
    def do(_work: Work) -> Place:
        raise GuideError("The disk is full.", "Make room on it.")

    async with at_work(journey, Work("Reading", do)) as pilot:
        seen = await until(pilot, "The disk is full. Make room on it.")
        assert "Where it begins" in seen
        await press(pilot, "enter")  # and it can be begun again
        await until(pilot, "The disk is full.")


async def test_a_fault_ends_like_any_and_tells_no_value(
    journey: Journey, capfd: pytest.CaptureFixture[str]
) -> None:
    def do(_work: Work) -> Place:
        raise KeyError(NAME)

    with pytest.raises(KeyError):  # as the app ended with
        async with at_work(journey, Work("Reading", do)) as pilot:
            await asyncio.wait_for(pilot.app._exception_event.wait(), LONG)
    assert pilot.app.return_code == 1
    said = capfd.readouterr().err
    assert "What was kept is still kept." in said
    assert "KeyError" in said
    assert "test_working.py:" in said.replace("\n", "")
    assert NAME not in said


async def test_a_new_window_size_while_it_works(journey: Journey) -> None:
    async with at_work(journey, waiting(1, 2)) as pilot:
        await until(pilot, " 50 %")
        for size in (SMALL, (40, 12), (200, 60), USUAL):
            await pilot.resize_terminal(*size)
            await settle(pilot)
            lines = text_of(app_of(pilot)).split("\n")
            (bar,) = [line for line in lines if " 50 %" in line]
            assert len(bar) <= size[0]


async def test_other_screens_are_refused_in_words_that_stay(journey: Journey) -> None:
    """The redrawing does not wipe what was said."""
    async with at_work(journey, waiting(1, 2)) as pilot:
        await until(pilot, " 50 %")
        await press(pilot, "g", "i")
        await pilot.pause(0.4)
        assert "Something is still at work." in text_of(app_of(pilot))
        await press(pilot, "exclamation_mark")
        assert "Choose a country" in text_of(app_of(pilot))
        await press(pilot, *"fra")
        assert "France" in text_of(app_of(pilot))
        await press(pilot, "escape")
        await until(pilot, " 50 %")


async def test_a_key_meant_for_stop_does_nothing_on_the_screen_after_it(
    journey: Journey, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(GuideApp, "TOO_SOON", 30.0)
    chosen = []

    class Careful(Beginning):
        def choose(self, value: str) -> Move:
            chosen.append(value)
            return Stay()

    def do(_work: Work) -> Place:
        return Careful(waiting)

    journey._places.append(Beginning(lambda: Work("Reading", do)))
    journey.choose("begin")
    app = GuideApp(journey)
    async with app.run_test(size=USUAL) as pilot:
        await until(pilot, "Where it begins")
        await press(pilot, "enter")
    assert chosen == []


class Noting(Idling):
    """Knows when each key was handled."""

    def touch(self) -> None:
        super().touch()
        self.at = time.perf_counter()


async def test_no_key_waits_while_a_large_file_is_kept(
    journey: Journey, tmp_path: Path
) -> None:
    """Measured inside the loop: how late a short sleep comes back, and each key."""
    path = large_file(tmp_path, 128 * MEGABYTE)
    journey._idling = noting = Noting(journey.desk.now)
    late: list[float] = []
    keys: list[float] = []

    async def listen() -> None:
        while True:
            asked = time.perf_counter()
            await asyncio.sleep(0.005)
            late.append(time.perf_counter() - asked - 0.005)

    async with at_work(journey, keeping(journey.desk, path)) as pilot:
        listening = asyncio.create_task(listen())
        while journey.busy:
            asked = time.perf_counter()
            await send(pilot, "down")
            keys.append(noting.at - asked)
        listening.cancel()
        await until(pilot, "It has ended")
    assert len(keys) > 5
    assert min(keys) > 0
    assert max(keys) < STALL
    assert max(late) < STALL
