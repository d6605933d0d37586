"""What a check is: a code, the words that explain it, and one function.

A code is stable for ever. Some faults are found while a file is read, or by a room
that this one does not know; their codes are explained here and have no function.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple, TypeAlias

from guide.library.lint.pack import Pack
from guide.words import _


class Fault(NamedTuple):
    """One problem in one place; its code is that of the check that found it."""

    path: str
    line: int
    what: str
    fix: str


Search: TypeAlias = Callable[[Pack], Iterator[Fault]]


class Sentence(str):
    """An example that is a sentence and not a piece of a file, so it is translated."""

    __slots__ = ()


class Check:
    """One code, explained, and the search for it.

    It is made before the language is known: its words are translated when they are
    asked for, and the template takes them from where the check is made.
    """

    def __init__(
        self,
        *,
        code: str,
        title: str,
        means: str,
        mend: str,
        example: str,
        search: Search | None = None,
    ) -> None:
        self.code, self.search = code, search
        self._title, self._means, self._mend = title, means, mend
        self._example = example

    @property
    def title(self) -> str:
        """What is wrong, in a few words."""
        return _(self._title)

    @property
    def means(self) -> str:
        """Why that matters."""
        return _(self._means)

    @property
    def mend(self) -> str:
        """What to do about it."""
        return _(self._mend)

    @property
    def example(self) -> str:
        """How it looks when it is right."""
        words = self._example
        return _(words) if isinstance(words, Sentence) else words


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
