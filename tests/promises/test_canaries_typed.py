"""The promise: whole flows, typed for real, leave nothing behind however they end.

Each flow is typed at a real terminal, in both front ends, a canary in every blank.
In its middle, or once all is done, it ends: left, gone back from, failed, killed, its
window closed. Then every file is searched, and every file that was ever written
while it ran was one of the vault, or one that the reader asked for.
"""

from __future__ import annotations

import os
import signal
import sys
from itertools import product
from pathlib import Path

import pytest

from tests.plain.talking import a_desk
from tests.promises.canaries import PASSPHRASE, seen_in
from tests.promises.canary_login import (
    all_kept,
    assert_no_canary_on_disk,
    assert_the_kernel_saw_nothing_else,
    assert_written_where_it_may,
    make_login,
    trace_all,
)
from tests.promises.pty_terminal import Terminal, gone
from tests.promises.traced import can_trace
from tests.promises.typed_flows import FLOWS
from tests.promises.typing_reader import DrawnReader, LinedReader, Reader
from tests.vault.keeping_desk import kept_at

pytestmark = pytest.mark.skipif(
    sys.platform == "win32", reason="needs fork and a POSIX terminal"
)
CTRL_Q = b"\x11"
MODES = ("tui", "plain")
ENDS = ("leave", "back", "crash", "kill", "window")
# In each run nearly every flow is typed in both front ends, and every end comes in
# both; all of them with each other take minutes.
SOME = [
    ("plain", "incident", "window"),
    *(("tui", "officials, backup, copy", "leave"),),
    *(("plain", "officials, backup, copy", "crash"),),
    *(("tui", "evidence", "kill"), ("plain", "evidence", "leave")),
    *(("tui", "mail, complaint", "window"), ("plain", "mail, complaint", "back")),
    *(("tui", "filter", "back"), ("plain", "filter", "leave")),
    ("plain", "letter", "kill"),
]
ALL = sorted(set(product(MODES, FLOWS, ENDS)) - set(SOME))
NOTHING_KEPT = [
    *(("tui", "incident", "crash"), ("plain", "incident", "crash")),
    *(("plain", "mail, complaint", "kill"), ("plain", "letter", "leave")),
]
# The kernel's notes slow the interface down; in it one flow stands for all.
UNTRACED = {("tui", flow) for flow in FLOWS if flow != "evidence"}


@pytest.fixture
def login(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("TZ", "UTC")
    made = make_login(tmp_path, monkeypatch, "typed_app.py")
    (made / "fails").touch()
    return made


def words_of(login: Path, mode: str, flow: str, *, kept: bool) -> list[str]:
    """The command, with the page that the flow begins at."""
    where = ["--vault", str(login / "notes")] if kept else ["--keep-nothing"]
    page = FLOWS[flow][0]
    start = ["start", page] if page else []
    return [str(login), *where, f"--{mode}", *start]


def arrive(reader: Reader, mode: str, *, kept: bool) -> None:
    """Through the door; without one, past what the very first start asks."""
    reader.terminal.hear(b"Passphrase" if kept else b"In danger now?")
    reader.terminal.settle()
    if kept:
        reader.line(PASSPHRASE)
        if mode == "tui":
            reader.sees("Saved")
    elif b"Does the person who worries you" in reader.terminal.sent:
        reader.pick("4", 4)


def end(reader: Reader, how: str) -> None:
    """End it in the middle of something, and be sure that it has ended."""
    terminal, interface = reader.terminal, _interface(reader.login)
    before = len(terminal.sent)
    match how:
        case "leave" | "back":
            for _screen in range(2 if how == "back" else 0):
                reader.back()
            terminal.type(CTRL_Q)
            terminal.hear(b"CODE=0 SETTINGS=same END")
            assert seen_in(terminal.everything_visible.encode()) == []
        case "crash":
            (reader.login / "break").touch()
            reader.ask_for_help_lines()
            terminal.hear(b"CODE=1 SETTINGS=same END")
            assert b"KeyError" in terminal.sent
            assert seen_in(terminal.sent[reader.asked_at :]) == []
        case "kill":
            os.kill(interface, signal.SIGKILL)
            terminal.hear(b"CODE=1 SETTINGS=same END")
            assert seen_in(terminal.sent[before:]) == []
        case _:
            terminal.close_window()
    assert gone(interface)


def _interface(login: Path) -> int:
    return int((login / "interface").read_text("ascii"))


def typed(login: Path, mode: str, flow: str, how: str, *, kept: bool) -> Reader:
    """Type *flow*, to its end where it is then left, else to its middle."""
    if (mode, flow) not in UNTRACED and can_trace(login.parent):
        trace_all(login)
    with Terminal(*words_of(login, mode, flow, kept=kept)) as terminal:
        make = DrawnReader if mode == "tui" else LinedReader
        reader = make(terminal, login)
        arrive(reader, mode, kept=kept)
        steps = FLOWS[flow][1](reader)
        next(steps)
        if how == "leave":
            assert next(steps, "done") == "done"
        end(reader, how)
    return reader


def assert_nothing_is_left(login: Path, reader: Reader, how: str) -> None:
    assert_no_canary_on_disk(login)
    assert_written_where_it_may(login)
    if login.with_name("trace").exists():
        assert assert_the_kernel_saw_nothing_else(login)
    asked = [*(login / "asked").iterdir()]
    assert not asked or how == "leave"
    assert all(seen_in(path.read_bytes()) for path in asked)
    assert reader.said


@pytest.mark.parametrize(("mode", "flow", "how"), SOME)
def test_a_flow_that_is_typed(login: Path, mode: str, flow: str, how: str) -> None:
    kept_at(a_desk(), login / "notes", PASSPHRASE).close()
    reader = typed(login, mode, flow, how, kept=True)
    assert_nothing_is_left(login, reader, how)
    kept = all_kept(login / "notes")
    if flow != "filter":  # nothing of one is kept
        assert [word for word in reader.said if word not in kept] == []


@pytest.mark.parametrize(("mode", "flow", "how"), NOTHING_KEPT)
def test_a_flow_where_nothing_is_kept(
    login: Path, mode: str, flow: str, how: str
) -> None:
    reader = typed(login, mode, flow, how, kept=False)
    assert_nothing_is_left(login, reader, how)
    assert not (login / "notes").exists()


@pytest.mark.long
@pytest.mark.parametrize(("mode", "flow", "how"), ALL)
def test_every_flow_with_every_end(login: Path, mode: str, flow: str, how: str) -> None:
    test_a_flow_that_is_typed(login, mode, flow, how)


def test_every_end_comes_in_both_front_ends() -> None:
    ends = {(mode, how) for mode, _flow, how in (*SOME, *NOTHING_KEPT)}
    flows = {(mode, flow) for mode, flow, _how in (*SOME, *NOTHING_KEPT)}
    assert ends == set(product(MODES, ENDS))
    assert flows == set(product(MODES, FLOWS)) - {("tui", "letter")}
