"""The backup that is made by itself: beside the reader, when it is worth it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

import pytest

from guide.actions.desk import Desk
from guide.actions.guarding import last_backup, newest_good_backup, put_back
from guide.actions.journey import Journey
from guide.model.problems import GuideError
from guide.vault.backup import back_up, backups, is_good
from guide.vault.connection import open_database
from guide.vault.kept import KeptFile
from guide.vault.opening import OpenVault, open_vault
from guide.vault.own_backups import back_up_beside, is_due
from guide.vault.problems import DamagedVaultError, WrongPassphraseError
from guide.vault.sealed_files import keep_file
from tests.plain.talking import a_desk
from tests.vault.keeping import (
    PASSPHRASE,
    FailingDisk,
    journal_of,
    names_of_backups,
    new_vault,
    record,
    reopened,
    written,
)
from tests.vault.keeping_desk import OTHER, WORDS, kept_at

DAY = timedelta(days=1)


@pytest.fixture
def vault(tmp_path: Path) -> Iterator[OpenVault]:
    opened = new_vault(tmp_path / "vault")
    yield opened
    opened.close()


def now() -> datetime:
    return datetime.now(UTC)  # noqa: TID251  file times are of the real clock


def note(vault: OpenVault) -> None:
    with vault.connection:
        journal_of(vault).append("note", {"text": "canary"}, now())


def made(vault: OpenVault, at: datetime, disk: FailingDisk | None = None) -> bool:
    """Whether a backup was begun at that time; it has ended."""
    thread = back_up_beside(vault, at, disk or FailingDisk())
    if thread:
        thread.join()
    return thread is not None


def notes_in(path: Path, vault: OpenVault) -> int:
    opened = open_database(path, vault.root.database_key(), vault.id, read_only=True)
    try:
        return int(str(opened.execute("select count(*) from journal").get))
    finally:
        opened.close()


def good(vault: OpenVault) -> list[bool]:
    key = vault.root.database_key()
    return [is_good(each.path, key, vault.id) for each in backups(vault.folder)]


def test_one_a_day_and_only_if_something_has_changed(vault: OpenVault) -> None:
    note(vault)
    assert made(vault, now())
    assert names_of_backups(vault) == {"a.db"}
    note(vault)
    assert not made(vault, now())  # of today there is one
    assert made(vault, now() + DAY)
    assert names_of_backups(vault) == {"a.db", "b.db"}
    assert [notes_in(x.path, vault) for x in backups(vault.folder)] == [2, 1]
    before = {x.path: x.path.read_bytes() for x in backups(vault.folder)}
    assert made(vault, now() + 3 * DAY)  # it looks, and finds nothing new
    assert {x.path: x.path.read_bytes() for x in backups(vault.folder)} == before
    note(vault)
    assert made(vault, now() + 3 * DAY)
    assert [notes_in(x.path, vault) for x in backups(vault.folder)] == [3, 2]
    assert good(vault) == [True, True]


def test_a_date_from_a_wrong_clock_does_not_stop_it(vault: OpenVault) -> None:
    path = back_up(vault).path
    later = (now() + 900 * DAY).timestamp()
    os.utime(path, (later, later))
    assert is_due(vault, now())


def test_it_is_sealed_and_private_like_any_other(vault: OpenVault) -> None:
    for _time in range(40):
        note(vault)
    old = os.umask(0o022)
    try:
        made(vault, now())
    finally:
        os.umask(old)
    (path,) = (x.path for x in backups(vault.folder))
    data = path.read_bytes()
    assert b"canary" not in data
    assert not data.startswith(b"SQLite format 3")
    assert path.stat().st_mode & 0o777 == 0o600
    assert not is_good(path, bytes(32), vault.id)
    key = vault.root.database_key()
    for each in vault.folder.rglob("*"):  # it passes through the name of a file
        found = each.read_bytes() if each.is_file() else b""
        assert key not in found
        assert key.hex().encode() not in found + each.name.encode()


def test_what_is_written_meanwhile_goes_on_and_is_not_in_it(vault: OpenVault) -> None:
    for _time in range(300):
        note(vault)
    thread = back_up_beside(vault, now())
    assert thread
    for _time in range(50):
        note(vault)
    thread.join()
    (path,) = (x.path for x in backups(vault.folder))
    assert notes_in(path, vault) == 300
    assert not journal_of(vault).check()


def test_it_takes_the_reader_a_moment_only(vault: OpenVault) -> None:
    """A database of some years: what is done before the screen comes back."""
    vault.connection.execute("create table much (text)")
    with vault.connection:
        for _each in range(1500):
            row = (os.urandom(1000).hex(),)
            vault.connection.execute("insert into much values (?)", row)
    spent = []
    for n in range(3):
        start = time.monotonic()
        thread = back_up_beside(vault, now() + 2 * n * DAY)
        spent.append(time.monotonic() - start)
        if thread:
            thread.join()
    assert min(spent) < 0.1, spent


def test_closing_does_not_wait_for_it_and_leaves_no_part(tmp_path: Path) -> None:
    """Stopped in the middle, it takes no backup's place; next time it is cleared."""
    vault = new_vault(tmp_path / "vault")
    back_up(vault)
    vault.connection.execute("create table much (text)")
    with vault.connection:
        for _each in range(3000):
            row = (os.urandom(1000).hex(),)
            vault.connection.execute("insert into much values (?)", row)
    thread = back_up_beside(vault, now() + 2 * DAY)
    assert thread
    start = time.monotonic()
    vault.close()
    assert time.monotonic() - start < 1.5
    thread.join()
    assert names_of_backups(vault) <= {"a.db", "b.db"}
    assert all(good(vault))


def test_a_part_of_a_run_that_was_killed_is_removed(vault: OpenVault) -> None:
    (vault.folder / "backup" / "0a1b2c3d.part").write_bytes(b"half")
    mine = vault.folder / "backup" / "notes.part"
    mine.write_bytes(b"mine")
    made(vault, now())
    assert names_of_backups(vault) == {"a.db", "notes.part"}


@pytest.mark.parametrize("persists", [False, True], ids=["once", "from then on"])
def test_a_disk_that_fails_at_any_call_costs_no_backup(
    vault: OpenVault, persists: bool
) -> None:
    note(vault)
    back_up(vault)
    note(vault)
    back_up(vault)
    note(vault)
    counted = FailingDisk()
    before = {x.path: x.path.read_bytes() for x in backups(vault.folder)}
    made(vault, now() + 2 * DAY, counted)
    for n in range(1, len(counted.calls) + 1):
        for path, data in before.items():
            path.write_bytes(data)
        made(vault, now() + 2 * DAY, FailingDisk(fails_at=n, persists=persists))
        assert len(backups(vault.folder)) == 2
        assert good(vault) == [True, True]


def damage(folder: Path, where: float = 0.5) -> None:
    path = folder / "vault.db"
    data = bytearray(path.read_bytes())
    data[int(len(data) * where)] ^= 1
    path.write_bytes(data)


def test_a_damaged_database_is_said_and_never_backed_up(tmp_path: Path) -> None:
    vault = new_vault(tmp_path / "vault")
    for _time in range(100):
        note(vault)
    back_up(vault)
    vault.close()
    damage(vault.folder)
    with open_vault(vault.folder, PASSPHRASE) as again:
        before = names_of_backups(again)
        with pytest.raises(DamagedVaultError):
            back_up_beside(again, now() + 2 * DAY)
        assert names_of_backups(again) == before


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    opened = kept_at(a_desk(), tmp_path / "notes")
    yield opened
    opened.close()


def end_of(desk: Desk) -> None:
    """Wait for what runs beside, instead of ending it."""
    for thread in threading.enumerate():
        if thread.name == "backup":
            thread.join()
    desk.close()


def test_opening_at_the_door_makes_one(desk: Desk, tmp_path: Path) -> None:
    assert last_backup(desk) is None
    desk.close()
    journey = Journey(a_desk(), door=tmp_path / "notes")
    journey.typed(WORDS)
    end_of(journey.desk)
    assert len(backups(tmp_path / "notes")) == 1
    assert last_backup(journey.desk)


def damaged_at(desk: Desk, tmp_path: Path, *, whole: bool) -> Path:
    """A vault with an answer in its backup and a file kept after it."""
    assert desk.opened
    desk.vault.put_answer("relation", "stranger", now())
    back_up(desk.opened)

    def ignore(_file: KeptFile) -> None:
        """As if the row had been in what is damaged."""

    keep_file(desk.opened, written(tmp_path / "x", b"x"), record(), commit=ignore)
    desk.vault.put_answer("kinds", ("messages",), now())
    folder = desk.opened.folder
    desk.close()
    if whole:
        (folder / "vault.db").write_bytes(b"\xff" * 9000)
    else:
        damage(folder)
    return folder


def test_the_door_offers_the_backup_and_puts_it_back_when_asked(
    desk: Desk, tmp_path: Path
) -> None:
    folder = damaged_at(desk, tmp_path, whole=True)
    before = (folder / "vault.db").read_bytes()
    journey = Journey(a_desk(), door=folder)
    with pytest.raises(WrongPassphraseError):
        journey.typed(OTHER)
    journey.typed(WORDS)
    sheet = journey.sheet()
    said = "\n".join(f"{x.lead}{x.text}" for x in sheet.blocks)
    assert sheet.name == "damaged"
    assert "A good backup was made: " in said
    assert "What you wrote after that is not in it." in said
    assert "1 file that you kept is there" in said
    assert (folder / "vault.db").read_bytes() == before
    assert journey.is_shut
    with pytest.raises(WrongPassphraseError):
        journey.typed(OTHER)
    journey.typed(WORDS)
    assert journey.sheet().name == "vault"
    assert journey.desk.vault.answers() == {"relation": "stranger"}
    aside = [x for x in folder.glob("vault-*.db") if x.read_bytes() == before]
    assert len(aside) == 1
    end_of(journey.desk)


def test_without_a_good_backup_the_door_says_that_it_is_damaged(
    desk: Desk, tmp_path: Path
) -> None:
    folder = damaged_at(desk, tmp_path, whole=True)
    (folder / "backup" / "a.db").write_bytes(b"\xff" * 9000)
    journey = Journey(a_desk(), door=folder)
    with pytest.raises(DamagedVaultError) as caught:
        journey.typed(WORDS)
    assert caught.value.exit_code == 6
    assert journey.sheet().name == "door"


def test_one_can_go_on_without_it(desk: Desk, tmp_path: Path) -> None:
    journey = Journey(a_desk(), door=damaged_at(desk, tmp_path, whole=True))
    journey.typed(WORDS)
    journey.choose("without")
    assert not journey.is_shut
    assert not journey.desk.saving


def test_where_a_part_is_damaged_the_rest_opens_and_a_backup_is_offered(
    desk: Desk, tmp_path: Path
) -> None:
    folder = damaged_at(desk, tmp_path, whole=False)
    for path in (folder / "backup").iterdir():
        old = now().timestamp() - 3 * 86400
        os.utime(path, (old, old))
    here = replace(a_desk(), now=now)
    journey = Journey(here, door=folder)
    journey.typed(WORDS)
    assert journey.sheet().name == "damaged"
    assert not journey.is_shut
    journey.choose("as-it-is")
    assert journey.sheet().name == journey.desk.library.start
    journey.open("lock")
    journey.typed(WORDS)
    with pytest.raises(WrongPassphraseError):
        journey.typed(OTHER)
    assert journey.desk.saving
    journey.typed(WORDS)
    assert journey.sheet().name == "vault"
    assert journey.desk.vault.answers() == {"relation": "stranger"}
    end_of(journey.desk)


def test_a_backup_that_went_bad_meanwhile_is_said_and_all_is_closed(
    desk: Desk, tmp_path: Path
) -> None:
    folder = damaged_at(desk, tmp_path, whole=False)
    for path in (folder / "backup").iterdir():
        old = now().timestamp() - 3 * 86400
        os.utime(path, (old, old))
    journey = Journey(replace(a_desk(), now=now), door=folder)
    journey.typed(WORDS)
    (folder / "backup" / "a.db").write_bytes(b"\xff" * 9000)
    journey.typed(WORDS)
    assert journey.sheet().name == "not-put-back"
    assert "missing or damaged" in journey.sheet().blocks[0].text
    assert journey.desk.opened is None
    assert (folder / "vault.db").exists()


def test_putting_back_needs_no_open_vault(desk: Desk, tmp_path: Path) -> None:
    folder = damaged_at(desk, tmp_path, whole=True)
    offered = newest_good_backup(folder, WORDS)
    assert offered
    assert (offered.name, offered.files_since) == ("a", 1)
    with pytest.raises(GuideError):
        put_back(a_desk(), folder, WORDS, "b")
    again = put_back(a_desk(), folder, WORDS, "a")
    assert again.saving
    again.close()


_MAKE = """
import sys, time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from guide.vault.disk import Disk
from guide.vault.opening import open_vault
from guide.vault.own_backups import back_up_beside
class Slow(Disk):
    def create(self, path): time.sleep(0.003); return super().create(path)
    def rename(self, old, new):
        time.sleep(0.003); super().rename(old, new); time.sleep(0.003)
vault = open_vault(Path(sys.argv[1]), sys.argv[2])
vault.connection.execute("insert into much values (randomblob(100000))")
print("now", flush=True)
later = datetime.now(UTC) + timedelta(days=2)
back_up_beside(vault, later, Slow()).join()
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs kill")
def test_killed_at_any_moment_there_is_a_good_backup(tmp_path: Path) -> None:
    vault = new_vault(tmp_path / "vault")
    vault.connection.execute("create table much (data)")
    back_up(vault)
    vault.close()
    chance = Random(3)  # noqa: S311  when to kill is no secret
    for _kill in range(12):
        with subprocess.Popen(
            [sys.executable, "-c", _MAKE, str(vault.folder), PASSPHRASE],
            cwd=Path(__file__).parents[2],
            stdout=subprocess.PIPE,
        ) as process:
            assert process.stdout
            process.stdout.readline()
            time.sleep(chance.uniform(0, 0.05))
            process.send_signal(signal.SIGKILL)
        assert all(good(vault))
    with reopened(vault.folder) as again:
        assert made(again, now() + 2 * DAY)
        assert names_of_backups(again) == {"a.db", "b.db"}
        assert good(again) == [True, True]
