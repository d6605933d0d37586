"""The terminal the reader sees, and the one write that empties it.

Sequences are those of ECMA-48 and xterm's ``ctlseqs``; a terminal that does not
know one ignores it. One that has no cursor control at all gets blank lines.
"""

from __future__ import annotations

import os
import sys

from guide.safety.line import KEYBOARD, SCREEN, Line

CANNOT_DRAW = frozenset({"", "dumb", "unknown"})
_PAGES_OF_BLANK_LINES = 2
_COMPLAINTS = 2  # standard error, on which Textual draws

# CAN and ST end a sequence that was cut short; then synchronised output off.
_ABORT = b"\x18\x1b\\\x1b[?2026l\x1b[0m"
# Mouse in all its forms, focus, bracketed paste, in-band resize, kitty's keys,
# application keys, and the shape of the pointer.
_KEYS_AND_MOUSE = (
    b"\x1b[?1000l\x1b[?1002l\x1b[?1003l\x1b[?1005l\x1b[?1006l\x1b[?1015l\x1b[?1016l"
    b"\x1b[?1004l\x1b[?2004l\x1b[?2048l\x1b[<u\x1b[?1l\x1b>\x1b]22;default\x1b\\"
)
_LEAVE_ALTERNATE = b"\x1b[?1049l"
# Scroll region, origin, insert, wrap, cursor, character set, colours.
_DRAWING = b"\x1b[r\x1b[?6l\x1b[4l\x1b[?7h\x1b[?25h\x1b(B\x0f\x1b[0m"
_BLANK = b"\x1b[H\x1b[J"
# After ED 2, which some terminals take as "move it all into the scrollback".
_ERASE_SCROLLBACK = b"\x1b[2J\x1b[3J"
_NO_TITLE = b"\x1b[23;0t\x1b]0;\x1b\\"  # pop what was pushed, then nothing

_RESET = _ABORT + _KEYS_AND_MOUSE


class Terminal:
    """The terminal of this process, with the settings it was found with."""

    __slots__ = ("_draws", "_erase_scrollback", "_line", "_screen")

    def __init__(self, *, erase_scrollback: bool) -> None:
        self._line, self._screen = Line(), SCREEN
        self._erase_scrollback = erase_scrollback
        self._draws = os.environ.get("TERM", "") not in CANNOT_DRAW or (
            sys.platform == "win32"
        )

    @staticmethod
    def is_here() -> bool:
        """Someone types and someone reads, rather than a pipe or a file."""
        return os.isatty(KEYBOARD) and os.isatty(SCREEN)

    def listen_for_leaving(self) -> None:
        """Let Ctrl+C and Ctrl+Q be signals, and no key park the program."""
        self._line.listen_for_leaving()

    def take_over(self) -> None:
        """What anything else in this process writes is seen no more; call it once."""
        self._screen = os.dup(SCREEN)
        nowhere = os.open(os.devnull, os.O_WRONLY)
        for stream in (SCREEN, _COMPLAINTS):
            os.dup2(nowhere, stream)

    def wipe(self) -> None:
        """Nothing of ours is left to see, and no typed key is left to read."""
        self._line.hear_nothing()
        self._line.drop_output(self._screen)
        self._write(self._wiping() if self._draws else self._blank_lines())
        self._line.swallow_keys()

    def hide(self) -> None:
        """What was shown so far cannot be seen or scrolled back to; go on below."""
        erase = _ERASE_SCROLLBACK if self._erase_scrollback else b""
        hiding = _ABORT + _BLANK + erase + _BLANK
        self._write(hiding if self._draws else self._blank_lines())

    def restore(self) -> None:
        """The settings as they were found. What is on the screen stays."""
        self._line.put_back()

    def recover(self, *, full_screen: bool) -> None:
        """After a crash: a terminal in which a sentence can be read."""
        if self._draws and full_screen:
            self._write(_RESET + _BLANK + _LEAVE_ALTERNATE + _DRAWING + _NO_TITLE)
        self._line.put_back()

    def _wiping(self) -> bytes:
        erase = _ERASE_SCROLLBACK if self._erase_scrollback else b""
        both = _BLANK + _LEAVE_ALTERNATE + _DRAWING + _BLANK
        return _RESET + both + erase + _NO_TITLE

    def _blank_lines(self) -> bytes:
        try:
            lines = os.get_terminal_size(self._screen).lines
        except OSError:  # not every terminal knows its size
            lines = 0
        return b"\n" * (max(lines, 50) * _PAGES_OF_BLANK_LINES)

    def _write(self, sequence: bytes) -> None:
        """One write, so that nothing can come in between."""
        try:
            while sequence:
                sequence = sequence[os.write(self._screen, sequence) :]
        except OSError:  # the window is gone, and everything on it
            return
