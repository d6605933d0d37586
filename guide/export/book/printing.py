"""What is done to every text before it is printed: nothing hidden, nothing lost. Pure.

A file name or a message may hold characters that turn the order of a line around or
cannot be seen. On paper they would deceive, so each is printed as its number, as the
screens of this guide do. Joiners and direction marks of ordinary writing stay.
"""

from __future__ import annotations

import re
from datetime import datetime

from guide.model.characters import clean, one_line
from guide.model.telling import long_day, the_zone, whole_number
from guide.words import _

# Overrides, embeddings and isolates; spaces and joiners without width; the soft
# hyphen; tags; and the private characters, which PDF/UA and PDF/A refuse.
_HIDDEN = re.compile(
    "[\xad\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u202a-\u202e\u2060-\u206f"
    "\u2800\u3164\ufeff\uffa0\ufff0-\ufffb\ue000-\uf8ff"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U0010ffff]"
)
_GROUP = 8
_LONGEST_HEADING = 200
_SHORT_HEAD = 16  # letters of a journal head that are enough to know it by


def visible(text: str) -> str:
    r"""The *text* as any format can print it; what would hide shows as its number.

    >>> visible("invoice\u202egnp.exe")
    'invoice⟨202E⟩gnp.exe'
    """
    return clean(_HIDDEN.sub(lambda found: number_of(found[0]), text))


def number_of(character: str) -> str:
    """How a character that cannot be drawn is written."""
    return f"⟨{ord(character):04X}⟩"


def grouped(sha256: str) -> str:
    """A hash in groups of eight, so that two people can compare it aloud.

    >>> grouped("0123456789abcdef")
    '01234567 89abcdef'
    """
    return " ".join(sha256[at : at + _GROUP] for at in range(0, len(sha256), _GROUP))


def head_of(head: str) -> str:
    """The head of the journal as the record, the bag and the receipt write it.

    >>> head_of("81: 009e fba0 1244")
    '81: 009e fba0 1244'
    """
    told = visible(head)
    return told if " " in told else grouped(told)


def short_head(head: str) -> str:
    """The start of it, in whole groups.

    >>> short_head("81: 009e fba0 1244 0179 1610 fa82")
    '81: 009e fba0 1244 0179'
    """
    said: list[str] = []
    for group in head_of(head).split(" "):
        if sum(map(len, said)) < _SHORT_HEAD:
            said.append(group)
    return " ".join(said)


def heading_of(text: str) -> str:
    """The *text* as a heading, on one line. What is too long stands in full below it.

    A PDF names its headings in a list of its own, and holds no longer ones there.
    """
    line = one_line(visible(text))
    if len(line) <= _LONGEST_HEADING:
        return line
    return f"{line[:_LONGEST_HEADING].rstrip()}\N{HORIZONTAL ELLIPSIS}"


def moment(at: datetime) -> str:
    """A moment to the second, with its zone, as the record holds it."""
    return _("{day}, {time} ({zone})").format(
        day=long_day(at.date()), time=f"{at:%H:%M:%S}", zone=the_zone(at)
    )


def size_of(size: int) -> str:
    """How big a file is, to the byte."""
    return _("{count} bytes").format(count=whole_number(size))
