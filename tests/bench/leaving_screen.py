"""What a terminal shows: two screens, what scrolled away, the title, the modes."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator

import pyte
from pyte.screens import Char, History, StaticDefaultDict

COLUMNS, LINES = 80, 24
_ALTERNATE = 1049
_MODE = re.compile(rb"\x1b\[\?([\d;]+)([hl])")
_PUSHED, _POPPED = re.compile(rb"\x1b\[>\d+u"), re.compile(rb"\x1b\[<\d*u")
_WRAP, _POINTER = 7, 25  # on in any terminal that nobody has touched
_Page = tuple[dict[int, StaticDefaultDict[int, Char]], History]


class TwoScreens(pyte.HistoryScreen):
    """pyte's screen with the second one that whole-screen programs draw on."""

    def __init__(self) -> None:
        super().__init__(COLUMNS, LINES, history=500)
        self._first: _Page | None = None

    def set_mode(self, *modes: int, **kinds: bool) -> None:
        """On the second screen nothing of the first is lost."""
        if kinds.get("private") and _ALTERNATE in modes and self._first is None:
            self._first = copy.deepcopy((self.buffer, self.history))
            self.erase_in_display(2)
        super().set_mode(*modes, **kinds)

    def reset_mode(self, *modes: int, **kinds: bool) -> None:
        """The first screen is as it was."""
        super().reset_mode(*modes, **kinds)
        if kinds.get("private") and _ALTERNATE in modes and self._first is not None:
            self.buffer, self.history = self._first
            self._first = None
            self.dirty.update(range(self.lines))

    @property
    def seen(self) -> str:
        """The screen, without blanks at the ends of lines."""
        return "\n".join(line.rstrip() for line in self.display)

    @property
    def everything(self) -> str:
        """The screen, and all that scrolling up would show."""
        lines = [*self.history.top, *self.history.bottom]
        above = ("".join(line[x].data for x in sorted(line)) for line in lines)
        return "\n".join([*above, *self.display])


def left_on(sent: bytes) -> list[str]:
    """The modes that all of *sent* leaves other than a fresh terminal has them."""
    modes = dict(_switched(sent))
    usual = {_WRAP: True, _POINTER: True}
    wrong = [f"mode {m}" for m, on in modes.items() if on != usual.get(m, False)]
    if len(_PUSHED.findall(sent)) > len(_POPPED.findall(sent)):
        wrong.append("kitty's keys")
    return wrong


def _switched(sent: bytes) -> Iterator[tuple[int, bool]]:
    for found in _MODE.finditer(sent):
        for number in found[1].split(b";"):
            yield int(number), found[2] == b"h"
