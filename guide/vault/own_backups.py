"""The backup that is made by itself: once a day, if something has changed.

The database is read into memory at once, which takes some milliseconds. All the
rest happens beside the reader, in a thread that never touches the open database:
writing, sealing with the same key, looking through, and taking the older backup's
place. Whatever goes wrong there leaves both backups as they were, and says nothing:
the date of the last backup is shown where the reader looks after the vault.
"""

from __future__ import annotations

import os
import re
import secrets
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path
from threading import Event, Thread

import apsw

from guide.model.problems import GuideError
from guide.vault.backup import backups, is_good, is_whole, to_replace
from guide.vault.connection import open_database
from guide.vault.disk import DISK, Disk
from guide.vault.opening import OpenVault
from guide.vault.problems import DamagedVaultError
from guide.vault.sealed_folder import held

EVERY = timedelta(days=1)
LARGEST = 64 << 20  # of a database that is copied in memory
_PATIENCE = 0.2  # seconds that closing a vault waits: a screen is to be hidden
_PART = re.compile(r"[0-9a-f]{8}\.part(-journal)?")
_TABLES = (
    "select name from sqlite_schema where type = 'table'"
    " and sql not like 'create virtual%' order by name"
)


def is_due(vault: OpenVault, now: datetime) -> bool:
    """Whether there is no backup of the last day; a clock may have been wrong."""
    with suppress(GuideError):
        there = backups(vault.folder)
        made_at = there[0].made_at if there else None
        return made_at is None or abs(now - made_at) >= EVERY
    return False


def back_up_beside(vault: OpenVault, now: datetime, disk: Disk = DISK) -> Thread | None:
    """Begin a backup if one is due, and end it before *vault* is closed.

    From the thread that uses the vault, and not inside a transaction. Reading all of
    it shows damage: then DamagedVaultError is raised.
    """
    if vault.read_only or not is_due(vault, now):
        return None
    try:
        sizes = [vault.connection.pragma(x) for x in ("page_count", "page_size")]
        if int(sizes[0]) * int(sizes[1]) > LARGEST:
            return None
        # First: what is read at once has zeros where a page is damaged.
        if not is_whole(vault.connection):
            raise DamagedVaultError
        snapshot = vault.connection.serialize("main")
    except (apsw.Error, MemoryError):
        return None
    return _begun(vault, snapshot, disk)


def _begun(vault: OpenVault, snapshot: bytes, disk: Disk) -> Thread:
    making = _Making(vault, snapshot, disk)
    thread = Thread(target=making.run, name="backup", daemon=True)

    def end() -> None:
        making.stop()
        thread.join(_PATIENCE)  # a slow stick may take longer: it then stays a part

    vault.beside.append(end)
    thread.start()
    return thread


class _Making:
    """One backup on its way. It holds the key only while it runs."""

    def __init__(self, vault: OpenVault, snapshot: bytes, disk: Disk) -> None:
        self._vault, self._disk = vault, disk
        self._snapshot = snapshot
        self._stopped = Event()
        self._interrupt: Callable[[], None] = lambda: None

    def stop(self) -> None:
        """End it soon; nothing takes a backup's place any more."""
        self._stopped.set()
        with suppress(apsw.Error):  # closed by now
            self._interrupt()

    def run(self) -> None:
        """Make it, or leave everything as it is."""
        with suppress(apsw.Error, GuideError, OSError, MemoryError):
            memory = _in_memory(self._snapshot)
            self._snapshot = b""
            self._interrupt = memory.interrupt
            try:
                if is_whole(memory) and not self._is_there(memory):
                    self._make(memory)
            finally:
                memory.close()

    def _is_there(self, memory: apsw.Connection) -> bool:
        """Whether the newest good backup says the same already."""
        key = self._vault.root.database_key()
        for each in backups(self._vault.folder, disk=self._disk):
            if is_good(each.path, key, self._vault.id):
                there = open_database(each.path, key, self._vault.id, read_only=True)
                try:
                    return _contents(there) == _contents(memory)
                finally:
                    there.close()
        return False

    def _make(self, memory: apsw.Connection) -> None:
        disk, vault = self._disk, self._vault
        folder, key = vault.folder / "backup", vault.root.database_key()
        disk.make_folder(folder)
        for name in disk.names(folder):
            if _PART.fullmatch(name):  # of a run that was killed
                disk.remove(folder / name)
        part = folder / f"{secrets.token_hex(4)}.part"
        if self._stopped.is_set():
            return
        try:
            self._write(memory, part, key)
            if is_good(part, key, vault.id) and not self._stopped.is_set():
                disk.rename(part, to_replace(vault, disk))
                disk.sync_folder(folder)
        finally:
            with suppress(OSError):
                disk.remove(part)

    def _write(self, memory: apsw.Connection, part: Path, key: bytes) -> None:
        disk = self._disk
        disk.close(disk.create(part))  # so that only this login can ever read it
        # The only way to seal with a raw key what lies open in memory.
        sealed = f"{part.absolute().as_uri()}?cipher=chacha20&key=raw:{key.hex()}"
        memory.execute("vacuum into ?", (sealed,), can_cache=False)
        with held(disk, os.open(part, os.O_RDWR)) as descriptor:
            disk.sync(descriptor)
            disk.forget(descriptor)


def _in_memory(snapshot: bytes) -> apsw.Connection:
    """What was read, as a database of its own, which writes no temporary file."""
    data = bytearray(snapshot)
    data[18:20] = b"\x01\x01"  # its journal is not beside it: SQLite, file format, 1.3
    flags = apsw.SQLITE_OPEN_READWRITE | apsw.SQLITE_OPEN_URI
    memory = apsw.Connection(":memory:", flags=flags)
    memory.execute("pragma temp_store = 2")
    memory.deserialize("main", bytes(data))
    return memory


def _contents(connection: apsw.Connection) -> bytes:
    """A hash of every row: two files that say the same are never the same bytes."""
    digest = sha256()
    for (name,) in connection.execute(_TABLES).fetchall():
        digest.update(f"\n{name}\n".encode())
        quoted = str(name).replace('"', '""')
        for row in connection.execute(f'select * from "{quoted}"'):  # noqa: S608
            digest.update(repr(row).encode("utf-8", "backslashreplace"))
    return digest.digest()
