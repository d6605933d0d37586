"""Opens a whole content folder at once, also one that could not be started from."""

from __future__ import annotations

from datetime import date

from guide.library.lint.pack import FACTS, WORDS, Pack
from guide.library.loader import Lazy, Shelf
from guide.model.content import Letter, Library
from guide.model.problems import ContentError, Finding


class Everything(Shelf):
    """A shelf that is read in full, and does not ask for a page to start on."""

    def library(self) -> Library:
        """Every page and data file, read now."""
        library = Library(
            title=str(self._pack.get("title", "")),
            start=str(self._pack.get("start", "")),
            pages={name: self._page(name) for name in self.pages},
            letters=Lazy(self.letters, self._letter),
            derived=self._derived(self.root / self.base / FACTS),
            data={name: self._toml(path) for name, path in self.data.items()},
            lang=self.lang,
        )
        words = self.root / self.base / WORDS
        if words.exists():
            self._toml(words)
        return library

    def sound_letters(self, library: Library) -> dict[str, Letter]:
        """The letters that can be read; the others have left a finding."""
        letters = {}
        for name in library.letters:
            try:
                letters[name] = library.letters[name]
            except ContentError:
                continue
        return letters


def open_everything(shelf: Shelf, today: date) -> tuple[Pack, tuple[Finding, ...]]:
    """The folder of *shelf*, and what was found while it was read."""
    every = Everything(shelf.root, shelf.lang)
    library = every.library()
    letters = every.sound_letters(library)
    return Pack(library, letters, every, today), tuple(every.findings)
