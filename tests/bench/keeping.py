"""How long it takes to keep 1 GiB and to verify it, and what that costs the screen.

Against the tools that somebody would take instead, in turns: ``sha256sum``, then
``age`` to seal, then ``age`` to open it again. Linux only.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tests.bench.figures import Figure, megabytes, milliseconds, ratio, seconds
from tests.bench.programs import HERE
from tests.bench.reading import sees
from tests.bench.terminal import Program, memory
from tests.plain.talking import a_desk
from tests.vault.keeping_desk import kept_at
from tests.vault.working_desk import MEGABYTE, large_file

SIZE = 1024 * MEGABYTE
_ENTER = b"\r"
_PATIENCE = 300.0  # seconds
_NEEDED = ("sha256sum", "age", "age-keygen")


@dataclass(slots=True)
class Taken:
    """Seconds of each round, and the most of what the interface used."""

    keep: list[float] = field(default_factory=list)
    keep_tools: list[float] = field(default_factory=list)
    verify: list[float] = field(default_factory=list)
    verify_tools: list[float] = field(default_factory=list)
    stalls: list[float] = field(default_factory=list)
    memory: float = 0.0


def keeping(rounds: int, env: Mapping[str, str], scratch: Path) -> list[Figure]:
    """A file of 1 GiB, kept and verified in the interface and by the tools."""
    if missing := [name for name in _NEEDED if shutil.which(name) is None]:
        sys.stderr.write(f"keeping needs {', '.join(missing)}\n")
        return []
    taken = Taken()
    for number in range(rounds):
        folder = scratch / f"keeping-{number}"
        folder.mkdir()
        _round(folder, env, taken)
        shutil.rmtree(folder)
    return [
        seconds("keep 1 GiB in the interface", taken.keep),
        seconds("  sha256sum, age, age -d", taken.keep_tools),
        ratio("  of these three", taken.keep, taken.keep_tools, 1.2),
        milliseconds("  longest stall of the loop", taken.stalls, most=100),
        megabytes("  resident, interface and worker", taken.memory, most=300),
        seconds("verify 1 GiB in the interface", taken.verify),
        seconds("  age -d | sha256sum", taken.verify_tools),
        ratio("  of these two", taken.verify, taken.verify_tools, 2.0),
    ]


def _round(folder: Path, env: Mapping[str, str], taken: Taken) -> None:
    file = large_file(folder, SIZE)
    kept_at(a_desk(), folder / "notes").close()
    taken.keep_tools.append(_kept_by_tools(folder, file))
    taken.keep.append(_in_interface("keep", folder, env, taken))
    taken.verify_tools.append(_verified_by_tools(folder))
    taken.verify.append(_in_interface("verify", folder, env, taken))


def _kept_by_tools(folder: Path, file: Path) -> float:
    key, sealed = folder / "key", folder / "sealed.age"
    _run("age-keygen", "-o", str(key))
    recipient = _run("age-keygen", "-y", str(key)).strip()
    began = time.perf_counter()
    _run("sha256sum", str(file))
    _run("age", "-r", recipient, "-o", str(sealed), str(file))
    with sealed.open("rb") as source:
        command = ["age", "-d", "-i", str(key)]
        subprocess.run(command, stdin=source, stdout=subprocess.DEVNULL, check=True)
    return time.perf_counter() - began


def _verified_by_tools(folder: Path) -> float:
    began = time.perf_counter()
    command = ["age", "-d", "-i", str(folder / "key"), str(folder / "sealed.age")]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as opening:
        subprocess.run(
            ["sha256sum"], stdin=opening.stdout, stdout=subprocess.DEVNULL, check=True
        )
    return time.perf_counter() - began


def _run(*words: str) -> str:
    ended = subprocess.run(words, check=True, capture_output=True, text=True)
    return ended.stdout


def _in_interface(
    what: str, folder: Path, env: Mapping[str, str], taken: Taken
) -> float:
    stall = folder / "stall"
    stall.unlink(missing_ok=True)
    command = (sys.executable, str(HERE / "keeping_app.py"), what, str(folder))
    with Program(command, env) as program:
        program.until(sees("Begin it"))
        program.settle(0.5)
        with _watched_memory(program.drawing, taken):
            since = program.send(_ENTER)
            passed = program.until(sees("It has ended"), since, _PATIENCE)
    taken.stalls.append(float(stall.read_text("ascii")))
    return passed


@contextmanager
def _watched_memory(pid: int, taken: Taken) -> Iterator[None]:
    """The most that a process and its children hold together, looked at often."""
    ended = threading.Event()

    def watch() -> None:
        while not ended.wait(0.02):
            family = [pid, *_children(pid)]
            held = sum(memory(each)[0] for each in family)
            taken.memory = max(taken.memory, held)

    thread = threading.Thread(target=watch)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()


def _children(pid: int) -> list[int]:
    """Of all its threads: the one that works starts the second process."""
    found: list[int] = []
    for task in Path(f"/proc/{pid}/task").iterdir():
        try:
            words = (task / "children").read_text("ascii").split()
        except OSError:  # a thread that has ended meanwhile
            continue
        found += [int(word) for word in words]
    return found
