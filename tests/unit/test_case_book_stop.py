"""Stop while a case book is made: at once, and no process stays behind."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest

from guide.export.book import FORMATS, compiling_worker, write
from guide.export.book.compiling import press
from guide.model.case import Case, Exhibit
from guide.model.problems import NotWrittenError
from tests.unit.case_reading import pictures
from tests.unit.case_samples import WHOLE

linux = pytest.mark.skipif(sys.platform != "linux", reason="it reads /proc")
ROOT = Path(__file__).parents[2]
# Prints the id of the process that sets the pages, once it is at work.
OURS = """
import os, pathlib
from tests.unit.case_reading import pictures
from tests.unit.test_case_book_stop import children, large
from guide.export.book import write
told = []
def watch():
    if not told and (found := children()):
        told.append(print(*found, flush=True))
write(large(), "pdf", pictures, watch)
"""


class StoppedError(Exception):
    """What the reader's Stop raises."""


def children() -> list[int]:
    tasks = Path("/proc/self/task").glob("*/children")
    return [int(each) for task in tasks for each in task.read_text().split()]


def large() -> Case:
    """One that takes seconds to set."""
    return replace(WHOLE, incidents=WHOLE.incidents * 300)


class Later:
    """A wish to stop that comes after some time."""

    def __init__(self, seconds: float) -> None:
        self._at = time.monotonic() + seconds
        self.raised_at = 0.0

    def __call__(self) -> None:
        if time.monotonic() > self._at:
            self.raised_at = time.monotonic()
            raise StoppedError


@linux
def test_stop_while_the_pages_are_set_is_at_once() -> None:
    before = set(children())
    stop = Later(0.4)
    with pytest.raises(StoppedError):
        write(large(), "pdf", pictures, stop)
    assert time.monotonic() - stop.raised_at < 0.5
    assert set(children()) <= before


@linux
@pytest.mark.parametrize("format_", FORMATS)
@pytest.mark.parametrize("at", [1, 3, 20, 60])
def test_stop_at_any_step_leaves_no_process(at: int, format_: str) -> None:
    before = set(children())
    steps = iter(range(at - 1))

    def watch() -> None:
        if next(steps, None) is None:
            raise StoppedError

    with pytest.raises(StoppedError):
        write(WHOLE, format_, pictures, watch)
    assert set(children()) <= before


@linux
@pytest.mark.parametrize("format_", FORMATS)
def test_a_fault_of_the_pictures_leaves_no_process(format_: str) -> None:
    before = set(children())

    def picture(_exhibit: Exhibit) -> bytes | None:
        raise StoppedError

    with pytest.raises(StoppedError):
        write(WHOLE, format_, picture, lambda: None)
    assert set(children()) <= before


@linux
def test_the_pages_end_with_the_program() -> None:
    with subprocess.Popen(
        [sys.executable, "-c", OURS], cwd=ROOT, stdout=subprocess.PIPE, text=True
    ) as program:
        assert program.stdout is not None
        setter = int(program.stdout.readline().split()[0])
        program.send_signal(signal.SIGKILL)
    for _again in range(100):
        if not Path(f"/proc/{setter}").exists():
            return
        time.sleep(0.05)
    pytest.fail("it is still there")


def test_a_process_that_dies_is_a_calm_refusal() -> None:
    with press("pdf", lambda: None) as work:
        work.put("main.typ", b"= one")
        work._process.kill()
        with pytest.raises(NotWrittenError) as caught:
            for _again in range(1000):
                work.put("more", bytes(100_000))
            work.pages()
    assert "DOCX" in caught.value.next_step


def test_a_book_that_typst_refuses_quotes_nothing() -> None:
    with press("pdf", lambda: None) as work:
        work.put("book.json", b'"x"')
        work.put("main.typ", b"#secret-words")
        with pytest.raises(NotWrittenError) as caught:
            work.pages()
    assert "secret" not in str(caught.value)


@linux
def test_the_process_can_write_no_file(tmp_path: Path) -> None:
    code = (
        "import sys; sys.path.insert(0, sys.argv[1])\n"
        "from guide.export.book import compiling_worker as w\n"
        "w._give_up()\n"
        "with open(sys.argv[2], 'w') as file: file.write('x' * 10)\n"
    )
    target = tmp_path / "plain"
    command = [sys.executable, "-c", code, str(ROOT), str(target)]
    ended = subprocess.run(command, capture_output=True, check=False)
    assert ended.returncode != 0
    assert not target.read_bytes()


def test_the_worker_prints_nothing_and_fails_alone() -> None:
    """Started by anybody else, with any order, it ends without a word."""
    order = b"\0".join((b"nowhere", b"1", b"pdf"))
    ended = subprocess.run(
        [sys.executable, "-I", "-S", compiling_worker.__file__],
        input=compiling_worker.frame(order),
        capture_output=True,
        check=False,
    )
    assert ended.returncode == compiling_worker.FAILED
    assert (ended.stdout, ended.stderr) == (b"", b"")


def test_this_process_never_loads_typst() -> None:
    """Its memory would stay for as long as the program runs."""
    code = (
        "import sys\n"
        "from tests.unit.case_reading import pictures\n"
        "from tests.unit.case_samples import WHOLE\n"
        "from guide.export.book import write\n"
        "assert write(WHOLE, 'pdf', pictures, lambda: None)\n"
        "assert 'typst' not in sys.modules\n"
    )
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True)
