"""How wide text is in a terminal, and where a line of it may end. Pure.

A terminal has cells, not letters: a Chinese sign takes two, a mark on a letter none.
Chinese and Japanese have no spaces, so a line of them may end between most signs.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from functools import lru_cache

_NO_CELL = frozenset({"Mn", "Me", "Cf"})
_WIDE = frozenset({"W", "F"})
# Kinds of punctuation: what closes begins no line, what opens ends none.
_NOT_FIRST = frozenset({"Pe", "Pf", "Po"})
_NOT_LAST = frozenset({"Ps", "Pi"})


@lru_cache(maxsize=4096)
def _cells_of(character: str) -> int:
    if unicodedata.category(character) in _NO_CELL:
        return 0
    return 1 + (unicodedata.east_asian_width(character) in _WIDE)


def cells(text: str) -> int:
    """How many cells *text* takes.

    >>> cells("abc"), cells("文字"), cells("e\u0301")
    (3, 4, 1)
    """
    return len(text) if text.isascii() else sum(map(_cells_of, text))


def last_break(text: str, start: int, end: int) -> int:
    """Where the line from *start* ends, when all before *end* fits and no more.

    Before a space, else between two signs that may be parted, else at *end*.
    """
    for at in range(end, start, -1):
        if at < len(text) and (text[at] == " " or may_part(text[at - 1], text[at])):
            return at
    return max(end, start + 1)


def may_part(before: str, after: str) -> bool:
    """Whether a line may end between these two, which are no spaces.

    >>> may_part("文", "字"), may_part("a", "b"), may_part("字", "。")
    (True, False, False)
    """
    if " " in (before, after) or 2 not in (_cells_of(before), _cells_of(after)):
        return False
    # A mark, or a sign that only changes the one before it, stays with it.
    opens = unicodedata.category(before) in _NOT_LAST
    closes = unicodedata.category(after) in _NOT_FIRST
    return _cells_of(after) > 0 and not opens and not closes


def in_lines(text: str, width: int, *, first: str, rest: str) -> Iterator[str]:
    """*text* in lines of at most *width* cells; a longer word stays whole."""
    lead, line = first, ""
    for gap, piece in _pieces(text):
        longer = f"{line}{gap}{piece}" if line else piece
        if line and cells(lead) + cells(longer) > width:
            yield lead + line
            lead, longer = rest, piece
        line = longer
    yield (lead + line).rstrip()


def _pieces(text: str) -> Iterator[tuple[str, str]]:
    """What must stay together, each with the space before it."""
    for word in text.split():
        gap, begun = " ", 0
        for at in range(1, len(word)):
            if may_part(word[at - 1], word[at]):
                yield gap, word[begun:at]
                gap, begun = "", at
        yield gap, word[begun:]
