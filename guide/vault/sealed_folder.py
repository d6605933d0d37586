"""Where sealed files lie, how they are named, and how one is opened and hashed.

Two sealed files belong together under one random name: the bytes, and the record
of what is known of them. Nothing in the folder's names says what is in it.
"""

from __future__ import annotations

import errno
import os
import re
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Protocol

from guide.vault.disk import CHUNK, Disk, aligned
from guide.vault.problems import (
    EvidenceChangedError,
    StoppedError,
    disk_problem,
)
from guide.vault.sealing import (
    NotIntactError,
    Sink,
    Watch,
    WorkerLostError,
    opened,
)

SEALED_ID = re.compile(r"[0-9a-f]{32}")
PART_NAME = re.compile(r"[0-9a-f]{32}(\.m)?\.part")
FILE_NAME = re.compile(r"([0-9a-f]{32})(?:\.m)?\.age")

Progress = Callable[[int, int], None]
Cancelled = Callable[[], bool]


class AgeKeys(Protocol):
    """The root of a vault, as far as sealed files need it."""

    def age_identity(self) -> str:
        """The secret key, which opens."""

    def age_recipient(self) -> str:
        """The public key, which seals."""


class SealedVault(Protocol):
    """An open vault, as far as sealed files need it."""

    @property
    def folder(self) -> Path:
        """The vault's own folder."""

    @property
    def root(self) -> AgeKeys:
        """What its keys come from."""


class Fingerprint(Protocol):
    """What a kept file must be: its sealed id, and the hash and size of its bytes."""

    @property
    def id(self) -> str:
        """32 hex digits."""

    @property
    def sha256(self) -> str:
        """In lower-case hex."""

    @property
    def size(self) -> int:
        """In bytes."""


@dataclass(frozen=True, slots=True)
class Places:
    """The names of one kept file: while it is written, and once it is whole."""

    folder: Path
    id: str

    @property
    def data_part(self) -> Path:
        """The bytes, not yet whole."""
        return self.folder / f"{self.id}.part"

    @property
    def data(self) -> Path:
        """The bytes, sealed."""
        return self.folder / f"{self.id}.age"

    @property
    def record_part(self) -> Path:
        """The record, not yet whole."""
        return self.folder / f"{self.id}.m.part"

    @property
    def record(self) -> Path:
        """The record, sealed."""
        return self.folder / f"{self.id}.m.age"

    @property
    def all(self) -> tuple[Path, ...]:
        """Every name, parts first."""
        return (self.data_part, self.record_part, self.data, self.record)


class Tally:
    """How far something long is; ``watch`` tells the reader, and asks to go on."""

    def __init__(self, total: int, progress: Progress, cancelled: Cancelled) -> None:
        """*total* is in bytes, and so is what ``add`` is given."""
        self._total, self._progress, self._cancelled = total, progress, cancelled
        self.done = 0

    def watch(self) -> None:
        """Say how far it is; ``StoppedError`` if the reader has had enough."""
        if self._cancelled():
            raise StoppedError
        self._progress(min(self.done, self._total), self._total)

    def finish(self) -> None:
        """Say that all of it is done."""
        self._progress(self._total, self._total)


class Hashing:
    """Takes bytes, remembers only their hash and how many there were."""

    def __init__(self, tally: Tally | None = None) -> None:
        """With *tally*, what passes counts as done."""
        self._hash, self._tally = sha256(), tally
        self.size = 0

    def __call__(self, data: memoryview) -> None:
        """Take the next bytes."""
        self._hash.update(data)
        self.size += len(data)
        if self._tally is not None:
            self._tally.done += len(data)

    def fits(self, file: Fingerprint) -> bool:
        """Whether these were the bytes of *file*, all of them."""
        return self.size == file.size and self._hash.hexdigest() == file.sha256


def sealed_folder(vault: SealedVault) -> Path:
    """Where the sealed files of *vault* are."""
    return vault.folder / "sealed"


def new_places(vault: SealedVault) -> Places:
    """Names that nobody has used or can guess."""
    return Places(sealed_folder(vault), secrets.token_hex(16))


def places_of(vault: SealedVault, sealed_id: str) -> Places:
    """The names of a kept file; an id that could lead elsewhere is a fault."""
    if not SEALED_ID.fullmatch(sealed_id):
        raise ValueError("not a sealed id")
    return Places(sealed_folder(vault), sealed_id)


@contextmanager
def held(disk: Disk, descriptor: int) -> Iterator[int]:
    """Use *descriptor*, then let go of it; what fails at that counts too."""
    try:
        yield descriptor
    except BaseException:
        with suppress(OSError):  # the first failure is the one to tell
            os.close(descriptor)
        raise
    disk.close(descriptor)


def chunks_of(disk: Disk, descriptor: int) -> Iterator[memoryview]:
    """The bytes that are left to read; each piece only until the next."""
    buffer = aligned(CHUNK)
    while count := disk.fill(descriptor, buffer):
        yield buffer[:count]


def open_sealed(
    disk: Disk, path: Path, identity: str, sink: Sink, watch: Watch
) -> None:
    """Give to *sink* what is sealed at *path*; it counts only once this returns."""
    with held(disk, disk.open_past_cache(path)) as descriptor:
        size = disk.stat(descriptor).st_size
        opened(chunks_of(disk, descriptor), identity, sink, size=size, watch=watch)


def quiet(_done: int, _total: int) -> None:
    """Progress that nobody looks at."""


def never() -> bool:
    """The reader does not stop this."""
    return False


@contextmanager
def reading_faults() -> Iterator[None]:
    """What goes wrong in here is the fault of what the vault holds, or of its disk."""
    try:
        yield
    except OSError as error:
        raise disk_problem(error.errno) from None
    except NotIntactError:
        raise EvidenceChangedError from None
    except WorkerLostError:
        raise disk_problem(errno.EIO) from None
