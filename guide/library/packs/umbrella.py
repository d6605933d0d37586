"""The order of an Umbrella tree: modules, subjects, levels and what stands in them.

``<lang>/<module>/[<subject>/[<level>/]]`` with a ``.category.yml`` in each. The order
is that of the base language, for the numbers of the others are often wrong; what is
not translated stands there in the base language, and says so.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from guide.library.packs.names import CATEGORY, IMAGES, in_words
from guide.library.packs.problems import FOLDER, ORDER, UNKNOWN, not_in_order
from guide.library.packs.texts import Keyed, lesson_source, yaml_of
from guide.library.packs.tree import Tree
from guide.model.pack import About, Kind, Listed, Part, PartKind
from guide.words import _

FORMS = "forms"
_GLOSSARY = "glossary"
_CATEGORY_KEYS = ("index", "title", "description", "icon", "template")
_LESSON_KEYS = ("index", "title")
_CHECKLIST_KEYS = ("index", "title", "list")
_FORM_KEYS = ("title", "screens", "index")
_LAST = 1_000_000_000  # the place of what has no number
_DEPTHS = (PartKind.MODULE, PartKind.SUBJECT, PartKind.LEVEL)


class _Head(NamedTuple):
    """What a file says of itself in one language."""

    place: int
    title: str


@dataclass(slots=True)
class _Folder:
    """A folder under the language: what stands in it, by name."""

    files: dict[str, str] = field(default_factory=dict)  # path below, language
    folders: dict[str, _Folder] = field(default_factory=dict)


class Outline:
    """The order of one tree in one language, and what was odd on the way."""

    def __init__(self, tree: Tree, about: About, lang: str) -> None:
        self._tree, self._base, self._lang = tree, about.base, lang
        self._top = _Folder()
        for each in dict.fromkeys((about.base, lang)):
            self._place_all(each)

    def _place_all(self, lang: str) -> None:
        prefix = f"{lang}/"
        for path in self._tree.sizes:
            if path.startswith(prefix):
                self._place(path.removeprefix(prefix), lang)

    def _place(self, path: str, lang: str) -> None:
        *above, name = path.split("/")
        folder = self._top
        for step in above:
            folder = folder.folders.setdefault(step, _Folder())
        if name.startswith(("s_", "c_", "f_")) or name == CATEGORY:
            if folder is self._top and lang == self._base and name != CATEGORY:
                self._odd(f"{lang}/{path}", _("It stands in no module."))
            folder.files[name] = lang
        elif not name.lower().endswith(IMAGES):
            self._unknown(f"{lang}/{path}")

    def _odd(self, path: str, what: str) -> None:
        fix = _("A lesson stands in a module, a subject or a level.")
        self._tree.findings.add(FOLDER, path, what, fix)

    def _unknown(self, path: str) -> None:
        fix = _("Names begin with s_, c_ or f_, and end in .md or .yml.")
        self._tree.findings.add(UNKNOWN, path, _("This file is not used."), fix)

    def forms(self) -> tuple[Listed, ...]:
        """Every form, by title."""
        folder = self._top.folders.get(FORMS, _Folder())
        found = [
            self._form(f"{FORMS}/{name}", lang)
            for name, lang in folder.files.items()
            if name.startswith("f_") and name.endswith(".yml")
        ]
        return tuple(sorted(found, key=lambda form: (form.title, form.path)))

    def _form(self, path: str, lang: str) -> Listed:
        whole = f"{lang}/{path}"
        keys = Keyed(self._tree, whole, yaml_of(self._tree, whole), _FORM_KEYS)
        title = keys.text("title", needed=True) or in_words(path.rpartition("/")[2])
        return Listed(kind=Kind.FORM, path=path, title=title, lang=lang)

    def modules(self) -> tuple[Part, ...]:
        """Every module in its order, the tips first."""
        folders = {n: f for n, f in self._top.folders.items() if n != FORMS}
        return tuple(part for _index, part in self._parts("", folders, 0))

    def _parts(
        self, above: str, folders: dict[str, _Folder], depth: int
    ) -> list[tuple[int, Part]]:
        found = []
        for name, folder in folders.items():
            if self._is_empty(folder):
                continue
            found.append(self._part(f"{above}{name}", folder, depth))
        return sorted(found, key=lambda part: (part[0], part[1].path))

    def _is_empty(self, folder: _Folder) -> bool:
        lessons = any(name != CATEGORY for name in folder.files)
        return not lessons and all(map(self._is_empty, folder.folders.values()))

    def _part(self, path: str, folder: _Folder, depth: int) -> tuple[int, Part]:
        keys = self._category(path, folder)
        index = keys.number("index")
        inner: list[tuple[int, Part]] = []
        if depth + 1 < len(_DEPTHS):
            inner = self._parts(f"{path}/", folder.folders, depth + 1)
        elif folder.folders:
            what = _("Folders below a level are not opened.")
            self._odd(f"{self._base}/{path}", what)
        glossary = keys.text("template") == _GLOSSARY
        items = self._items(path, folder, by_title=glossary)
        part = Part(
            kind=_DEPTHS[depth],
            path=path,
            title=keys.text("title") or in_words(path.rpartition("/")[2]),
            about=keys.text("description"),
            parts=tuple(part for _index, part in inner),
            items=items,
            glossary=glossary,
        )
        return _LAST if index is None else index, part

    def _category(self, path: str, folder: _Folder) -> Keyed:
        """The keys of a folder; number and kind are those of the base language."""
        lang = folder.files.get(CATEGORY)
        if lang is None:
            where = f"{self._base}/{path}/{CATEGORY}"
            what = _("The folder has no .category.yml.")
            fix = _("Add index and title.")
            self._tree.findings.add(FOLDER, where, what, fix)
            return Keyed(self._tree, where, {"index": str(_LAST)}, _CATEGORY_KEYS)
        whole = f"{lang}/{path}/{CATEGORY}"
        keys = dict(yaml_of(self._tree, whole))
        base = f"{self._base}/{path}/{CATEGORY}"
        if lang != self._base and base in self._tree.sizes:
            ours = yaml_of(self._tree, base)
            keys |= {k: ours[k] for k in ("index", "template") if k in ours}
        return Keyed(self._tree, whole, keys, _CATEGORY_KEYS)

    def _items(
        self, path: str, folder: _Folder, *, by_title: bool
    ) -> tuple[Listed, ...]:
        found = []
        for name, lang in folder.files.items():
            if name != CATEGORY and (item := self._item(f"{path}/{name}", lang)):
                found.append(item)
        if by_title:
            found.sort(key=lambda item: (item[1].title.casefold(), item[1].path))
        else:
            found.sort(key=lambda item: (item[0], item[1].path))
        return tuple(item for _index, item in found)

    def _item(self, path: str, lang: str) -> tuple[int, Listed] | None:
        name = path.rpartition("/")[2]
        if name.startswith("s_") and name.endswith(".md"):
            kind = Kind.LESSON
        elif name.startswith("c_") and name.endswith(".yml"):
            kind = Kind.CHECKLIST
        else:
            self._unknown(f"{lang}/{path}")
            return None
        head = self._head(path, lang, kind)
        listed = Listed(kind=kind, path=path, title=head.title, lang=lang)
        return self._index(path, lang, kind, head), listed

    def _head(self, path: str, lang: str, kind: Kind) -> _Head:
        whole = f"{lang}/{path}"
        if kind is Kind.LESSON:
            source = lesson_source(self._tree, whole)
            keys = Keyed(self._tree, whole, source.keys, _LESSON_KEYS)
            title = keys.text("title", needed=True)
        else:
            found = yaml_of(self._tree, whole)
            keys = Keyed(self._tree, whole, found, _CHECKLIST_KEYS)
            title = keys.text("title")
        index = keys.number("index")
        title = title or in_words(path.rpartition("/")[2])
        return _Head(_LAST if index is None else index, title)

    def _index(self, path: str, lang: str, kind: Kind, head: _Head) -> int:
        if lang == self._base:
            return head.place
        if f"{self._base}/{path}" in self._tree.sizes:
            return self._head(path, self._base, kind).place
        self._tree.findings.add(ORDER, f"{lang}/{path}", *not_in_order(self._base))
        return head.place


def modules_and_forms(
    tree: Tree, about: About, lang: str
) -> tuple[tuple[Part, ...], tuple[Listed, ...]]:
    """Everything in *tree*, in its order, in *lang* where it is translated."""
    outline = Outline(tree, about, lang)
    return outline.modules(), outline.forms()
