"""Search over every page, offline, in an index that lives in memory."""

from __future__ import annotations

from dataclasses import dataclass

from guide.actions.desk import Desk
from guide.library.search import Index
from guide.words import _


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """One page found; ``excerpt`` shows the words in their place."""

    page_id: str
    title: str
    excerpt: str


class Search:
    """The index over one library, made when it is first asked."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._index: Index | None = None

    def find(self, words: str, most: int = 20) -> tuple[Hit, ...]:
        """The pages that hold *words*, best first; the last word may be unfinished."""
        if self._index is None:
            self._index = Index(self._desk.library)
        return tuple(
            Hit(page_id=id_, title=title, excerpt=excerpt)
            for id_, title, excerpt in self._index.find(words, most)
        )


def nothing_found(words: str) -> str:
    """What to say when no page has the words."""
    if not words.strip():
        return _("Type a word, for example: email, police, block.")
    return _("No page has these words. Try one word, or a shorter one.")
