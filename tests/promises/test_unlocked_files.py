"""The files of the notes, taken away, renamed, damaged or replaced by others.

No passphrase is needed for that, and no program can prevent it. It must be told, and
the guide itself must never finish it.
"""

from __future__ import annotations

import os
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from guide.actions.copying import copy_vault, told
from guide.actions.evidence_care import verify_one
from guide.actions.guarding import back_up, restore_backup
from guide.actions.journey import Journey
from guide.actions.knowing import add_person
from guide.model.problems import GuideError
from guide.vault.problems import DamagedVaultError, WrongPassphraseError
from guide.vault.sealed_reading import FileState
from tests.plain.talking import a_desk, talk
from tests.promises.unlocked import CANARY, bytes_in, notes_in, opened, said_on, written
from tests.unit.test_cli import run
from tests.vault.evidence_desk import keep_all, some_work
from tests.vault.keeping_desk import OTHER, WORDS, kept_at


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A closed vault with somebody and an incident in it."""
    return notes_in(tmp_path)


# Taken away, or made to look so.


@pytest.mark.parametrize("mark", [None, b"", b"removing\n"])
def test_notes_without_their_key_file_are_not_forgotten(
    folder: Path, mark: bytes | None
) -> None:
    """Else a notice that was sent could be sent again, and all would seem lost."""
    away = folder.parent / "somewhere else"
    (folder / "vault.json").rename(away)
    if mark is not None:
        (folder / "unfinished").write_bytes(mark)
    before = bytes_in(folder)
    for words in (("incident", "list"), ("letter", "new", "no-contact-notice")):
        done = run(folder.parent, *words, typed=WORDS)
        assert done.returncode == 6, done.stderr
        assert "key file of this vault is missing" in done.stderr
    doctor = run(folder.parent, "doctor", HOME=str(folder.parent))
    assert "Your sealed notes" in doctor.stdout
    assert "The file that opens them is gone" in doctor.stdout
    plain = run(folder.parent, "--plain", typed="q\n")
    assert "the file that opens them is gone" in " ".join(plain.stdout.split())
    journey = Journey(replace(a_desk(), chosen_folder=str(folder)))
    journey.open("keep")
    assert "Do not send a notice again" in said_on(journey.sheet())
    assert bytes_in(folder) == before
    away.rename(folder / "vault.json")
    opened(folder).close()


@pytest.mark.parametrize("mark", [None, b"", b"removing\n"])
@pytest.mark.parametrize("also", ["", "vault.db"])
def test_notes_whose_key_file_is_gone_open_by_its_spare(
    folder: Path, mark: bytes | None, also: str
) -> None:
    """With a rule that holds on: what was sent once is known again."""
    desk = opened(folder)
    back_up(desk)
    desk.close()
    for name in ("vault.json", *([also] if also else [])):
        (folder / name).unlink()
    if mark is not None:
        (folder / "unfinished").write_bytes(mark)
    done = run(folder.parent, "letter", "new", "no-contact-notice", typed=WORDS)
    assert done.returncode == 6, done.stderr
    assert "guide vault restore keys" in done.stderr
    doctor = run(folder.parent, "doctor", HOME=str(folder.parent))
    assert "A spare of the file that opens them" in doctor.stdout
    journey = Journey(a_desk(), door=folder)
    assert "Do not send a notice again" in said_on(journey.sheet())
    journey.choose("spare")
    journey.typed(WORDS)
    if also:
        assert journey.sheet().name == "damaged"
        journey.typed(WORDS)
    found = [x.account for x in journey.desk.vault.incidents()]
    assert found == [f"{CANARY} waited outside"]
    journey.desk.close()


def test_nothing_is_removed_while_the_spare_still_opens_it(folder: Path) -> None:
    """The key file carried away, and a mark: one sentence would have removed it all."""
    (folder / "vault.json").rename(folder.parent / "somewhere else")
    (folder / "unfinished").write_bytes(b"removing\n")
    before = bytes_in(folder)
    for typed in ("", "remove everything\n", f"{WORDS}\nremove everything\n"):
        done = run(folder.parent, "vault", "destroy", typed=typed)
        assert done.returncode == 1
        assert "these notes still open" in done.stderr
        assert bytes_in(folder) == before


def test_a_making_that_was_cut_short_is_no_lost_vault(tmp_path: Path) -> None:
    """It can be made again, as ever."""
    desk = kept_at(a_desk(), tmp_path / "notes")
    desk.close()
    folder = tmp_path / "half"
    folder.mkdir(mode=0o700)
    (folder / "vault.db").write_bytes(b"\0" * 8192)
    (folder / "unfinished").write_bytes(b"")
    kept_at(a_desk(), folder).close()
    opened(folder).close()


def test_a_removal_that_nobody_began_is_not_finished(folder: Path) -> None:
    """Two names and no passphrase: the guide itself would have deleted it all."""
    (folder / "unfinished").write_bytes(b"removing\n")
    (folder / "vault.json").rename(folder / "vault.json.part")
    before = bytes_in(folder)
    for typed in ("", "remove everything\n", f"{WORDS}\nremove everything\n"):
        done = run(folder.parent, "vault", "destroy", typed=typed)
        assert done.returncode == 1
        assert "these notes still open" in done.stderr
        assert bytes_in(folder) == before
    (folder / "vault.json.part").rename(folder / "vault.json")
    opened(folder).close()


def test_a_kept_file_that_was_taken_away_is_seen_in_the_list(tmp_path: Path) -> None:
    """And not on the day on which a court wants it."""
    desk = kept_at(a_desk(), tmp_path / "notes")
    letter = tmp_path / "letter.txt"
    letter.write_text(CANARY)
    keep_all(desk, letter)
    journey = Journey(desk)
    journey.open("evidence")
    assert "not in the folder" not in said_on(journey.sheet())
    for path in (tmp_path / "notes" / "sealed").glob("*.age"):
        path.unlink()
    journey = Journey(desk)
    journey.open("evidence")
    assert "1 kept file is not in the folder any more" in said_on(journey.sheet())
    desk.close()


def test_what_was_renamed_to_look_like_a_leftover_is_not_cleared_away(
    tmp_path: Path,
) -> None:
    """One new name, and the guide itself would have removed it at the next opening."""
    folder = tmp_path / "notes"
    desk = kept_at(a_desk(), folder)
    letter = tmp_path / "letter.txt"
    letter.write_text(CANARY)
    (file,) = keep_all(desk, letter).kept
    desk.close()
    for path in (folder / "sealed").glob("*.age"):
        path.rename(path.with_name(f"{path.name.removesuffix('.age')}.part"))
    (folder / "sealed" / f"{'0' * 32}.part").write_bytes(b"of a crash")
    desk = opened(folder)
    assert verify_one(desk, file.id, some_work()) is FileState.INTACT
    assert len([*(folder / "sealed").iterdir()]) == 2
    desk.close()


def test_a_database_that_was_renamed_is_not_lost_by_restoring(folder: Path) -> None:
    """Restoring is what the guide says to do when it is missing."""
    desk = opened(folder)
    back_up(desk)
    add_person(desk, "Later")
    desk.close()
    (folder / "vault.db").rename(folder / "vault.db.part")
    with pytest.raises(DamagedVaultError):
        opened(folder)
    aside = restore_backup(folder, WORDS)
    assert aside is not None
    desk = opened(folder)
    assert [x.label for x in desk.vault.people()] == [CANARY]
    desk.close()
    aside.replace(folder / "vault.db")
    desk = opened(folder)
    assert {x.label for x in desk.vault.people()} == {CANARY, "Later"}
    desk.close()


def test_what_was_damaged_here_never_replaces_the_second_copy(tmp_path: Path) -> None:
    """An old database put back, a sealed file cut off: then the reader copies again."""
    desk = kept_at(a_desk(), tmp_path / "notes")
    letter = tmp_path / "letter.txt"
    letter.write_text(CANARY * 100)
    (file,) = keep_all(desk, letter).kept
    desk.close()
    old = (tmp_path / "notes" / "vault.db").read_bytes()
    desk = opened(tmp_path / "notes")
    written(desk)
    copy_vault(desk, str(tmp_path / "stick"), _quiet, _never)
    desk.close()
    (tmp_path / "notes" / "vault.db").write_bytes(old)
    os.truncate(tmp_path / "notes" / "sealed" / f"{file.id}.age", 100)
    desk = opened(tmp_path / "notes")
    stick, copied = copy_vault(desk, str(tmp_path / "stick"), _quiet, _never)
    desk.close()
    said = " ".join(told(copied))
    assert "1 sealed file is damaged here" in said
    assert "knew more than your notes" in said
    assert copied.put_aside is not None
    there = opened(stick)
    assert verify_one(there, file.id, some_work()) is FileState.INTACT
    assert there.vault.incidents() == ()
    there.close()
    copied.put_aside.replace(stick / "vault.db")
    there = opened(stick)
    assert [x.account for x in there.vault.incidents()] == [f"{CANARY} waited outside"]
    there.close()


def test_a_longer_history_here_replaces_the_copy_as_ever(tmp_path: Path) -> None:
    desk = kept_at(a_desk(), tmp_path / "notes")
    copy_vault(desk, str(tmp_path / "stick"), _quiet, _never)
    written(desk)
    _stick, copied = copy_vault(desk, str(tmp_path / "stick"), _quiet, _never)
    desk.close()
    assert copied.put_aside is None
    assert copied.damaged == 0


def _quiet(_done: int, _total: int) -> None:
    """Nobody looks."""


def _never() -> bool:
    return False


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
@pytest.mark.parametrize(
    "name", ["vault.json", "vault.db", "lock", "unfinished", "backup/a.db"]
)
def test_a_pipe_in_the_place_of_a_file_keeps_nobody_waiting(
    folder: Path, name: str
) -> None:
    path = folder / name
    path.unlink(missing_ok=True)
    os.mkfifo(path)
    try:
        opened(folder).close()
    except GuideError as error:
        assert error.next_step


def test_a_copy_of_another_vault_in_its_place_does_not_open(folder: Path) -> None:
    """Whoever types the own passphrase learns that it is not the own vault."""
    theirs = folder.parent / "theirs"
    kept_at(a_desk(), theirs, OTHER).close()
    shutil.copy(theirs / "vault.json", folder / "vault.json")
    with pytest.raises(WrongPassphraseError):
        opened(folder)
    shutil.rmtree(folder)
    shutil.copytree(theirs, folder)
    with pytest.raises(WrongPassphraseError):
        opened(folder)
    assert (
        "does not open this vault"
        in talk(WORDS, journey=Journey(a_desk(), door=folder)).heard
    )
