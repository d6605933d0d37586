"""One byte of a bag is changed: the bagit library finds it, and so does ``verify.py``.

Only the list that nothing lists, ``tagmanifest-sha256.txt``, has a form that the
library reads loosely: capitals and blanks mean the same to it. ``verify.py`` is strict.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from guide.export.bag import verify
from guide.export.bag.verify import Check
from tests.unit.bag_samples import (
    bag_with_journal,
    bytes_in,
    is_valid,
    verified,
    written,
)

OURS = Path(verify.__file__)
TAGS = "tagmanifest-sha256.txt"


@pytest.fixture(scope="module")
def bag(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("flips")
    written(bag_with_journal(place / "vault"), place / "bag")
    return place / "bag"


@contextmanager
def changed(path: Path, data: bytes) -> Iterator[None]:
    before = path.read_bytes()
    path.write_bytes(data)
    try:
        yield
    finally:
        path.write_bytes(before)


def found_here(bag: Path, capsys: pytest.CaptureFixture[str]) -> int:
    """What ``verify.py`` finds, without starting it each time."""
    check = Check(bag)
    check.check_files()
    capsys.readouterr()
    return check.wrong


def offsets(name: str, size: int) -> list[int]:
    """Every one of a small file, the ends and some others of a large one."""
    if size <= 100:
        return list(range(size))
    chance = random.Random(name)  # noqa: S311  the same ones each time
    return sorted({0, 1, size - 2, size - 1, *chance.sample(range(size), 8)})


@pytest.mark.parametrize("mask", [0x01, 0x20, 0x80, 0xFF])
def test_one_changed_byte_anywhere_is_found_by_both(
    bag: Path, mask: int, capsys: pytest.CaptureFixture[str]
) -> None:
    assert is_valid(bag)
    assert not found_here(bag, capsys)
    tried = 0
    for name, data in bytes_in(bag).items():
        if name == TAGS:
            continue
        for at in offsets(name, len(data)):
            with changed(bag / name, _flipped(data, at, mask)):
                assert found_here(bag, capsys), (name, at)
                assert not is_valid(bag), (name, at)
            tried += 1
    assert tried > 100
    assert is_valid(bag)


@pytest.mark.parametrize("mask", [0x01, 0x20, 0x80, 0xFF])
def test_every_changed_byte_of_the_list_that_nothing_lists_is_found(
    bag: Path, mask: int, capsys: pytest.CaptureFixture[str]
) -> None:
    data, passed = (bag / TAGS).read_bytes(), 0
    for at in range(len(data)):
        new = _flipped(data, at, mask)
        with changed(bag / TAGS, new):
            assert found_here(bag, capsys), at
            if is_valid(bag):
                assert _read(new) == _read(data), at  # it means the same
                passed += 1
    assert not passed or mask in (0x01, 0x20)


def _flipped(data: bytes, at: int, mask: int) -> bytes:
    return data[:at] + bytes([data[at] ^ mask]) + data[at + 1 :]


def _read(data: bytes) -> list[str]:
    return data.decode("latin-1").lower().split()


def test_one_byte_more_or_less_is_found_by_both(
    bag: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, data in bytes_in(bag).items():
        for new in (data + b"\n", data[:-1]):
            if new == data:
                continue  # of an empty file
            with changed(bag / name, new):
                assert found_here(bag, capsys), name
                assert name == TAGS or not is_valid(bag), name


def test_a_file_more_or_less_is_found_by_both(
    bag: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, data in bytes_in(bag).items():
        (bag / name).unlink()
        assert found_here(bag, capsys), name
        assert name == TAGS or not is_valid(bag), name
        (bag / name).write_bytes(data)
    for name in ("data/more.txt", "data/originals/.more"):
        (bag / name).write_bytes(b"")
        assert found_here(bag, capsys), name
        assert not is_valid(bag), name
        (bag / name).unlink()
    for name in ("more.txt", "INCOMPLETE.txt", "tagmanifest-md5.txt"):
        (bag / name).write_bytes(b"")
        assert found_here(bag, capsys), name
        (bag / name).unlink()
    assert is_valid(bag)


def test_a_link_is_found_and_not_followed(bag: Path, tmp_path: Path) -> None:
    """Even one to the very same bytes."""
    name = bag / "data" / "log.csv"
    data = name.read_bytes()
    (tmp_path / "log.csv").write_bytes(data)
    name.unlink()
    name.symlink_to(tmp_path / "log.csv")
    said = verified(bag)
    name.unlink()
    name.write_bytes(data)
    assert said.returncode == 1
    assert "not an ordinary file" in said.stdout


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("data/originals/E-002.eml", "This file was changed"),
        ("data/journal.jsonl", "of the journal was changed"),
        ("bag-info.txt", "This file was changed"),
        ("bagit.txt", "bagit.txt is missing, or"),
        ("manifest-sha256.txt", "This file was changed"),
        ("verify.py", "verify.py"),
    ],
)
def test_what_was_found_is_said_and_the_exit_code_is_1(
    bag: Path, name: str, words: str
) -> None:
    """Asked of another copy of the program, as somebody careful would."""
    with changed(bag / name, _flipped((bag / name).read_bytes(), 30, 1)):
        said = verified(bag, program=OURS)
    assert said.returncode == 1
    assert said.stderr == ""
    assert words in said.stdout
    assert "NOT as it was handed over" in said.stdout


def test_a_hostile_name_in_a_bag_does_nothing_to_the_screen(bag: Path) -> None:
    name = bag / "data" / "\x1b[2Jé\u202e.txt"
    name.write_bytes(b"")
    said = verified(bag)
    name.unlink()
    assert said.returncode == 1
    assert "\\x1b" in said.stdout
    assert said.stdout.replace("\n", "").isprintable()
    assert said.stdout.isascii()
