"""The order of a pack as it is written into the copy that is kept, and read from it.

Opening a tree of thousands of files is slow because of its front matter; the copy
holds what came of it, a file for each language. Whatever is wrong with such a file
costs only the time to work it out again.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict

from guide.library.packs.tree import Tree
from guide.model.pack import About, Kind, Listed, Pack, Part, PartKind, Shape
from guide.model.problems import GuideError

ABOUT = "about.json"
_FOLDER = "order"
_MOST = 8 * 1024 * 1024  # bytes of one language's order: 20,000 long titles


class _WrongError(ValueError):
    """What stands there was not written by this version of this program."""


def entries(packs: list[Pack]) -> Iterator[tuple[str, bytes]]:
    """The files to be written into the copy: one, and one for each language."""
    yield ABOUT, _json(asdict(packs[0].about))
    for pack in packs:
        order = {
            "modules": [_part(part) for part in pack.modules],
            "forms": [_listed(form) for form in pack.forms],
        }
        yield f"{_FOLDER}/{pack.lang}.json", _json(order)


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=True, separators=(",", ":")).encode()


def _listed(item: Listed) -> list[str]:
    return [item.kind, item.path, item.title, item.lang]


def _part(part: Part) -> list[object]:
    items = [_listed(item) for item in part.items]
    parts = [_part(inner) for inner in part.parts]
    head = [str(part.kind), part.path, part.title, part.about, part.glossary]
    return [*head, parts, items]


def read_about(tree: Tree) -> About | None:
    """What the pack says of itself; None where it is not written there."""
    found = _read(tree, ABOUT)
    if not isinstance(found, dict):
        return None
    try:
        languages = found.pop("languages")
        shape = Shape(found.pop("shape"))
        texts = {str(key): _text(value) for key, value in found.items()}
        return About(languages=tuple(map(_text, languages)), shape=shape, **texts)
    except (KeyError, TypeError, ValueError):
        return None


def read(tree: Tree, about: About, lang: str) -> Pack | None:
    """The order of the pack in *lang*; None where it is not written there."""
    found = _read(tree, f"{_FOLDER}/{lang}.json")
    if not isinstance(found, dict):
        return None
    try:
        return Pack(
            about=about,
            lang=lang,
            modules=tuple(_as_part(each) for each in found["modules"]),
            forms=tuple(_as_listed(each) for each in found["forms"]),
        )
    except (KeyError, TypeError, ValueError, RecursionError):
        return None


def _read(tree: Tree, path: str) -> object:
    if path not in tree.sizes:
        return None
    try:
        found: object = json.loads(tree.read_bytes(path, _MOST))
    except (GuideError, ValueError, RecursionError):
        return None
    return found


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise _WrongError
    return value


def _as_listed(value: list[object]) -> Listed:
    kind, path, title, lang = map(_text, value)
    return Listed(kind=Kind(kind), path=path, title=title, lang=lang)


def _as_part(value: list[object]) -> Part:
    kind, path, title, about, glossary, parts, items = value
    if not isinstance(parts, list) or not isinstance(items, list):
        raise _WrongError
    return Part(
        kind=PartKind(_text(kind)),
        path=_text(path),
        title=_text(title),
        about=_text(about),
        glossary=bool(glossary),
        parts=tuple(_as_part(each) for each in parts),
        items=tuple(_as_listed(each) for each in items),
    )
