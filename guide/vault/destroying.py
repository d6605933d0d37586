"""Removing a whole vault, by the reader's own wish and in no other case.

The order is the promise. The spare of the key file goes, then the key file itself, in
one rename: before that moment the vault opens as ever, and after it nobody can open
anything that is left. (With the key file last, a kill half-way would leave a vault that
opens and lacks things.)
A removal that was cut short is known by its mark, and can be brought to its end.

Only what a vault makes itself is removed. Whatever else is in the folder stays.
Deleting is not wiping: a disk can keep old blocks, and a copy elsewhere still opens.
"""

from __future__ import annotations

import os
import re
import secrets
import stat
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from guide.model.problems import GuideError
from guide.vault.disk import DISK, Disk
from guide.vault.folder import BACKUP, COPIED, LOCK, SEALED
from guide.vault.key_file import (
    KEY_FILE_PART,
    MOST_BYTES,
    KeyFile,
    disk_worded,
    read_key_file,
)
from guide.vault.problems import NoVaultError, VaultDiskError
from guide.vault.sealed_folder import FILE_NAME, PART_NAME
from guide.vault.spare_keys import PUT_ASIDE, other_keys, read_spare
from guide.vault.unfinished import REMOVING, UNFINISHED, mark, mark_of
from guide.vault.whereabouts import KEY_FILE, is_vault

_BESIDE = r"(-wal|-shm|-journal)?"
# In the order in which they go; the mark goes last of all.
_OWN: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("", re.compile(rf"{re.escape(KEY_FILE_PART)}|{PUT_ASIDE.pattern}|{COPIED}")),
    (BACKUP, re.compile(r"keys\.json(\.part)?")),
    (BACKUP, re.compile(rf"(a\.db|b\.db|(new|[0-9a-f]{{8}})\.part){_BESIDE}")),
    ("", re.compile(rf"(vault|vault-[0-9a-f]{{8}})\.db(\.part)?{_BESIDE}")),
    (SEALED, re.compile(rf"{FILE_NAME.pattern}|{PART_NAME.pattern}")),
)
_MARKS = frozenset((UNFINISHED, LOCK))


class NotAllGoneError(VaultDiskError):
    """The key file is gone, and something could not be removed."""

    what = "The vault is gone, but not every file of it could be removed."
    next_step = "Nobody can open what is left here. Try again, or delete the folder."


def is_unfinished(folder: Path, disk: Disk = DISK) -> bool:
    """Whether a removal in *folder* was cut short."""
    return not is_vault(folder) and mark_of(folder, disk) == REMOVING


def key_file_is_whole(folder: Path, disk: Disk = DISK) -> bool:
    """Whether the key file that a removal put aside has not been overwritten yet."""
    with suppress(GuideError):
        return _opens(read_key_file(folder, disk, name=KEY_FILE_PART))
    return False


def spare_is_whole(folder: Path, disk: Disk = DISK) -> bool:
    """Whether the spare of the key file is there, which a removal takes first."""
    spare = read_spare(folder, disk)
    return spare is not None and _opens(spare)


def _opens(keys: KeyFile) -> bool:
    return any(not slot.damaged for slot in keys.slots)


def destroy(folder: Path, *, disk: Disk = DISK) -> tuple[str, ...]:
    """Remove the vault in *folder*, and name what is in the folder still.

    For the holder of its lock, with the database closed. Raises NotAllGoneError
    where something resists; again is then ``finish``.
    """
    if not is_vault(folder):
        raise NoVaultError
    with disk_worded():
        mark(folder, REMOVING, disk)
        _remove_other_keys(folder, disk)
        disk.rename(folder / KEY_FILE, folder / KEY_FILE_PART)
    return finish(folder, disk=disk)


def finish(folder: Path, *, disk: Disk = DISK) -> tuple[str, ...]:
    """Remove what an unfinished removal left, and name what is there still."""
    if not is_unfinished(folder, disk):
        raise NoVaultError
    try:
        disk.sync_folder(folder)
        _overwrite(folder / KEY_FILE_PART, disk)
        for path in _own_files(folder, disk):
            with suppress(FileNotFoundError):
                disk.remove(path)
        for name in (SEALED, BACKUP):
            with suppress(OSError):  # not empty, or never there: it is named below
                (folder / name).rmdir()
        disk.sync_folder(folder)
        left = _what_is_left(folder, disk)
        disk.remove(folder / UNFINISHED)
    except OSError:
        raise NotAllGoneError from None
    return left


def leave(folder: Path) -> None:
    """Take the lock file and the empty folder away, once the lock is let go."""
    with suppress(OSError):
        (folder / LOCK).unlink(missing_ok=True)
        folder.rmdir()


def _remove_other_keys(folder: Path, disk: Disk) -> None:
    """Leave the key file alone to open what is here. A link or a folder is none."""
    for path in other_keys(folder, disk):
        with suppress(FileNotFoundError):
            if stat.S_ISREG(disk.look(path).st_mode):
                _overwrite(path, disk)
                disk.remove(path)
    with suppress(FileNotFoundError):
        disk.sync_folder(folder / BACKUP)
    disk.sync_folder(folder)


def _overwrite(path: Path, disk: Disk) -> None:
    """Put noise over the key slots, where the disk writes in place; some do not."""
    with suppress(OSError):
        if not stat.S_ISREG(disk.look(path).st_mode):
            return
        with path.open("r+b", buffering=0) as file:
            size = min(os.fstat(file.fileno()).st_size, MOST_BYTES)
            file.write(secrets.token_bytes(size))
            os.fsync(file.fileno())


def _own_files(folder: Path, disk: Disk) -> Iterator[Path]:
    for under, form in _OWN:
        place = folder / under
        for name in _names(place, disk):
            path = place / name
            if form.fullmatch(name) and not stat.S_ISDIR(disk.look(path).st_mode):
                yield path


def _what_is_left(folder: Path, disk: Disk) -> tuple[str, ...]:
    found = []
    for name in disk.names(folder):
        if name in _MARKS:
            continue
        inside = _names(folder / name, disk) if name in (SEALED, BACKUP) else ()
        found += [f"{name}/{each}" for each in inside] or [name]
    return tuple(found)


def _names(folder: Path, disk: Disk) -> tuple[str, ...]:
    """What is in *folder*, unless a link leads out of the vault there."""
    if folder.is_symlink() or not folder.is_dir():
        return ()
    return disk.names(folder)
