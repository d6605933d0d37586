"""Keeping real files in real vaults: byte for byte, or not at all and why."""

from __future__ import annotations

import os
import shutil
import socket
import stat
import subprocess
from collections.abc import Callable, Iterator
from itertools import groupby
from pathlib import Path

import pytest

from guide.model.problems import GuideError
from guide.vault import sealing
from guide.vault.kept import KeptFile, packed
from guide.vault.opening import OpenVault
from guide.vault.problems import (
    NotKeptError,
    StoppedError,
)
from guide.vault.sealed_export import export_file
from guide.vault.sealed_files import keep_file
from guide.vault.sealed_listing import (
    clean_parts,
    orphans,
)
from guide.vault.sealed_reading import FileState, read_file, verify_file
from tests.vault.keeping import (
    FailingDisk,
    bytes_of,
    committing,
    data_path,
    journal_of,
    kept,
    known_ids,
    names_in,
    new_vault,
    record,
    record_path,
    sha,
    written,
)

LARGE = sealing.HERE + 100_000  # goes through the second process
SIZES = [0, 1, 65_535, 65_536, 65_537, 1 << 20, sealing.HERE, LARGE]


@pytest.fixture
def vault(tmp_path: Path) -> Iterator[OpenVault]:
    with new_vault(tmp_path / "vault") as opened:
        yield opened


@pytest.mark.parametrize("size", SIZES)
def test_a_kept_file_comes_back_byte_for_byte(
    vault: OpenVault, tmp_path: Path, size: int
) -> None:
    data = bytes_of(size)
    file = kept(vault, written(tmp_path / "a", data))
    assert (file.sha256, file.size) == (sha(data), size)
    assert verify_file(vault, file) is FileState.INTACT
    assert read_file(vault, file, limit=1 << 24) == data
    target = export_file(vault, file, tmp_path / "out")
    assert target.read_bytes() == data
    assert names_in(vault) == {f"{file.id}.age", f"{file.id}.m.age"}
    assert (tmp_path / "a").read_bytes() == data


def test_nothing_in_the_folder_tells_a_name_or_a_word_of_the_file(
    vault: OpenVault, tmp_path: Path
) -> None:
    file = kept(vault, written(tmp_path / "canary-name", b"canary-text " * 500))
    for path in vault.folder.rglob("*"):
        assert "canary" not in path.name
        if path.is_file():
            assert b"canary" not in path.read_bytes()
            assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert len(file.id) == 32


@pytest.mark.skipif(shutil.which("age") is None, reason="needs the age command")
@pytest.mark.parametrize("size", [0, 70_000, LARGE])
def test_the_age_command_opens_file_and_record_without_us(
    vault: OpenVault, tmp_path: Path, size: int
) -> None:
    data = bytes_of(size)
    file = kept(vault, written(tmp_path / "a", data), name="mail\n1.eml")
    identity = written(tmp_path / "id", vault.root.age_identity().encode())
    for path, wanted in [
        (data_path(vault, file), data),
        (record_path(vault, file), packed(file)),
    ]:
        command = ["age", "-d", "-i", str(identity), str(path)]
        done = subprocess.run(command, check=True, capture_output=True)
        assert done.stdout == wanted


def a_folder(path: Path) -> None:
    path.mkdir()


def a_socket(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as made:
        made.bind(str(path))


def a_link(path: Path) -> None:
    path.symlink_to(written(path.with_name("real"), b"x"))


@pytest.mark.parametrize(
    ("make", "said"),
    [
        pytest.param(a_folder, "a folder", id="folder"),
        pytest.param(a_link, "a link", id="link"),
        pytest.param(os.mkfifo, "a pipe", id="pipe"),
        pytest.param(a_socket, "a socket", id="socket"),
        pytest.param(lambda path: None, "no file with that name", id="nothing"),
    ],
)
def test_what_is_not_a_file_is_refused_with_its_own_sentence(
    vault: OpenVault, tmp_path: Path, make: Callable[[Path], None], said: str
) -> None:
    make(tmp_path / "it")
    with pytest.raises(NotKeptError) as caught:
        kept(vault, tmp_path / "it")
    assert said in caught.value.what
    assert "kept" in caught.value.what
    assert names_in(vault) == set()


@pytest.mark.parametrize("device", ["/dev/zero", "/dev/tty"])
def test_a_device_is_refused_and_never_opened(vault: OpenVault, device: str) -> None:
    if not Path(device).exists():
        pytest.skip("no such device here")
    disk = FailingDisk()
    with pytest.raises(NotKeptError, match="a device"):
        keep_file(vault, Path(device), record(), commit=committing(vault), disk=disk)
    assert disk.calls == ["look"]


def test_a_link_put_there_after_the_look_is_not_followed(
    vault: OpenVault, tmp_path: Path
) -> None:
    class Swapped(FailingDisk):
        def look(self, path: Path) -> os.stat_result:
            seen = super().look(path)
            if path.name == "it" and not path.is_symlink():
                path.rename(path.with_name("real"))
                path.symlink_to("real")
            return seen

    path = written(tmp_path / "it", b"x")
    with pytest.raises(NotKeptError, match="a link"):
        keep_file(vault, path, record(), commit=committing(vault), disk=Swapped())


@pytest.mark.skipif(not Path("/proc/version").exists(), reason="needs /proc")
def test_a_file_that_holds_more_than_it_says_is_refused(vault: OpenVault) -> None:
    with pytest.raises(NotKeptError, match="changed while"):
        kept(vault, Path("/proc/version"))


@pytest.mark.parametrize("size", [200_000, LARGE])
@pytest.mark.parametrize("change", ["grows", "shrinks", "rewritten", "replaced"])
def test_a_file_that_changes_while_it_is_read_is_not_kept(
    vault: OpenVault, tmp_path: Path, change: str, size: int
) -> None:
    path = written(tmp_path / "it", bytes_of(size))

    class Changing(FailingDisk):
        def write(self, descriptor: int, data: memoryview) -> int:
            if "write" not in self.calls:
                self._change()
            return super().write(descriptor, data)

        def _change(self) -> None:
            match change:
                case "grows":
                    with path.open("ab") as file:
                        file.write(b"x")
                case "shrinks":
                    os.truncate(path, 100)
                case "rewritten":
                    path.write_bytes(bytes_of(size)[::-1])
                case "replaced":
                    path.rename(path.with_name("older"))
                    written(path, bytes_of(size))

    before = path.stat().st_mtime_ns
    os.utime(path, ns=(before, before - 10**9))
    with pytest.raises(NotKeptError, match="changed while"):
        keep_file(vault, path, record(), commit=committing(vault), disk=Changing())
    assert names_in(vault) == set()
    assert known_ids(vault) == set()


@pytest.mark.parametrize(
    "name",
    [
        pytest.param("two\nlines.eml", id="newline"),
        pytest.param("\x1b[31mred\x07.png", id="escape codes"),
        pytest.param("caf\udce9.txt", id="bytes that are not text"),
        pytest.param("\ud800.txt", id="half a pair from elsewhere"),
        pytest.param("\ud83d\ude00.txt", id="two halves"),
        pytest.param("e\u0301 \u202e.txt", id="marks and direction"),
        pytest.param('"\\', id="quotes"),
    ],
)
def test_a_strange_name_is_kept_exactly(
    vault: OpenVault, tmp_path: Path, name: str
) -> None:
    try:
        path = written(tmp_path / name, b"x")
    except (UnicodeEncodeError, OSError):  # no file here can have it
        path = written(tmp_path / "x", b"x")
    file = kept(vault, path, name=name)
    (found,) = orphans(vault, ())
    assert found.kept == file
    assert found.kept is not None
    assert found.kept.record.name == name


def test_without_room_for_it_a_file_is_refused_before_anything_is_written(
    vault: OpenVault, tmp_path: Path
) -> None:
    size = 300_000
    needed = size + 3000 + (16 << 20)

    class Tight(FailingDisk):
        room = needed - 1

        def free(self, folder: Path) -> int:
            super().free(folder)
            return self.room

    path, disk = written(tmp_path / "it", bytes_of(size)), Tight()
    with pytest.raises(NotKeptError, match="too little room") as caught:
        keep_file(vault, path, record(), commit=committing(vault), disk=disk)
    assert "Make 1 MB of room" in caught.value.next_step
    assert "create" not in disk.calls
    disk.room = needed
    keep_file(vault, path, record(), commit=committing(vault), disk=disk)


@pytest.mark.parametrize("size", [1000, LARGE])
def test_the_steps_come_in_the_order_that_survives_a_power_cut(
    vault: OpenVault, tmp_path: Path, size: int
) -> None:
    disk = FailingDisk()
    commit = committing(vault)

    def committed(file: KeptFile) -> None:
        disk.calls.append("commit")
        commit(file)

    path = written(tmp_path / "it", bytes_of(size))
    keep_file(vault, path, record(), commit=committed, disk=disk)
    looks = ("stat", "look", "read", "fill", "forget")
    steps = [step for step, _same in groupby(c for c in disk.calls if c not in looks)]
    write_and_read_back = ["create", "write", "sync", "close"]
    write_and_read_back += ["open_past_cache", "close"]
    assert steps == [
        *("open", "make_folder", "free"),
        *write_and_read_back,
        *write_and_read_back,
        *("rename", "sync_folder", "commit"),
    ]
    assert disk.calls.count("rename") == 2


@pytest.mark.parametrize("size", [1000, LARGE])
def test_a_disk_that_gives_back_other_bytes_is_noticed(
    vault: OpenVault, tmp_path: Path, size: int
) -> None:
    class Lying(FailingDisk):
        def sync(self, descriptor: int) -> None:
            super().sync(descriptor)
            os.pwrite(descriptor, b"\xff\x00", os.fstat(descriptor).st_size - 40)

    path = written(tmp_path / "it", bytes_of(size))
    with pytest.raises(NotKeptError, match="did not give it back whole"):
        keep_file(vault, path, record(), commit=committing(vault), disk=Lying())
    assert names_in(vault) == set()


@pytest.mark.parametrize("size", [1000, LARGE])
def test_another_file_of_the_same_size_in_its_place_is_noticed(
    vault: OpenVault, tmp_path: Path, size: int
) -> None:
    """Sealed for this vault and intact, but not what was read."""
    other = kept(vault, written(tmp_path / "other", bytes(size)))

    class Swapping(FailingDisk):
        def open_past_cache(self, path: Path) -> int:
            if path.suffix == ".part" and ".m" not in path.suffixes:
                path.write_bytes(data_path(vault, other).read_bytes())
            return super().open_past_cache(path)

    path = written(tmp_path / "it", bytes_of(size))
    with pytest.raises(NotKeptError, match="did not give it back whole"):
        keep_file(vault, path, record(), commit=committing(vault), disk=Swapping())


@pytest.mark.parametrize("size", [3 << 20, LARGE])
def test_stopping_at_any_moment_leaves_nothing_behind(
    vault: OpenVault, tmp_path: Path, size: int
) -> None:
    path = written(tmp_path / "it", bytes_of(size))
    stopped = 0
    for looks in range(100):
        left = iter(range(looks))
        try:
            keep_file(
                vault,
                path,
                record(),
                commit=committing(vault),
                cancelled=lambda left=left: next(left, None) is None,  # type: ignore[misc]
            )
        except StoppedError:
            stopped += 1
            assert names_in(vault) == set()
            assert known_ids(vault) == set()
        else:
            break
    assert stopped >= 5
    assert len(known_ids(vault)) == 1


def test_progress_ends_at_the_end_and_never_goes_back(
    vault: OpenVault, tmp_path: Path
) -> None:
    said: list[tuple[int, int]] = []
    keep_file(
        vault,
        written(tmp_path / "it", bytes_of(LARGE)),
        record(),
        commit=committing(vault),
        progress=lambda done, total: said.append((done, total)),
    )
    assert said == sorted(said)
    assert said[-1] == (2 * LARGE, 2 * LARGE)


def test_a_refusal_once_the_hash_is_known_leaves_nothing(
    vault: OpenVault, tmp_path: Path
) -> None:
    class AlreadyKeptError(GuideError):
        pass

    def accept(_file: KeptFile) -> None:
        raise AlreadyKeptError

    path = written(tmp_path / "it", b"x")
    with pytest.raises(AlreadyKeptError):
        keep_file(vault, path, record(), commit=committing(vault), accept=accept)
    assert names_in(vault) == set()


def test_a_sealed_file_that_the_database_does_not_know_is_listed_and_left(
    vault: OpenVault, tmp_path: Path
) -> None:
    def failing(_file: KeptFile) -> None:
        raise vault_error

    import apsw

    vault_error = apsw.FullError()
    path = written(tmp_path / "it", b"hello")
    with pytest.raises(NotKeptError, match="disk is full"):
        keep_file(vault, path, record("it"), commit=failing)
    first = kept(vault, path)
    (orphan,) = orphans(vault, known_ids(vault))
    assert orphan.id != first.id
    assert orphan.kept is not None
    assert orphan.kept.record.name == "it"
    assert clean_parts(vault) == 0
    assert verify_file(vault, orphan.kept) is FileState.INTACT


def test_the_journal_knows_each_kept_file(vault: OpenVault, tmp_path: Path) -> None:
    file = kept(vault, written(tmp_path / "it", b"x"))
    (entry,) = journal_of(vault).entries()
    assert entry.body["sha256"] == file.sha256
