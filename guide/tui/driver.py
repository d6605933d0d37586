"""Reads keys from the terminal; the third Esc leaves before anything else sees it.

Bytes that are no UTF-8, as an old terminal may send, become a mark for "unknown".
A fault while reading says only where it was. The size is always the window's own.
"""

from __future__ import annotations

import os
import time
from codecs import getincrementaldecoder
from functools import partial

from textual.drivers import linux_driver
from textual.events import Key
from textual.message import Message

from guide.actions.leaving import EscapeCounter, leave_now


def _forgiving(encoding: str) -> object:
    return partial(getincrementaldecoder(encoding), errors="replace")


# Textual's reader takes its decoder from here, and would end at the first such byte.
setattr(linux_driver, "getincrementaldecoder", _forgiving)  # noqa: B010  not its type


class WatchfulDriver(linux_driver.LinuxDriver):
    """Textual's driver, with one ear on Esc. It runs in the thread that reads."""

    _escapes = EscapeCounter()

    def process_message(self, message: Message) -> None:
        """Leave on the third Esc in two seconds, else hand the message on."""
        escape = isinstance(message, Key) and message.key == "escape"
        if escape and self._escapes.pressed(time.monotonic()):
            leave_now()
        super().process_message(message)

    def _get_terminal_size(self) -> tuple[int, int]:
        """The window's own size; COLUMNS and LINES may be left from another one."""
        try:
            width, height = os.get_terminal_size(self.fileno)
        except OSError:
            return super()._get_terminal_size()
        return width or 80, height or 24

    def _run_input_thread(self) -> None:
        try:
            self.run_input_thread()
        except Exception as error:  # else Textual prints lines of code and values
            self._app.call_later(self._app._handle_exception, error)  # noqa: SLF001
