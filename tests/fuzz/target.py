"""What a target is: who reads, what it begins with, and which refusals are ours."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from tests.fuzz.mutation import Choose, Reseal, json_mutated, mutated

CONTENT = Path(__file__).parents[2] / "content"
Run: TypeAlias = Callable[[bytes], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """One reader of documents. ``run`` gives one case to it.

    ``seeds`` are whole documents to damage, ``words`` mean something in them. Any
    error that is not ``allowed`` is a finding; so is more than a second or 256 MiB.
    A target of JSON has a ``reseal``, so that what is changed is not just refused
    because of its checksum.
    """

    run: Run
    seeds: Callable[[], Sequence[bytes]]
    words: tuple[bytes, ...] = ()
    allowed: tuple[type[Exception], ...] = ()
    reseal: Reseal | None = None

    def warm(self) -> None:
        """Load what will be needed, so that no case pays for it."""
        for seed in self.seeds()[:3]:
            try:
                self.run(seed)
            except self.allowed:
                continue

    def case(self, choose: Choose) -> bytes:
        """A damaged document."""
        seeds = self.seeds()
        seed = seeds[choose(len(seeds))]
        if self.reseal and choose(4):
            return json_mutated(seed, choose, self.reseal)
        return mutated(seed, seeds, self.words, choose)
