"""Leaving is immediate, silent and leaves nothing to see.

Each test uses a real terminal and the real Textual. Times are generous here, so
that a busy machine does not fail them; they are far above what a person notices.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from guide.safety.leave import EscapeCounter
from tests.promises.leaving_app import CANARY, SECRET
from tests.promises.pty_terminal import REPOSITORY, Terminal, gone, is_alive

pytestmark = pytest.mark.skipif(
    sys.platform == "win32", reason="needs fork and a POSIX terminal"
)
CTRL_C, CTRL_Q, CTRL_Z, ESCAPE = b"\x03", b"\x11", b"\x1a", b"\x1b"
LEFT = b"\x1b[?1049l"
SOON = 0.5


def assert_left_without_trace(terminal: Terminal) -> None:
    terminal.hear(b"END")
    terminal.settle()
    assert terminal.everything_visible.split() == ["CODE=0", "SETTINGS=same", "END"]
    assert terminal.title == ""


@pytest.mark.parametrize("key", [CTRL_C, CTRL_Q], ids=["ctrl+c", "ctrl+q"])
@pytest.mark.parametrize("state", ["idle", "blocked", "gil", "drawing"])
def test_a_key_leaves_at_once_whatever_the_interface_does(
    state: str, key: bytes
) -> None:
    with Terminal(state) as terminal:
        terminal.hear(b"READY")
        terminal.settle(0.3) if state != "drawing" else terminal.hear(b"\x1b[")
        terminal.type(key)
        assert terminal.hear(LEFT) < SOON
        assert_left_without_trace(terminal)


@pytest.mark.parametrize("key", [CTRL_C, CTRL_Q], ids=["ctrl+c", "ctrl+q"])
def test_an_interactive_shell_gets_a_clean_terminal_back(key: bytes) -> None:
    with Terminal("idle", jobs=True) as terminal:
        terminal.hear(b"READY")
        terminal.settle()
        terminal.type(key)
        assert_left_without_trace(terminal)


def test_the_wipe_is_complete_and_ends_the_output() -> None:
    """Screen, scrollback and title, in this order, and no drawing after it."""
    with Terminal("drawing") as terminal:
        terminal.hear(b"READY")
        terminal.type(CTRL_C)
        terminal.hear(b"END")
        after = terminal.sent.split(LEFT)[-1].split(b"CODE=")[0]
    assert after.endswith(b"\x1b[H\x1b[J\x1b[2J\x1b[3J\x1b[23;0t\x1b]0;\x1b\\")
    assert b"\x1b[?25h" in after


@pytest.mark.parametrize("keys", [[ESCAPE] * 3, [ESCAPE * 3]], ids=["3", "at once"])
def test_escape_three_times_leaves_from_inside_an_input(keys: list[bytes]) -> None:
    with Terminal("idle") as terminal:
        terminal.hear(b"READY")
        terminal.type(b"a word")
        terminal.settle()
        for key in keys:
            terminal.type(key)
            terminal.settle(0.15)
        assert_left_without_trace(terminal)


@pytest.mark.parametrize("state", ["idle", "plain"])
@pytest.mark.parametrize("key", [CTRL_C, CTRL_Q], ids=["ctrl+c", "ctrl+q"])
def test_no_typed_key_reaches_the_next_program(state: str, key: bytes) -> None:
    """Neither what was typed before leaving nor what still comes right after."""
    with Terminal(state) as terminal:
        terminal.hear(b"READY")
        terminal.settle()
        terminal.type(b"typed-before")
        terminal.type(key)
        terminal.hear(b"\x1b[3J")
        terminal.type(b"typed-after\r\n")
        terminal.hear(b"END")
        terminal.type(b"\nnext\n")
        terminal.settle()
        assert "typed" not in terminal.everything_visible
        assert "next" in terminal.everything_visible


def test_ctrl_z_never_parks_the_program(tmp_path: Path) -> None:
    with Terminal("idle", str(tmp_path)) as terminal:
        terminal.hear(b"READY")
        terminal.settle()
        terminal.type(CTRL_Z)
        terminal.settle()
        assert b"END" not in terminal.sent
        terminal.type(b"still here")
        terminal.hear(b"here")
        terminal.type(CTRL_C)
        assert_left_without_trace(terminal)


def test_a_new_window_size_reaches_the_interface() -> None:
    with Terminal("idle") as terminal:
        terminal.hear(b"READY")
        terminal.settle()
        terminal.resize(60, 20)
        terminal.hear(b"WIDTH=60")


@pytest.mark.parametrize("state", ["idle", "plain", "plain-worker"])
def test_closing_the_window_ends_every_process(tmp_path: Path, state: str) -> None:
    with Terminal(state, str(tmp_path)) as terminal:
        terminal.hear(b"WORKING" if state == "plain-worker" else b"READY")
        family = family_of(tmp_path)
        assert all(is_alive(pid) for pid in family.values())
        terminal.close_window()
        assert all(gone(pid) for pid in family.values())


def test_leaving_ends_every_worker(tmp_path: Path) -> None:
    with Terminal("plain-worker", str(tmp_path)) as terminal:
        terminal.hear(b"WORKING")
        family = family_of(tmp_path)
        assert all(is_alive(pid) for pid in family.values())
        terminal.type(CTRL_C)
        assert_left_without_trace(terminal)
        assert not any(is_alive(pid) for pid in family.values())


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a child")
def test_the_interface_never_outlives_its_supervisor(tmp_path: Path) -> None:
    with Terminal("idle", str(tmp_path)) as terminal:
        terminal.hear(b"READY")
        family = family_of(tmp_path)
        os.kill(family["supervisor"], signal.SIGKILL)
        assert all(gone(pid) for pid in family.values())


def test_being_asked_to_end_wipes_too(tmp_path: Path) -> None:
    with Terminal("idle", str(tmp_path)) as terminal:
        terminal.hear(b"READY")
        os.kill(family_of(tmp_path)["supervisor"], signal.SIGTERM)
        terminal.hear(b"CODE=143 SETTINGS=same")
        assert CANARY not in terminal.everything_visible


def test_a_normal_end_keeps_its_exit_code_and_wipes_nothing() -> None:
    with Terminal("quit") as terminal:
        terminal.hear(b"CODE=3 SETTINGS=same END")
        assert b"\x1b[3J" not in terminal.sent
        assert LEFT in terminal.sent


def test_a_killed_interface_leaves_a_usable_terminal() -> None:
    with Terminal("killed") as terminal:
        terminal.hear(b"CODE=1 SETTINGS=same END")
        assert LEFT in terminal.sent
        assert b"\x1b[?25h" in terminal.sent.split(LEFT)[-1]
    assert "is still kept" in terminal.everything_visible
    assert CANARY not in terminal.everything_visible


def test_a_crash_prints_no_secrets() -> None:
    with Terminal("plain-crash") as terminal:
        terminal.hear(b"CODE=1 SETTINGS=same END")
    said = terminal.everything_visible.replace("\n", "")  # a narrow screen wraps it
    assert SECRET not in said
    assert "ValueError" in said
    assert "promises/leaving_app.py:" in said
    assert "Traceback" not in said


@pytest.mark.parametrize("keys", [b"q\n", CTRL_C, CTRL_Q], ids=["q", "^c", "^q"])
def test_plain_mode_leaves_and_wipes(keys: bytes) -> None:
    with Terminal("plain") as terminal:
        terminal.hear(b"READY")
        terminal.type(b"a word\n")
        terminal.hear(b"said a word")
        terminal.type(keys)
        assert terminal.hear(LEFT) < SOON
        assert_left_without_trace(terminal)


def test_plain_mode_ends_with_its_own_exit_code() -> None:
    with Terminal("plain") as terminal:
        terminal.hear(b"READY")
        terminal.type(b"end\n")
        terminal.hear(b"CODE=4 SETTINGS=same END")
        assert b"\x1b" not in terminal.sent


def test_a_terminal_without_cursor_control_gets_blank_lines() -> None:
    with Terminal("plain", term="dumb") as terminal:
        terminal.hear(b"READY")
        terminal.type(CTRL_C)
        terminal.hear(b"CODE=0 SETTINGS=same END")
    assert b"\x1b" not in terminal.sent
    assert terminal.sent.split(b"CODE=")[0].count(b"\n") > 50


def test_without_a_terminal_the_output_is_kept_and_clean() -> None:
    """Into a pipe: all that was said before `q`, and not one escape."""
    app = Path(__file__).with_name("leaving_app.py")
    ended = subprocess.run(
        [sys.executable, str(app), "plain"],
        input=b"one\nq\n",
        capture_output=True,
        env={**os.environ, "PYTHONPATH": str(REPOSITORY)},
        check=False,
    )
    assert ended.returncode == 0
    assert b"said one" in ended.stdout
    assert b"\x1b" not in ended.stdout


def test_the_supervisor_loads_nothing_heavy() -> None:
    code = """import sys, guide.safety.leave, guide.safety.process
print(*{name.partition(".")[0] for name in sys.modules})"""
    loaded = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    ).stdout.split()
    heavy = {"textual", "rich", "asyncio", "click", "socket", "ssl", "inspect"}
    assert "guide" in loaded
    assert not heavy & {*loaded}


@pytest.mark.parametrize(
    ("times", "leaves"),
    [
        pytest.param([0.0, 0.1, 0.2], [False, False, True], id="quickly"),
        pytest.param([0.0, 1.0, 2.0], [False, False, True], id="just in time"),
        pytest.param([0.0, 1.0, 2.1], [False, False, False], id="too slowly"),
        pytest.param([0.0, 1.9, 2.1, 2.2], [False] * 3 + [True], id="the last three"),
        pytest.param([0.0, 3.0, 6.0, 9.0], [False] * 4, id="going back, and back"),
    ],
)
def test_three_presses_of_escape_within_two_seconds(
    times: list[float], leaves: list[bool]
) -> None:
    counter = EscapeCounter()
    assert [counter.pressed(at) for at in times] == leaves


def family_of(folder: Path) -> dict[str, int]:
    """The supervisor, its interface, and the worker of that, if there is one."""
    return {noted.name: int(noted.read_text("ascii")) for noted in folder.iterdir()}
