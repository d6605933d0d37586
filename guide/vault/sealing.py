"""Sealing and opening bytes in age format (age-encryption.org/v1, X25519).

pyrage holds the interpreter while it works, so anything large is done by a second
process (``guide.vault.sealing_worker``) and the screen never waits for it. What
comes out of ``opened`` is worth nothing until it has returned: the end of a file is
checked last. Nothing here touches a disk.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_EXCEPTION, Future, ThreadPoolExecutor, wait
from contextlib import contextmanager, suppress
from io import FileIO
from pathlib import Path

from guide.vault import sealing_worker
from guide.vault.disk import CHUNK

if sys.platform == "linux":
    import fcntl

HERE = 4 << 20  # up to this size a second process costs more time than it saves
_PIPE = 1 << 20
_PATIENCE = 0.05  # seconds between two looks at whether to stop

Sink = Callable[[memoryview], None]  # must not hold on to what it is given
Watch = Callable[[], None]


class NotIntactError(Exception):
    """The sealed bytes are not what was sealed, or not for this key."""


class WorkerLostError(Exception):
    """The second process could not be started or ended before its time."""


def sealed(
    data: Iterable[memoryview], recipient: str, sink: Sink, *, size: int, watch: Watch
) -> None:
    """Give the sealed form of *data* to *sink*.

    *size* is about how many bytes will come. *data* and *sink* may be used from
    other threads, one at a time each; *watch* is called from this one about 20
    times a second, and what it raises stops everything. With more than ``HERE``
    bytes, stay in this thread: the process ends with the thread that started it.
    """
    if size > HERE:
        _beside(sealing_worker.SEAL, recipient, data, sink, watch)
        return
    import pyrage

    watch()
    key = pyrage.x25519.Recipient.from_str(recipient)
    sink(memoryview(pyrage.encrypt(_joined(data), [key])))


def opened(
    data: Iterable[memoryview], identity: str, sink: Sink, *, size: int, watch: Watch
) -> None:
    """Give to *sink* what was sealed, or raise ``NotIntactError``; as ``sealed``."""
    if size > HERE:
        _beside(sealing_worker.OPEN, identity, data, sink, watch)
        return
    import pyrage

    watch()
    key = pyrage.x25519.Identity.from_str(identity)
    try:
        plain = memoryview(pyrage.decrypt(_joined(data), [key]))
    except pyrage.DecryptError:
        raise NotIntactError from None
    sink(plain)


def locked(data: bytes, passphrase: str, *, watch: Watch) -> bytes:
    """*data*, which is small, sealed with *passphrase* (age, scrypt).

    A second process does it: a try takes about a second, and holds the interpreter.
    """
    return _small(sealing_worker.LOCK, data, passphrase, watch)


def unlocked(data: bytes, passphrase: str, *, watch: Watch) -> bytes:
    """What *data* was before ``locked``, or ``NotIntactError``."""
    return _small(sealing_worker.UNLOCK, data, passphrase, watch)


def _small(task: bytes, data: bytes, passphrase: str, watch: Watch) -> bytes:
    found = bytearray()
    _beside(task, passphrase, (memoryview(data),), found.extend, watch)
    return bytes(found)


def _joined(data: Iterable[memoryview]) -> bytes:
    """All of *data*, whose pieces are gone once the next one comes."""
    whole = bytearray()
    for piece in data:
        whole += piece
    return bytes(whole)


def _beside(
    task: bytes, key: str, data: Iterable[memoryview], sink: Sink, watch: Watch
) -> None:
    """Feed and drain a second process until both ends are done, or one fails."""
    with _process() as process, ThreadPoolExecutor(2) as threads:
        first = sealing_worker.order(task, key, _library())
        feeding = threads.submit(_feed, process, first, data)
        draining = threads.submit(_drain, process, sink)
        try:
            _wait_for({feeding, draining}, watch)
            code = process.wait()
        finally:
            process.kill()  # both threads are then at the end of their pipe
        if code == sealing_worker.DAMAGED:
            raise NotIntactError
        if code != sealing_worker.DONE or feeding.exception() is not None:
            raise WorkerLostError


def _wait_for(both: set[Future[None]], watch: Watch) -> None:
    """Until both are done; what one of them raises, or *watch*, ends it.

    A broken pipe says only that the process has ended: its exit code says why.
    """
    waiting = both
    while waiting:
        done, waiting = wait(waiting, _PATIENCE, FIRST_EXCEPTION)
        for each in done:
            with suppress(BrokenPipeError):
                each.result()
        watch()


@contextmanager
def _process() -> Iterator[subprocess.Popen[bytes]]:
    """The second process; however this ends, so does it."""
    # -I and -S: nothing of the reader's own Python settings runs in there.
    command = (sys.executable, "-I", "-S", "-B", sealing_worker.__file__)
    try:
        process = subprocess.Popen(  # noqa: S603  our own file, nothing of the reader's
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            bufsize=0,
        )
    except OSError:
        raise WorkerLostError from None
    try:
        _widen(process)
        yield process
    finally:
        process.kill()
        process.wait()
        _close(process)


def _widen(process: subprocess.Popen[bytes]) -> None:
    """Fewer turns between the two processes, where the system allows it."""
    if sys.platform == "linux":
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                with suppress(OSError):
                    fcntl.fcntl(pipe, fcntl.F_SETPIPE_SZ, _PIPE)


def _close(process: subprocess.Popen[bytes]) -> None:
    for pipe in (process.stdin, process.stdout):
        if pipe is not None:
            pipe.close()


def _feed(
    process: subprocess.Popen[bytes], first: bytes, data: Iterable[memoryview]
) -> None:
    """Write all of *data*; the pipe is closed only if all of it was there.

    A pipe that is closed means "this is the end": after a failure the process is
    killed instead.
    """
    pipe = process.stdin
    if pipe is None:
        raise WorkerLostError
    _write_all(pipe.write, first)
    for chunk in data:
        _write_all(pipe.write, chunk)
    pipe.close()


def _write_all(
    write: Callable[[memoryview], int | None], data: bytes | memoryview
) -> None:
    rest = memoryview(data)
    while rest:
        rest = rest[write(rest) or 0 :]


def _drain(process: subprocess.Popen[bytes], sink: Sink) -> None:
    pipe = process.stdout
    if not isinstance(pipe, FileIO):
        raise WorkerLostError
    buffer = memoryview(bytearray(CHUNK))
    while count := pipe.readinto(buffer):
        sink(buffer[:count])


def _library() -> str:
    """The folder that pyrage was installed into."""
    import pyrage

    return str(Path(str(pyrage.__file__)).parents[1])
