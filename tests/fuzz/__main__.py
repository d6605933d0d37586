"""``python -m tests.fuzz [--hours H] [--folder F] [TARGET...]``: the long run.

Takes one target after the other, a few hundred cases each, until the time is over.
Each new finding is written into the folder: the case as it is, and beside it in
words what it did. Prints a table at the end, and each time it has been through all.
"""

from __future__ import annotations

import argparse
import hashlib
import random
import secrets
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tests.fuzz.held import Answer, Held
from tests.fuzz.targets import FUZZED

CASES = 300  # of one target before the next has its turn


@dataclass(slots=True)
class Count:
    """What was seen of one target."""

    cases: int = 0
    refused: int = 0
    findings: int = 0
    slowest: float = 0.0
    peak: int = 0


@dataclass(slots=True)
class Run:
    """One long run. ``folder`` is made when something is found."""

    folder: Path
    seed: int = 0
    counts: dict[str, Count] = field(default_factory=dict)
    _known: set[str] = field(default_factory=set)

    @property
    def findings(self) -> int:
        """How many different ones."""
        return sum(count.findings for count in self.counts.values())

    def take(self, target: str, case: bytes, answer: Answer) -> None:
        """Count one case, and write down what is new about it."""
        count = self.counts.setdefault(target, Count())
        count.cases += 1
        count.refused += bool(answer.refused)
        count.slowest = max(count.slowest, answer.seconds)
        count.peak = max(count.peak, answer.peak)
        if answer.finding and self._is_new(target, answer):
            count.findings += 1
            self._write(target, case, answer)

    def _is_new(self, target: str, answer: Answer) -> bool:
        """Whether no other case ended at the same place."""
        places = [x for x in answer.finding.split("\n") if x.startswith("  File ")]
        place = f"{target} {places[-1] if places else answer.finding[:8]}"
        new = place not in self._known
        self._known.add(place)
        return new

    def _write(self, target: str, case: bytes, answer: Answer) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        name = f"{target.replace(' ', '-')}-{hashlib.sha256(case).hexdigest()[:8]}"
        (self.folder / f"{name}.bin").write_bytes(case)
        told = f"{target}, {len(case)} bytes, seed {self.seed}\n\n{answer.finding}\n"
        told += f"\n{case[:4000]!r}\n"
        (self.folder / f"{name}.txt").write_text(told, "utf-8")

    def told(self) -> str:
        """The table."""
        head = (
            f"{'target':20}{'cases':>10}{'refused':>9}{'slowest':>9}{'MiB':>6}  found"
        )
        lines = [
            f"{name:20}{x.cases:10}{x.refused:9}{x.slowest:8.2f}s{x.peak >> 20:6}"
            f"{x.findings:7}"
            for name, x in self.counts.items()
        ]
        return "\n".join([head, *lines])


def fuzz(names: Sequence[str], *, hours: float, folder: Path, seed: int = 0) -> Run:
    """Give cases to the targets *names* for so many *hours*."""
    run = Run(folder=folder, seed=seed or secrets.randbits(32))
    chance = random.Random(run.seed)  # noqa: S311  which damage, and no secret
    ends, scratch = time.monotonic() + hours * 3600, folder / "scratch"
    scratch.mkdir(parents=True, exist_ok=True)
    while time.monotonic() < ends:
        for name in names:
            with Held(name, scratch) as process:
                for _each in range(CASES):
                    case = FUZZED[name].case(chance.randrange)
                    run.take(name, case, process.ask(case))
                    if time.monotonic() >= ends:
                        return run
        print(f"seed {run.seed}, {run.findings} found\n{run.told()}\n", flush=True)
    return run


def main(arguments: Sequence[str]) -> int:
    """1 if anything was found."""
    reader = argparse.ArgumentParser(prog="python -m tests.fuzz")
    reader.add_argument("--hours", type=float, default=0.05)
    reader.add_argument("--folder", type=Path, default=Path("build/fuzz"))
    reader.add_argument("--seed", type=int, default=0)
    reader.add_argument("targets", nargs="*", metavar="TARGET", help=", ".join(FUZZED))
    said = reader.parse_args(arguments)
    if unknown := set(said.targets) - FUZZED.keys():
        reader.error(f"no such target: {', '.join(sorted(unknown))}")
    names = said.targets or list(FUZZED)
    run = fuzz(names, hours=said.hours, folder=said.folder.absolute(), seed=said.seed)
    print(f"seed {run.seed}, {run.findings} found in {said.folder}\n{run.told()}")
    return 1 if run.findings else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
