"""The interface with other content: ``interface.py [CONTENT]``."""

from __future__ import annotations

import gc
import sys
from pathlib import Path

from guide.safety.leave import supervised
from guide.safety.process import harden


def interface() -> int:
    gc.disable()
    from guide.actions.desk import keep_nothing
    from guide.actions.journey import Journey
    from guide.tui.app import run

    content = Path(sys.argv[1]) if sys.argv[1:] else None
    return run(Journey(keep_nothing(content)))


if __name__ == "__main__":
    harden()
    sys.exit(supervised(interface, raw=True))
