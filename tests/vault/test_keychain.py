"""The keyring of a login: only known safe ones, opt-in, and gone with its slot."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from guide.actions.desk import Desk
from guide.actions.destroying import destroy_open, the_sentence
from guide.actions.unlocking import (
    keyring_is_on,
    open_by_keyring,
    turn_keyring_off,
    turn_keyring_on,
)
from guide.keychain import (
    Keychain,
    KeychainRefusedError,
    KeychainSilentError,
    the_keychain,
)
from guide.vault.problems import WrongPassphraseError
from tests.plain.talking import a_desk
from tests.vault.keeping_desk import OTHER, WORDS, kept_at
from tests.vault.keyrings import InMemory

REPOSITORY = Path(__file__).parents[2]
UNIX = {"DBUS_SESSION_BUS_ADDRESS": "unix:path=/nowhere/at/all"}


class Forgetful(InMemory):
    """Takes a secret and keeps none, as a full or broken one does."""

    def set_password(self, service: str, username: str, password: str) -> None:
        self._perhaps()


class Slow(InMemory):
    """Waits for a window that nobody answers."""

    def get_password(self, service: str, username: str) -> str | None:
        time.sleep(5)
        return super().get_password(service, username)


def with_keychain(desk: Desk, store: InMemory, patience: float = 3.0) -> Desk:
    return replace(desk, keychain=lambda: Keychain("a keyring", store, patience))


@pytest.fixture
def store() -> InMemory:
    return InMemory()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "notes"


@pytest.fixture
def desk(folder: Path, store: InMemory) -> Desk:
    return kept_at(with_keychain(a_desk(), store), folder)


def test_it_opens_the_vault_once_it_was_turned_on(
    desk: Desk, folder: Path, store: InMemory
) -> None:
    assert not keyring_is_on(folder)
    assert turn_keyring_on(desk, WORDS) == "a keyring"
    assert keyring_is_on(folder)
    desk.close()
    again = open_by_keyring(with_keychain(a_desk(), store), folder)
    assert again.saving
    again.close()


def test_what_stands_in_the_keyring_says_nothing(desk: Desk, store: InMemory) -> None:
    """A neutral word, the random id, and the secret; not the program, not a place."""
    turn_keyring_on(desk, WORDS)
    assert desk.opened
    (((service, user), secret),) = store.kept.items()
    assert (service, user) == (f"notes {desk.opened.id[:8]}", desk.opened.id)
    assert len(secret) == 64
    assert secret not in (desk.opened.folder / "vault.json").read_text()
    desk.close()


def test_turning_it_on_or_off_needs_the_passphrase(
    desk: Desk, folder: Path, store: InMemory
) -> None:
    with pytest.raises(WrongPassphraseError):
        turn_keyring_on(desk, OTHER)
    assert not store.kept
    assert not keyring_is_on(folder)
    turn_keyring_on(desk, WORDS)
    with pytest.raises(WrongPassphraseError):
        turn_keyring_off(desk, OTHER)
    assert keyring_is_on(folder)
    desk.close()


def test_turning_it_off_takes_the_slot_and_the_entry(
    desk: Desk, folder: Path, store: InMemory
) -> None:
    turn_keyring_on(desk, WORDS)
    old = dict(store.kept)
    assert turn_keyring_off(desk, WORDS)
    assert not store.kept
    assert not keyring_is_on(folder)
    desk.close()
    store.kept.update(old)  # as if an older state of the keyring came back
    with pytest.raises(KeychainRefusedError, match="does not open these notes"):
        open_by_keyring(with_keychain(a_desk(), store), folder)


def test_turning_it_off_works_where_the_keyring_does_not(
    desk: Desk, folder: Path, store: InMemory
) -> None:
    turn_keyring_on(desk, WORDS)
    store.refuses = True
    assert not turn_keyring_off(desk, WORDS)
    assert not keyring_is_on(folder)
    desk.close()


@pytest.mark.parametrize("broken", [Forgetful, Slow], ids=["forgets", "is silent"])
def test_a_keyring_that_does_not_keep_it_leaves_the_vault_as_it_was(
    desk: Desk, folder: Path, broken: Callable[[], InMemory]
) -> None:
    before = (folder / "vault.json").read_bytes()
    start = time.monotonic()
    with pytest.raises(KeychainSilentError):
        turn_keyring_on(with_keychain(desk, broken(), 0.2), WORDS)
    assert time.monotonic() - start < 2
    assert (folder / "vault.json").read_bytes() == before
    desk.close()


def test_a_locked_keyring_is_a_sentence_without_its_words(
    desk: Desk, folder: Path, store: InMemory
) -> None:
    turn_keyring_on(desk, WORDS)
    desk.close()
    store.refuses = True
    with pytest.raises(KeychainSilentError) as caught:
        open_by_keyring(with_keychain(a_desk(), store), folder)
    assert "a secret in a message" not in str(caught.value)
    assert caught.value.__cause__ is None


@pytest.mark.parametrize("said", ["", "00", "zz" * 32, "0" * 64], ids=repr)
def test_what_is_no_secret_of_this_vault_opens_nothing(
    desk: Desk, folder: Path, store: InMemory, said: str
) -> None:
    turn_keyring_on(desk, WORDS)
    desk.close()
    store.kept = dict.fromkeys(store.kept, said)
    with pytest.raises(KeychainRefusedError):
        open_by_keyring(with_keychain(a_desk(), store), folder)


def test_removing_the_vault_takes_the_entry_too(desk: Desk, store: InMemory) -> None:
    turn_keyring_on(desk, WORDS)
    _free, removed = destroy_open(desk, WORDS, the_sentence())
    assert not store.kept
    assert not removed.keyring_left


def test_removing_the_vault_says_where_the_entry_stays(
    desk: Desk, store: InMemory
) -> None:
    turn_keyring_on(desk, WORDS)
    store.refuses = True
    _free, removed = destroy_open(desk, WORDS, the_sentence())
    assert removed.keyring_left


CHOSEN = {
    "nothing": ("keyring.backends.null.Keyring", "keeps nothing at all"),
    "fails": ("keyring.backends.fail.Keyring", "keeps nothing at all"),
    "plain": ("keyrings.alt.file.PlaintextKeyring", "in a plain file"),
    "several": ("keyring.backends.chainer.ChainerBackend", "Nobody can say"),
    "known": ("keyring.backends.SecretService.Keyring", "own keyring"),
}


@pytest.mark.parametrize(("name", "reason"), CHOSEN.values(), ids=CHOSEN)
def test_one_that_the_environment_chooses_is_refused(
    tmp_path: Path, name: str, reason: str
) -> None:
    around = {**UNIX, "PYTHON_KEYRING_BACKEND": name}
    with pytest.raises(KeychainRefusedError) as caught:
        the_keychain(around, tmp_path / "keyringrc.cfg")
    assert "PYTHON_KEYRING_BACKEND" in caught.value.what
    assert reason in caught.value.next_step


@pytest.mark.parametrize(("name", "reason"), CHOSEN.values(), ids=CHOSEN)
def test_one_that_a_file_chooses_is_refused(
    tmp_path: Path, name: str, reason: str
) -> None:
    file = tmp_path / "keyringrc.cfg"
    file.write_text(f"[backend]\ndefault-keyring={name}\n")
    with pytest.raises(KeychainRefusedError) as caught:
        the_keychain(UNIX, file)
    assert "keyringrc.cfg" in caught.value.what
    assert reason in caught.value.next_step


@pytest.mark.parametrize(
    ("around", "words"),
    [
        pytest.param(
            {"KEYRING_PROPERTY_SCHEME": "x"}, "KEYRING_PROPERTY", id="steered"
        ),
        pytest.param({"KEYCHAIN_PATH": "/x"}, "KEYCHAIN_PATH", id="another file"),
    ],
)
def test_one_that_is_steered_from_outside_is_refused(
    tmp_path: Path, around: dict[str, str], words: str
) -> None:
    with pytest.raises(KeychainRefusedError, match=words):
        the_keychain({**UNIX, **around}, tmp_path / "none")


@pytest.mark.skipif(sys.platform in ("darwin", "win32"), reason="no bus there")
@pytest.mark.parametrize(
    ("address", "words"),
    [
        pytest.param(None, "no desktop here", id="headless"),
        pytest.param("tcp:host=192.0.2.1,port=1", "off this computer", id="far"),
        pytest.param("unix:path=/x;tcp:host=192.0.2.1", "off this", id="one is far"),
        pytest.param("unix:path=/nowhere", "no keyring that the guide", id="dead"),
    ],
)
def test_without_a_keyring_of_this_computer_it_is_a_sentence(
    tmp_path: Path, address: str | None, words: str
) -> None:
    around = {"DBUS_SESSION_BUS_ADDRESS": address} if address else {}
    before = os.environ.get("DBUS_SESSION_BUS_ADDRESS")
    try:
        os.environ.update(around)
        with pytest.raises(KeychainRefusedError, match=words):
            the_keychain(around, tmp_path / "none")
    finally:
        os.environ.pop("DBUS_SESSION_BUS_ADDRESS", None)
        if before is not None:
            os.environ["DBUS_SESSION_BUS_ADDRESS"] = before


def test_a_plug_in_is_never_asked(tmp_path: Path) -> None:
    """A backend that is installed, and would come first, is not the keyring."""

    class Grabbing(InMemory):
        priority = 1000.0

    try:
        found = the_keychain(UNIX, tmp_path / "none").store
    except KeychainRefusedError:
        found = None
    assert Grabbing.viable
    assert not isinstance(found, Grabbing)


_FOR_REAL = """
import sys
from pathlib import Path
from guide.safety.process import harden
harden()
from guide.keychain import this_logins
keychain = this_logins()
print(keychain.name)
keychain.put("0" * 32, bytes(range(32)))
assert keychain.get("0" * 32) == bytes(range(32))
assert keychain.get("1" * 32) is None
keychain.forget("0" * 32)
keychain.forget("0" * 32)
assert keychain.get("0" * 32) is None
print("done")
"""


def test_the_secret_service_for_real_without_any_network(tmp_path: Path) -> None:
    """The service itself, under the audit hook that refuses every other socket."""
    tools = ("dbus-run-session", "gnome-keyring-daemon")
    if sys.platform != "linux" or any(not _is_there(each) for each in tools):
        pytest.skip("no Secret Service is installed here")
    run = tmp_path / "run"
    run.mkdir(mode=0o700)
    script = (
        "printf 'of this test' | gnome-keyring-daemon --unlock --components=secrets"
        ' >/dev/null 2>&1; "$0" -c "$1"'
    )
    done = subprocess.run(
        ["dbus-run-session", "--", "sh", "-c", script, sys.executable, _FOR_REAL],
        cwd=REPOSITORY,
        env={
            "HOME": str(tmp_path),
            "XDG_RUNTIME_DIR": str(run),
            "PATH": os.environ["PATH"],
        },
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    if "no desktop" in done.stderr + done.stdout:
        pytest.skip("no session bus can be started here")
    assert done.stdout.split("\n")[:2] == ["Secret Service", "done"], done.stderr


def _is_there(tool: str) -> bool:
    from shutil import which

    return which(tool) is not None
