"""What a bag asks of the disk it goes to, and what it does with the answers.

The calls themselves are handed in: the vault has them, and a test lets any one fail.
"""

from __future__ import annotations

import errno
import mmap
import os
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_EXCEPTION, ThreadPoolExecutor, wait
from contextlib import contextmanager, suppress
from hashlib import sha256
from pathlib import Path
from threading import Lock
from typing import Protocol, TypeVar

from guide.export.bag.pieces import Cancelled, Progress
from guide.export.bag.problems import BagStoppedError, bag_not_written

Item = TypeVar("Item")

CHUNK = 1 << 18
_PATIENCE = 0.05  # seconds between two looks at whether to stop
_ROOM = 16 << 20
# A slow stick takes this in a few seconds. Without it, memory takes all of a large file
# at once, and nobody can stop what is left to do or see how far it is.
FLUSH = 16 << 20


class Disk(Protocol):
    """The calls; every one of them may raise ``OSError``."""

    def look(self, path: Path) -> os.stat_result:
        """What a name stands for, links not followed."""

    def create(self, path: Path) -> int:
        """Make a new file that only this login can read; never takes an old one."""

    def open_past_cache(self, path: Path) -> int:
        """Open for reading what is on the disk itself, not in memory."""

    def fill(self, descriptor: int, buffer: memoryview) -> int:
        """Read into *buffer*, and how many bytes; 0 at the end."""

    def write_all(self, descriptor: int, data: bytes | memoryview) -> None:
        """Write *data* to its last byte."""

    def sync(self, descriptor: int) -> None:
        """Return only once the bytes are on the disk itself."""

    def forget(self, descriptor: int) -> None:
        """Let what is read next come from the disk."""

    def close(self, descriptor: int) -> None:
        """Let go of what was opened."""

    def rename(self, old: Path, new: Path) -> None:
        """Give a file another name."""

    def link(self, old: Path, new: Path) -> None:
        """Give a file a second name; fails if that is taken."""

    def remove(self, path: Path) -> None:
        """Take a name away."""

    def free(self, folder: Path) -> int:
        """How many bytes this login may still write there."""

    def sync_folder(self, folder: Path) -> None:
        """Make new names survive a power cut."""


class Tally:
    """How far it is, in bytes, and whether to go on."""

    def __init__(self, total: int, progress: Progress, cancelled: Cancelled) -> None:
        self._total, self._progress, self._cancelled = total, progress, cancelled
        self._done, self._ended, self._lock = 0, False, Lock()

    def add(self, size: int) -> None:
        """*size* more bytes are done; from any thread. ``BagStoppedError`` to end."""
        with self._lock:
            self._done += size
        if self._ended:
            raise BagStoppedError

    def watch(self) -> None:
        """Say how far it is; ``BagStoppedError`` if the reader has had enough."""
        if self._cancelled():
            raise BagStoppedError
        self._progress(min(self._done, self._total), self._total)

    def step(self, size: int) -> None:
        """Both, for what is done by one thread alone."""
        self.add(size)
        self.watch()

    def end(self) -> None:
        """Something failed: let every thread stop."""
        self._ended = True

    def finish(self) -> None:
        """All of it is done."""
        self._progress(self._total, self._total)


def two_at_once(
    work: Callable[[Item], None], items: Iterable[Item], tally: Tally
) -> None:
    """Do *work* for each of *items*: while one waits for the disk, another computes.

    The reader is told, and asked, from this thread alone. What fails first is raised
    once nothing is at work any more.
    """
    with ThreadPoolExecutor(2) as threads:
        waiting = {threads.submit(work, each) for each in items}
        try:
            while waiting:
                done, waiting = wait(waiting, _PATIENCE, FIRST_EXCEPTION)
                for each in done:
                    each.result()
                tally.watch()
        except BaseException:
            tally.end()
            threads.shutdown(wait=False, cancel_futures=True)
            raise


@contextmanager
def target_faults() -> Iterator[None]:
    """What goes wrong in here is the fault of the place that the bag goes to."""
    try:
        yield
    except OSError as error:
        raise bag_not_written(error.errno) from None
    except ValueError:  # a NUL, or half of a character that no name can hold
        raise bag_not_written(errno.EINVAL) from None


class Writer:
    """Writes to one new file; what fails is the fault of that place alone."""

    def __init__(self, disk: Disk, descriptor: int) -> None:
        self._disk, self._descriptor, self._waiting = disk, descriptor, 0

    def __call__(self, data: memoryview) -> None:
        """Write *data*, and now and then put what was written onto the disk itself."""
        with target_faults():
            self._disk.write_all(self._descriptor, data)
            self._waiting += len(data)
            if self._waiting >= FLUSH:
                self._disk.sync(self._descriptor)
                self._waiting = 0

    def finish(self) -> None:
        """All of it is on the disk itself, and will be read from there."""
        self._disk.sync(self._descriptor)
        self._disk.forget(self._descriptor)


@contextmanager
def held(disk: Disk, descriptor: int) -> Iterator[int]:
    """Use *descriptor*, then let go of it; what fails at that counts too."""
    try:
        yield descriptor
    except BaseException:
        with suppress(OSError):  # the first failure is the one to tell
            os.close(descriptor)
        raise
    disk.close(descriptor)


def refuse_without_room(disk: Disk, folder: Path, size: int) -> None:
    """Before anything is written: a full disk late is a long wait for nothing."""
    if disk.free(folder) < size + size // 100 + _ROOM:
        raise OSError(errno.ENOSPC, "")


def refuse_if_taken(disk: Disk, path: Path) -> None:
    """Nothing that is there is replaced, and a link is something.

    A name that hides something would mislead whoever gets the bag.
    """
    if not path.name.isprintable():
        raise OSError(errno.EINVAL, "")
    with suppress(FileNotFoundError):
        disk.look(path)
        raise FileExistsError(errno.EEXIST, "")


def read_back(disk: Disk, path: Path, sink: Callable[[memoryview], None]) -> str:
    """Give all of *path* to *sink*, from the disk itself; its SHA-256 in hex."""
    found = sha256()
    buffer = memoryview(mmap.mmap(-1, CHUNK))  # begins where hardware can write to
    with held(disk, disk.open_past_cache(path)) as descriptor:
        while count := disk.fill(descriptor, buffer):
            found.update(buffer[:count])
            sink(buffer[:count])
    return found.hexdigest()
