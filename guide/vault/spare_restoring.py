"""The spare of the key file, put in its place again: by the reader's own wish alone.

It takes the place of one that is missing, cannot be read, is damaged or is of another
vault, and of no other: an old passphrase must not come back to force by it. Nothing
is believed before a way in has opened the spare, and the spare the database here or a
backup of it. What stood in its place gets another name.
"""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from guide.model.problems import GuideError
from guide.vault import folder as place
from guide.vault.backup import backups, is_good
from guide.vault.connection import is_of
from guide.vault.disk import DISK, Disk
from guide.vault.key_file import (
    KEY_FILE_PART,
    KeyFile,
    disk_worded,
    replace_key_file,
)
from guide.vault.keys import Root
from guide.vault.lock import hold
from guide.vault.opening import by_passphrase, by_recovery, fitting_slot
from guide.vault.problems import (
    DamagedVaultError,
    ReadOnlyVaultError,
)
from guide.vault.spare_keys import put_aside, wanted_spare
from guide.vault.whereabouts import DATABASE, KEY_FILE
from guide.words import _


def put_back(folder: Path, proof: str, *, disk: Disk = DISK) -> Path | None:
    """Put the spare in the place of the key file; where that one is now.

    *proof* is a passphrase or the recovery words of the spare. Raises NoSpareError,
    SpareNoBetterError, WrongPassphraseError, DamagedVaultError, ReadOnlyVaultError.
    """
    folder = folder.absolute()
    place.check_folder(folder, whole=False, keys=False)
    if not os.access(folder, os.W_OK):
        raise ReadOnlyVaultError
    lock = hold(folder / place.LOCK)
    try:
        spare = wanted_spare(folder)
        _refuse_foreign(folder, spare, _root_of(spare, proof))
        with disk_worded():
            # A part may be the whole one: somebody may have given it that name.
            aside = put_aside(folder, folder / KEY_FILE, disk)
            put_aside(folder, folder / KEY_FILE_PART, disk)
        replace_key_file(folder, spare, disk)
    finally:
        lock.release()
    return aside


def spare_opens(folder: Path, proof: str) -> bool:
    """Whether ``put_back`` would help whoever knows *proof*. Nothing is changed.

    Where the key file needs no spare, it costs no derivation.
    """
    with suppress(GuideError):
        spare = wanted_spare(folder)
        _refuse_foreign(folder, spare, _root_of(spare, proof))
        return True
    return False


def _root_of(spare: KeyFile, proof: str) -> Root:
    _slot, root = fitting_slot(spare, by_passphrase(proof), by_recovery(proof))
    return root


def _refuse_foreign(folder: Path, spare: KeyFile, root: Root) -> None:
    """Refuse a spare that opens neither the database here nor a backup of it."""
    key = root.database_key()
    if is_of(folder / DATABASE, key, spare.id):
        return
    if any(is_good(each.path, key, spare.id) for each in backups(folder)):
        return
    raise DamagedVaultError(
        _("The spare of the key file is not of these notes. Nothing was changed."),
        _("Copy vault.json back from your second copy, or a backup of the computer."),
    )
