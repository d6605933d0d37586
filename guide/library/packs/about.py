"""What a pack says of itself, and in which of the two formats it is."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from itertools import islice

from guide.library.packs.limits import MOST_OF_A_KIND
from guide.library.packs.names import CATEGORY, slug
from guide.library.packs.problems import (
    FRONT,
    KEY,
    TOO_LARGE,
    Findings,
    PackRefusedError,
)
from guide.library.packs.texts import text_of
from guide.library.packs.tree import Tree
from guide.model.pack import About, Shape
from guide.words import _

PACK_FILE = "pack.toml"
_KEYS = (
    *("id", "title", "author", "licence", "date", "base", "languages", "start"),
    *("contact", "format"),
)
_TAG = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,2}", re.ASCII)
_LONGEST = 120  # characters of what is shown on every screen
_LONGEST_FILE = 4 * 1024  # characters: a key of 20,000 steps takes TOML seconds
_ENGLISH = "en"
_NESTED = 2  # folders that a zip may put around its pack


def at_its_top(tree: Tree) -> Tree:
    """*tree* without the folder that zips often put around everything."""
    for _time in range(_NESTED):
        tops = {path.partition("/")[0] for path in tree.sizes}
        inside = all("/" in path for path in tree.sizes)
        if len(tops) != 1 or not inside or _languages(tree):
            return tree
        tree = _beneath(tree, f"{tops.pop()}/")
    return tree


def _beneath(tree: Tree, prefix: str) -> Tree:
    def read(path: str, most: int) -> bytes:
        return tree.read_bytes(prefix + path, most)

    return Tree(
        label=prefix.removesuffix("/"),
        sizes={path.removeprefix(prefix): size for path, size in tree.sizes.items()},
        read_bytes=read,
        findings=tree.findings,
        close=tree.close,
    )


def about(tree: Tree, name: str = "") -> About:
    """What the pack in *tree* says of itself. Raises PackRefusedError."""
    told = _told(tree)
    shape = _shape(tree, told)
    languages = _languages(tree)
    if not languages:
        raise PackRefusedError(
            _("There are no lessons in it that the guide can read."),
            _("Choose the folder that holds one folder for each language, as “en”."),
        )
    base = _text(told, "base") or _ENGLISH
    title = _text(told, "title") or tree.label
    return About(
        name=slug(name or _text(told, "id") or tree.label),
        title=title[:_LONGEST],
        author=_text(told, "author"),
        licence=_text(told, "licence"),
        date=_text(told, "date"),
        base=base if base in languages else languages[0],
        languages=languages,
        shape=shape,
    )


def _told(tree: Tree) -> Mapping[str, object]:
    if PACK_FILE not in tree.sizes:
        return {}
    text = text_of(tree, PACK_FILE)
    if len(text) > _LONGEST_FILE:
        what = _("The file is larger than {size} KiB.").format(size=4)
        fix = _("Keep what the README lists.")
        tree.findings.add(TOO_LARGE, PACK_FILE, what, fix)
        return {}
    try:
        told: Mapping[str, object] = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError, ValueError):
        what = _("The file is not valid TOML.")
        fix = _("Write key = “value” on each line.")
        tree.findings.add(FRONT, PACK_FILE, what, fix)
        return {}
    _unknown(told, tree.findings)
    return told


def _unknown(told: Mapping[str, object], findings: Findings) -> None:
    for key in islice((key for key in told if key not in _KEYS), MOST_OF_A_KIND):
        what = _("There is no key '{key}'.").format(key=key[:40])
        fix = _("Use: {words}.").format(words=", ".join(_KEYS))
        findings.add(KEY, PACK_FILE, what, fix)


def _text(told: Mapping[str, object], key: str) -> str:
    value = told.get(key, "")
    # A date may be written as one: TOML has such a kind.
    text = value if isinstance(value, str) else str(value) if key == "date" else ""
    return " ".join(text.split())[:_LONGEST]


def _shape(tree: Tree, told: Mapping[str, object]) -> Shape:
    if told.get("format") == Shape.UMBRELLA:
        return Shape.UMBRELLA
    if PACK_FILE in tree.sizes:
        return Shape.OWN
    return Shape.UMBRELLA


def _languages(tree: Tree) -> tuple[str, ...]:
    """The folders at the top that are named by a language and hold lessons.

    English comes first: the others take their order from it.
    """
    found: dict[str, None] = {}
    for path in tree.sizes:
        top, slash, rest = path.partition("/")
        if slash and top not in found and _TAG.fullmatch(top) and _is_lesson(rest):
            found[top] = None
    return tuple(sorted(found, key=lambda tag: (tag != _ENGLISH, tag)))


def _is_lesson(path: str) -> bool:
    return path.endswith((".md", f"/{CATEGORY}"))
