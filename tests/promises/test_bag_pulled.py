"""A bag is whole or says that it is not: whatever fails, fills up or is pulled out."""

from __future__ import annotations

import errno
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random

import pytest

from guide.export.bag.folder import MARK
from guide.export.bag.pieces import Piece
from guide.export.bag.problems import BagNotWrittenError
from guide.export.bag.sealed import CASE, to_passphrase, write_sealed
from guide.model.problems import GuideError
from guide.vault import sealing
from guide.vault.disk import Disk
from tests.unit.bag_samples import (
    is_valid,
    never,
    quiet,
    small_bag,
    verified,
    written,
)
from tests.vault.keeping import FailingDisk, bytes_of

ROOT = Path(__file__).parents[2]


def sealed(target: Path, disk: Disk, *more: Piece) -> None:
    write_sealed(
        small_bag(*more),
        target,
        to_passphrase(lambda data: b"locked"),
        age=sealing,
        disk=disk,
        progress=quiet,
        cancelled=never,
    )


def assert_whole_or_marked(target: Path) -> None:
    """The promise: nobody can take what is there for a bag that lacks something."""
    if not target.exists():
        return
    marked = (target / MARK).exists()
    if is_valid(target):
        assert verified(target).returncode == int(marked)
        return
    # Unmarked only if taking the mark away, the last call of all, failed by its word.
    assert marked or not (target / "bagit.txt").exists()
    assert marked or len(list(target.iterdir())) in (0, 6)


def says_left(error: GuideError) -> bool:
    return "may still be there, marked as not complete" in error.next_step


def calls_of(work: Callable[[FailingDisk], object]) -> list[str]:
    """The calls that *work* makes when nothing fails."""
    counted = FailingDisk()
    work(counted)
    return counted.calls


by_failure = pytest.mark.parametrize(
    ("persists", "late"),
    [
        pytest.param(False, False, id="once"),
        pytest.param(True, False, id="from then on"),
        pytest.param(False, True, id="once, after it was done"),
        pytest.param(True, True, id="from then on, after it was done"),
    ],
)


@by_failure
def test_a_folder_is_whole_or_marked_whatever_call_fails(
    tmp_path: Path, persists: bool, late: bool
) -> None:
    calls = calls_of(lambda disk: written(small_bag(), tmp_path / "whole", disk=disk))
    for n in range(1, len(calls) + 1):
        target = tmp_path / f"bag-{n}"
        disk = FailingDisk(fails_at=n, persists=persists, late=late)
        if late and calls[n - 1] == "look":
            continue  # it has failed already: there is nothing with that name
        with pytest.raises(BagNotWrittenError) as caught:
            written(small_bag(), target, disk=disk)
        assert says_left(caught.value) == target.exists()
        assert_whole_or_marked(target)
        if not persists:
            assert not target.exists(), disk.calls[n - 1]
    assert len(calls) > 50


@by_failure
def test_a_sealed_bag_is_whole_or_not_there_whatever_call_fails(
    tmp_path: Path, persists: bool, late: bool
) -> None:
    calls = calls_of(lambda disk: sealed(tmp_path / "whole", disk))
    whole = {each.name for each in (tmp_path / "whole").iterdir()}
    for n in range(1, len(calls) + 1):
        target = tmp_path / f"case-{n}"
        disk = FailingDisk(fails_at=n, persists=persists, late=late)
        if late and calls[n - 1] == "look":
            continue  # it has failed already: there is nothing with that name
        with pytest.raises(BagNotWrittenError) as caught:
            sealed(target, disk)
        assert says_left(caught.value) == target.exists()
        if not persists:
            assert not target.exists(), disk.calls[n - 1]
        if target.exists() and not (target / MARK).exists():
            # The mark goes last of all: the case is there with all the rest, or not.
            names = {each.name for each in target.iterdir()}
            assert names == whole or CASE not in names
    assert len(calls) > 30


@pytest.fixture
def stick(tmp_path: Path) -> Iterator[Path]:
    """A disk of 8 MB, where this login may mount one."""
    place = tmp_path / "stick"
    place.mkdir()
    mount = shutil.which("mount")
    if sys.platform != "linux" or mount is None:
        pytest.skip("needs mount")
    command = [mount, "-t", "tmpfs", "-o", "size=8m,mode=0700", "none", str(place)]
    if subprocess.run(command, check=False, capture_output=True).returncode:
        pytest.skip("may not mount here")
    yield place
    subprocess.run(["umount", "-l", str(place)], check=True)


class Boastful(Disk):
    """Says that there is room, so that the real end of it is met later."""

    def free(self, folder: Path) -> int:
        return 1 << 40


def test_a_disk_that_fills_up_leaves_nothing(stick: Path) -> None:
    for size in range(1 << 20, 12 << 20, 3 << 20):
        pieces = [Piece.of(f"originals/E-1{n:02}", bytes_of(size)) for n in range(4)]
        if 4 * size < 7 << 20:
            continue
        with pytest.raises(BagNotWrittenError, match="no room") as caught:
            written(small_bag(*pieces), stick / "bag", disk=Boastful())
        assert not says_left(caught.value)
        with pytest.raises(BagNotWrittenError, match="no room"):
            sealed(stick / "case", Boastful(), *pieces)
        assert not list(stick.iterdir())


def test_a_write_protected_stick_is_said(stick: Path) -> None:
    subprocess.run(["mount", "-o", "remount,ro", str(stick)], check=True)
    with pytest.raises(BagNotWrittenError, match="cannot be written to"):
        written(small_bag(), stick / "bag", disk=Boastful())
    with pytest.raises(BagNotWrittenError, match="cannot be written to"):
        sealed(stick / "case", Boastful())


@pytest.mark.parametrize("call", ["write", "sync", "fill", "sync_folder", "remove"])
def test_a_stick_that_is_pulled_out_holds_what_is_marked(
    tmp_path: Path, call: str
) -> None:
    """It is gone for us; what is on it is looked at in another computer."""
    stick, pulled = tmp_path / "stick", tmp_path / "pulled"

    class Pulled(FailingDisk):
        """Gone in the middle of the fourth such call, or the only one."""

        def __getattribute__(self, name: str) -> object:
            if name == call and stick.exists():
                calls = [*super().__getattribute__("calls"), name]
                if calls.count(name) == (1 if call == "remove" else 4):
                    stick.rename(pulled)
                    self.fails_at, self.persists = len(calls), True
                    self.number = errno.ENODEV
            return super().__getattribute__(name)

    stick.mkdir()
    with pytest.raises(BagNotWrittenError, match="stick") as caught:
        written(small_bag(), stick / "bag", disk=Pulled())
    assert says_left(caught.value)
    left = pulled / "bag"
    assert (left / MARK).exists()
    if call != "remove":  # by then all of it was there
        assert not is_valid(left)
        assert not (left / "bagit.txt").exists()
    ours = verified(left, program=ROOT / "guide" / "export" / "bag" / "verify.py")
    assert ours.returncode == 1
    assert "not complete" in ours.stdout


WRITER = """
import sys
from pathlib import Path
from tests.unit.bag_samples import small_bag, written
from tests.vault.keeping import bytes_of
from guide.export.bag.pieces import Piece
pieces = [Piece.of(f"originals/E-1{n:02}.bin", bytes_of(300_000)) for n in range(30)]
bag = small_bag(*pieces)
print("ready", flush=True)
for line in sys.stdin:
    written(bag, Path(line.strip()))
    print("written", flush=True)
"""


def test_kill_9_at_any_moment_leaves_a_whole_bag_or_a_marked_one(
    tmp_path: Path,
) -> None:
    chance, states = Random(7), {True: 0, False: 0}  # noqa: S311  no secret
    longest = _seconds_of_one(tmp_path)
    for n in range(24):
        target = tmp_path / f"bag-{n}"
        writer = _writer()
        assert writer.stdin is not None
        writer.stdin.write(f"{target}\n")
        writer.stdin.flush()
        time.sleep(chance.uniform(0.0, 1.2 * longest))
        os.kill(writer.pid, signal.SIGKILL)
        writer.wait()
        if not target.exists():
            continue
        valid = is_valid(target)
        assert valid or (target / MARK).exists() or not any(target.iterdir())
        assert valid or not (target / "bagit.txt").exists()
        states[valid] += 1
        shutil.rmtree(target)
    assert states[False] > 2


def _writer() -> subprocess.Popen[str]:
    writer = subprocess.Popen(
        [sys.executable, "-c", WRITER],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    )
    assert writer.stdout is not None
    assert writer.stdout.readline() == "ready\n"
    return writer


def _seconds_of_one(tmp_path: Path) -> float:
    writer = _writer()
    assert writer.stdin is not None
    assert writer.stdout is not None
    began = time.perf_counter()
    writer.stdin.write(f"{tmp_path / 'first'}\n")
    writer.stdin.flush()
    assert writer.stdout.readline() == "written\n"
    taken = time.perf_counter() - began
    writer.kill()
    writer.wait()
    assert is_valid(tmp_path / "first")
    return taken
