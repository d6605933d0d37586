"""Reads keys from the terminal; the third Esc leaves before anything else sees it."""

from __future__ import annotations

import time

from textual.drivers.linux_driver import LinuxDriver
from textual.events import Key
from textual.message import Message

from guide.actions.leaving import EscapeCounter, leave_now


class WatchfulDriver(LinuxDriver):
    """Textual's driver, with one ear on Esc. It runs in the thread that reads."""

    _escapes = EscapeCounter()

    def process_message(self, message: Message) -> None:
        """Leave on the third Esc in two seconds, else hand the message on."""
        escape = isinstance(message, Key) and message.key == "escape"
        if escape and self._escapes.pressed(time.monotonic()):
            leave_now()
        super().process_message(message)
