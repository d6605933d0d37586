"""A real terminal for tests: a pseudo-terminal, a shell-like parent, a screen.

The program under test runs between two readings of the terminal's settings, as
it would between two prompts of a shell; ``cat`` then reads whatever keys are left.
With *jobs* the program gets a process group of its own, as an interactive shell
does it; without, it shares the one of a script around it.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import pty
import select
import signal
import struct
import sys
import termios
import time
from pathlib import Path
from typing import Self

import pyte

REPOSITORY = Path(__file__).parents[2]
APP = Path(__file__).with_name("leaving_app.py")
_SHELL = """
[ -n "$JOBS" ] && set -m
before=$(stty -g)
"$0" "$@"
code=$?
[ "$before" = "$(stty -g)" ] && same=same || same=changed
echo "CODE=$code SETTINGS=$same END"
exec cat
"""


class Terminal:
    """One program in one terminal, and everything it sent there."""

    def __init__(
        self, *arguments: str, term: str = "xterm", jobs: bool = False
    ) -> None:
        self.sent = b""
        self._open = True
        self._mark = 0
        self._screen = pyte.HistoryScreen(80, 24, history=500)
        self._stream = pyte.ByteStream(self._screen)
        environment = {
            **os.environ,
            "TERM": term,
            "PYTHONPATH": str(REPOSITORY),
            "JOBS": "yes" if jobs else "",
        }
        command = ["sh", "-c", _SHELL, sys.executable, str(APP), *arguments]
        self._pid, self._terminal = pty.fork()
        if self._pid == 0:
            os.execvpe("sh", command, environment)  # noqa: S606  it is the shell
        self.resize(80, 24)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        with contextlib.suppress(OSError):  # closed by the test itself
            os.close(self._terminal)
        with contextlib.suppress(ProcessLookupError):
            os.kill(self._pid, signal.SIGKILL)
        os.waitpid(self._pid, 0)

    def type(self, keys: bytes) -> None:
        self._mark = len(self.sent)
        os.write(self._terminal, keys)

    def resize(self, columns: int, lines: int) -> None:
        size = struct.pack("HHHH", lines, columns, 0, 0)
        fcntl.ioctl(self._terminal, termios.TIOCSWINSZ, size)

    def close_window(self) -> None:
        os.close(self._terminal)

    def hear(self, until: bytes, *, within: float = 20.0) -> float:
        """Read until it was sent since the last key; how many seconds that took."""
        start = time.monotonic()
        while until not in self.sent[self._mark :]:
            left = start + within - time.monotonic()
            assert left > 0, f"{until!r} never came: {self.sent[-500:]!r}"
            assert self._read(left) or self._open, f"ended: {self.sent[-500:]!r}"
        return time.monotonic() - start

    def settle(self, quiet: float = 0.3) -> None:
        """Read until nothing has come for a moment."""
        while self._read(quiet):
            pass

    def _read(self, patience: float) -> bool:
        if not select.select([self._terminal], [], [], patience)[0]:
            return False
        try:
            data = os.read(self._terminal, 65536)
        except OSError:  # nobody is left at the other end
            data = b""
        self._open = bool(data)
        self.sent += data
        self._stream.feed(data)
        return bool(data)

    @property
    def everything_visible(self) -> str:
        """The screen and all that scrolling up would show."""
        lines = [*self._screen.history.top, *self._screen.history.bottom]
        above = ("".join(line[x].data for x in sorted(line)) for line in lines)
        return "\n".join([*above, *self._screen.display])

    @property
    def title(self) -> str:
        return str(self._screen.title)


def is_alive(pid: int) -> bool:
    """A process that runs; a zombie that nobody collected does not."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    state = Path(f"/proc/{pid}/stat")
    try:
        return ") Z" not in state.read_text("utf-8", "replace")
    except (FileNotFoundError, ProcessLookupError):  # gone since, or without /proc
        return not Path("/proc/self").exists()


def gone(pid: int, *, within: float = 3.0) -> bool:
    until = time.monotonic() + within
    while is_alive(pid):
        if time.monotonic() > until:
            return False
        time.sleep(0.02)
    return True
