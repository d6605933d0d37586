"""What goes into a bag: pieces, each one file with its name, size and hash.

A name is refused unless every common disk takes it: FAT, NTFS, HFS+ and the rest.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from typing import Self

Sink = Callable[[memoryview], None]  # must not hold on to what it is given
Pour = Callable[[Sink], None]
Progress = Callable[[int, int], None]
Cancelled = Callable[[], bool]

UNKNOWN = -1  # a size that is known only once all of it was poured
_PART = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9_.-]{0,62}[A-Za-z0-9])?")
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\..*)?", re.IGNORECASE)
_DEEPEST = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """One file of a bag. ``name`` is below ``data/``, its parts joined by ``/``.

    ``pour`` gives all of its bytes, the same ones each time, and lets pass whatever
    its sink raises. Two pieces may be poured at once, each in a thread of its own.
    ``sha256`` is in lower-case hex, and empty where it is not known.
    """

    name: str
    pour: Pour
    size: int = UNKNOWN
    sha256: str = ""

    @property
    def path(self) -> str:
        """Its name in the bag."""
        return f"data/{self.name}"

    @classmethod
    def of(cls, name: str, data: bytes) -> Self:
        """A piece that is in memory already."""

        def pour(sink: Sink) -> None:
            sink(memoryview(data))

        digest = sha256(data).hexdigest()
        return cls(name=name, pour=pour, size=len(data), sha256=digest)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bag:
    """All that is handed over. ``name`` is the folder that a sealed bag unpacks to.

    ``head`` and ``public_key`` are of the journal, as they are printed; ``title`` is
    for whoever gets it. ``made_at`` has its offset.
    """

    name: str
    title: str
    made_at: datetime
    pieces: tuple[Piece, ...]
    head: str = ""
    public_key: str = ""

    def __post_init__(self) -> None:
        if not is_safe(self.name) or "/" in self.name:
            raise ValueError("a name that not every disk takes")
        if self.made_at.utcoffset() is None:
            raise ValueError("a time without its offset")
        names = [each.name for each in self.pieces]
        if not names or not all(map(is_safe, names)):
            raise ValueError("a name that not every disk takes")
        _refuse_clashes(names)


def is_safe(name: str) -> bool:
    """Whether every common disk takes *name*, and as it stands.

    >>> is_safe("originals/E-001.jpg"), is_safe("nul.txt"), is_safe("../x")
    (True, False, False)
    """
    parts = name.split("/")
    return len(parts) <= _DEEPEST and all(
        _PART.fullmatch(part) and not _RESERVED.fullmatch(part) for part in parts
    )


def measured(piece: Piece, watch: Callable[[int], None]) -> Piece:
    """The same piece with its size and hash, poured once if need be.

    *watch* is told how many bytes have just passed; what it raises passes.
    """
    if piece.size != UNKNOWN and piece.sha256:
        return piece
    found, size = sha256(), 0

    def take(data: memoryview) -> None:
        nonlocal size
        found.update(data)
        size += len(data)
        watch(len(data))

    piece.pour(take)
    return replace(piece, size=size, sha256=found.hexdigest())


def _refuse_clashes(names: list[str]) -> None:
    """Where capitals do not count, one of two would go under the other's name."""
    files = [name.lower() for name in names]
    parts = [name.split("/") for name in files]
    folders = {"/".join(each[:n]) for each in parts for n in range(1, len(each))}
    if len(set(files)) < len(files) or folders.intersection(files):
        raise ValueError("two pieces with one name")
