"""The programs that are measured: the guide, a bare Textual app, and its peers."""

from __future__ import annotations

import os
import shutil
import sys
from dataclasses import dataclass, field
from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parents[1]


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """What to run, and the words that say it is ready ("" for any text at all)."""

    name: str
    words: tuple[str, ...]
    ready: str = ""
    more: dict[str, str] = field(default_factory=dict)


def environment(scratch: Path) -> dict[str, str]:
    """A modern terminal, preferences of its own, and compiled files that are kept.

    The compiled files stand in *scratch*, so that nothing is written beside the code.
    """
    unwanted = ("PYTHON", "TEXTUAL", "GUIDE", "NO_COLOR", "ACCESSIBLE")
    kept = {n: v for n, v in os.environ.items() if not n.startswith(unwanted)}
    (scratch / "settings.toml").write_text('theme = "night"\n', "utf-8")
    return kept | {
        "TERM": "xterm-256color",
        "COLORTERM": "truecolor",
        "LC_ALL": "C.UTF-8",
        "GUIDE_HOME": str(scratch),
        "PYTHONPATH": str(ROOT),
        "PYTHONPYCACHEPREFIX": str(scratch / "compiled"),
    }


def guide(*words: str) -> Command:
    """The guide as a reader starts it."""
    start = (sys.executable, "-m", "guide", *words)
    return Command(name="guide", words=start, ready="What is happening?")


def in_state(*words: str) -> Command:
    """The interface with other content: see `interface.py`."""
    start = (sys.executable, str(HERE / "interface.py"), *words)
    return Command(name="guide", words=start, ready="What is happening?")


def bare() -> Command:
    """The least that a Textual app can be."""
    start = (sys.executable, str(HERE / "bare_app.py"))
    return Command(name="bare Textual", words=start, ready="Ready to begin")


def peers(page: Path) -> list[Command]:
    """Programs of the same kind that happen to be installed, each showing *page*."""
    beside = Path(sys.executable).parent
    known = {
        "less": ("less", str(page)),
        "lynx": ("lynx", str(page)),
        "w3m": ("w3m", str(page)),
        "frogmouth": ("frogmouth", str(page)),
        "posting": ("posting",),
    }
    found = [
        Command(name=name, words=(path, *words[1:]))
        for name, words in known.items()
        if (path := shutil.which(str(beside / name)) or shutil.which(name))
    ]
    demo = Command(name="Textual's demo", words=(sys.executable, "-m", "textual"))
    return [*found, demo]
