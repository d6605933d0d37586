"""The door of a vault: a line for its passphrase, and nothing of what is behind it."""

from __future__ import annotations

from pathlib import Path

from guide.actions.desk import Desk
from guide.actions.keeping import open_by_recovery, open_vault_desk
from guide.actions.places.place import Move, Open, Place, Show, Sit
from guide.actions.places.vault_open import VaultPlace
from guide.model.sheet import Ask, Row, RowKind, Sheet
from guide.model.text import paragraph
from guide.words import _

WITHOUT, WORDS = "without", "words"


class DoorPlace(Place):
    """Asks for the passphrase; ``locked`` when something was open before."""

    shuts = True  # nothing opens over it but help lines

    def __init__(self, desk: Desk, folder: Path, *, locked: bool = False) -> None:
        self._desk, self._folder, self._locked = desk, folder, locked

    def sheet(self) -> Sheet:
        ask = Ask(label=_("Passphrase"), verb=_("Open"), secret=True)
        if self._locked:
            return Sheet(name="locked", title=_("Locked"), ask=ask)
        rows = (
            Row(kind=RowKind.BUTTON, value=WITHOUT, text=_("Go on without it")),
            Row(
                kind=RowKind.BUTTON,
                value=WORDS,
                text=_("I have lost it: use recovery words"),
            ),
        )
        return Sheet(name="door", title=_("Notes"), rows=rows, ask=ask)

    def typed(self, text: str) -> Move:
        kept = open_vault_desk(self._desk, self._folder, text)
        return Sit(kept, resume=self._locked)

    def choose(self, value: str) -> Move:
        match value:
            case "without":
                return Sit(self._desk)
            case "words":
                return Show(RecoveryPlace(self._desk, self._folder, self))
            case _:
                return Open(value)


class NotesPlace(DoorPlace):
    """Notes that were kept before, found by a reader who went on without them."""

    shuts = False

    def sheet(self) -> Sheet:
        words = _(
            "Notes are kept on this computer already. Open them here. What you said "
            "since the guide started is not added to them."
        )
        return Sheet(
            name="open",
            title=_("Open my notes"),
            trail=(_("Keep"),),
            blocks=(paragraph(words),),
            rows=(Row(kind=RowKind.BUTTON, value=WORDS, text=_("Use recovery words")),),
            ask=Ask(label=_("Passphrase"), verb=_("Open"), secret=True),
        )


class RecoveryPlace(Place):
    """Asks for the words of the recovery sheet."""

    def __init__(self, desk: Desk, folder: Path, before: Place) -> None:
        self._desk, self._folder, self._before = desk, folder, before
        self.shuts = before.shuts

    def sheet(self) -> Sheet:
        words = _("Type the ten words in their order, with spaces between them.")
        ask = Ask(label=_("Recovery words"), verb=_("Open"), secret=True)
        title = _("Recovery words")
        return Sheet(name="recover", title=title, blocks=(paragraph(words),), ask=ask)

    def typed(self, text: str) -> Move:
        kept = open_by_recovery(self._desk, self._folder, text)
        said = _("It is open. You can choose a new passphrase here.")
        return Sit(kept, over=VaultPlace(kept, said))

    def back(self) -> Place | None:
        return self._before
