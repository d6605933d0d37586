"""The same inside tmux: keys go through an attached client, and so does the blank.

A server of its own, which nobody's settings reach, and which ends with the window.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import ClassVar

from tests.bench.leaving_states import ESC
from tests.bench.leaving_window import SHELL, Window

_FLAGS = (
    *("alternate_on", "insert_flag", "keypad_flag", "keypad_cursor_flag"),
    *("mouse_any_flag", "mouse_sgr_flag", "mouse_utf8_flag", "origin_flag"),
)
_STATE = " ".join(f"#{{{name}}}" for name in (*_FLAGS, "cursor_flag", "wrap_flag"))
_FRESH = " ".join(["0"] * len(_FLAGS) + ["1", "1"])
_ABOUT = 0.015  # seconds


def why_not() -> str:
    """Why nothing can be tried inside tmux here; "" when it can."""
    return "" if shutil.which("tmux") else "tmux is not installed"


class TmuxWindow(Window):
    """One program in one pane, which is all of the window."""

    WHERE = " in tmux"
    # Unless it is told otherwise it waits so long for what may follow an Esc.
    HOLDS_BACK: ClassVar[dict[str, float]] = {ESC: 500.0}

    def __init__(self, command: Sequence[str], environment: Mapping[str, str]) -> None:
        self._folder = TemporaryDirectory()
        folder = Path(self._folder.name)
        self._settings = folder / "tmux.conf"
        self._settings.write_text("set -g status off\n", "utf-8")
        self._tmux = ["tmux", "-S", str(folder / "socket"), "-f", str(self._settings)]
        self._environment = {**environment}
        super().__init__(command, environment)

    def around(self, command: Sequence[str]) -> list[str]:
        """A session of its own, with a shell around *command*."""
        return [*self._tmux, "new-session", "sh", "-c", SHELL, "sh", *command]

    def __exit__(self, *words: object) -> None:
        self.ask("kill-server")
        super().__exit__(*words)
        self._folder.cleanup()

    def until_wiped(self) -> None:
        """About so long: a client is not told of the wipe, only of what it changes."""
        time.sleep(_ABOUT)

    @property
    def is_blank(self) -> bool:
        """Whether the client shows nothing; what can be scrolled is tmux's own."""
        return not self.screen.seen.strip()

    def remains(self) -> list[str]:
        """What tmux itself still has of it, in words; [] is right."""
        said = self.ask("capture-pane", "-p", "-S", "-", "-E", "-").split()
        right = ["CODE=0", "SETTINGS=same", "END", "next", "next"]
        wrong = [] if said == right else ["in the pane: " + " ".join(said)]
        if title := self.ask("display-message", "-p", "#{pane_title}").strip():
            wrong.append(f"title {title}")
        state = self.ask("display-message", "-p", _STATE).strip()
        if state != _FRESH:
            wrong.append(f"modes {state} instead of {_FRESH}")
        return wrong

    def ask(self, *words: str) -> str:
        """What tmux says to one command."""
        said = subprocess.run(
            [*self._tmux, *words],
            env={**os.environ, **self._environment},
            capture_output=True,
            text=True,
            check=False,
        )
        return said.stdout
