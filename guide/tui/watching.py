"""Keeps an eye on what is at work and on what is being written.

The page shows how far the one is, and the other is remembered while it grows.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from textual.app import App
from textual.timer import Timer

from guide.actions.journey import Journey
from guide.model.problems import GuideError


class ReadyWatch:
    """Readies a screen in short steps, between what the reader does.

    *look* is called at the end: more may be found then.
    """

    PAUSE: ClassVar[float] = 0.01  # seconds

    def __init__(
        self, app: App[int], journey: Journey, look: Callable[[], None]
    ) -> None:
        self._app, self._journey, self._look = app, journey, look
        self._timer: Timer | None = None

    def follow(self) -> None:
        """Begin with the screen on top; a second call for it does nothing."""
        if self._journey.place.readies and self._timer is None:
            self._timer = self._app.set_timer(self.PAUSE, self._once)

    def _once(self) -> None:
        self._timer = None
        place = self._journey.place
        if not place.readies:  # the reader is elsewhere by now
            return
        if place.get_ready():
            self.follow()
        else:
            self._look()


class WorkWatch:
    """Starts the work of a journey, and calls *look* again and again until its end.

    A screen that readies itself is looked after, too.
    """

    EVERY: ClassVar[float] = 0.1  # seconds

    def __init__(
        self, app: App[int], journey: Journey, look: Callable[[], None]
    ) -> None:
        self._app, self._journey, self._look = app, journey, look
        self._timer: Timer | None = None
        self._readies = ReadyWatch(app, journey, look)

    def follow(self) -> None:
        """Start what was begun; a second call for the same work does nothing."""
        self._readies.follow()
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


class DraftWatch:
    """Has what stands on a line remembered within a second, however it ends then."""

    WITHIN: ClassVar[float] = 0.7  # seconds

    def __init__(
        self, app: App[int], journey: Journey, explain: Callable[[GuideError], None]
    ) -> None:
        self._app, self._journey, self._explain = app, journey, explain
        self._timer: Timer | None = None

    def typed(self) -> None:
        """Something was typed; what follows before it is remembered comes along."""
        if self._timer is None:
            self._timer = self._app.set_timer(self.WITHIN, self._remember)

    def _remember(self) -> None:
        self._timer = None
        if self._journey.busy:  # only what is at work may use the vault now
            self.typed()
            return
        try:
            self._journey.pause_all()
        except GuideError as error:
            self._explain(error)
