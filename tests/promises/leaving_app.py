"""A small interface to leave from: ``python leaving_app.py STATE [FOLDER]``.

Not a test: ``test_leave_now`` runs it in a terminal of its own. It draws with the
real Textual, under the real supervisor, in the state it is told.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from guide.safety import leave, process

CANARY = "CANARY-on-the-screen"
SECRET = "CANARY-in-an-exception"  # noqa: S105  what a crash must not print


def draw() -> int:
    """The whole-screen interface, loaded only now: the supervisor has split off."""
    from tests.promises.leaving_screen import Driver, Small

    note("interface", os.getpid())
    small = Small(sys.argv[1], CANARY, driver_class=Driver)
    small.run()
    return small.return_code or 0


def talk() -> int:
    """The line-by-line interface."""
    note("interface", os.getpid())
    print("READY", CANARY, flush=True)
    match sys.argv[1]:
        case "plain-crash":
            raise ValueError(SECRET)
        case "plain-worker":
            worker = subprocess.Popen([sys.executable, "-c", "input()"], stdin=-1)
            note("worker", worker.pid)
            print("WORKING", flush=True)
    while (said := input("> ")) != "end":
        if said == "q":
            leave.leave_now()
        print("said", said, flush=True)
    return 4


def note(name: str, pid: int) -> None:
    """Tell the test which process is which."""
    if len(sys.argv) > 2:
        Path(sys.argv[2], name).write_text(str(pid), "ascii")


if __name__ == "__main__":
    process.harden()
    note("supervisor", os.getpid())
    raw = not sys.argv[1].startswith("plain")
    sys.exit(leave.supervised(draw if raw else talk, raw=raw))
