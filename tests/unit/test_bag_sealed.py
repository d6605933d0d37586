"""A sealed bag: the real ``age`` opens it, nothing of it is ever plain on the disk."""

from __future__ import annotations

import errno
import hashlib
import shutil
import subprocess
import tarfile
from collections.abc import Callable
from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import Path

import pexpect
import pyrage
import pytest

from guide.export.bag.folder import MARK, Written
from guide.export.bag.pieces import Bag, Cancelled, Piece, Progress
from guide.export.bag.problems import (
    BagNotWrittenError,
    BagStoppedError,
    NoSuchKeyError,
    PieceChangedError,
)
from guide.export.bag.pulled import pulled
from guide.export.bag.sealed import (
    CASE,
    KEY,
    README,
    Lock,
    to_key,
    to_passphrase,
    write_sealed,
)
from guide.export.bag.tar import tar_size, write_tar
from guide.vault import sealing
from guide.vault.disk import DISK, Disk
from tests.unit.bag_samples import (
    NAME,
    ORIGINALS,
    bag_with_journal,
    bytes_in,
    is_valid,
    never,
    quiet,
    slowly,
    small_bag,
    verified,
    written,
)

PASSPHRASE = "six plain words for a bag"  # noqa: S105  of bags that live seconds
OWN = "AGE-SECRET-KEY"
needs_age = pytest.mark.skipif(
    shutil.which("age") is None, reason="needs the age program"
)


def quickly(data: bytes) -> bytes:
    """A key file that costs nothing, for tests that never open it."""
    return b"locked " + hashlib.sha256(data).digest()


def properly(data: bytes) -> bytes:
    """As the guide does it, with the cost that is really used."""
    return sealing.locked(data, PASSPHRASE, watch=lambda: None)


@pytest.fixture(scope="module")
def identity() -> str:
    return str(pyrage.x25519.Identity.generate())


def to(identity: str) -> Lock:
    own = pyrage.x25519.Identity.from_str(identity)
    return to_key(str(own.to_public()))


def sealed(
    bag: Bag,
    target: Path,
    lock: Lock | None = None,
    *,
    disk: Disk = DISK,
    progress: Progress = quiet,
    cancelled: Cancelled = never,
) -> Written:
    return write_sealed(
        bag,
        target,
        lock or to_passphrase(quickly),
        age=sealing,
        disk=disk,
        progress=progress,
        cancelled=cancelled,
    )


@needs_age
def test_age_and_tar_make_a_bag_of_it_with_the_key(
    tmp_path: Path, identity: str
) -> None:
    bag = bag_with_journal(tmp_path / "vault")
    made = sealed(bag, tmp_path / "case", to(identity))
    (tmp_path / "key").write_text(identity)
    command = "age -d -i key case/case.age | tar x"
    subprocess.run(["sh", "-c", command], cwd=tmp_path, check=True)
    assert is_valid(tmp_path / NAME)
    assert verified(tmp_path / NAME).returncode == 0
    written(bag, tmp_path / "folder")
    assert bytes_in(tmp_path / NAME) == bytes_in(tmp_path / "folder")
    whole = (tmp_path / "case" / CASE).read_bytes()
    assert made.seal == hashlib.sha256(whole).hexdigest()
    there = sorted((tmp_path / "case").iterdir())
    assert [each.name for each in there] == [README, CASE]
    assert {each.stat().st_mode & 0o777 for each in there} == {0o600}
    assert "KEYFILE" in (tmp_path / "case" / README).read_text()


@needs_age
def test_age_asks_for_the_passphrase_and_opens_it(tmp_path: Path) -> None:
    """With the command that stands in the folder itself."""
    sealed(small_bag(), tmp_path / "case", to_passphrase(properly))
    assert sorted(bytes_in(tmp_path / "case")) == [README, CASE, KEY]
    told = (tmp_path / "case" / README).read_text()
    (command,) = (x.strip() for x in told.splitlines() if x.startswith("    age"))
    asking = pexpect.spawn(
        "sh", ["-c", command], cwd=str(tmp_path / "case"), timeout=60
    )
    asking.expect("passphrase")
    asking.sendline(PASSPHRASE)
    asking.expect(pexpect.EOF)
    asking.close()
    assert asking.exitstatus == 0
    assert is_valid(tmp_path / "case" / NAME)


def test_the_key_file_opens_it_and_another_passphrase_does_not(tmp_path: Path) -> None:
    sealed(small_bag(), tmp_path / "case", to_passphrase(properly))
    key = (tmp_path / "case" / KEY).read_bytes()
    own = sealing.unlocked(key, PASSPHRASE, watch=lambda: None).decode().strip()
    assert own.startswith(OWN)
    with pytest.raises(sealing.NotIntactError):
        sealing.unlocked(key, "another", watch=lambda: None)
    whole = (tmp_path / "case" / CASE).read_bytes()
    plain = pyrage.decrypt(whole, [pyrage.x25519.Identity.from_str(own)])
    with tarfile.open(fileobj=BytesIO(plain)) as archive:
        assert archive.getnames()[-1] == f"{NAME}/bagit.txt"


def test_the_archive_tells_of_no_login_and_is_the_same_each_time(
    tmp_path: Path, identity: str
) -> None:
    own = pyrage.x25519.Identity.from_str(identity)
    plain = []
    for name in ("1", "2"):
        sealed(small_bag(), tmp_path / name, to(identity))
        plain.append(pyrage.decrypt((tmp_path / name / CASE).read_bytes(), [own]))
    assert plain[0] == plain[1]
    with tarfile.open(fileobj=BytesIO(plain[0])) as archive:
        for member in archive.getmembers():
            assert (member.uid, member.gid, member.uname) == (0, 0, "")
            assert member.mode == (0o700 if member.isdir() else 0o600)
            assert member.name == NAME or member.name.startswith(f"{NAME}/")


def test_a_large_bag_goes_through_a_second_process(
    tmp_path: Path, identity: str
) -> None:
    """More than is sealed at once, in pieces that fit no block."""
    data = hashlib.shake_128(b"x").digest(sealing.HERE + 77_777)
    sealed(small_bag(slowly("large.bin", data)), tmp_path / "case", to(identity))
    own = pyrage.x25519.Identity.from_str(identity)
    plain = pyrage.decrypt((tmp_path / "case" / CASE).read_bytes(), [own])
    with tarfile.open(fileobj=BytesIO(plain)) as archive:
        found = archive.extractfile(f"{NAME}/data/large.bin")
        assert found is not None
        assert found.read() == data


def test_what_is_poured_is_drawn_and_an_early_end_ends_both() -> None:
    def pour(sink: Callable[[memoryview], None]) -> None:
        for n in range(100):
            sink(memoryview(b"%03d" % n))

    assert b"".join(pulled(pour)) == b"".join(b"%03d" % n for n in range(100))
    drawing = pulled(pour)
    assert bytes(next(drawing)) == b"000"
    drawing.close()  # type: ignore[attr-defined]  # of a generator


def test_what_pouring_raises_is_raised_where_it_is_drawn() -> None:
    def pour(sink: Callable[[memoryview], None]) -> None:
        sink(memoryview(b"x"))
        raise PieceChangedError

    drawing = pulled(pour)
    assert bytes(next(drawing)) == b"x"
    with pytest.raises(PieceChangedError):
        next(drawing)


def test_a_file_of_more_than_eight_gigabytes_has_its_place(tmp_path: Path) -> None:
    """An old tar has eleven octal digits for a size."""
    large = replace(small_bag().pieces[0], size=9 << 30)
    whole = bytearray()
    with pytest.raises(PieceChangedError):  # it has only pretended to be large
        write_tar(small_bag(), [large], {}, whole.extend)
    with tarfile.open(fileobj=BytesIO(bytes(whole)), mode="r|") as archive:
        sizes = [archive.next().size for _time in range(4)]  # type: ignore[union-attr]  # of a member
    assert sizes[-1] == 9 << 30
    assert tar_size(small_bag(), [large], {}) > 9 << 30


def test_the_size_that_is_told_before_is_the_one_it_has(tmp_path: Path) -> None:
    """So the meter ends where it should, and a full disk is seen before."""
    for count in range(0, 40, 13):
        more = [Piece.of(f"more/{n}.txt", bytes(100 * n)) for n in range(count)]
        bag = replace(small_bag(*more), pieces=(*small_bag().pieces[:3], *more))
        tags = {"README.txt": b"x"}
        whole = bytearray()
        write_tar(bag, bag.pieces, tags, whole.extend)
        assert len(whole) == tar_size(bag, bag.pieces, tags)


def test_two_bags_never_share_a_key() -> None:
    locks = [to_passphrase(quickly) for _time in range(2)]
    assert locks[0].identity != locks[1].identity


def test_no_secret_is_shown_with_the_value() -> None:
    assert OWN not in repr(to_passphrase(quickly))
    assert "locked" not in repr(to_passphrase(quickly))


@pytest.mark.parametrize("change", ["upper", "blanks"])
def test_a_key_may_be_pasted_with_blanks_or_in_capitals(
    identity: str, change: str
) -> None:
    key = to(identity).recipient
    typed = key.upper() if change == "upper" else f"  {key}\n"
    assert to_key(typed) == to(identity)


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda _key: "", id="nothing"),
        pytest.param(lambda key: key[:-1], id="cut off"),
        pytest.param(lambda key: key + "q", id="longer"),
        pytest.param(lambda key: key[:9] + "qq" + key[11:], id="mistyped"),
        pytest.param(lambda key: key.replace("age1", "age2"), id="another start"),
        pytest.param(lambda _key: "ssh-ed25519 AAAA", id="of ssh"),
        pytest.param(lambda _key: "age1é", id="other letters"),
        pytest.param(lambda _key: "age1\ud800", id="half a letter"),
        pytest.param(lambda _key: "x" * 10_000, id="long"),
    ],
)
def test_what_is_no_key_is_refused_with_what_to_do(
    identity: str, change: Callable[[str], str]
) -> None:
    with pytest.raises(NoSuchKeyError, match="age1"):
        to_key(change(to(identity).recipient))


def test_a_secret_key_is_refused(identity: str) -> None:
    with pytest.raises(NoSuchKeyError) as caught:
        to_key(identity)
    assert identity not in str(caught.value)


def test_a_changed_piece_stops_everything(tmp_path: Path) -> None:
    for size, data in ((4, b"evil"), (4, b"longer"), (4, b"no")):
        changed = Piece(
            name="originals/E-004.txt",
            pour=lambda sink, data=data: sink(memoryview(data)),  # type: ignore[misc]
            size=size,
            sha256=hashlib.sha256(b"good").hexdigest(),
        )
        with pytest.raises(PieceChangedError):
            sealed(small_bag(changed), tmp_path / "case")
        assert not list(tmp_path.iterdir())


def test_a_piece_that_pours_otherwise_the_second_time_stops_everything(
    tmp_path: Path,
) -> None:
    times = iter([b"one", b"two"])
    piece = Piece(name="x.txt", pour=lambda sink: sink(memoryview(next(times))))
    with pytest.raises(PieceChangedError):
        sealed(small_bag(piece), tmp_path / "case")
    assert not list(tmp_path.iterdir())


def test_nothing_that_is_there_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "case").write_text("mine")
    with pytest.raises(BagNotWrittenError, match="not changed"):
        sealed(small_bag(), tmp_path / "case")
    assert (tmp_path / "case").read_text() == "mine"
    assert len(list(tmp_path.iterdir())) == 1


@pytest.mark.parametrize("share", [0.0, 0.2, 0.6])
def test_a_stop_leaves_nothing(tmp_path: Path, share: float) -> None:
    done = [0.0]

    def progress(now: int, total: int) -> None:
        done[0] = now / total

    def cancelled() -> bool:
        return done[0] >= share

    with pytest.raises(BagStoppedError):
        sealed(small_bag(), tmp_path / "a", progress=progress, cancelled=cancelled)
    assert not list(tmp_path.iterdir())


@dataclass
class Seeing(Disk):
    """The real disk, and every byte that was ever written to it."""

    seen: bytearray

    def write(self, descriptor: int, data: memoryview) -> int:
        count = super().write(descriptor, data)
        self.seen += data[:count]
        return count


def test_nothing_plain_is_written_anywhere(tmp_path: Path) -> None:
    canary = b"a-canary-that-nobody-else-would-write" * 3000
    bag = small_bag(slowly("canary.txt", canary), Piece.of("originals/E-9", canary))
    disk = Seeing(bytearray())
    sealed(bag, tmp_path / "case", disk=disk)
    assert canary[:20] not in disk.seen
    assert b"E-001" not in disk.seen
    for data in ORIGINALS.values():
        assert not data or data not in disk.seen


def test_a_disk_that_gives_back_something_else_is_found_out(tmp_path: Path) -> None:
    class Lying(Disk):
        """As a stick does that is smaller than it says."""

        def fill(self, descriptor: int, buffer: memoryview) -> int:
            count = super().fill(descriptor, buffer)
            if count > 1000:
                buffer[900] ^= 1
            return count

    with pytest.raises(BagNotWrittenError, match="fault"):
        sealed(small_bag(), tmp_path / "case", disk=Lying())
    assert not list(tmp_path.iterdir())
    with pytest.raises(BagNotWrittenError, match="fault"):
        written(small_bag(), tmp_path / "bag", disk=Lying())
    assert not list(tmp_path.iterdir())


def test_without_room_nothing_is_begun(tmp_path: Path) -> None:
    class Full(Disk):
        def free(self, folder: Path) -> int:
            return 1000

        def create(self, path: Path) -> int:
            raise AssertionError(path)

    for write in (sealed, written):
        with pytest.raises(BagNotWrittenError, match="no room"):
            write(small_bag(), tmp_path / "new", disk=Full())
    assert not list(tmp_path.iterdir())


def test_a_folder_that_is_not_whole_says_so(tmp_path: Path) -> None:
    """As when a stick is pulled out: then nothing more can be removed."""

    class Pulled(Disk):
        def remove(self, path: Path) -> None:
            raise OSError(errno.EIO, "")

        def fill(self, descriptor: int, buffer: memoryview) -> int:
            raise OSError(errno.EIO, "")

    with pytest.raises(BagNotWrittenError):
        sealed(small_bag(), tmp_path / "case", disk=Pulled())
    assert (tmp_path / "case" / MARK).exists()
