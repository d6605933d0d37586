"""``python -m tests.bench``: how fast the guide is, in one table.

On demand only: times belong to one machine and one moment. What is compared is
taken in turns in the same run, so that its ratios hold. ``--quick`` takes fewer;
names pick some: start, turns, search, leave, commands, letters, growth, keeping,
mbox.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from tests.bench.commands import commands, letters
from tests.bench.figures import Figure, table
from tests.bench.keeping import keeping
from tests.bench.leaving import leaving
from tests.bench.mailbox import mailbox
from tests.bench.programs import environment
from tests.bench.reading import cold_start, growth, page_turns, searching
from tests.bench.terminal import NeverSeenError


def main(words: list[str]) -> int:
    """Measure what is named, or everything; 1 if a limit is not kept."""
    few = "--quick" in words
    names = [word for word in words if not word.startswith("-")]
    with tempfile.TemporaryDirectory() as folder:
        scratch = Path(folder)
        env = environment(scratch)
        parts: dict[str, Callable[[], list[Figure]]] = {
            "start": lambda: cold_start(5 if few else 15, env),
            "turns": lambda: page_turns(40 if few else 240, env),
            "search": lambda: searching(1 if few else 5, env),
            "leave": lambda: leaving(10 if few else 100, env),
            "commands": lambda: commands(5 if few else 15, env),
            "letters": lambda: letters(20),
            "growth": lambda: growth(5 if few else 11, env, scratch),
            "keeping": lambda: keeping(1 if few else 5, env, scratch),
            "mbox": lambda: mailbox(1 if few else 5, env, scratch),
        }
        if unknown := set(names) - parts.keys():
            sys.stderr.write(f"There is no {', '.join(unknown)} to measure.\n")
            return 2
        found = [row for name in names or parts for row in _tried(name, parts[name])]
    rows = [row for row in found if row.values]  # few rounds reach no long page
    sys.stdout.write(table(rows) + "\n")
    return int(any(row.verdict().startswith("NO") for row in rows))


def _tried(name: str, part: Callable[[], list[Figure]]) -> list[Figure]:
    try:
        return part()
    except NeverSeenError as screen:
        sys.stderr.write(f"{name} came to an end before its time:\n{screen}\n")
        return []


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
