"""Promise: every instruction the guide grew from is in it, reachable, in words.

The rows are in `coverage.toml`, so that a reviewer can read them without this.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from guide.library.graph import ways_of
from guide.library.loader import Shelf, content_root
from guide.library.tables import Shown, listed, shown_in
from guide.model.content import Library, Page

ROWS = Path(__file__).with_name("coverage.toml")
SEEDS = {"000": 29, "003": 40}
LETTER = "letter:"
_LINK = re.compile(r"\]\((?:\.\./)*(?:[\w-]+/)*([\w-]+)\.md\)")


@dataclass(frozen=True)
class Row:
    """One instruction, the screens that give it, and the words they give it in."""

    id: str
    says: str
    words: dict[str, tuple[str, ...]]
    never: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.id}: {self.says}"


def rows() -> Iterator[Row]:
    for each in tomllib.loads(ROWS.read_text(encoding="utf-8"))["row"]:
        yield Row(
            id=each["id"],
            says=each["says"],
            words={screen: tuple(words) for screen, words in each["in"].items()},
            never=tuple(each.get("not", ())),
        )


@cache
def library() -> Library:
    return Shelf(content_root()).library()


def plain(text: str) -> str:
    """The words alone: no case, no line ends, no marks, no link targets."""
    text = re.sub(r"\]\([^)]*\)", "]", text)
    text = re.sub(r"^> ?", "", text, flags=re.MULTILINE)
    return re.sub(r"\s+", " ", re.sub(r"[\[\]*`]", "", text)).casefold()


def words_of(id_: str) -> str:
    """Everything a reader sees on the screen, or in the letter, with this id."""
    if id_ in library().letters:
        letter = library().letters[id_]
        return plain(f"{letter.title}\n{letter.why}\n{letter.body}")
    page = library().pages[id_]
    options = page.question.options if page.question else ()
    rest = [*(each.text for each in options), *(each.text for each in page.tasks)]
    rest += [text for shown in shown_in(page.body) for text in listed_texts(shown)]
    return plain("\n".join([page.title, page.body, page.why, *rest]))


def listed_texts(shown: Shown) -> Iterator[str]:
    """The texts of a list that stands on a page."""
    for entry in listed(shown.table, shown.view, library().data):
        yield from (text for _key, text in entry.texts)


def leads_to(page: Page) -> set[str]:
    """Every screen and letter that can be opened from *page*."""
    ways = {way.end for way in ways_of(page)}
    offers = {each.partition(":")[2] for each in page.offers}
    return ways | offers | set(_LINK.findall(page.body))


@cache
def reachable() -> frozenset[str]:
    found, ahead = {library().start}, [library().start]
    while ahead:
        page = library().pages.get(ahead.pop())
        new = (leads_to(page) if page else set()) - found
        found |= new
        ahead += new
    return frozenset(found)


def test_every_row_of_both_documents_is_there_once() -> None:
    ids = [row.id for row in rows()]
    assert ids == [f"{s}-{n}" for s, last in SEEDS.items() for n in range(1, last + 1)]


@pytest.mark.parametrize("row", list(rows()), ids=str)
def test_the_instruction_is_on_a_screen_that_can_be_reached(row: Row) -> None:
    assert row.words
    for screen, phrases in row.words.items():
        assert screen in reachable(), f"nothing leads to {screen}"
        shown = words_of(screen)
        missing = [each for each in phrases if plain(each) not in shown]
        assert not missing, f"{screen} no longer says {missing}"


@pytest.mark.parametrize("row", [r for r in rows() if r.never], ids=str)
def test_the_old_advice_that_harms_is_nowhere(row: Row) -> None:
    shown = {id_: words_of(id_) for id_ in [*library().pages, *library().letters]}
    found = [
        (id_, each) for id_, text in shown.items() for each in row.never if each in text
    ]
    assert not found
