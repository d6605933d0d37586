"""The interface as the command line starts it: ``python running.py STATE [FOLDER]``.

Not a test: ``test_in_a_terminal`` runs it in a terminal of its own, hardened and
under the supervisor.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from guide.safety import leave, process

SECRET = "CANARY-in-an-exception"  # noqa: S105  what a crash must not print


def draw() -> int:
    """The whole interface, loaded only now: the supervisor has split off."""
    from guide.actions.desk import keep_nothing
    from guide.actions.journey import Journey
    from guide.tui.app import run

    if len(sys.argv) > 2:
        Path(sys.argv[2], "interface").write_text(str(os.getpid()), "ascii")
    journey = Journey(keep_nothing())
    match sys.argv[1]:
        case "search":
            journey.open("search")
        case "crash":
            setattr(journey, "choose", broken)  # noqa: B010  a fault, on demand
        case _:
            pass
    return run(journey)


def broken(value: str) -> None:
    raise KeyError(SECRET, value)


if __name__ == "__main__":
    process.harden()
    sys.exit(leave.supervised(draw, raw=True))
