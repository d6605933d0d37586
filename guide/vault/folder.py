"""The folder of a vault: where it may stand, what is in it, and who may look.

Made for this login alone (0700, files 0600). Never through a link, never over
something else. Nothing in it names its place, so it can be moved or carried on a
stick.
"""

from __future__ import annotations

import errno
import os
import secrets
import stat
import sys
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from guide.vault.disk import DISK, Disk
from guide.vault.key_file import KEY_FILE_PART, disk_worded, write_new
from guide.vault.problems import (
    DamagedVaultError,
    NoVaultError,
    PlaceRefusedError,
    disk_problem,
)
from guide.vault.spare_keys import SPARE_PART, missing_keys
from guide.vault.unfinished import REMOVING, UNFINISHED, mark_of
from guide.vault.whereabouts import (
    DATABASE,
    KEY_FILE,
    SPARE,
    is_vault,
    lacks_key_file,
)
from guide.words import _

LOCK = "lock"
SEALED, BACKUP = "sealed", "backup"
# In a copy on another disk: the hash of the database as it was copied.
COPIED = "copied"

_DATABASE_FILES = (DATABASE, f"{DATABASE}-wal", f"{DATABASE}-journal")
_MADE_FIRST = frozenset((LOCK, UNFINISHED))
_MADE = frozenset((*_MADE_FIRST, KEY_FILE_PART, *_DATABASE_FILES, SEALED, BACKUP))


@dataclass(frozen=True, slots=True, kw_only=True)
class VaultFile:
    """One file of a vault, by its name inside the folder."""

    name: str
    size: int


def new_id() -> str:
    """32 hexadecimal digits that say nothing."""
    return secrets.token_hex(16)


def make_folder(folder: Path) -> bool:
    """Make a folder for this login alone, or take an empty one; True if it is new.

    What an unfinished making left behind counts as empty.
    """
    with disk_worded():
        refuse_name(folder)
        folder.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        new = not os.path.lexists(folder)
        with suppress(FileExistsError):
            folder.mkdir(mode=0o700)
        _refuse_unless_folder(folder)
        _refuse_unless_free(folder)
        _make_private(folder, 0o700)
    return new


def check_folder(folder: Path, *, whole: bool = True, keys: bool = True) -> None:
    """Refuse a folder that is not this login's own; close it to others if it is.

    One that is not *whole* may be without its database, and without *keys* it may
    have lost its key file.
    """
    with disk_worded():
        refuse_name(folder)
        if not os.path.lexists(folder):
            raise NoVaultError
        _refuse_unless_folder(folder)
        if not is_vault(folder):
            lost = lacks_key_file(folder) or os.path.lexists(folder / DATABASE)
            if not lost:
                raise NoVaultError
            if keys:
                raise missing_keys(folder)
        if whole and not os.path.lexists(folder / DATABASE):
            raise _missing_database()
        _refuse_strange_parts(folder)
        _make_private(folder, 0o700)
        for name in (KEY_FILE, *_DATABASE_FILES, SPARE):
            _make_private(folder / name, 0o600)


def others_can_look(folder: Path) -> bool:
    """Whether other logins can read *folder*: FAT sticks keep nobody out."""
    if sys.platform == "win32":
        return False
    return bool(folder.stat().st_mode & 0o077)


def can_write(folder: Path) -> bool:
    """Whether the files of *folder* can be changed here."""
    names = (folder, folder / KEY_FILE, folder / DATABASE)
    return all(os.access(x, os.W_OK) for x in names if os.path.lexists(x))


def lay_out(folder: Path, disk: Disk = DISK) -> None:
    """Mark *folder* as unfinished, clear what an earlier try left, make the rest."""
    with disk_worded():
        _refuse_unless_free(folder)
        if not os.path.lexists(folder / UNFINISHED):
            write_new(folder / UNFINISHED, b"", disk)
            disk.sync_folder(folder)
        for name in (KEY_FILE_PART, *_DATABASE_FILES):
            (folder / name).unlink(missing_ok=True)
        _make_subfolders(folder, disk)


def tidy(folder: Path, disk: Disk = DISK) -> None:
    """Take leftovers away and make what copying programs leave out.

    None of it is worth refusing to open a vault on a full disk.
    """
    with suppress(OSError):
        for name in (UNFINISHED, KEY_FILE_PART, SPARE_PART):
            (folder / name).unlink(missing_ok=True)
        _make_subfolders(folder, disk)


def _make_subfolders(folder: Path, disk: Disk) -> None:
    for name in (SEALED, BACKUP):
        if not (folder / name).is_dir():
            disk.make_folder(folder / name)


def abandon(folder: Path, *, new: bool) -> None:
    """Remove what making a vault left, if it did not come to a key file.

    For the holder of the lock only. The lock itself stays in a folder that is not
    *new*: somebody may already wait for it.
    """
    if is_vault(folder):
        return
    with suppress(OSError):
        if os.path.lexists(folder / UNFINISHED):
            _clear(folder)
        if new:
            (folder / LOCK).unlink(missing_ok=True)
            folder.rmdir()


def take_back(folder: Path, disk: Disk = DISK) -> None:
    """Undo the making of a vault into which nothing could be written.

    For whoever just made it and holds its lock; its database is closed.
    """
    with suppress(OSError):
        write_new(folder / UNFINISHED, b"", disk)
        # The spare first: without a key file, it says that notes were lost here.
        for name in (SPARE_PART, SPARE, KEY_FILE):
            (folder / name).unlink(missing_ok=True)
        abandon(folder, new=False)


def _clear(folder: Path) -> None:
    for name in (KEY_FILE_PART, *_DATABASE_FILES):
        (folder / name).unlink(missing_ok=True)
    for name in (SEALED, BACKUP):
        if (folder / name).is_dir():
            (folder / name).rmdir()
    (folder / UNFINISHED).unlink(missing_ok=True)


def vault_files(folder: Path) -> tuple[VaultFile, ...]:
    """What must be copied to have the vault elsewhere; the lock is not part of it."""
    with disk_worded():
        names = [KEY_FILE, *_DATABASE_FILES]
        for each in (SEALED, BACKUP):
            if (folder / each).is_dir():
                names += [f"{each}/{name}" for name in DISK.names(folder / each)]
        found = [(name, folder / name) for name in names]
        return tuple(
            VaultFile(name=name, size=path.lstat().st_size)
            for name, path in found
            if path.is_file() and not path.is_symlink()
        )


def refuse_name(folder: Path) -> None:
    """SQLite takes names in UTF-8 only, and a name may be longer than it can take."""
    try:
        str(folder).encode("utf-8")
    except UnicodeEncodeError:
        raise disk_problem(errno.EILSEQ) from None
    if not folder.name:
        raise PlaceRefusedError(
            _("A whole disk cannot be a vault. Nothing was changed."),
            _("Add the name of a new folder on it."),
        )


def _refuse_unless_folder(folder: Path) -> None:
    found = folder.lstat()
    if stat.S_ISLNK(found.st_mode):
        raise PlaceRefusedError(
            _("This is a link to another place. Nothing was changed."),
            _("Choose the folder that it points to, or a new one."),
        )
    if not stat.S_ISDIR(found.st_mode):
        raise PlaceRefusedError(
            _("This is a file, not a folder. It was not changed."),
            _("Choose a new folder of your own."),
        )
    if sys.platform != "win32" and found.st_uid != os.geteuid():
        raise PlaceRefusedError(
            _("This folder belongs to another login. Nothing was changed."),
            _("Choose a folder of your own, or log in as its owner."),
        )


def _refuse_strange_parts(folder: Path) -> None:
    """Refuse a link or a pipe where SQLite, or the clearing away, would follow it."""
    wanted = dict.fromkeys(_DATABASE_FILES[1:], stat.S_ISREG)
    wanted |= dict.fromkeys((SEALED, BACKUP), stat.S_ISDIR)
    for name, fits in wanted.items():
        if os.path.lexists(folder / name) and not fits((folder / name).lstat().st_mode):
            raise DamagedVaultError(
                _("A part of this vault is a link or another strange thing."),
                _("Nothing was changed. Look for a copy of this folder, and open it."),
            )


def _refuse_unless_free(folder: Path) -> None:
    """Only nothing, or what ``lay_out`` made and never finished, makes way."""
    names = set(DISK.names(folder))
    kept = [
        x
        for each in (SEALED, BACKUP)
        if each in names
        for x in DISK.names(folder / each)
    ]
    marked = mark_of(folder) if UNFINISHED in names else None
    if marked == REMOVING:
        raise PlaceRefusedError(
            _("A vault was being removed here, and a part of it is left."),
            _("Finish that first with: guide vault destroy. Or take a new folder."),
        )
    free = names <= _MADE_FIRST or (marked == b"" and names <= _MADE)
    if kept or marked or not free:
        raise PlaceRefusedError(
            _("There is something in this folder already. It was not changed."),
            _("Choose a new or an empty folder."),
        )


def _make_private(path: Path, mode: int) -> None:
    """Close *path* to others, where the disk knows such a thing."""
    if sys.platform == "win32":
        return
    with suppress(OSError):  # a FAT stick, or a disk that cannot be written to
        found = path.lstat()
        ours = found.st_uid == os.geteuid() and not stat.S_ISLNK(found.st_mode)
        if ours and found.st_mode & 0o077:
            path.chmod(mode)


def _missing_database() -> DamagedVaultError:
    return DamagedVaultError(
        _("The database of this vault is missing. Nothing in it was changed."),
        _("Restore a backup, or copy vault.db back from a copy of this folder."),
    )
