"""Full-text search: SQLite FTS5, in memory, nothing on disk.

Whatever can be read is put in by the few or all at once, and can be asked for from
the first one on. What is ours comes before what others wrote.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

import apsw

from guide.library.folding import folded, place_of, ways, words_in
from guide.library.tables import listed, shown_in
from guide.model.content import Library, Page

# The text is not kept in the table of words: an excerpt comes from the other one,
# and the words stand there in their one form.
_TABLES = """
create virtual table word using fts5(title, body, content = '',
  tokenize = 'unicode61 remove_diacritics 0', prefix = '1 2 3');
create table told (id integer primary key, name, title, pack, kind, level, subject,
  body);
"""
_PUT_WORDS = "insert into word (rowid, title, body) values (?, ?, ?)"
_PUT_TOLD = "insert into told values (?, ?, ?, ?, ?, ?, ?, ?)"
_FOUND = (
    " from word join told on told.id = word.rowid where word match ?1"
    " and (?2 = '' or told.kind = ?2) and (?3 is null or told.pack = ?3)"
    " and (?4 = '' or told.level = ?4)"
)
_FIND = (
    "select name, told.title, pack, kind, level, subject, told.body"
    + _FOUND
    + " and (told.pack = '') = ?5"
    " order by bm25(word, 8, 1), told.id limit ?6"
)
_COUNT = "select pack, kind, level, count(*)" + _FOUND + " group by 1, 2, 3"
_MARKUP = re.compile(
    r"\]\([^)]*\)|[*_`#>\[\]]|^:::.*$|^ *-{3,} *$|\{[^}]*\}", re.MULTILINE
)
_MOST_WORDS = 12
_BEFORE, _LONG = 30, 100  # characters of an excerpt
_SPACE_NEAR = 15


class Found(StrEnum):
    """What kind of text was found."""

    PAGE = "page"  # one of ours
    LESSON = "lesson"
    CHECKLIST = "checklist"
    FORM = "form"
    GLOSSARY = "glossary"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One text to be found, or that was. ``pack`` is "" where it is ours."""

    name: str
    title: str
    body: str
    kind: Found = Found.PAGE
    pack: str = ""
    level: str = ""
    subject: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Words, and where to look: all of it where nothing is said.

    The last word may go on. With ``some``, one of the words is enough. A ``pack``
    of "" is ours.
    """

    text: str
    some: bool = False
    kind: Found | None = None
    pack: str | None = None
    level: str = ""

    def match(self) -> str:
        """The words as FTS5 takes them: quoted, so that none is an operator."""
        words = words_in(self.text)[:_MOST_WORDS]
        found = [way for word in words if (way := ways(word))]
        last = len(found) - 1
        between = " OR " if self.some else " AND "
        return between.join(_either(way, n == last) for n, way in enumerate(found))

    def where(self) -> tuple[str, str | None, str]:
        """Where to look, in the order in which the table is asked."""
        return (self.kind or "", self.pack, self.level)


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """How many were found of one sort."""

    pack: str
    kind: Found
    level: str
    count: int


class Index:
    """Texts by their words."""

    def __init__(self) -> None:
        self._connection = apsw.Connection(":memory:")
        self._connection.execute(_TABLES)
        self._last = 0

    def add(self, entries: Iterable[Entry]) -> None:
        """Let *entries* be found from now on."""
        with self._connection:
            for entry in entries:
                self._last += 1
                words = (self._last, folded(entry.title), folded(entry.body))
                self._connection.execute(_PUT_WORDS, words)
                head = (entry.name, entry.title, entry.pack, entry.kind)
                told = (*head, entry.level, entry.subject, entry.body)
                self._connection.execute(_PUT_TOLD, (self._last, *told))

    def find(self, words: Wanted, most: int, *, ours: bool) -> list[Entry]:
        """The *most* best; the body is the excerpt around the first word.

        Those that are *ours*, or those of others.
        """
        if not (match := words.match()):
            return []
        rows = self._connection.execute(_FIND, (match, *words.where(), ours, most))
        looked_for = words_in(words.text)[:_MOST_WORDS]
        return [
            Entry(
                name=str(name),
                title=str(title),
                body=excerpt(str(body), looked_for),
                kind=Found(str(kind)),
                pack=str(pack),
                level=str(level),
                subject=str(subject),
            )
            for name, title, pack, kind, level, subject, body in rows
        ]

    def count(self, words: Wanted) -> tuple[Count, ...]:
        """How many there are of each sort, in no order."""
        if not (match := words.match()):
            return ()
        rows = self._connection.execute(_COUNT, (match, *words.where()))
        return tuple(
            Count(pack=str(pack), kind=Found(str(kind)), level=str(level), count=int(n))
            for pack, kind, level, n in rows
        )


def _either(way: tuple[tuple[str, ...], ...], goes_on: bool) -> str:
    phrases = [f'"{" ".join(run)}"' + "*" * goes_on for run in way]
    return phrases[0] if len(phrases) == 1 else f"({' OR '.join(phrases)})"


def excerpt(text: str, words: list[str]) -> str:
    """A line of *text* around the first of *words*; its beginning where none is."""
    at = max(0, place_of(text, words))
    start = 0 if at <= _BEFORE else _edge(text, at - _BEFORE)
    end = min(len(text), start + _LONG)
    if end < len(text):
        space = text.rfind(" ", end - _SPACE_NEAR, end)
        end = space if space > at else end
    lead, more = "… " * (start > 0), " …" * (end < len(text))
    return f"{lead}{text[start:end].strip()}{more}"


def _edge(text: str, at: int) -> int:
    space = text.find(" ", at, at + _SPACE_NEAR)
    return space + 1 if space >= 0 else at


def pages_of(library: Library) -> Iterator[Entry]:
    """Every page of ours, by its words and those of the lists it shows."""
    for page in library.pages.values():
        body = plain(*_texts(library, page))
        yield Entry(name=page.id, title=page.title, body=body)


def _texts(library: Library, page: Page) -> Iterator[str]:
    yield from (page.body, page.why)
    for shown in shown_in(page.body):
        for entry in listed(shown.table, shown.view, library.data):
            yield entry.name
            yield from (text for _key, text in entry.texts)


def plain(*parts: str) -> str:
    """Markdown on one line, without its marks."""
    return " ".join(" ".join(_MARKUP.sub(" ", part).split()) for part in parts)
