"""A pack can waste nobody's time, read nobody's files, and replace nothing of ours."""

from __future__ import annotations

import os
import socket
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from guide.library.packs import limits
from guide.library.packs.names import is_trick
from guide.library.packs.opening import open_pack
from guide.library.packs.problems import PackRefusedError
from guide.library.packs.walking import walk
from guide.model.problems import GuideError
from tests.promises.hostile_packs import (
    LINK_MODE,
    Raw,
    bomb,
    hiding_zip64,
    opened_quickly,
    overlapping,
    quoted_overlap,
    raw_zip,
    sound,
    with_zip64,
)
from tests.unit.small_packs import UMBRELLA, as_folder, as_zip, lesson


def test_the_sound_one_opens(tmp_path: Path) -> None:
    """Without this, every refusal below could be of something else."""
    opened = opened_quickly(raw_zip(tmp_path / "x.zip", sound(Raw())))
    assert [each.title for each in opened.read_in().everything()] == ["X", "X"]
    assert opened.findings() == ()


TRICKS = [
    "/etc/s_x.md",
    "../s_x.md",
    "en/mail/../../s_x.md",
    "en/mail/..",
    "C:/en/s_x.md",
    "c:s_x.md",
    "en\\mail\\s_x.md",
    "..\\s_x.md",
    "en//s_x.md",
    "./en/s_x.md",
    "en/ .. /s_x.md",
    "//server/share/s_x.md",
    "en/mail/s_x.md\0.png",
]
REFUSED: dict[str, Callable[[Path], Path]] = {
    **{
        f"name {name!r}": lambda path, name=name: raw_zip(  # type: ignore[misc]
            path, sound(Raw(name=name))
        )
        for name in TRICKS
    },
    "two of one name": lambda path: raw_zip(path, sound(Raw(), Raw())),
    "another name in the list": lambda path: raw_zip(
        path, sound(Raw(name="en/mail/s_y.md", listed_name="en/mail/s_x.md"))
    ),
    "another size in the list": lambda path: raw_zip(path, sound(Raw(listed_size=9))),
    "a password": lambda path: raw_zip(path, sound(Raw(flags=0x801))),
    "strong encryption": lambda path: raw_zip(path, sound(Raw(flags=0x841))),
    "bzip2": lambda path: raw_zip(path, sound(Raw(method=12))),
    "LZMA": lambda path: raw_zip(path, sound(Raw(method=14))),
    "something in front": lambda path: raw_zip(path, sound(), before=b"MZ" * 99),
    "something behind": lambda path: raw_zip(path, sound(), after=b"MZ" * 99),
    "something between": lambda path: raw_zip(path, sound(Raw(gap=b"MZ" * 99))),
    "zip64": with_zip64,
    "zip64 inside the list": hiding_zip64,
    "one file under many names": overlapping,
    "a file inside a file": quoted_overlap,
    "a bomb": bomb,
    "no zip": lambda path: _written(path, b"PK\x03\x04 and then nothing"),
    "nothing": lambda path: _written(path, b""),
    "an end alone": lambda path: _written(path, b"PK\x05\x06" + b"\0" * 18),
    "an end that points out": lambda path: _written(
        path, b"PK\x05\x06" + b"\0" * 4 + b"\x01\0\x01\0" + b"\xff" * 8 + b"\0\0"
    ),
    "a name that is no UTF-8": lambda path: _replaced(
        raw_zip(path, sound(Raw(name="en/mail/s_xQ.md"))), b"xQ", b"x\xff"
    ),
}


def _written(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


def _replaced(path: Path, old: bytes, new: bytes) -> Path:
    return _written(path, path.read_bytes().replace(old, new))


@pytest.mark.parametrize("make", [pytest.param(m, id=i) for i, m in REFUSED.items()])
def test_a_zip_that_lies_is_refused_whole(
    tmp_path: Path, make: Callable[[Path], Path]
) -> None:
    path = make(tmp_path / "x.zip")
    before = {each.name for each in tmp_path.iterdir()}
    with pytest.raises(PackRefusedError, match=r"Nothing of it was|no lessons in it"):
        opened_quickly(path)
    assert {each.name for each in tmp_path.iterdir()} == before, "it wrote something"


@pytest.mark.parametrize("name", TRICKS)
def test_every_trick_of_a_name_is_known(name: str) -> None:
    assert is_trick(name)


def test_a_size_that_is_told_falsely_twice_is_no_text(tmp_path: Path) -> None:
    for size in (3, 4_000):
        path = raw_zip(tmp_path / f"{size}.zip", sound(Raw(told_size=size)))
        opened = open_pack(path)
        assert [failed.path for failed in walk(opened).failed] == ["en/mail/s_x.md"]
        assert "P001" in {finding.code for finding in opened.findings()}


@pytest.mark.parametrize(
    "mode", [LINK_MODE, 0o010644, 0o020644, 0o060644, 0o140644, 0o040755]
)
def test_links_and_devices_in_a_zip_are_left_out(tmp_path: Path, mode: int) -> None:
    files = sound(Raw(data=b"/etc/passwd", mode=mode))
    opened = opened_quickly(raw_zip(tmp_path / "x.zip", files))
    assert [each.title for each in opened.read_in().everything()] == ["X"]
    assert "P001" in {finding.code for finding in opened.findings()}


def test_links_and_devices_in_a_folder_are_left_out(tmp_path: Path) -> None:
    secret = tmp_path / "outside"
    secret.mkdir()
    (secret / "s_secret.md").write_text(lesson("SECRET"))
    pack = as_folder(tmp_path / "pack", UMBRELLA)
    (pack / "en/mail/s_link.md").symlink_to(secret / "s_secret.md")
    (pack / "en/linked").symlink_to(secret)
    (pack / "en/mail/s_dead.md").symlink_to("nowhere")
    (pack / "en/mail/s_round").symlink_to(".")
    os.mkfifo(pack / "en/mail/s_pipe.md")
    with socket.socket(socket.AF_UNIX) as listening:
        here = Path.cwd()
        os.chdir(pack / "en/mail")  # the name of a socket is short
        try:
            listening.bind("s_sock.md")
        finally:
            os.chdir(here)
    opened = opened_quickly(pack)
    left_out = {f.path for f in opened.findings() if f.code == "P001"}
    names = ("s_link.md", "s_dead.md", "s_round", "s_pipe.md", "s_sock.md")
    assert left_out == {"en/linked", *(f"en/mail/{name}" for name in names)}
    assert "SECRET" not in {each.title for each in opened.read_in().everything()}


def test_a_file_that_becomes_a_link_is_not_followed(tmp_path: Path) -> None:
    pack = as_folder(tmp_path / "pack", UMBRELLA)
    opened = open_pack(pack)
    path = "en/mail/s_why.md"
    (pack / path).unlink()
    (pack / path).symlink_to("/etc/passwd")
    with pytest.raises(GuideError):
        opened.tree.read(path)


def test_a_file_that_grows_is_not_read_further(tmp_path: Path) -> None:
    pack = as_folder(tmp_path / "pack", UMBRELLA)
    opened = open_pack(pack)
    (pack / "en/mail/s_why.md").write_bytes(b"x" * (limits.LARGEST_FILE + 1))
    with pytest.raises(GuideError):
        opened.tree.read("en/mail/s_why.md")


@pytest.mark.parametrize(
    "asked", ["../secret.md", "/etc/passwd", "en/../../secret.md", "en/mail/lock.png"]
)
def test_only_what_is_listed_is_read(tmp_path: Path, asked: str) -> None:
    (tmp_path / "secret.md").write_text("x")
    opened = open_pack(as_folder(tmp_path / "pack", UMBRELLA))
    with pytest.raises(GuideError):
        opened.tree.read(asked)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("s_mail.md", "s_MAIL.md", id="case"),
        pytest.param("s_caf\u00e9.md", "s_cafe\u0301.md", id="accent"),
        pytest.param("s_stra\u00dfe.md", "s_STRASSE.md", id="folded"),
    ],
)
def test_names_that_are_one_elsewhere_are_not_two_here(
    tmp_path: Path, one: str, other: str
) -> None:
    named = {f"en/mail/{one}": lesson("A"), f"en/mail/{other}": lesson("B")}
    opened = opened_quickly(as_zip(tmp_path / "x.zip", {**UMBRELLA, **named}))
    assert "P002" in {finding.code for finding in opened.findings()}
    titles = [each.title for each in opened.read_in().everything()]
    assert len({"A", "B"} & set(titles)) == 1


def test_too_many_files_are_refused_before_they_are_all_listed(tmp_path: Path) -> None:
    many = tmp_path / "many"
    many.mkdir()
    for number in range(limits.MOST_FILES + 1):
        (many / f"{number}").touch()
    with pytest.raises(PackRefusedError):
        opened_quickly(many)
    files = {f"en/mail/{number}": "" for number in range(limits.MOST_FILES + 1)}
    with pytest.raises(PackRefusedError):
        opened_quickly(as_zip(tmp_path / "x.zip", files))


def test_the_whole_disk_is_no_pack() -> None:
    with pytest.raises(GuideError):
        opened_quickly(Path("/"))


def test_too_much_text_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("guide.library.packs.tree.MOST_TEXT", 100)
    with pytest.raises(PackRefusedError):
        open_pack(as_folder(tmp_path, UMBRELLA))


def test_a_list_of_files_with_no_end_is_refused_unread(tmp_path: Path) -> None:
    """Sparse: the list claims to be 200 MiB long."""
    path = tmp_path / "x.zip"
    length = 200 * 1024 * 1024
    with path.open("wb") as file:
        file.seek(length)
        file.write(b"PK\x05\x06" + b"\0" * 4 + b"\x01\0\x01\0")
        file.write(length.to_bytes(4, "little") + b"\0" * 4 + b"\0\0")
    with pytest.raises(PackRefusedError):
        opened_quickly(path)


def test_faults_without_end_are_counted_and_not_kept(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "x.zip", "w") as archive:
        archive.writestr("en/mail/s_x.md", lesson("X"))
        for number in range(limits.MOST_FILES - 10):
            archive.writestr(f"en/{number}", "")
    opened = opened_quickly(tmp_path / "x.zip")
    assert len(opened.findings()) == limits.MOST_FINDINGS + 1


@pytest.mark.skipif(sys.platform == "win32", reason="no such names there")
def test_a_name_that_is_no_text_is_left_out(tmp_path: Path) -> None:
    pack = as_folder(tmp_path / "x", UMBRELLA)
    Path(os.fsdecode(os.fsencode(pack) + b"/en/mail/s_\xff.md")).write_text("x")
    (pack / "en/mail/s_\x1b[2J.md").write_text(lesson("X"))
    opened = opened_quickly(pack)
    codes = [finding.code for finding in opened.findings()]
    assert codes.count("P001") == 2
