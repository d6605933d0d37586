"""The pictures of a lesson: where their bytes are, and reading them when asked.

A picture stands in the language of the lesson or in the first one. It is looked for
beneath the top of the pack alone, among the files that were let in.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from guide.library.packs.limits import LARGEST_KEPT, LARGEST_PICTURE, MOST_KEPT
from guide.library.packs.links import image_path, is_inside, links_in
from guide.library.packs.names import IMAGES
from guide.library.packs.opening import OpenPack
from guide.library.packs.tree import Tree
from guide.model.pack import Listed
from guide.model.problems import GuideError

_NOT_DRAWN = ".svg"  # a program of lines, and no picture yet


@dataclass(frozen=True, slots=True, kw_only=True)
class Pictured:
    """A picture that a lesson names, and that is in the pack."""

    text: str
    path: str  # from the top of the pack


def pictures_in(opened: OpenPack, listed: Listed, text: str) -> tuple[Pictured, ...]:
    """Each picture of *text*, once, in its order; what is not there is left out."""
    found: dict[str, Pictured] = {}
    for link in links_in(text):
        if not (link.image and is_inside(link.target)):
            continue
        path = image_path(link.target, listed.path)
        for lang in dict.fromkeys((listed.lang, opened.about.base)):
            whole = f"{lang}/{path}"
            if is_picture(whole) and whole in opened.tree.sizes:
                found.setdefault(whole, Pictured(text=link.text, path=whole))
                break
    return tuple(found.values())


def is_picture(path: str) -> bool:
    """Whether a file of this name can be drawn."""
    name = path.lower()
    return name.endswith(IMAGES) and not name.endswith(_NOT_DRAWN)


def bytes_of(opened: OpenPack, picture: Pictured) -> bytes:
    """The bytes of a picture. Raises UnreadableFileError."""
    return opened.tree.read_bytes(picture.path, LARGEST_PICTURE)


def small_ones(tree: Tree) -> Iterator[tuple[str, bytes]]:
    """The small pictures, as many as the copy that is kept has room for."""
    room = MOST_KEPT
    for path, size in tree.sizes.items():
        if not is_picture(path) or not 0 < size <= min(LARGEST_KEPT, room):
            continue
        try:
            data = tree.read_bytes(path, LARGEST_KEPT)
        except GuideError:
            continue
        room -= len(data)
        yield path, data
