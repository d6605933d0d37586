"""A second copy on another disk: whole and read back, or marked as not complete."""

from __future__ import annotations

import errno
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest

from guide.model.problems import GuideError
from guide.vault.lock import hold
from guide.vault.opening import OpenVault, open_vault
from guide.vault.problems import (
    NoVaultError,
    PlaceRefusedError,
    StoppedError,
    VaultDiskError,
    VaultInUseError,
)
from guide.vault.sealed_listing import orphans
from guide.vault.sealed_reading import FileState, verify_file
from guide.vault.second_copy import NotCopiedError, copy_vault
from guide.vault.unfinished import REMOVING, mark_of
from guide.vault.whereabouts import is_vault
from tests.vault.keeping import (
    PASSPHRASE,
    FailingDisk,
    bytes_of,
    journal_of,
    kept,
    known_ids,
    new_vault,
    reopened,
    written,
)
from tests.vault.making import read_only

REPOSITORY = Path(__file__).parents[2]
SIZES = (0, 5, 70_000, 300_000)


@pytest.fixture
def vault(tmp_path: Path) -> Iterator[OpenVault]:
    """An open vault with some files in it."""
    opened = new_vault(tmp_path / "vault")
    for size in SIZES:
        kept(opened, written(tmp_path / "it", bytes_of(size)))
    yield opened
    opened.close()


def sealed(folder: Path) -> dict[str, bytes]:
    return {x.name: x.read_bytes() for x in (folder / "sealed").iterdir()}


def assert_whole(copy: Path, vault: OpenVault) -> None:
    """It opens with the same passphrase, and all of it is what was kept."""
    with reopened(copy) as there:
        assert there.id == vault.id
        assert known_ids(there) == known_ids(vault)
        assert journal_of(there).head() == journal_of(vault).head()
        assert orphans(there, known_ids(there)) == ()
        rows = there.connection.execute("select id, sha256, size from kept")
        for row in rows.fetchall():
            assert verify_file(there, _Row(*row)) is FileState.INTACT
    assert sealed(copy) == sealed(vault.folder)
    assert not (copy / "unfinished").exists()


class _Row:
    def __init__(self, id_: object, sha256: object, size: object) -> None:
        self.id, self.sha256, self.size = str(id_), str(sha256), int(str(size))


def test_a_copy_is_a_vault_of_its_own(vault: OpenVault, tmp_path: Path) -> None:
    copied = copy_vault(vault, tmp_path / "stick" / "copy")
    assert (copied.files, copied.there, copied.more) == (2 * len(SIZES), 0, 0)
    assert copied.put_aside is None
    assert_whole(tmp_path / "stick" / "copy", vault)


def test_all_of_it_is_sealed_and_for_this_login_alone(
    vault: OpenVault, tmp_path: Path
) -> None:
    copy = tmp_path / "copy"
    old = os.umask(0o022)
    try:
        copy_vault(vault, copy)
    finally:
        os.umask(old)
    for path in copy.rglob("*"):
        assert path.stat().st_mode & 0o077 == 0, path
        if path.is_file() and path.name != "vault.json":
            assert b"mail.eml" not in path.read_bytes()
            assert not path.read_bytes().startswith(b"SQLite format 3")


def test_a_later_copy_copies_only_what_is_new(vault: OpenVault, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    copy_vault(vault, copy)
    times = {x: x.stat().st_mtime_ns for x in (copy / "sealed").iterdir()}
    kept(vault, written(tmp_path / "it", b"one more"))
    copied = copy_vault(vault, copy)
    assert (copied.files, copied.there) == (2, 2 * len(SIZES))
    assert copied.put_aside is None
    assert (
        times.items()
        <= {x: x.stat().st_mtime_ns for x in (copy / "sealed").iterdir()}.items()
    )
    assert_whole(copy, vault)


def test_a_file_that_is_not_the_same_length_is_copied_again(
    vault: OpenVault, tmp_path: Path
) -> None:
    copy = tmp_path / "copy"
    copy_vault(vault, copy)
    cut = max((copy / "sealed").iterdir(), key=lambda x: x.stat().st_size)
    os.truncate(cut, 100)
    assert copy_vault(vault, copy).files == 1
    assert_whole(copy, vault)


def test_what_somebody_wrote_into_the_copy_is_kept_beside_it(
    vault: OpenVault, tmp_path: Path
) -> None:
    copy = tmp_path / "copy"
    copy_vault(vault, copy)
    with reopened(copy) as there:
        kept(there, written(tmp_path / "it", b"only in the copy"))
    copied = copy_vault(vault, copy)
    assert copied.more == 2
    assert copied.put_aside
    assert copied.put_aside.parent == copy
    assert copied.put_aside.stat().st_size > 0
    with reopened(copy) as there:
        assert len(orphans(there, known_ids(there))) == 1
    copy_vault(vault, copy)
    assert copied.put_aside.exists()


def test_a_changed_passphrase_comes_along(vault: OpenVault, tmp_path: Path) -> None:
    from guide.vault.changing import change_passphrase
    from guide.vault.keys import CHEAPEST

    copy = tmp_path / "copy"
    copy_vault(vault, copy)
    change_passphrase(vault, PASSPHRASE, "another six plain words", profile=CHEAPEST)
    copy_vault(vault, copy)
    open_vault(copy, "another six plain words").close()
    with pytest.raises(GuideError):
        open_vault(copy, PASSPHRASE)


def test_it_can_be_stopped_and_goes_on_from_there(
    vault: OpenVault, tmp_path: Path
) -> None:
    copy = tmp_path / "copy"
    seen: list[tuple[int, int]] = []

    def stop() -> bool:
        return any((copy / "sealed").glob("*.age"))

    with pytest.raises(StoppedError):
        copy_vault(
            vault, copy, progress=lambda *done: seen.append(done), cancelled=stop
        )
    assert seen
    assert is_unfinished_copy(copy)
    assert not is_vault(copy)
    assert not list((copy / "sealed").glob("*.part"))
    done: list[tuple[int, int]] = []
    copied = copy_vault(vault, copy, progress=lambda *now: done.append(now))
    assert copied.there > 0
    assert done[-1][0] == done[-1][1] > 0
    assert [x for x, _all in done] == sorted(x for x, _all in done)
    assert_whole(copy, vault)


FAULTS = [errno.EIO, errno.ENOSPC, errno.ENODEV, errno.EROFS, errno.EFBIG]


@pytest.mark.parametrize("later", [False, True], ids=["first", "later"])
def test_a_stick_that_is_pulled_out_at_any_call_is_marked_or_whole(
    vault: OpenVault, tmp_path: Path, *, later: bool
) -> None:
    """A new one is no vault; an older one is still the vault that it was."""
    base = tmp_path / "base"
    if later:
        copy_vault(vault, base)
        kept(vault, written(tmp_path / "it", b"one more"))
    copy = tmp_path / "copy"

    def begin() -> None:
        shutil.rmtree(copy, ignore_errors=True)
        if later:
            shutil.copytree(base, copy)

    begin()
    counted = FailingDisk()
    copy_vault(vault, copy, disk=counted)
    for n in range(1, len(counted.calls) + 1):
        begin()
        number = FAULTS[n % len(FAULTS)]
        disk = FailingDisk(fails_at=n, number=number, persists=True)
        try:
            copy_vault(vault, copy, disk=disk)
        except NotCopiedError as error:
            assert error.next_step
        assert_whole_or_marked(copy)
        if n % 5 == 0:
            copy_vault(vault, copy)
            assert sealed(copy) == sealed(vault.folder)
            assert not is_unfinished_copy(copy)
    assert not journal_of(vault).check()


def is_unfinished_copy(folder: Path) -> bool:
    """Whether a copy into *folder* was begun, and not brought to its end."""
    said = mark_of(folder)
    return bool(said) and said != REMOVING


def assert_whole_or_marked(copy: Path) -> bool:
    """Whether it is a vault, and then one in which everything is intact."""
    names = {each.name for each in copy.iterdir()} if copy.exists() else set()
    if not is_vault(copy):
        nothing = names <= {"lock", "unfinished"}
        assert is_unfinished_copy(copy) or nothing, names
        return False
    with reopened(copy) as there:
        rows = there.connection.execute("select id, sha256, size from kept")
        for row in rows.fetchall():
            assert verify_file(there, _Row(*row)) is FileState.INTACT
    return True


def test_a_disk_that_lies_is_found_out(vault: OpenVault, tmp_path: Path) -> None:
    """What it gives back is not what was written to it."""

    class Lying(FailingDisk):
        def fill(self, descriptor: int, buffer: memoryview) -> int:
            count = super().fill(descriptor, buffer)
            here = Path(f"/proc/self/fd/{descriptor}").readlink()
            if count > 50 and "copy" in str(here):
                buffer[40] ^= 1
            return count

    if not Path("/proc/self/fd").exists():
        pytest.skip("needs names of descriptors")
    copy = tmp_path / "copy"
    with pytest.raises(NotCopiedError):
        copy_vault(vault, copy, disk=Lying())
    assert not is_vault(copy)


def test_a_disk_without_room_is_told_before_anything_is_copied(
    vault: OpenVault, tmp_path: Path
) -> None:
    class Tight(FailingDisk):
        def free(self, folder: Path) -> int:
            super().free(folder)
            return 100_000 if "copy" in str(folder) else 1 << 30

    with pytest.raises(NotCopiedError, match="too little room"):
        copy_vault(vault, tmp_path / "copy", disk=Tight())
    assert sealed(tmp_path / "copy") == {}


class Fat(FailingDisk):
    """A stick with FAT: no second names, no modes, no folder that can be synced."""

    def link(self, old: Path, new: Path) -> None:
        raise PermissionError(errno.EPERM, "")

    def sync_folder(self, folder: Path) -> None:
        """As ``Disk`` does where the system answers EINVAL."""

    def create(self, path: Path) -> int:
        descriptor = super().create(path)
        os.fchmod(descriptor, 0o777 & ~0o022)  # what FAT says of every file
        return descriptor


def test_a_stick_without_modes_and_links_will_do(
    vault: OpenVault, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_args: object, **_more: object) -> None:
        raise PermissionError(errno.EPERM, "")

    monkeypatch.setattr(os, "link", refused)
    monkeypatch.setattr(Path, "chmod", refused)
    copy = tmp_path / "copy"
    copy_vault(vault, copy, disk=Fat())
    copy.stat()
    assert_whole(copy, vault)
    kept(vault, written(tmp_path / "it", b"one more"))
    copy_vault(vault, copy, disk=Fat())
    assert_whole(copy, vault)


def test_it_never_goes_over_something_else(vault: OpenVault, tmp_path: Path) -> None:
    holiday = tmp_path / "holiday"
    holiday.mkdir()
    written(holiday / "picture.jpg", b"mine")
    other = new_vault(tmp_path / "other")
    other.close()
    making = tmp_path / "making"
    making.mkdir()
    written(making / "unfinished", b"0" * 32)
    written(making / "vault.db", b"of another")
    link = tmp_path / "link"
    link.symlink_to(tmp_path)
    file = written(tmp_path / "file", b"mine")
    inside = vault.folder / "sealed" / "copy"
    places = (holiday, other.folder, making, link, file, inside)
    for place in (*places, vault.folder, tmp_path, tmp_path / "vault" / ".."):
        before = {x: x.is_file() and x.read_bytes() for x in tmp_path.rglob("*")}
        with pytest.raises(PlaceRefusedError):
            copy_vault(vault, place)
        after = {x: x.is_file() and x.read_bytes() for x in tmp_path.rglob("*")}
        changed = {x for x in after if before.get(x) != after[x]}
        assert all(x.is_relative_to(vault.folder / "backup") for x in changed)


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere no folder has one")
@pytest.mark.parametrize("name", [b"notes\xff", b"stick\xff/notes"])
def test_a_name_that_no_vault_can_have_is_said_to_be_the_fault(
    vault: OpenVault, tmp_path: Path, name: bytes
) -> None:
    """The other disk is as good as any: told to check it, one checks for ever."""
    target = tmp_path / os.fsdecode(name)
    if b"/" in name:
        target.parent.mkdir()
    before = journal_of(vault).head()
    with pytest.raises(VaultDiskError, match="cannot have this name") as refused:
        copy_vault(vault, target)
    assert "disk" not in str(refused.value)
    assert not target.exists()
    assert journal_of(vault).head() == before


def test_a_copy_that_is_open_somewhere_is_left_alone(
    vault: OpenVault, tmp_path: Path
) -> None:
    copy = tmp_path / "copy"
    copy_vault(vault, copy)
    lock = hold(copy / "lock")
    with pytest.raises(VaultInUseError):
        copy_vault(vault, copy)
    lock.release()
    copy_vault(vault, copy)


def test_an_unfinished_copy_is_not_opened(vault: OpenVault, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    with pytest.raises(StoppedError):
        copy_vault(vault, copy, cancelled=lambda: True)
    with pytest.raises(NoVaultError):
        open_vault(copy, PASSPHRASE)


def test_a_vault_that_can_only_be_read_can_be_copied(tmp_path: Path) -> None:
    """The way out of a disk that takes no writes any more."""
    vault = new_vault(tmp_path / "vault")
    kept(vault, written(tmp_path / "it", b"it"))
    vault.close()
    with read_only(vault.folder), open_vault(vault.folder, PASSPHRASE) as there:
        assert there.read_only
        copied = copy_vault(there, tmp_path / "copy")
        assert copied.files == 2
    with reopened(vault.folder) as again:
        assert_whole(tmp_path / "copy", again)


_COPY = """
import sys, time
from pathlib import Path
from guide.vault.disk import Disk
from guide.vault.opening import open_vault
from guide.vault.second_copy import copy_vault
class Slow(Disk):
    def write(self, descriptor, data):
        time.sleep(0.0005)
        return super().write(descriptor, data[:8192])
    def rename(self, old, new):
        time.sleep(0.001); super().rename(old, new); time.sleep(0.001)
    def remove(self, path): time.sleep(0.001); super().remove(path)
vault = open_vault(Path(sys.argv[1]), sys.argv[3])
print("now", flush=True)
copy_vault(vault, Path(sys.argv[2]), disk=Slow())
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs kill")
def test_killed_at_any_moment_the_copy_is_marked_or_whole(tmp_path: Path) -> None:
    """And the same call brings it to its end, whatever was there."""
    vault = new_vault(tmp_path / "vault")
    for size in SIZES:
        kept(vault, written(tmp_path / "it", bytes_of(size)))
    vault.close()
    chance = Random(5)  # noqa: S311  when to kill is no secret
    marked = 0
    copy = tmp_path / "copy"
    for n in range(16):
        if n % 4 == 0:
            shutil.rmtree(copy, ignore_errors=True)
        command = [sys.executable, "-c", _COPY, str(vault.folder), str(copy)]
        with subprocess.Popen(
            [*command, PASSPHRASE], cwd=REPOSITORY, stdout=subprocess.PIPE
        ) as process:
            assert process.stdout
            process.stdout.readline()
            time.sleep(chance.uniform(0, 0.12))
            process.send_signal(signal.SIGKILL)
        marked += not assert_whole_or_marked(copy)
    assert marked > 2
    with reopened(vault.folder) as again:
        copy_vault(again, copy)
        assert_whole(copy, again)
