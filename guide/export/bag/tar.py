"""A bag as one stream of a tar archive (POSIX.1-2001): the same bytes each time.

It names no login, no machine and no time but that of the bag. ``bagit.txt`` comes last,
so that what was unpacked from half a stream is not taken for a bag.
"""

from __future__ import annotations

import tarfile
from collections.abc import Mapping, Sequence
from hashlib import sha256

from guide.export.bag.pieces import Bag, Piece, Sink
from guide.export.bag.problems import PieceChangedError

_END = 2 * tarfile.BLOCKSIZE


def write_tar(
    bag: Bag, pieces: Sequence[Piece], tags: Mapping[str, bytes], sink: Sink
) -> None:
    """Give the whole archive to *sink*. The size and hash of every piece are known.

    ``PieceChangedError`` at the first one that is not what it says it is.
    """
    archive = _Archive(bag, sink)
    archive.folder("")
    for folder in _folders(pieces):
        archive.folder(folder)
    for piece in pieces:
        archive.file(piece)
    for name, data in tags.items():
        archive.small(name, data)
    archive.end()


def tar_size(bag: Bag, pieces: Sequence[Piece], tags: Mapping[str, bytes]) -> int:
    """How large the archive will be."""
    sizes = {each.path: each.size for each in pieces}
    sizes |= {name: len(data) for name, data in tags.items()}
    folders = ["", *_folders(pieces)]
    size = sum(len(_head(bag, name, 0, tarfile.DIRTYPE)) for name in folders)
    for name, each in sizes.items():
        head = _head(bag, name, each, tarfile.REGTYPE)
        size += len(head) + each + -each % tarfile.BLOCKSIZE
    return size + _END + -(size + _END) % tarfile.RECORDSIZE


def _head(bag: Bag, name: str, size: int, kind: bytes) -> bytes:
    info = tarfile.TarInfo(f"{bag.name}/{name}".rstrip("/"))
    info.size, info.type, info.mtime = size, kind, int(bag.made_at.timestamp())
    info.mode = 0o700 if kind == tarfile.DIRTYPE else 0o600
    return info.tobuf(tarfile.PAX_FORMAT)


class _Archive:
    """What has been written so far, and how many bytes."""

    def __init__(self, bag: Bag, sink: Sink) -> None:
        self._bag, self._sink, self._size = bag, sink, 0

    def folder(self, name: str) -> None:
        """A folder of the bag, or the bag itself."""
        self._head(name, 0, tarfile.DIRTYPE)

    def small(self, name: str, data: bytes) -> None:
        """A file that is in memory."""
        self._head(name, len(data), tarfile.REGTYPE)
        self._put(memoryview(data))
        self._fill(tarfile.BLOCKSIZE)

    def file(self, piece: Piece) -> None:
        """A piece as it pours; it must be what it says it is."""
        self._head(piece.path, piece.size, tarfile.REGTYPE)
        found, size = sha256(), 0

        def take(data: memoryview) -> None:
            nonlocal size
            size += len(data)
            if size > piece.size:  # it would run into the next file
                raise PieceChangedError
            found.update(data)
            self._put(data)

        piece.pour(take)
        if (size, found.hexdigest()) != (piece.size, piece.sha256):
            raise PieceChangedError
        self._fill(tarfile.BLOCKSIZE)

    def end(self) -> None:
        """The end of an archive, and of its last record."""
        self._put(memoryview(bytes(_END)))
        self._fill(tarfile.RECORDSIZE)

    def _head(self, name: str, size: int, kind: bytes) -> None:
        self._put(memoryview(_head(self._bag, name, size, kind)))

    def _fill(self, block: int) -> None:
        self._put(memoryview(bytes(-self._size % block)))

    def _put(self, data: memoryview) -> None:
        self._size += len(data)
        self._sink(data)


def _folders(pieces: Sequence[Piece]) -> list[str]:
    """Every folder of the payload, the outer ones first."""
    parts = [each.path.split("/") for each in pieces]
    return sorted({"/".join(each[:n]) for each in parts for n in range(1, len(each))})
