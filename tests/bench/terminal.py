"""A program in a pseudo-terminal, and when each of its bytes arrived.

Bytes are stamped as they are read and drawn by pyte only afterwards, so that the
drawing is never in a figure. Linux and macOS only.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import select
import signal
import struct
import termios
import time
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Self

import pyte

COLUMNS, LINES = 100, 30
QUIET, PATIENCE = 0.05, 20.0  # seconds
_SPIN = 0.1  # a processor that has idled is slow to wake
_DROPPED = 65536

Sees = Callable[[str], bool]


class NeverSeenError(RuntimeError):
    """What was waited for did not come."""


class Program:
    """One run of one program."""

    def __init__(self, command: Iterable[str], environment: Mapping[str, str]) -> None:
        self._screen = pyte.Screen(COLUMNS, LINES)
        self._stream = pyte.ByteStream(self._screen)
        self._chunks: list[tuple[float, bytes]] = []
        self._last = 0.0
        self._terminal, self._theirs = os.openpty()
        size = struct.pack("HHHH", LINES, COLUMNS, 0, 0)
        fcntl.ioctl(self._theirs, termios.TIOCSWINSZ, size)
        words, name = [*command], os.ttyname(self._theirs)
        streams = (
            (os.POSIX_SPAWN_OPEN, 0, name, os.O_RDWR, 0),
            (os.POSIX_SPAWN_DUP2, 0, 1),
            (os.POSIX_SPAWN_DUP2, 0, 2),
        )
        _spin(_SPIN)
        self.began = time.perf_counter()
        self.pid = os.posix_spawnp(
            words[0], words, {**environment}, file_actions=streams, setsid=True
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        with contextlib.suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGKILL)
        os.close(self._terminal)
        os.close(self._theirs)
        os.waitpid(self.pid, 0)

    def until(
        self, sees: Sees, since: float | None = None, patience: float = PATIENCE
    ) -> float:
        """Seconds from *since*, or from the start, until the screen *sees* it."""
        start = self.began if since is None else since
        while time.perf_counter() - start < patience:
            self._listen()
            at = self._draw(sees)
            if at is not None:
                self._draw()
                return at - start
        raise NeverSeenError("\n".join(self._screen.display))

    def press(self, keys: bytes, sees: Sees | None = None) -> tuple[float, float]:
        """Seconds from *keys* until the screen sees it, and until the last byte."""
        self.settle()
        _spin(0.005)
        since = time.perf_counter()
        os.write(self._terminal, keys)
        before = self.text
        seen = self.until(sees or (lambda text: text != before), since)
        last = self._last
        self.settle()
        return seen, max(last, self._last) - since

    def send(self, keys: bytes) -> float:
        """Write *keys* and say when; nothing is waited for."""
        since = time.perf_counter()
        os.write(self._terminal, keys)
        return since

    def until_bytes(self, sent: bytes, since: float) -> float:
        """Seconds from *since* until the program has sent exactly *sent*."""
        heard = b""
        while time.perf_counter() - since < PATIENCE:
            if not select.select([self._terminal], [], [], 0.2)[0]:
                continue
            heard = heard[-_DROPPED:] + self._read()
            if sent in heard:
                return time.perf_counter() - since
        raise NeverSeenError(repr(heard[-500:]))

    def settle(self, quiet: float = QUIET) -> None:
        """Read until nothing has come for a moment."""
        self._listen(quiet)
        self._draw()

    @property
    def text(self) -> str:
        """The screen as it is drawn so far."""
        return "\n".join(line.rstrip() for line in self._screen.display)

    @property
    def drawing(self) -> int:
        """The process that draws: the child of the one that watches, if any."""
        children = Path(f"/proc/{self.pid}/task/{self.pid}/children")
        with contextlib.suppress(OSError):
            for child in children.read_text("ascii").split():
                return int(child)
        return self.pid

    def _listen(self, quiet: float = QUIET) -> None:
        while select.select([self._terminal], [], [], quiet)[0]:
            data = self._read()
            self._last = time.perf_counter()
            self._chunks.append((self._last, data))

    def _read(self) -> bytes:
        return os.read(self._terminal, 65536)

    def _draw(self, sees: Sees | None = None) -> float | None:
        """Draw what has come; stop at the first moment that *sees* holds."""
        while self._chunks:
            at, data = self._chunks.pop(0)
            # pyte takes these for something else: keys and modes it does not know.
            self._stream.feed(data.replace(b"\x1b[>1u", b"").replace(b"\x1b[<u", b""))
            if sees and sees(self.text):
                return at
        return None


def _spin(seconds: float) -> None:
    until = time.perf_counter() + seconds
    while time.perf_counter() < until:
        pass


def memory(pid: int) -> tuple[float, float]:
    """Resident and proportional memory of a process in MB; 0 where it is hidden."""
    return _kilobytes(pid, "status", "VmRSS"), _kilobytes(pid, "smaps_rollup", "Pss")


def _kilobytes(pid: int, file: str, name: str) -> float:
    try:
        lines = Path(f"/proc/{pid}/{file}").read_text("ascii").splitlines()
    except OSError:
        return 0.0
    found = [line.split()[1] for line in lines if line.startswith(f"{name}:")]
    return int(found[0]) / 1024 if found else 0.0
