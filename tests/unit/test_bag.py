"""A bag in a folder: what others find in it, and what is refused before."""

from __future__ import annotations

import ast
import hashlib
import os
import shutil
import stat
import subprocess
import threading
import time
from dataclasses import replace
from pathlib import Path

import bagit
import pytest

from guide.export.bag import verify
from guide.export.bag.disk import FLUSH
from guide.export.bag.folder import MARK
from guide.export.bag.pieces import Bag, Piece, Sink, is_safe
from guide.export.bag.problems import (
    BagNotWrittenError,
    BagStoppedError,
    PieceChangedError,
)
from guide.model.problems import GuideError
from guide.vault.disk import Disk
from guide.vault.kept import KeptFile
from guide.vault.sealed_export import pour
from tests.unit.bag_samples import (
    MADE,
    ORIGINALS,
    bag_with_journal,
    bytes_in,
    is_valid,
    small_bag,
    verified,
    written,
)
from tests.vault.keeping import data_path, kept, new_vault


def test_the_library_and_verify_and_sha256sum_all_find_it_whole(
    tmp_path: Path,
) -> None:
    target = tmp_path / "bag"
    made = written(bag_with_journal(tmp_path / "vault"), target)
    assert is_valid(target)
    assert bagit.Bag(str(target)).version_info == (1, 0)
    said = verified(target)
    assert said.returncode == 0, said.stdout
    assert said.stderr == ""
    assert "as it was handed over" in said.stdout
    for name in ("manifest-sha256.txt", "tagmanifest-sha256.txt"):
        subprocess.run(["sha256sum", "--strict", "-c", name], cwd=target, check=True)
    tag_manifest = (target / "tagmanifest-sha256.txt").read_bytes()
    assert made.seal == hashlib.sha256(tag_manifest).hexdigest()
    assert made.files == len(list((target / "data").rglob("*.*"))) + 1


def test_originals_are_there_byte_for_byte_and_only_for_this_login(
    tmp_path: Path,
) -> None:
    before = os.umask(0)
    try:
        written(small_bag(), tmp_path / "bag")
    finally:
        os.umask(before)
    found = bytes_in(tmp_path / "bag")
    assert not {*found} & {MARK}
    for name, data in ORIGINALS.items():
        assert found[f"data/{name}"] == data
    for path in [tmp_path / "bag", *(tmp_path / "bag").rglob("*")]:
        mode = stat.S_IMODE(path.stat().st_mode)
        assert mode == (0o700 if path.is_dir() else 0o600)


def test_a_kept_file_goes_from_the_vault_into_the_bag(tmp_path: Path) -> None:
    source = tmp_path / "picture.jpg"
    source.write_bytes(os.urandom(5 << 20))
    with new_vault(tmp_path / "vault") as vault:
        file = kept(vault, source)
        piece = _of(vault, file)
        written(small_bag(piece), tmp_path / "bag")
        assert is_valid(tmp_path / "bag")
        copy = tmp_path / "bag" / "data" / piece.name
        assert copy.read_bytes() == source.read_bytes()
        _flip(data_path(vault, file), -9)
        with pytest.raises(GuideError, match="fingerprint"):
            written(small_bag(piece), tmp_path / "other")
    assert not (tmp_path / "other").exists()


def _of(vault: object, file: KeptFile) -> Piece:
    return Piece(
        name="originals/E-009.jpg",
        pour=lambda sink: pour(vault, file, sink),  # type: ignore[arg-type]  # a vault
        size=file.size,
        sha256=file.sha256,
    )


def _flip(path: Path, at: int) -> None:
    data = bytearray(path.read_bytes())
    data[at] ^= 1
    path.write_bytes(data)


def test_the_same_bag_is_the_same_bytes(tmp_path: Path) -> None:
    bag = bag_with_journal(tmp_path / "vault")
    written(bag, tmp_path / "one")
    written(bag, tmp_path / "two")
    assert bytes_in(tmp_path / "one") == bytes_in(tmp_path / "two")


def test_our_lists_are_those_that_the_library_would_make(tmp_path: Path) -> None:
    """Word by word; their order and spaces are free."""
    written(small_bag(), tmp_path / "bag")
    theirs = tmp_path / "theirs"
    shutil.copytree(tmp_path / "bag" / "data", theirs)
    bagit.make_bag(str(theirs), checksums=["sha256"])
    name = "manifest-sha256.txt"
    words = [sorted((x / name).read_text().split()) for x in (theirs, tmp_path / "bag")]
    assert words[0] == words[1]
    ours = bagit.Bag(str(tmp_path / "bag")).info
    assert ours["Payload-Oxum"] == bagit.Bag(str(theirs)).info["Payload-Oxum"]


@pytest.mark.parametrize(
    ("size", "sha256"),
    [
        pytest.param(9, hashlib.sha256(b"other").hexdigest(), id="another hash"),
        pytest.param(8, hashlib.sha256(b"evidence.").hexdigest(), id="longer"),
        pytest.param(10, hashlib.sha256(b"evidence.").hexdigest(), id="shorter"),
        pytest.param(9, "", id="longer, and no hash"),
    ],
)
def test_a_piece_that_is_not_what_it_should_be_stops_everything(
    tmp_path: Path, size: int, sha256: str
) -> None:
    data = b"evidence." if sha256 else b"evidence.!"
    changed = Piece(
        name="originals/E-004.txt",
        pour=lambda sink: sink(memoryview(data)),
        size=size,
        sha256=sha256,
    )
    with pytest.raises(PieceChangedError) as caught:
        written(small_bag(changed), tmp_path / "bag")
    assert "still be there" not in caught.value.next_step
    assert not (tmp_path / "bag").exists()


@pytest.mark.parametrize("kind", ["file", "folder", "link", "dangling link"])
def test_nothing_that_is_there_is_ever_replaced(tmp_path: Path, kind: str) -> None:
    target, other = tmp_path / "bag", tmp_path / "other"
    other.mkdir()
    match kind:
        case "file":
            target.write_text("mine")
        case "folder":
            target.mkdir()
        case "link":
            target.symlink_to(other)
        case _:
            target.symlink_to(tmp_path / "nothing")
    with pytest.raises(BagNotWrittenError, match="not changed"):
        written(small_bag(), target)
    assert os.path.lexists(target)
    assert not list(other.iterdir())
    assert not (tmp_path / "nothing").exists()


@pytest.mark.parametrize(
    "place", ["none/bag", "file/bag", "b\0ag", "x" * 300, "a\u202eb", "a\udcff"]
)
def test_a_place_that_cannot_be_is_said(tmp_path: Path, place: str) -> None:
    (tmp_path / "file").write_text("mine")
    with pytest.raises(BagNotWrittenError) as caught:
        written(small_bag(), tmp_path / place)
    assert "No bag was made" in caught.value.what
    assert {x.name for x in tmp_path.iterdir()} == {"file"}


@pytest.mark.parametrize("share", [0.0, 0.3, 0.6, 0.9])
def test_a_stop_leaves_nothing(tmp_path: Path, share: float) -> None:
    done = [0.0]

    def progress(now: int, total: int) -> None:
        done[0] = now / total

    known = replace(small_bag(), pieces=small_bag().pieces[:3])
    with pytest.raises(BagStoppedError):
        written(
            known,
            tmp_path / "bag",
            progress=progress,
            cancelled=lambda: done[0] >= share,
        )
    assert not (tmp_path / "bag").exists()


def test_a_large_file_goes_onto_the_disk_bit_by_bit(tmp_path: Path) -> None:
    """So that a stop does not wait until a slow stick has taken all of it."""
    calls: list[str] = []

    class Noting(Disk):
        def sync(self, descriptor: int) -> None:
            calls.append("sync")
            super().sync(descriptor)

        def write(self, descriptor: int, data: memoryview) -> int:
            calls.append("write")
            return super().write(descriptor, data)

    block = bytes(1 << 20)

    def pour_large(sink: Sink) -> None:
        for _time in range(40):
            sink(memoryview(block))

    large = Piece(name="originals/E-010.mp4", pour=pour_large)
    written(small_bag(large), tmp_path / "bag", disk=Noting())
    longest = max(map(len, "".join(x[0] for x in calls).split("s")))
    assert longest == FLUSH // len(block)
    assert is_valid(tmp_path / "bag")


def test_a_stop_is_seen_at_once_and_nothing_stays_at_work(tmp_path: Path) -> None:
    """Also in the middle of a piece that has no end."""

    def pour_for_ever(sink: Sink) -> None:
        while True:
            sink(memoryview(b"x" * 1000))
            time.sleep(0.01)

    threads, began = threading.active_count(), time.monotonic()
    endless = [
        Piece(name=f"originals/E-02{n}", pour=pour_for_ever, size=9999) for n in (1, 2)
    ]
    with pytest.raises(BagStoppedError):
        written(
            replace(small_bag(), pieces=tuple(endless)),
            tmp_path / "bag",
            cancelled=lambda: time.monotonic() - began > 0.3,
        )
    assert time.monotonic() - began < 3
    assert threading.active_count() == threads
    assert not (tmp_path / "bag").exists()


def test_one_piece_that_fails_ends_the_others(tmp_path: Path) -> None:
    def pour_for_ever(sink: Sink) -> None:
        while True:
            sink(memoryview(b"x"))
            time.sleep(0.01)

    def fail(_sink: Sink) -> None:
        raise GuideError("It is gone.")

    pieces = (
        Piece(name="originals/E-021", pour=pour_for_ever, size=9999),
        Piece(name="originals/E-022", pour=fail),
    )
    with pytest.raises(GuideError, match="It is gone"):
        written(replace(small_bag(), pieces=pieces), tmp_path / "bag")
    assert not (tmp_path / "bag").exists()


def test_the_reader_is_told_and_asked_from_one_thread(tmp_path: Path) -> None:
    """The one that asked for the bag: nothing else need be safe for threads."""
    seen: set[int] = set()

    def progress(_done: int, _total: int) -> None:
        seen.add(threading.get_ident())

    def cancelled() -> bool:
        seen.add(threading.get_ident())
        return False

    written(small_bag(), tmp_path / "bag", progress=progress, cancelled=cancelled)
    assert seen == {threading.get_ident()}


def test_progress_only_grows_and_ends_at_all_of_it(tmp_path: Path) -> None:
    seen: list[tuple[int, int]] = []
    written(small_bag(), tmp_path / "bag", progress=lambda *now: seen.append(now))
    done = [now for now, _total in seen]
    assert done == sorted(done)
    assert seen[-1][0] == seen[-1][1]


@pytest.mark.parametrize(
    "name",
    [
        "../x",
        "/x",
        "a//b",
        "a/./b",
        "nul",
        "Com1.txt",
        "a/AUX.jpg",
        "end.",
        "end ",
        " x",
        "a:b",
        "a\\b",
        "a*",
        "é.txt",
        "a\nb",
        "",
        "x" * 65,
        "a/b/c/d",
        ".hidden",
        "-x",
    ],
)
def test_a_name_that_some_disk_would_not_take_is_refused(name: str) -> None:
    assert not is_safe(name)
    with pytest.raises(ValueError, match="name"):
        small_bag(Piece.of(name, b""))


@pytest.mark.parametrize("name", ["LOG.CSV", "originals", "Originals", "log.csv/x"])
def test_two_names_that_some_disk_takes_for_one_are_refused(name: str) -> None:
    with pytest.raises(ValueError, match="one name"):
        small_bag(Piece.of(name, b""))


def test_a_bag_needs_something_in_it_and_a_time_with_its_offset() -> None:
    with pytest.raises(ValueError, match="name"):
        Bag(name="x", title="", made_at=MADE, pieces=())
    with pytest.raises(ValueError, match="offset"):
        Bag(
            name="x",
            title="",
            made_at=MADE.replace(tzinfo=None),
            pieces=small_bag().pieces,
        )


def test_verify_is_short_and_of_the_standard_library_alone() -> None:
    """A clerk can read it, and run it with Python 3.8. A fifth is what it prints."""
    text = Path(verify.__file__).read_text("utf-8")
    assert len(text.splitlines()) < 270
    assert text.isascii()
    tree = ast.parse(text, feature_version=(3, 8))
    names = {
        alias.name if isinstance(node, ast.Import) else node.module
        for node in ast.walk(tree)
        if isinstance(node, ast.Import | ast.ImportFrom)
        for alias in node.names
    }
    assert names <= {
        "__future__",
        "argparse",
        "base64",
        "hashlib",
        "io",
        "pathlib",
        "re",
        "subprocess",
        "sys",
        "tempfile",
        "textwrap",
    }


def test_verify_changes_nothing_and_tells_how_to_use_it(tmp_path: Path) -> None:
    target = tmp_path / "bag"
    written(small_bag(), target)
    before = {path: path.stat().st_mtime_ns for path in target.rglob("*")}
    said = verified(target)
    assert "no journal" in said.stdout
    assert said.stdout.isascii()
    assert {path: path.stat().st_mtime_ns for path in target.rglob("*")} == before
    told = verified(target, "--help")
    assert told.returncode == 0
    assert "python3 verify.py" in told.stdout


def test_the_readme_tells_how_to_check_it(tmp_path: Path) -> None:
    bag = bag_with_journal(tmp_path / "vault")
    written(bag, tmp_path / "bag")
    text = (tmp_path / "bag" / "README.txt").read_text("utf-8")
    assert "python3 verify.py" in text
    assert "sha256sum -c manifest-sha256.txt" in text
    assert bag.head in text
    assert bag.public_key in text
    assert max(map(len, text.splitlines())) <= 100
