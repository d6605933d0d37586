"""The ways into a vault: changed, added, taken away."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from guide.vault.changing import (
    add_keyring,
    add_recovery,
    change_passphrase,
    remove_keyring,
    remove_slot,
    slots,
)
from guide.vault.key_file import (
    MOST_SLOTS,
    read_key_file,
    replace_key_file,
)
from guide.vault.keys import CHEAPEST
from guide.vault.opening import (
    OpenVault,
    by_passphrase,
    open_vault,
    open_with_keyring,
    open_with_recovery,
)
from guide.vault.problems import (
    LastWayInError,
    NoSuchSlotError,
    WrongPassphraseError,
)
from guide.vault.slots import SlotKind, new_slot
from tests.vault.making import (
    CANARY,
    OTHER,
    TYPED,
    keyring_secret,
    word,
)


def test_a_passphrase_can_be_changed(folder: Path) -> None:
    """The new one opens it, the old one does not; nothing else changes."""
    database = (folder / "vault.db").read_bytes()
    with open_vault(folder, TYPED) as vault:
        words = add_recovery(vault, TYPED, profile=CHEAPEST)
        change_passphrase(vault, TYPED, OTHER, profile=CHEAPEST)
    assert (folder / "vault.db").read_bytes() == database
    with pytest.raises(WrongPassphraseError):
        open_vault(folder, TYPED)
    assert word(open_vault(folder, OTHER)) == CANARY
    assert word(open_with_recovery(folder, " ".join(words))) == CANARY


@pytest.mark.parametrize(
    "change",
    [
        lambda vault: change_passphrase(vault, OTHER, TYPED, profile=CHEAPEST),
        lambda vault: add_recovery(vault, OTHER, profile=CHEAPEST),
        lambda vault: add_keyring(vault, "", lambda _secret: None),
        lambda vault: remove_slot(vault, OTHER, slots(vault)[0].name),
    ],
    ids=["passphrase", "sheet", "keyring", "removing"],
)
def test_whoever_sits_at_an_open_screen_changes_no_way_in(
    folder: Path, change: Callable[[OpenVault], object]
) -> None:
    """Each change asks for the passphrase again."""
    before = (folder / "vault.json").read_bytes()
    with open_vault(folder, TYPED) as vault, pytest.raises(WrongPassphraseError):
        change(vault)
    assert (folder / "vault.json").read_bytes() == before


def test_a_forgotten_passphrase_is_replaced_with_the_sheet(folder: Path) -> None:
    """The words open the vault and stand in for the passphrase, once proven."""
    with open_vault(folder, TYPED) as vault:
        words = " ".join(add_recovery(vault, TYPED, profile=CHEAPEST))
    with open_with_recovery(folder, words.upper()) as vault:
        change_passphrase(vault, words, OTHER, profile=CHEAPEST)
    with pytest.raises(WrongPassphraseError):
        open_vault(folder, TYPED)
    assert word(open_vault(folder, OTHER)) == CANARY
    assert word(open_with_recovery(folder, words)) == CANARY


def test_a_new_sheet_ends_the_old_one(folder: Path) -> None:
    """A sheet that may be in the wrong hands can be made worthless."""
    with open_vault(folder, TYPED) as vault:
        old = add_recovery(vault, TYPED, profile=CHEAPEST)
        new = add_recovery(vault, TYPED, profile=CHEAPEST)
        assert [way.kind for way in slots(vault)] == ["passphrase", "recovery"]
    with pytest.raises(WrongPassphraseError):
        open_with_recovery(folder, " ".join(old))
    assert word(open_with_recovery(folder, " ".join(new))) == CANARY


def test_recovery_words_are_no_passphrase_and_the_other_way_round(folder: Path) -> None:
    """Each kind of slot is tried with its own kind of secret."""
    with open_vault(folder, TYPED) as vault:
        words = add_recovery(vault, TYPED, profile=CHEAPEST)
    with pytest.raises(WrongPassphraseError):
        open_vault(folder, " ".join(words))
    with pytest.raises(WrongPassphraseError):
        open_with_recovery(folder, TYPED)


def test_a_keyring_secret_opens_it_until_it_is_taken_away(folder: Path) -> None:
    """The slot of one login."""
    with open_vault(folder, TYPED) as vault:
        secret = keyring_secret(vault)
    assert len(secret) == 32
    assert word(open_with_keyring(folder, secret)) == CANARY
    with open_with_keyring(folder, secret) as vault:
        (way,) = [x for x in slots(vault) if x.kind is SlotKind.KEYRING]
        remove_slot(vault, TYPED, way.name)
        with pytest.raises(NoSuchSlotError):
            remove_slot(vault, TYPED, way.name)
    with pytest.raises(WrongPassphraseError):
        open_with_keyring(folder, secret)


def test_a_second_keyring_takes_the_place_of_the_first(folder: Path) -> None:
    """What an earlier login holds opens nothing any more."""
    with open_vault(folder, TYPED) as vault:
        first, second = keyring_secret(vault), keyring_secret(vault)
        kinds = [way.kind for way in slots(vault)]
    assert kinds == [SlotKind.PASSPHRASE, SlotKind.KEYRING]
    with pytest.raises(WrongPassphraseError):
        open_with_keyring(folder, first)
    assert word(open_with_keyring(folder, second)) == CANARY


def test_no_way_in_is_written_before_its_secret_is_put_away(folder: Path) -> None:
    """A keyring that refuses changes nothing, byte for byte."""

    def refuse(_secret: bytes) -> None:
        raise NoSuchSlotError

    before = (folder / "vault.json").read_bytes()
    with open_vault(folder, TYPED) as vault, pytest.raises(NoSuchSlotError):
        add_keyring(vault, TYPED, refuse)
    assert (folder / "vault.json").read_bytes() == before


def test_taking_the_keyring_away_leaves_the_rest(folder: Path) -> None:
    with open_vault(folder, TYPED) as vault:
        secret = keyring_secret(vault)
        with pytest.raises(WrongPassphraseError):
            remove_keyring(vault, OTHER)
        remove_keyring(vault, TYPED)
        remove_keyring(vault, TYPED)
    with pytest.raises(WrongPassphraseError):
        open_with_keyring(folder, secret)
    assert word(open_vault(folder, TYPED)) == CANARY


def test_the_last_passphrase_stays(folder: Path) -> None:
    """Even where a sheet would open the vault: paper is lost more easily."""
    with open_vault(folder, TYPED) as vault:
        add_recovery(vault, TYPED, profile=CHEAPEST)
        (way,) = [x for x in slots(vault) if x.kind is SlotKind.PASSPHRASE]
        with pytest.raises(LastWayInError):
            remove_slot(vault, TYPED, way.name)
    assert word(open_vault(folder, TYPED)) == CANARY


def test_there_is_an_end_to_the_ways_in(folder: Path) -> None:
    """As many as a key file may have, and it still opens then."""
    with open_vault(folder, TYPED) as vault:
        keys = read_key_file(folder)
        way = by_passphrase(OTHER)
        more = [
            new_slot(way.kind, way.secret, vault.root, CHEAPEST)
            for _each in range(MOST_SLOTS - 1)
        ]
        replace_key_file(folder, keys.with_slots(*keys.slots, *more))
        with pytest.raises(NoSuchSlotError):
            add_recovery(vault, TYPED, profile=CHEAPEST)
        handed_over: list[bytes] = []
        with pytest.raises(NoSuchSlotError):
            add_keyring(vault, TYPED, handed_over.append)
        assert handed_over == []
    assert word(open_vault(folder, TYPED)) == CANARY
