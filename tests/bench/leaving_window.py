"""A terminal window, seen from outside: what is typed, and when what came of it.

A thread stamps each byte as it arrives and does nothing else; drawing is done later,
so that it is never in a figure. Around the program runs what a shell would do: the
terminal's settings are read before and after, and ``cat`` takes whatever keys are left.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import select
import signal
import struct
import sys
import termios
import threading
import time
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from typing import ClassVar, Self

import pyte

from tests.bench.leaving_screen import COLUMNS, LINES, TwoScreens, left_on

SHELL = """
set -m
before=$(stty -g)
"$@"
code=$?
[ "$before" = "$(stty -g)" ] && same=same || same=changed
echo "CODE=$code SETTINGS=$same END"
exec cat
"""
WIPED, _SHELLS_OWN = b"\x1b[3J", b"CODE="
PATIENCE = 20.0  # seconds
_SWITCH = 0.0005  # seconds; the usual 5 ms would be in the figures


class NotSeenError(RuntimeError):
    """What was waited for did not come; says what was there instead."""


class Window:
    """One program in one window."""

    WHERE: ClassVar[str] = ""
    HOLDS_BACK: ClassVar[dict[str, float]] = {}  # milliseconds, by the way out

    def __init__(self, command: Sequence[str], environment: Mapping[str, str]) -> None:
        sys.setswitchinterval(_SWITCH)
        self.sent = b""
        self.screen = TwoScreens()
        self._stream = pyte.ByteStream(self.screen)
        self._arrived: deque[tuple[float, bytes]] = deque()
        self._news = threading.Event()
        self._terminal, theirs = os.openpty()
        self._open = True
        name = os.ttyname(theirs)
        self.resize(COLUMNS, LINES)
        streams = (
            (os.POSIX_SPAWN_OPEN, 0, name, os.O_RDWR, 0),
            (os.POSIX_SPAWN_DUP2, 0, 1),
            (os.POSIX_SPAWN_DUP2, 0, 2),
        )
        words = self.around(command)
        self.pid = os.posix_spawnp(
            words[0], words, {**environment}, file_actions=streams, setsid=True
        )
        os.close(theirs)
        self._reader = threading.Thread(target=self._listen, daemon=True)
        self._reader.start()

    def around(self, command: Sequence[str]) -> list[str]:
        """What is started in the window: a shell around *command*."""
        return ["sh", "-c", SHELL, "sh", *command]

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        with contextlib.suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGKILL)
        self.close()
        os.waitpid(self.pid, 0)

    def close(self) -> None:
        """Close the window, as a click on its corner does; a second time is fine."""
        if self._open:
            self._open = False
            self._reader.join()
            os.close(self._terminal)

    def resize(self, columns: int, lines: int) -> None:
        size = struct.pack("HHHH", lines, columns, 0, 0)
        self.screen.resize(lines, columns)
        fcntl.ioctl(self._terminal, termios.TIOCSWINSZ, size)

    def type(self, keys: bytes) -> float:
        """Type *keys*, and say when."""
        at = time.perf_counter()
        os.write(self._terminal, keys)
        return at

    def wait_for(self, words: str) -> None:
        """Until *words* are on the screen."""
        self.wait(lambda: words in self.screen.seen, words)

    def wait(self, holds: Callable[[], bool], what: str) -> float:
        """Until *holds* after one more piece was drawn; when that piece came."""
        end = time.monotonic() + PATIENCE
        at = time.perf_counter()
        while not holds():
            if not self._arrived:
                self._news.wait(0.05)
                self._news.clear()
            if time.monotonic() > end:
                raise NotSeenError(f"{what} never came:\n{self.screen.seen}")
            if self._arrived:
                at = self._draw_one()
        return at

    def settle(self, quiet: float = 0.05) -> None:
        """Until nothing has come for a moment."""
        while self._news.wait(quiet):
            self._news.clear()
        self._draw()

    def shown(self) -> str:
        """What is on the screen now."""
        self._draw()
        return self.screen.seen

    def until_wiped(self) -> None:
        """Until the wipe has come; nothing is drawn meanwhile."""
        self._until_sent(WIPED)

    def until_shell(self) -> None:
        """Until the shell has its terminal back; nothing is drawn meanwhile."""
        self._until_sent(_SHELLS_OWN)

    def _until_sent(self, data: bytes) -> None:
        end = time.monotonic() + PATIENCE
        while data not in b"".join(each for _at, each in [*self._arrived]):
            self._news.wait(0.05)
            self._news.clear()
            if time.monotonic() > end:
                raise NotSeenError(f"{data!r} never came:\n{self.shown()}")

    def blank_from(self) -> float:
        """From when on there was nothing to see, until the shell said something."""
        blank, since = False, 0.0
        while self._arrived and not self._arrived[0][1].startswith(_SHELLS_OWN):
            at = self._draw_one()
            if self.is_blank and not blank:
                since = at
            blank = self.is_blank
        if not blank:
            raise NotSeenError(f"it was never blank:\n{self.screen.everything}")
        return since

    @property
    def is_blank(self) -> bool:
        """Whether nothing is to be seen, however far one scrolls."""
        return not self.screen.everything.strip()

    def until_end(self) -> None:
        """Until the shell is back and has said how it went."""
        self.wait_for("END")
        self.type(b"next\n")
        self.wait(lambda: self.screen.seen.count("next") > 1, "the shell")
        self.settle(0.02)

    def remains(self) -> list[str]:
        """What is there besides the shell's own words, in words; [] is right."""
        self._draw()
        said = self.screen.everything.split()
        right = ["CODE=0", "SETTINGS=same", "END", "next", "next"]
        wrong = [] if said == right else ["on the screen: " + " ".join(said)]
        if self.screen.title:
            wrong.append(f"title {self.screen.title}")
        return wrong + left_on(self.sent)

    def _listen(self) -> None:
        while self._open:
            if not select.select([self._terminal], [], [], 0.05)[0]:
                continue
            try:
                data = os.read(self._terminal, 65536)
            except OSError:  # nobody is left at the other end
                return
            self._arrived.append((time.perf_counter(), data))
            self._news.set()

    def _draw_one(self) -> float:
        at, data = self._arrived.popleft()
        before, shell, after = data.partition(_SHELLS_OWN)
        if before and shell:  # a busy machine hands both over as one
            self._arrived.appendleft((at, shell + after))
            data = before
        self.sent += data
        self._stream.feed(data)
        return at

    def _draw(self) -> None:
        while self._arrived:
            self._draw_one()
