"""A bag sealed in age format: nothing of it is plain on a disk at any moment.

It is a new folder of two or three files:

    README.txt   how to open it, in plain words
    case.age     the bag, as a tar archive
    key.age      what opens it, sealed with a passphrase; it is not there where the bag
                 is sealed to the key of somebody, who opens it with their own

``age -d -i key.age case.age | tar x`` makes a bag of it, without this program. Until
all of it was read back, the folder says that it is not complete.
"""

from __future__ import annotations

import errno
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Protocol

from guide.export.bag import told
from guide.export.bag.disk import (
    Disk,
    Tally,
    read_back,
    refuse_if_taken,
    refuse_without_room,
    target_faults,
)
from guide.export.bag.folder import Making, Written
from guide.export.bag.pieces import Bag, Cancelled, Piece, Progress, Sink, measured
from guide.export.bag.problems import BagStoppedError, NoSuchKeyError
from guide.export.bag.pulled import pulled
from guide.export.bag.tags import tag_files
from guide.export.bag.tar import tar_size, write_tar

CASE, KEY, README = "case.age", "key.age", "README.txt"
_PART, _TAG, _HEADER = 64 << 10, 16, 1024  # of the format


class Age(Protocol):
    """The calls that seal and open, handed in: the vault has them.

    They let the second process work, and let pass what *watch* raises.
    """

    def sealed(
        self,
        data: Iterable[memoryview],
        recipient: str,
        sink: Sink,
        *,
        size: int,
        watch: Callable[[], None],
    ) -> None:
        """Give the sealed form of *data* to *sink*."""

    def opened(
        self,
        data: Iterable[memoryview],
        identity: str,
        sink: Sink,
        *,
        size: int,
        watch: Callable[[], None],
    ) -> None:
        """Give to *sink* what was sealed."""


@dataclass(frozen=True, slots=True)
class Lock:
    """To whom it is sealed. ``identity`` and ``key_file`` only where it is our own."""

    recipient: str
    identity: str = field(default="", repr=False)
    key_file: bytes = field(default=b"", repr=False)


def to_key(typed: str) -> Lock:
    """To the public key that somebody gave; ``NoSuchKeyError`` if it is none."""
    import pyrage

    key = typed.strip()
    try:
        pyrage.x25519.Recipient.from_str(key)
    except (pyrage.RecipientError, UnicodeEncodeError):  # half a letter is no UTF-8
        raise NoSuchKeyError from None
    return Lock(key.lower())


def to_passphrase(locked: Callable[[bytes], bytes]) -> Lock:
    """To a key made for this bag alone, which *locked* seals with a passphrase."""
    import pyrage

    own = pyrage.x25519.Identity.generate()
    identity = str(own)
    return Lock(str(own.to_public()), identity, locked(f"{identity}\n".encode("ascii")))


def write_sealed(  # noqa: PLR0913  what to write, where, for whom, and with what
    bag: Bag,
    target: Path,
    lock: Lock,
    *,
    age: Age,
    disk: Disk,
    progress: Progress,
    cancelled: Cancelled,
) -> Written:
    """Make the new folder *target* with the bag sealed to *lock*; or nothing.

    Raises ``BagNotWrittenError``, and whatever a piece or *age* raises.
    """
    pieces = _measured(bag, cancelled)
    size = sum(each.size for each in pieces)
    tags = tag_files(bag, {each.path: each.sha256 for each in pieces}, size)
    plain = tar_size(bag, pieces, tags)
    largest = plain + (plain // _PART + 1) * _TAG + _HEADER
    with target_faults():
        refuse_if_taken(disk, target)
        refuse_without_room(disk, target.parent, largest)
    tally = Tally(plain + 2 * largest, progress, cancelled)
    making = Making(target, disk, tally)
    sealing = _Sealing(age, lock, plain, tally)
    with making.undone_on_failure():
        making.begin(())
        making.put(README, told.how_to_open(own_key=bool(lock.key_file)).encode())
        if lock.key_file:
            making.put(KEY, lock.key_file)
        # Last, so that it is the first to go where something fails.
        making.pour(CASE, lambda sink: sealing.pour(bag, pieces, tags, sink))
        making.compare(())
        sealing.compare(disk, target / CASE)
        making.complete()
    tally.finish()
    return Written(path=target, seal=making.hashes[CASE], files=len(pieces), size=size)


def _measured(bag: Bag, cancelled: Cancelled) -> tuple[Piece, ...]:
    def watch(_size: int) -> None:
        if cancelled():
            raise BagStoppedError

    return tuple(measured(each, watch) for each in bag.pieces)


class _Sealing:
    """The archive on its way through the seal, and what must come out of it again."""

    def __init__(self, age: Age, lock: Lock, size: int, tally: Tally) -> None:
        self._age, self._lock = age, lock
        self._size, self._tally = size, tally
        self._wanted = sha256()

    def pour(
        self, bag: Bag, pieces: tuple[Piece, ...], tags: dict[str, bytes], sink: Sink
    ) -> None:
        """Give the sealed archive to *sink*."""

        def archive(take: Sink) -> None:
            def note(data: memoryview) -> None:
                self._wanted.update(data)
                self._tally.add(len(data))
                take(data)

            write_tar(bag, pieces, tags, note)

        self._age.sealed(
            pulled(archive),
            self._lock.recipient,
            sink,
            size=self._size,
            watch=self._tally.watch,
        )

    def compare(self, disk: Disk, path: Path) -> None:
        """Open what is on the disk, and find in it what was poured.

        With a key that only somebody else has, nobody here can: then its bytes were
        read back, and that is all.
        """
        if not self._lock.identity:
            return
        found = sha256()
        self._age.opened(
            pulled(lambda sink: _ignored(read_back(disk, path, sink))),
            self._lock.identity,
            found.update,
            size=self._size,
            watch=self._tally.watch,
        )
        if found.digest() != self._wanted.digest():
            raise OSError(errno.EIO, "")


def _ignored(_digest: str) -> None:
    """Its hash was held against what was written before."""
