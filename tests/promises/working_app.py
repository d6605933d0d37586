"""The guide while it keeps a file: ``python working_app.py tui|plain FOLDER PERCENT``.

Not a test: ``test_leave_while_working`` runs it in a terminal of its own, hardened
and under the supervisor. At PERCENT the keeping waits, so that the moment is known.
"""

from __future__ import annotations

import sys
from pathlib import Path

from guide.safety import leave, process


def interface() -> int:
    """A screen from which a large file is kept, loaded after the supervisor split."""
    from guide.actions.desk import keep_nothing
    from guide.actions.journey import Journey
    from guide.actions.keeping import open_vault_desk
    from tests.vault.keeping_desk import WORDS
    from tests.vault.working_desk import NAME, Beginning, keeping

    mode, folder, percent = sys.argv[1], Path(sys.argv[2]), int(sys.argv[3])
    desk = open_vault_desk(keep_nothing(), folder / "notes", WORDS)
    journey = Journey(desk)
    file = folder / NAME
    journey._places.append(Beginning(lambda: keeping(desk, file, waits_at=percent)))
    if mode == "plain":
        from guide.plain.app import run as talk

        return talk(journey, why="you asked for it.")
    from guide.tui.app import run as draw

    return draw(journey)


if __name__ == "__main__":
    process.harden()
    sys.exit(leave.supervised(interface, raw=sys.argv[1] != "plain"))
