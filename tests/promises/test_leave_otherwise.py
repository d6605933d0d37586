"""Ends that nobody chose, and keys that must not be one: real terminals, real notes.

A window that closes, a computer that slept, a reader who went away, a program that was
stopped, Ctrl+Z, arrow keys on a slow line, keys typed faster than screens are drawn.
"""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.bench import leaving_homes as homes
from tests.bench.leaving_press import arrived
from tests.bench.leaving_states import STATES
from tests.bench.leaving_tmux import TmuxWindow, why_not
from tests.bench.leaving_window import Window
from tests.bench.programs import environment
from tests.promises.idling_app import OWN, WALL
from tests.promises.test_leave_while_working import sessions_programs

pytestmark = pytest.mark.skipif(
    sys.platform != "linux", reason="looks at the processes of a session in /proc"
)
IDLING = Path(__file__).with_name("idling_app.py")
CTRL_Q, CTRL_Z, ESC, ENTER = b"\x11", b"\x1a", b"\x1b", b"\r"
F6, CTRL_P = b"\x1b[17~", b"\x10"
HOME, AWAY = "What is happening?", 301  # seconds
NAMED = {state.name: state for state in STATES}
WITH_NOTES = ("writing", "sealing", "committing", "plain-sealing", "plain-passphrase")


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """One for all, so that no program compiles what another has compiled."""
    return environment(tmp_path_factory.mktemp("scratch"))


@pytest.fixture
def env(shared: dict[str, str], tmp_path: Path) -> dict[str, str]:
    """The reader's own files are those of the test."""
    return {**shared, "GUIDE_HOME": str(tmp_path)}


@pytest.mark.parametrize("name", WITH_NOTES)
def test_closing_the_window_ends_all_of_it_and_loses_nothing(
    tmp_path: Path, env: dict[str, str], name: str
) -> None:
    state = NAMED[name]
    state.prepare(tmp_path)
    with arrived(Window, state, tmp_path, env) as window:
        session = window.pid
        assert pythons_of(session)
        window.close()
        assert soon(lambda: not pythons_of(session))
    assert state.lost(tmp_path) == ""


@pytest.mark.skipif(bool(why_not()), reason=why_not() or "tmux is there")
def test_so_does_ending_the_session_of_tmux(
    tmp_path: Path, env: dict[str, str]
) -> None:
    state = NAMED["writing"]
    state.prepare(tmp_path)
    with arrived(TmuxWindow, state, tmp_path, env) as window:
        assert isinstance(window, TmuxWindow)
        session = int(window.ask("display-message", "-p", "#{pane_pid}"))
        assert pythons_of(session)
        window.ask("kill-server")
        assert soon(lambda: not pythons_of(session))
    assert state.lost(tmp_path) == ""


@pytest.mark.parametrize("clock", [WALL, OWN])
def test_after_five_minutes_all_is_locked_by_itself(
    tmp_path: Path, env: dict[str, str], clock: str
) -> None:
    """Whichever clock has run on: nothing was typed, or the computer slept."""
    with idling("tui", tmp_path, env) as window:
        (tmp_path / clock).write_text(str(AWAY - 30), "ascii")
        time.sleep(0.2)
        window.type(b"j")  # somebody is there
        window.settle(0.3)
        assert "Locked" not in window.shown()
        run_on(tmp_path, clock)
        window.wait_for("Locked")
        assert HOME not in window.screen.everything
        assert homes.notes_lost(tmp_path) == ""  # it is closed: others may open it
        leave_by(window, CTRL_Q)


@pytest.mark.parametrize("key", [ENTER, b"1", b"\x1b[<0;4;9M\x1b[<0;4;9m"])
def test_the_first_key_after_a_sleep_locks_and_does_nothing_else(
    tmp_path: Path, env: dict[str, str], key: bytes
) -> None:
    """Before the clock is looked at again: whoever wakes the computer sees nothing."""
    with idling("tui", tmp_path, env) as window:
        run_on(tmp_path, WALL)
        window.type(key)
        window.wait_for("Locked")
        assert HOME not in window.screen.everything
        leave_by(window, CTRL_Q)
    with homes.reopened(tmp_path) as vault:
        assert vault.answers() == {}


def test_in_plain_mode_the_first_line_after_a_sleep_locks(
    tmp_path: Path, env: dict[str, str]
) -> None:
    with idling("plain", tmp_path, env) as window:
        run_on(tmp_path, OWN)
        window.type(b"1\r")
        window.wait_for("Locked")
        assert homes.notes_lost(tmp_path) == ""
        leave_by(window, CTRL_Q)


@pytest.mark.parametrize("name", ["writing", "plain", "sealing"])
def test_leaving_works_although_the_program_was_stopped(
    tmp_path: Path, env: dict[str, str], name: str
) -> None:
    """As a debugger, another tool or a frozen login stops it."""
    state = NAMED[name]
    state.prepare(tmp_path)
    with arrived(Window, state, tmp_path, env) as window:
        for pid in family(window.pid)[1:]:
            os.kill(pid, signal.SIGSTOP)
        leave_by(window, CTRL_Q)
        assert not pythons_of(window.pid)
    assert state.lost(tmp_path) == ""


@pytest.mark.parametrize("name", ["writing", "plain", "plain-passphrase"])
def test_neither_ctrl_z_nor_its_signal_parks_it(
    tmp_path: Path, env: dict[str, str], name: str
) -> None:
    state = NAMED[name]
    state.prepare(tmp_path)
    with arrived(Window, state, tmp_path, env) as window:
        window.type(CTRL_Z)
        for pid in family(window.pid):
            os.kill(pid, signal.SIGTSTP)
        time.sleep(0.3)
        assert "END" not in window.shown()
        assert [state_of(pid) for pid in family(window.pid)] == ["S", "S"]
        leave_by(window, CTRL_Q)


def test_arrow_keys_on_a_slow_line_are_no_esc(
    tmp_path: Path, env: dict[str, str]
) -> None:
    """Each begins with the byte of Esc, and the rest of it comes a little later."""
    homes.settled(tmp_path)
    with arrived(Window, NAMED["idle"], tmp_path, env) as window:
        for _press in range(6):
            window.type(ESC)
            time.sleep(0.03)
            window.type(b"[B")
            time.sleep(0.05)
        window.settle(0.4)
        assert HOME in window.shown()
        leave_by(window, CTRL_Q)


def test_a_form_that_is_left_before_it_is_drawn_does_no_harm(
    tmp_path: Path, env: dict[str, str]
) -> None:
    """Two keys that open screens, faster than the screens come."""
    homes.settled(tmp_path)
    with arrived(Window, NAMED["idle"], tmp_path, env) as window:
        for press in range(150):
            window.type(F6)
            time.sleep(0.0015 * (press % 9))
            window.type(CTRL_P)
            time.sleep(0.0015 * (press % 7))
        window.settle(0.4)
        assert "fault" not in window.shown()
        leave_by(window, CTRL_Q)


@pytest.mark.parametrize("milliseconds", range(60, 260, 40))
def test_ctrl_c_while_it_starts_prints_nothing_of_this_computer(
    tmp_path: Path, env: dict[str, str], milliseconds: int
) -> None:
    """Once this program's own code runs; before that it is Python's own."""
    homes.settled(tmp_path)
    with Window((sys.executable, "-m", "guide"), env) as window:
        time.sleep(milliseconds / 1000)
        window.type(b"\x03")
        window.settle(1.0)
        assert str(Path(__file__).parents[2]) not in window.screen.everything


@contextmanager
def idling(mode: str, folder: Path, env: dict[str, str]) -> Iterator[Window]:
    """The guide at its first screen, with open notes and clocks that files move."""
    homes.with_notes(folder)
    with Window((sys.executable, str(IDLING), mode, str(folder)), env) as window:
        window.wait_for(HOME if mode == "tui" else "q to leave:")
        window.settle(0.2)
        yield window


def run_on(folder: Path, clock: str) -> None:
    """More than five minutes pass on *clock* alone."""
    (folder / clock).write_text(str(2 * AWAY), "ascii")


def leave_by(window: Window, key: bytes) -> None:
    """Leave, and see that nothing is left to see."""
    window.type(key)
    window.until_shell()
    window.blank_from()
    window.until_end()
    assert window.remains() == []


def family(session: int) -> list[int]:
    """The supervisor and the interface, the older first."""
    found = []
    for each in sorted(
        int(x.name) for x in Path("/proc").iterdir() if x.name.isdigit()
    ):
        try:
            words = Path(f"/proc/{each}/cmdline").read_bytes().split(b"\0")
            if os.getsid(each) == session and words[0].endswith(b"python"):
                found.append(each)
        except (ProcessLookupError, FileNotFoundError):
            continue
    return found[:2]


def state_of(pid: int) -> str:
    """S for one that waits, T for one that is parked."""
    said = Path(f"/proc/{pid}/stat").read_text("utf-8")
    return said.rpartition(")")[2].split()[0].replace("R", "S")


def pythons_of(session: int) -> list[str]:
    return [each for each in sessions_programs(session) if "python" in each]


def soon(holds: Callable[[], bool]) -> bool:
    until = time.monotonic() + 5
    while not holds() and time.monotonic() < until:
        time.sleep(0.02)
    return holds()
