"""The order of a pack in our own format: chapters, and the pages to read in them.

Every page of a pack is a page to read. What it asks, where it leads and which letters
it brings along is shown or said, and never becomes part of the guide's own questions.
"""

from __future__ import annotations

from collections import defaultdict

from guide.library.packs.about import PACK_FILE
from guide.library.packs.names import IMAGES, in_words
from guide.library.packs.problems import (
    CLASH,
    NOT_USED,
    ORDER,
    UNKNOWN,
    not_in_order,
)
from guide.library.packs.texts import lesson_source
from guide.library.packs.tree import Tree
from guide.model.pack import About, Kind, Listed, Part, PartKind
from guide.words import _

_READ = ("guide", "learn")
_PAGE = ".md"


def chapters(tree: Tree, about: About, lang: str) -> tuple[Part, ...]:
    """Each folder of pages as a module, in the order of their names."""
    found: dict[str, list[Listed]] = defaultdict(list)
    for path, where in _pages(tree, about, lang).items():
        found[path.rpartition("/")[0]].append(_listed(tree, path, where))
    _not_used(tree, about)
    return tuple(
        Part(
            kind=PartKind.MODULE,
            path=folder,
            title=in_words(folder.rpartition("/")[2]),
            items=tuple(found[folder]),
        )
        for folder in sorted(found)
    )


def _pages(tree: Tree, about: About, lang: str) -> dict[str, str]:
    """The language of each page, by its path below the language, in order."""
    found: dict[str, str] = {}
    names: dict[str, str] = {}
    for each in dict.fromkeys((about.base, lang)):
        prefix = f"{each}/"
        for whole in tree.sizes:
            path = whole.removeprefix(prefix)
            if path == whole or not path.endswith(_PAGE) or not _is_read(path):
                continue
            if each != about.base and path not in found:
                tree.findings.add(ORDER, whole, *not_in_order(about.base))
            name = path.rpartition("/")[2]
            first = names.setdefault(name, path)
            if first != path:
                what = _("'{name}' is also {path}.").format(name=name, path=first)
                tree.findings.add(CLASH, whole, what, _("Give it another name."))
            found[path] = each
    return dict(sorted(found.items()))


def _is_read(path: str) -> bool:
    return path.partition("/")[0] in _READ


def _listed(tree: Tree, path: str, lang: str) -> Listed:
    source = lesson_source(tree, f"{lang}/{path}")
    title = source.keys.get("title", "")
    shown = " ".join(title.split()) if isinstance(title, str) else ""
    name = in_words(path.rpartition("/")[2])
    return Listed(kind=Kind.LESSON, path=path, title=shown or name, lang=lang)


def _not_used(tree: Tree, about: About) -> None:
    """Say what a pack brings along that is not read."""
    for whole in tree.sizes:
        top, _slash, path = whole.partition("/")
        if whole == PACK_FILE or whole.lower().endswith(IMAGES):
            continue
        if top == "data" or (top in about.languages and not _is_read(path)):
            what = _("Letters, facts and tables of a pack are not used.")
            fix = _("Only the pages of a pack are read.")
            tree.findings.add(NOT_USED, whole, what, fix)
        elif top in about.languages and not path.endswith(_PAGE):
            what, fix = _("This file is not used."), _("A page ends in .md.")
            tree.findings.add(UNKNOWN, whole, what, fix)
