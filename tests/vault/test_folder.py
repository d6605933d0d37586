"""Where a vault may stand: folders, names, modes, and disks full or locked."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import apsw
import pytest

from guide.vault.changing import (
    add_recovery,
    change_passphrase,
)
from guide.vault.keys import CHEAPEST
from guide.vault.opening import (
    open_vault,
)
from guide.vault.problems import (
    DamagedVaultError,
    NoVaultError,
    PlaceRefusedError,
    ReadOnlyVaultError,
    VaultDiskError,
    WeakPassphraseError,
    WrongPassphraseError,
)
from guide.vault.whereabouts import default_folder, is_vault
from tests.vault.making import (
    CANARY,
    OTHER,
    TYPED,
    bytes_of,
    made,
    mounted,
    read_only,
    word,
)

_Spoil = Callable[[Path], object]


def _link(path: Path) -> None:
    (path.parent / "elsewhere").mkdir()
    path.symlink_to("elsewhere")


def _broken_link(path: Path) -> None:
    path.symlink_to("nowhere")


def _file(path: Path) -> None:
    path.write_text("mine")


def _full(path: Path) -> None:
    path.mkdir()
    (path / "letter.txt").write_text("mine")


def _foreign(path: Path) -> None:
    path.mkdir()
    if os.geteuid() != 0:
        pytest.skip("only root can give a folder away")
    os.chown(path, 65534, 65534)


def _half(path: Path) -> None:
    """A vault that lost its key file: its database must never be cleared away."""
    made(path).close()
    (path / "vault.json").unlink()


def _evidence(path: Path) -> None:
    """The same, marked as unfinished by somebody, with evidence in it."""
    _half(path)
    (path / "unfinished").touch()
    (path / "sealed" / "x.age").write_text("evidence")


@pytest.mark.parametrize(
    "spoil",
    [_link, _broken_link, _file, _full, _foreign, _half, _evidence],
    ids=lambda spoil: spoil.__name__.strip("_"),
)
def test_a_vault_is_never_made_over_something(tmp_path: Path, spoil: _Spoil) -> None:
    """Refused with a sentence, and everything stays as it was."""
    place = tmp_path / "place"
    spoil(place)
    before = bytes_of(tmp_path)
    with pytest.raises(PlaceRefusedError):
        made(place)
    after = bytes_of(tmp_path)
    after.pop("place/lock", None)
    before.pop("place/lock", None)
    assert after == before


def test_a_vault_is_not_made_over_a_vault(folder: Path) -> None:
    """Whichever passphrase it gets."""
    with pytest.raises(PlaceRefusedError):
        made(folder, OTHER)
    assert word(open_vault(folder, TYPED)) == CANARY


def test_an_empty_folder_can_become_a_vault(tmp_path: Path) -> None:
    """And is closed to others then."""
    place = tmp_path / "place"
    place.mkdir(mode=0o755)
    made(place).close()
    assert place.stat().st_mode & 0o777 == 0o700


@pytest.mark.parametrize(
    "name",
    [
        pytest.param(os.fsdecode(b"caf\xe9"), id="no UTF-8"),
        pytest.param("a\0b", id="NUL"),
        pytest.param("x" * 300, id="too long"),
    ],
)
def test_a_name_that_cannot_be_is_explained(tmp_path: Path, name: str) -> None:
    """For making and for opening."""
    with pytest.raises(VaultDiskError):
        made(tmp_path / name)
    with pytest.raises((VaultDiskError, NoVaultError)):
        open_vault(tmp_path / name, TYPED)


@pytest.mark.parametrize(
    "name", ["a b", "new\nline", "?mode=memory", "%41#", "файл", "-rf", "\x1b[31m"]
)
def test_an_odd_name_is_only_a_name(tmp_path: Path, name: str) -> None:
    """Whatever somebody calls a folder."""
    with made(tmp_path / name) as vault:
        vault.connection.execute("create table word (text)")
    open_vault(tmp_path / name, TYPED).close()
    assert [x.name for x in tmp_path.iterdir()] == [name]


def test_a_weak_passphrase_makes_nothing(tmp_path: Path) -> None:
    """Not even the folder."""
    with pytest.raises(WeakPassphraseError):
        made(tmp_path / "vault", "elevenchars")
    assert list(tmp_path.iterdir()) == []


def test_a_folder_left_open_is_closed_to_others(folder: Path) -> None:
    """A copy often comes back with other modes; where it is ours, that is mended."""
    for path in (folder, *folder.iterdir()):
        path.chmod(0o777)
    with open_vault(folder, TYPED) as vault:
        assert not vault.others_can_look
    assert folder.stat().st_mode & 0o777 == 0o700
    for name in ("vault.json", "vault.db"):
        assert (folder / name).stat().st_mode & 0o777 == 0o600


def test_a_folder_of_another_login_is_not_opened(folder: Path) -> None:
    """Whoever owns it could change it under our hands."""
    if os.geteuid() != 0:
        pytest.skip("only root can give a folder away")
    os.chown(folder, 65534, 65534)
    with pytest.raises(PlaceRefusedError):
        open_vault(folder, TYPED)


def test_a_link_to_a_vault_is_not_followed(folder: Path, tmp_path: Path) -> None:
    """It says to choose the folder itself."""
    (tmp_path / "link").symlink_to(folder)
    with pytest.raises(PlaceRefusedError) as refusal:
        open_vault(tmp_path / "link", TYPED)
    assert "link" in refusal.value.what


@pytest.mark.parametrize("name", ["vault.json", "lock"])
@pytest.mark.parametrize(
    "instead",
    [
        pytest.param(os.mkfifo, id="pipe"),
        pytest.param(lambda x: x.symlink_to("/etc/hostname"), id="link"),
        pytest.param(lambda x: x.mkdir(), id="folder"),
    ],
)
def test_strange_files_are_refused_at_once(
    folder: Path, name: str, instead: _Spoil
) -> None:
    """A pipe would wait for ever; a link leads elsewhere."""
    (folder / name).unlink()
    instead(folder / name)
    with pytest.raises((DamagedVaultError, PlaceRefusedError)):
        open_vault(folder, TYPED)


def test_a_vault_can_be_carried(folder: Path, tmp_path: Path) -> None:
    """Copied to a stick, opened there; nothing in it names its first place."""
    stick = tmp_path / "stick"
    shutil.copytree(folder, stick / "copy")
    shutil.rmtree(folder)
    assert word(open_vault(stick / "copy", TYPED)) == CANARY
    named = [x for x, y in bytes_of(stick).items() if str(tmp_path).encode() in y]
    assert named == []


def test_the_usual_folder_is_on_the_stick_if_there_is_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """``GUIDE_HOME`` decides, and the name says nothing."""
    monkeypatch.setenv("GUIDE_HOME", str(tmp_path))
    assert default_folder() == tmp_path / "notes"
    monkeypatch.delenv("GUIDE_HOME")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    if sys.platform == "linux":
        assert default_folder() == tmp_path / "guide" / "notes"


def _tmpfs(place: Path, size: str) -> list[str]:
    return ["-t", "tmpfs", "-o", f"size={size}", "tmpfs"]


@pytest.mark.parametrize("pages", range(1, 16, 2))
def test_a_vault_on_a_full_disk_is_made_whole_or_not_at_all(
    tmp_path: Path, pages: int
) -> None:
    """With a sentence, and nothing left behind."""
    disk = tmp_path / "disk"
    with mounted(disk, *_tmpfs(disk, f"{4 * pages}k")):
        try:
            made(disk / "vault").close()
        except VaultDiskError as problem:
            assert "room" in problem.what
            assert list(disk.iterdir()) == [] or is_vault(disk / "vault")
        else:
            open_vault(disk / "vault", TYPED).close()


def _fill(disk: Path) -> None:
    with (disk / "filling").open("wb", buffering=0) as file, suppress(OSError):
        while True:
            file.write(b"x" * 4096)


def test_a_full_disk_does_not_keep_anybody_from_reading(
    folder: Path, tmp_path: Path
) -> None:
    """Nor does a change that has no room spoil what there is."""
    disk = tmp_path / "disk"
    with mounted(disk, *_tmpfs(disk, "256k")):
        shutil.copytree(folder, disk / "vault")
        _fill(disk)
        with open_vault(disk / "vault", TYPED) as vault:
            with pytest.raises(VaultDiskError) as problem:
                change_passphrase(vault, TYPED, OTHER, profile=CHEAPEST)
            with pytest.raises(apsw.FullError):
                vault.connection.execute("insert into word values ('more')")
        assert "room" in problem.value.what
        assert word(open_vault(disk / "vault", TYPED)) == CANARY
        assert not (disk / "vault" / "vault.json.part").exists()


def test_a_disk_that_cannot_be_written_to_is_read(folder: Path) -> None:
    """Everything is there; what would change it is refused in words."""
    before = bytes_of(folder)
    with read_only(folder):
        with open_vault(folder, TYPED) as vault:
            assert vault.read_only
            with pytest.raises(ReadOnlyVaultError):
                change_passphrase(vault, TYPED, OTHER, profile=CHEAPEST)
            with pytest.raises(apsw.ReadOnlyError):
                vault.connection.execute("insert into word values ('more')")
        assert word(open_vault(folder, TYPED)) == CANARY
        with pytest.raises(WrongPassphraseError):
            open_vault(folder, OTHER)
    assert bytes_of(folder) == before


def test_no_vault_is_made_where_nothing_can_be_written(tmp_path: Path) -> None:
    """With a sentence about the place."""
    place = tmp_path / "place"
    place.mkdir()
    with read_only(place), pytest.raises(VaultDiskError):
        made(place / "vault")


def test_a_stick_that_is_pulled_out_is_a_sentence(folder: Path, tmp_path: Path) -> None:
    """While opening, and while something is changed."""
    with open_vault(folder, TYPED) as vault:
        shutil.move(folder, tmp_path / "gone")
        with pytest.raises(VaultDiskError):
            add_recovery(vault, TYPED, profile=CHEAPEST)
    assert word(open_vault(tmp_path / "gone", TYPED)) == CANARY
