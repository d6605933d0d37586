"""The key slots of a vault: each wraps the root once, and each is one way in.

A slot may come from anybody, so every part of it has a form and a limit: it cannot
ask for much memory or time. It carries a checksum, which tells damage from a wrong
passphrase. A damaged slot never stands in the way of an intact one.
"""

from __future__ import annotations

import hashlib
import json
import re
import secrets
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from guide.vault.keys import (
    DESKTOP,
    IDENTITY_LENGTH,
    KEYRING_INFO,
    NONCE_BYTES,
    SALT_BYTES,
    TAG_BYTES,
    Argon2Profile,
    Root,
    derived,
    stretched,
    unwrapped,
    wrapped,
)
from guide.vault.problems import DamagedVaultError

FORMAT, VERSION = "guide/vault", 1
# Dear enough for a stronger profile some day, cheap enough to survive a hostile one:
# the guide stays below 256 MiB, and all slots of a file together below a second.
DEAREST = Argon2Profile(memory_kib=128 * 1024, passes=8, lanes=8)
MOST_WORK = 4 * DESKTOP.memory_kib * DESKTOP.passes  # KiB times passes

_SEALED_BYTES = IDENTITY_LENGTH + TAG_BYTES
_CHECK = re.compile(r"[0-9a-f]{16}")
_RECIPIENT = re.compile(r"age1[0-9a-z]{10,2000}")
_AGE_FILE = re.compile(r"(?:[0-9a-f]{2}){100,4096}")


class SlotKind(StrEnum):
    """What opens a slot."""

    PASSPHRASE = "passphrase"  # noqa: S105  the kind, not a passphrase
    RECOVERY = "recovery"  # ten words on paper
    KEYRING = "keyring"  # a random secret that this login's keyring holds
    RECIPIENT = "recipient"  # an advocate's own age identity


_COSTS = ("memory_kib", "passes", "lanes")
_WRAP = ("salt", "nonce", "sealed")
_FIELDS: Mapping[SlotKind, frozenset[str]] = {
    SlotKind.PASSPHRASE: frozenset((*_COSTS, *_WRAP)),
    SlotKind.RECOVERY: frozenset((*_COSTS, *_WRAP)),
    SlotKind.KEYRING: frozenset(_WRAP),
    SlotKind.RECIPIENT: frozenset(("recipient", "sealed")),
}
_FORMS: Mapping[str, re.Pattern[str]] = {
    "salt": re.compile(rf"[0-9a-f]{{{2 * SALT_BYTES}}}"),
    "nonce": re.compile(rf"[0-9a-f]{{{2 * NONCE_BYTES}}}"),
    "sealed": re.compile(rf"[0-9a-f]{{{2 * _SEALED_BYTES}}}"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """One way in. ``said`` is the slot as the file says it; nothing in it is secret.

    ``kind`` is None if the slot has not the form of any kind.
    """

    kind: SlotKind | None
    said: Mapping[str, object]
    damaged: bool = False

    @property
    def name(self) -> str:
        """Eight digits by which the reader can tell slots apart."""
        return hashlib.sha256(_canonical(self.said)).hexdigest()[:8]

    @property
    def work(self) -> int:
        """The part of ``MOST_WORK`` that trying this slot takes."""
        typed = (SlotKind.PASSPHRASE, SlotKind.RECOVERY)
        if self.kind not in typed:
            return 0
        return self.profile.memory_kib * self.profile.passes

    @property
    def profile(self) -> Argon2Profile:
        """What trying this slot costs."""
        memory_kib, passes, lanes = (int(str(self.said[name])) for name in _COSTS)
        return Argon2Profile(memory_kib=memory_kib, passes=passes, lanes=lanes)

    def part(self, name: str) -> bytes:
        """The bytes that stand under *name* in hexadecimal."""
        return bytes.fromhex(str(self.said[name]))


def new_slot(kind: SlotKind, secret: bytes, root: Root, profile: Argon2Profile) -> Slot:
    """Wrap *root* so that *secret* opens it, at the price of *profile*."""
    said: dict[str, object] = {"kind": str(kind)}
    if kind is not SlotKind.KEYRING:
        said |= {name: getattr(profile, name) for name in _COSTS}
    said["salt"] = secrets.token_bytes(SALT_BYTES).hex()
    slot = Slot(kind=kind, said=said)
    bound = _bound(slot, root.vault_id)
    nonce, sealed = wrapped(root, _slot_key(slot, secret), bound)
    said |= {"nonce": nonce.hex(), "sealed": sealed.hex()}
    return Slot(kind=kind, said=said | {"check": _checksum(said, root.vault_id)})


def opened(slot: Slot, secret: bytes, vault_id: str) -> Root | None:
    """What is in *slot*, if *secret* opens it; the price is the same if not."""
    key = _slot_key(slot, secret)
    bound = _bound(slot, vault_id)
    identity = unwrapped(key, slot.part("nonce"), slot.part("sealed"), bound)
    return Root(identity, vault_id) if identity else None


def parse_slot(value: object, vault_id: str) -> Slot:
    """One slot; a slot without form is kept as it is, and opens nothing."""
    if not isinstance(value, dict) or not all(map(_is_flat, value.values())):
        raise DamagedVaultError
    kind = _kind(value)
    said = {name: part for name, part in value.items() if name != "check"}
    intact = kind is not None and value.get("check") == _checksum(said, vault_id)
    return Slot(kind=kind, said=value, damaged=not intact)


def affordable(slots: Iterable[Slot]) -> Iterator[Slot]:
    """*slots* in their order; one too dear after those before it opens nothing."""
    left = MOST_WORK
    for slot in slots:
        if slot.work > left:
            yield replace(slot, kind=None, damaged=True)
        else:
            left -= slot.work
            yield slot


def _is_flat(value: object) -> bool:
    return value is None or isinstance(value, str | int)


def _kind(value: Mapping[str, object]) -> SlotKind | None:
    """The kind of a slot whose every field has the form of that kind."""
    said = value.get("kind")
    kind = next((each for each in SlotKind if each == said), None)
    if kind is None or set(value) != {"kind", "check", *_FIELDS[kind]}:
        return None
    forms = dict(_FORMS)
    if kind is SlotKind.RECIPIENT:
        forms = {"recipient": _RECIPIENT, "sealed": _AGE_FILE}
    forms["check"] = _CHECK
    texts = all(has_form(forms[x], value[x]) for x in forms if x in value)
    costs = all(_is_payable(x, value[x]) for x in _COSTS if x in value)
    return kind if texts and costs and _has_memory(value) else None


def _is_payable(name: str, value: object) -> bool:
    return type(value) is int and 1 <= value <= getattr(DEAREST, name)


def _has_memory(value: Mapping[str, object]) -> bool:
    """Argon2 needs 8 KiB for each lane (RFC 9106, section 3.1)."""
    if "lanes" not in value:
        return True
    return int(str(value["memory_kib"])) >= 8 * int(str(value["lanes"]))


def has_form(form: re.Pattern[str], value: object) -> bool:
    """Whether *value* is a text of exactly that *form*."""
    return isinstance(value, str) and form.fullmatch(value) is not None


def _slot_key(slot: Slot, secret: bytes) -> bytes:
    if slot.kind is SlotKind.KEYRING:
        return derived(secret, slot.part("salt"), KEYRING_INFO)
    return stretched(secret, slot.part("salt"), slot.profile)


def _bound(slot: Slot, vault_id: str) -> bytes:
    """What a slot is tied to: the format, its vault, its kind and its price."""
    costs = [str(slot.said[name]) for name in _COSTS if name in slot.said]
    parts = (FORMAT, str(VERSION), vault_id, str(slot.kind), *costs)
    return " ".join(parts).encode("ascii")


def _checksum(said: Mapping[str, object], vault_id: str) -> str:
    """The start of SHA-256 over a slot and the vault it belongs to; no secret."""
    whole = {"format": FORMAT, "version": VERSION, "id": vault_id, "slot": said}
    return hashlib.sha256(_canonical(whole)).hexdigest()[:16]


def _canonical(value: Mapping[str, object]) -> bytes:
    return json.dumps(value, sort_keys=True, separators=(",", ":")).encode("ascii")
