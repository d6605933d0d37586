"""Finding words in the record, by SQLite's full-text index inside the vault.

Every word typed must be there; the last letters of a word may be left out. What
was written last comes first. The words of private notes are in another index, and
only ``search_private_notes`` asks it.
"""

from __future__ import annotations

import re

from guide.model.timeline import Found
from guide.vault.tables.table import storable
from guide.vault.tables.timeline import Timeline

MOST = 50
_WORD = re.compile(r"[^\W_]+")
_MOST_WORDS = 12


class Search(Timeline):
    """The record, and apart from it the private notes, by their words."""

    def search(self, text: str, *, limit: int = MOST) -> tuple[Found, ...]:
        """Where the words of *text* stand in the record, newest first."""
        query = _query(text)
        if not query:
            return ()
        sql = (
            "select r.kind, r.id, r.number, r.title,"
            " snippet(words, 0, '', '', '…', 12)"
            " from words join record as r on r.n = words.rowid"
            " where words match ? and r.binned_at = ''"
            " order by words.rowid desc limit ?"
        )
        return tuple(
            Found(
                kind=str(kind),
                id=str(id_),
                number=int(str(number)),
                title=str(title),
                excerpt=str(excerpt),
            )
            for kind, id_, number, title, excerpt in self._rows(sql, (query, limit))
        )

    def search_private_notes(self, text: str, *, limit: int = MOST) -> tuple[str, ...]:
        """The ids of the incidents whose private note has the words of *text*."""
        query = _query(text)
        if not query:
            return ()
        sql = (
            "select p.incident from private_words as w"
            " join private_note as p on p.n = w.rowid"
            " join record as r on r.kind = 'incident' and r.id = p.incident"
            " where w.private_words match ? and r.binned_at = ''"
            " order by w.rowid desc limit ?"
        )
        return tuple(str(id_) for (id_,) in self._rows(sql, (query, limit)))


def _query(text: str) -> str:
    """Every word in quotes, so that nothing typed is taken for a command of FTS5.

    >>> _query('near("x*" OR')
    '"near"* "x"* "OR"*'
    """
    words = _WORD.findall(storable(text))[:_MOST_WORDS]
    return " ".join(f'"{word}"*' for word in words)
