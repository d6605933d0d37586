"""The door of a vault: a line for its passphrase, and nothing of what is behind it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from guide.actions.desk import Desk
from guide.actions.keeping import open_by_recovery, open_vault_desk
from guide.actions.places.place import Move, Open, Place, Show, Sit
from guide.actions.places.vault_keys import SpareKeysPlace, lost_keys_sheet
from guide.actions.places.vault_open import VaultPlace
from guide.actions.unlocking import keyring_is_on, open_by_keyring
from guide.model.sheet import Ask, Row, RowKind, Sheet
from guide.model.text import paragraph
from guide.vault.problems import (
    DamagedVaultError,
    NotSealedError,
    WrongPassphraseError,
)
from guide.vault.spare_restoring import spare_opens
from guide.words import _

WITHOUT, WORDS, KEYRING = "without", "words", "keyring"


class DoorPlace(Place):
    """Asks for the passphrase; ``locked`` when something was open before."""

    shuts = True  # nothing opens over it but help lines

    def __init__(self, desk: Desk, folder: Path, *, locked: bool = False) -> None:
        self._desk, self._folder, self._locked = desk, folder, locked
        # Whoever locked it wants the passphrase to be asked for.
        self._keyring = not locked and keyring_is_on(folder)

    def sheet(self) -> Sheet:
        ask = Ask(label=_("Passphrase"), verb=_("Open"), secret=True)
        if self._locked:
            return Sheet(name="locked", title=_("Locked"), ask=ask)
        without = Row(kind=RowKind.BUTTON, value=WITHOUT, text=_("Go on without it"))
        lost = lost_keys_sheet(
            self._folder, name="door", title=_("Notes"), more=without
        )
        if lost is not None:
            return lost
        rows = (
            *self._keyring_row(),
            without,
            Row(
                kind=RowKind.BUTTON,
                value=WORDS,
                text=_("I have lost it: use recovery words"),
            ),
        )
        return Sheet(name="door", title=_("Notes"), rows=rows, ask=ask)

    def _keyring_row(self) -> tuple[Row, ...]:
        if not self._keyring:
            return ()
        text = _("Open it with the keyring of this login")
        return (Row(kind=RowKind.BUTTON, value=KEYRING, text=text),)

    def typed(self, text: str) -> Move:
        desk, folder = self._desk, self._folder
        found = through(
            desk, folder, lambda: open_vault_desk(desk, folder, text), proof=text
        )
        return Sit(found, resume=self._locked) if isinstance(found, Desk) else found

    def choose(self, value: str) -> Move:
        match value:
            case "without":
                return Sit(self._desk)
            case "words":
                return Show(RecoveryPlace(self._desk, self._folder, self))
            case "keyring":
                return self._by_keyring()
            case "spare":
                return Show(SpareKeysPlace(self._desk, self._folder, self))
            case _:
                return Open(value)

    def _by_keyring(self) -> Move:
        desk, folder = self._desk, self._folder
        found = through(desk, folder, lambda: open_by_keyring(desk, folder))
        return Sit(found) if isinstance(found, Desk) else found


def through(
    desk: Desk, folder: Path, way: Callable[[], Desk], *, proof: str = ""
) -> Desk | Move:
    """Open the vault in *folder* by *way*; where it is damaged, offer what helps.

    Where there is nothing to offer, DamagedVaultError says what else can be done.
    """
    from guide.actions.guarding import back_up_beside
    from guide.actions.places import vault_damaged as damaged
    from guide.actions.ways_in import ways_are_others

    try:
        kept = way()
    except (DamagedVaultError, NotSealedError, WrongPassphraseError) as error:
        wrong = isinstance(error, WrongPassphraseError)
        place = _what_helps(desk, folder, proof, wrong=wrong) if proof else None
        if place is None:
            raise
        return Show(place)
    try:
        back_up_beside(kept)
    except DamagedVaultError:
        return Sit(kept, over=damaged.in_an_open_vault(kept))
    if ways_are_others(kept):
        return Sit(kept, over=VaultPlace(kept))
    return kept


def _what_helps(desk: Desk, folder: Path, proof: str, *, wrong: bool) -> Place | None:
    """The spare of the key file, or a backup of the database; None if neither does.

    A key file of another vault says that the passphrase is *wrong*, and it is right.
    """
    from guide.actions.places.vault_damaged import at_the_door

    if spare_opens(folder, proof):
        return SpareKeysPlace(desk, folder)
    return None if wrong else at_the_door(desk, folder, proof)


class NotesPlace(DoorPlace):
    """Notes that were kept before, found by a reader who went on without them."""

    shuts = False

    def sheet(self) -> Sheet:
        home = Row(kind=RowKind.LINK, value="home", text=_("Go to the first screen"))
        lost = lost_keys_sheet(
            self._folder, name="open", title=_("Open my notes"), more=home
        )
        if lost is not None:
            return lost
        words = _(
            "Notes are kept on this computer already. Open them here. What you wrote "
            "down since the start goes into them. What you answered is asked about."
        )
        return Sheet(
            name="open",
            title=_("Open my notes"),
            trail=(_("Keep"),),
            blocks=(paragraph(words),),
            rows=(
                *self._keyring_row(),
                Row(kind=RowKind.BUTTON, value=WORDS, text=_("Use recovery words")),
            ),
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
        desk, folder = self._desk, self._folder
        found = through(
            desk, folder, lambda: open_by_recovery(desk, folder, text), proof=text
        )
        if not isinstance(found, Desk):
            return found
        said = _("It is open. You can choose a new passphrase here.")
        return Sit(found, over=VaultPlace(found, said))

    def back(self) -> Place | None:
        return self._before
