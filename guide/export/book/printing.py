"""What is done to every text before it is printed: nothing hidden, nothing lost. Pure.

A file name or a message may hold characters that turn the order of a line around or
cannot be seen. On paper they would deceive, so each is printed as its number, as the
screens of this guide do. Joiners and direction marks of ordinary writing stay.
"""

from __future__ import annotations

import re
from datetime import date, datetime

from guide.model.characters import clean
from guide.model.telling import months, the_zone
from guide.words import _

# Overrides, embeddings and isolates; spaces and joiners without width; the soft
# hyphen; tags; and the private characters, which PDF/UA and PDF/A refuse.
_HIDDEN = re.compile(
    "[\xad\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u202a-\u202e\u2060-\u206f"
    "\u2800\u3164\ufeff\uffa0\ufff0-\ufffb\ue000-\uf8ff"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U0010ffff]"
)
_GROUP = 8


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


def day_of(day: date) -> str:
    """A day as no country can misread it.

    >>> day_of(date(2026, 11, 3))
    '3 November 2026'
    """
    return f"{day.day} {months()[day.month - 1]} {day.year}"


def moment(at: datetime) -> str:
    """A moment to the second, with its zone, as the record holds it."""
    return f"{day_of(at.date())}, {at:%H:%M:%S} ({the_zone(at)})"


def size_of(size: int) -> str:
    """How big a file is, to the byte."""
    return _("{count} bytes").format(count=f"{size:,}")
