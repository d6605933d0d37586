"""The keys of a vault: one root, and what is derived from it or opens it.

ROOT is a random age identity. The database key and the signing seed come from it
by HKDF-SHA256 (RFC 5869). It is wrapped under a key that Argon2id (RFC 9106) makes
of a passphrase, with ChaCha20-Poly1305 (RFC 8439). No key here has a readable
``repr``, and no error holds one.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING, NoReturn, final

from guide.vault.problems import NoMemoryError, NotSealedError

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

KEY_BYTES = 32
SALT_BYTES = 16
NONCE_BYTES = 12
TAG_BYTES = 16
IDENTITY_LENGTH = 74  # "AGE-SECRET-KEY-1" and 58 letters of Bech32

DATABASE_INFO = b"guide/vault/1 database key"
SIGNING_INFO = b"guide/vault/1 signing seed"
KEYRING_INFO = b"guide/vault/1 keyring slot"


@dataclass(frozen=True, slots=True, kw_only=True)
class Argon2Profile:
    """What one derivation costs: memory, passes over it, and lanes."""

    memory_kib: int
    passes: int
    lanes: int


# RFC 9106, section 4, the second recommended option: 64 MiB, about 0.1 s.
DESKTOP = Argon2Profile(memory_kib=64 * 1024, passes=3, lanes=4)
# The least that Argon2 allows. For tests, and never for anybody's vault.
CHEAPEST = Argon2Profile(memory_kib=8, passes=1, lanes=1)


@final
class Root:
    """The root of one vault. It gives keys to those who ask, and shows nothing."""

    __slots__ = ("_identity", "vault_id")

    def __init__(self, identity: str, vault_id: str) -> None:
        """Hold *identity* as ``age-keygen`` writes it, for the vault of that id."""
        self._identity = identity
        self.vault_id = vault_id

    @classmethod
    def new(cls, vault_id: str) -> Root:
        """A root that nobody has had before."""
        from pyrage.x25519 import Identity

        return cls(str(Identity.generate()), vault_id)

    def age_identity(self) -> str:
        """The secret that opens sealed files (``AGE-SECRET-KEY-1…``)."""
        return self._identity

    def age_recipient(self) -> str:
        """The public name that files are sealed for (``age1…``)."""
        from pyrage.x25519 import Identity

        return str(Identity.from_str(self._identity).to_public())

    def database_key(self) -> bytes:
        """The raw 256-bit key of the database."""
        return self._derived(DATABASE_INFO)

    def signing_key(self) -> Ed25519PrivateKey:
        """The key (RFC 8032) that signs the journal."""
        from cryptography.hazmat.primitives.asymmetric import ed25519

        seed = self._derived(SIGNING_INFO)
        return ed25519.Ed25519PrivateKey.from_private_bytes(seed)

    def __repr__(self) -> str:
        return "Root(…)"

    def __reduce__(self) -> NoReturn:
        raise TypeError("a root is never written down")

    def _derived(self, info: bytes) -> bytes:
        salt = bytes.fromhex(self.vault_id)
        return derived(self._identity.encode("ascii"), salt, info)


def derived(secret: bytes, salt: bytes, info: bytes) -> bytes:
    """32 bytes from *secret* for one purpose, by HKDF-SHA256 (RFC 5869)."""
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    return HKDF(SHA256(), KEY_BYTES, salt, info).derive(secret)


def stretched(secret: bytes, salt: bytes, profile: Argon2Profile) -> bytes:
    """32 bytes from something typed, by Argon2id, at the price of *profile*."""
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

    try:
        return Argon2id(
            salt=salt,
            length=KEY_BYTES,
            iterations=profile.passes,
            lanes=profile.lanes,
            memory_cost=profile.memory_kib,
        ).derive(secret)
    except MemoryError:
        raise NoMemoryError from None
    except UnsupportedAlgorithm:  # built against an OpenSSL older than 3.2
        raise NotSealedError from None


def wrapped(root: Root, key: bytes, bound: bytes) -> tuple[bytes, bytes]:
    """A fresh nonce, and *root* sealed under *key*; *bound* cannot be changed."""
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

    nonce = os.urandom(NONCE_BYTES)
    plain = root.age_identity().encode("ascii")
    return nonce, ChaCha20Poly1305(key).encrypt(nonce, plain, bound)


def unwrapped(key: bytes, nonce: bytes, sealed: bytes, bound: bytes) -> str | None:
    """The identity inside *sealed*, or None if anything about it is not right."""
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

    try:
        plain = ChaCha20Poly1305(key).decrypt(nonce, sealed, bound)
    except InvalidTag:
        return None
    return plain.decode("ascii")
