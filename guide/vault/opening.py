"""Making a vault and opening it: the whole story, from a folder to a connection.

A vault exists from the moment its key file stands, and not before: a making that is
cut short leaves a folder that can be used again. A new vault is opened with what
the reader chose before anything is kept in it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from guide.vault import folder as place
from guide.vault.connection import make_database, open_database
from guide.vault.key_file import KeyFile, read_key_file, replace_key_file
from guide.vault.keys import DESKTOP, Argon2Profile, Root
from guide.vault.lock import Lock, hold
from guide.vault.passphrases import passphrase_bytes, recovery_bytes, refuse_unfit
from guide.vault.problems import (
    DamagedVaultError,
    VaultDiskError,
    WrongPassphraseError,
)
from guide.vault.slots import Slot, SlotKind, new_slot, opened
from guide.vault.spare_keys import damaged_keys, keep_in_step, read_spare
from guide.vault.whereabouts import DATABASE

if TYPE_CHECKING:
    import apsw


@dataclass(slots=True, kw_only=True)
class UnlockedVault:
    """The keys of a vault whose database is not open; the lock is held."""

    folder: Path
    id: str
    keys: KeyFile = field(repr=False)  # what opened it
    root: Root = field(repr=False)
    lock: Lock | None = field(repr=False)  # None where nobody can write

    def close(self) -> None:
        """Let others in; a second time does nothing."""
        if self.lock is not None:
            self.lock.release()


@dataclass(slots=True, kw_only=True)
class OpenVault:
    """A vault while it is open. ``close`` it, and its lock and keys are let go."""

    folder: Path
    id: str
    connection: apsw.Connection = field(repr=False)
    root: Root = field(repr=False)
    lock: Lock | None = field(repr=False)  # None where nobody can write
    read_only: bool = False
    damaged_slots: bool = False  # it opened, but another way in may not
    others_can_look: bool = False  # this disk keeps no login out
    beside: list[Callable[[], None]] = field(default_factory=list, repr=False)

    def close(self) -> None:
        """Write all of it out and let others in; a second time does nothing."""
        try:
            self.close_database()
        finally:
            if self.lock is not None:
                self.lock.release()

    def close_database(self) -> None:
        """Write all of it out, and keep the lock."""
        self.end_beside()
        self.connection.close()

    def end_beside(self) -> None:
        """End what runs beside, such as the backup of today."""
        while self.beside:
            self.beside.pop()()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


def create_vault(
    folder: Path, passphrase: str, *, profile: Argon2Profile = DESKTOP, now: datetime
) -> OpenVault:
    """Make a vault in *folder*, which is new or empty, and open it."""
    refuse_unfit(passphrase)
    folder = folder.absolute()
    new = place.make_folder(folder)
    with ExitStack() as on_failure:
        lock = hold(folder / place.LOCK)
        on_failure.callback(lock.release)
        # Only whoever holds the lock may take away what stands beside it.
        on_failure.callback(place.abandon, folder, new=new)
        place.lay_out(folder)
        _make(folder, passphrase_bytes(passphrase), profile, now)
        vault = _with_database(_with_keys(folder, by_passphrase(passphrase), lock))
        on_failure.pop_all()
    return vault


def open_vault(folder: Path, passphrase: str) -> OpenVault:
    """Open the vault in *folder* with the passphrase of any of its slots."""
    return _opened(folder, by_passphrase(passphrase))


def open_with_recovery(folder: Path, words: str) -> OpenVault:
    """Open the vault in *folder* with the words of its recovery sheet."""
    return _opened(folder, by_recovery(words))


def open_with_keyring(folder: Path, secret: bytes) -> OpenVault:
    """Open the vault in *folder* with what this login's keyring holds."""
    return _opened(folder, Way(SlotKind.KEYRING, secret))


def unlock(folder: Path, way: Way) -> UnlockedVault:
    """The keys and the lock without the database, which may be damaged or gone.

    For putting a backup in its place; ``close`` it before the vault is opened.
    """
    folder = folder.absolute()
    place.check_folder(folder, whole=False)
    return _unlocked(folder, way)


@dataclass(frozen=True, slots=True)
class Way:
    """A way in that the reader tries. It has no readable ``repr``."""

    kind: SlotKind
    secret: bytes = field(repr=False)


def by_passphrase(typed: str) -> Way:
    """The way of a passphrase, exactly as it was typed."""
    return Way(SlotKind.PASSPHRASE, passphrase_bytes(typed))


def by_recovery(typed: str) -> Way:
    """The way of a recovery sheet, however its words were copied."""
    return Way(SlotKind.RECOVERY, recovery_bytes(typed))


def fitting_slot(keys: KeyFile, *ways: Way) -> tuple[Slot, Root]:
    """The first slot that one of *ways* opens, and what is in it.

    A wrong secret costs one derivation for each slot of its kind, whatever it is.
    """
    for way in ways:
        for slot in keys.of_kind(way.kind):
            if (root := opened(slot, way.secret, keys.id)) is not None:
                return slot, root
    # A slot of no kind may be the one that this secret once opened.
    kinds = {None, *(way.kind for way in ways)}
    if any(slot.damaged and slot.kind in kinds for slot in keys.slots):
        raise DamagedVaultError
    raise WrongPassphraseError


def _make(folder: Path, secret: bytes, profile: Argon2Profile, now: datetime) -> None:
    """Write the database first and the key file, which makes it a vault, last."""
    root = Root.new(place.new_id())
    slot = new_slot(SlotKind.PASSPHRASE, secret, root, profile)
    database = folder / DATABASE
    make_database(database, root.database_key(), root.vault_id, now)
    replace_key_file(folder, KeyFile(id=root.vault_id, slots=(slot,)))


def _opened(folder: Path, way: Way) -> OpenVault:
    folder = folder.absolute()
    place.check_folder(folder)
    with _closed_on_failure(_unlocked(folder, way)) as unlocked:
        return _with_database(unlocked)


def _unlocked(folder: Path, way: Way) -> UnlockedVault:
    """Take the lock first: whoever is second is told before anything is derived."""
    lock = hold(folder / place.LOCK) if place.can_write(folder) else None
    try:
        return _with_keys(folder, way, lock)
    except BaseException:
        if lock is not None:
            lock.release()
        raise


def _with_keys(folder: Path, way: Way, lock: Lock | None) -> UnlockedVault:
    try:
        keys = read_key_file(folder)
        _slot, root = fitting_slot(keys, way)
    except DamagedVaultError:
        raise damaged_keys(folder) from None
    except VaultDiskError:  # one bad sector is enough
        if read_spare(folder) is None:
            raise
        raise damaged_keys(folder) from None
    return UnlockedVault(folder=folder, id=keys.id, keys=keys, root=root, lock=lock)


def _with_database(vault: UnlockedVault) -> OpenVault:
    read_only = vault.lock is None
    if not read_only:
        place.tidy(vault.folder)
    database, key = vault.folder / DATABASE, vault.root.database_key()
    connection = open_database(database, key, vault.id, read_only=read_only)
    if not read_only:  # and only now: these keys are known to be the right ones
        keep_in_step(vault.folder, vault.keys)
    return OpenVault(
        folder=vault.folder,
        id=vault.id,
        connection=connection,
        root=vault.root,
        lock=vault.lock,
        read_only=read_only,
        damaged_slots=vault.keys.damaged,
        others_can_look=place.others_can_look(vault.folder),
    )


@contextmanager
def _closed_on_failure(vault: UnlockedVault) -> Iterator[UnlockedVault]:
    try:
        yield vault
    except BaseException:
        vault.close()
        raise
