"""One holder at a time, and a making or a change that is cut short."""

from __future__ import annotations

import os
import signal
from contextlib import suppress
from pathlib import Path

import pytest

from guide.vault.changing import (
    change_passphrase,
)
from guide.vault.disk import Disk
from guide.vault.key_file import (
    parse_key_file,
    read_key_file,
    replace_key_file,
)
from guide.vault.keys import CHEAPEST
from guide.vault.lock import hold
from guide.vault.opening import (
    open_vault,
)
from guide.vault.problems import (
    VaultDiskError,
    VaultInUseError,
    WrongPassphraseError,
)
from guide.vault.whereabouts import is_vault
from tests.vault.making import (
    CANARY,
    OPEN,
    OTHER,
    TYPED,
    elsewhere,
    made,
    word,
)


def test_a_second_opening_is_told(folder: Path) -> None:
    """In the same program and in another; the first goes on undisturbed."""
    with open_vault(folder, TYPED) as vault:
        with pytest.raises(VaultInUseError) as refusal:
            open_vault(folder, TYPED)
        assert refusal.value.exit_code == 5
        assert elsewhere(OPEN, folder).communicate()[0] == "VaultInUseError\n"
        vault.connection.execute("insert into word values ('more')")
    assert elsewhere(OPEN, folder).communicate("\n")[0] == "open\n"
    assert word(open_vault(folder, TYPED)) == CANARY


_FORK = """
import os
vault = open_vault(folder, typed)
child = os.fork()
if child == 0:
    print(os.getpid(), flush=True)
    sys.stdin.readline()
    os._exit(0)
os.waitpid(child, 0)
"""


def test_of_many_starts_at_once_one_opens(folder: Path) -> None:
    """And every other one is told."""
    started = [elsewhere(OPEN, folder) for _each in range(6)]
    said = [each.stdout.readline() for each in started if each.stdout]
    for each in started:
        each.communicate("\n")
    assert sorted(said) == ["VaultInUseError\n"] * 5 + ["open\n"]


def test_the_lock_of_a_killed_holder_is_free_at_once(folder: Path) -> None:
    """No file to remove, nothing to wait for."""
    holder = elsewhere(OPEN, folder)
    assert holder.stdout
    assert holder.stdout.readline() == "open\n"
    with pytest.raises(VaultInUseError):
        open_vault(folder, TYPED)
    holder.kill()
    holder.communicate()
    assert word(open_vault(folder, TYPED)) == CANARY


def test_a_worker_that_outlives_a_killed_holder_keeps_no_lock(folder: Path) -> None:
    """A forked child has a copy of every open file, but not of this one."""
    holder = elsewhere(_FORK, folder)
    assert holder.stdout
    child = int(holder.stdout.readline())
    with pytest.raises(VaultInUseError):
        hold(folder / "lock")
    holder.kill()
    holder.wait()
    try:
        hold(folder / "lock").release()
    finally:
        os.kill(child, signal.SIGKILL)
        holder.communicate()


# Kills itself just before the n-th thing that it asks of the folder.
KILLED_AT = """
import os, signal
left = int(sys.argv[4])
asks = {"open", "os.mkdir", "os.rename", "os.remove", "os.listdir", "os.chmod"}
def watch(event, details):
    global left
    if event in asks and os.fsdecode(details[0]).startswith(str(folder)):
        left -= 1
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
"""
_MAKE = (
    KILLED_AT
    + """
sys.addaudithook(watch)
create_vault(folder, typed, profile=CHEAPEST, now=now).close()
"""
)
_CHANGE = (
    KILLED_AT
    + """
vault = open_vault(folder, typed)
sys.addaudithook(watch)
change_passphrase(vault, typed, other, profile=CHEAPEST)
"""
)


def test_a_making_that_is_killed_leaves_a_vault_or_nothing(tmp_path: Path) -> None:
    """Before whatever call: the same folder can be used again."""
    left_behind, whole = set(), {"vault.json", "vault.db", "lock", "sealed", "backup"}
    for n in range(1, 100):
        place = tmp_path / str(n)
        maker = elsewhere(_MAKE, place, str(n))
        maker.communicate()
        if maker.returncode == 0:
            break
        names = {x.name for x in place.iterdir()} if place.exists() else set()
        left_behind.add(frozenset(names))
        vault = open_vault(place, TYPED) if is_vault(place) else made(place)
        vault.close()
        assert {x.name for x in place.iterdir()} == whole
    assert maker.returncode == 0
    assert len(left_behind) > 6
    assert any("vault.json" in names for names in left_behind)


@pytest.mark.parametrize("stop", range(1, 8))
def test_a_making_cut_short_anywhere_can_be_repeated(tmp_path: Path, stop: int) -> None:
    """What a killed program leaves, piece by piece."""
    pieces = ["lock", "unfinished", "vault.db", "vault.db-wal", "vault.json.part"]
    place = tmp_path / "vault"
    place.mkdir()
    for name in pieces[:stop]:
        (place / name).touch()
    for name in ("sealed", "backup")[: max(0, stop - 5)]:
        (place / name).mkdir()
    with made(place):
        pass
    open_vault(place, TYPED).close()


class _FailingDisk(Disk):
    """A disk of which one call fails, counted from 1."""

    def __init__(self, fails_at: int) -> None:
        self.left = fails_at

    def _count(self) -> None:
        self.left -= 1
        if self.left == 0:
            raise OSError(5, "")

    def open(self, path: Path) -> int:
        self._count()
        return super().open(path)

    def create(self, path: Path) -> int:
        self._count()
        return super().create(path)

    def write(self, descriptor: int, data: memoryview) -> int:
        self._count()
        return super().write(descriptor, data[:100])  # a disk takes what it likes

    def read(self, descriptor: int, size: int) -> bytes:
        self._count()
        return super().read(descriptor, size)

    def sync(self, descriptor: int) -> None:
        self._count()
        super().sync(descriptor)

    def rename(self, old: Path, new: Path) -> None:
        self._count()
        super().rename(old, new)

    def sync_folder(self, folder: Path) -> None:
        self._count()
        super().sync_folder(folder)


def test_a_disk_that_fails_at_any_call_leaves_a_whole_key_file(
    folder: Path, tmp_path: Path
) -> None:
    """The old one or the new one, and no piece of either beside it."""
    made(tmp_path / "other", OTHER).close()
    new, old = read_key_file(tmp_path / "other"), read_key_file(folder)
    stood = []
    for n in range(1, 100):
        disk = _FailingDisk(n)
        with suppress(VaultDiskError):
            replace_key_file(folder, new, disk)
        if disk.left > 0:
            break
        stood.append(read_key_file(folder) == old)
        assert read_key_file(folder) in (old, new)
        assert not (folder / "vault.json.part").exists()
        replace_key_file(folder, old)
    assert len(stood) > 10
    assert stood[:-1] == [True] * (len(stood) - 1)  # all but the sync of the folder


def test_a_change_that_is_killed_leaves_one_of_both_passphrases(folder: Path) -> None:
    """Never none, before whatever call."""
    opens = []
    for n in range(1, 100):
        changer = elsewhere(_CHANGE, folder, str(n))
        changer.communicate()
        assert parse_key_file((folder / "vault.json").read_bytes())
        try:
            open_vault(folder, TYPED).close()
            opens.append(TYPED)
        except WrongPassphraseError:
            with open_vault(folder, OTHER) as vault:
                change_passphrase(vault, OTHER, TYPED, profile=CHEAPEST)
            opens.append(OTHER)
        assert not (folder / "vault.json.part").exists()
        if changer.returncode == 0:
            break
    assert changer.returncode == 0
    assert opens.count(TYPED) >= 4
    assert opens[-2:] == [OTHER, OTHER]  # killed after the rename, and not at all
