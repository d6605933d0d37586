"""The reader's way through the screens: one on top of another, and back again.

Both front ends hold one journey. They show its sheet, and tell it what was chosen
or typed; they decide nothing. A long work they start, and follow to its end.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from guide.actions.answering import home, resume
from guide.actions.desk import Desk, forgetful
from guide.actions.idling import Idling
from guide.actions.places.flow import FlowPlace
from guide.actions.places.place import (
    Begin,
    Close,
    Leave,
    Move,
    Open,
    Place,
    Show,
    Sit,
)
from guide.model.problems import BusyError, GuideError, LockedError
from guide.model.sheet import Sheet
from guide.words import _

if TYPE_CHECKING:
    from guide.actions.places.working import WorkingPlace
    from guide.actions.working import Work

HOME, PLAN, KEYS, WHY, BACK = "home", "plan", "keys", "why", "back"
MOST_SCREENS = 50
_WHILE_SHUT = frozenset({"help-lines", "help", "leave"})
# None of these asks the vault, which only what is at work may use.
_AT_WORK = _WHILE_SHUT | {"lock", "keys", "commands", "why"}


class Journey:
    """A stack of places; the top one is shown.

    ``left`` says: leave now. ``look`` is the look chosen on the way, or "". With
    *door*, the passphrase of the vault in that folder is asked first. *then*
    is opened at the start.
    """

    def __init__(
        self,
        desk: Desk,
        *,
        first_run: bool = False,
        door: Path | None = None,
        then: str = "",
        idling: Idling | None = None,
    ) -> None:
        self.desk = desk
        self._idling = idling or Idling(desk.now)
        self._then = then  # what is opened once the door is
        self._at_work: WorkingPlace | None = None
        self._begun_by: tuple[Place, str] | None = None  # what was typed there
        self._hidden: tuple[Desk, list[Place]] | None = None  # locked when it ends
        self.left = False
        self.look = ""
        self._places: list[Place] = [FlowPlace(desk, home(desk))]
        if door is not None:
            self._shut(door, locked=False)
            return
        if first_run:
            from guide.actions.places.first_run import WatchedPlace

            self._places.append(WatchedPlace(desk))
        self._open_then()

    @property
    def place(self) -> Place:
        """The screen on top."""
        return self._places[-1]

    def sheet(self) -> Sheet:
        """What the screen on top shows.

        Where a work came to nothing, what it was begun with stands on the line again.
        """
        sheet = self.place.sheet()
        place, text = self._begun_by or (None, "")
        if place is self.place and sheet.ask and not sheet.ask.secret:
            return replace(sheet, ask=replace(sheet.ask, value=text))
        return sheet

    def choose(self, value: str) -> None:
        """Choose a row. A GuideError says what is wrong; nothing has moved then."""
        self._move(self.place.choose(value))

    def typed(self, text: str) -> None:
        """Take a typed line; a GuideError keeps the screen and what was typed."""
        place = self.place
        move = place.typed(text)
        self._begun_by = (place, text) if isinstance(move, Begin) else None
        self._move(move)

    def typing(self, text: str) -> None:
        """Take what stands on the line so far."""
        self.place.typing(text)

    def fill(self, field_id: str, text: str) -> None:
        """Put *text* into one blank of the form on top."""
        self.place.fill(field_id, text)

    def back(self) -> bool:
        """One screen back; False at the very first, which Back never leaves."""
        before = self.place.back()
        if before:
            self._places[-1] = before
        elif len(self._places) > 1:
            self._places.pop()
        else:
            return False
        return True

    def open(self, target: str) -> None:
        """Open *target*: a name such as ``help-lines``, or ``page:``, ``letter:``."""
        if self.is_shut and target not in _WHILE_SHUT:
            raise LockedError
        if self._at_work and target not in _AT_WORK:
            raise BusyError
        if target in (HOME, PLAN, "continue"):
            self.place.pause()
            self._start_over(target)
        elif target == "leave":
            self.left = True
        elif target.startswith("look:"):
            self.look = target.removeprefix("look:")
        elif target == "lock":
            self.lock()
        else:
            # Places are loaded when first opened: the first screen needs none.
            from guide.actions.places.targets import place_for

            self._put(place_for(self, target))

    def _start_over(self, target: str) -> None:
        if target == PLAN:
            from guide.actions.places.targets import plan_place

            self._places = [plan_place(self.desk)]
            return
        position = home(self.desk) if target == HOME else resume(self.desk)
        self._places = [FlowPlace(self.desk, position)]

    def _move(self, move: Move) -> None:
        match move:
            case Open(target):
                self.open(target)
            case Show(place, instead):
                self._show(place, instead=instead)
            case Begin():
                self._begin(move)
            case Close() if len(self._places) > 1:
                self._places.pop()
            case Leave():
                self.left = True
            case Sit():
                self._sit(move)
            case _:
                pass

    def pause_all(self) -> None:
        """Remember what stands on the line of every screen."""
        for place in self._places:
            place.pause()

    @property
    def work(self) -> Work | None:
        """What was begun; whoever shows this journey starts it, and looks at it."""
        return self._at_work.work if self._at_work else None

    @property
    def busy(self) -> bool:
        """Whether something long is at work that the reader waits for."""
        return self.work is not None and not self.work.finished

    def _begin(self, begun: Begin) -> None:
        from guide.actions.places.working import WorkingPlace

        self._at_work = WorkingPlace(begun)
        self._put(self._at_work)

    def follow_work(self) -> bool:
        """Show what the work that has ended leads to; whether that was now.

        A GuideError that it ended with is raised on the screen beneath. Behind a
        screen that was opened meanwhile it waits.
        """
        ended = self._at_work
        if ended is None or self.busy:
            return False
        if self._hidden is not None:
            self._lock_now()
        elif self.place is ended:
            self._at_work = None
            self._places.pop()
            self._show(ended.work.outcome(), instead=ended.instead)
            self._begun_by = None
        return self._at_work is None

    def _sit(self, move: Sit) -> None:
        self.desk = desk = move.desk
        self._idling.touch()
        begun = any(fact != desk.library.start for fact in desk.vault.answers())
        position = resume(desk) if move.resume and begun else home(desk)
        self._places = [FlowPlace(desk, position)]
        if move.over:
            self._places.append(move.over)
        if desk.meanwhile is not None and desk.meanwhile.waits:
            self.open("bring")
        self._open_then()

    def _open_then(self) -> None:
        then, self._then = self._then, ""
        if then:
            self.open(then)

    @property
    def is_shut(self) -> bool:
        """Whether a passphrase is asked for, and nothing else is shown."""
        return self._places[0].shuts

    def lock(self) -> None:
        """Close the vault and show only the line for its passphrase.

        What is at work is stopped first, and shown no more from now on. Raises
        GuideError where nothing is kept.
        """
        if self.desk.opened is None:
            raise LockedError(
                _("Nothing is kept, so there is nothing to lock."),
                _("To hide everything at once, leave: Ctrl+Q."),
            )
        self._hidden = (self.desk, self._places)
        self.desk = forgetful(self.desk)
        if self.busy and self.work is not None:
            from guide.actions.places.working import LockingPlace

            self.work.stop()
            self._places = [LockingPlace()]
        else:
            self._lock_now()

    def _lock_now(self) -> None:
        if self._hidden is None:
            return
        work, (desk, places) = self.work, self._hidden
        help_lines = [] if self._places is places else self._places[1:]
        self._at_work = self._begun_by = self._hidden = None
        with suppress(GuideError):  # a disk that is full keeps nothing from locking
            for place in places:
                place.pause()
        self._shut(desk.opened.folder if desk.opened else Path(), locked=True)
        self._places += help_lines  # somebody may be reading a number
        desk.close()
        if work is not None:
            with suppress(GuideError):  # it was stopped; a fault is told like any
                work.outcome()

    def _shut(self, folder: Path, *, locked: bool) -> None:
        from guide.actions.places.vault_door import DoorPlace

        self._places = [DoorPlace(self.desk, folder, locked=locked)]

    def lock_if_idle(self) -> bool:
        """Lock when nothing was typed for 5 minutes; say whether that was now."""
        if self.busy:
            self._idling.touch()
        if self.desk.opened is None or not self._idling.is_over:
            return False
        self.lock()
        return True

    def touch(self) -> bool:
        """Something was typed; True when it came too late, and all is locked now."""
        locked = self.lock_if_idle()
        self._idling.touch()
        return locked

    def _show(self, place: Place, *, instead: bool) -> None:
        if instead:
            self._places[-1] = place
        else:
            self._put(place)

    def _put(self, place: Place) -> None:
        if self.place.aside and place.aside:
            self._places.pop()
        if len(self._places) >= MOST_SCREENS:
            del self._places[1]
        self._places.append(place)
