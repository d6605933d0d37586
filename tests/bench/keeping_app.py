"""The interface, about to keep or verify a file: ``keeping_app.py keep|verify FOLDER``.

It opens the vault in FOLDER, and notes there how late its loop came back.
"""

from __future__ import annotations

import asyncio
import gc
import sys
import time
from pathlib import Path

from guide.safety.leave import supervised
from guide.safety.process import harden

_BEAT = 0.005  # seconds


def interface() -> int:
    gc.disable()
    from guide.actions.desk import keep_nothing
    from guide.actions.journey import Journey
    from guide.actions.keeping import open_vault_desk
    from guide.tui import app as app_of_guide
    from tests.vault.keeping_desk import WORDS
    from tests.vault.working_desk import NAME, Beginning, keeping, verifying

    folder = Path(sys.argv[2])
    desk = open_vault_desk(keep_nothing(), folder / "notes", WORDS)
    journey = Journey(desk)

    class Measured(app_of_guide.GuideApp):
        """Counts how late a short sleep comes back while something is at work."""

        CSS_PATH = str(Path(app_of_guide.__file__).with_name("guide.tcss"))

        def on_mount(self) -> None:
            super().on_mount()
            self.run_worker(self.listen())

        async def listen(self) -> None:
            longest = 0.0
            while True:
                asked, busy = time.perf_counter(), journey.busy
                await asyncio.sleep(_BEAT)
                late = time.perf_counter() - asked - _BEAT
                if busy and late > longest:
                    longest = late
                    (folder / "stall").write_text(str(longest), "ascii")

    makers = {
        "keep": lambda: keeping(desk, folder / NAME),
        "verify": lambda: verifying(desk),
    }
    journey._places.append(Beginning(makers[sys.argv[1]]))
    app = Measured(journey)
    return app.run() or 0


if __name__ == "__main__":
    harden()
    sys.exit(supervised(interface, raw=True))
