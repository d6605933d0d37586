"""Opens ``content/`` as a ``Library``: names first, files only when asked for.

Opening lists folders and reads two small files, so the guide starts as fast with
ten thousand pages as with ten. A fault in one file never stops the rest; the
faults are kept for ``guide check``.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Generic, TypeVar

from guide.library.letters import parse_letter
from guide.library.pages import parse_page
from guide.library.reading import MOST_DATA, UnusableFileError, read_text, read_toml
from guide.model.conditions import Condition, ConditionError
from guide.model.content import Letter, Library, Page
from guide.model.problems import ContentError, Finding
from guide.words import _, plural

Value = TypeVar("Value")
_FLOW, _READING, _LETTERS = "guide", "learn", "letters"
MOST_FACTS = 500
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")  # and never a way out


def content_root() -> Path:
    """The pages inside the wheel, or beside the code in a checkout."""
    package = Path(__file__).parent.parent
    shipped = package / "_content"
    return shipped if shipped.is_dir() else package.parent / "content"


class Lazy(Mapping[str, Value], Generic[Value]):
    """A mapping whose names are known and whose values are read when first used."""

    def __init__(
        self, names: Mapping[str, object], read: Callable[[str], Value]
    ) -> None:
        self._names, self._read = names, read
        self._values: dict[str, Value] = {}

    def __getitem__(self, name: str) -> Value:
        if name not in self._values:
            if name not in self._names:
                raise KeyError(name)
            self._values[name] = self._read(name)
        return self._values[name]

    def __contains__(self, name: object) -> bool:
        return name in self._names

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)


class Shelf:
    """A content folder: where each name stands, and what was wrong when read."""

    def __init__(self, root: Path, lang: str = "") -> None:
        self.root = root
        self.findings: list[Finding] = []
        self._pack = self._toml(root / "pack.toml")
        self.base = self._base()
        there = _LANGUAGE.fullmatch(lang) and (root / lang).is_dir()
        self.lang = lang if there else self.base
        self.pages = self._names(_FLOW, ".md") | self._names(_READING, ".md")
        self.letters = self._names(_LETTERS, ".md")
        self.data = {p.stem: p for p in sorted((root / "data").glob("*.toml"))}

    def _base(self) -> str:
        base = str(self._pack.get("base", "en"))
        if _LANGUAGE.fullmatch(base):
            return base
        what, fix = _("'base' is not a language."), _('Write base = "en".')
        self.fault(self.root / "pack.toml", 1, "C005", what, fix)
        return "en"

    def library(self) -> Library:
        """The library that reads from this shelf."""
        library = Library(
            title=str(self._pack.get("title", "")),
            start=str(self._pack.get("start", "")),
            pages=Lazy(self.pages, self._page),
            letters=Lazy(self.letters, self._letter),
            derived=self._derived(self.root / self.base / "facts.toml"),
            data=Lazy(self.data, lambda name: self._toml(self.data[name])),
            lang=self.lang,
        )
        if library.start not in library.pages:
            raise ContentError
        return library

    def fault(self, path: Path, line: int, code: str, what: str, fix: str) -> None:
        """Keep one finding, its path relative to the content folder."""
        self.findings.append(Finding(self.place(path), line, code, what, fix))

    def place(self, path: Path) -> str:
        """*path* as a finding shows it."""
        return path.relative_to(self.root).as_posix()

    def _names(self, folder: str, ending: str) -> dict[str, str]:
        """Each name once: in the reader's language, or else in the base language."""
        names: dict[str, str] = {}
        for lang in dict.fromkeys((self.base, self.lang)):
            names |= self._names_in(self.root / lang / folder, ending)
        return names

    def _names_in(self, top: Path, ending: str) -> dict[str, str]:
        """Where each file stands: as text, for a ``Path`` of each is slow to make."""
        names: dict[str, str] = {}
        for parent, folders, files in os.walk(top):
            folders.sort()
            for file in sorted(files):
                stem = file.removesuffix(ending)
                if stem in ("", file):
                    continue
                path = f"{parent}{os.sep}{file}"
                first = names.setdefault(stem, path)
                if first != path:
                    there = self.place(Path(first))
                    what = _("'{name}' is also {path}.").format(name=stem, path=there)
                    fix = _("Give it another name.")
                    self.fault(Path(path), 1, "C101", what, fix)
        return names

    def _lang_of(self, path: Path) -> str:
        return path.relative_to(self.root).parts[0]

    def _text(self, path: Path) -> str:
        try:
            return read_text(path)
        except UnusableFileError as error:
            self.fault(path, 1, "C001", error.what, error.fix)
        return ""

    def _page(self, name: str) -> Page:
        path = Path(self.pages[name])
        page, findings = parse_page(
            self._text(path),
            id_=name,
            chapter=path.parent.name,
            lang=self._lang_of(path),
            path=self.place(path),
        )
        self.findings += findings
        return page

    def _letter(self, name: str) -> Letter:
        path = Path(self.letters[name])
        letter, findings = parse_letter(
            self._text(path), id_=name, lang=self._lang_of(path), path=self.place(path)
        )
        self.findings += findings
        if letter is None:
            raise ContentError
        return letter

    def _toml(self, path: Path) -> Mapping[str, object]:
        try:
            return read_toml(read_text(path, MOST_DATA))
        except UnusableFileError as error:
            self.fault(path, 1, "C001", error.what, error.fix)
            return {}

    def _derived(self, path: Path) -> dict[str, Condition]:
        """The derived facts, each after the ones it needs; a circle is left out."""
        waiting: dict[str, Condition] = {}
        said = self._toml(path)
        if len(said) > MOST_FACTS:  # to put them in order takes its time
            what = plural(
                "There are more than {count} fact.",
                "There are more than {count} facts.",
                MOST_FACTS,
            )
            self.fault(path, 1, "C001", what, _("Take some out."))
            return {}
        for name, source in said.items():
            try:
                waiting[name] = Condition.parse(str(source))
            except ConditionError as error:
                what = error.told(f"'{name}'")
                self.fault(path, 1, "C003", what, _("See the conditions page."))
        ordered: dict[str, Condition] = {}
        while waiting:
            ready = [n for n, c in waiting.items() if not c.names() & waiting.keys()]
            if not ready:
                words = _("These facts go round in a circle: {names}.")
                what = words.format(names=", ".join(waiting))
                self.fault(path, 1, "C009", what, _("Break the circle."))
                break
            ordered |= {name: waiting.pop(name) for name in ready}
        return ordered
