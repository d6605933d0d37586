"""A reader at a terminal of their own who looks at every screen there is. Not a test.

What the terminal is sent is kept as bytes: nothing stands in between that would
forgive what a real terminal obeys.
"""

from __future__ import annotations

import io
import re
import sys
import time
from collections.abc import Callable, Sequence
from itertools import cycle
from pathlib import Path

import pexpect

from tests.unit.test_cli import REPOSITORY, an_environment

APP = Path(__file__).with_name("hostile_app.py")
WIDE, TALL = 110, 120  # so that most screens are seen to their end
CTRL_Q, F12, TAB, BACK_TAB = b"\x11", b"\x1b[24~", b"\t", b"\x1b[Z"
PASTED = b"\x1b[200~%b\x1b[201~"
_BLANKS, _QUIET = 3, 0.06
_PATIENCE = 40  # seconds: making a vault takes one of them, on an idle machine
NEXT = r"NEXT ([^;]*);"
OVER = b"that was all"
_MORE, _ASKED = (b"type an answer: ", b"Enter to end: "), b"q to leave: "
_PROMPT = 400  # bytes; no prompt is longer
_IN_A_FORM = re.compile(rb"Type (?:it, Enter|yes or no|a date such|one or more)[^\n]*$")
_LATEST = 240  # seconds; a session that takes longer goes round in circles


class Reader:
    """One program in one terminal that shows nothing of what is typed itself."""

    def __init__(self, home: Path, *words: str, **more: str) -> None:
        self._all = io.BytesIO()
        self.terminal = pexpect.spawn(
            sys.executable,
            list(words),
            cwd=str(REPOSITORY),
            env=an_environment(home, PYTHONPATH=str(REPOSITORY), **more),
            dimensions=(TALL, WIDE),
            timeout=_PATIENCE,
            maxread=65536,
            echo=False,
        )
        self.terminal.logfile_read = self._all
        self.terminal.delaybeforesend = None

    @property
    def sent(self) -> bytes:
        """Every byte that the terminal was sent."""
        return self._all.getvalue()

    def end(self) -> int:
        """Wait for the end; the exit code, or minus a signal."""
        self.terminal.expect(pexpect.EOF)
        self.terminal.close()
        status = self.terminal.exitstatus
        return -self.terminal.signalstatus if status is None else int(status)

    def settle(self, quiet: float = 0.3) -> None:
        """Read until nothing has come for a moment."""
        while self.terminal.expect([pexpect.TIMEOUT, rb".+"], timeout=quiet):
            pass


def tour(
    mode: str, home: Path, first: int, count: int, *only: str
) -> tuple[bytes, int]:
    """Look at every screen with these payloads in it: the bytes, and the exit code."""
    reader = Reader(home, str(APP), mode, str(home), str(first), str(count), *only)
    if mode == "plain":
        _talk(reader)
    else:
        _press(reader)
    return reader.sent, reader.end()


def _press(reader: Reader, on_each: Callable[[], None] = lambda: None) -> None:
    """F12 again and again, until there is no other screen; *on_each* something else."""
    terminal, seen = reader.terminal, b""
    terminal.expect_exact(b"emergency")
    reader.settle()
    while seen != OVER:
        terminal.send(F12)
        before = seen
        while seen == before:
            terminal.expect_exact(b"NEXT ")
            terminal.expect_exact(b";")
            seen = terminal.before
        on_each()
    terminal.send(CTRL_Q)


def _talk(reader: Reader) -> None:
    """Say "once more" to everything, and nothing to the blanks of a form."""
    terminal, until = reader.terminal, time.monotonic() + _LATEST
    last = b""
    while time.monotonic() < until:
        try:
            last = (last + terminal.read_nonblocking(65536, timeout=30))[-_PROMPT:]
        except pexpect.EOF:
            return
        if last.endswith(_MORE):
            terminal.send(b"\n")
        elif last.endswith(_ASKED):
            blank = _IN_A_FORM.search(last)
            terminal.send(b"\n" if blank else b"p\n")
    raise AssertionError(reader.sent[-500:])


def typing(
    mode: str, home: Path, count: int, lines: Sequence[bytes], only: Sequence[str]
) -> tuple[bytes, int]:
    """Type *lines*, in turn, on the screens *only*: the bytes, and the exit code."""
    reader = Reader(home, str(APP), mode, str(home), "0", str(count), *only)
    if mode == "plain":
        _type(reader, lines)
    else:
        _paste(reader, lines)
    return reader.sent, reader.end()


def _type(reader: Reader, lines: Sequence[bytes]) -> None:
    """A line at each prompt; none where one was just refused, or a text goes on."""
    terminal, turn, last, before = reader.terminal, cycle(lines), b"", b""
    until = time.monotonic() + _LATEST
    while time.monotonic() < until:
        try:
            last = (last + terminal.read_nonblocking(65536, timeout=30))[-_PROMPT:]
        except pexpect.EOF:
            return
        if not last.endswith((*_MORE, _ASKED)):
            continue
        asked = last.rpartition(b"\n")[2]
        again = asked == before and (_IN_A_FORM.search(last) or asked.endswith(_MORE))
        terminal.send(b"\n" if again else next(turn) + b"\n")
        before, last = b"" if again else asked, b""
    raise AssertionError(reader.sent[-500:])


def _paste(reader: Reader, lines: Sequence[bytes]) -> None:
    """One into each blank that Tab leads to, then Enter."""
    turn = cycle(lines)

    def paste() -> None:
        for _blank in range(_BLANKS):
            reader.terminal.send(PASTED % next(turn) + TAB)
        reader.settle(_QUIET)
        reader.terminal.send(BACK_TAB + b"\r")
        reader.settle(_QUIET)

    _press(reader, paste)


def screens(text: str, *, before: bool) -> dict[str, str]:
    """What each screen showed; its name comes *before* it or after it."""
    parts = re.split(NEXT, text)
    names, shown = parts[1::2], parts[2::2] if before else parts[:-1:2]
    found: dict[str, str] = {}
    for name, part in zip(names, shown, strict=True):
        found[name] = found.get(name, "") + part
    return found
