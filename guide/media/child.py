"""Hands a file to the second process, and takes back only what fits.

Whatever the file does to that process, here it is one of a few outcomes: an
answer, damaged, too large, or no answer in time. Nothing touches a disk.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as TooSlowError
from contextlib import contextmanager, suppress
from enum import StrEnum
from importlib.util import find_spec
from pathlib import Path

from guide.media import looking_worker

PATIENCE = 20.0  # seconds, when this computer is busy with something else
_PIECE = 1 << 16


class Trouble(StrEnum):
    """Why there is no answer."""

    DAMAGED = "damaged"  # not whole, or not what it says it is
    TOO_LARGE = "too large"  # more memory than the second process may have
    NO_ANSWER = "no answer"  # too slow, or it could not be started


class NoAnswerError(Exception):
    """The second process gave nothing that can be used."""

    def __init__(self, trouble: Trouble) -> None:
        super().__init__(trouble)
        self.trouble = trouble


def ask(
    task: bytes,
    data: bytes,
    *,
    most: int,
    columns: int = 0,
    lines: int = 0,
    library: str = "",
) -> bytes:
    """What the second process says about *data*, at most *most* bytes.

    It loads what it needs from the folder *library*, or from where Pillow is.
    Raises NoAnswerError. Takes no longer than ``PATIENCE`` seconds.
    """
    first = looking_worker.order(task, library or _library(), columns, lines)
    with _process() as process, ThreadPoolExecutor(2) as threads:
        threads.submit(_feed, process, first, data)
        draining = threads.submit(_drain, process, most)
        try:
            said = draining.result(PATIENCE)
            code = process.wait(PATIENCE) if len(said) <= most else None
        except (TooSlowError, subprocess.TimeoutExpired):
            raise NoAnswerError(Trouble.NO_ANSWER) from None
        finally:
            process.kill()  # both threads are then at the end of their pipe
    if code == looking_worker.DONE:
        return said
    raise NoAnswerError(_trouble(code))


def _trouble(code: int | None) -> Trouble:
    match code:
        case looking_worker.DAMAGED:
            return Trouble.DAMAGED
        case looking_worker.TOO_LARGE:
            return Trouble.TOO_LARGE
        case _:  # it was ended by the kernel, or by us
            return Trouble.NO_ANSWER


@contextmanager
def _process() -> Iterator[subprocess.Popen[bytes]]:
    """The second process; however this ends, so does it."""
    # -I and -S: nothing of the reader's own Python settings runs in there.
    command = (sys.executable, "-I", "-S", "-B", looking_worker.__file__)
    try:
        process = subprocess.Popen(  # noqa: S603  our own file, nothing of the reader's
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            bufsize=0,
        )
    except OSError:
        raise NoAnswerError(Trouble.NO_ANSWER) from None
    try:
        yield process
    finally:
        process.kill()
        process.wait()
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                with suppress(OSError):
                    pipe.close()


def _feed(process: subprocess.Popen[bytes], first: bytes, data: bytes) -> None:
    pipe = process.stdin
    if pipe is None:
        return
    with suppress(OSError):  # it has ended: its exit code says why
        for part in (first, data):
            rest = memoryview(part)
            while rest:
                rest = rest[pipe.write(rest) or 0 :]
        pipe.close()


def _drain(process: subprocess.Popen[bytes], most: int) -> bytes:
    """What it says, and one byte more at most than it should."""
    pipe, said = process.stdout, bytearray()
    while pipe is not None and len(said) <= most:
        part = pipe.read(min(_PIECE, most + 1 - len(said)))
        if not part:
            break
        said += part
    return bytes(said)


def _library() -> str:
    """The folder that Pillow was installed into. It is not loaded here."""
    found = find_spec("PIL")
    if found is None or found.origin is None:
        raise NoAnswerError(Trouble.NO_ANSWER)
    return str(Path(found.origin).parents[1])
