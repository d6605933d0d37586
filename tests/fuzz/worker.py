"""The process in which one target meets its cases: little memory, every step timed.

``python -m tests.fuzz.worker TARGET FOLDER``. A case comes as its length in four
bytes and then itself; the answer is one line of JSON. What a case does to this
process, it does to nothing else.
"""

from __future__ import annotations

import json
import os
import sys
import time
import traceback
from pathlib import Path

from tests.fuzz.target import Target
from tests.fuzz.targets import TARGETS

if sys.platform != "win32":
    import resource

MEMORY = 256 << 20
_PEAK = Path("/proc/self/clear_refs")


def main() -> int:
    """Answer cases until there are no more."""
    target = TARGETS[sys.argv[1]]
    os.chdir(sys.argv[2])
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    target.warm()
    if sys.platform == "linux":  # heap and threads; what is only mapped costs nothing
        resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, MEMORY))
    cases = sys.stdin.buffer
    while head := cases.read(4):
        case = cases.read(int.from_bytes(head, "big"))
        answers.write(json.dumps(_answer(target, case)) + "\n")
        answers.flush()
    return 0


def _answer(target: Target, case: bytes) -> dict[str, str | float | int]:
    _forget_peak()
    refused = fault = ""
    began, worked = time.monotonic(), time.process_time()
    try:
        target.run(case)
    except target.allowed as error:
        refused = f"{type(error).__name__}: {error}"
    except BaseException:  # whatever it is, it is the finding
        fault = traceback.format_exc(limit=-6)[-3000:]
    passed = time.monotonic() - began, time.process_time() - worked
    # Of a busy computer the work counts, of many threads the time.
    return {
        "refused": refused,
        "fault": fault,
        "seconds": round(min(passed), 4),
        "peak": _peak(),
    }


def _forget_peak() -> None:
    """Let the next peak be that of the next case, where the system can do that."""
    if sys.platform == "linux":
        _PEAK.write_text("5")


def _peak() -> int:
    """The most memory that was ever in use, in bytes."""
    if sys.platform == "linux":
        status = Path("/proc/self/status").read_text("ascii", "replace")
        line = next(x for x in status.split("\n") if x.startswith("VmHWM:"))
        return int(line.split()[1]) * 1024
    if sys.platform != "win32":
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return 0


if __name__ == "__main__":
    sys.exit(main())
