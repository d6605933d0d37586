"""Where this computer may write parts of its memory, and whether that is sealed.

Read from ``/proc`` and ``/sys``, so on Linux only. A disk that encrypts by itself
looks like any other from here: what is not seen is said to be not seen, never safe.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

_PROC, _SYS = Path("/proc"), Path("/sys")
_ESCAPED = re.compile(r"\\([0-7]{3})")  # how the kernel writes a space in a name
_DEEPEST = 8


class Sealing(StrEnum):
    """What can be told of one place for swapping."""

    ENCRYPTED = "encrypted"
    NOT_SEEN = "no encryption seen"
    MEMORY = "in memory only"
    UNKNOWN = "cannot be told"


@dataclass(frozen=True, slots=True, kw_only=True)
class Swap:
    """One partition or file that memory may be written to."""

    path: str
    sealing: Sealing


def swaps(proc: Path = _PROC, sys: Path = _SYS) -> tuple[Swap, ...] | None:
    """Every place for swapping that is in use; None where that cannot be told."""
    try:
        lines = (proc / "swaps").read_text("utf-8", "replace").splitlines()[1:]
    except OSError:
        return None
    found = []
    for line in lines:
        name, kind, *_rest = [*line.split(), "", ""]
        if name:
            path = _unescaped(name)
            on_file = kind == "file"
            sealing = _of_file(path, proc, sys) if on_file else _of_disk(path, sys)
            found.append(Swap(path=path, sealing=sealing))
    return tuple(found)


def _of_disk(path: str, sys: Path) -> Sealing:
    name = os.path.basename(os.path.realpath(path))  # noqa: PTH119  a name, no file
    block = sys / "class" / "block" / name
    if not block.exists():
        return Sealing.UNKNOWN
    if name.startswith("zram"):
        behind = _text(block / "backing_dev")
        return Sealing.MEMORY if behind in ("", "none") else Sealing.UNKNOWN
    return Sealing.ENCRYPTED if _is_sealed(block) else Sealing.NOT_SEEN


def _of_file(path: str, proc: Path, sys: Path) -> Sealing:
    """As the disk under the file, where the kernel names one."""
    number = _mounted_from(path, proc)
    block = sys / "dev" / "block" / number
    if not number or not block.exists():
        return Sealing.UNKNOWN
    return Sealing.ENCRYPTED if _is_sealed(block) else Sealing.NOT_SEEN


def _is_sealed(block: Path, depth: int = 0) -> bool:
    """Whether a disk, or everything that it is made of, is behind dm-crypt."""
    if _text(block / "dm" / "uuid").startswith("CRYPT-"):
        return True
    below = [*_inside(block / "slaves")]
    return (
        bool(below)
        and depth < _DEEPEST
        and all(_is_sealed(each, depth + 1) for each in below)
    )


def _inside(folder: Path) -> Iterator[Path]:
    try:
        yield from sorted(folder.iterdir())
    except OSError:
        return


def _mounted_from(path: str, proc: Path) -> str:
    """The number of the disk that holds *path*: of all mounts, the nearest above."""
    best, number = "", ""
    for line in _text(proc / "self" / "mountinfo").splitlines():
        fields = line.split()
        if len(fields) < 5:
            continue
        point = _unescaped(fields[4])
        inside = path == point or path.startswith(point.rstrip("/") + "/")
        if inside and len(point) >= len(best):
            best, number = point, fields[2]
    return number


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8", "replace").strip()
    except OSError:
        return ""


def _unescaped(name: str) -> str:
    return _ESCAPED.sub(lambda found: chr(int(found[1], 8)), name)
