"""The spare of ``vault.json``: in step with it, never before it, and put back by hand.

What is in the key file decides whether years of notes can ever be opened again, so it
stands twice. A spare must open nothing that the first one would not open.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from guide.model.problems import GuideError
from guide.vault.backup import back_up
from guide.vault.changing import (
    add_keyring,
    add_recovery,
    change_passphrase,
    remove_keyring,
    remove_slot,
    slots,
)
from guide.vault.key_file import key_file_bytes, parse_key_file, read_key_file
from guide.vault.keys import CHEAPEST
from guide.vault.opening import (
    OpenVault,
    by_passphrase,
    fitting_slot,
    open_vault,
    open_with_recovery,
)
from guide.vault.problems import (
    DamagedVaultError,
    NoVaultError,
    PlaceRefusedError,
    ReadOnlyVaultError,
    VaultDiskError,
    VaultInUseError,
    WrongPassphraseError,
)
from guide.vault.second_copy import copy_vault
from guide.vault.spare_keys import NoSpareError, SpareNoBetterError, write_keys
from guide.vault.spare_restoring import put_back, spare_opens
from guide.vault.whereabouts import lacks_key_file
from tests.vault.keeping import FailingDisk
from tests.vault.making import (
    CANARY,
    OTHER,
    TYPED,
    bytes_of,
    elsewhere,
    made,
    read_only,
    word,
)
from tests.vault.test_lock import KILLED_AT

_Spoil = Callable[[Path], object]
_Change = Callable[[OpenVault], object]
_ASIDE = re.compile(r"vault-[0-9a-f]{8}\.json")
_SEALED = re.compile(rb'"sealed": "([0-9a-f]+)"')
THIRD = "three plain geese walk home slowly"


def first(folder: Path) -> Path:
    return folder / "vault.json"


def spare(folder: Path) -> Path:
    return folder / "backup" / "keys.json"


def asides(folder: Path) -> list[Path]:
    return [x for x in sorted(folder.iterdir()) if _ASIDE.fullmatch(x.name)]


def in_step(folder: Path) -> bool:
    return spare(folder).read_bytes() == first(folder).read_bytes()


def opens_anything(folder: Path, typed: str) -> bool:
    """Whether any file at all, under whatever name, is a key file that this opens."""
    for data in bytes_of(folder).values():
        with suppress(GuideError):
            fitting_slot(parse_key_file(data), by_passphrase(typed))
            return True
    return False


def sealed_in(data: bytes) -> set[bytes]:
    """What each slot holds: with it and the old passphrase, the root is found."""
    return set(_SEALED.findall(data))


def assert_gone(folder: Path, old: set[bytes]) -> None:
    assert old
    for name, data in bytes_of(folder).items():
        assert not any(each in data for each in old), name


def change(folder: Path, old: str, new: str) -> None:
    with open_vault(folder, old) as vault:
        change_passphrase(vault, old, new, profile=CHEAPEST)


def _pipe(path: Path) -> None:
    path.unlink(missing_ok=True)
    os.mkfifo(path)


def _huge(path: Path) -> None:
    path.touch()
    os.truncate(path, 1 << 40)


# Kept in step.


def test_a_new_vault_has_it_from_the_start(tmp_path: Path) -> None:
    with made(tmp_path / "vault") as vault:
        assert in_step(vault.folder)
        assert spare(vault.folder).stat().st_mode & 0o777 == 0o600
    assert not list((tmp_path / "vault" / "backup").glob("*.part"))


@pytest.mark.parametrize(
    "change",
    [
        lambda vault: change_passphrase(vault, TYPED, OTHER, profile=CHEAPEST),
        lambda vault: add_recovery(vault, TYPED, profile=CHEAPEST),
        lambda vault: add_keyring(vault, TYPED, lambda _secret: None),
        lambda vault: remove_keyring(vault, TYPED),
        lambda vault: remove_slot(vault, TYPED, slots(vault)[1].name),
    ],
    ids=["passphrase", "sheet", "keyring", "no keyring", "removing"],
)
def test_each_change_of_the_ways_in_is_in_it(folder: Path, change: _Change) -> None:
    """And nothing of what the change ended is in any file of the folder."""
    with open_vault(folder, TYPED) as vault:
        add_keyring(vault, TYPED, lambda _secret: None)
        before = sealed_in(first(folder).read_bytes())
        change(vault)
        now = sealed_in(first(folder).read_bytes())
        assert now != before
        assert in_step(folder)
        if ended := before - now:
            assert_gone(folder, ended)


def test_the_old_passphrase_opens_nothing_in_the_folder(folder: Path) -> None:
    with open_vault(folder, TYPED) as vault:
        back_up(vault)
    assert opens_anything(folder, TYPED)
    change(folder, TYPED, OTHER)
    assert not opens_anything(folder, TYPED)
    assert opens_anything(folder, OTHER)
    first(folder).unlink()
    with pytest.raises(WrongPassphraseError):
        put_back(folder, TYPED)
    put_back(folder, OTHER)
    assert word(open_vault(folder, OTHER)) == CANARY


_OLD = '{"format": "guide/vault", "old": 1}'


@pytest.mark.parametrize(
    "spoil",
    [
        pytest.param(lambda x: x.unlink(), id="gone"),
        pytest.param(lambda x: x.write_bytes(b""), id="empty"),
        pytest.param(lambda x: x.write_text(_OLD), id="of a newer kind"),
        pytest.param(lambda x: x.write_bytes(x.read_bytes()[:200]), id="torn"),
        pytest.param(lambda x: os.truncate(x, 1 << 30), id="a gigabyte"),
        pytest.param(lambda x: shutil.rmtree(x.parent), id="its folder gone"),
        pytest.param(_pipe, id="pipe"),
        pytest.param(lambda x: (x.unlink(), x.symlink_to("../vault.db")), id="link"),
    ],
)
def test_it_is_renewed_from_what_has_just_opened(folder: Path, spoil: _Spoil) -> None:
    """At the next unlocking, whatever became of it; and the first is not touched."""
    whole = first(folder).read_bytes()
    spoil(spare(folder))
    assert word(open_vault(folder, TYPED)) == CANARY
    assert first(folder).read_bytes() == whole
    assert in_step(folder)
    assert not spare(folder).is_symlink()


def test_an_older_one_is_renewed_and_never_the_other_way_round(folder: Path) -> None:
    old = spare(folder).read_bytes()
    change(folder, TYPED, OTHER)
    new = first(folder).read_bytes()
    spare(folder).write_bytes(old)
    with pytest.raises(WrongPassphraseError):
        open_vault(folder, TYPED)
    assert spare(folder).read_bytes() == old  # who cannot open it changes nothing
    open_vault(folder, OTHER).close()
    assert first(folder).read_bytes() == spare(folder).read_bytes() == new
    assert not opens_anything(folder, TYPED)


def test_a_part_of_a_crash_is_cleared(folder: Path) -> None:
    """It may hold ways in that were never in force, or not any more."""
    part = folder / "backup" / "keys.json.part"
    part.write_bytes(first(folder).read_bytes())
    open_vault(folder, TYPED).close()
    assert not part.exists()


def test_damage_of_one_way_in_does_not_reach_the_spare(folder: Path) -> None:
    """The passphrase opens it; the sheet is whole in the spare alone."""
    with open_vault(folder, TYPED) as vault:
        words = " ".join(add_recovery(vault, TYPED, profile=CHEAPEST))
    whole = first(folder).read_bytes()
    _old, sheet = _SEALED.findall(whole)
    first(folder).write_bytes(whole.replace(sheet[:8], b"00000000"))
    with open_vault(folder, TYPED) as vault:
        assert vault.damaged_slots
    assert spare(folder).read_bytes() == whole
    with pytest.raises(DamagedVaultError, match="key file"):
        open_with_recovery(folder, words)
    put_back(folder, words)
    assert word(open_with_recovery(folder, words)) == CANARY
    assert first(folder).read_bytes() == whole


def test_a_spare_with_the_same_damage_is_not_offered(folder: Path) -> None:
    """It was gone when the damage came, and was written anew since."""
    with open_vault(folder, TYPED) as vault:
        words = " ".join(add_recovery(vault, TYPED, profile=CHEAPEST))
    whole = first(folder).read_bytes()
    passphrase, _sheet = _SEALED.findall(whole)
    first(folder).write_bytes(whole.replace(passphrase[:8], b"00000000"))
    spare(folder).unlink()
    open_with_recovery(folder, words).close()
    assert in_step(folder)
    with pytest.raises(DamagedVaultError) as refused:
        open_vault(folder, TYPED)
    assert "restore keys" not in refused.value.next_step
    with pytest.raises(SpareNoBetterError):
        put_back(folder, words)


def test_a_disk_that_cannot_be_written_to_is_left_as_it_is(folder: Path) -> None:
    spare(folder).unlink()
    before = bytes_of(folder)
    with read_only(folder):
        open_vault(folder, TYPED).close()
        first_gone = folder.parent / "copy"
        shutil.copytree(folder, first_gone)
    assert bytes_of(folder) == before


def test_a_vault_with_its_key_file_gone_on_such_a_disk(folder: Path) -> None:
    first(folder).unlink()
    before = bytes_of(folder)
    with read_only(folder), pytest.raises((ReadOnlyVaultError, VaultDiskError)):
        put_back(folder, TYPED)
    assert bytes_of(folder) == before


# Killed, or refused by the disk, at any moment.

_CHANGE = (
    KILLED_AT
    + """
vault = open_vault(folder, typed)
sys.addaudithook(watch)
change_passphrase(vault, typed, other, profile=CHEAPEST)
"""
)
_PUT_BACK = (
    KILLED_AT
    + """
from guide.vault.spare_restoring import put_back
sys.addaudithook(watch)
put_back(folder, typed)
"""
)


def runs(script: str, folder: Path) -> Iterator[Path]:
    """*script* on a copy of *folder*, killed before its first, second … last ask."""
    for n in range(1, 200):
        place = folder.with_name(f"run-{n}")
        shutil.copytree(folder, place)
        process = elsewhere(script, place, str(n))
        process.communicate()
        yield place
        if process.returncode == 0:
            return
    pytest.fail("it never came to its end")


def test_a_change_that_is_killed_is_in_step_after_the_next_opening(
    folder: Path,
) -> None:
    """And then one passphrase opens something, of two."""
    old = sealed_in(first(folder).read_bytes())
    out_of_step = 0
    for place in runs(_CHANGE, folder):
        out_of_step += not in_step(place)
        right, wrong = TYPED, OTHER
        try:
            open_vault(place, right).close()
        except WrongPassphraseError:
            right, wrong = wrong, right
            assert word(open_vault(place, right)) == CANARY
            assert_gone(place, old)
        assert in_step(place)
        assert not list(place.rglob("*.part"))
        assert not opens_anything(place, wrong)
        first(place).unlink()
        with pytest.raises(WrongPassphraseError):
            put_back(place, wrong)
        put_back(place, right)
        assert word(open_vault(place, right)) == CANARY
    assert out_of_step > 2  # or nobody was killed between the two


def test_putting_it_back_can_be_killed_and_begun_again(folder: Path) -> None:
    """Before whatever call: nothing of the damaged one is lost, and nothing opens."""
    torn = first(folder).read_bytes()[:300]
    first(folder).write_bytes(torn)
    seen = set()
    for place in runs(_PUT_BACK, folder):
        seen.add(len(asides(place)))
        stands = [x for x in (first(place), *asides(place)) if x.exists()]
        assert torn in [x.read_bytes() for x in stands]
        with suppress(SpareNoBetterError):
            put_back(place, TYPED)
        assert torn in [x.read_bytes() for x in asides(place)]
        assert word(open_vault(place, TYPED)) == CANARY
    assert seen == {0, 1}


@pytest.mark.parametrize("persists", [False, True], ids=["once", "from then on"])
@pytest.mark.parametrize("late", [False, True], ids=["before", "after"])
def test_a_disk_that_fails_at_any_call_leaves_no_older_one_unsaid(
    folder: Path, tmp_path: Path, *, persists: bool, late: bool
) -> None:
    """Either the change is refused, or said not to be sure, or the spare is not old."""
    with open_vault(folder, TYPED) as vault:
        old = read_key_file(folder)
        change_passphrase(vault, TYPED, OTHER, profile=CHEAPEST)
        new = read_key_file(folder)
        write_keys(folder, old)
        counted = FailingDisk()
        write_keys(folder, new, counted)
        for n in range(1, len(counted.calls) + 1):
            write_keys(folder, old)
            disk = FailingDisk(fails_at=n, persists=persists, late=late)
            told = False
            try:
                write_keys(folder, new, disk)
            except VaultDiskError as error:
                told = bool(error.next_step)
            now = first(folder).read_bytes()
            assert now in (key_file_bytes(old), key_file_bytes(new))
            stale = spare(folder).exists() and spare(folder).read_bytes() != now
            assert told or not stale, (n, disk.calls[n - 1])
    open_vault(folder, OTHER if now == key_file_bytes(new) else TYPED).close()
    assert in_step(folder)


def test_where_it_cannot_be_written_the_older_one_goes(folder: Path) -> None:
    """A disk that fills up between the two: no spare is better than an old one."""

    class Full(FailingDisk):
        def create(self, path: Path) -> int:
            if path.parent.name == "backup":
                raise OSError(28, "")
            return super().create(path)

    keys = read_key_file(folder)
    with open_vault(folder, TYPED) as vault:
        change_passphrase(vault, TYPED, OTHER, profile=CHEAPEST)
        new = read_key_file(folder)
        write_keys(folder, keys)
        write_keys(folder, new, Full())
        assert not spare(folder).exists()
    open_vault(folder, OTHER).close()
    assert in_step(folder)


def test_one_that_resists_is_told(folder: Path) -> None:
    class Resisting(FailingDisk):
        def create(self, path: Path) -> int:
            if path.parent.name == "backup":
                raise OSError(30, "")
            return super().create(path)

        def remove(self, path: Path) -> None:
            if path.name == "keys.json":
                raise OSError(30, "")
            super().remove(path)

    with open_vault(folder, TYPED) as vault:
        old = read_key_file(folder)
        change_passphrase(vault, TYPED, OTHER, profile=CHEAPEST)
        new = read_key_file(folder)
        write_keys(folder, old)
        with pytest.raises(VaultDiskError, match="spare"):
            write_keys(folder, new, Resisting())
    assert first(folder).read_bytes() == key_file_bytes(new)


# Put back by the reader.

_LOSSES = [
    pytest.param(lambda x: x.unlink(), id="gone"),
    pytest.param(lambda x: x.write_bytes(b""), id="empty"),
    pytest.param(lambda x: x.write_bytes(x.read_bytes()[:200]), id="torn"),
    pytest.param(lambda x: x.write_bytes(b"\0" * 700), id="zeros"),
    pytest.param(lambda x: (x.unlink(), x.mkdir()), id="folder"),
    pytest.param(_pipe, id="pipe"),
    pytest.param(lambda x: (x.unlink(), x.symlink_to("elsewhere")), id="link"),
]


@pytest.mark.parametrize("spoil", _LOSSES)
def test_it_opens_all_again_when_the_first_is_lost(folder: Path, spoil: _Spoil) -> None:
    """What stands in its place gets another name, and is as it was."""
    whole = first(folder).read_bytes()
    spoil(first(folder))
    there = os.path.lexists(first(folder))
    found = first(folder).lstat() if there else None
    before = bytes_of(folder)
    with pytest.raises(DamagedVaultError) as refused:
        open_vault(folder, TYPED)
    assert "guide vault restore keys" in refused.value.next_step
    with pytest.raises(WrongPassphraseError):
        put_back(folder, OTHER)
    assert bytes_of(folder) == before
    assert spare_opens(folder, TYPED)
    assert not spare_opens(folder, OTHER)
    aside = put_back(folder, TYPED)
    assert first(folder).read_bytes() == spare(folder).read_bytes() == whole
    assert asides(folder) == ([aside] if there else [])
    if found and aside:
        now = aside.lstat()
        assert (now.st_ino, now.st_size) == (found.st_ino, found.st_size)
    assert word(open_vault(folder, TYPED)) == CANARY
    assert asides(folder) == ([aside] if there else [])  # opening takes nothing away


def test_recovery_words_put_it_back_too(folder: Path) -> None:
    with open_vault(folder, TYPED) as vault:
        words = " ".join(add_recovery(vault, TYPED, profile=CHEAPEST))
    first(folder).unlink()
    assert spare_opens(folder, words.upper())
    put_back(folder, words)
    assert word(open_with_recovery(folder, words)) == CANARY


def test_one_that_is_whole_is_not_replaced(folder: Path) -> None:
    """Else an old passphrase could come back to force by one command."""
    old = spare(folder).read_bytes()
    change(folder, TYPED, OTHER)
    spare(folder).write_bytes(old)  # as after a kill between the two
    before = bytes_of(folder)
    assert not spare_opens(folder, TYPED)
    for typed in (TYPED, OTHER):
        with pytest.raises(SpareNoBetterError):
            put_back(folder, typed)
    assert bytes_of(folder) == before


def test_without_a_spare_it_is_said(folder: Path) -> None:
    first(folder).unlink()
    spare(folder).unlink()
    before = bytes_of(folder)
    with pytest.raises(NoSpareError) as refused:
        put_back(folder, TYPED)
    assert refused.value.exit_code == 6
    with pytest.raises(DamagedVaultError) as damaged:
        open_vault(folder, TYPED)
    assert "restore keys" not in damaged.value.next_step
    assert not spare_opens(folder, TYPED)
    assert bytes_of(folder) == before


def test_where_no_vault_is_nothing_is_put_back(tmp_path: Path) -> None:
    with pytest.raises(NoVaultError):
        put_back(tmp_path / "nothing", TYPED)
    (tmp_path / "holiday").mkdir()
    with pytest.raises(NoVaultError):
        put_back(tmp_path / "holiday", TYPED)
    assert bytes_of(tmp_path) == {}


def test_a_vault_that_is_open_elsewhere_is_left_alone(folder: Path) -> None:
    with open_vault(folder, TYPED):
        first(folder).rename(folder / "somewhere")
        with pytest.raises(VaultInUseError):
            put_back(folder, TYPED)
        (folder / "somewhere").rename(first(folder))


def test_the_database_may_be_lost_as_well(folder: Path) -> None:
    """A backup is proof enough, and can be put back afterwards."""
    with open_vault(folder, TYPED) as vault:
        back_up(vault)
    first(folder).unlink()
    (folder / "vault.db").unlink()
    assert lacks_key_file(folder)  # two names less, and it is still not "no notes"
    with pytest.raises(DamagedVaultError):
        open_vault(folder, TYPED)
    with pytest.raises(PlaceRefusedError):
        made(folder, OTHER)
    put_back(folder, TYPED)
    with pytest.raises(DamagedVaultError, match="database of this vault is missing"):
        open_vault(folder, TYPED)


def test_a_vault_that_was_not_closed_takes_it_back(folder: Path) -> None:
    """What is in the journal of the database alone stays there, and is read."""
    place = folder.with_name("killed")
    with open_vault(folder, TYPED) as vault:
        vault.connection.execute("insert into word values ('the last')")
        shutil.copytree(folder, place)
    assert (place / "vault.db-wal").stat().st_size
    before = bytes_of(place)
    first(place).unlink()
    put_back(place, TYPED)
    assert bytes_of(place) == before
    with open_vault(place, TYPED) as vault:
        rows = vault.connection.execute("select text from word").fetchall()
    assert rows == [(CANARY,), ("the last",)]


def test_what_was_put_aside_ends_with_the_next_change(folder: Path) -> None:
    """One wrong byte in its head, and the old passphrase would still be in there."""
    whole = first(folder).read_bytes()
    first(folder).write_bytes(whole.replace(b"guide/vault", b"guide/vaul_"))
    put_back(folder, TYPED)
    (aside,) = asides(folder)
    mine = folder / "vault-00000000.json"
    mine.write_bytes(b"age-encryption.org/v1\n" + os.urandom(3000))
    open_vault(folder, TYPED).close()
    assert aside.exists()
    change(folder, TYPED, OTHER)
    assert not aside.exists()
    assert_gone(folder, sealed_in(whole))
    assert mine.exists()  # a name alone is no reason to delete


# Planted by somebody.


def _theirs(folder: Path) -> Path:
    place = folder.with_name("theirs")
    with made(place, OTHER) as vault:
        vault.connection.execute("create table word (text)")
    return place


def test_a_spare_of_another_vault_opens_and_alters_nothing(folder: Path) -> None:
    """Neither for its own passphrase nor for the reader's."""
    shutil.copy(spare(_theirs(folder)), spare(folder))
    whole = first(folder).read_bytes()
    first(folder).unlink()
    before = bytes_of(folder)
    for typed in (OTHER, TYPED):
        assert not spare_opens(folder, typed)
        with pytest.raises((DamagedVaultError, WrongPassphraseError)):
            put_back(folder, typed)
    assert bytes_of(folder) == before
    first(folder).write_bytes(whole)
    with pytest.raises(WrongPassphraseError):
        open_vault(folder, OTHER)
    assert word(open_vault(folder, TYPED)) == CANARY
    assert in_step(folder)


def test_a_key_file_of_another_vault_does_not_reach_the_spare(folder: Path) -> None:
    """It opens no database here, so it is none of ours; the spare can be put back."""
    whole = spare(folder).read_bytes()
    shutil.copy(first(_theirs(folder)), first(folder))
    with pytest.raises(DamagedVaultError):
        open_vault(folder, OTHER)
    with pytest.raises(WrongPassphraseError):
        open_vault(folder, TYPED)
    assert spare(folder).read_bytes() == whole
    assert spare_opens(folder, TYPED)
    aside = put_back(folder, TYPED)
    assert aside is not None
    assert word(open_vault(folder, TYPED)) == CANARY


def test_another_vault_laid_over_this_one_does_not_end_its_spare(folder: Path) -> None:
    """Their key file and database: the last key to the backups here stays."""
    with open_vault(folder, TYPED) as vault:
        back_up(vault)
    whole, theirs = spare(folder).read_bytes(), _theirs(folder)
    for name in ("vault.json", "vault.db"):
        shutil.copy(theirs / name, folder / name)
    open_vault(folder, OTHER).close()
    assert in_step(folder)
    assert [x.read_bytes() for x in asides(folder)] == [whole]
    change(folder, OTHER, THIRD)
    assert [x.read_bytes() for x in asides(folder)] == [whole]


@pytest.mark.parametrize(
    "planted",
    [
        pytest.param(os.mkfifo, id="pipe"),
        pytest.param(lambda x: x.symlink_to("../vault.db"), id="link"),
        pytest.param(lambda x: x.mkdir(), id="folder"),
        pytest.param(lambda x: x.write_bytes(b"{" * 60_000), id="deep"),
        pytest.param(_huge, id="huge"),
        pytest.param(lambda x: x.write_text(_OLD), id="newer"),
    ],
)
def test_a_strange_spare_is_neither_waited_for_nor_believed(
    folder: Path, planted: _Spoil
) -> None:
    spare(folder).unlink()
    planted(spare(folder))
    first(folder).unlink()
    with pytest.raises(NoSpareError):
        put_back(folder, TYPED)
    assert not spare_opens(folder, TYPED)
    assert not first(folder).exists()


def test_a_folder_in_its_place_stops_no_opening_and_no_change(folder: Path) -> None:
    spare(folder).unlink()
    spare(folder).mkdir()
    open_vault(folder, TYPED).close()
    change(folder, TYPED, OTHER)
    assert not opens_anything(folder, TYPED)
    assert spare(folder).is_dir()


# In a copy of all of it.


def test_a_copy_has_its_own_and_no_older_one(folder: Path, tmp_path: Path) -> None:
    copy = tmp_path / "stick"
    with open_vault(folder, TYPED) as vault:
        copy_vault(vault, copy)
        assert in_step(copy)
        old = sealed_in(first(folder).read_bytes())
        change_passphrase(vault, TYPED, OTHER, profile=CHEAPEST)
        copy_vault(vault, copy)
    assert in_step(copy)
    assert_gone(copy, old)
    first(copy).unlink()
    put_back(copy, OTHER)
    assert word(open_vault(copy, OTHER)) == CANARY


def test_a_copy_that_lost_its_spare_gets_it_again(folder: Path, tmp_path: Path) -> None:
    copy = tmp_path / "stick"
    with open_vault(folder, TYPED) as vault:
        copy_vault(vault, copy)
        spare(copy).unlink()
        copy_vault(vault, copy)
    assert in_step(copy)
