"""The keyring of this login as a way into the vault: asked for, used, taken away.

It is off until the reader asks for it, behind its warning and the passphrase. Its
secret is put into the keyring and read back before the vault knows of it.
"""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from guide.actions.desk import Desk
from guide.actions.keeping import opened_desk, vault_of
from guide.keychain import KeychainRefusedError, KeychainSilentError
from guide.model.problems import GuideError
from guide.vault.slots import SlotKind
from guide.words import _


def keyring_is_on(folder: Path) -> bool:
    """Whether some login's keyring may open the vault in *folder*."""
    from guide.vault.key_file import read_key_file

    with suppress(GuideError):
        slots = read_key_file(folder).of_kind(SlotKind.KEYRING)
        return any(not slot.damaged for slot in slots)
    return False


def turn_keyring_on(desk: Desk, proof: str) -> str:
    """Let this login's keyring open the vault; the name of that keyring.

    Raises KeychainRefusedError with the reason where there is no safe one.
    """
    from guide.actions.ways_in import note_ways
    from guide.vault.changing import add_keyring

    opened = vault_of(desk)
    keychain = desk.keychain()
    add_keyring(opened, proof, lambda secret: keychain.put(opened.id, secret))
    note_ways(desk)
    return keychain.name


def turn_keyring_off(desk: Desk, proof: str) -> bool:
    """Take that way in away; whether the keyring's own entry is known to be gone.

    Where it is not, what is left in it opens nothing any more.
    """
    from guide.actions.ways_in import note_ways
    from guide.vault.changing import remove_keyring

    opened = vault_of(desk)
    remove_keyring(opened, proof)
    note_ways(desk)
    return forget_keyring(desk, opened.id)


def forget_keyring(desk: Desk, vault_id: str) -> bool:
    """Take the entry of a vault out of this login's keyring, if it can be asked."""
    try:
        desk.keychain().forget(vault_id)
    except (KeychainRefusedError, KeychainSilentError):
        return False
    return True


def open_by_keyring(desk: Desk, folder: Path) -> Desk:
    """Open the vault in *folder* with what this login's keyring holds.

    Raises KeychainRefusedError or KeychainSilentError where that gives nothing, and
    what opening with a passphrase raises; *desk* is as it was then.
    """
    from guide.vault.key_file import read_key_file
    from guide.vault.opening import open_with_keyring
    from guide.vault.problems import WrongPassphraseError

    secret = desk.keychain().get(read_key_file(folder).id)
    if secret is None:
        raise _not_there()
    try:
        return opened_desk(desk, folder, lambda: open_with_keyring(folder, secret))
    except WrongPassphraseError:
        raise _not_there() from None


def _not_there() -> KeychainRefusedError:
    return KeychainRefusedError(
        _("The keyring of this login does not open these notes. Nothing was changed."),
        _("Type the passphrase. Then you can set the keyring up anew."),
    )
