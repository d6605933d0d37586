"""What the tests of sealed files share: a real vault, a table, a disk that fails."""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from guide.vault.disk import Disk
from guide.vault.journal import Journal, prepare
from guide.vault.kept import KeptFile, KeptRecord
from guide.vault.keys import CHEAPEST
from guide.vault.opening import OpenVault, create_vault, open_vault
from guide.vault.problems import VaultInUseError
from guide.vault.sealed_files import keep_file

PASSPHRASE = "six plain words for a test"  # noqa: S105  of vaults that live seconds
NOW = datetime(2026, 11, 20, 10, 0, tzinfo=UTC)
_TABLE = (
    "create table if not exists kept"
    " (id text primary key, sha256 text not null, size integer not null) strict"
)


def new_vault(folder: Path) -> OpenVault:
    """A real vault with a journal and a table of its kept files."""
    vault = create_vault(folder, PASSPHRASE, profile=CHEAPEST, now=NOW)
    prepare(vault.connection)
    vault.connection.execute(_TABLE)
    return vault


def reopened(folder: Path) -> OpenVault:
    """Open the vault again, at once or very soon.

    A second process that was just being started when its parent was killed holds
    the lock until it has started, some milliseconds later.
    """
    for _try in range(200):
        try:
            return open_vault(folder, PASSPHRASE)
        except VaultInUseError:
            time.sleep(0.01)
    return open_vault(folder, PASSPHRASE)


def journal_of(vault: OpenVault) -> Journal:
    return Journal(vault.connection, vault.root.signing_key())


def committing(vault: OpenVault) -> Callable[[KeptFile], None]:
    """Row and journal entry in one transaction, as the store does it."""
    journal = journal_of(vault)

    def commit(kept: KeptFile) -> None:
        with vault.connection:
            row = (kept.id, kept.sha256, kept.size)
            vault.connection.execute("insert into kept values (?, ?, ?)", row)
            sha256, size = kept.sha256, kept.size
            entry: dict[str, str | int | None] = {"sha256": sha256, "size": size}
            journal.append("evidence.kept", entry, NOW)

    return commit


def known_ids(vault: OpenVault) -> set[str]:
    return {str(id_) for (id_,) in vault.connection.execute("select id from kept")}


def record(name: str = "mail.eml") -> KeptRecord:
    return KeptRecord(name=name, acquired_at=NOW, source="saved from the mail program")


def sha(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def names_in(vault: OpenVault) -> set[str]:
    return {each.name for each in (vault.folder / "sealed").iterdir()}


def names_of_backups(vault: OpenVault) -> set[str]:
    """What stands beside the spare of the key file."""
    found = {each.name for each in (vault.folder / "backup").iterdir()}
    return found - {"keys.json"}


def written(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


def bytes_of(size: int) -> bytes:
    return hashlib.shake_128(b"%d" % size).digest(size)


def kept(vault: OpenVault, path: Path, name: str = "mail.eml") -> KeptFile:
    return keep_file(vault, path, record(name), commit=committing(vault))


def data_path(vault: OpenVault, file: KeptFile) -> Path:
    return vault.folder / "sealed" / f"{file.id}.age"


def record_path(vault: OpenVault, file: KeptFile) -> Path:
    return vault.folder / "sealed" / f"{file.id}.m.age"


@dataclass
class FailingDisk(Disk):
    """The real disk, but the call number ``fails_at`` raises ``number``.

    With ``persists`` so does every later one, as on a stick that was pulled out.
    What a call does happens before it fails, when ``late`` says so.
    """

    fails_at: int = 0
    number: int = 5
    persists: bool = False
    late: bool = False
    calls: list[str] = field(default_factory=list)

    @contextmanager
    def _counted(self, name: str) -> Iterator[None]:
        self.calls.append(name)
        fails = self.fails_at and (
            len(self.calls) == self.fails_at
            or (self.persists and len(self.calls) > self.fails_at)
        )
        if fails and not self.late:
            raise OSError(self.number, os.strerror(self.number))
        yield
        if fails:
            raise OSError(self.number, os.strerror(self.number))

    def look(self, path: Path) -> os.stat_result:
        with self._counted("look"):
            return super().look(path)

    def open(self, path: Path) -> int:
        with self._counted("open"):
            return super().open(path)

    def open_past_cache(self, path: Path) -> int:
        with self._counted("open_past_cache"):
            return super().open_past_cache(path)

    def create(self, path: Path) -> int:
        with self._counted("create"):
            return super().create(path)

    def stat(self, descriptor: int) -> os.stat_result:
        with self._counted("stat"):
            return super().stat(descriptor)

    def read(self, descriptor: int, size: int) -> bytes:
        with self._counted("read"):
            return super().read(descriptor, size)

    def fill(self, descriptor: int, buffer: memoryview) -> int:
        with self._counted("fill"):
            return super().fill(descriptor, buffer)

    def write(self, descriptor: int, data: memoryview) -> int:
        with self._counted("write"):
            return super().write(descriptor, data)

    def sync(self, descriptor: int) -> None:
        with self._counted("sync"):
            super().sync(descriptor)

    def forget(self, descriptor: int) -> None:
        with self._counted("forget"):
            super().forget(descriptor)

    def close(self, descriptor: int) -> None:
        super().close(descriptor)
        with self._counted("close"):
            pass

    def rename(self, old: Path, new: Path) -> None:
        with self._counted("rename"):
            super().rename(old, new)

    def link(self, old: Path, new: Path) -> None:
        with self._counted("link"):
            super().link(old, new)

    def remove(self, path: Path) -> None:
        with self._counted("remove"):
            super().remove(path)

    def names(self, folder: Path) -> tuple[str, ...]:
        with self._counted("names"):
            return super().names(folder)

    def free(self, folder: Path) -> int:
        with self._counted("free"):
            return super().free(folder)

    def make_folder(self, folder: Path) -> None:
        with self._counted("make_folder"):
            super().make_folder(folder)

    def sync_folder(self, folder: Path) -> None:
        with self._counted("sync_folder"):
            super().sync_folder(folder)
