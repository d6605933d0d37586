"""Links of another app, and the pages here that say the same in our own words.

Promises: never raises on what a link or the file holds, opens nothing, and names
only pages that are there.
"""

from __future__ import annotations

from collections.abc import Mapping

from guide.model.content import Library

ALIASES = "aliases"  # data/aliases.toml
SCHEME = "umbrella://"
_AFTER = "/.,;:"  # what ends the link in a sentence, and is no part of it


def umbrella_pages(data: Mapping[str, Mapping[str, object]]) -> dict[str, str]:
    """The name of each lesson without its level, and the page it leads to."""
    listed = data.get(ALIASES, {}).get("umbrella")
    if not isinstance(listed, Mapping):
        return {}
    return {str(name): str(page) for name, page in listed.items()}


def page_for(library: Library, link: str) -> str:
    """The page here for an umbrella:// link, or "" when there is none.

    A lesson is found at any of its levels: a page here is not split into levels.
    """
    if not link.startswith(SCHEME):
        return ""
    pages = umbrella_pages(library.data)
    name = link.removeprefix(SCHEME).rstrip(_AFTER)
    while name:
        if pages.get(name) in library.pages:
            return pages[name]
        name = name.rpartition("/")[0]
    return ""
