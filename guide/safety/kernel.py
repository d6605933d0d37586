"""What only the kernel of Linux can promise about a process.

Elsewhere each request does nothing and says so by returning ``False`` or an
empty list: the caller has to be right without it. Numbers are from
``linux/prctl.h``.
"""

from __future__ import annotations

import ctypes
import sys
from pathlib import Path

_SET_PDEATHSIG = 1
_SET_DUMPABLE = 4
_SET_CHILD_SUBREAPER = 36
_SIGKILL = 9
_CHILDREN = Path("/proc/thread-self/children")


def hide_memory() -> bool:
    """No debugger of this user, and no core file, may see this process.

    A child made by ``fork`` keeps this; a program started by ``exec`` does not.
    """
    return _ask(_SET_DUMPABLE, 0)


def die_with_parent() -> bool:
    """Be killed as soon as the parent ends, however it ends."""
    return _ask(_SET_PDEATHSIG, _SIGKILL)


def adopt_orphans() -> bool:
    """Become the parent of any descendant whose own parent has ended."""
    return _ask(_SET_CHILD_SUBREAPER, 1)


def children() -> list[int]:
    """The children of this thread, adopted ones among them."""
    try:
        return [int(pid) for pid in _CHILDREN.read_text("ascii").split()]
    except OSError:  # another system, or a kernel built without the file
        return []


def _ask(request: int, value: int) -> bool:
    if sys.platform != "linux":
        return False
    zero = ctypes.c_ulong(0)
    prctl = ctypes.CDLL(None).prctl
    answer: int = prctl(request, ctypes.c_ulong(value), zero, zero, zero)
    return answer == 0
