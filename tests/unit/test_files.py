"""The reader's own files: real ones, on real disks, with every way to fail."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import textwrap
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from guide import files
from guide.files import path_typed, read_start, read_whole, write_whole
from guide.model.problems import (
    InvalidAnswerError,
    NotWrittenError,
    UnreadableFileError,
)

Spoil = Callable[[Path], Path]
ODD_NAME = os.fsdecode(b"caf\xe9-\xff.eml")  # no UTF-8: Python makes surrogates of it


@contextmanager
def not_root() -> Iterator[None]:
    """As an ordinary user, because root may write everywhere."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


def test_a_file_is_written_whole_and_for_this_login_only(tmp_path: Path) -> None:
    """The bytes are there, nobody else may read them, and nothing is beside them."""
    path = tmp_path / ODD_NAME
    assert write_whole(path, b"a letter") == path
    assert path.read_bytes() == b"a letter"
    assert path.stat().st_mode & 0o777 == 0o600
    assert list(tmp_path.iterdir()) == [path]


def test_another_file_is_kept_unless_replacing_was_asked_for(tmp_path: Path) -> None:
    """The old bytes stay until the reader says that they may go."""
    path = tmp_path / "letter.txt"
    path.write_bytes(b"old")
    with pytest.raises(NotWrittenError, match="something with that name"):
        write_whole(path, b"new")
    assert path.read_bytes() == b"old"
    write_whole(path, b"new", replace=True)
    assert path.read_bytes() == b"new"
    assert list(tmp_path.iterdir()) == [path]


def test_of_many_writers_of_one_name_one_wins(tmp_path: Path) -> None:
    """A name that appears between the look and the write is not written over."""
    path, won = tmp_path / "letter.txt", []
    start = threading.Barrier(8)

    def write(number: int) -> None:
        start.wait()
        try:
            write_whole(path, b"%d" % number)
        except NotWrittenError:
            return
        won.append(b"%d" % number)

    threads = [threading.Thread(target=write, args=(n,)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert won == [path.read_bytes()]
    assert list(tmp_path.iterdir()) == [path]


def test_without_hard_links_the_name_is_reserved(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A disk that has no hard links (a USB stick) takes files all the same."""

    def no_links(*_: object) -> None:
        raise PermissionError(1, "no hard links here")

    monkeypatch.setattr(os, "link", no_links)
    path = write_whole(tmp_path / "letter.txt", b"new")
    assert path.read_bytes() == b"new"
    with pytest.raises(FileExistsError):
        files._publish(tmp_path / "letter.txt", path, replace=False)
    assert path.read_bytes() == b"new"
    with pytest.raises(FileNotFoundError):
        files._publish(tmp_path / "gone.part", tmp_path / "other.txt", replace=False)
    assert list(tmp_path.iterdir()) == [path]


def a_folder(place: Path) -> Path:
    (place / "folder").mkdir()
    return place / "folder"


def a_link(place: Path) -> Path:
    (place / "target").write_bytes(b"old")
    (place / "link").symlink_to(place / "target")
    return place / "link"


def a_pipe(place: Path) -> Path:
    os.mkfifo(place / "pipe")
    return place / "pipe"


@pytest.mark.parametrize(
    ("spoil", "sentence"),
    [
        pytest.param(a_folder, "There is a folder with that name", id="folder"),
        pytest.param(a_link, "something with that name", id="link"),
        pytest.param(a_pipe, "something with that name", id="pipe"),
        pytest.param(
            lambda place: place / "none" / "x", "There is no such folder", id="nowhere"
        ),
        pytest.param(
            lambda place: a_link(place).parent / "target" / "x",
            "There is no such folder",
            id="inside a file",
        ),
        pytest.param(
            lambda place: place / ("x" * 300), "This name is too long", id="long"
        ),
        pytest.param(
            lambda place: place / "a\0b", "A file cannot have this name", id="NUL"
        ),
        pytest.param(
            lambda place: place / "a\x1b[2J", "A file cannot have", id="escape code"
        ),
        pytest.param(
            lambda place: place / "a\u202etxt.exe", "A file cannot have", id="bidi"
        ),
        pytest.param(
            lambda place: place / "a\ud800", "A file cannot have this name", id="half"
        ),
        pytest.param(lambda _: Path(), "There is a folder", id="no name"),
        pytest.param(lambda _: Path("/"), "There is a folder", id="root"),
    ],
)
def test_why_a_file_was_not_written(
    tmp_path: Path, spoil: Spoil, sentence: str
) -> None:
    """Each reason has its sentence, even where replacing is allowed."""
    path = spoil(tmp_path)
    before = sorted(tmp_path.iterdir())
    with pytest.raises(NotWrittenError, match=sentence) as raised:
        write_whole(path, b"secret", replace=True)
    assert raised.value.next_step
    assert sorted(tmp_path.iterdir()) == before
    if (tmp_path / "target").exists():
        assert (tmp_path / "target").read_bytes() == b"old"


def test_a_folder_of_someone_else_is_not_written_to(tmp_path: Path) -> None:
    """Without permission nothing appears, and the sentence says where to go."""
    place = tmp_path / "theirs"
    place.mkdir()
    place.chmod(0o555)
    for parent in (place, *place.parents):
        if parent.is_relative_to(tmp_path.parents[1]):
            parent.chmod(parent.stat().st_mode | 0o055)
    with not_root(), pytest.raises(NotWrittenError, match="cannot be written to"):
        write_whole(place / "letter.txt", b"x")
    assert not list(place.iterdir())


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 64 KiB; where none can be mounted, the test is skipped."""
    place = tmp_path / "disk"
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(place)]
    try:
        done = subprocess.run(mount, capture_output=True, check=False).returncode
    except FileNotFoundError:
        done = 1
    if done:
        pytest.skip("a disk can only be mounted by root")
    yield place
    subprocess.run(["umount", str(place)], check=True)


def test_a_full_disk_keeps_what_was_there(small_disk: Path) -> None:
    """The old letter stays, the new one is refused whole, the room is given back."""
    old = write_whole(small_disk / "letter.txt", b"old")
    with pytest.raises(NotWrittenError, match="no room for this file"):
        write_whole(old, b"x" * 200_000, replace=True)
    assert old.read_bytes() == b"old"
    assert list(small_disk.iterdir()) == [old]
    assert write_whole(small_disk / "small.txt", b"x" * 30_000).exists()


def test_a_read_only_disk_is_named(small_disk: Path) -> None:
    """A disk that cannot be written to is told apart from a full one."""
    remount = ["mount", "-o", "remount,ro", str(small_disk)]
    subprocess.run(remount, check=True)
    with pytest.raises(NotWrittenError, match="cannot be written to"):
        write_whole(small_disk / "letter.txt", b"x")


def test_a_size_limit_of_the_system_is_no_room(tmp_path: Path) -> None:
    """Where no disk can be filled, a limit of this process stops the write."""
    program = """
        import resource, sys
        from pathlib import Path
        from guide.files import write_whole
        from guide.model.problems import NotWrittenError
        resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
        try:
            write_whole(Path(sys.argv[1]), b"x" * 5000)
        except NotWrittenError as error:
            print(error.what)
    """
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(program), str(tmp_path / "letter.txt")],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=True,
    )
    assert "no room for this file" in done.stdout
    assert not list(tmp_path.iterdir())


def test_a_file_is_read_whole_or_by_its_start(tmp_path: Path) -> None:
    """The limit is inclusive; the start never asks for more than it was given."""
    path = tmp_path / ODD_NAME
    path.write_bytes(b"0123456789")
    assert read_whole(path, 10) == b"0123456789"
    assert read_start(path, 4) == b"0123"
    assert read_start(path, 99) == b"0123456789"
    with pytest.raises(UnreadableFileError, match="larger than"):
        read_whole(path, 9)


def a_socket(place: Path) -> Path:
    name = str(place / "s")
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(name)
    return place / "s"


@pytest.mark.parametrize(
    ("spoil", "sentence"),
    [
        pytest.param(a_folder, "This is a folder", id="folder"),
        pytest.param(a_link, "This is a link", id="link"),
        pytest.param(a_pipe, "not an ordinary file", id="pipe"),
        pytest.param(a_socket, "not an ordinary file", id="socket"),
        pytest.param(lambda _: Path("/dev/zero"), "not an ordinary", id="device"),
        pytest.param(lambda place: place / "x", "no file with that name", id="gone"),
        pytest.param(
            lambda place: place / ("x" * 300), "cannot be the name", id="long"
        ),
        pytest.param(lambda place: place / "a\0b", "cannot be the name", id="NUL"),
        pytest.param(lambda place: place / "\udc80\ud800", "cannot be", id="half"),
    ],
)
def test_why_a_file_cannot_be_read(tmp_path: Path, spoil: Spoil, sentence: str) -> None:
    """Each reason has its sentence, and none waits for a pipe or a device."""
    with pytest.raises(UnreadableFileError, match=sentence) as raised:
        read_whole(spoil(tmp_path), 1000)
    assert raised.value.next_step
    assert str(tmp_path) not in str(raised.value)


def test_a_file_of_someone_else_is_not_read(tmp_path: Path) -> None:
    """Without permission the reader is told how to get a copy."""
    path = tmp_path / "theirs"
    path.write_bytes(b"x")
    path.chmod(0o000)
    for parent in path.parents:
        if parent.is_relative_to(tmp_path.parents[1]):
            parent.chmod(parent.stat().st_mode | 0o055)
    with not_root(), pytest.raises(UnreadableFileError, match="does not let you"):
        read_whole(path, 10)


def test_a_pipe_put_in_place_of_a_file_is_still_refused(tmp_path: Path) -> None:
    """What was opened is looked at again, because the name may change hands."""
    enough = threading.Event()
    path = tmp_path / "swapped"
    path.write_bytes(b"x")

    def swap() -> None:
        while not enough.is_set():
            (tmp_path / "ready").unlink(missing_ok=True)
            os.mkfifo(tmp_path / "ready")
            (tmp_path / "ready").replace(path)
            (tmp_path / "ready").write_bytes(b"x")
            (tmp_path / "ready").replace(path)

    swapper = threading.Thread(target=swap)
    swapper.start()
    seen = set()
    for _ in range(200):
        try:
            seen.add(read_whole(path, 10))
        except UnreadableFileError:
            continue
    enough.set()
    swapper.join()
    assert seen <= {b"x"}


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        pytest.param("{}/a b.eml", "a b.eml", id="as it is"),
        pytest.param("  {}/a b.eml \n", "a b.eml", id="spaces around"),
        pytest.param("'{}/a b.eml' ", "a b.eml", id="single quotes"),
        pytest.param('"{}/a b.eml"', "a b.eml", id="double quotes"),
        pytest.param("{}/a\\ b.eml", "a b.eml", id="backslash"),
        pytest.param("'{}/it'\\''s.eml'", "it's.eml", id="quote in quotes"),
        pytest.param("{}/it's.eml", "it's.eml", id="apostrophe"),
        pytest.param("{}/not here it's", "not here it's", id="absent, apostrophe"),
        pytest.param("{}/not here", "not here", id="absent, space"),
        pytest.param("file://{}/a%20b.eml", "a b.eml", id="address"),
        pytest.param("file://localhost{}/a%20b.eml", "a b.eml", id="address, host"),
        pytest.param("file:{}/a%20b.eml", "a b.eml", id="address, short"),
        pytest.param("FILE://{}/caf%E9", os.fsdecode(b"caf\xe9"), id="no UTF-8"),
        pytest.param("file://{}/%zz", "%zz", id="no code"),
        pytest.param("{}/back\\slash", "back\\slash", id="a real backslash"),
    ],
)
def test_a_dropped_file_is_found(tmp_path: Path, typed: str, name: str) -> None:
    """However the terminal wrote the name, it is the same file."""
    for there in ("a b.eml", "it's.eml", "back\\slash"):
        (tmp_path / there).touch()
    assert path_typed(typed.format(tmp_path)) == tmp_path / name


@pytest.mark.parametrize("typed", ["~/notes.txt", "'~/notes.txt'"])
def test_the_home_folder_may_be_written_short(typed: str) -> None:
    """The ~ is the reader's home; a stranger's ~name stays as it is."""
    assert path_typed(typed) == Path.home() / "notes.txt"
    assert path_typed("~nobody-here/x") == Path("~nobody-here/x")


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        pytest.param("", "No file name", id="nothing"),
        pytest.param(" \n", "No file name", id="spaces"),
        pytest.param("'{0}/a' '{0}/b'", "More than one", id="two quoted"),
        pytest.param("file://{0}/a\r\nfile://{0}/b", "More than one", id="two"),
        pytest.param("file://elsewhere.example/x", "another computer", id="elsewhere"),
    ],
)
def test_what_is_no_single_file_is_refused(
    tmp_path: Path, typed: str, sentence: str
) -> None:
    """Nothing is guessed: the reader is told what to type."""
    (tmp_path / "a").touch()
    (tmp_path / "b").touch()
    with pytest.raises(InvalidAnswerError, match=sentence):
        path_typed(typed.format(tmp_path))
