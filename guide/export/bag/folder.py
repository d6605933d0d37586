"""A bag as a new folder: written, put onto the disk itself, read back, then a bag.

Until all of it was read back it holds a file that says so, and no ``bagit.txt``, so
that no program takes it for a bag: after a crash, a full disk or a pulled stick too.
"""

from __future__ import annotations

import errno
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import Path

from guide.export.bag import told
from guide.export.bag.disk import (
    Disk,
    Tally,
    Writer,
    held,
    read_back,
    refuse_if_taken,
    refuse_without_room,
    target_faults,
    two_at_once,
)
from guide.export.bag.pieces import (
    UNKNOWN,
    Bag,
    Cancelled,
    Piece,
    Pour,
    Progress,
    measured,
)
from guide.export.bag.problems import PieceChangedError, tell_left
from guide.export.bag.tags import BAGIT, TAG_MANIFEST, tag_files
from guide.model.problems import GuideError

MARK = "INCOMPLETE.txt"
_SMALL = 1 << 18  # allowed for what is not known yet


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """A bag that is whole. ``seal`` is a SHA-256 that stands for every byte of it.

    Of a folder it is that of ``tagmanifest-sha256.txt``; of a sealed bag, of the file.
    """

    path: Path
    seal: str
    files: int
    size: int  # of the files handed over


def write_folder(
    bag: Bag, target: Path, *, disk: Disk, progress: Progress, cancelled: Cancelled
) -> Written:
    """Make *target*, which must not be there, and write the bag into it.

    If it fails, all of it is removed; what cannot be is marked as not complete.
    Raises ``BagNotWrittenError``, and whatever a piece raises.
    """
    sizes = [each.size if each.size != UNKNOWN else _SMALL for each in bag.pieces]
    tally = Tally(2 * sum(sizes), progress, cancelled)
    with target_faults():
        refuse_if_taken(disk, target)
        refuse_without_room(disk, target.parent, sum(sizes))
    making = Making(target, disk, tally)
    with making.undone_on_failure():
        making.begin(bag.pieces)
        two_at_once(making.put_piece, bag.pieces, tally)
        payload, size = dict(making.hashes), sum(making.sizes.values())
        tags = tag_files(bag, payload, size)
        for name, data in tags.items():
            if name != BAGIT:
                making.put(name, data)
        making.compare(bag.pieces)
        making.put_at_once(BAGIT, tags[BAGIT])
        making.compare_one(BAGIT)
        making.complete()
    tally.finish()
    seal = making.hashes[TAG_MANIFEST]
    return Written(path=target, seal=seal, files=len(payload), size=size)


@dataclass
class Making:
    """A bag while it is written: what was made so far, and what each file must be.

    A sealed one is written in the same way, with other files in it.
    """

    target: Path
    disk: Disk
    tally: Tally
    hashes: dict[str, str] = field(default_factory=dict)
    sizes: dict[str, int] = field(default_factory=dict)  # of the payload
    _made: list[Path] = field(default_factory=list)  # in the order it was made
    _folders: list[Path] = field(default_factory=list)

    @contextmanager
    def undone_on_failure(self) -> Iterator[None]:
        """Nothing half-written is left, unless the disk itself refuses that."""
        try:
            with target_faults():
                yield
        except GuideError as error:
            if not self._undo():
                tell_left(error)
            raise
        except BaseException:
            self._undo()
            raise

    def begin(self, pieces: Sequence[Piece]) -> None:
        """The folders, and first of all what says that this is not complete."""
        self._make(self.target)
        self._write(self.target / MARK, told.incomplete().encode())
        self.disk.sync_folder(self.target)
        self.disk.sync_folder(self.target.parent)
        for piece in pieces:
            for folder in reversed(Path(piece.path).parents):
                if (new := self.target / folder) not in self._folders:
                    self._make(new)

    def put_piece(self, piece: Piece) -> None:
        """Pour a piece into its place.

        Where its hash is known, what is on the disk will be held against that: it
        need not be worked out twice.
        """
        self.pour(piece.path, piece.pour, piece.sha256)
        if piece.size not in (UNKNOWN, self.sizes[piece.path]):
            raise PieceChangedError

    def pour(self, name: str, pour: Pour, known: str = "") -> None:
        """Pour a file into its place; its hash is worked out unless it is *known*."""
        found, size = None if known else sha256(), 0
        with held(self.disk, self._new(self.target / name)) as descriptor:
            write = Writer(self.disk, descriptor)

            def take(data: memoryview) -> None:
                nonlocal size
                if found is not None:
                    found.update(data)
                size += len(data)
                write(data)
                self.tally.add(len(data))

            pour(take)
            write.finish()
        self.hashes[name] = found.hexdigest() if found else known
        self.sizes[name] = size

    def put(self, name: str, data: bytes) -> None:
        """Write a file about the bag."""
        self._write(self.target / name, data)
        self.hashes[name] = sha256(data).hexdigest()

    def put_at_once(self, name: str, data: bytes) -> None:
        """Write a file about the bag that is there whole, or not at all."""
        path = self.target / name
        part = path.with_name(f"{name}.part")
        self._write(part, data)
        self._made.append(path)
        self.disk.rename(part, path)
        self._made.remove(part)
        self.hashes[name] = sha256(data).hexdigest()

    def compare(self, pieces: Sequence[Piece]) -> None:
        """Read all of it back from the disk."""
        for folder in reversed(self._folders):
            self.disk.sync_folder(folder)
        two_at_once(self._compare_piece, pieces, self.tally)
        payload = {each.path for each in pieces}
        for name in self.hashes:
            if name not in payload:
                self.compare_one(name)

    def compare_one(self, name: str) -> None:
        """Read one file back from the disk: it must be what it should be."""

        def take(data: memoryview) -> None:
            self.tally.add(len(data))

        if read_back(self.disk, self.target / name, take) != self.hashes[name]:
            raise OSError(errno.EIO, "")

    def _compare_piece(self, piece: Piece) -> None:
        try:
            self.compare_one(piece.path)
        except OSError:
            # Was it the disk, or did something else come out of the vault?
            again = measured(replace(piece, sha256=""), lambda _size: self.tally.add(0))
            if again.sha256 != self.hashes[piece.path]:
                raise PieceChangedError from None
            raise

    def complete(self) -> None:
        """All of it was read back: what says otherwise goes."""
        self.disk.sync_folder(self.target)
        self.tally.watch()  # the last moment to stop
        self.disk.remove(self.target / MARK)
        self._made.remove(self.target / MARK)
        self.disk.sync_folder(self.target)

    def _make(self, folder: Path) -> None:
        folder.mkdir(mode=0o700)  # fails if it is there
        self._folders.append(folder)
        self._made.append(folder)

    def _new(self, path: Path) -> int:
        try:
            descriptor = self.disk.create(path)
        except FileExistsError:
            raise
        except OSError:
            with suppress(OSError):  # it may be there all the same
                self.disk.remove(path)
            raise
        self._made.append(path)
        return descriptor

    def _write(self, path: Path, data: bytes) -> None:
        with held(self.disk, self._new(path)) as descriptor:
            write = Writer(self.disk, descriptor)
            write(memoryview(data))
            write.finish()

    def _undo(self) -> bool:
        """Remove what was made, the newest first; whether nothing is left.

        It ends at the first refusal. What says that it is not complete is the oldest
        but for the folder itself, so it stays until everything else has gone.
        """
        try:
            for path in reversed(self._made):
                self._remove(path)
        except OSError:
            return False
        return True

    def _remove(self, path: Path) -> None:
        try:
            if path in self._folders:
                path.rmdir()
            else:
                self.disk.remove(path)
        except FileNotFoundError:
            if not path.parent.exists():  # all of it is gone: a stick, pulled out
                raise
