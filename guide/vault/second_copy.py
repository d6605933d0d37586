"""A second copy of a whole vault, on another disk: sealed, and read back.

Everything in it is sealed, so it is copied byte for byte. A copy is a vault of its
own, which opens with the same passphrase. It can be brought up to date again and
again: kept files never change, so those that are there already are not copied twice.

Each file has its name only once it was read back. A new copy has its key file last,
so it is no vault before it is whole; an older one stays the vault that it was until
the new database takes the old one's place. Until the end a mark says that it is not
complete. Nothing that is only in the copy is lost or removed.
"""

from __future__ import annotations

import errno
import os
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from guide.vault import folder as place
from guide.vault.backup import BESIDE, back_up, copy_checked, is_good
from guide.vault.copy_judging import is_as_copied, is_earlier, is_whole
from guide.vault.disk import DISK, Disk
from guide.vault.key_file import (
    disk_worded,
    key_file_bytes,
    read_key_file,
    write_new,
)
from guide.vault.lock import hold
from guide.vault.opening import OpenVault
from guide.vault.problems import PlaceRefusedError, VaultDiskError, disk_problem
from guide.vault.sealed_folder import (
    FILE_NAME,
    Cancelled,
    Progress,
    Tally,
    never,
    quiet,
)
from guide.vault.spare_keys import keep_in_step, write_keys
from guide.vault.unfinished import REMOVING, UNFINISHED, mark, mark_of
from guide.vault.whereabouts import DATABASE, is_vault
from guide.words import _

_ROOM = 16 << 20


class NotCopiedError(VaultDiskError):
    """A copy that did not come to its end; the vault itself is as it was."""

    what = "The copy is not complete. Your notes here are as they were."
    next_step = "Check the other disk, and copy again: it goes on where it stopped."


@dataclass(frozen=True, slots=True, kw_only=True)
class Copied:
    """What came of it."""

    files: int  # kept files that were copied now, records with them
    there: int  # that were there before
    more: int  # that are in the copy only
    put_aside: Path | None  # the database of a copy that knew more than the vault
    damaged: int = 0  # that do not open here, so that the copy kept its own


def copy_vault(
    vault: OpenVault,
    target: Path,
    *,
    progress: Progress = quiet,
    cancelled: Cancelled = never,
    disk: Disk = DISK,
) -> Copied:
    """Make the folder *target* a copy of *vault* as it is now.

    *target* is new, empty, or an earlier copy of it. Raises PlaceRefusedError where
    it is something else, VaultDiskError where it cannot have that name, NotCopiedError
    where its disk fails, StoppedError.
    """
    target = target.absolute()
    place.refuse_name(target)  # the name is wrong then, and not the other disk
    _refuse_inside(vault.folder, target)
    _refuse_other(vault, target)
    vault.end_beside()
    # Where nothing can be written, the database itself stands still.
    still = vault.folder / DATABASE
    backup = still if vault.read_only else back_up(vault).path
    with _faults():
        _make_folder(target, disk)
        lock = hold(target / place.LOCK)
        try:
            copying = _Copying(vault, target, disk)
            return copying.copy(backup, progress, cancelled)
        finally:
            lock.release()


class _Copying:
    """One copy on its way, with the lock of the target held."""

    def __init__(self, vault: OpenVault, target: Path, disk: Disk) -> None:
        self._vault, self._target, self._disk = vault, target, disk

    def copy(self, backup: Path, progress: Progress, cancelled: Cancelled) -> Copied:
        disk, target = self._disk, self._target
        mark(target, self._vault.id.encode("ascii"), disk)
        for name in (place.SEALED, place.BACKUP):
            disk.make_folder(target / name)
        wanted, there = self._sealed(self._vault.folder), self._sealed(target)
        watching = Tally(0, quiet, cancelled).watch
        others = {x: size for x, size in wanted.items() if there.get(x) != size}
        missing = {
            name: size
            for name, size in others.items()
            if name not in there or is_whole(self._vault, name, watching, disk)
        }
        database = disk.look(backup).st_size
        total = sum(missing.values()) + database
        self._refuse_without_room(total)
        tally = Tally(2 * total, progress, cancelled)

        def watch(count: int) -> None:
            tally.done += count
            tally.watch()

        watch(0)
        for name in missing:
            self._copy_sealed(name, watch)
        disk.sync_folder(target / place.SEALED)
        aside = self._copy_database(backup, watch)
        self._copy_key_file()
        disk.remove(target / UNFINISHED)
        disk.sync_folder(target)
        tally.finish()
        return Copied(
            files=len(missing),
            there=len(wanted) - len(others),
            more=len(there.keys() - wanted.keys()),
            put_aside=aside,
            damaged=len(others) - len(missing),
        )

    def _sealed(self, folder: Path) -> dict[str, int]:
        """The sealed files in *folder*, and how big they are."""
        sealed = folder / place.SEALED
        with suppress(FileNotFoundError):
            names = [x for x in self._disk.names(sealed) if FILE_NAME.fullmatch(x)]
            return {name: self._disk.look(sealed / name).st_size for name in names}
        return {}

    def _refuse_without_room(self, total: int) -> None:
        missing = total + _ROOM - self._disk.free(self._target)
        if missing > 0:
            raise NotCopiedError(
                _("The other disk has too little room, so nothing was copied."),
                _("Make {megabytes} MB of room on it, and copy again.").format(
                    megabytes=-(-missing // 1_000_000)
                ),
            )

    def _copy_sealed(self, name: str, watch: Callable[[int], None]) -> None:
        source, target = (x / place.SEALED for x in (self._vault.folder, self._target))
        part = target / f"{name.removesuffix('.age')}.part"
        with self._parts(part):
            copy_checked(self._disk, source / name, part, watch)
            self._disk.rename(part, target / name)

    def _copy_database(self, backup: Path, watch: Callable[[int], None]) -> Path | None:
        """The new database in the place of the old; where that is if it was changed."""
        disk, database = self._disk, self._target / DATABASE
        part = database.with_name(f"{DATABASE}.part")
        with self._parts(part):
            copied = copy_checked(disk, backup, part, watch)
            key = self._vault.root.database_key()
            if not is_good(part, key, self._vault.id):
                raise OSError(errno.EIO, "")
            same = is_as_copied(self._target, disk)
            known = same and is_earlier(self._vault, database)
            aside = None if known else self._keep_aside(database)
            disk.rename(part, database)
        with suppress(FileNotFoundError):
            disk.remove(self._target / place.COPIED)
        write_new(self._target / place.COPIED, f"{copied}\n".encode("ascii"), disk)
        return aside

    def _keep_aside(self, database: Path) -> Path | None:
        """Keep what somebody wrote into the copy; the old one stands until the end."""
        disk = self._disk
        aside = database.with_name(f"vault-{secrets.token_hex(4)}.db")
        try:
            with self._parts(aside):
                copy_checked(disk, database, aside)
        except FileNotFoundError:
            return None
        # Without its journal the old one is a whole one, of an earlier moment.
        for end in BESIDE:
            with suppress(FileNotFoundError):
                disk.rename(Path(f"{database}{end}"), Path(f"{aside}{end}"))
        return aside

    def _copy_key_file(self) -> None:
        keys = read_key_file(self._vault.folder, self._disk)
        if is_vault(self._target):
            there = read_key_file(self._target, self._disk)
            if key_file_bytes(there) == key_file_bytes(keys):
                keep_in_step(self._target, keys, self._disk)
                return
        write_keys(self._target, keys, self._disk)

    @contextmanager
    def _parts(self, part: Path) -> Iterator[None]:
        """Nothing half-written is left, unless the disk itself is gone."""
        with suppress(FileNotFoundError):
            self._disk.remove(part)
        try:
            yield
        except BaseException:
            with suppress(OSError):
                self._disk.remove(part)
            raise


def _refuse_inside(folder: Path, target: Path) -> None:
    """A copy inside the vault, or around it, would be lost with it."""
    try:
        here, there = folder.resolve(), target.resolve()
    except (OSError, RuntimeError, ValueError):
        raise disk_problem(errno.EINVAL) from None
    if here == there or here in there.parents or there in here.parents:
        raise PlaceRefusedError(
            _("That is where your notes are already. Nothing was copied."),
            _("Name a new folder on another disk, such as a stick."),
        )


def _refuse_other(vault: OpenVault, target: Path) -> None:
    """Only nothing, or an earlier copy of the same vault, makes way."""
    with disk_worded():
        if not os.path.lexists(target) or not target.is_dir() or target.is_symlink():
            return  # made, or refused with its reason, where folders are made
        names = set(DISK.names(target)) - {place.LOCK}
        said = mark_of(target)
    if is_vault(target):
        ours = read_key_file(target).id == vault.id and said != REMOVING
    else:
        begun = said == b"" and names == {UNFINISHED}
        ours = not names or begun or said == vault.id.encode("ascii")
    if not ours:
        raise PlaceRefusedError(
            _("There is something else in this folder. Nothing was changed in it."),
            _("Name a new folder, or the folder of an earlier copy."),
        )


def _make_folder(target: Path, disk: Disk) -> None:
    if is_vault(target):
        place.check_folder(target, whole=False)
    elif not mark_of(target, disk):
        place.make_folder(target)


@contextmanager
def _faults() -> Iterator[None]:
    """What goes wrong in here is the fault of the other disk."""
    try:
        yield
    except NotCopiedError:
        raise
    except VaultDiskError:
        raise NotCopiedError from None
    except OSError as error:
        if error.errno == errno.EFBIG:
            raise NotCopiedError(
                next_step=_(
                    "This disk takes no file as large as one of yours. Use a disk "
                    "with another format, such as exFAT."
                )
            ) from None
        raise NotCopiedError from None
