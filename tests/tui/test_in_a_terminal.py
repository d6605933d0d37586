"""The interface in a real terminal: leaving, resizing, and what a fault leaves."""

from __future__ import annotations

import os
import signal
import sys
import time
from pathlib import Path

import pytest

from tests.promises import pty_terminal
from tests.promises.pty_terminal import Terminal
from tests.tui.running import SECRET
from tests.tui.screens import SMALL, USUAL, Size

pytestmark = pytest.mark.skipif(
    sys.platform == "win32", reason="needs fork and a POSIX terminal"
)
CTRL_C, CTRL_Q, CTRL_Z, ESCAPE, ENTER = b"\x03", b"\x11", b"\x1a", b"\x1b", b"\r"
LEFT = b"\x1b[?1049l"
SOON = 0.5
SIZES = [pytest.param(USUAL, id="80x24"), pytest.param(SMALL, id="60x20")]


@pytest.fixture(autouse=True)
def _the_real_interface(monkeypatch: pytest.MonkeyPatch) -> None:
    app = Path(__file__).with_name("running.py")
    monkeypatch.setattr(pty_terminal, "APP", app)


def ready(terminal: Terminal, size: Size = USUAL) -> None:
    """Wait for the first screen, in a window of *size*."""
    terminal.resize(*size)
    terminal._screen.resize(size[1], size[0])
    terminal.hear(b"Leave now")
    terminal.settle()


def fills(lines: list[str], width: int) -> bool:
    """The bars reach both edges, and the footer stands in the last line."""
    top = lines[0].rstrip()
    ends = top.endswith("Not saving") and len(top) == width - 1
    return ends and lines[-1].startswith(" ^q Leave now")


def assert_left_without_trace(terminal: Terminal) -> None:
    terminal.hear(b"END")
    terminal.settle()
    assert terminal.everything_visible.split() == ["CODE=0", "SETTINGS=same", "END"]
    assert terminal.title == ""


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("key", [CTRL_C, CTRL_Q], ids=["ctrl+c", "ctrl+q"])
@pytest.mark.parametrize("state", ["home", "search"])
def test_one_key_leaves_at_once(state: str, key: bytes, size: Size) -> None:
    with Terminal(state) as terminal:
        ready(terminal, size)
        terminal.type(b"private words")
        terminal.settle(0.2)
        terminal.type(key)
        assert terminal.hear(LEFT) < SOON
        assert_left_without_trace(terminal)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("state", ["home", "search"])
def test_escape_three_times_leaves_from_a_page_and_from_a_line(
    state: str, size: Size
) -> None:
    with Terminal(state) as terminal:
        ready(terminal, size)
        for _press in range(3):
            terminal.type(ESCAPE)
            terminal.settle(0.15)
        assert_left_without_trace(terminal)


def test_one_escape_goes_back_from_a_line() -> None:
    with Terminal("search") as terminal:
        ready(terminal)
        terminal.type(ESCAPE)
        terminal.hear(b"What is happening?")
        terminal.type(CTRL_C)
        assert_left_without_trace(terminal)


def test_ctrl_z_does_nothing() -> None:
    with Terminal("search", jobs=True) as terminal:
        ready(terminal)
        terminal.type(CTRL_Z)
        terminal.settle()
        assert b"END" not in terminal.sent
        terminal.type(b"police")
        terminal.hear(b"20 of ")
        terminal.type(CTRL_C)
        assert_left_without_trace(terminal)


@pytest.mark.parametrize("size", [SMALL, (100, 30)], ids=["60x20", "100x30"])
def test_a_new_window_size_is_filled(
    size: Size, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever the environment says of some other window."""
    monkeypatch.setenv("COLUMNS", "70")
    monkeypatch.setenv("LINES", "22")
    with Terminal("home") as terminal:
        ready(terminal)
        terminal._screen.resize(size[1], size[0])
        terminal.resize(*size)
        until = time.monotonic() + 10
        while not fills(terminal._screen.display, size[0]):
            assert time.monotonic() < until, terminal._screen.display
            terminal.settle(0.2)
        terminal.type(CTRL_C)
        assert_left_without_trace(terminal)


def test_a_killed_interface_leaves_a_usable_terminal(tmp_path: Path) -> None:
    with Terminal("home", str(tmp_path)) as terminal:
        ready(terminal)
        os.kill(int((tmp_path / "interface").read_text("ascii")), signal.SIGKILL)
        terminal.hear(b"CODE=1 SETTINGS=same END")
        assert b"\x1b[?25h" in terminal.sent.split(LEFT)[-1]
        lines = terminal.everything_visible.split("\n")
    said = [line.strip() for line in lines if line.strip()]
    assert len(said) == 2
    assert said[0].endswith("What was kept is still kept.")


def test_a_fault_says_its_place_and_leaves_a_usable_terminal() -> None:
    with Terminal("crash") as terminal:
        ready(terminal)
        terminal.type(ENTER)
        terminal.hear(b"CODE=1 SETTINGS=same END")
    # What comes after the other screen was left; the one drawn on is gone with it.
    said = terminal.sent.split(LEFT)[-1].decode().replace("\r\n", "")
    assert "What was kept is still kept." in said
    assert "KeyError" in said
    assert "tui/running.py:" in said
    assert SECRET not in said
    assert "Traceback" not in said
    assert "Someone" not in said


@pytest.mark.parametrize("state", ["home", "search"])
def test_bytes_that_are_no_characters_change_nothing(state: str) -> None:
    """As a terminal set to an old character set sends them."""
    with Terminal(state) as terminal:
        ready(terminal)
        terminal.type(b"\xe9\xff\xc3(\xf0\x9f")
        terminal.settle()
        assert b"END" not in terminal.sent
        terminal.type(b"\x1bOP")  # F1
        terminal.hear(b"Nothing you press here")
        terminal.type(CTRL_C)
        assert_left_without_trace(terminal)


def test_what_is_typed_right_after_the_slash_is_searched() -> None:
    with Terminal("home") as terminal:
        ready(terminal)
        terminal.type(b"/")
        terminal.settle(0.1)
        terminal.type(b"police")
        terminal.hear(b"20 of ")
        terminal.type(CTRL_C)
        assert_left_without_trace(terminal)


def test_a_pasted_escape_code_is_never_sent_back() -> None:
    with Terminal("search") as terminal:
        ready(terminal)
        terminal.type(b"\x1b[200~a\x1b]0;owned\x07b\x1b[31mc\x1b[201~")
        terminal.settle()
        sent = terminal.sent[terminal._mark :]
        assert b"owned\x07" not in sent
        assert b"\x1b]0;owned" not in sent
        assert terminal.title != "owned"
        terminal.type(CTRL_C)
        assert_left_without_trace(terminal)
