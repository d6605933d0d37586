"""How long a whole mailbox takes as a table, and what that holds in memory.

Of 10,000 messages, and of 2 GiB, both read from a file by the command that a reader
would use. The large file has holes for bodies, so it takes little room on the disk.
Linux only.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

from tests.bench.figures import Figure, megabytes
from tests.bench.programs import ROOT

MESSAGES = 10_000
LARGE = 2 * 1024**3
_CORPUS = ROOT / "tests" / "mail_corpus"
_LINE = b"From - Tue Nov 03 10:15:02 2026\n"


def mailbox(rounds: int, env: Mapping[str, str], scratch: Path) -> list[Figure]:
    """10,000 messages of the corpus, and the same with bodies up to 2 GiB."""
    small = write_mailbox(scratch / "small.mbox", MESSAGES, 0)
    large = write_mailbox(scratch / "large.mbox", MESSAGES, LARGE)
    taken = [table(small, env) for _round in range(rounds)]
    seconds, held = table(large, env)
    limit = (("most", 20.0),)
    small.unlink()
    large.unlink()
    return [
        Figure(
            what="a table of 10,000 messages",
            values=tuple(each for each, _held in taken),
            unit="s",
            reach=limit,
        ),
        megabytes("  resident at most", max(x for _s, x in taken), most=256),
        Figure(what="a table of a 2 GiB mailbox", values=(seconds,), unit="s"),
        megabytes("  resident at most", held, most=256),
    ]


def write_mailbox(path: Path, count: int, size: int) -> Path:
    """A mailbox of *count* messages, with holes up to *size* bytes in all."""
    gap = size // count
    with path.open("wb") as file:
        for message in _messages(count):
            start = file.tell()
            file.write(_LINE + message)
            file.seek(max(file.tell(), start + gap))
            file.write(b"\n\n")
    return path


def _messages(count: int) -> Iterator[bytes]:
    """The corpus over and over, from many senders."""
    corpus = [path.read_bytes() for path in sorted(_CORPUS.glob("*.eml"))]
    for number in range(count):
        message = corpus[number % len(corpus)]
        yield message.replace(b"writer", b"writer%d" % (number % 700))


def table(path: Path, env: Mapping[str, str]) -> tuple[float, float]:
    """Seconds of ``guide mail table``, and the most megabytes it held."""
    command = (sys.executable, "-m", "guide", "mail", "table", str(path), "--json")
    told = path.with_suffix(".json")
    began, held = time.perf_counter(), 0.0
    with (
        told.open("wb") as out,
        subprocess.Popen(
            command,
            cwd=ROOT,
            env=dict(env),
            stdout=out,
            stderr=subprocess.DEVNULL,
        ) as process,
    ):
        while process.poll() is None:
            held = max(held, _most_held(process.pid))
            time.sleep(0.02)
    passed = time.perf_counter() - began
    table = json.loads(told.read_bytes() or b"{}")
    told.unlink()
    if process.returncode or table.get("messages") != MESSAGES:
        raise RuntimeError("the table is not whole")
    return passed, held


def _most_held(pid: int) -> float:
    """The most megabytes that a process has held so far.

    Not what the system reports at its end: that counts whoever started it.
    """
    try:
        lines = Path(f"/proc/{pid}/status").read_text("ascii").splitlines()
    except OSError:  # it has ended meanwhile
        return 0.0
    held = next((line.split()[1] for line in lines if line.startswith("VmHWM")), "0")
    return int(held) / 1024
