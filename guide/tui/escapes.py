"""Which presses of Esc are in what a terminal sends, told before anything waits.

Most keys begin with the byte of Esc. A terminal within a terminal, tmux above all,
holds an Esc back for half a second, and then hands it over together with what was
typed after it: three presses and a letter arrive as two presses and Alt with a letter.
"""

from __future__ import annotations

from textual.constants import ESCAPE_DELAY

from guide.actions.leaving import EscapeCounter

_ESC = "\x1b"
_BEGIN_A_KEY = ("[", "O")  # after Esc: an arrow, a function key, a mouse


class Escapes:
    """Counts the presses in one piece after another, without what is pasted."""

    def __init__(self) -> None:
        self._counter, self._alone_at = EscapeCounter(), 0.0

    def heard(self, text: str, at: float) -> bool:
        """Whether *text*, read *at* monotonic seconds, holds the Esc that leaves."""
        after = text.lstrip(_ESC)
        presses = len(text) - len(after)
        if presses and not after:
            self._alone_at = at
            return any(self._counter.pressed(at) for _press in range(presses))
        soon = at - self._alone_at < ESCAPE_DELAY
        self._alone_at = 0.0
        if after and not presses and soon:  # it was the beginning of this key
            self._counter.take_back()
        # The last of them may belong to what follows. As the third of three it leaves
        # all the same: nobody wants an Alt key right after two presses of Esc.
        presses -= after.startswith(_BEGIN_A_KEY)
        return presses > 0 and self._counter.would_leave(presses, at)
