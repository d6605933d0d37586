"""Two backups in turn, and a restore that never costs the last good copy."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator
from pathlib import Path

import apsw
import pytest

from guide.model.problems import GuideError
from guide.vault.backup import back_up, backups, is_good, restore
from guide.vault.connection import open_database
from guide.vault.opening import OpenVault
from guide.vault.problems import NoBackupError
from guide.vault.sealed_files import keep_file
from guide.vault.sealed_listing import orphans
from tests.vault.keeping import (
    NOW,
    FailingDisk,
    committing,
    journal_of,
    known_ids,
    names_of_backups,
    new_vault,
    record,
    reopened,
    written,
)


@pytest.fixture
def vault(tmp_path: Path) -> Iterator[OpenVault]:
    opened = new_vault(tmp_path / "vault")
    yield opened
    opened.close()


def note(vault: OpenVault, text: str = "canary") -> None:
    with vault.connection:
        journal_of(vault).append("note", {"text": text}, NOW)


def notes_in(path: Path, vault: OpenVault) -> int:
    opened = open_database(path, vault.root.database_key(), vault.id, read_only=True)
    try:
        return int(str(opened.execute("select count(*) from journal").get))
    finally:
        opened.close()


def good(path: Path, vault: OpenVault) -> bool:
    return is_good(path, vault.root.database_key(), vault.id)


def older(path: Path, seconds: int) -> None:
    when = path.stat().st_mtime - seconds
    os.utime(path, (when, when))


def test_backups_alternate_and_each_holds_what_was_there(vault: OpenVault) -> None:
    for count in range(1, 6):
        note(vault)
        made = back_up(vault)
        assert notes_in(made.path, vault) == count
        assert made.path.name == ("a.db", "b.db")[(count + 1) % 2]
        there = backups(vault.folder)
        assert there[0] == made
        assert len(there) == min(count, 2)
        for each in there:
            older(each.path, 10)
    assert sorted(notes_in(each.path, vault) for each in backups(vault.folder)) == [
        4,
        5,
    ]


def test_a_backup_is_sealed_with_the_same_key_and_for_this_login_alone(
    vault: OpenVault,
) -> None:
    for _time in range(50):
        note(vault)
    before = os.umask(0o022)
    try:
        made = back_up(vault)
    finally:
        os.umask(before)
    data = made.path.read_bytes()
    assert b"canary" not in data
    assert not data.startswith(b"SQLite format 3")
    assert stat.S_IMODE(made.path.stat().st_mode) == 0o600
    assert not is_good(made.path, bytes(32), vault.id)
    assert not is_good(made.path, vault.root.database_key(), "0" * 32)
    assert names_of_backups(vault) == {"a.db"}


def test_a_damaged_newer_backup_is_replaced_and_not_the_older_good_one(
    vault: OpenVault,
) -> None:
    note(vault)
    first = back_up(vault).path
    older(first, 10)
    second = back_up(vault).path
    whole = second.read_bytes()
    second.write_bytes(whole[:2000] + b"\xff\x00\xff" + whole[2003:])
    assert not good(second, vault)
    assert back_up(vault).path == second
    assert good(first, vault)
    assert good(second, vault)


def test_every_flipped_byte_of_a_backup_is_found(vault: OpenVault) -> None:
    note(vault)
    path = back_up(vault).path
    whole = path.read_bytes()
    for place in [*range(0, 4096, 37), *range(4096, len(whole), 211)]:
        damaged = bytearray(whole)
        damaged[place] ^= 0x10
        path.write_bytes(damaged)
        assert not good(path, vault), place
    for end in (0, 10, 4096, len(whole) - 4096):
        path.write_bytes(whole[:end])
        assert not good(path, vault), end


def test_a_restore_brings_back_what_was_and_keeps_everything_else(
    vault: OpenVault, tmp_path: Path
) -> None:
    source = written(tmp_path / "it", b"hello")
    keep_file(vault, source, record(), commit=committing(vault))
    backup = back_up(vault).path
    data = backup.read_bytes()
    later = keep_file(vault, source, record(), commit=committing(vault))
    head = journal_of(vault).head()
    vault.close()
    database = vault.folder / "vault.db"
    damaged = database.read_bytes()[:-5000]
    database.write_bytes(damaged)
    aside = restore(vault.folder, backup, vault.root.database_key(), vault.id)
    assert aside is not None
    assert aside.read_bytes() == damaged
    assert backup.read_bytes() == data
    with reopened(vault.folder) as again:
        assert len(known_ids(again)) == 1
        assert [each.id for each in orphans(again, known_ids(again))] == [later.id]
        assert not journal_of(again).check()
        assert journal_of(again).check([head])[0].trouble == "cut off"


def test_what_stood_beside_the_old_database_never_meets_the_restored_one(
    vault: OpenVault,
) -> None:
    """A journal of SQLite's would be played into whatever file it finds."""
    note(vault)
    backup = back_up(vault).path
    vault.close()
    beside = written(vault.folder / "vault.db-wal", b"left by a crash")
    aside = restore(vault.folder, backup, vault.root.database_key(), vault.id)
    assert not beside.exists()
    assert Path(f"{aside}-wal").read_bytes() == b"left by a crash"


def test_a_lost_database_can_be_restored(vault: OpenVault) -> None:
    note(vault)
    backup = back_up(vault).path
    vault.close()
    (vault.folder / "vault.db").unlink()
    key = vault.root.database_key()
    assert restore(vault.folder, backup, key, vault.id) is None
    with reopened(vault.folder) as again:
        assert journal_of(again).head().startswith("1: ")


def test_a_bad_backup_is_refused_and_the_database_stays(vault: OpenVault) -> None:
    note(vault)
    backup = back_up(vault).path
    vault.close()
    os.truncate(backup, 4096)
    before = (vault.folder / "vault.db").read_bytes()
    for path in (backup, backup.with_name("b.db")):
        with pytest.raises(NoBackupError) as caught:
            restore(vault.folder, path, vault.root.database_key(), vault.id)
        assert caught.value.exit_code == 6
    assert (vault.folder / "vault.db").read_bytes() == before


NUMBERS = [errno.EIO, errno.ENOSPC, errno.EROFS]


@pytest.mark.parametrize("persists", [False, True], ids=["once", "from then on"])
@pytest.mark.parametrize("number", NUMBERS, ids=["fault", "full", "read-only"])
def test_a_backup_that_fails_at_any_call_leaves_the_older_ones_good(
    vault: OpenVault, number: int, persists: bool
) -> None:
    note(vault)
    older(back_up(vault).path, 10)
    back_up(vault)
    counted = FailingDisk()
    back_up(vault, disk=counted)
    for n in range(1, len(counted.calls) + 1):
        disk = FailingDisk(fails_at=n, number=number, persists=persists)
        try:
            back_up(vault, disk=disk)
        except GuideError as error:
            assert error.next_step
        there = backups(vault.folder)
        assert len(there) == 2
        assert all(good(each.path, vault) for each in there)
    back_up(vault)
    assert names_of_backups(vault) == {"a.db", "b.db"}


@pytest.mark.parametrize("persists", [False, True], ids=["once", "from then on"])
def test_a_restore_that_fails_at_any_call_loses_nothing(
    vault: OpenVault, persists: bool
) -> None:
    note(vault)
    backup = back_up(vault).path
    note(vault)
    vault.close()
    key, database = vault.root.database_key(), vault.folder / "vault.db"
    latest = database.read_bytes()
    counted = FailingDisk()
    restore(vault.folder, backup, key, vault.id, disk=counted)
    for n in range(1, len(counted.calls) + 1):
        for each in vault.folder.glob("vault*.db"):
            each.unlink()
        database.write_bytes(latest)
        disk = FailingDisk(fails_at=n, persists=persists)
        with pytest.raises(GuideError):
            restore(vault.folder, backup, key, vault.id, disk=disk)
        there = [each.read_bytes() for each in vault.folder.glob("vault*.db")]
        assert latest in there
        assert good(backup, vault)
        restore(vault.folder, backup, key, vault.id)
        assert notes_in(database, vault) == 1


def test_a_disk_without_room_is_told_before_anything_is_written(
    vault: OpenVault,
) -> None:
    class Tight(FailingDisk):
        def free(self, folder: Path) -> int:
            super().free(folder)
            return 1 << 20

    disk = Tight()
    with pytest.raises(GuideError, match="no room"):
        back_up(vault, disk=disk)
    assert "create" not in disk.calls
    assert names_of_backups(vault) == set()


def test_a_backup_inside_a_change_is_a_fault_of_the_program(vault: OpenVault) -> None:
    with pytest.raises(apsw.SQLError), vault.connection:
        vault.connection.execute("create table x (y)")
        back_up(vault)
