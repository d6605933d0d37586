"""The guide in a state that keys alone do not reach: ``leaving_app.py STATE FOLDER``.

The front ends are the real ones; only how the state comes about is made here. F12, a
key without a meaning in the guide, begins it. Where STATE begins with "alone" there
is no supervisor: ``leave`` is told what it would find where there is no fork.
"""

from __future__ import annotations

import gc
import os
import re
import sys
import time
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING

from guide.safety import leave
from guide.safety.process import harden

if TYPE_CHECKING:
    from guide.actions.journey import Journey
    from guide.tui.app import GuideApp

LEDGER = "ledger"  # each line was acknowledged before it was written
ALONE, PLAIN = "alone-", "plain-"
_STUCK = 30  # seconds


def interface() -> int:
    """The front end that the state is about, on the notes in FOLDER."""
    gc.disable()
    journey = opened_journey(Path(sys.argv[2]))
    if PLAIN in sys.argv[1]:
        from guide.plain.app import run as talk

        return talk(journey, why="you asked for it.")
    from textual.binding import Binding

    from guide.tui.keys import BINDINGS

    BINDINGS.append(Binding("f12", "nothing", priority=True))
    from guide.tui.app import GuideApp, run

    states: dict[str, Callable[[GuideApp], None]] = {
        "blocked": blocked,
        "gil": gil,
        "rendering": rendering,
        "committing": committing,
    }
    state = states.get(sys.argv[1].removeprefix(ALONE))
    if state:
        setattr(GuideApp, "action_nothing", state)  # noqa: B010  mypy minds "="
    return run(journey)


def opened_journey(folder: Path) -> Journey:
    """A journey with open notes; where something is to be kept, about to begin it."""
    from guide.actions.desk import keep_nothing
    from guide.actions.journey import Journey
    from guide.actions.keeping import open_vault_desk
    from tests.vault.keeping_desk import WORDS
    from tests.vault.working_desk import NAME, Beginning, keeping, verifying

    desk = open_vault_desk(keep_nothing(), folder / "notes", WORDS)
    journey = Journey(desk)
    if "sealing" in sys.argv[1]:
        journey._places.append(Beginning(lambda: keeping(desk, folder / NAME)))
    if "hashing" in sys.argv[1]:
        journey._places.append(Beginning(lambda: verifying(desk)))
    return journey


def blocked(_app: GuideApp) -> None:
    """The loop answers to nobody."""
    time.sleep(_STUCK)


def gil(_app: GuideApp) -> None:
    """No other thread of this process can run: minutes of backtracking."""
    re.match("(a|a)*b", "a" * 40)


def rendering(app: GuideApp) -> None:
    """Another screen as often as the terminal takes one."""
    targets = ["keys", "help-lines", "commands", "contents"]

    def turn() -> None:
        targets.append(targets.pop(0))
        app.action_open(targets[0])

    app.set_interval(0.01, turn)


def committing(app: GuideApp) -> None:
    """One answer after another is kept, and then written into a ledger outside."""
    ledger = os.open(Path(sys.argv[2], LEDGER), os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    desk = app._journey.desk
    counted = iter(range(1_000_000))

    def commit() -> None:
        number = next(counted)
        desk.vault.put_answer(f"n{number}", str(number), desk.now())
        os.write(ledger, f"{number}\n".encode())

    app.set_interval(0.001, commit)


if __name__ == "__main__":
    harden()
    if sys.argv[1].startswith(ALONE):
        # Everything else of this system stays as it is: only the choice is another.
        setattr(leave, "sys", SimpleNamespace(platform="win32"))  # noqa: B010
    sys.exit(leave.supervised(interface, raw=PLAIN not in sys.argv[1]))
