"""The spare of ``vault.json``, beside the backups: always from the first, never before.

Some hundred bytes decide whether all that is kept can ever be opened again, so they
stand twice. The first is the one that counts. The spare is written after it, and
renewed from it once it has opened the vault; it opens nothing by itself, and only the
reader puts it back (``spare_restoring``). Where it cannot be written, an older one is
taken away: it would let in whom the last change was to keep out.
"""

from __future__ import annotations

import os
import re
import secrets
import stat
from collections.abc import Iterator
from contextlib import suppress
from enum import StrEnum
from pathlib import Path

from guide.model.problems import GuideError
from guide.vault.disk import DISK, Disk
from guide.vault.key_file import (
    MOST_BYTES,
    KeyFile,
    key_file_bytes,
    parse_key_file,
    read_key_file,
    read_ordinary,
    replace_key_file,
)
from guide.vault.problems import (
    DamagedVaultError,
    NewerVaultError,
    NoBackupError,
    VaultDiskError,
)
from guide.vault.whereabouts import SPARE, is_vault, lacks_key_file
from guide.words import _

SPARE_PART = f"{SPARE}.part"
PUT_ASIDE = re.compile(r"vault-[0-9a-f]{8}\.json")
# What a slot holds is 180 digits; half of them are enough to go on from.
_OF_A_SLOT = re.compile(rb"[0-9a-f]{64}")


class NoSpareError(NoBackupError):
    """There is no spare of the key file that could take its place."""

    what = "There is no spare of the key file that can be read. Nothing was changed."
    next_step = "Copy vault.json back from your second copy of the folder."


class SpareNoBetterError(GuideError):
    """The spare would bring back nothing but, at worst, an old passphrase."""

    what = "The spare is no better than the key file. Nothing was changed."
    next_step = "Open your notes with the passphrase you chose last, or the sheet."


class KeysTrouble(StrEnum):
    """Why the key file cannot open the notes that stand beside it."""

    MISSING = "missing"
    UNREADABLE = "unreadable"


def trouble_of_keys(folder: Path) -> KeysTrouble | None:
    """What is the matter with the key file in *folder*, as far as no way in tells."""
    if not is_vault(folder):
        return KeysTrouble.MISSING if lacks_key_file(folder) else None
    try:
        read_key_file(folder)
    except NewerVaultError:
        return None
    except GuideError:
        return KeysTrouble.UNREADABLE
    return None


def read_spare(folder: Path, disk: Disk = DISK) -> KeyFile | None:
    """What the spare in *folder* says; None if there is none that can be read."""
    path = folder / SPARE
    with suppress(GuideError):
        return read_key_file(path.parent, disk, name=path.name)
    return None


def wanted_spare(folder: Path) -> KeyFile:
    """The spare that may take the key file's place, as far as no way in tells.

    Raises NoSpareError, SpareNoBetterError, and NewerVaultError.
    """
    spare = read_spare(folder)
    if spare is None:
        raise NoSpareError
    try:
        keys = read_key_file(folder) if is_vault(folder) else None
    except NewerVaultError:
        raise
    except GuideError:  # it cannot be read
        keys = None
    if keys is not None and keys.id == spare.id and not is_better(spare, keys):
        raise SpareNoBetterError
    return spare


def spare_is_wanted(folder: Path) -> bool:
    """Whether there is a spare that may take the key file's place."""
    with suppress(GuideError):
        wanted_spare(folder)
        return True
    return False


def is_better(spare: KeyFile | None, keys: KeyFile) -> bool:
    """Whether *spare* is whole where *keys*, of the same vault, are damaged."""
    if spare is None or spare.id != keys.id:
        return False
    return keys.damaged and not spare.damaged


def write_keys(folder: Path, keys: KeyFile, disk: Disk = DISK) -> None:
    """Put *keys* in place, then their spare; what was there before opens no more.

    Raises VaultDiskError: nothing was changed, or the words say what was.
    """
    replace_key_file(folder, keys, disk)
    try:
        try:
            _remove_put_aside(folder, keys.id, disk)
        finally:
            _follow(folder, keys, disk)
    except OSError:
        raise _older_stays() from None


def keep_in_step(folder: Path, keys: KeyFile, disk: Disk = DISK) -> None:
    """Renew the spare from *keys*, which have just opened the vault in *folder*.

    It never refuses: a vault that opens is worth more than its spare. One that is
    whole does not give way to *keys* that are damaged.
    """
    spare = read_spare(folder, disk)
    if spare is not None and key_file_bytes(spare) == key_file_bytes(keys):
        return
    if is_better(spare, keys):
        return
    with suppress(OSError, GuideError):
        if spare is not None and spare.id != keys.id:
            put_aside(folder, folder / SPARE, disk)
        elif spare is not None:  # a change was cut short
            _remove_put_aside(folder, keys.id, disk)
        _follow(folder, keys, disk)


def put_aside(folder: Path, path: Path, disk: Disk = DISK) -> Path | None:
    """Give what stands at *path* a new name in *folder*; None if nothing does."""
    aside = folder / f"vault-{secrets.token_hex(4)}.json"
    try:
        disk.rename(path, aside)
    except FileNotFoundError:
        return None
    return aside


def other_keys(folder: Path, disk: Disk = DISK) -> Iterator[Path]:
    """Every file but the first that the guide itself wrote keys to, or put aside."""
    yield from (folder / SPARE_PART, folder / SPARE)
    for name in disk.names(folder):
        if PUT_ASIDE.fullmatch(name):
            yield folder / name


def _follow(folder: Path, keys: KeyFile, disk: Disk) -> None:
    """Make the spare say *keys*; if that fails, leave none that says anything else."""
    path = folder / SPARE
    try:
        disk.make_folder(path.parent)
        replace_key_file(path.parent, keys, disk, name=path.name)
    except (OSError, VaultDiskError):
        if _is_file(path):
            disk.remove(path)
            disk.sync_folder(path.parent)


def _remove_put_aside(folder: Path, vault_id: str, disk: Disk) -> None:
    """Take away what was put aside of this vault: it may open with an ended way in."""
    for name in disk.names(folder):
        path = folder / name
        if PUT_ASIDE.fullmatch(name) and _holds_slots(path, vault_id, disk):
            disk.remove(path)


def _holds_slots(path: Path, vault_id: str, disk: Disk) -> bool:
    """Whether *path* looks like a key file, and not like one of another vault.

    Its name is not enough: somebody may have given it to something else.
    """
    if not _is_file(path) or path.lstat().st_size > MOST_BYTES:
        return False
    try:
        found = read_ordinary(path, MOST_BYTES, disk)
    except OSError:  # the bad sector for which it was put aside
        return True
    with suppress(GuideError):
        return parse_key_file(found).id == vault_id
    return _OF_A_SLOT.search(found) is not None


def _is_file(path: Path) -> bool:
    return os.path.lexists(path) and stat.S_ISREG(path.lstat().st_mode)


def _older_stays() -> VaultDiskError:
    return VaultDiskError(
        _("The change is made. An older spare of the key file could not be removed."),
        _("It still opens with the old way in. Check the disk, and open this again."),
    )


def put_back_named(folder: Path) -> str:
    """What to do next where the key file is lost: the spare, or a copy elsewhere."""
    if spare_is_wanted(folder):
        return _("A spare of it is here. Put it back with: guide vault restore keys")
    return _("Copy vault.json back from your second copy, or a backup of the computer.")


def missing_keys(folder: Path) -> DamagedVaultError:
    """The refusal of a vault in *folder* without its key file."""
    return DamagedVaultError(
        _("The key file of this vault is missing. Nothing in it was changed."),
        put_back_named(folder),
    )


def damaged_keys(folder: Path) -> DamagedVaultError:
    """The refusal of a vault in *folder* whose key file does not say what it said."""
    return DamagedVaultError(
        _("The key file of this vault is damaged. Nothing in it was changed."),
        put_back_named(folder),
    )
