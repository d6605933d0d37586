"""Keeps an eye on what is at work, so that the page shows how far it is."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from textual.app import App
from textual.timer import Timer

from guide.actions.journey import Journey


class WorkWatch:
    """Starts the work of a journey, and calls *look* again and again until its end."""

    EVERY: ClassVar[float] = 0.1  # seconds

    def __init__(
        self, app: App[int], journey: Journey, look: Callable[[], None]
    ) -> None:
        self._app, self._journey, self._look = app, journey, look
        self._timer: Timer | None = None

    def follow(self) -> None:
        """Start what was begun; a second call for the same work does nothing."""
        work = self._journey.work
        if work is None:
            return
        work.start()
        if self._timer is None:
            self._timer = self._app.set_interval(self.EVERY, self._once)

    def _once(self) -> None:
        try:
            self._look()
        finally:
            if self._journey.work is None and self._timer is not None:
                self._timer.stop()
                self._timer = None
