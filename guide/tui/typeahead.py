"""What is typed faster than the screen follows: it waits, in order, and is not lost.

A key that is no letter may turn the page, open a line or move to another blank. Until
that is done and drawn, nobody can tell whom the next key is for.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from typing import TypeAlias

from textual import events
from textual.app import App
from textual.message import Message
from textual.message_pump import MessagePump
from textual.timer import Timer

from guide.actions.leaving import EscapeCounter, leave_now
from guide.tui.page_view import PageView

Typed: TypeAlias = events.Key | events.Paste
_LEAVE = frozenset({"ctrl+c", "ctrl+q"})
# How often what a key does is followed on its way to the app: the key itself, what
# its blank makes of it, and what the line around the blank makes of that.
_ROUNDS = 3


class Typeahead:
    """The keys and pastes of one app that wait for the screen they are meant for.

    *hand* gives one to whoever has the focus; *too_soon* says for how many seconds
    after a turn a choice was meant for the page before.

    Waiting and that rule live together so: what was typed before the new screen was
    drawn, or too soon after, is a slip as Enter and as a choice, for nobody has read
    what it would choose. As a letter it is words, and only a blank takes those; the
    first one that a blank gets shows that the reader has followed, and ends the rule.
    """

    # What waits goes on after this many seconds, whatever became of the screen. They
    # are counted in steps, so that a machine which stood still gets its time to draw.
    _PATIENCE, _STEPS = 1.0, 5

    def __init__(
        self,
        app: App[int],
        hand: Callable[[events.Event], Awaitable[None]],
        too_soon: Callable[[], float],
    ) -> None:
        self._app, self._hand, self._too_soon = app, hand, too_soon
        self._escapes = EscapeCounter()
        self._waiting: deque[Typed] = deque()
        self._shut, self._turn = False, 0  # counts what it was shut for
        self._words = False  # whether a blank may still be busy with letters
        self._unread_until = 0.0
        self._chosen = False  # the turn that is being drawn was a choice
        self._typed_at: float | None = None  # of the key that is being followed
        self._timer: Timer | None = None

    async def take(self, event: Typed) -> None:
        """Hand it on now, or once all that came before it is done.

        The keys that leave never wait, nor does the third Esc in two seconds.
        """
        if isinstance(event, events.Key):
            escape = event.key == "escape"
            if escape and self._escapes.pressed(time.monotonic()):
                leave_now()
            if event.key in _LEAVE:
                await self._hand(event)
                return
        self._waiting.append(event)
        if not self._shut:
            await self._go_on()
        elif self._timer is None:
            self._wait(self._turn, self._STEPS)

    def turning(self) -> int:
        """Another screen is to be drawn; its number, to be told once it is there."""
        self._shut = True
        self._turn += 1
        return self._turn

    def drawn(self, turn: int, *, anew: bool) -> None:
        """That screen is drawn and has the focus; *anew* if its page was not read."""
        if turn != self._turn:
            return
        if anew or self._chosen:
            longer = self._too_soon() if self._chosen else 0.0
            self._unread_until = max(self._unread_until, _now() + longer)
        self._chosen = False
        self._app.call_later(self._open, turn)

    def chosen(self) -> None:
        """What was chosen led to another page, which nobody has read yet."""
        self._chosen = self._shut
        self._unread_until = _now() + self._too_soon()

    def slipped(self) -> bool:
        """Whether what is chosen now was meant for the page before this one."""
        return self._is_slip(_now() if self._typed_at is None else self._typed_at)

    def _is_slip(self, typed_at: float) -> bool:
        slip = typed_at < self._unread_until
        if slip:  # a key that is held down waits until it is let go
            self._unread_until = max(self._unread_until, typed_at + self._too_soon())
        return slip

    async def _open(self, turn: int) -> None:
        if turn == self._turn:
            self._shut, self._typed_at = False, None
            await self._go_on()

    async def _go_on(self) -> None:
        while self._waiting and not self._shut:
            event = self._waiting[0]
            focused = self._app.focused
            if self._is_words(event):
                self._words, self._unread_until = True, 0.0
                await self._hand(self._waiting.popleft())
            elif self._words:  # they come first, wherever this key acts
                self._words = False
                self._follow(self.turning())
            elif _is_enter(event) and not isinstance(focused, PageView):
                self._waiting.popleft()
                if not self._is_slip(event.time):
                    await self._hand_and_follow(event)
            else:
                await self._hand_and_follow(self._waiting.popleft())

    def _is_words(self, event: Typed) -> bool:
        """Whether it is text for the blank that has the focus, and moves nothing."""
        blank = self._app.focused
        if blank is None:
            return False
        if isinstance(event, events.Paste):
            return blank.check_consume_key("x", "x")
        return blank.check_consume_key(event.key, event.character)

    async def _hand_and_follow(self, event: Typed) -> None:
        self._typed_at = event.time
        turn = self.turning()
        path = self._path()
        await self._hand(event)
        self._follow(turn, path)

    def _path(self) -> list[MessagePump]:
        """Whoever a key passes on its way from the focus to the app."""
        return [*(self._app.focused or self._app.screen).ancestors_with_self]

    def _follow(
        self,
        turn: int,
        path: Sequence[MessagePump] | None = None,
        rounds: int = _ROUNDS,
        at: int = 0,
    ) -> None:
        """Go the way of a key behind it, again and again, then open."""
        if turn != self._turn:  # another screen is coming: it will tell
            return
        path = self._path() if path is None else path
        while at < len(path):
            at += 1
            if path[at - 1].call_later(self._follow, turn, path, rounds, at):
                return
        if rounds > 1:
            self._follow(turn, None, rounds - 1)
        else:
            self._app.call_later(self._open, turn)

    def _wait(self, turn: int, steps: int) -> None:
        """After the last step open, whatever became of the screen."""
        self._timer = None
        if not self._shut or not self._waiting:
            return
        if turn != self._turn:
            turn, steps = self._turn, self._STEPS
        if steps:
            pause = self._PATIENCE / self._STEPS
            self._timer = self._app.set_timer(
                pause, lambda: self._wait(turn, steps - 1)
            )
        else:
            self._app.call_later(self._open, turn)


def _is_enter(event: Typed) -> bool:
    return isinstance(event, events.Key) and event.key == "enter"


def _now() -> float:
    """By the clock that stamps each key, which is not the same on every system."""
    return Message().time
