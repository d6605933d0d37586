"""A target that does what no reader may do, so that the harness itself is tested."""

from __future__ import annotations

import os
import time

from tests.fuzz.target import Target


def _misbehave(case: bytes) -> None:
    match case:
        case b"raise":
            raise ZeroDivisionError
        case b"slow":
            ends = time.process_time() + 1.2
            while time.process_time() < ends:
                pass
        case b"large":
            bytes(300 << 20)
        case b"die":
            os._exit(9)
        case b"refuse":
            raise ValueError("a calm word")


TARGETS = {"faulty": Target(run=_misbehave, seeds=tuple, allowed=(ValueError,))}
