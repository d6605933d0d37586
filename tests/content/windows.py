"""``python3 -m tests.content.windows FILE...``: what the sources say, as hashes only.

Every seven words in a row of the files are hashed into `source_windows.txt`. So it
can be tested that no sentence of ours was taken over, and the sources stay out of
the repository: from 12 digits of a hash nobody reads a sentence.
"""

from __future__ import annotations

import hashlib
import re
import sys
import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path

IN_A_ROW, DIGITS = 7, 12
HASHES = Path(__file__).parent / "source_windows.txt"
HEAD = """\
# Every seven words in a row of the two documents that the guide grew from, each as
# the first 12 digits of its SHA-256, sorted. The documents are not in here. The words
# are in small letters, without marks. `test_own_words.py` finds any that the content
# shares; `python3 -m tests.content.windows FILE...` writes this file anew.
"""
# The target of a link, a web address, the id and the condition of an option.
_NOT_SAID = re.compile(r"(?<=\])\([^()\s]*\)|https?://\S+|\{#[^}]*\}")
_WORD = re.compile(r"[^\W_]+")
_APOSTROPHES = re.compile(r"(?<=\w)['\u2019\u02bc](?=\w)")


def words(text: str) -> list[str]:
    """The words of *text* in small letters, without marks.

    >>> words("**Don\u2019t** [go](a.md) now, {#x}")
    ['dont', 'go', 'now']
    """
    flat = unicodedata.normalize("NFKC", _NOT_SAID.sub(" ", text)).casefold()
    return _WORD.findall(_APOSTROPHES.sub("", flat))


def windows(text: str) -> Iterator[str]:
    """Every seven words in a row."""
    said = words(text)
    for first in range(len(said) - IN_A_ROW + 1):
        yield " ".join(said[first : first + IN_A_ROW])


def hashed(window: str) -> str:
    """*window* as it stands in the file."""
    return hashlib.sha256(window.encode()).hexdigest()[:DIGITS]


def hashes(texts: Iterable[str]) -> set[str]:
    """Every window of *texts*, hashed."""
    return {hashed(window) for text in texts for window in windows(text)}


def kept() -> frozenset[str]:
    """The hashes in the repository."""
    lines = HASHES.read_text("utf-8").split("\n")
    return frozenset(line for line in lines if line and not line.startswith("#"))


def main(names: list[str]) -> int:
    """Write the hashes of the files named; 2 without a name."""
    if not names:
        sys.stderr.write("Name the files of the sources.\n")
        return 2
    found = hashes(Path(name).read_text("utf-8") for name in names)
    HASHES.write_text(HEAD + "\n".join(sorted(found)) + "\n", "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
