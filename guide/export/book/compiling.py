"""Hands a book to the second process, and takes back its pages.

What goes in is written to a pipe as it comes, so no two pictures need to be held
here. Nothing touches a disk. Stop ends the second process at once, whatever it does.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as NotYetError
from contextlib import contextmanager, suppress
from importlib.util import find_spec
from pathlib import Path
from typing import IO

from guide.export.book import compiling_worker
from guide.model.problems import NotWrittenError
from guide.words import _

Watch = Callable[[], None]
_OFTEN = 0.05  # seconds from one look at the reader's wish to stop to the next


class Press:
    """A second process that takes files by name, and gives the pages at the end."""

    def __init__(self, process: subprocess.Popen[bytes], watch: Watch) -> None:
        self._process = process
        self._watch = watch

    def put(self, name: str, data: bytes) -> None:
        """One file of the book. Raises NotWrittenError if the process is gone."""
        self._watch()
        self._send(compiling_worker.frame(name.encode()))
        self._send(compiling_worker.frame(data))

    def put_photo(
        self, name: str, kind: str, size: tuple[int, int], data: bytes
    ) -> None:
        """One JPEG or PNG, which the pages find as an SVG."""
        head = f"{kind} {size[0]} {size[1]}\n".encode()
        self.put(compiling_worker.PHOTO + name, head + data)

    def pages(self) -> bytes:
        """The finished file. *watch* may raise at any moment until then."""
        self._send(compiling_worker.frame(b""))
        with ThreadPoolExecutor(1) as thread:
            reading = thread.submit(_all_of, self._process.stdout)
            try:
                made = self._wait_for(reading)
            except BaseException:
                self._process.kill()  # the thread is then at the end of its pipe
                raise
        return made

    def _wait_for(self, reading: Future[bytes]) -> bytes:
        while self._process.poll() is None or not reading.done():
            self._watch()
            with suppress(NotYetError, subprocess.TimeoutExpired):
                reading.result(_OFTEN)
                self._process.wait(_OFTEN)
        if self._process.returncode != compiling_worker.DONE:
            raise _refusal(self._process.returncode)
        return reading.result()

    def _send(self, data: bytes) -> None:
        pipe = self._process.stdin
        if pipe is None:
            return
        rest = memoryview(data)
        try:
            while rest:
                rest = rest[pipe.write(rest) or 0 :]
        except OSError:
            self._process.kill()
            raise _refusal(self._process.wait()) from None


def _all_of(pipe: IO[bytes] | None) -> bytes:
    return pipe.read() if pipe is not None else b""


@contextmanager
def press(form: str, watch: Watch) -> Iterator[Press]:
    """A second process that makes a "pdf" or a "png"; however this ends, it does."""
    # -I and -S: nothing of the reader's own Python settings runs in there.
    command = (sys.executable, "-I", "-S", "-B", compiling_worker.__file__)
    try:
        process = subprocess.Popen(  # noqa: S603  our own file, nothing of the reader's
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            bufsize=0,
        )
    except OSError:
        raise _refusal(None) from None
    try:
        made = Press(process, watch)
        order = (os.fsencode(_library()), b"%d" % os.getpid(), form.encode())
        made._send(compiling_worker.frame(b"\0".join(order)))  # noqa: SLF001  its maker
        yield made
    finally:
        process.kill()
        process.wait()
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                with suppress(OSError):
                    pipe.close()


def _refusal(code: int | None) -> NotWrittenError:
    other = _("Choose DOCX or HTML instead.")
    match code:
        case compiling_worker.UNDRAWN:
            what = _("Some characters cannot be drawn in a PDF. It was not made.")
        case compiling_worker.TOO_LARGE:
            what = _("The PDF needs more memory than there is. It was not made.")
        case _:
            what = _("The PDF could not be made. Nothing was changed.")
    return NotWrittenError(what, other)


def _library() -> str:
    """The folder that typst was installed into. It is not loaded here."""
    found = find_spec("typst")
    if found is None or found.origin is None:
        raise _refusal(None)
    return str(Path(found.origin).parents[1])
