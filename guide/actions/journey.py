"""The reader's way through the screens: one on top of another, and back again.

Both front ends hold one journey. They show its sheet, and tell it what was chosen
or typed; they decide nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from guide.actions.answering import open_branch, resume, the_plan
from guide.actions.desk import Desk
from guide.actions.idling import Idling
from guide.actions.places.flow import FlowPlace
from guide.actions.places.place import Close, Leave, Move, Open, Place, Show, Sit
from guide.model.problems import GuideError, LockedError, NotFoundError
from guide.model.progress import Position
from guide.model.sheet import Sheet
from guide.words import _

HOME, PLAN, KEYS, WHY, BACK = "home", "plan", "keys", "why", "back"
MOST_SCREENS = 50
_WHILE_SHUT = frozenset({"help-lines", "help", "leave"})


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
        self.busy = False  # something long is at work that the reader waits for
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
        """What the screen on top shows."""
        return self.place.sheet()

    def choose(self, value: str) -> None:
        """Choose a row. A GuideError says what is wrong; nothing has moved then."""
        self._move(self.place.choose(value))

    def typed(self, text: str) -> None:
        """Take a typed line; a GuideError keeps the screen and what was typed."""
        self._move(self.place.typed(text))

    def typing(self, text: str) -> None:
        """Take what stands on the line so far."""
        self.place.typing(text)

    def fill(self, field_id: str, text: str) -> None:
        """Put *text* into one blank of the form on top."""
        self.place.fill(field_id, text)

    @staticmethod
    def load_ahead() -> None:
        """Load what the first answer and the first page would wait for."""
        import markdown_it.main  # noqa: F401  only loaded

        import guide.vault.store  # noqa: F401  only loaded

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
            self._put(self._place_for(target))

    def _start_over(self, target: str) -> None:
        if target == PLAN:
            self._open_plan()
            return
        position = home(self.desk) if target == HOME else resume(self.desk)
        self._places = [FlowPlace(self.desk, position)]

    def _open_plan(self) -> None:
        found = the_plan(self.desk)
        if found is None:
            raise NotFoundError(
                _("There is no plan yet."),
                _("Answer the first questions, and it is made from your answers."),
            )
        hub = found[0]
        self._places = [FlowPlace(self.desk, open_branch(self.desk, "", hub.id))]

    def _place_for(self, target: str) -> Place:
        # Places are loaded when first opened: the first screen needs none of these.
        kind, _colon, id_ = target.partition(":")
        match kind:
            case "page":
                from guide.actions.places.reading import PagePlace

                return PagePlace(self.desk, id_)
            case "letter":
                return self._letter(id_)
            case "help" | "help-lines":
                from guide.actions.places.reading import HelpLinesPlace

                return HelpLinesPlace(self.desk)
            case "tool" if id_ == "mail":
                from guide.actions.places.mail import MailPlace

                return MailPlace(self.desk)
            case _:
                return self._named(target)

    def _named(self, target: str) -> Place:
        from guide.actions.places import commands, reading

        desk = self.desk
        makers: dict[str, Callable[[], Place]] = {
            "letters": self._letters,
            "keep": self._keep,
            "search": lambda: reading.SearchPlace(desk),
            "review": lambda: reading.ReviewPlace(desk),
            "contents": lambda: reading.ContentsPlace(desk),
            "keys": lambda: commands.KeysPlace(self.sheet()),
            "commands": commands.CommandsPlace,
            "looks": lambda: commands.LooksPlace(self.look),
            "why": lambda: reading.WhyPlace(self.sheet()),
        }
        if target not in makers:
            from guide.actions.places.record import record_place

            return record_place(desk, target)
        return makers[target]()

    def _letters(self) -> Place:
        from guide.actions.places.letters import LettersPlace

        return LettersPlace(self.desk)

    def _keep(self) -> Place:
        from guide.actions.keeping import vault_folder, vault_there
        from guide.actions.places import vault, vault_door, vault_open

        if not self.desk.may_keep:
            return vault_open.NotKeptPlace()
        if self.desk.opened is not None:
            return vault_open.VaultPlace(self.desk)
        self._pause_all()  # what is half written moves too
        folder = vault_folder(self.desk.chosen_folder)
        if vault_there(folder):
            return vault_door.NotesPlace(self.desk, folder)
        return vault.KeepPlace(self.desk)

    def _letter(self, id_: str) -> Place:
        # Templates and mail are slow to load; a reader of pages never needs them.
        from guide.actions.places.letters import letter_place
        from guide.actions.places.mail import MailPlace

        letters = self.desk.library.letters
        if id_ in letters and letters[id_].needs_message:
            return MailPlace(self.desk)
        return letter_place(self.desk, id_)

    def _move(self, move: Move) -> None:
        match move:
            case Open(target):
                self.open(target)
            case Show(place):
                self._places[-1] = place
            case Close() if len(self._places) > 1:
                self._places.pop()
            case Leave():
                self.left = True
            case Sit():
                self._sit(move)
            case _:
                pass

    def _pause_all(self) -> None:
        for place in self._places:
            place.pause()

    def _sit(self, move: Sit) -> None:
        self.desk = desk = move.desk
        self._idling.touch()
        begun = any(fact != desk.library.start for fact in desk.vault.answers())
        position = resume(desk) if move.resume and begun else home(desk)
        self._places = [FlowPlace(desk, position)]
        if move.over:
            self._places.append(move.over)
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

        Raises GuideError where nothing is kept.
        """
        opened = self.desk.opened
        if opened is None:
            raise LockedError(
                _("Nothing is kept, so there is nothing to lock."),
                _("To hide everything at once, leave: Ctrl+Q."),
            )
        from guide.actions.keeping import lock

        with suppress(GuideError):  # a disk that is full keeps nothing from locking
            self._pause_all()
        self.desk = lock(self.desk)
        self._shut(opened.folder, locked=True)

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

    def _put(self, place: Place) -> None:
        if self.place.aside and place.aside:
            self._places.pop()
        self._places = [*self._places[: MOST_SCREENS - 1], place]


def home(desk: Desk) -> Position:
    """The first screen, whether or not it was answered. No other page is read."""
    return Position(page=desk.library.pages[desk.library.start], stepping=True)
