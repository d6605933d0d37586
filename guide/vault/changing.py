"""The ways into an open vault: shown, added, changed and taken away.

Each change asks for the passphrase or the recovery words again, because whoever
sits at an open screen may not be the reader. A new way is tried before it is
written, and stands before the old one is gone: one rename does both.

ROOT stays the same, so an old copy of ``vault.json`` still opens with an old
passphrase. Whoever changes it because somebody knows it makes a new vault.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass

from guide.vault.key_file import MOST_SLOTS, KeyFile, read_key_file
from guide.vault.keys import DESKTOP, KEY_BYTES, Argon2Profile
from guide.vault.opening import (
    OpenVault,
    Way,
    by_passphrase,
    by_recovery,
    fitting_slot,
)
from guide.vault.passphrases import recovery_words, refuse_unfit
from guide.vault.problems import (
    DamagedVaultError,
    LastWayInError,
    NoSuchSlotError,
    NotSealedError,
    ReadOnlyVaultError,
)
from guide.vault.slots import MOST_WORK, Slot, SlotKind, new_slot, opened
from guide.vault.spare_keys import write_keys
from guide.words import _


@dataclass(frozen=True, slots=True, kw_only=True)
class WayIn:
    """One slot, as the reader sees it; ``kind`` is None if it is beyond reading."""

    name: str
    kind: SlotKind | None
    damaged: bool


def slots(vault: OpenVault) -> tuple[WayIn, ...]:
    """Every way into *vault*."""
    return tuple(
        WayIn(name=slot.name, kind=slot.kind, damaged=slot.damaged)
        for slot in read_key_file(vault.folder).slots
    )


def change_passphrase(
    vault: OpenVault, current: str, new: str, *, profile: Argon2Profile = DESKTOP
) -> None:
    """Let *new* open the vault instead of *current*.

    *current* may be the recovery words: then *new* replaces every passphrase.
    """
    refuse_unfit(new)
    keys, proven = _proven(vault, current)
    added = _tried(vault, by_passphrase(new), profile)
    gone: tuple[Slot, ...] = (proven,)
    if proven.kind is SlotKind.RECOVERY:
        gone = keys.of_kind(SlotKind.PASSPHRASE)
    _write(vault, keys, added, gone)


def add_recovery(
    vault: OpenVault, proof: str, *, profile: Argon2Profile = DESKTOP
) -> tuple[str, ...]:
    """Ten new words that open the vault, for paper; an earlier sheet ends here."""
    keys, _slot = _proven(vault, proof)
    words = recovery_words()
    added = _tried(vault, by_recovery(" ".join(words)), profile)
    _write(vault, keys, added, keys.of_kind(SlotKind.RECOVERY))
    return words


def add_keyring(
    vault: OpenVault, proof: str, hand_over: Callable[[bytes], None]
) -> None:
    """Let a new random secret open the vault, once *hand_over* has put it away.

    There is one such way in: an earlier one ends here. If *hand_over* raises, nothing
    has changed.
    """
    keys, _slot = _proven(vault, proof)
    secret = secrets.token_bytes(KEY_BYTES)
    added = _tried(vault, Way(SlotKind.KEYRING, secret), DESKTOP)
    after = _after(keys, added, keys.of_kind(SlotKind.KEYRING))
    hand_over(secret)
    write_keys(vault.folder, after)


def remove_keyring(vault: OpenVault, proof: str) -> None:
    """Take the way of this login's keyring away; without one, nothing happens."""
    keys, _slot = _proven(vault, proof)
    _write(vault, keys, None, keys.of_kind(SlotKind.KEYRING))


def prove(vault: OpenVault, proof: str) -> None:
    """Refuse unless *proof* is a passphrase or the recovery words of *vault*."""
    _proven(vault, proof)


def remove_slot(vault: OpenVault, proof: str, name: str) -> None:
    """Take one way in away, never the last passphrase that is intact."""
    keys, _slot = _proven(vault, proof)
    gone = tuple(slot for slot in keys.slots if slot.name == name)
    if not gone:
        raise NoSuchSlotError
    left = [slot for slot in keys.of_kind(SlotKind.PASSPHRASE) if slot not in gone]
    if all(slot.damaged for slot in left):
        raise LastWayInError
    _write(vault, keys, None, gone)


def _proven(vault: OpenVault, proof: str) -> tuple[KeyFile, Slot]:
    """The key file as it is now, and the slot that *proof* opens."""
    if vault.read_only:
        raise ReadOnlyVaultError
    keys = read_key_file(vault.folder)
    slot, root = fitting_slot(keys, by_passphrase(proof), by_recovery(proof))
    same = secrets.compare_digest(root.age_identity(), vault.root.age_identity())
    if keys.id != vault.id or not same:
        raise DamagedVaultError
    return keys, slot


def _tried(vault: OpenVault, way: Way, profile: Argon2Profile) -> Slot:
    """A new slot that has been opened once."""
    slot = new_slot(way.kind, way.secret, vault.root, profile)
    root = opened(slot, way.secret, vault.id)
    if root is None or root.age_identity() != vault.root.age_identity():
        raise NotSealedError
    return slot


def _write(
    vault: OpenVault, keys: KeyFile, added: Slot | None, gone: tuple[Slot, ...]
) -> None:
    write_keys(vault.folder, _after(keys, added, gone))


def _after(keys: KeyFile, added: Slot | None, gone: tuple[Slot, ...]) -> KeyFile:
    """*keys* as they will be, unless that is more than a key file takes."""
    stay = tuple(slot for slot in keys.slots if slot not in gone)
    after = (*stay, added) if added else stay
    if len(after) > MOST_SLOTS or sum(slot.work for slot in after) > MOST_WORK:
        raise NoSuchSlotError(
            _("This vault has as many ways in as it can have. Nothing was changed."),
            _("Take one of them away first."),
        )
    return keys.with_slots(*after)
