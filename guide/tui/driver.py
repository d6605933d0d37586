"""Reads keys from the terminal; what leaves does so before anything else sees it.

Bytes that are no UTF-8, as an old terminal may send, become a mark for "unknown".
A fault while reading says only where it was. The size is always the window's own.
"""

from __future__ import annotations

import os
import time
from codecs import getincrementaldecoder

from rich.cells import cell_len
from textual.drivers import linux_driver
from textual.events import Key, MouseDown, MouseEvent, MouseUp
from textual.message import Message

from guide.actions.leaving import EscapeCounter, leave_now
from guide.tui.bars import leave_key
from guide.tui.escapes import Escapes
from guide.tui.pasting import Pastes

_LEAST = 12  # lines; in a window that is lower another line may be the last one


class _Hearing:
    """Decodes what is typed, and hears each Esc at once.

    Textual waits a tenth of a second for what may follow that byte: too long for
    the third.
    """

    def __init__(self) -> None:
        self._decoder = getincrementaldecoder("utf-8")("replace")
        self._pastes, self._escapes = Pastes(), Escapes()

    def decode(self, data: bytes, final: bool = False) -> str:
        """The text of *data*; leaves on the third Esc in two seconds."""
        text = self._pastes.without_keys(self._decoder.decode(data, final))
        if self._escapes.heard(text, time.monotonic()):
            leave_now()
        return text


# Textual's reader takes its decoder from here. Its own would end at the first byte
# that is no UTF-8.
setattr(linux_driver, "getincrementaldecoder", lambda _name: _Hearing)  # noqa: B010


class WatchfulDriver(linux_driver.LinuxDriver):
    """Textual's driver, with one ear on Esc and one eye on *Leave now*.

    It runs in the thread that reads, so that no busy loop delays either.
    """

    _escapes, _pressed = EscapeCounter(), False

    def process_message(self, message: Message) -> None:
        """Leave on the third Esc or a click on *Leave now*, else hand it on."""
        escape = isinstance(message, Key) and message.key == "escape"
        if escape and self._escapes.pressed(time.monotonic()):
            leave_now()
        if isinstance(message, MouseDown):
            self._pressed = self._is_leave(message)
        elif isinstance(message, MouseUp) and self._pressed:
            self._pressed = False
            if self._is_leave(message):
                leave_now()
        super().process_message(message)

    def _is_leave(self, mouse: MouseEvent) -> bool:
        """Whether the mouse is on the words that stand first in the last line."""
        _width, height = self._get_terminal_size()
        last = height >= _LEAST and mouse.y == height - 1
        return last and 0 < mouse.x <= cell_len(leave_key())

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
