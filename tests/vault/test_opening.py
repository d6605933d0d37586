"""Making and opening a vault, wrong passphrases, and damage of every kind."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
import sys
import textwrap
import traceback
import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.kdf import argon2

from guide.model.problems import GuideError
from guide.vault.changing import (
    add_recovery,
    change_passphrase,
    slots,
)
from guide.vault.folder import vault_files
from guide.vault.keys import CHEAPEST
from guide.vault.opening import (
    by_passphrase,
    create_vault,
    open_vault,
    open_with_recovery,
    unlock,
)
from guide.vault.problems import (
    DamagedVaultError,
    NewerVaultError,
    NotSealedError,
    NoVaultError,
    VaultInUseError,
    WrongPassphraseError,
)
from tests.vault.making import (
    CANARY,
    NOW,
    OPEN,
    OTHER,
    ROOT,
    TYPED,
    bytes_of,
    elsewhere,
    keyring_secret,
    made,
    word,
)

_Spoil = Callable[[Path], object]


def test_what_is_kept_is_there_again(folder: Path) -> None:
    """The same vault, id and root, at every opening."""
    with open_vault(folder, TYPED) as first:
        id_, identity = first.id, first.root.age_identity()
    with open_vault(folder, TYPED) as second:
        assert (second.id, second.root.age_identity()) == (id_, identity)
        assert not (second.read_only or second.damaged_slots)
    assert word(open_vault(folder, TYPED)) == CANARY


def test_a_new_vault_has_the_layout_of_the_format(tmp_path: Path) -> None:
    """Names, modes, and nothing left of the making."""
    before = os.umask(0)
    try:
        with made(tmp_path / "new" / "vault") as vault:
            names = {x.name: x.stat().st_mode & 0o777 for x in vault.folder.iterdir()}
            assert vault.folder.stat().st_mode & 0o777 == 0o700
    finally:
        os.umask(before)
    assert names.pop("vault.db-wal", 0o600) == 0o600
    assert names == {
        "vault.json": 0o600,
        "vault.db": 0o600,
        "lock": 0o600,
        "sealed": 0o700,
        "backup": 0o700,
    }
    closed = {x.name for x in (tmp_path / "new" / "vault").iterdir()}
    assert closed == set(names)


def test_the_key_file_holds_nothing_else_in_clear(folder: Path) -> None:
    """Names and forms only; and the list of files tells what to copy."""
    file = json.loads((folder / "vault.json").read_bytes())
    assert set(file) == {"format", "version", "id", "slots"}
    assert [x.name for x in vault_files(folder)] == [
        *("vault.json", "vault.db", "backup/keys.json"),
    ]


def test_nothing_secret_is_written_anywhere(tmp_path: Path) -> None:
    """Every byte of every file, while it is open and after every change."""
    place = tmp_path / "vault"
    seen: list[dict[str, bytes]] = []
    with made(place) as vault:
        vault.connection.execute("create table word (text)")
        vault.connection.execute("insert into word values (?)", (CANARY,))
        words = add_recovery(vault, TYPED, profile=CHEAPEST)
        keyring = keyring_secret(vault)
        seen.append(bytes_of(place))
        change_passphrase(vault, TYPED, OTHER, profile=CHEAPEST)
        seen.append(bytes_of(place))
        root = vault.root
    seen.append(bytes_of(place))
    secrets = [TYPED, OTHER, CANARY, " ".join(words), root.age_identity()]
    raw = [x.encode() for x in secrets]
    raw += [unicodedata.normalize("NFKC", TYPED).encode()]
    for key in (keyring, root.database_key(), root.signing_key().private_bytes_raw()):
        raw += [key, key.hex().encode()]
    assert seen[0]["vault.json"]
    for files in seen:
        for name, data in files.items():
            assert not any(secret in data for secret in raw), name


@pytest.mark.parametrize(
    "typed",
    [
        pytest.param(TYPED.upper(), id="capitals"),
        pytest.param(TYPED.swapcase(), id="caps lock"),
        pytest.param(f" {TYPED}", id="space before"),
        pytest.param(f"{TYPED} ", id="space after"),
        pytest.param(f"{TYPED}\n", id="line break after"),
        pytest.param(TYPED.replace(" ", "  "), id="two spaces"),
        pytest.param(TYPED.replace(" ", ""), id="no spaces"),
        pytest.param(TYPED.replace("ë", "e"), id="no accent"),
        pytest.param(TYPED[:-1], id="a letter less"),
        pytest.param("", id="empty"),
        pytest.param("x" * 1_000_000, id="1 MB"),
        pytest.param("\u0315\u0300" * 500_000, id="1 MB of marks out of order"),
        pytest.param(f"{TYPED}\ud800", id="half a character"),
        pytest.param(f"{TYPED}\0", id="NUL"),
    ],
)
def test_a_wrong_passphrase_is_told_and_costs_what_a_right_one_does(
    folder: Path, typed: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One derivation a passphrase slot, whatever was typed; and nothing changes."""
    with open_vault(folder, TYPED) as vault:
        add_recovery(vault, TYPED, profile=CHEAPEST)
    before = bytes_of(folder)
    derivations: list[int] = []
    real = argon2.Argon2id

    def counted(*, memory_cost: int, **costs: object) -> object:
        derivations.append(memory_cost)
        return real(memory_cost=memory_cost, **costs)  # type: ignore[arg-type]

    monkeypatch.setattr(argon2, "Argon2id", counted)
    with pytest.raises(WrongPassphraseError) as refusal:
        open_vault(folder, typed)
    assert derivations == [CHEAPEST.memory_kib]
    assert refusal.value.exit_code == 5
    assert bytes_of(folder) == before


@pytest.mark.parametrize("form", ["NFC", "NFD", "NFKC", "NFKD"])
def test_the_same_letters_open_it_on_every_keyboard(folder: Path, form: str) -> None:
    """Some systems type an accent as a character of its own."""
    typed = unicodedata.normalize(form, TYPED)  # type: ignore[arg-type]
    assert word(open_vault(folder, typed)) == CANARY


def _failures(folder: Path) -> Iterator[Callable[[], object]]:
    """Every kind of refusal, each with a secret at hand."""
    data, vault_json = (folder / "vault.db").read_bytes(), folder / "vault.json"
    keys = vault_json.read_bytes()
    yield lambda: open_vault(folder, OTHER)
    yield lambda: open_with_recovery(folder, OTHER)
    yield lambda: open_vault(folder, f"{TYPED}\ud800")
    yield lambda: create_vault(folder, TYPED, profile=CHEAPEST, now=NOW)
    yield lambda: create_vault(folder / "x", f"{TYPED}\0", profile=CHEAPEST, now=NOW)
    (folder / "vault.db").write_bytes(data[:5000])
    yield lambda: open_vault(folder, TYPED)
    (folder / "vault.db").write_bytes(b"SQLite format 3\0" + data[16:])
    yield lambda: open_vault(folder, TYPED)
    (folder / "vault.db").write_bytes(data)
    vault_json.write_bytes(keys.replace(b'"passes": 1', b'"passes": 2'))
    yield lambda: open_vault(folder, TYPED)
    vault_json.write_bytes(keys)
    with open_vault(folder, TYPED) as vault:
        yield lambda: open_vault(folder, TYPED)
        yield lambda: change_passphrase(vault, OTHER, TYPED, profile=CHEAPEST)
        yield lambda: change_passphrase(vault, TYPED, "short", profile=CHEAPEST)


def test_no_refusal_holds_a_secret(folder: Path) -> None:
    """Not in its words, its ``repr``, or any error that hangs on it."""
    with open_vault(folder, TYPED) as vault:
        root = vault.root
        shown = f"{vault} {vault!r} {vault.connection!r} {vault.lock!r}"
    key = root.database_key().hex()
    secrets = (TYPED, OTHER, root.age_identity(), key, str(root.database_key())[2:-1])
    count = 0
    for fail in _failures(folder):
        with pytest.raises(GuideError) as refusal:
            fail()
        error: BaseException | None = refusal.value
        while error is not None:
            shown += f"{error} {error!r} {error.args} {vars(error)}"
            shown += "".join(traceback.format_exception_only(error))
            error = error.__cause__ or error.__context__
        count += 1
    assert count == 11
    assert not [secret for secret in secrets if secret in shown]


def _emptied(folder: Path) -> None:
    shutil.rmtree(folder)
    folder.mkdir()


@pytest.mark.parametrize(
    ("spoil", "problem"),
    [
        pytest.param(
            lambda x: (x / "vault.json").unlink(), DamagedVaultError, id="key"
        ),
        pytest.param(lambda x: (x / "vault.db").unlink(), DamagedVaultError, id="data"),
        pytest.param(
            lambda x: os.truncate(x / "vault.db", 0), DamagedVaultError, id="0"
        ),
        pytest.param(shutil.rmtree, NoVaultError, id="folder"),
        pytest.param(
            lambda x: [y.unlink() for y in x.glob("v*")], DamagedVaultError, id="both"
        ),
        pytest.param(_emptied, NoVaultError, id="everything"),
    ],
)
def test_what_is_missing_is_said_and_not_made_anew(
    folder: Path, spoil: _Spoil, problem: type[GuideError]
) -> None:
    """An empty vault in place of a lost one would be the worst answer."""
    spoil(folder)
    before = bytes_of(folder)
    with pytest.raises(problem):
        open_vault(folder, TYPED)
    assert bytes_of(folder) == before


def test_folders_that_a_copy_left_out_are_made_again(folder: Path) -> None:
    """Many copying programs leave out empty folders."""
    (folder / "sealed").rmdir()
    (folder / "backup" / "keys.json").unlink()
    (folder / "backup").rmdir()
    assert word(open_vault(folder, TYPED)) == CANARY
    assert (folder / "sealed").is_dir()
    assert (folder / "backup").is_dir()


@pytest.mark.parametrize(
    "spoil",
    [
        pytest.param(lambda x: x.unlink(), id="gone"),
        pytest.param(lambda x: x.write_bytes(b"noise" * 2000), id="noise"),
        pytest.param(lambda x: None, id="intact"),
    ],
)
def test_the_keys_are_there_without_the_database(folder: Path, spoil: _Spoil) -> None:
    """So that a backup can be put in its place, with nobody else inside."""
    with open_vault(folder, TYPED) as vault:
        key = vault.root.database_key()
    spoil(folder / "vault.db")
    unlocked = unlock(folder, by_passphrase(TYPED))
    assert unlocked.root.database_key() == key
    with pytest.raises((VaultInUseError, DamagedVaultError)):
        open_vault(folder, TYPED)
    unlocked.close()
    unlocked.close()
    with pytest.raises(WrongPassphraseError):
        unlock(folder, by_passphrase(OTHER))
    unlock(folder, by_passphrase(TYPED)).close()


def test_a_plain_database_in_its_place_is_refused(folder: Path) -> None:
    """Nothing is written into it."""
    (folder / "vault.db").unlink()
    with sqlite3.connect(folder / "vault.db") as plain:
        plain.execute("create table word (text)")
    plain.close()
    before = bytes_of(folder)
    with pytest.raises(NotSealedError):
        open_vault(folder, TYPED)
    assert bytes_of(folder) == before


def test_the_database_of_another_vault_is_refused(folder: Path, tmp_path: Path) -> None:
    """Even with the same passphrase."""
    made(tmp_path / "other").close()
    shutil.copyfile(tmp_path / "other" / "vault.db", folder / "vault.db")
    with pytest.raises(DamagedVaultError) as refusal:
        open_vault(folder, TYPED)
    assert refusal.value.exit_code == 6


def test_a_newer_vault_has_its_own_sentence(folder: Path) -> None:
    """And is left alone."""
    path = folder / "vault.json"
    path.write_bytes(path.read_bytes().replace(b'"version": 1', b'"version": 2'))
    with pytest.raises(NewerVaultError):
        open_vault(folder, TYPED)


def test_every_changed_byte_of_the_key_file_is_noticed_or_harmless(
    folder: Path,
) -> None:
    """It opens and says so, or it does not open and never says "wrong passphrase"."""
    path = folder / "vault.json"
    whole = path.read_bytes()
    opened = 0
    for place in range(len(whole)):
        changed = bytearray(whole)
        changed[place] ^= 1 << place % 8
        path.write_bytes(changed)
        try:
            with open_vault(folder, TYPED) as vault:
                assert vault.damaged_slots, place
            opened += 1
        except (DamagedVaultError, NewerVaultError):
            continue
    # A changed checksum, and it alone, does not keep the right passphrase out.
    assert 0 < opened <= 16
    path.write_bytes(whole)
    assert word(open_vault(folder, TYPED)) == CANARY


def test_every_truncated_key_file_is_noticed(folder: Path) -> None:
    """At any length."""
    path = folder / "vault.json"
    whole = path.read_bytes()
    for length in range(len(whole) - 1):
        path.write_bytes(whole[:length])
        with pytest.raises(DamagedVaultError):
            open_vault(folder, TYPED)


def test_a_damaged_slot_does_not_keep_the_others_out(folder: Path) -> None:
    """The reader gets in, and is told that the sheet will not open it."""
    with open_vault(folder, TYPED) as vault:
        words = add_recovery(vault, TYPED, profile=CHEAPEST)
    path = folder / "vault.json"
    file = json.loads(path.read_bytes())
    file["slots"][1]["salt"] = "00" * 16
    path.write_text(json.dumps(file))
    with open_vault(folder, TYPED) as vault:
        assert vault.damaged_slots
        assert [way.damaged for way in slots(vault)] == [False, True]
        change_passphrase(vault, TYPED, OTHER, profile=CHEAPEST)
        assert [way.damaged for way in slots(vault)] == [True, False]
    with pytest.raises(DamagedVaultError):
        open_with_recovery(folder, " ".join(words))
    assert word(open_vault(folder, OTHER)) == CANARY


def test_closing_twice_is_closing(folder: Path) -> None:
    """Leaving in a hurry may ask for it more than once."""
    vault = open_vault(folder, TYPED)
    vault.close()
    vault.close()
    assert word(open_vault(folder, TYPED)) == CANARY


def test_nothing_is_loaded_before_it_is_needed() -> None:
    """Starting the guide must not pay for a vault that is not opened."""
    script = textwrap.dedent("""
        import sys
        import guide.vault.opening, guide.vault.changing
        heavy = ("cryptography", "pyrage", "platformdirs", "xkcdpass", "keyring")
        print([name for name in heavy if name in sys.modules])
    """)
    command = [sys.executable, "-c", script]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def test_too_little_memory_is_a_sentence(tmp_path: Path) -> None:
    """Argon2 asks for 64 MiB at once."""
    with create_vault(tmp_path / "vault", TYPED, now=NOW):
        pass
    script = """
import resource
import pyrage
import cryptography.hazmat.primitives.kdf.argon2
used = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
resource.setrlimit(resource.RLIMIT_AS, (used + (40 << 20), used + (40 << 20)))
"""
    if not Path("/proc/self/statm").exists():
        pytest.skip("no way to say how much memory is used")
    said = elsewhere(script + OPEN, tmp_path / "vault").communicate("\n")[0]
    assert said == "NoMemoryError\n"
