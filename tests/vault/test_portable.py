"""A vault on a stick: no modes, no second names, another place every time."""

from __future__ import annotations

import errno
import os
import shutil
from pathlib import Path

import pytest

from guide.actions.journey import Journey
from guide.actions.keeping import vault_folder
from guide.model.problems import GuideError
from guide.vault.backup import back_up, backups
from guide.vault.opening import open_vault
from guide.vault.sealed_reading import FileState, verify_file
from guide.vault.whereabouts import default_folder
from tests.plain.talking import a_desk
from tests.vault.keeping import PASSPHRASE, kept, new_vault, written
from tests.vault.keeping_desk import WORDS, kept_at


def _refused(*_args: object, **_more: object) -> None:
    raise PermissionError(errno.EPERM, "")


@pytest.fixture
def fat(monkeypatch: pytest.MonkeyPatch) -> None:
    """What FAT refuses: modes, second names, a folder that is synced, direct reads."""
    really_open, really_sync = os.open, os.fsync

    def opened(path: str | Path, flags: int, mode: int = 0o777) -> int:
        if flags & getattr(os, "O_DIRECT", 0):
            raise OSError(errno.EINVAL, "")
        if flags & os.O_CREAT:
            mode = 0o755  # whatever was asked for
        return really_open(path, flags, mode)

    def synced(descriptor: int) -> None:
        import stat

        if stat.S_ISDIR(os.fstat(descriptor).st_mode):
            raise OSError(errno.EINVAL, "")
        really_sync(descriptor)

    for name in ("chmod", "link", "symlink"):
        monkeypatch.setattr(os, name, _refused)
    monkeypatch.setattr(Path, "chmod", _refused)
    monkeypatch.setattr(os, "open", opened)
    monkeypatch.setattr(os, "fsync", synced)


@pytest.mark.usefixtures("fat")
def test_a_stick_without_modes_keeps_everything(tmp_path: Path) -> None:
    """Made, filled, backed up, closed, opened, checked."""
    folder = tmp_path / "stick" / "notes"
    with new_vault(folder) as vault:
        file = kept(vault, written(tmp_path / "it", b"it" * 5000))
        back_up(vault)
    with open_vault(folder, PASSPHRASE) as again:
        assert verify_file(again, file) is FileState.INTACT
        assert len(backups(folder)) == 1


@pytest.mark.usefixtures("fat")
def test_the_screens_work_on_it_and_say_that_it_keeps_nobody_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GUIDE_HOME", str(tmp_path / "stick"))
    kept_at(a_desk(), default_folder()).close()
    assert default_folder() == tmp_path / "stick" / "notes"
    (tmp_path / "stick" / "notes").rename(tmp_path / "aside")
    old = os.umask(0o022)
    (tmp_path / "stick" / "notes").mkdir(0o755)
    os.umask(old)
    for each in (tmp_path / "aside").iterdir():
        each.rename(tmp_path / "stick" / "notes" / each.name)
    journey = Journey(a_desk(), door=vault_folder())
    journey.typed(WORDS)
    journey.open("keep")
    said = "\n".join(block.text for block in journey.sheet().blocks)
    assert "This disk keeps no login out" in said
    journey.desk.close()


def test_it_opens_wherever_the_stick_is_put_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing in it names the place it was made in."""
    first, second = tmp_path / "first", tmp_path / "second"
    monkeypatch.setenv("GUIDE_HOME", str(first))
    desk = kept_at(a_desk(), default_folder())
    desk.vault.put_answer("relation", "stranger", desk.now())
    desk.close()
    for path in first.rglob("*"):
        assert path.is_dir() or str(first).encode() not in path.read_bytes()
    shutil.move(first, second)
    monkeypatch.setenv("GUIDE_HOME", str(second))
    journey = Journey(a_desk(), door=default_folder())
    journey.typed(WORDS)
    assert journey.desk.vault.answers() == {"relation": "stranger"}
    journey.desk.close()


def test_a_stick_that_is_pulled_out_is_a_sentence_on_every_screen_of_it(
    tmp_path: Path,
) -> None:
    """Nothing ends in a fault, and locking still hides everything."""
    folder = tmp_path / "notes"
    desk = kept_at(a_desk(), folder)
    desk.close()
    journey = Journey(a_desk(), door=folder)
    journey.typed(WORDS)
    folder.rename(tmp_path / "gone")
    journey.open("keep")
    assert journey.sheet().name == "vault"
    for row in ("sheet", "change", "keyring", "remove"):
        journey.open("keep")
        with_proof = row in ("sheet", "change")
        journey.choose(row)
        assert journey.sheet().title
        if with_proof and row == "sheet":
            with pytest.raises(GuideError):
                journey.typed(WORDS)
    journey.open("keep")
    journey.choose("backup")
    work = journey.work
    assert work
    work.start()
    assert work.wait(20)
    with pytest.raises(GuideError):
        journey.follow_work()
    journey.open("lock")
    assert journey.is_shut
