"""The blocks that a case book is made of: words and what they are, no looks.

Each writer (PDF, Word, web page) draws the same blocks, so no word can be in one of
them and not in another. Every text here is plain; no writer reads it as anything.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """Level 1 names a part, 2 a record in it, 3 something in a record."""

    level: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """A paragraph. A line break in it stays."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Exact:
    """Lines that are never joined, in letters of one width."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Items:
    """A list with bullets."""

    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """A lead and what it says; ``exact`` for hashes and times as they stand."""

    lead: str
    value: str
    exact: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Fields:
    """Leads with their values, under each other.

    In a large case ``many`` of these may stand after each other on a line.
    """

    fields: tuple[Field, ...]
    many: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table under a row of column names. ``shares`` are widths, in parts.

    ``exact`` are the columns in letters of one width, counted from 0. A ``small``
    one may be set as a line for each row, its names repeated, to save room.
    """

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    shares: tuple[int, ...]
    exact: frozenset[int] = frozenset()
    small: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Photo:
    """A picture of the record: a JPEG or PNG, and what is known of it in words."""

    data: bytes
    alt: str
    width: int  # in pixels
    height: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """The drawn time-line, as SVG 1.1, and what it shows in words."""

    svg: str
    alt: str
    width: int
    height: int


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPage:
    """What comes next starts on a page of its own, turned on its side if ``wide``."""

    wide: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    """The list of parts, with their pages where there are pages."""

    title: str
    parts: tuple[str, ...]


Block: TypeAlias = (
    Heading
    | Words
    | Exact
    | Items
    | Fields
    | Table
    | Photo
    | Drawing
    | NewPage
    | Contents
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """What stands around the blocks: the title, and on every page head and foot."""

    title: str
    made_on: str
    head: str  # the start of the journal head, or nothing
    lang: str
    day: tuple[int, int, int]  # year, month, day of making
