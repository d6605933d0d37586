"""The files of a pack by name, and their bytes when asked for: a folder on the disk.

Promises: follows no link, opens no pipe and no device, reads no more of a file than
the limit, and looks at no more names than the limit. Writes nothing.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from guide.library.packs.limits import LARGEST_FILE, MOST_FILES, MOST_TEXT
from guide.library.packs.names import (
    TEXTS,
    ZIPS,
    folded,
    is_passed_over,
    why_left_out,
)
from guide.library.packs.problems import (
    CLASH,
    LEFT_OUT,
    NOT_USED,
    TOO_LARGE,
    Findings,
    refused,
)
from guide.model.problems import NotFoundError, UnreadableFileError
from guide.words import _

FLAGS: int = (
    os.O_RDONLY
    | getattr(os, "O_NOFOLLOW", 0)
    | getattr(os, "O_NONBLOCK", 0)
    | getattr(os, "O_NOCTTY", 0)
    | getattr(os, "O_BINARY", 0)
)


@dataclass(slots=True, kw_only=True)
class Tree:
    """The files of one pack. ``sizes`` are bytes by path, in the order of paths."""

    label: str  # the name of the folder or zip
    sizes: dict[str, int]
    read_bytes: Callable[[str, int], bytes]  # a path, and how many bytes at most
    findings: Findings = field(default_factory=Findings)
    close: Callable[[], None] = lambda: None

    def read(self, path: str) -> bytes:
        """The bytes of one text. Raises UnreadableFileError, NotFoundError."""
        if path not in self.sizes:
            raise NotFoundError
        if not path.endswith(TEXTS):
            raise UnreadableFileError
        return self.read_bytes(path, LARGEST_FILE)


class Admission:
    """Decides over each name in turn; what it lets in is in ``sizes``."""

    def __init__(self, findings: Findings) -> None:
        self.sizes: dict[str, int] = {}
        self._findings = findings
        self._folded: dict[str, str] = {}
        self._seen = self._texts = 0

    def count(self) -> None:
        """Count one name, whatever it is. Raises PackRefusedError."""
        self._seen += 1
        if self._seen > MOST_FILES:
            raise refused(_("There are too many files in it to be a pack."))

    def leave_out(self, path: str, why: str) -> None:
        """Say that *path* is not opened."""
        self._findings.add(LEFT_OUT, path, why, _("Take it out of the pack."))

    def leave_out_special(self, path: str) -> None:
        """Say that *path* is no plain file, so that it is not opened."""
        self.leave_out(path, _("This is a link, a pipe or a device."))

    def let_in(self, path: str, size: int) -> None:
        """Take the file at *path*, or say why not. Raises PackRefusedError."""
        if why := why_left_out(path):
            self.leave_out(path, why)
        elif path.lower().endswith(ZIPS):
            what = _("A pack inside a pack is not opened.")
            self._findings.add(NOT_USED, path, what, _("Add it as a pack of its own."))
        elif self._is_alone(path) and self._fits(path, size):
            self.sizes[path] = size

    def _is_alone(self, path: str) -> bool:
        first = self._folded.setdefault(folded(path), path)
        if first == path:
            return True
        words = _("On many computers this is the same name as {path}.")
        what = words.format(path=first)
        self._findings.add(CLASH, path, what, _("Give it another name."))
        return False

    def _fits(self, path: str, size: int) -> bool:
        if not path.endswith(TEXTS):
            return True
        if size > LARGEST_FILE:
            what = _("The file is larger than {size} KiB.")
            what = what.format(size=LARGEST_FILE // 1024)
            self._findings.add(TOO_LARGE, path, what, _("Split it into two."))
            return False
        self._texts += size
        if self._texts > MOST_TEXT:
            raise refused(_("There is too much text in it to be a pack."))
        return True


def folder_tree(root: Path) -> Tree:
    """The files beneath *root*. Raises PackRefusedError, UnreadableFileError."""
    findings = Findings()
    admission = Admission(findings)
    try:
        _walk(root, admission)
    except OSError:
        raise UnreadableFileError(
            _("This folder could not be read. It was not changed."),
            _("Copy it to a folder of your own, and choose the copy."),
        ) from None

    def read(path: str, most: int) -> bytes:
        # No Path for each of thousands: it is slow to make.
        return _read(os.path.join(root, *path.split("/")), most)  # noqa: PTH118

    return Tree(
        label=root.name,
        sizes=dict(sorted(admission.sizes.items())),
        read_bytes=read,
        findings=findings,
    )


def _walk(root: Path, admission: Admission) -> None:
    waiting = [""]
    while waiting:
        above = waiting.pop()
        for entry in _entries(root, above):
            admission.count()
            path = f"{above}{entry.name}"
            if is_passed_over(entry.name):
                continue
            if entry.is_dir(follow_symlinks=False):
                _go_down(path, waiting, admission)
            elif entry.is_file(follow_symlinks=False):
                admission.let_in(path, entry.stat(follow_symlinks=False).st_size)
            else:
                admission.leave_out_special(path)


def _go_down(path: str, waiting: list[str], admission: Admission) -> None:
    why = why_left_out(f"{path}/")  # a file in it would stand one folder deeper
    if why:
        admission.leave_out(path, why)
    else:
        waiting.append(f"{path}/")


def _entries(root: Path, above: str) -> Iterator[os.DirEntry[str]]:
    """What stands in one folder, in an order that is the same on every computer."""
    found: list[os.DirEntry[str]] = []
    with os.scandir(root / above) as listed:
        for entry in listed:
            found.append(entry)  # and it stops in time
            if len(found) > MOST_FILES:
                break
    yield from sorted(found, key=lambda entry: entry.name)


def _read(path: str, most: int) -> bytes:
    try:
        descriptor = os.open(path, FLAGS)
        with os.fdopen(descriptor, "rb") as file:
            if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                raise UnreadableFileError
            data = file.read(most + 1)
    except (OSError, ValueError):
        raise UnreadableFileError from None
    if len(data) > most:
        raise UnreadableFileError
    return data
