"""Keeps files and notes until it is killed: the other half of ``test_kill``.

It loads everything once, then forks one keeper for each line it is told. A keeper
opens the vault, and says on its standard output what it keeps: only after the fact,
so that what it said was acknowledged.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from random import Random

from guide.vault import sealing
from guide.vault.kept import KeptFile
from guide.vault.sealed_files import keep_file
from guide.vault.sealed_listing import clean_parts
from tests.vault.keeping import NOW, committing, journal_of, record, reopened


def say(*words: object) -> None:
    """One write of less than PIPE_BUF bytes: all of it arrives, or none."""
    os.write(1, (" ".join(map(str, words)) + "\n").encode())


def keep(folder: Path, sources: list[Path], seed: int) -> None:
    """Never comes back."""
    chance = Random(seed)  # noqa: S311  which file comes next is no secret
    say("pid", os.getpid())
    if seed % 2:  # every other keeper has the second process do all of it
        sealing.HERE = -1
    vault = reopened(folder)
    clean_parts(vault)
    journal, commit = journal_of(vault), committing(vault)
    while True:
        if chance.random() < 0.3:
            with vault.connection:
                entry = journal.append("note", {"seed": seed}, NOW)
            say("note", entry.sequence, entry.sha256)
            continue
        path = chance.choice(sources)
        file: KeptFile = keep_file(vault, path, record(path.name), commit=commit)
        say("kept", file.id, path.name)


def main(folder: Path, sources: list[Path]) -> None:
    for line in sys.stdin:
        if os.fork() == 0:
            keep(folder, sources, int(line))
        os.wait()
        say("ended")


if __name__ == "__main__":
    main(Path(sys.argv[1]), sorted(Path(sys.argv[2]).iterdir()))
