"""Keeping, verifying, reading, exporting and listing real files in real vaults."""

from __future__ import annotations

import hashlib
import os
import shutil
import socket
import stat
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from itertools import groupby
from pathlib import Path

import pytest

from guide.model.problems import GuideError, NotWrittenError
from guide.vault import sealing, sealing_worker
from guide.vault.kept import BadRecordError, KeptFile, packed, unpacked
from guide.vault.opening import OpenVault
from guide.vault.problems import (
    EvidenceChangedError,
    EvidenceMissingError,
    NotKeptError,
    StoppedError,
)
from guide.vault.sealed_export import export_file
from guide.vault.sealed_files import keep_file
from guide.vault.sealed_listing import (
    clean_parts,
    orphans,
    read_records,
    remove_file,
)
from guide.vault.sealed_reading import FileState, read_file, verify_all, verify_file
from tests.vault.keeping import (
    FailingDisk,
    committing,
    journal_of,
    known_ids,
    names_in,
    new_vault,
    record,
    sha,
    written,
)

LARGE = sealing.HERE + 100_000  # goes through the second process
SIZES = [0, 1, 65_535, 65_536, 65_537, 1 << 20, sealing.HERE, LARGE]


@pytest.fixture
def vault(tmp_path: Path) -> Iterator[OpenVault]:
    with new_vault(tmp_path / "vault") as opened:
        yield opened


def bytes_of(size: int) -> bytes:
    return hashlib.shake_128(b"%d" % size).digest(size)


def kept(vault: OpenVault, path: Path, name: str = "mail.eml") -> KeptFile:
    return keep_file(vault, path, record(name), commit=committing(vault))


def data_path(vault: OpenVault, file: KeptFile) -> Path:
    return vault.folder / "sealed" / f"{file.id}.age"


def record_path(vault: OpenVault, file: KeptFile) -> Path:
    return vault.folder / "sealed" / f"{file.id}.m.age"


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
    ((_id, found),) = read_records(vault)
    assert found == file
    assert found is not None
    assert found.record.name == name


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


def test_at_opening_only_parts_are_removed(vault: OpenVault, tmp_path: Path) -> None:
    file = kept(vault, written(tmp_path / "it", b"x"))
    folder = vault.folder / "sealed"
    parts = [f"{'a' * 32}.part", f"{'b' * 32}.m.part"]
    others = ["note.part", f"{'a' * 31}.part", f"{'A' * 32}.part", f"{'c' * 32}.age"]
    for name in [*parts, *others]:
        written(folder / name, b"?")
    assert clean_parts(vault) == 2
    assert names_in(vault) == {*others, f"{file.id}.age", f"{file.id}.m.age"}
    (orphan,) = orphans(vault, known_ids(vault))
    assert (orphan.id, orphan.kept) == ("c" * 32, None)


def test_removing_is_complete_and_can_be_done_again(
    vault: OpenVault, tmp_path: Path
) -> None:
    file = kept(vault, written(tmp_path / "it", b"x"))
    remove_file(vault, file.id)
    remove_file(vault, file.id)
    assert names_in(vault) == set()
    with pytest.raises(ValueError, match="not a sealed id"):
        remove_file(vault, "../vault")


def places_to_flip(size: int) -> list[int]:
    """Every byte of the first 400, then some all over, then the end."""
    some = range(0, size, max(1, size // 60))
    return sorted({*range(min(size, 400)), *some, *range(max(0, size - 20), size)})


@pytest.mark.parametrize("which", ["data", "record"])
def test_every_flipped_bit_of_a_sealed_file_is_found(
    vault: OpenVault, tmp_path: Path, which: str
) -> None:
    file = kept(vault, written(tmp_path / "it", bytes_of(200_000)))
    path = (data_path if which == "data" else record_path)(vault, file)
    whole = path.read_bytes()
    wanted = FileState.CHANGED if which == "data" else FileState.RECORD_CHANGED
    for place in places_to_flip(len(whole)):
        damaged = bytearray(whole)
        damaged[place] ^= 1 << (place % 8)
        path.write_bytes(damaged)
        assert verify_file(vault, file) is wanted, place
    path.write_bytes(whole)
    assert verify_file(vault, file) is FileState.INTACT


@pytest.mark.parametrize("size", [1000, LARGE])
def test_a_damaged_file_is_never_shown_or_written_out(
    vault: OpenVault, tmp_path: Path, size: int
) -> None:
    """Not even its first bytes, which are still intact."""
    file = kept(vault, written(tmp_path / "it", bytes_of(size)))
    path = data_path(vault, file)
    whole = path.read_bytes()
    ends = [0, 10, 150, len(whole) // 2, len(whole) - 1]
    damaged = [whole[:end] for end in ends] + [whole + b"x", b"\xff" + whole]
    for data in damaged:
        path.write_bytes(data)
        assert verify_file(vault, file) is FileState.CHANGED
        with pytest.raises(EvidenceChangedError) as caught:
            read_file(vault, file, limit=100)
        assert caught.value.exit_code == 6
        with pytest.raises(EvidenceChangedError):
            export_file(vault, file, tmp_path / "out")
    assert {each.name for each in tmp_path.iterdir()} == {"it", "vault"}


def test_what_is_gone_or_swapped_or_a_link_is_told_apart(
    vault: OpenVault, tmp_path: Path
) -> None:
    files = [kept(vault, written(tmp_path / "it", bytes([n]))) for n in range(5)]
    data_path(vault, files[0]).unlink()
    swap, other = data_path(vault, files[1]), data_path(vault, files[2])
    swap.write_bytes(other.read_bytes())
    linked = data_path(vault, files[3])
    linked.rename(linked.with_suffix(".real"))
    linked.symlink_to(linked.with_suffix(".real"))
    states = dict(verify_all(vault, files))
    assert [states[file.id] for file in files] == [
        *(FileState.MISSING, FileState.CHANGED, FileState.INTACT),
        *(FileState.CHANGED, FileState.INTACT),
    ]
    with pytest.raises(EvidenceMissingError):
        read_file(vault, files[0], limit=1)


def test_a_pulled_stick_is_not_called_a_missing_file(
    vault: OpenVault, tmp_path: Path
) -> None:
    file = kept(vault, written(tmp_path / "it", b"x"))
    (vault.folder / "sealed").rename(tmp_path / "elsewhere")
    assert verify_file(vault, file) is FileState.UNREADABLE
    with pytest.raises(GuideError) as caught:
        read_file(vault, file, limit=1)
    assert not isinstance(caught.value, EvidenceMissingError)
    assert "stick" in str(caught.value)


def test_verifying_goes_on_after_a_damaged_file_and_counts_every_byte(
    vault: OpenVault, tmp_path: Path
) -> None:
    files = [
        kept(vault, written(tmp_path / "it", bytes_of(size)))
        for size in (LARGE, 1000, LARGE + 1)
    ]
    os.truncate(data_path(vault, files[0]), 1000)
    said: list[tuple[int, int]] = []
    states = [
        state
        for _id, state in verify_all(
            vault, files, progress=lambda done, total: said.append((done, total))
        )
    ]
    assert states == [FileState.CHANGED, FileState.INTACT, FileState.INTACT]
    assert said[-1] == (2 * LARGE + 1001,) * 2
    assert said == sorted(said)


def test_a_preview_gives_no_more_than_asked_for(
    vault: OpenVault, tmp_path: Path
) -> None:
    data = bytes_of(LARGE)
    file = kept(vault, written(tmp_path / "it", data))
    assert read_file(vault, file, limit=1000) == data[:1000]
    assert read_file(vault, file, limit=0) == b""
    with pytest.raises(ValueError, match="preview"):
        read_file(vault, file, limit=1 << 30)


def test_a_copy_is_never_written_over_something(
    vault: OpenVault, tmp_path: Path
) -> None:
    file = kept(vault, written(tmp_path / "it", b"x"))
    taken = written(tmp_path / "taken", b"mine")
    (tmp_path / "link").symlink_to(tmp_path / "nowhere")
    for target in (taken, tmp_path / "link", tmp_path):
        with pytest.raises(NotWrittenError):
            export_file(vault, file, target)
    assert taken.read_bytes() == b"mine"
    with pytest.raises(NotWrittenError, match="no such folder"):
        export_file(vault, file, tmp_path / "none" / "out")


def test_a_copy_is_made_on_a_stick_without_links(
    vault: OpenVault, tmp_path: Path
) -> None:
    class NoLinks(FailingDisk):
        def link(self, old: Path, new: Path) -> None:
            raise PermissionError(1, "no links here")

    file = kept(vault, written(tmp_path / "it", b"hello"))
    target = export_file(vault, file, tmp_path / "out", disk=NoLinks())
    assert target.read_bytes() == b"hello"
    assert {each.name for each in tmp_path.iterdir()} == {"it", "vault", "out"}


@pytest.mark.parametrize(
    "data",
    [b"", b"[]", b"{}", b"{" * 100_000, b'{"id":1}', b"\xff", b"null"],
    ids=["nothing", "list", "empty", "deep", "half", "no text", "null"],
)
def test_bytes_that_are_no_record_are_refused(data: bytes) -> None:
    with pytest.raises(BadRecordError):
        unpacked(data)


def test_the_key_is_in_no_argument_no_environment_and_no_file(
    vault: OpenVault, tmp_path: Path
) -> None:
    if sys.platform != "linux":
        pytest.skip("looks into /proc")
    file = kept(vault, written(tmp_path / "it", bytes_of(LARGE)))
    secret = vault.root.age_identity()
    seen: list[Path] = []

    def look(_done: int, _total: int) -> None:
        for folder in Path("/proc").glob("[0-9]*"):
            try:
                status = (folder / "status").read_text("ascii", "replace")
                if f"PPid:\t{os.getpid()}\n" not in status:
                    continue
                seen.append(folder)
                for name in ("cmdline", "environ"):
                    assert secret.encode() not in (folder / name).read_bytes()
            except OSError:  # ended meanwhile, or hidden even from us
                continue

    verify_file(vault, file, progress=look)
    assert seen
    for path in vault.folder.rglob("*.age"):
        assert secret.encode() not in path.read_bytes()


def test_the_second_process_ends_with_a_killed_parent(tmp_path: Path) -> None:
    """Leave now kills the interface: nothing may go on decrypting."""
    if sys.platform != "linux":
        pytest.skip("a promise of the kernel of Linux")
    script = (
        "import subprocess, sys, time, pyrage\n"
        "from guide.vault import sealing, sealing_worker\n"
        "key = str(pyrage.x25519.Identity.generate().to_public())\n"
        "with sealing._process() as process:\n"
        "    first = sealing_worker.order(b'seal', key, sealing._library())\n"
        "    sealing._write_all(process.stdin.write, first + bytes(5 << 19))\n"
        "    process.stdout.read(10)\n"
        "    print(process.pid, flush=True)\n"
        "    time.sleep(60)\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", script], stdout=subprocess.PIPE, cwd=Path.cwd()
    ) as parent:
        assert parent.stdout is not None
        worker = int(parent.stdout.readline())
        status = Path(f"/proc/{worker}/status")
        assert "zombie" not in status.read_text()
        parent.kill()
        deadline = time.monotonic() + 5
        while status.exists() and "zombie" not in status.read_text():
            assert time.monotonic() < deadline
            time.sleep(0.01)


def test_a_killed_second_process_is_a_clear_message_and_nothing_is_kept(
    vault: OpenVault, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[subprocess.Popen[bytes]] = []

    class Killed(subprocess.Popen[bytes]):
        def __init__(self, *args: object, **options: object) -> None:
            super().__init__(*args, **options)  # type: ignore[call-overload]
            started.append(self)
            threading.Timer(0.06, self.kill).start()

    monkeypatch.setattr(subprocess, "Popen", Killed)
    path = written(tmp_path / "it", bytes_of(64 << 20))
    with pytest.raises(NotKeptError, match="a part of the guide was stopped"):
        kept(vault, path)
    assert started
    assert names_in(vault) == set()


def test_the_second_process_says_nothing_but_its_exit_code() -> None:
    command = [sys.executable, "-I", "-S", sealing_worker.__file__]
    done = subprocess.run(
        command, input=b"\0\0\0\x04oops", capture_output=True, check=False
    )
    assert (done.stdout, done.stderr) == (b"", b"")
    assert done.returncode == sealing_worker.FAILED


@pytest.mark.long
def test_a_sparse_file_of_5_gib_is_kept_with_little_memory(
    vault: OpenVault, tmp_path: Path
) -> None:
    import resource

    path = tmp_path / "sparse"
    with path.open("wb") as file:
        file.seek((5 << 30) - 1)
        file.write(b"x")
    big = kept(vault, path)
    assert verify_file(vault, big) is FileState.INTACT
    for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN):
        assert resource.getrusage(who).ru_maxrss < 300 * 1024


def seconds_of(command: str) -> float:
    start = time.monotonic()
    subprocess.run(["sh", "-c", command], check=True)
    return time.monotonic() - start


@pytest.mark.long
@pytest.mark.skipif(shutil.which("age") is None, reason="needs the age command")
def test_1_gib_takes_no_longer_than_three_commands_and_never_blocks(
    vault: OpenVault, tmp_path: Path
) -> None:
    big, out = tmp_path / "big", tmp_path / "big.age"
    seconds_of(f"head -c 1073741824 /dev/urandom > {big}; sync")
    identity = written(tmp_path / "id", vault.root.age_identity().encode())
    open_it = f"age -d -i {identity} {out}"
    rounds = []
    for _round in range(3):
        theirs = seconds_of(f"sha256sum {big} > /dev/null")
        theirs += seconds_of(f"age -r {vault.root.age_recipient()} -o {out} {big}")
        theirs += seconds_of(f"{open_it} > /dev/null")
        check = seconds_of(f"{open_it} | sha256sum > /dev/null")
        rounds.append((theirs, check, *ours_and_stall(vault, big)))
        out.unlink()
    for theirs, check, keeping, verifying, stall in rounds:
        print(
            f"three commands {theirs:.2f} s, kept in {keeping:.2f} s;"
            f" age -d | sha256sum {check:.2f} s, verified in {verifying:.2f} s;"
            f" longest stall {stall * 1000:.0f} ms"
        )
    assert min(ours / theirs for theirs, _, ours, _, _ in rounds) <= 1.2
    assert min(ours / check for _, check, _, ours, _ in rounds) <= 2
    assert min(stall for *_, stall in rounds) <= 0.1


def ours_and_stall(vault: OpenVault, big: Path) -> tuple[float, float, float]:
    """How long keeping and verifying take, and the longest this thread waited."""
    times: list[float] = []

    def work() -> None:
        start = time.monotonic()
        file = keep_file(vault, big, record(), commit=lambda _file: None)
        middle = time.monotonic()
        assert verify_file(vault, file) is FileState.INTACT
        times.extend((middle - start, time.monotonic() - middle))
        remove_file(vault, file.id)

    thread, worst = threading.Thread(target=work), 0.0
    thread.start()
    while thread.is_alive():
        start = time.monotonic()
        time.sleep(0.005)
        worst = max(worst, time.monotonic() - start - 0.005)
    return times[0], times[1], worst


def test_the_journal_knows_each_kept_file(vault: OpenVault, tmp_path: Path) -> None:
    file = kept(vault, written(tmp_path / "it", b"x"))
    (entry,) = journal_of(vault).entries()
    assert entry.body["sha256"] == file.sha256
