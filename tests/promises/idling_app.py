"""The guide, notes open, and clocks that files move: ``idling_app.py MODE FOLDER``.

Not a test: ``test_leave_states`` runs it in a terminal of its own, hardened and under
the supervisor. MODE is tui or plain. ``FOLDER/wall`` and ``FOLDER/own`` hold seconds,
by which the wall clock and the computer's own have run on: a computer that slept, or
minutes in which nothing was typed.
"""

from __future__ import annotations

import sys
import time
from datetime import datetime, timedelta
from pathlib import Path

from guide.safety import leave, process

WALL, OWN = "wall", "own"


def interface() -> int:
    """Notes are open, and a name from them is on the screen."""
    from guide.actions.desk import clock, keep_nothing
    from guide.actions.idling import Idling
    from guide.actions.journey import Journey
    from guide.actions.keeping import open_vault_desk
    from tests.vault.keeping_desk import WORDS

    folder = Path(sys.argv[2])

    def now() -> datetime:
        return clock() + timedelta(seconds=run_on(folder / WALL))

    def own() -> float:
        return time.monotonic() + run_on(folder / OWN)

    desk = open_vault_desk(keep_nothing(), folder / "notes", WORDS)
    journey = Journey(desk, idling=Idling(now, own))
    if sys.argv[1] == "plain":
        from guide.plain.app import run as talk

        return talk(journey, why="you asked for it.")
    from guide.tui.app import run as draw

    return draw(journey)


def run_on(file: Path) -> float:
    """How far a clock is ahead, as its file says."""
    return float(file.read_text("ascii")) if file.exists() else 0.0


if __name__ == "__main__":
    process.harden()
    sys.exit(leave.supervised(interface, raw=sys.argv[1] != "plain"))
