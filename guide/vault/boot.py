"""The computer's own clock: it cannot be set, but starts again with the computer.

Beside the wall time it shows whether somebody set the clock between two entries.
The identity of a start is hashed: it says "the same start", never which computer.
"""

from __future__ import annotations

import hashlib
import secrets
import time
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_BOOT_ID = Path("/proc/sys/kernel/random/boot_id")
_DOMAIN = b"guide/boot/1\0"


@dataclass(frozen=True, slots=True)
class Moment:
    """How long after which start of the computer."""

    boot: str
    milliseconds: int


def moment_of_boot() -> Moment:
    """Now, by the computer's own clock."""
    return Moment(_boot(), _nanoseconds() // 1_000_000)


def _nanoseconds() -> int:
    clock: int | None = getattr(time, "CLOCK_BOOTTIME", None)  # counts sleep too
    return time.monotonic_ns() if clock is None else time.clock_gettime_ns(clock)


@cache
def _boot() -> str:
    """The same for one start; where the system tells nobody, for one process."""
    try:
        start = _BOOT_ID.read_bytes().strip()
    except OSError:
        start = secrets.token_bytes(16)
    return hashlib.sha256(_DOMAIN + start).hexdigest()
