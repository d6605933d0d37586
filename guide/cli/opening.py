"""The desk of a command: with the vault open, where there is one.

Where the reader turned it on, this login's keyring opens the vault. A passphrase
comes from a prompt that does not show it, from a line of standard input where nobody
types, or from ``--passphrase-fd N``; never from an argument or the environment.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from guide.actions.desk import Desk
from guide.actions.keeping import (
    open_vault_desk,
    refuse_without_vault,
    vault_folder,
    vault_there,
)
from guide.actions.unlocking import keyring_is_on, open_by_keyring
from guide.cli.ending import note
from guide.cli.starting import Wishes, sitting
from guide.keychain import KeychainRefusedError, KeychainSilentError
from guide.model.problems import NeedsTerminalError
from guide.vault.whereabouts import lacks_key_file
from guide.words import _

_MOST = 8192


def working_desk(wishes: Wishes) -> Desk:
    """The vault's desk where there is a vault; else one that keeps nothing.

    Asks for the passphrase. Raises WrongPassphraseError, VaultInUseError and others.
    """
    here = sitting(wishes)
    if wishes.keep_nothing:
        return here
    folder = vault_folder(wishes.vault)
    if lacks_key_file(folder):  # what was sent once is not to be written again
        refuse_without_vault(folder)
    if not wishes.vault and not vault_there(folder):
        return here
    return _opened(wishes, here, folder)


def vault_desk(wishes: Wishes) -> Desk:
    """The vault's desk. Raises NoVaultError where there is no vault."""
    return _opened(wishes, sitting(wishes), vault_folder(wishes.vault))


def _opened(wishes: Wishes, here: Desk, folder: Path) -> Desk:
    """By the keyring where that is turned on and somebody types; else as ever."""
    if wishes.passphrase_fd < 0 and sys.stdin.isatty() and keyring_is_on(folder):
        try:
            return open_by_keyring(here, folder)
        except (KeychainRefusedError, KeychainSilentError) as error:
            note(str(error))
    return open_vault_desk(here, folder, secret(wishes, _("Passphrase")))


def secret(wishes: Wishes, words: str) -> str:
    """One secret line, from where this command gets it."""
    if wishes.passphrase_fd >= 0:
        return _from_descriptor(wishes.passphrase_fd)
    if sys.stdin.isatty():
        from getpass import getpass

        return getpass(f"{words}: ")
    line = sys.stdin.readline()
    if not line:
        raise NeedsTerminalError(
            _("A passphrase is needed, and nobody is there to type it."),
            _("Run it in a terminal window, or use --passphrase-fd."),
        )
    return line.rstrip("\r\n")


_lines: dict[int, list[str]] = {}  # what was read from a descriptor, and not used yet


def _from_descriptor(number: int) -> str:
    """The next line that *number* gives."""
    if number not in _lines:
        _lines[number] = _all_lines(number)
    if not _lines[number]:
        raise NeedsTerminalError(
            _("There is no passphrase left where --passphrase-fd points."),
            _("Give one line for each passphrase that the command asks for."),
        )
    return _lines[number].pop(0)


def _all_lines(number: int) -> list[str]:
    data = b""
    try:
        while len(data) <= _MOST and (part := os.read(number, _MOST)):
            data += part
    except OSError:
        raise NeedsTerminalError(
            _("Nothing can be read where --passphrase-fd points."),
            _("Name a file descriptor that is open for reading."),
        ) from None
    text = data.decode("utf-8", "replace").removesuffix("\n")
    return [line.rstrip("\r") for line in text.split("\n")] if data else []
