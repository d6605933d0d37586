"""A whole content folder, read once, as the checks look at it.

Reading everything is the one slow part; what several checks need is worked out once.
Pages and letters that could not be read at all keep their names, so that a link to
them is not one fault more.
"""

from __future__ import annotations

import difflib
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property
from itertools import chain
from typing import NamedTuple

from guide.library.graph import LETTER, Way, WayKind, reach, ways_of
from guide.library.lint.prose import Prose, key_line, letter_prose, page_prose
from guide.library.loader import Shelf
from guide.library.pages import page_id
from guide.library.reading import MOST_DATA, UnusableFileError, read_text, read_toml
from guide.model.conditions import Condition, ConditionError
from guide.model.content import Letter, Library, Page
from guide.words import _

WORDS, FACTS = "words.toml", "facts.toml"


class Said(NamedTuple):
    """A condition, and where it stands. ``page`` is "" outside the pages."""

    path: str
    line: int
    condition: Condition
    page: str
    late: bool  # looked at once the page's own question is answered


class Pack:
    """Everything under one content folder, and what follows from it."""

    def __init__(
        self,
        library: Library,
        letters: Mapping[str, Letter],
        shelf: Shelf,
        today: date,
    ) -> None:
        self.root, self.base, self.today = shelf.root, shelf.base, today
        self.start, self.derived = library.start, library.derived
        self.data = {name: library.data[name] for name in library.data}
        self.names, self.letter_names = frozenset(library.pages), library.letters.keys()
        lost = {each.path for each in shelf.findings if each.code in ("C001", "L001")}
        self.faulty = {
            (each.path, each.line) for each in shelf.findings if each.code == "C003"
        }
        self.pages = {
            name: page for name, page in library.pages.items() if page.path not in lost
        }
        self.letters = letters
        self._lines: dict[str, list[str]] = {}

    def lines(self, path: str) -> list[str]:
        """The lines of the file at *path*, none when it cannot be read."""
        if path not in self._lines:
            try:
                text = read_text(self.root / path, MOST_DATA)
            except UnusableFileError:
                text = ""
            self._lines[path] = text.split("\n")
        return self._lines[path]

    def key_line(self, path: str, key: str) -> int:
        """The line of *key* in the front matter of *path*, or 1."""
        return key_line(self.lines(path), key)

    @cached_property
    def facts_path(self) -> str:
        """Where the derived facts stand."""
        return f"{self.base}/{FACTS}"

    @cached_property
    def words(self) -> Mapping[str, object]:
        """The list of words to avoid and of closed services, empty without one."""
        try:
            return read_toml("\n".join(self.lines(self.words_path)))
        except UnusableFileError:
            return {}

    @cached_property
    def words_path(self) -> str:
        """Where the list of words stands."""
        return f"{self.base}/{WORDS}"

    @cached_property
    def prose(self) -> dict[str, Prose]:
        """The words of each page, by its id."""
        pages = self.pages.values()
        return {page.id: page_prose(page, self.lines(page.path)) for page in pages}

    @cached_property
    def letter_prose(self) -> dict[str, Prose]:
        """The words of each letter, by its id."""
        letters = self.letters.values()
        return {each.id: letter_prose(each, self.lines(each.path)) for each in letters}

    @cached_property
    def ways(self) -> dict[str, tuple[Way, ...]]:
        """Every way from each page, also those of its text and its letters."""
        return {
            page.id: (*ways_of(page), *self._text_ways(page), *self._letter_ways(page))
            for page in self.pages.values()
        }

    def _text_ways(self, page: Page) -> Iterator[Way]:
        for link in self.prose[page.id].links:
            if link.target.endswith(".md"):
                end = page_id(link.target)
                yield Way(start=page.id, end=end, kind=WayKind.LINK, line=link.line)

    def _letter_ways(self, page: Page) -> Iterator[Way]:
        for letter, line in self.letters_of(page):
            for end in (letter.before_you_send, letter.after):
                if end:
                    yield Way(start=page.id, end=end, kind=WayKind.LINK, line=line)

    def letters_of(self, page: Page) -> Iterator[tuple[Letter, int]]:
        """The letters that *page* offers or links to, with the line."""
        line = self.key_line(page.path, "offers")
        offered = [(target, line) for target in page.offers]
        linked = [(link.target, link.line) for link in self.prose[page.id].links]
        for target, place in chain(offered, linked):
            letter = self.letters.get(target.removeprefix(LETTER))
            if target.startswith(LETTER) and letter:
                yield letter, place

    @cached_property
    def reached(self) -> Collection[str]:
        """Every page that some way from the start leads to."""
        return reach([self.start], self.ways).keys()

    @cached_property
    def askers(self) -> Mapping[str, Sequence[Page]]:
        """The pages that ask for each fact, in the order of their files."""
        found: dict[str, list[Page]] = defaultdict(list)
        for page in self.pages.values():
            if page.question:
                found[page.fact].append(page)
        return found

    @cached_property
    def conditions(self) -> tuple[Said, ...]:
        """Every condition that can be read, wherever it stands."""
        said = chain(self._page_conditions(), self._derived_conditions())
        return tuple(
            each
            for each in said
            if each.condition.source and (each.path, each.line) not in self.faulty
        )

    def _page_conditions(self) -> Iterator[Said]:
        for page in self.pages.values():
            options = page.question.options if page.question else ()
            guarded = [(each.line, each.when) for each in options]
            guarded += [(each.line, each.when) for each in page.tasks]
            for line, when in guarded:
                yield Said(page.path, line, when, page.id, late=False)
            for route in (*page.routes, *page.best):
                yield Said(page.path, route.line, route.when, page.id, late=True)
            for line, source in self.containers(page):
                try:
                    condition = Condition.parse(source)
                except ConditionError:
                    continue
                yield Said(page.path, line, condition, page.id, late=False)

    def _derived_conditions(self) -> Iterator[Said]:
        for name, condition in self.derived.items():
            line = self.derived_line(name)
            yield Said(self.facts_path, line, condition, "", late=True)

    def containers(self, page: Page) -> Iterator[tuple[int, str]]:
        """The line and the condition of each ``::: when`` of *page*."""
        mark = "::: when "
        for number, line in enumerate(self.lines(page.path), 1):
            if line.startswith(mark):
                yield number, line.removeprefix(mark)

    @cached_property
    def derived_names(self) -> frozenset[str]:
        """Every name in facts.toml, also of a rule that could not be read."""
        lines = self.lines(self.facts_path)
        written = (line.split("=")[0].strip() for line in lines if "=" in line)
        names = {name for name in written if name.replace("_", "a").isalnum()}
        return frozenset(names | self.derived.keys())

    def derived_line(self, name: str) -> int:
        """The line of facts.toml that says what *name* is."""
        lines = enumerate(self.lines(self.facts_path), 1)
        return next((n for n, x in lines if x.split("=")[0].strip() == name), 1)


def near(word: str, known: Collection[str], otherwise: str) -> str:
    """Which of the *known* words may have been meant."""
    close = difflib.get_close_matches(word, sorted(known), n=1)
    if close:
        return _("Did you mean '{word}'?").format(word=close[0])
    return otherwise
