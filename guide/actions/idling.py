"""When the reader has been away so long that what is open is to be closed.

Two clocks are asked: the computer's own stands still while it sleeps on some
systems, and the wall clock can be set back. Whichever says that it was long counts.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime, timedelta

IDLE = timedelta(minutes=5)


class Idling:
    """Knows when something was last typed."""

    def __init__(
        self,
        now: Callable[[], datetime],
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._now, self._monotonic = now, monotonic
        self._at = (now(), monotonic())

    def touch(self) -> None:
        """Something was typed."""
        self._at = (self._now(), self._monotonic())

    @property
    def is_over(self) -> bool:
        """Whether nothing was typed for too long, or the computer slept that long."""
        wall, own = self._at
        passed = timedelta(seconds=self._monotonic() - own)
        return max(self._now() - wall, passed) >= IDLE
