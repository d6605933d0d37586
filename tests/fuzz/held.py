"""One target in a process of its own, which can be asked and cannot hurt."""

from __future__ import annotations

import json
import selectors
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

ROOT = Path(__file__).resolve().parents[2]
LONGEST, MEMORY = 1.0, 256 << 20  # seconds, bytes; design page "security"
PATIENCE = 15.0  # seconds by the clock on the wall, with a computer that is busy


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What one case did. ``refused`` is what our own words said of it."""

    refused: str = ""
    fault: str = ""
    seconds: float = 0.0
    peak: int = 0

    @property
    def finding(self) -> str:
        """Why this case may not stay as it is; "" where all is well."""
        if self.fault:
            return self.fault
        if self.seconds > LONGEST:
            return f"It took {self.seconds:.1f} s."
        if self.peak > MEMORY:
            return f"It took {self.peak >> 20} MiB."
        return ""


class Held:
    """Cases for one target. A process that died or hangs is started again."""

    def __init__(self, target: str, folder: Path) -> None:
        """Use it in a ``with``; *folder* is where it may write."""
        self._command = (sys.executable, "-m", "tests.fuzz.worker", target, str(folder))
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.end()

    def ask(self, case: bytes) -> Answer:
        """What *case* does."""
        process = self._started()
        if process.stdin is None or process.stdout is None:
            raise RuntimeError("no pipes")
        try:
            process.stdin.write(len(case).to_bytes(4, "big") + case)
            process.stdin.flush()
            line = self._line(process)
        except OSError:
            line = b""
        if line:
            return Answer(**json.loads(line))
        code = process.poll()
        self.end()
        hangs = f"There was no answer in {PATIENCE:.0f} s."
        return Answer(fault=hangs if code is None else f"The process ended: {code}.")

    def _line(self, process: subprocess.Popen[bytes]) -> bytes:
        with selectors.DefaultSelector() as waiting:
            if process.stdout is None:
                return b""
            waiting.register(process.stdout, selectors.EVENT_READ)
            if not waiting.select(PATIENCE):
                return b""
            line = process.stdout.readline()
        if not line:
            process.wait(PATIENCE)
        return line

    def _started(self) -> subprocess.Popen[bytes]:
        if self._process is None:
            self._process = subprocess.Popen(
                self._command,
                cwd=ROOT,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
            )
        return self._process

    def end(self) -> None:
        """Let go of the process; the next case has a new one."""
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        process.wait()
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                pipe.close()
