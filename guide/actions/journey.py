"""The reader's way through the screens: one on top of another, and back again.

Both front ends hold one journey. They show its sheet, and tell it what was chosen
or typed; they decide nothing.
"""

from __future__ import annotations

from collections.abc import Callable

from guide.actions.answering import open_branch, resume, the_plan
from guide.actions.desk import Desk
from guide.actions.places.flow import FlowPlace
from guide.actions.places.place import Close, Leave, Move, Open, Place, Show
from guide.model.problems import NotFoundError
from guide.model.progress import Position
from guide.model.sheet import Sheet
from guide.words import _

HOME, PLAN, KEYS, WHY, BACK = "home", "plan", "keys", "why", "back"
MOST_SCREENS = 50


class Journey:
    """A stack of places; the top one is shown.

    ``left`` says: leave now. ``look`` is the look chosen on the way, or "".
    """

    def __init__(self, desk: Desk, *, first_run: bool = False) -> None:
        self.desk = desk
        self.left = False
        self.look = ""
        self._places: list[Place] = [FlowPlace(desk, home(desk))]
        if first_run:
            from guide.actions.places.first_run import WatchedPlace

            self._places.append(WatchedPlace(desk))

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
        if target == HOME:
            self._places = [FlowPlace(self.desk, home(self.desk))]
        elif target == PLAN:
            self._open_plan()
        elif target == "leave":
            self.left = True
        elif target.startswith("look:"):
            self.look = target.removeprefix("look:")
        elif target == "continue":
            self._places = [FlowPlace(self.desk, resume(self.desk))]
        else:
            self._put(self._place_for(target))

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
            "search": lambda: reading.SearchPlace(desk),
            "review": lambda: reading.ReviewPlace(desk),
            "contents": lambda: reading.ContentsPlace(desk),
            "keys": lambda: commands.KeysPlace(self.sheet()),
            "commands": commands.CommandsPlace,
            "looks": lambda: commands.LooksPlace(self.look),
            "why": lambda: reading.WhyPlace(self.sheet()),
        }
        if target not in makers:
            raise NotFoundError
        return makers[target]()

    def _letters(self) -> Place:
        from guide.actions.places.letters import LettersPlace

        return LettersPlace(self.desk)

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
            case _:
                pass

    def _put(self, place: Place) -> None:
        if self.place.aside and place.aside:
            self._places.pop()
        self._places = [*self._places[: MOST_SCREENS - 1], place]


def home(desk: Desk) -> Position:
    """The first screen, whether or not it was answered. No other page is read."""
    return Position(page=desk.library.pages[desk.library.start], stepping=True)
