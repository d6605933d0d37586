"""What every screen can do, and what choosing on it can lead to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from guide.model.problems import InvalidAnswerError
from guide.model.sheet import Sheet

if TYPE_CHECKING:
    from guide.actions.desk import Desk
    from guide.actions.working import Work


class Place:
    """A screen. A kind of screen answers what it can and refuses the rest."""

    aside = False  # opens over another screen, and gives way to the next such
    waits = False  # for what is at work; nothing is asked on it
    shuts = False  # nothing private opens over it, and Back does not leave it
    readies = False  # something slow is done ahead of need: see get_ready

    def sheet(self) -> Sheet:
        """What stands on it now."""
        raise NotImplementedError

    def choose(self, value: str) -> Move:
        """Choose the row with this value."""
        raise InvalidAnswerError

    def typed(self, text: str) -> Move:
        """Take the line that was typed."""
        raise InvalidAnswerError

    def typing(self, text: str) -> None:
        """Take what stands on the line so far, where the screen acts on it at once."""

    def get_ready(self) -> bool:
        """Do a few milliseconds of what readies this screen; whether there is more."""
        return False

    def pause(self) -> None:
        """Remember what stands on the line: this screen may not come back."""

    def fill(self, field_id: str, text: str) -> None:
        """Put *text* into one blank of the form."""
        raise InvalidAnswerError

    def back(self) -> Place | None:
        """The screen before this one of the same kind; None leaves the kind."""
        return None


@dataclass(frozen=True, slots=True)
class Open:
    """Open another screen on top of this one."""

    target: str


@dataclass(frozen=True, slots=True)
class Show:
    """Put *place* on top, or in the place of this one."""

    place: Place
    instead: bool = True


@dataclass(frozen=True, slots=True)
class Begin:
    """Begin something long; the place that it leads to comes on top of this one.

    With ``instead`` that place takes the place of this one, once it went well.
    """

    work: Work
    instead: bool = False


class Stay:
    """Stay; what stands on the screen may have changed."""


class Close:
    """Go back to the screen beneath."""


class Leave:
    """Leave now."""


@dataclass(frozen=True, slots=True)
class Sit:
    """Go on at another desk; ``resume`` where the reader was, ``over`` on top."""

    desk: Desk
    over: Place | None = None
    resume: bool = False


Move: TypeAlias = Open | Show | Begin | Stay | Close | Leave | Sit
