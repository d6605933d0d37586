"""The file that the reader wants to keep: looked at first, then read once.

Only an ordinary file is opened; a link, a folder, a pipe, a socket or a device is
refused before that, for opening some of them does something. The file is never
changed, and whoever changes it meanwhile is noticed.
"""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

from guide.vault.disk import CHUNK, Disk
from guide.vault.problems import NotKeptError
from guide.words import _


class SourceFile:
    """An open file: its bytes come once, and are hashed as they pass."""

    def __init__(self, disk: Disk, path: Path, descriptor: int) -> None:
        """Use ``opened_source`` instead."""
        self._disk, self._path, self._descriptor = disk, path, descriptor
        self._then = disk.stat(descriptor)
        self._hash = sha256()
        self.size = self._then.st_size
        self.passed = 0

    @property
    def modified_ns(self) -> int:
        """When it was changed last, as the file system claims."""
        return self._then.st_mtime_ns

    @property
    def sha256(self) -> str:
        """The hash of what has passed so far."""
        return self._hash.hexdigest()

    def chunks(self) -> Iterator[memoryview]:
        """Every byte, in order, each piece only until the next.

        A file that grows or shrinks meanwhile is refused.
        """
        buffer = memoryview(bytearray(min(CHUNK, self.size)))
        with source_faults():
            while left := self.size - self.passed:
                count = self._disk.fill(self._descriptor, buffer[:left])
                if not count:  # it was cut short while we read
                    raise _changed()
                self._hash.update(buffer[:count])
                self.passed += count
                yield buffer[:count]
            # Some files hold more than they say, such as those of the system itself.
            if self._disk.read(self._descriptor, 1):
                raise _changed()

    def refuse_if_changed(self) -> None:
        """Say so if the name or the file is not what it was at the start."""
        with source_faults():
            same = (
                _identity(self._disk.stat(self._descriptor))
                == _identity(self._disk.look(self._path))
                == _identity(self._then)
            )
        if not same or self.passed != self.size:
            raise _changed()


@contextmanager
def opened_source(disk: Disk, path: Path) -> Iterator[SourceFile]:
    """The ordinary file at *path*, open; anything else is a ``NotKeptError``."""
    with source_faults():
        seen = disk.look(path)
        _refuse_unless_ordinary(seen.st_mode)
        descriptor = disk.open(path)
    try:
        with source_faults():
            source = SourceFile(disk, path, descriptor)
            _refuse_unless_ordinary(disk.stat(descriptor).st_mode)
        yield source
    finally:
        # Not through the disk: what was only read can always be let go of.
        os.close(descriptor)


@contextmanager
def source_faults() -> Iterator[None]:
    """What goes wrong in here is the fault of the reader's file or its disk."""
    try:
        yield
    except OSError as error:
        raise _unreadable(error.errno) from None
    except ValueError:  # a NUL, or half of a character that no name can hold
        raise _unreadable(errno.EINVAL) from None


def _identity(seen: os.stat_result) -> tuple[int, ...]:
    return (seen.st_dev, seen.st_ino, seen.st_size, seen.st_mtime_ns)


def _changed() -> NotKeptError:
    return NotKeptError(
        _("The file was not kept, because it changed while it was read."),
        _("Close the program that writes to it, or copy it and keep the copy."),
    )


def _refuse_unless_ordinary(mode: int) -> None:
    if not stat.S_ISREG(mode):
        raise NotKeptError(*_refusal(stat.S_IFMT(mode)))


def _refusal(kind: int) -> tuple[str, str]:
    a_file = _("Choose a file that you saved, such as a mail or a picture.")
    match kind:
        case stat.S_IFDIR:
            what = _("This was not kept, because it is a folder, not a file.")
            return what, _("Choose the files inside it.")
        case stat.S_IFLNK:
            what = _("This was not kept, because it is a link to another place.")
            return what, _("Choose the file that it points to.")
        case stat.S_IFIFO:
            return _("This was not kept, because it is a pipe, not a file."), a_file
        case stat.S_IFSOCK:
            return _("This was not kept, because it is a socket, not a file."), a_file
        case stat.S_IFCHR | stat.S_IFBLK:
            return _("This was not kept, because it is a device, not a file."), a_file
        case _:
            what = _("This was not kept, because it is not an ordinary file.")
            return what, a_file


def _unreadable(number: int | None) -> NotKeptError:
    match number:
        case errno.ELOOP:  # it became a link after we looked
            return NotKeptError(*_refusal(stat.S_IFLNK))
        case errno.ENXIO:
            return NotKeptError(*_refusal(stat.S_IFSOCK))
        case errno.ENOENT | errno.ENOTDIR:
            what = _("There is no file with that name, so nothing was kept.")
            then = _("Check the name and the folder, or drop the file here.")
        case errno.EACCES | errno.EPERM:
            what = _("The file was not kept, because this login may not read it.")
            then = _("Copy it to a folder of your own and keep the copy.")
        case errno.EINVAL | errno.ENAMETOOLONG | errno.EILSEQ:
            what = _("That cannot be the name of a file, so nothing was kept.")
            then = _("Check the name, or drop the file here.")
        case _:
            what = _("The file was not kept, because its disk could not read it.")
            then = _("Copy it to another disk and keep the copy.")
    return NotKeptError(what, then)
