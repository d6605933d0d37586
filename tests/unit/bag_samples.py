"""A small bag of every kind of piece, and what others say of the one that was made."""

from __future__ import annotations

import logging
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import bagit

from guide.export.bag import journal
from guide.export.bag.folder import Written, write_folder
from guide.export.bag.pieces import Bag, Cancelled, Piece, Progress, Sink
from guide.vault.disk import DISK, Disk
from tests.vault.keeping import bytes_of, journal_of, new_vault

MADE = datetime(2026, 11, 20, 10, 0, tzinfo=UTC)
NAME = "case-2026-11-20"
ORIGINALS = {
    "originals/E-001.jpg": bytes_of(70_000),
    "originals/E-002.eml": b"From: someone@example.com\r\n\r\nHello\r\n",
    "originals/E-003": b"",
}

logging.getLogger("bagit").addHandler(logging.NullHandler())


def quiet(_done: int, _total: int) -> None:
    """Progress that nobody looks at."""


def never() -> bool:
    return False


def slowly(name: str, data: bytes) -> Piece:
    """A piece that nobody knows the size of, in parts."""

    def pour(sink: Sink) -> None:
        for at in range(0, len(data), 1000):
            sink(memoryview(data)[at : at + 1000])

    return Piece(name=name, pour=pour)


def small_bag(*more: Piece) -> Bag:
    originals = [Piece.of(name, data) for name, data in ORIGINALS.items()]
    return Bag(
        name=NAME,
        title="Record of\nunwanted contact",
        made_at=MADE,
        pieces=(*originals, slowly("log.csv", b"when,what\r\n" * 500), *more),
    )


def bag_with_journal(folder: Path, entries: int = 4) -> Bag:
    """As ``small_bag``, with the journal of a real vault."""
    with new_vault(folder) as vault:
        kept = journal_of(vault)
        for number in range(entries):
            with vault.connection:
                body: dict[str, str | int | None] = {"text": "é\u2028\n", "n": number}
                kept.append("note", body, MADE)
        lines, head, key = list(kept.lines()), kept.head(), kept.public_key()
    bag = small_bag()
    return Bag(
        name=bag.name,
        title=bag.title,
        made_at=bag.made_at,
        pieces=(*bag.pieces, *journal.pieces(lines, head, key)),
        head=head,
        public_key=key,
    )


def written(
    bag: Bag,
    target: Path,
    *,
    disk: Disk = DISK,
    progress: Progress = quiet,
    cancelled: Cancelled = never,
) -> Written:
    return write_folder(bag, target, disk=disk, progress=progress, cancelled=cancelled)


def is_valid(folder: Path) -> bool:
    """What the bagit library says, having read every byte."""
    try:
        return bool(bagit.Bag(str(folder)).validate())
    except (bagit.BagError, ValueError):  # it does not word bytes that are no text
        return False


def verified(
    folder: Path, *words: str, program: Path | None = None
) -> subprocess.CompletedProcess[str]:
    """What ``verify.py`` says, on its own: nothing of ours can be imported."""
    script = program or folder / "verify.py"
    return subprocess.run(
        [sys.executable, "-I", "-S", "-B", str(script), *words, str(folder)],
        capture_output=True,
        text=True,
        cwd="/",
        check=False,
    )


def bytes_in(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
