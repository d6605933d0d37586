"""Removing a vault: all that is its own, nothing else, and never half of it."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest

from guide.actions.desk import Desk
from guide.actions.destroying import (
    destroy_closed,
    destroy_open,
    finish_destroying,
    needs_proof,
    refuse_unless_there,
    the_sentence,
)
from guide.model.problems import GuideError, InvalidAnswerError
from guide.vault.backup import back_up
from guide.vault.destroying import (
    NotAllGoneError,
    destroy,
    finish,
    is_unfinished,
    spare_is_whole,
)
from guide.vault.folder import make_folder
from guide.vault.key_file import KEY_FILE_PART
from guide.vault.opening import create_vault, open_vault
from guide.vault.problems import (
    NoVaultError,
    PlaceRefusedError,
    VaultInUseError,
    WrongPassphraseError,
)
from guide.vault.sealed_reading import FileState, verify_file
from guide.vault.unfinished import UNFINISHED
from guide.vault.whereabouts import is_vault
from tests.plain.talking import a_desk
from tests.vault.keeping import (
    NOW,
    PASSPHRASE,
    FailingDisk,
    kept,
    new_vault,
    reopened,
    written,
)
from tests.vault.keeping_desk import OTHER, WORDS, kept_at

SENTENCE = "remove everything"
REPOSITORY = Path(__file__).parents[2]


def full_vault(tmp_path: Path) -> Path:
    """A closed vault with everything in it that a vault can have."""
    folder = tmp_path / "vault"
    with new_vault(folder) as vault:
        for n in range(3):
            kept(vault, written(tmp_path / "it", b"it %d" % n))
        back_up(vault)
        back_up(vault)
    for name in ("vault.db-wal", "vault-0123abcd.db", "vault-0123abcd.db-wal"):
        written(folder / name, b"")
    written(folder / "vault-0123abcd.json", b"damaged, and put aside")
    written(folder / "sealed" / f"{'0' * 32}.part", b"half")
    written(folder / "backup" / "new.part", b"half")
    return folder


def all_of(folder: Path) -> set[str]:
    return {str(x.relative_to(folder)) for x in folder.rglob("*")}


def test_nothing_is_left_of_it(tmp_path: Path) -> None:
    folder = full_vault(tmp_path)
    assert len(all_of(folder)) > 15
    assert destroy(folder) == ()
    assert all_of(folder) <= {"lock"}


def test_what_is_not_its_own_stays_and_is_named(tmp_path: Path) -> None:
    """Files with like names, a folder with a name of its own, and what links to."""
    folder = full_vault(tmp_path)
    outside = written(tmp_path / "outside", b"mine")
    mine = {
        "diary.txt": b"mine",
        "sealed/notes.txt": b"mine",
        "sealed/0123.age": b"mine",
        "backup/c.db": b"mine",
        "vault-old.db": b"mine",
    }
    for name, data in mine.items():
        written(folder / name, data)
    (folder / "vault.json.bak").mkdir()
    (folder / "sealed" / f"{'1' * 32}.age").symlink_to(outside)
    left = destroy(folder)
    assert set(left) == {*mine, "vault.json.bak"}
    assert all((folder / name).read_bytes() == data for name, data in mine.items())
    assert outside.read_bytes() == b"mine"
    assert not is_vault(folder)
    assert not (folder / UNFINISHED).exists()


def test_a_link_in_place_of_a_subfolder_is_not_followed(tmp_path: Path) -> None:
    folder = full_vault(tmp_path)
    elsewhere = tmp_path / "elsewhere"
    (folder / "sealed").rename(elsewhere)
    (folder / "sealed").symlink_to(elsewhere)
    before = all_of(elsewhere)
    assert destroy(folder) == ("sealed",)
    assert all_of(elsewhere) == before


def test_the_key_slots_are_written_over_before_their_name_goes(
    tmp_path: Path,
) -> None:
    """On a disk that writes in place, what stood there is noise."""
    folder = full_vault(tmp_path)
    slots = (folder / "vault.json").read_bytes()
    second_name = tmp_path / "the same blocks"
    os.link(folder / "vault.json", second_name)
    destroy(folder)
    assert len(second_name.read_bytes()) == len(slots)
    assert b"passphrase" not in second_name.read_bytes()


@pytest.mark.parametrize("name", ["backup/keys.json", "vault-0123abcd.json"])
def test_no_other_key_file_outlives_the_first(tmp_path: Path, name: str) -> None:
    """Wherever it is stopped: with the first gone, no file opens what is left."""
    folder = full_vault(tmp_path)
    shutil.copy(folder / "vault.json", folder / name)
    second_name = tmp_path / "the same blocks"
    os.link(folder / name, second_name)

    class Watching(FailingDisk):
        def rename(self, old: Path, new: Path) -> None:
            assert old.name == "vault.json"
            assert not (folder / name).exists()
            super().rename(old, new)

    assert destroy(folder, disk=Watching()) == ()
    assert all_of(folder) <= {"lock"}
    assert b"passphrase" not in second_name.read_bytes()


@pytest.mark.parametrize("persists", [False, True], ids=["once", "from then on"])
@pytest.mark.parametrize("late", [False, True], ids=["before", "after"])
def test_a_fault_at_any_call_leaves_a_whole_vault_or_none(
    tmp_path: Path, persists: bool, late: bool
) -> None:
    original = full_vault(tmp_path)
    work = tmp_path / "work"
    shutil.copytree(original, work)
    counted = FailingDisk()
    destroy(work, disk=counted)
    wanted = {x: x.read_bytes() for x in original.rglob("*.age")}
    for n in range(1, len(counted.calls) + 1):
        shutil.rmtree(work)
        shutil.copytree(original, work)
        disk = FailingDisk(fails_at=n, persists=persists, late=late)
        try:
            destroy(work, disk=disk)
        except GuideError as error:
            assert error.next_step
        if is_vault(work):
            for path, data in wanted.items():
                assert (work / path.relative_to(original)).read_bytes() == data
            open_vault(work, PASSPHRASE).close()
            destroy(work)
        elif is_unfinished(work):
            assert not spare_is_whole(work)
            finish(work)
        assert all_of(work) <= {"lock"}, (n, disk.calls[n - 1])


def test_what_resists_is_told_and_can_be_removed_later(tmp_path: Path) -> None:
    folder = full_vault(tmp_path)

    class Resisting(FailingDisk):
        def remove(self, path: Path) -> None:
            if path.name == "a.db":
                raise PermissionError(13, "")
            super().remove(path)

    with pytest.raises(NotAllGoneError, match="could be removed"):
        destroy(folder, disk=Resisting())
    assert is_unfinished(folder)
    assert not needs_proof(folder)
    assert finish_destroying(folder, the_sentence()).left == ()
    assert not folder.exists()


def test_no_vault_is_made_over_a_removal_that_was_cut_short(tmp_path: Path) -> None:
    """It says how to finish it, and takes nothing away by itself."""
    folder = full_vault(tmp_path)
    counted = FailingDisk()
    shutil.copytree(folder, tmp_path / "counted")
    destroy(tmp_path / "counted", disk=counted)
    last = counted.calls.index("rename") + 1  # the key file is gone from here on
    disk = FailingDisk(fails_at=last + 2, persists=True)
    with pytest.raises(GuideError):
        destroy(folder, disk=disk)
    assert is_unfinished(folder)
    before = all_of(folder)
    with pytest.raises(PlaceRefusedError) as caught:
        make_folder(folder)
    assert "guide vault destroy" in caught.value.next_step
    with pytest.raises(PlaceRefusedError):
        create_vault(folder, PASSPHRASE, now=NOW)
    assert all_of(folder) - {"lock"} == before - {"lock"}


def test_a_mark_beside_a_key_file_means_nothing(tmp_path: Path) -> None:
    """Killed before the one rename, the vault is the vault that it was."""
    folder = full_vault(tmp_path)
    written(folder / UNFINISHED, b"removing\n")
    assert not is_unfinished(folder)
    assert needs_proof(folder)
    with pytest.raises(NoVaultError):
        finish(folder)
    open_vault(folder, PASSPHRASE).close()
    assert not (folder / UNFINISHED).exists()


def test_where_no_vault_is_nothing_is_removed(tmp_path: Path) -> None:
    folder = tmp_path / "holiday"
    folder.mkdir()
    written(folder / "a.db", b"mine")
    for work in (destroy, finish):
        with pytest.raises(NoVaultError):
            work(folder)
    with pytest.raises(NoVaultError):
        refuse_unless_there(folder)
    assert all_of(folder) == {"a.db"}


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    kept_desk = kept_at(a_desk(), tmp_path / "notes")
    yield kept_desk
    kept_desk.close()


@pytest.mark.parametrize(
    ("proof", "sentence", "refusal"),
    [
        pytest.param(OTHER, SENTENCE, WrongPassphraseError, id="passphrase"),
        pytest.param(WORDS, "remove", InvalidAnswerError, id="sentence"),
        pytest.param(WORDS, "", InvalidAnswerError, id="nothing"),
    ],
)
def test_without_both_nothing_happens(
    desk: Desk, tmp_path: Path, proof: str, sentence: str, refusal: type[GuideError]
) -> None:
    before = all_of(tmp_path)
    with pytest.raises(refusal):
        destroy_open(desk, proof, sentence)
    assert all_of(tmp_path) == before
    assert desk.vault.answers() == {}  # it is still open
    desk.close()
    with pytest.raises(refusal):
        destroy_closed(a_desk(), tmp_path / "notes", proof, sentence)
    open_vault(tmp_path / "notes", WORDS).close()


def test_an_open_vault_goes_and_the_desk_keeps_nothing(
    desk: Desk, tmp_path: Path
) -> None:
    after, removed = destroy_open(desk, WORDS, "  Remove   EVERYTHING ")
    assert (removed.left, removed.problem) == ((), "")
    assert not (tmp_path / "notes").exists()
    assert not after.saving
    assert after.opened is None


def test_a_vault_that_somebody_has_open_stays(desk: Desk, tmp_path: Path) -> None:
    with pytest.raises(VaultInUseError):
        destroy_closed(a_desk(), tmp_path / "notes", WORDS, SENTENCE)
    assert is_vault(tmp_path / "notes")


def test_one_without_its_database_can_be_removed_too(
    desk: Desk, tmp_path: Path
) -> None:
    desk.close()
    (tmp_path / "notes" / "vault.db").unlink()
    assert destroy_closed(a_desk(), tmp_path / "notes", WORDS, SENTENCE).left == ()
    assert not (tmp_path / "notes").exists()


_DESTROY = """
import sys, time
from pathlib import Path
from guide.vault.destroying import destroy
from guide.vault.disk import Disk
class Slow(Disk):
    def _slowly(self): time.sleep(0.001)
    def remove(self, path): self._slowly(); super().remove(path); self._slowly()
    def rename(self, old, new):
        self._slowly(); super().rename(old, new); self._slowly()
    def create(self, path): self._slowly(); return super().create(path)
print("now", flush=True)
destroy(Path(sys.argv[1]), disk=Slow())
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs kill")
def test_killed_at_any_moment_it_opens_whole_or_not_at_all(tmp_path: Path) -> None:
    original = full_vault(tmp_path)
    chance = Random(7)  # noqa: S311  when to kill is no secret
    seen = {"whole": 0, "none": 0}
    for n in range(40):
        work = tmp_path / f"work-{n}"
        shutil.copytree(original, work)
        with subprocess.Popen(
            [sys.executable, "-c", _DESTROY, str(work)],
            cwd=REPOSITORY,
            stdout=subprocess.PIPE,
        ) as process:
            assert process.stdout
            process.stdout.readline()
            time.sleep(chance.uniform(0, 0.1))
            process.send_signal(signal.SIGKILL)
        if is_vault(work):
            seen["whole"] += 1
            with reopened(work) as vault:
                rows = vault.connection.execute("select id, sha256, size from kept")
                for row in rows.fetchall():
                    assert verify_file(vault, _Row(*row)) is FileState.INTACT
        else:
            seen["none"] += 1
            assert not (work / "backup" / "keys.json").exists()
            assert (work / UNFINISHED).exists() or all_of(work) <= {"lock"}
            with pytest.raises(GuideError):
                open_vault(work, PASSPHRASE)
            if is_unfinished(work):
                assert finish(work) == ()
            assert all_of(work) <= {"lock"}
        assert not (work / KEY_FILE_PART).exists()
    assert min(seen.values()) > 0, seen


class _Row:
    def __init__(self, id_: object, sha256: object, size: object) -> None:
        self.id, self.sha256, self.size = str(id_), str(sha256), int(str(size))
