"""What the vault asks of the disk, each request one call of the system.

Everything that keeps, reads or removes a sealed file or a backup goes through a
``Disk``, so that a test can let any single call fail. A file that is opened for
reading is never followed through a link; one that is opened for writing is always
new, and only this login can read it.
"""

from __future__ import annotations

import errno
import mmap
import os
import shutil
import sys
from pathlib import Path

if sys.platform != "win32":
    import fcntl

CHUNK = 1 << 18  # stays in the processor between reading, hashing and writing
_BINARY: int = getattr(os, "O_BINARY", 0)
_NO_FOLLOW: int = getattr(os, "O_NOFOLLOW", 0)
_NO_WAIT: int = getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0)
_READ = os.O_RDONLY | _NO_FOLLOW | _NO_WAIT | _BINARY
_NEW = os.O_RDWR | os.O_CREAT | os.O_EXCL | _NO_FOLLOW | _BINARY
_PRIVATE = 0o600
_NO_FOLDER_SYNC = (errno.EINVAL, errno.ENOTSUP, errno.EBADF)


class Disk:
    """The calls themselves; every one of them may raise ``OSError``."""

    def look(self, path: Path) -> os.stat_result:
        """What a name stands for, links not followed."""
        return path.lstat()

    def open(self, path: Path) -> int:
        """Open for reading; never waits, as a pipe without a writer would."""
        return os.open(path, _READ)

    def open_past_cache(self, path: Path) -> int:
        """Open for reading what is on the disk itself, where the system can do that.

        What was just written is also in memory, and reading that proves nothing: a
        stick that lies about its size gives it back until it is pulled out. Read
        with ``fill`` into a buffer of ``aligned``.
        """
        if sys.platform == "linux":
            try:
                return os.open(path, _READ | os.O_DIRECT)
            except OSError as error:
                if error.errno != errno.EINVAL:  # of a file system that cannot
                    raise
        descriptor = self.open(path)
        self.forget(descriptor)
        return descriptor

    def create(self, path: Path) -> int:
        """Make a new file that only this login can read; never takes an old one."""
        return os.open(path, _NEW, _PRIVATE)

    def stat(self, descriptor: int) -> os.stat_result:
        """What was opened."""
        return os.fstat(descriptor)

    def read(self, descriptor: int, size: int) -> bytes:
        """At most *size* bytes; none at the end."""
        return os.read(descriptor, size)

    def fill(self, descriptor: int, buffer: memoryview) -> int:
        """Read into *buffer*, and how many bytes; 0 at the end.

        Without a new object for each piece, which the system would have to clear.
        """
        if sys.platform != "win32":
            try:
                return os.readv(descriptor, [buffer])
            except OSError as error:
                if error.errno != errno.EINVAL or not _take_cache(descriptor):
                    raise
                return os.readv(descriptor, [buffer])
        data = os.read(descriptor, len(buffer))
        buffer[: len(data)] = data
        return len(data)

    def write(self, descriptor: int, data: memoryview) -> int:
        """How many bytes of *data* were taken."""
        return os.write(descriptor, data)

    def sync(self, descriptor: int) -> None:
        """Return only once the bytes are on the disk itself."""
        if sys.platform == "darwin":  # there, fsync stops at the drive's own memory
            fcntl.fcntl(descriptor, fcntl.F_FULLFSYNC)
        else:
            os.fsync(descriptor)

    def forget(self, descriptor: int) -> None:
        """Let what is read next come from the disk, where the system can do that."""
        if sys.platform == "linux":
            os.posix_fadvise(descriptor, 0, 0, os.POSIX_FADV_DONTNEED)

    def close(self, descriptor: int) -> None:
        """Let go of what was opened."""
        os.close(descriptor)

    def rename(self, old: Path, new: Path) -> None:
        """Give a file another name, at once and as a whole."""
        old.replace(new)

    def link(self, old: Path, new: Path) -> None:
        """Give a file a second name; fails if that is taken."""
        os.link(old, new)

    def remove(self, path: Path) -> None:
        """Take a name away."""
        path.unlink()

    def names(self, folder: Path) -> tuple[str, ...]:
        """Every name in *folder*, sorted."""
        return tuple(sorted(os.listdir(folder)))  # noqa: PTH208  names, not paths

    def free(self, folder: Path) -> int:
        """How many bytes this login may still write there."""
        return shutil.disk_usage(folder).free

    def make_folder(self, folder: Path) -> None:
        """Make a folder that only this login can enter; one that is there stays."""
        folder.mkdir(mode=0o700, exist_ok=True)

    def sync_folder(self, folder: Path) -> None:
        """Make new names survive a power cut, where the system can do that."""
        if sys.platform == "win32":
            return
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        except OSError as error:
            # Some file systems cannot promise more than the file itself.
            if error.errno not in _NO_FOLDER_SYNC:
                raise
        finally:
            os.close(descriptor)

    def write_all(self, descriptor: int, data: bytes | memoryview) -> None:
        """Write *data* to its last byte, in as many calls as it takes."""
        rest = memoryview(data)
        while rest:
            rest = rest[self.write(descriptor, rest) :]


def aligned(size: int) -> memoryview:
    """A buffer that begins where the hardware can write to it directly."""
    return memoryview(mmap.mmap(-1, size))


def _take_cache(descriptor: int) -> bool:
    """Read on through memory, after a piece that was not a whole block."""
    if sys.platform != "linux":
        return False
    flags = fcntl.fcntl(descriptor, fcntl.F_GETFL)
    fcntl.fcntl(descriptor, fcntl.F_SETFL, flags & ~os.O_DIRECT)
    return bool(flags & os.O_DIRECT)


DISK = Disk()
