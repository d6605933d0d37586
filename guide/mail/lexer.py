"""The smallest parts of a structured mail header: words, quotes, comments.

RFC 5322 section 3.2 gives Received, Authentication-Results and addresses the same
small alphabet, so all three are cut up here, once, in one pass over the text.
Whatever does not close is marked BROKEN and never raises.
"""

from __future__ import annotations

import re
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple


class Kind(StrEnum):
    """What one token is."""

    WORD = "word"
    QUOTED = "quoted"  # "…", text without the quotes and backslashes
    COMMENT = "comment"  # (…), text without the outer brackets
    LITERAL = "literal"  # […], text with its brackets
    SPECIAL = "special"
    BROKEN = "broken"  # opened and never closed, or closed and never opened


class Token(NamedTuple):
    """One token; ``raw`` is how it was written, ``start`` where.

    A tuple, for a mailbox holds millions of them.
    """

    kind: Kind
    text: str
    raw: str
    start: int


@lru_cache(maxsize=8)
def _word(specials: str) -> re.Pattern[str]:
    return re.compile(rf'[^\s()"\[{re.escape(specials)}]+')


def tokens(text: str, specials: str) -> tuple[Token, ...]:
    """Cut *text* at white space, quotes, comments and each of *specials*."""
    word, found, place = _word(specials), [], 0
    while place < len(text):
        match = word.match(text, place)
        if match:
            raw, place = match.group(), match.end()
            found.append(Token(Kind.WORD, raw, raw, match.start()))
            continue
        if text[place].isspace():
            place += 1
            continue
        token = _token(text, place, specials)
        found.append(token)
        place += len(token.raw)
    return tuple(found)


def _token(text: str, place: int, specials: str) -> Token:
    match text[place]:
        case "(":
            return _comment(text, place)
        case '"':
            return _enclosed(text, place, '"', Kind.QUOTED)
        case "[":
            return _enclosed(text, place, "]", Kind.LITERAL)
        case ")":
            return Token(kind=Kind.BROKEN, text=")", raw=")", start=place)
        case mark if mark in specials:
            return Token(kind=Kind.SPECIAL, text=mark, raw=mark, start=place)
    raw = text[place]
    return Token(kind=Kind.WORD, text=raw, raw=raw, start=place)


_BRACKET = re.compile(r"\\.|[()]", re.DOTALL)


def _comment(text: str, start: int) -> Token:
    """RFC 5322 comments nest; counting, because recursion could be exhausted."""
    depth = 0
    for mark in _BRACKET.finditer(text, start):
        depth += {"(": 1, ")": -1}.get(mark.group(), 0)
        if depth == 0:
            inside, raw = text[start + 1 : mark.start()], text[start : mark.end()]
            return Token(kind=Kind.COMMENT, text=inside, raw=raw, start=start)
    return Token(kind=Kind.BROKEN, text=text[start:], raw=text[start:], start=start)


_QUOTED_PAIR = re.compile(r"\\(.)", re.DOTALL)
_CLOSES = {
    '"': re.compile(r'(?:[^"\\]|\\.)*+"', re.DOTALL),
    "]": re.compile(r"(?:[^\]\\]|\\.)*+\]", re.DOTALL),
}


def _enclosed(text: str, start: int, close: str, kind: Kind) -> Token:
    match = _CLOSES[close].match(text, start + 1)
    if match is None:
        rest = text[start:]
        return Token(kind=Kind.BROKEN, text=rest, raw=rest, start=start)
    raw = text[start : match.end()]
    inside = raw if kind is Kind.LITERAL else _QUOTED_PAIR.sub(r"\1", raw[1:-1])
    return Token(kind=kind, text=inside, raw=raw, start=start)
