"""Waiting for something long in plain mode: how far it is, said calmly.

Where somebody sits at a terminal, what they type in the meantime is done.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, ClassVar

from guide.actions.working import Work
from guide.model.problems import BusyError, GuideError
from guide.plain.lines import wrapped
from guide.plain.prompts import LOCK
from guide.words import _

if TYPE_CHECKING:
    from guide.plain.session import Session

_STOPS = frozenset({"s", "b", "1", "stop", "back"})
_TICK, _SOON = 0.1, 0.2  # seconds
_OPENS = {"q": "leave", "h": "help-lines", "!": "help-lines", "lock": "lock"}


class Pace:
    """Says when to speak: not often, but never leaving somebody in the dark."""

    STEP: ClassVar[int] = 10  # percent
    LEAST: ClassVar[float] = 5.0  # seconds between two lines
    MOST: ClassVar[float] = 30.0

    def __init__(self, now: float) -> None:
        self._at, self._percent = now, 0

    def is_time(self, percent: int, now: float) -> bool:
        """Whether to say *percent* now (monotonic seconds); then it counts as said."""
        passed = now - self._at
        enough = abs(percent - self._percent) >= self.STEP
        if passed < self.LEAST or (not enough and passed < self.MOST):
            return False
        self._at, self._percent = now, percent
        return True


def soon_over(session: Session) -> bool:
    """Whether the work ends before there is anything worth saying about it.

    Until then nothing that is typed is taken: it is meant for the next screen.
    """
    work = session.journey.work
    if work is None or session.journey.is_shut:
        return False
    work.start()
    if not work.wait(_SOON):
        return False
    _see_the_end(session)
    return True


def wait_for_work(session: Session) -> None:
    """Wait until the work of the journey has ended, or the reader goes elsewhere."""
    journey = session.journey
    if journey.work is None:
        return
    journey.work.start()
    if session.talk.listens and not journey.is_shut:
        words = _("Type s and Enter to stop it, or q and Enter to leave.")
        session.talk.tell(wrapped(words))
    _wait(session, journey.work)
    _see_the_end(session)


def _see_the_end(session: Session) -> None:
    try:
        session.journey.follow_work()
    except GuideError as error:
        session.tell_error(error)


def _wait(session: Session, work: Work) -> None:
    journey, pace, words = session.journey, Pace(time.monotonic()), work.words
    place = journey.place
    while not work.finished and journey.place is place and not journey.left:
        if session.talk.listens:
            _do(session, work, session.talk.listen(_TICK))
        else:
            work.wait(_TICK)
        if not pace.is_time(work.meter.percent, time.monotonic()) or journey.is_shut:
            continue
        news, words = work.words if work.words != words else "", work.words
        session.talk.tell(_progress(news, work.meter.percent))


def _progress(news: str, percent: int) -> list[str]:
    done = _("{percent} % is done.").format(percent=percent)
    return wrapped(f"{news} {done}".strip())


def _do(session: Session, work: Work, typed: str) -> None:
    """What was typed while nothing was asked; a passphrase never is."""
    if not typed:
        return
    journey = session.journey
    sign = "lock" if LOCK in typed else typed.strip().lower()
    journey.touch()
    try:
        if sign in _OPENS:
            journey.open(_OPENS[sign])
        elif sign in _STOPS and not journey.is_shut:
            work.stop()
            session.talk.tell([_("It is being stopped.")])
        else:
            raise BusyError(next_step=_("Wait a moment, or type s and Enter."))
    except GuideError as error:
        session.tell_error(error)
