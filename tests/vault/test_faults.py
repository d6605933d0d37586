"""A disk that is full, read-only, pulled out or broken: said clearly, nothing lost."""

from __future__ import annotations

import errno
import hashlib
import os
import resource
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from guide.model.problems import GuideError
from guide.vault import sealing
from guide.vault.backup import back_up, backups, is_good
from guide.vault.disk import Disk
from guide.vault.kept import KeptFile
from guide.vault.opening import OpenVault
from guide.vault.problems import NotKeptError
from guide.vault.sealed_export import export_file
from guide.vault.sealed_files import keep_file
from guide.vault.sealed_listing import Orphan, clean_parts, orphans
from guide.vault.sealed_reading import FileState, read_file, verify_file
from tests.vault.keeping import (
    FailingDisk,
    committing,
    journal_of,
    known_ids,
    names_in,
    names_of_backups,
    new_vault,
    record,
    reopened,
    written,
)

LARGE = sealing.HERE + 1
SMALL = 3000
NUMBERS = {
    "fault": errno.EIO,
    "full": errno.ENOSPC,
    "read-only": errno.EROFS,
    "too large": errno.EFBIG,
    "gone": errno.ENODEV,
    "refused": errno.EACCES,
}
by_number = pytest.mark.parametrize("number", NUMBERS.values(), ids=NUMBERS)
by_size = pytest.mark.parametrize("size", [SMALL, LARGE], ids=["here", "beside"])
by_persistence = pytest.mark.parametrize(
    "persists", [False, True], ids=["once", "from then on"]
)


@pytest.fixture
def vault(tmp_path: Path) -> Iterator[OpenVault]:
    with new_vault(tmp_path / "vault") as opened:
        yield opened


def bytes_of(size: int) -> bytes:
    return hashlib.shake_128(b"%d" % size).digest(size)


def source_of(folder: Path, size: int) -> Path:
    return written(folder / f"{size}.bin", bytes_of(size))


def kept(vault: OpenVault, path: Path, disk: Disk | None = None) -> KeptFile:
    commit = committing(vault)
    return keep_file(vault, path, record(), commit=commit, disk=disk or Disk())


def assert_sound(vault: OpenVault, files: list[KeptFile]) -> None:
    """Nothing kept is lost, and nothing is in the folder that is not accounted for."""
    for file in files:
        assert verify_file(vault, file) is FileState.INTACT
    clean_parts(vault)
    lost = {orphan.id for orphan in orphans(vault, known_ids(vault))}
    known = known_ids(vault)
    assert known == {file.id for file in files}
    assert {name.split(".")[0] for name in names_in(vault)} == known | lost
    assert not journal_of(vault).check()


def every_call(work: Callable[[FailingDisk], object]) -> range:
    """The numbers of the calls that *work* makes when nothing fails."""
    counted = FailingDisk()
    work(counted)
    return range(1, len(counted.calls) + 1)


@pytest.mark.parametrize(
    ("size", "persists", "late"),
    [
        pytest.param(SMALL, False, False, id="here, once"),
        pytest.param(SMALL, False, True, id="here, once, after it was done"),
        pytest.param(SMALL, True, False, id="here, from then on"),
        pytest.param(SMALL, True, True, id="here, from then on, after it was done"),
        pytest.param(LARGE, False, False, id="beside, once"),
        pytest.param(LARGE, True, True, id="beside, from then on"),
    ],
)
def test_keeping_survives_a_failure_of_any_call(
    vault: OpenVault, tmp_path: Path, size: int, persists: bool, late: bool
) -> None:
    number = errno.ENOSPC if late else errno.EIO
    path = source_of(tmp_path, size)
    before = (path.read_bytes(), path.stat().st_mtime_ns)
    first = kept(vault, path)
    files = [first]
    calls = every_call(lambda disk: files.append(kept(vault, path, disk)))
    for n in calls:
        disk = FailingDisk(fails_at=n, number=number, persists=persists, late=late)
        try:
            files.append(kept(vault, path, disk))
            assert len(disk.calls) < n  # two processes: not always as many calls
        except NotKeptError as error:
            assert error.next_step
            assert "kept" in error.what
        if not persists:
            assert names_in(vault) == {
                name
                for file in files
                for name in (f"{file.id}.age", f"{file.id}.m.age")
            }
    assert_sound(vault, files)
    assert (path.read_bytes(), path.stat().st_mtime_ns) == before


@by_number
def test_each_kind_of_failure_has_its_own_sentence(
    vault: OpenVault, tmp_path: Path, number: int
) -> None:
    path, said = source_of(tmp_path, SMALL), set()
    for n in every_call(lambda disk: kept(vault, path, disk)):
        disk = FailingDisk(fails_at=n, number=number)
        with pytest.raises(NotKeptError) as caught:
            kept(vault, path, disk)
        said.add(caught.value.what)
    assert all("because" in what for what in said)
    assert len(said) <= 3


@by_size
def test_every_short_read_and_write_is_made_up_for(
    vault: OpenVault, tmp_path: Path, size: int
) -> None:
    class Halting(Disk):
        """As a slow stick or a network folder may: never all that was asked."""

        def fill(self, descriptor: int, buffer: memoryview) -> int:
            return super().fill(descriptor, buffer[: max(1, len(buffer) // 3)])

        def write(self, descriptor: int, data: memoryview) -> int:
            return super().write(descriptor, data[: max(1, len(data) // 3)])

    file = kept(vault, source_of(tmp_path, size), Halting())
    assert verify_file(vault, file, disk=Halting()) is FileState.INTACT
    assert verify_file(vault, file) is FileState.INTACT


@by_size
@by_persistence
def test_reading_survives_a_failure_of_any_call(
    vault: OpenVault, tmp_path: Path, size: int, persists: bool
) -> None:
    file = kept(vault, source_of(tmp_path, size))
    for n in every_call(lambda disk: verify_file(vault, file, disk=disk)):
        disk = FailingDisk(fails_at=n, persists=persists)
        state = verify_file(vault, file, disk=disk)
        assert state in (FileState.UNREADABLE, FileState.RECORD_CHANGED)
    for n in every_call(lambda disk: read_file(vault, file, limit=1, disk=disk)):
        disk = FailingDisk(fails_at=n, persists=persists)
        with pytest.raises(GuideError):
            read_file(vault, file, limit=1, disk=disk)
    assert_sound(vault, [file])


@by_size
@by_persistence
def test_a_copy_out_is_whole_or_not_there_whatever_call_fails(
    vault: OpenVault, tmp_path: Path, size: int, persists: bool
) -> None:
    out = tmp_path / "out"
    out.mkdir()
    path = source_of(tmp_path, size)
    file = kept(vault, path)
    target = out / "copy"
    work = every_call(lambda disk: export_file(vault, file, target, disk=disk))
    target.unlink()
    for n in work:
        disk = FailingDisk(fails_at=n, persists=persists)
        try:
            export_file(vault, file, target, disk=disk)
        except GuideError as error:
            assert error.next_step
        if target.exists() and target.stat().st_size:
            assert target.read_bytes() == path.read_bytes()
            target.unlink()
        for left in out.iterdir():
            # What the disk would not let us remove may stay: never under its name.
            assert persists or disk.calls[n - 1] == "remove"
            assert left.name.endswith(".part")
            left.unlink()
    assert_sound(vault, [file])


def test_listing_survives_a_failure_of_any_call(
    vault: OpenVault, tmp_path: Path
) -> None:
    file = kept(vault, source_of(tmp_path, SMALL))
    found_by_listing = [(Orphan(id=file.id, kept=x),) for x in (None, file)]
    for work in (clean_parts, lambda vault, disk: orphans(vault, (), disk=disk)):
        for n in every_call(lambda disk, work=work: work(vault, disk=disk)):  # type: ignore[misc]
            try:
                found = work(vault, disk=FailingDisk(fails_at=n))
            except GuideError as error:
                assert error.next_step
            else:
                assert found in (0, *found_by_listing)
    assert_sound(vault, [file])


MEGABYTE = 1 << 20


class Boastful(Disk):
    """Says that there is room, so that the real end of it is met later."""

    def free(self, folder: Path) -> int:
        return 1 << 40


def leave_free(stick: Path, size: int) -> None:
    filler = stick / "filler"
    filler.unlink(missing_ok=True)
    taken = shutil.disk_usage(stick).free - size
    with filler.open("wb") as file:
        for _block in range(taken // 4096):
            file.write(bytes(4096))


def test_a_disk_that_fills_up_at_any_stage_loses_nothing(
    stick: Path, tmp_path: Path
) -> None:
    path = source_of(tmp_path, 200_000)
    with new_vault(stick / "vault") as vault:
        files, refused = [kept(vault, path, Boastful())], 0
        # From no room at all to room for everything, a page at a time.
        for pages in range(0, 90, 2):
            leave_free(stick, pages * 4096)
            try:
                files.append(kept(vault, path, Boastful()))
            except NotKeptError as error:
                refused += 1
                assert "full" in error.what
                assert read_file(vault, files[0], limit=1 << 20) == path.read_bytes()
        assert refused > 20
        assert len(files) > 3
        leave_free(stick, 0)
        assert_sound(vault, files)
    (stick / "filler").unlink()
    with reopened(stick / "vault") as vault:
        assert_sound(vault, files)


def test_a_large_file_that_fills_the_disk_is_refused_from_the_second_process(
    stick: Path, tmp_path: Path
) -> None:
    path = source_of(tmp_path, LARGE)
    with new_vault(stick / "vault") as vault:
        for free in (0, MEGABYTE, LARGE - 8192, LARGE):
            leave_free(stick, free)
            with pytest.raises(NotKeptError, match="full"):
                kept(vault, path, Boastful())
            assert names_in(vault) == set()
        leave_free(stick, LARGE + MEGABYTE)
        assert_sound(vault, [kept(vault, path, Boastful())])


def test_a_backup_onto_a_full_disk_leaves_the_older_ones(
    stick: Path, tmp_path: Path
) -> None:
    with new_vault(stick / "vault") as vault:
        for _time in range(3):
            for _entry in range(100):
                kept_note(vault)
            back_up(vault)
        for pages in range(0, 120, 12):
            leave_free(stick, pages * 4096)
            try:
                back_up(vault, disk=Boastful())
            except GuideError as error:
                assert "no room" in error.what
            for each in backups(vault.folder):
                assert is_good(each.path, vault.root.database_key(), vault.id)
        assert names_of_backups(vault) == {"a.db", "b.db"}


def kept_note(vault: OpenVault) -> None:
    from tests.vault.keeping import NOW

    with vault.connection:
        journal_of(vault).append("note", {"text": "x" * 100}, NOW)


def test_on_a_write_protected_stick_keeping_is_refused_and_reading_works(
    stick: Path, tmp_path: Path
) -> None:
    path = source_of(tmp_path, SMALL)
    with new_vault(stick / "vault") as vault:
        (stick / "vault" / "sealed").mkdir(exist_ok=True)
        file = keep_file(
            vault, path, record(), commit=committing(vault), disk=Boastful()
        )
    subprocess.run(["mount", "-o", "remount,ro", str(stick)], check=True)
    with reopened(stick / "vault") as vault:
        with pytest.raises(NotKeptError, match="cannot be written to"):
            keep_file(vault, path, record(), commit=lambda _file: None, disk=Boastful())
        assert verify_file(vault, file) is FileState.INTACT
        assert read_file(vault, file, limit=1 << 20) == path.read_bytes()
        assert known_ids(vault) == {file.id}
        with pytest.raises(GuideError):
            back_up(vault, disk=Boastful())


def test_a_stick_that_is_pulled_out_is_said_and_the_source_is_untouched(
    vault: OpenVault, tmp_path: Path
) -> None:
    path = source_of(tmp_path, LARGE)
    file = kept(vault, path)

    class Pulled(Disk):
        """Gone after the first piece was written."""

        def write(self, descriptor: int, data: memoryview) -> int:
            vault.folder.rename(tmp_path / "pulled")
            raise OSError(errno.ENXIO, "")

    with pytest.raises(NotKeptError, match="folder is gone"):
        kept(vault, path, Pulled())
    with pytest.raises(NotKeptError, match="folder is gone"):
        kept(vault, path)
    (tmp_path / "pulled").rename(vault.folder)
    assert_sound(vault, [file])


@by_size
def test_a_limit_on_the_size_of_files_is_a_clear_message(
    vault: OpenVault, tmp_path: Path, size: int
) -> None:
    """As FAT has one, of 4 GB: real, from the system, in the middle of a write."""
    path = source_of(tmp_path, size)
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    ignored = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    try:
        resource.setrlimit(resource.RLIMIT_FSIZE, (size // 2, before[1]))
        with pytest.raises(NotKeptError, match="too large for this disk"):
            kept(vault, path)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, ignored)
    assert names_in(vault) == set()
    assert_sound(vault, [kept(vault, path)])


def test_a_system_that_starts_no_more_processes_is_a_clear_message(
    vault: OpenVault, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "executable", os.fspath(tmp_path / "none"))
    with pytest.raises(NotKeptError, match="a part of the guide"):
        kept(vault, source_of(tmp_path, LARGE))
    assert_sound(vault, [kept(vault, source_of(tmp_path, SMALL))])
