"""What of an earlier copy may give way to what is in the vault now.

The copy can be the better of the two: a disk, or somebody at this computer, can have
damaged a sealed file here or put an old database back. Then nothing of the copy is
written over, because it is the last that is whole.
"""

from __future__ import annotations

from contextlib import suppress
from hashlib import sha256
from pathlib import Path

import apsw

from guide.model.problems import GuideError
from guide.vault.connection import open_database
from guide.vault.disk import Disk
from guide.vault.folder import COPIED
from guide.vault.opening import OpenVault
from guide.vault.sealed_folder import chunks_of, held, open_sealed, sealed_folder
from guide.vault.sealing import NotIntactError, Watch, WorkerLostError
from guide.vault.whereabouts import DATABASE

_LAST = "select sequence, hash from journal order by sequence desc limit 1"
_HASH = "select hash from journal where sequence = ?"


def is_whole(vault: OpenVault, name: str, watch: Watch, disk: Disk) -> bool:
    """Whether the sealed file *name* of the vault opens to its very end."""
    path, identity = sealed_folder(vault) / name, vault.root.age_identity()
    try:
        open_sealed(disk, path, identity, lambda _data: None, watch)
    except (OSError, NotIntactError, WorkerLostError):
        return False
    return True


def is_as_copied(copy: Path, disk: Disk) -> bool:
    """Whether nobody has written into the folder *copy* since it was made."""
    database = copy / DATABASE
    journal = database.with_name(f"{DATABASE}-wal")
    with suppress(FileNotFoundError):
        if disk.look(journal).st_size:
            return False
    try:
        with held(disk, disk.open(copy / COPIED)) as descriptor:
            said = disk.read(descriptor, 65)
        digest = sha256()
        with held(disk, disk.open(database)) as descriptor:
            for chunk in chunks_of(disk, descriptor):
                digest.update(chunk)
    except FileNotFoundError:
        return False
    return said == f"{digest.hexdigest()}\n".encode("ascii")


def is_earlier(vault: OpenVault, database: Path) -> bool:
    """Whether the journal in a copy's *database* ends at an entry of the vault's own.

    If not, it tells of something that the vault does not know. Where it cannot be
    told, it is not: keeping one file too many harms nobody.
    """
    with suppress(GuideError, apsw.Error):
        there = open_database(
            database, vault.root.database_key(), vault.id, read_only=True
        )
        try:
            row = there.execute(_LAST).fetchone()
        finally:
            there.close()
        if row is None:
            return True
        ours = vault.connection.execute(_HASH, (row[0],)).fetchone()
        return ours is not None and bytes(ours[0]) == bytes(row[1])
    return False
