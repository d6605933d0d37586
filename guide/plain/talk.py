"""Saying and asking: every line passes the text gate here, whatever it was before.

Long text comes in parts, so that nothing is lost at the top of a screen; what is
typed between two parts is an answer like any other.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager, nullcontext
from typing import TypeAlias

from guide.safety.display import show
from guide.words import _

# Calls what it is given every few seconds for as long as it lasts.
Again: TypeAlias = Callable[[Callable[[], None]], AbstractContextManager[None]]

PART = 20  # lines
_NOT_WORTH_A_STOP = 5


class AwayError(Exception):
    """Nobody typed anything for so long that all is locked now."""


class Talk:
    """Somebody to talk to. *parts* says that a person reads along as it comes.

    *ask* raises EOFError when nobody answers any more; so does *ask_secret*, which
    does not show what is typed. *listen* waits some seconds for a line that was not
    asked for, and gives "" when none came.
    """

    def __init__(
        self,
        ask: Callable[[str], str],
        say: Callable[[str], None],
        *,
        parts: bool = False,
        ask_secret: Callable[[str], str] | None = None,
        listen: Callable[[float], str] | None = None,
    ) -> None:
        self._ask, self._say, self._parts = ask, say, parts
        self._ask_secret = ask_secret or ask
        self._listen = listen
        self.hide: Callable[[], None] = lambda: None  # all that was said so far
        self.look: Callable[[], None] = lambda: None  # may raise AwayError
        self.again: Again = lambda _look: nullcontext()  # while a line is waited for
        self._since = 0
        self._early = ""

    def ask(self, words: str, *, short: bool = False) -> str:
        """One line that was typed, without its end.

        Only while a *short* one is waited for, ``look`` is called: a terminal does not
        say that somebody is in the middle of a long one.
        """
        if early := self.take_early():
            return early
        self._since = 0
        with self.again(self.look) if short else nullcontext():
            return self._ask(f"{show(words)}: ").rstrip("\r\n")

    def ask_secret(self, words: str) -> str:
        """One line that is not shown while it is typed, where that can be had."""
        self._since = 0
        self._early = ""  # what was typed before could be read
        with self.again(self.look):
            return self._ask_secret(f"{show(words)}: ").rstrip("\r\n")

    @property
    def listens(self) -> bool:
        """Whether something can be typed while nothing is asked."""
        return self._listen is not None

    def listen(self, seconds: float) -> str:
        """A line that somebody typed unasked within *seconds*, or ""."""
        if early := self.take_early():
            return early
        if self._listen is None:
            return ""
        try:
            return self._listen(seconds).rstrip("\r\n")
        except EOFError:  # nobody types any more; what is at work goes on
            self._listen = None
            return ""

    def take_early(self) -> str:
        """What was typed between two parts instead of going on, once; or ""."""
        early, self._early = self._early, ""
        return early

    def tell(self, lines: Iterable[str]) -> None:
        """Say *lines*, or as many of them as are waited for."""
        rest = list(lines)
        while rest:
            if self._is_time_to_stop(rest):
                words = _("There is more: Enter to go on, or type an answer")
                typed = self.ask(words, short=True)
                if typed.strip():
                    self._early = typed
                    return
            line = rest.pop(0)
            self._say(show(line))
            self._since += 1

    def _is_time_to_stop(self, rest: list[str]) -> bool:
        if not self._parts or len(rest) <= _NOT_WORTH_A_STOP:
            return False
        late = self._since >= PART + _NOT_WORTH_A_STOP
        return late or (self._since >= PART and not rest[0].strip())
