"""The interface for a fast typist: ``python typing_app.py STATE FOLDER [SLOW]``.

Not a test: ``test_typing_fast`` runs it in a terminal of its own. It notes in FOLDER
what stands in the blanks.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from guide.safety import leave, process

if TYPE_CHECKING:
    from guide.actions.journey import Journey

STATE, FOLDER = sys.argv[1], Path(sys.argv[2])
SLOW = float(sys.argv[3]) if len(sys.argv) > 3 else 0.0


def draw() -> int:
    """The whole interface, loaded only now: the supervisor has split off."""
    if SLOW:
        slow_down()
    from guide.tui.app import run

    return run(begin())


def talk() -> int:
    """Plain mode."""
    from guide.plain.app import run

    return run(begin(), why="a test asked for it.")


def begin() -> Journey:
    """A journey at the screen that STATE names."""
    from guide.actions.desk import keep_nothing
    from guide.actions.journey import Journey
    from tests.vault.keeping_desk import kept_at

    class Noted(Journey):
        """Notes what stands in every blank after each change."""

        def fill(self, field_id: str, text: str) -> None:
            super().fill(field_id, text)
            form = self.sheet().form
            assert form
            note({field.id: field.value for field in form.fields})

        def typing(self, text: str) -> None:
            super().typing(text)
            note({"line": text})

    desk = keep_nothing()
    if STATE in ("kept", "plain"):
        desk = kept_at(desk, FOLDER / "notes")
    journey = Noted(desk)
    if STATE == "form":
        journey.open("letter:police-summary")
    return journey


def slow_down() -> None:
    """A line or a form takes SLOW seconds to come, as from a slow disk."""
    from guide.tui.entry import TypeLine

    on_mount = TypeLine.on_mount

    def late(line: TypeLine) -> None:
        time.sleep(SLOW)
        on_mount(line)

    setattr(TypeLine, "on_mount", late)  # noqa: B010  on demand


def note(values: dict[str, str]) -> None:
    """What stands there now; whoever reads it finds it whole."""
    new = FOLDER / "noted.new"
    new.write_text(json.dumps(values), "utf-8")
    new.replace(FOLDER / "noted")


if __name__ == "__main__":
    process.harden()
    plain = STATE == "plain"
    sys.exit(leave.supervised(talk if plain else draw, raw=not plain))
