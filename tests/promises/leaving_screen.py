"""The whole-screen interface of ``leaving_app``, in a state one can name."""

from __future__ import annotations

import os
import re
import signal
import time
from typing import TYPE_CHECKING

from textual.app import App, ComposeResult
from textual.drivers.linux_driver import LinuxDriver
from textual.events import Key, Resize
from textual.widgets import Input, Static

from guide.safety import leave

if TYPE_CHECKING:
    from textual.driver import Driver as AnyDriver
    from textual.message import Message


class Driver(LinuxDriver):
    """Esc is counted where keys are read: a busy loop cannot delay it."""

    escapes = leave.EscapeCounter()

    def process_message(self, message: Message) -> None:
        escape = isinstance(message, Key) and message.key == "escape"
        if escape and self.escapes.pressed(time.monotonic()):
            leave.leave_now()
        super().process_message(message)


class Small(App[int]):
    """An input, some text, and then whatever the state does."""

    def __init__(
        self, state: str, canary: str, driver_class: type[AnyDriver] | None = None
    ) -> None:
        super().__init__(driver_class=driver_class)
        self._state, self._canary = state, canary

    def compose(self) -> ComposeResult:
        yield Input()
        yield Static(self._canary, markup=False)

    def on_mount(self) -> None:
        self.set_timer(0.1, self.say_ready)

    def say_ready(self) -> None:
        self.query_one(Static).update(f"READY {self._canary}")
        self.set_timer(0.2, getattr(self, f"be_{self._state}"))

    def on_resize(self, event: Resize) -> None:
        self.query_one(Static).update(f"WIDTH={event.size.width}")

    def be_idle(self) -> None:
        """Wait for a key."""

    def be_blocked(self) -> None:
        """The loop answers to nobody."""
        time.sleep(30)

    def be_gil(self) -> None:
        """No other thread of this process can run: minutes of backtracking."""
        re.match("(a|a)*b", "a" * 40)

    def be_drawing(self) -> None:
        """As much output as the terminal takes."""
        self.set_interval(0.001, self.redraw)

    def redraw(self) -> None:
        lines = (os.urandom(30).hex() for _ in range(20))
        self.query_one(Static).update("\n".join(lines))

    def be_quit(self) -> None:
        """End as the menu does."""
        self.exit(return_code=3)

    def be_killed(self) -> None:
        """End as a fault in a library does."""
        os.kill(os.getpid(), signal.SIGSEGV)
