"""What a check is: a code, the words that explain it, and one function.

A code is stable for ever. Some faults are found while a file is read, or by a room
that this one does not know; their codes are explained here and have no function.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import NamedTuple, TypeAlias

from guide.library.lint.pack import Pack


class Fault(NamedTuple):
    """One problem in one place; its code is that of the check that found it."""

    path: str
    line: int
    what: str
    fix: str


Search: TypeAlias = Callable[[Pack], Iterator[Fault]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One code, explained, and the search for it."""

    code: str
    title: str
    means: str
    mend: str
    example: str
    search: Search | None = None


def check(
    code: str, title: str, *, means: str, mend: str, example: str
) -> Callable[[Search], Check]:
    """Make the function beneath the one search for *code*."""

    def made(search: Search) -> Check:
        return Check(
            code=code,
            title=title,
            means=means,
            mend=mend,
            example=example,
            search=search,
        )

    return made
