"""The mark of what was begun in a folder and has not come to its end.

It stands from the first moment of making a vault until its last, and then it is
empty; beside a key file it means nothing. What stands beside it was never a vault,
unless it says that one is being removed, or which one is being copied here.
"""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from guide.vault.disk import DISK, Disk
from guide.vault.key_file import write_new

UNFINISHED = "unfinished"
REMOVING = b"removing\n"


def mark(folder: Path, words: bytes, disk: Disk = DISK) -> None:
    """Let the mark of what is unfinished in *folder* say *words*, on the disk."""
    if mark_of(folder, disk) == words:
        return
    with suppress(FileNotFoundError):
        disk.remove(folder / UNFINISHED)
    write_new(folder / UNFINISHED, words, disk)
    disk.sync_folder(folder)


def mark_of(folder: Path, disk: Disk = DISK) -> bytes | None:
    """What the mark in *folder* says; None if there is none."""
    with suppress(OSError):
        descriptor = disk.open(folder / UNFINISHED)
        try:
            return disk.read(descriptor, 64)
        finally:
            disk.close(descriptor)
    return None
