"""``python -m tests.bench``: how fast the guide is, in one table.

On demand only: times belong to one machine and one moment. What is compared is
taken in turns in the same run, so that its ratios hold. ``--quick`` takes fewer;
names pick some: start, turns, search, leave, commands, letters, growth, keeping,
mbox, case, bag, packs. States to leave from may follow ``leave``, as ``leave idle``.
Its rows are said as they come; ``--rounds=20`` sets how often each is left. ``packs``
measures the lessons of ``--tree=DIR``, or made ones; ``case`` has files of
``--megabytes=200`` together.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from tests.bench.bag import bag
from tests.bench.case import case
from tests.bench.commands import commands, letters
from tests.bench.figures import Figure, table
from tests.bench.keeping import keeping
from tests.bench.leaving import NAMES, leaving
from tests.bench.lessons import lessons
from tests.bench.mailbox import mailbox
from tests.bench.programs import environment
from tests.bench.reading import cold_start, growth, page_turns, searching
from tests.bench.terminal import NeverSeenError


def main(words: list[str]) -> int:
    """Measure what is named, or everything; 1 if a limit is not kept."""
    if "--help" in words:
        sys.stdout.write(__doc__)
        return 0
    few = "--quick" in words
    said = [word for word in words if not word.startswith("-")]
    states = [word for word in said if word in NAMES]
    tree = next((word[7:] for word in words if word.startswith("--tree=")), "")
    names = [word for word in said if word not in NAMES] or ["leave"] * bool(states)
    rounds = _number(words, "rounds", 8 if few else 200)
    with tempfile.TemporaryDirectory() as folder:
        scratch = Path(folder)
        env = environment(scratch)
        parts: dict[str, Callable[[], list[Figure]]] = {
            "start": lambda: cold_start(5 if few else 15, env),
            "turns": lambda: page_turns(40 if few else 240, env),
            "search": lambda: searching(1 if few else 5, env),
            "leave": lambda: leaving(rounds, env, states),
            "commands": lambda: commands(5 if few else 15, env),
            "letters": lambda: letters(20),
            "growth": lambda: growth(5 if few else 11, env, scratch),
            "keeping": lambda: keeping(1 if few else 5, env, scratch),
            "mbox": lambda: mailbox(1 if few else 5, env, scratch),
            "case": lambda: case(scratch, _number(words, "megabytes", 200)),
            "bag": lambda: bag(1 if few else 3, scratch),
            "packs": lambda: lessons(3 if few else 11, env, scratch, tree),
        }
        if unknown := set(names) - parts.keys():
            sys.stderr.write(f"There is no {', '.join(unknown)} to measure.\n")
            return 2
        found = [row for name in names or parts for row in _tried(name, parts[name])]
    rows = [row for row in found if row.values]  # few rounds reach no long page
    sys.stdout.write(table(rows) + "\n")
    return int(any(row.verdict().startswith("NO") for row in rows))


def _number(words: list[str], name: str, usual: int) -> int:
    asked = [word.partition("=")[2] for word in words if word.startswith(f"--{name}=")]
    return int(asked[0]) if asked else usual


def _tried(name: str, part: Callable[[], list[Figure]]) -> list[Figure]:
    try:
        return part()
    except NeverSeenError as screen:
        sys.stderr.write(f"{name} came to an end before its time:\n{screen}\n")
        return []


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
