"""Guides of a few pages, made from text as the guide itself makes them."""

from __future__ import annotations

from collections.abc import Mapping

from guide.library.pages import parse_page
from guide.model.conditions import Condition
from guide.model.content import Library, Page


def page(id_: str, text: str) -> Page:
    """The page *text*, read as the guide reads it; it has no fault."""
    made, findings = parse_page(
        f"---\ntitle: {id_}\n{text}", id_=id_, chapter="", lang="en", path=f"{id_}.md"
    )
    assert not findings
    return made


def library(pages: Mapping[str, str], **derived: str) -> Library:
    """A guide of these pages; it begins on the first."""
    return Library(
        title="",
        start=next(iter(pages)),
        pages={id_: page(id_, text) for id_, text in pages.items()},
        letters={},
        derived={name: Condition.parse(source) for name, source in derived.items()},
    )
