"""The interface with other content, or in a state: ``interface.py [CONTENT [STATE]]``.

Ctrl+Z, a key without a meaning in the guide, puts it into the state.
"""

from __future__ import annotations

import gc
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from guide.safety.leave import supervised
from guide.safety.process import harden

if TYPE_CHECKING:
    from guide.tui.app import GuideApp


def interface() -> int:
    gc.disable()
    from guide.actions.desk import keep_nothing
    from guide.actions.journey import Journey
    from guide.tui.app import GuideApp, run

    words = dict(zip(("content", "state"), sys.argv[1:], strict=False))
    states = {"blocked": blocked, "rendering": rendering}
    if words.get("state") in states:
        state = states[words["state"]]
        setattr(GuideApp, "action_nothing", state)  # noqa: B010  mypy minds "="
    content = Path(words["content"]) if words.get("content") else None
    return run(Journey(keep_nothing(content)))


def blocked(_app: GuideApp) -> None:
    """The loop answers to nobody."""
    time.sleep(30)


def rendering(app: GuideApp) -> None:
    """A new page as often as the terminal takes one."""
    app.set_interval(0.001, app.show_sheet)


if __name__ == "__main__":
    harden()
    sys.exit(supervised(interface, raw=True))
