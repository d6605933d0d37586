"""Full-text search over a library: SQLite FTS5, in memory, nothing on disk."""

from __future__ import annotations

import re
from collections.abc import Iterator

import apsw

from guide.library.tables import listed, shown_in
from guide.model.content import Library, Page

_TABLE = (
    "create virtual table page using fts5(id unindexed, title, body,"
    " tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3')"
)
_FIND = (
    "select id, title, snippet(page, 2, '', '', ' … ', 12) from page"
    " where page match ? order by bm25(page, 0, 8, 1), id limit ?"
)
_WORD = re.compile(r"\w+")
_MARKUP = re.compile(r"\]\([^)]*\)|[*_`#>\[\]]|^:::.*$|\{[^}]*\}", re.MULTILINE)
_MOST_WORDS = 12


class Index:
    """Every page of one library, by its words."""

    def __init__(self, library: Library) -> None:
        self._connection = apsw.Connection(":memory:")
        self._connection.execute(_TABLE)
        with self._connection:
            self._connection.executemany(
                "insert into page values (?, ?, ?)",
                [
                    (page.id, page.title, _plain(*_texts(library, page)))
                    for page in library.pages.values()
                ],
            )

    def find(self, words: str, most: int) -> list[tuple[str, str, str]]:
        """Id, title and excerpt of the *most* best pages with all the *words*."""
        found = _WORD.findall(words)[:_MOST_WORDS]
        if not found:
            return []
        # Quoted, so that no word is taken for an operator; the last one may go on.
        match = " ".join(f'"{word}"' for word in found) + "*"
        rows = self._connection.execute(_FIND, (match, most))
        return [(str(id_), str(title), str(text).strip()) for id_, title, text in rows]


def _texts(library: Library, page: Page) -> Iterator[str]:
    yield from (page.body, page.why)
    for shown in shown_in(page.body):
        for entry in listed(shown.table, shown.view, library.data):
            yield entry.name
            yield from (text for _key, text in entry.texts)


def _plain(*parts: str) -> str:
    return " ".join(" ".join(_MARKUP.sub(" ", part).split()) for part in parts)
