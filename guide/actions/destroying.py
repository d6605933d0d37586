"""Removing everything that is kept: only by the reader, and only with three steps.

The passphrase, a sentence that is typed, and before both a plain statement of what
is lost. Nothing else in the guide ever removes a vault.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from guide.actions.desk import Desk, forgetful
from guide.actions.keeping import prove, vault_of
from guide.actions.unlocking import forget_keyring, keyring_is_on
from guide.model.problems import GuideError, InvalidAnswerError
from guide.vault import destroying
from guide.vault import folder as place
from guide.vault.lock import hold
from guide.vault.opening import UnlockedVault, by_passphrase, by_recovery, unlock
from guide.vault.problems import (
    PlaceRefusedError,
    ReadOnlyVaultError,
    WrongPassphraseError,
)
from guide.vault.whereabouts import is_vault
from guide.words import _


@dataclass(frozen=True, slots=True, kw_only=True)
class Removed:
    """What is still there after a vault was removed: names, and the keyring's entry."""

    folder: Path
    left: tuple[str, ...] = ()
    keyring_left: bool = False
    problem: str = ""  # what the disk refused, in sentences


def the_sentence() -> str:
    """What has to be typed, word for word; capital letters do not count."""
    return _("remove everything")


def refuse_other_words(typed: str) -> None:
    """Refuse anything but the sentence."""
    if " ".join(typed.split()).casefold() != the_sentence().casefold():
        raise InvalidAnswerError(
            _("That is not the sentence, so nothing was removed."),
            _("Type it word for word, or go back."),
        )


def destroy_open(desk: Desk, proof: str, typed: str) -> tuple[Desk, Removed]:
    """Remove the open vault; the desk that is left, and what stayed.

    From here on it is closed, whatever the disk says: ``problem`` tells.
    """
    refuse_other_words(typed)
    prove(desk, proof)
    opened = vault_of(desk)
    had_keyring = keyring_is_on(opened.folder)
    after = Removed(folder=opened.folder)
    try:
        opened.close_database()
        after = replace(after, left=destroying.destroy(opened.folder))
    except GuideError as error:
        after = replace(after, problem=str(error))
    finally:
        opened.close()
    if is_vault(opened.folder):
        return forgetful(desk), after
    destroying.leave(opened.folder)
    gone = forget_keyring(desk, opened.id) if had_keyring else True
    return forgetful(desk), replace(after, keyring_left=not gone)


def refuse_unless_there(folder: Path) -> None:
    """Refuse a folder in which there is nothing to remove."""
    if not destroying.is_unfinished(folder):
        place.check_folder(folder, whole=False)


def needs_proof(folder: Path) -> bool:
    """Whether somebody could still open what is in *folder*."""
    return not destroying.is_unfinished(folder)


def destroy_closed(desk: Desk, folder: Path, proof: str, typed: str) -> Removed:
    """Remove the vault in *folder*, even one whose database is damaged or gone."""
    refuse_other_words(typed)
    held = _unlocked(folder, proof)
    had_keyring = keyring_is_on(folder)
    try:
        if held.lock is None:
            raise ReadOnlyVaultError
        left = destroying.destroy(folder)
    finally:
        held.close()
    destroying.leave(folder)
    gone = forget_keyring(desk, held.id) if had_keyring else True
    return Removed(folder=folder, left=left, keyring_left=not gone)


def refuse_if_it_opens(folder: Path) -> None:
    """Refuse to go on with a removal that somebody only made to look begun.

    Two names are enough for that, and no passphrase: then the key file is whole.
    """
    if destroying.spare_is_whole(folder):
        raise PlaceRefusedError(
            _("The spare of the key file is here, so these notes still open."),
            _(
                "Nothing was removed. Put it back with: guide vault restore keys. "
                "Then you can remove them with the passphrase."
            ),
        )
    if destroying.key_file_is_whole(folder):
        raise PlaceRefusedError(
            _("The key file is whole, so these notes still open. Nothing was removed."),
            _(
                "If it was not you: give vault.json.part its name vault.json back. "
                "If it was you: do that too, then remove them with the passphrase."
            ),
        )


def finish_destroying(folder: Path, typed: str) -> Removed:
    """Bring a removal to its end that was cut short; it asks for no passphrase.

    There is none any more: nothing that is left here opens what it removes.
    """
    refuse_other_words(typed)
    lock = hold(folder / place.LOCK)
    try:
        refuse_if_it_opens(folder)
        left = destroying.finish(folder)
    finally:
        lock.release()
    destroying.leave(folder)
    return Removed(folder=folder, left=left)


def _unlocked(folder: Path, proof: str) -> UnlockedVault:
    try:
        return unlock(folder, by_passphrase(proof))
    except WrongPassphraseError:
        return unlock(folder, by_recovery(proof))
