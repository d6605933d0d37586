"""Leaving while a file is being kept: at once, and nothing half kept is left.

In a real terminal, with the real Textual and the real keeping.
"""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path

import pytest

from guide.actions.keeping import open_vault_desk
from tests.plain.talking import a_desk
from tests.promises import pty_terminal
from tests.promises.pty_terminal import Terminal
from tests.vault.keeping_desk import WORDS, kept_at
from tests.vault.working_desk import NAME, large_file, sealed_names

pytestmark = pytest.mark.skipif(
    sys.platform != "linux", reason="looks at the processes of a session in /proc"
)
CTRL_C, CTRL_Q, ESCAPE, ENTER = b"\x03", b"\x11", b"\x1b", b"\r"
LEFT = b"\x1b[?1049l"
SOON = 0.5


@pytest.fixture(autouse=True)
def _the_working_guide(monkeypatch: pytest.MonkeyPatch) -> None:
    app = Path(__file__).with_name("working_app.py")
    monkeypatch.setattr(pty_terminal, "APP", app)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A vault, and a large file that is not in it yet."""
    kept_at(a_desk(), tmp_path / "notes").close()
    large_file(tmp_path)
    return tmp_path


def sessions_programs(session: int) -> list[str]:
    """What still runs in the terminal."""
    found = []
    for each in Path("/proc").iterdir():
        if not each.name.isdecimal():
            continue
        try:
            words = (each / "cmdline").read_bytes().split(b"\0")
            if os.getsid(int(each.name)) == session:
                found.append(os.fsdecode(b" ".join(words)))
        except (ProcessLookupError, FileNotFoundError):
            continue
    return found


def assert_left_without_trace(terminal: Terminal) -> None:
    terminal.hear(b"END")
    terminal.settle()
    assert terminal.everything_visible.split() == ["CODE=0", "SETTINGS=same", "END"]
    assert terminal.title == ""


def assert_nothing_is_kept(folder: Path, before: bytes) -> None:
    """Opening takes away what the power cut left; the reader's file is as it was."""
    again = open_vault_desk(a_desk(), folder / "notes", WORDS)
    assert again.vault.evidence_ids() == ()
    assert sealed_names(folder / "notes") == []
    again.close()
    assert (folder / NAME).read_bytes() == before


@pytest.mark.parametrize("percent", ["10", "80"], ids=["sealing", "reading back"])
@pytest.mark.parametrize("key", [CTRL_C, CTRL_Q, ESCAPE * 3], ids=["^c", "^q", "esc"])
def test_a_key_leaves_at_once(folder: Path, key: bytes, percent: str) -> None:
    before = (folder / NAME).read_bytes()
    with Terminal("tui", str(folder), percent) as terminal:
        terminal.hear(b"Begin it")
        terminal.settle()
        terminal.type(ENTER)
        terminal.hear(b"Please wait")
        while far_in(terminal) < int(percent):
            terminal.settle(0.1)
        terminal.type(key)
        assert terminal.hear(LEFT) < SOON
        assert_left_without_trace(terminal)
        assert not any("python" in each for each in programs_of(terminal))
    assert_nothing_is_kept(folder, before)


@pytest.mark.parametrize("mode", ["tui", "plain"])
def test_the_second_process_ends_too(folder: Path, mode: str) -> None:
    """In the midst of a file that takes seconds; nothing waits here."""
    os.truncate(folder / NAME, 2 << 30)
    with Terminal(mode, str(folder), "101") as terminal:
        terminal.hear(b"Begin it")
        terminal.settle()
        terminal.type(ENTER if mode == "tui" else b"1\n")
        terminal.hear(b"Please wait")
        while not any("sealing_worker" in each for each in programs_of(terminal)):
            terminal.settle(0.05)
        terminal.type(CTRL_Q)
        assert terminal.hear(LEFT) < SOON
        assert_left_without_trace(terminal)
        assert not any("python" in each for each in programs_of(terminal))


@pytest.mark.parametrize("key", [b"q\n", CTRL_C], ids=["q", "^c"])
def test_plain_mode_leaves_too(folder: Path, key: bytes) -> None:
    before = (folder / NAME).read_bytes()
    with Terminal("plain", str(folder), "30") as terminal:
        terminal.hear(b"Begin it")
        terminal.settle()
        terminal.type(b"1\n")
        terminal.hear(b"Type s and Enter to stop it")
        terminal.settle()
        terminal.type(key)
        assert_left_without_trace(terminal)
        assert not any("python" in each for each in programs_of(terminal))
    assert_nothing_is_kept(folder, before)


def test_plain_mode_stops_by_a_letter_and_goes_on(folder: Path) -> None:
    before = (folder / NAME).read_bytes()
    with Terminal("plain", str(folder), "30") as terminal:
        terminal.hear(b"Begin it")
        terminal.settle()
        terminal.type(b"1\n")
        terminal.hear(b"Type s and Enter to stop it")
        terminal.settle()
        terminal.type(b"s\n")
        terminal.hear(b"You stopped this.")
        terminal.hear(b"Begin it")
        terminal.settle()
        terminal.type(b"q\n")
        assert_left_without_trace(terminal)
    assert_nothing_is_kept(folder, before)


def far_in(terminal: Terminal) -> int:
    """The percentage on the screen."""
    found = re.search(r"(\d+) %", "\n".join(terminal._screen.display))
    return int(found[1]) if found else -1


def programs_of(terminal: Terminal) -> list[str]:
    """The programs that run in *terminal* now."""
    return sessions_programs(terminal._pid)
