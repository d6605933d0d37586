"""Something long, in a thread of its own: how far it is, stopping it, how it ended.

Whatever shows a journey starts its work and looks at it now and then. The work uses
the vault while it runs; nobody else does. Nothing half done stays behind when it is
stopped: the rooms below promise that.
"""

from __future__ import annotations

from collections.abc import Callable
from threading import Event, Thread
from typing import TYPE_CHECKING

from guide.model.problems import BusyError
from guide.model.sheet import Meter
from guide.words import _

if TYPE_CHECKING:
    from guide.actions.places.place import Place


class Work:
    """*do* is done once, beside the screen, and leads to a place.

    *words* say what is being done, and *on_stop* what stopping it means.
    """

    def __init__(
        self, words: str, do: Callable[[Work], Place], *, on_stop: str = ""
    ) -> None:
        self._words, self._do = words, do
        self.on_stop = on_stop or _(
            "You can stop at any time. What was kept before stays as it is."
        )
        self._meter = Meter()
        self._stop, self._end = Event(), Event()
        self._thread: Thread | None = None
        self._place: Place | None = None
        self._fault: BaseException | None = None

    @property
    def words(self) -> str:
        """What is being done now."""
        return self._words

    @property
    def meter(self) -> Meter:
        """How far it is."""
        return self._meter

    @property
    def finished(self) -> bool:
        """Whether it has ended, and its thread uses nothing any more."""
        return self._end.is_set()

    def say(self, words: str) -> None:
        """Say what is being done now; from the thread that does it."""
        self._words = words

    def progress(self, done: int, total: int) -> None:
        """Say how far it is; from the thread that does it."""
        self._meter = Meter(done=done, total=total)

    def stopped(self) -> bool:
        """Whether the reader has had enough."""
        return self._stop.is_set()

    def stop(self) -> None:
        """Ask it to end soon; once it has, ``finished`` says so."""
        self._stop.set()

    def wait(self, seconds: float) -> bool:
        """Wait for the end, at most *seconds* long; whether it has ended."""
        return self._end.wait(seconds)

    def start(self) -> None:
        """Begin it in a thread of its own; a second time does nothing."""
        if self._thread is None:
            # Leaving never waits for it: the vault is built for being killed.
            self._thread = Thread(target=self.run, name="work", daemon=True)
            self._thread.start()

    def run(self) -> None:
        """Do it here and now, and remember how it ended."""
        try:
            self._place = self._do(self)
        except BaseException as error:  # raised again where it can be reported
            self._fault = error
        finally:
            self._end.set()

    def outcome(self) -> Place:
        """The place that it leads to, or whatever it ended with, raised."""
        if self._fault is not None:
            raise self._fault
        if self._place is None:
            raise BusyError
        return self._place
