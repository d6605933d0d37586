"""The keyring of this login, where a vault may leave a secret that opens it.

Only the systems' own keyrings count: Secret Service, KWallet, the macOS Keychain and
the Windows Credential Manager. They are named here and made by name: nothing that
the environment, a settings file or an installed plug-in chooses is ever asked, and
if one was chosen, that is said and nothing is stored. They are asked within this
computer only. One that does not answer in time counts as not there.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from threading import Thread
from typing import Protocol, TypeVar, cast

from guide.model.problems import GuideError
from guide.words import _

PATIENCE = 3.0  # seconds; a screen waits for it
_HEX = re.compile(r"[0-9a-f]{64}")
_CHOOSES = ("PYTHON_KEYRING_BACKEND", "KEYCHAIN_PATH")
_STEERS = "KEYRING_PROPERTY_"
_BUS = "DBUS_SESSION_BUS_ADDRESS"

T = TypeVar("T")


class KeychainRefusedError(GuideError):
    """There is no keyring that is known to be safe."""

    what = "The guide knows no safe keyring of this login. Nothing was changed."
    next_step = "Go on with the passphrase."


class KeychainSilentError(GuideError):
    """The keyring is there, and did not do what was asked."""

    what = "The keyring of this login did not answer. Nothing was changed."
    next_step = (
        "If a window asks for its password, answer that, and try again."
        " Or use the passphrase."
    )


class Store(Protocol):
    """A keyring, as far as it is used here."""

    def get_password(self, service: str, username: str, /) -> str | None:
        """What stands under the two names."""

    def set_password(self, service: str, username: str, password: str, /) -> None:
        """Put *password* under the two names, in the place of what was there."""

    def delete_password(self, service: str, username: str, /) -> None:
        """Take away what stands there; it is a fault if nothing does."""


@dataclass(frozen=True, slots=True)
class Keychain:
    """One keyring. Names in it say nothing but the random id of the vault."""

    name: str
    store: Store = field(repr=False)
    patience: float = PATIENCE

    def put(self, vault_id: str, secret: bytes) -> None:
        """Leave *secret* there; it counts once it was read back."""
        text = secret.hex()

        def leave() -> bool:
            self.store.set_password(*_names(vault_id), text)
            return self.store.get_password(*_names(vault_id)) == text

        if not self._asked(leave):
            raise KeychainSilentError

    def get(self, vault_id: str) -> bytes | None:
        """The secret that stands there for the vault, if there is one."""
        # In a list, because "nothing" is an answer too.
        (found,) = self._asked(lambda: [self.store.get_password(*_names(vault_id))])
        if found is None or not _HEX.fullmatch(found):
            return None
        return bytes.fromhex(found)

    def forget(self, vault_id: str) -> None:
        """Take the secret away; where there is none, nothing happens."""
        if self.get(vault_id) is None:
            return

        def take_away() -> bool:
            self.store.delete_password(*_names(vault_id))
            return self.store.get_password(*_names(vault_id)) is None

        if not self._asked(take_away):
            raise KeychainSilentError

    def _asked(self, ask: Callable[[], T]) -> T:
        """What *ask* gives within the time there is."""
        answers: list[T] = []

        def listen() -> None:
            # Whatever a keyring raises: its words may quote what was stored.
            with suppress(BaseException):
                answers.append(ask())

        thread = Thread(target=listen, name="keyring", daemon=True)
        thread.start()
        thread.join(self.patience)
        if not answers:
            raise KeychainSilentError
        return answers[0]


@dataclass(frozen=True, slots=True)
class _Known:
    """A keyring that counts as safe, and where ``keyring`` has it."""

    module: str
    kind: str
    name: str


_KNOWN: Mapping[str, tuple[_Known, ...]] = {
    "darwin": (_Known("keyring.backends.macOS", "Keyring", "macOS Keychain"),),
    "win32": (
        _Known(
            "keyring.backends.Windows", "WinVaultKeyring", "Windows Credential Manager"
        ),
    ),
}
_ELSEWHERE = (
    _Known("keyring.backends.SecretService", "Keyring", "Secret Service"),
    _Known("keyring.backends.kwallet", "DBusKeyring", "KWallet"),
)


def this_logins() -> Keychain:
    """The keyring of this login. Raises KeychainRefusedError with the reason."""
    return the_keychain(os.environ, _settings_file())


def the_keychain(
    environment: Mapping[str, str], settings: Path, *, patience: float = PATIENCE
) -> Keychain:
    """The safe keyring that is there, if neither of the two chooses another one.

    Raises KeychainRefusedError with the reason.
    """
    refuse_chosen(environment, settings)
    if sys.platform not in _KNOWN:
        _refuse_far_bus(environment)
    found: list[Keychain] = []

    def look() -> None:
        with suppress(BaseException):  # each says in its own way that it is not there
            for known in _KNOWN.get(sys.platform, _ELSEWHERE):
                store = _made(known)
                if store is not None:
                    found.append(Keychain(known.name, store, patience))
                    return

    thread = Thread(target=look, name="keyring", daemon=True)
    thread.start()
    thread.join(patience)
    if not found:
        raise KeychainRefusedError(
            _("This login has no keyring that the guide knows. Nothing was changed.")
        )
    return found[0]


def refuse_chosen(environment: Mapping[str, str], settings: Path) -> None:
    """Refuse where somebody chose which keyring is asked, and say which one."""
    for name in _CHOOSES:
        if environment.get(name):
            raise _chosen(name, environment[name])
    if any(name.startswith(_STEERS) for name in environment):
        raise _chosen(f"{_STEERS}*", "")
    if os.path.lexists(settings):
        raise _chosen(settings.name, _named_in(settings))


def _made(known: _Known) -> Store | None:
    """The keyring of that name, if this computer has it."""
    kind = getattr(import_module(known.module), known.kind)
    if not getattr(kind, "viable", False):
        return None
    return cast("Callable[[], Store]", kind)()


def _names(vault_id: str) -> tuple[str, str]:
    return f"notes {vault_id[:8]}", vault_id


def _settings_file() -> Path:
    util = import_module("keyring.util.platform_")
    return Path(str(util.config_root())) / "keyringrc.cfg"


def _named_in(settings: Path) -> str:
    with suppress(OSError):
        return settings.read_bytes()[:4096].decode("utf-8", "replace")
    return ""


def _chosen(by: str, text: str) -> KeychainRefusedError:
    """Why a keyring that was chosen from outside is not used."""
    what = _("A setting, {by}, says which keyring is used. Nothing was changed.")
    then = _("The guide asks only the system's own keyring. Use the passphrase.")
    lower = text.lower()
    if "null" in lower or "fail" in lower:
        then = _("That keyring keeps nothing at all. Go on with the passphrase.")
    elif "plaintext" in lower or "keyrings.alt" in lower:
        then = _("That keyring keeps secrets in a plain file. Use the passphrase.")
    elif "chainer" in lower:
        then = _("Nobody can say which keyring would take it. Use the passphrase.")
    return KeychainRefusedError(what.format(by=by), then)


def _refuse_far_bus(environment: Mapping[str, str]) -> None:
    """The way to the keyring is a socket of this computer, or there is none."""
    addresses = environment.get(_BUS, "").split(";")
    if all(each.startswith("unix:") for each in addresses):
        return
    if addresses == [""]:
        raise KeychainRefusedError(
            _("There is no desktop here, and so no keyring. Nothing was changed.")
        )
    raise KeychainRefusedError(
        _("The way to the keyring leads off this computer. Nothing was changed.")
    )
