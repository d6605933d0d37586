"""One vault, one holder: the ``lock`` file beside the database.

The system keeps the lock, not the file: when a holder is killed the lock is free
at once, and a file left behind means nothing.
"""

from __future__ import annotations

import errno
import os
import stat
import sys
from pathlib import Path
from weakref import WeakSet

from guide.model.problems import GuideError
from guide.vault.problems import PlaceRefusedError, VaultInUseError, disk_problem
from guide.words import _

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

_FLAGS: int = (
    getattr(os, "O_NOFOLLOW", 0)
    | getattr(os, "O_NONBLOCK", 0)
    | getattr(os, "O_NOCTTY", 0)
    | getattr(os, "O_BINARY", 0)
)
_HELD = (errno.EWOULDBLOCK, errno.EAGAIN, errno.EACCES, errno.EDEADLK)


class Lock:
    """The right to use a vault, until ``release`` or the end of this process."""

    __slots__ = ("__weakref__", "_descriptor")

    def __init__(self, descriptor: int) -> None:
        """Use ``hold`` instead."""
        self._descriptor = descriptor
        _held.add(self)

    def release(self) -> None:
        """Give the vault back; a second time does nothing."""
        descriptor, self._descriptor = self._descriptor, -1
        if descriptor >= 0:
            os.close(descriptor)


_held: WeakSet[Lock] = WeakSet()


def hold(path: Path) -> Lock:
    """Take the lock at *path* at once, or say that somebody else has it."""
    try:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | _FLAGS, 0o600)
    except OSError as error:
        raise _refused(error.errno) from None
    try:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise _not_a_file()
        _take(descriptor)
    except BaseException:
        os.close(descriptor)
        raise
    return Lock(descriptor)


def _take(descriptor: int) -> None:
    try:
        if sys.platform == "win32":
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        else:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        if error.errno in _HELD:
            raise VaultInUseError from None
        raise PlaceRefusedError(
            _("This disk cannot say who has a vault open, so it was not opened."),
            _("Copy the folder to a disk of this computer, and open the copy."),
        ) from None


def _refused(number: int | None) -> GuideError:
    strange = number in (errno.ELOOP, errno.EISDIR, errno.ENXIO)
    return _not_a_file() if strange else disk_problem(number)


def _not_a_file() -> PlaceRefusedError:
    return PlaceRefusedError(
        _("The lock of this vault is not an ordinary file. Nothing was changed."),
        _("Copy the vault to a new folder without it, and open the copy."),
    )


def _let_go_in_child() -> None:
    """A forked worker must not keep the lock when the guide itself is killed."""
    for lock in list(_held):
        lock.release()


if sys.platform != "win32":
    os.register_at_fork(after_in_child=_let_go_in_child)
