"""First, latest, worst: when there is too much to read (facts 2). Pure.

Whoever gets a long record reads its beginning, its end, and what frightened most. The
first two are worked out. The worst only the reader can say: no word or count does.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from guide.model.records import Incident

TOO_MANY = 40  # incidents; from here on the reader is offered fewer
FIRST, LATEST = 5, 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Fewer:
    """How many of the first and the latest, and which are the worst, by number."""

    first: int = FIRST
    latest: int = LATEST
    worst: frozenset[int] = frozenset()


def chosen(incidents: Sequence[Incident], fewer: Fewer) -> frozenset[int]:
    """The numbers of the incidents that stay, of *incidents* in any order.

    One without a time is neither first nor latest: only the reader can choose it.
    """
    timed = sorted(
        (each for each in incidents if each.when.start),
        key=lambda each: (each.when.start, each.number),
    )
    first = timed[: fewer.first]
    latest = timed[len(timed) - fewer.latest :] if fewer.latest else []
    there = {each.number for each in incidents}
    return frozenset({each.number for each in (*first, *latest)} | fewer.worst & there)


def numbers_typed(text: str, known: Collection[int]) -> tuple[frozenset[int], str]:
    """The numbers in *text*, such as "3, I-014 20"; and the first that is not known.

    >>> numbers_typed("3, I-014", {3, 14}) == (frozenset({3, 14}), "")
    True
    >>> numbers_typed("3 x", {3})
    (frozenset({3}), 'x')
    """
    found: set[int] = set()
    for word in text.replace(",", " ").replace(";", " ").split():
        plain = word.upper().removeprefix("I-")
        if not (plain.isascii() and plain.isdigit() and int(plain[:9]) in known):
            return frozenset(found), word
        found.add(int(plain[:9]))
    return frozenset(found), ""
