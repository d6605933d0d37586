"""Text as both front ends show it: blocks with a little structure, no markup."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from guide.model.picture import Picture


class BlockKind(StrEnum):
    """What a block is, so that each front end can show it in its own way."""

    PARAGRAPH = "paragraph"
    HEADING = "heading"
    ITEM = "item"
    QUOTE = "quote"
    CALLOUT = "callout"
    CODE = "code"
    FIELD = "field"  # a table cell: name and value
    PICTURE = "picture"  # a small one; the text says what it is


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A stretch of a block's text: ``strong``, ``em``, ``code`` or ``link``."""

    start: int
    end: int
    style: str
    target: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """One paragraph, heading, list item, … ``lead`` stands before its first line."""

    kind: BlockKind
    text: str
    level: int = 0
    lead: str = ""
    spans: tuple[Span, ...] = ()
    picture: Picture | None = None


def paragraph(text: str) -> Block:
    """A plain paragraph."""
    return Block(kind=BlockKind.PARAGRAPH, text=text)


def heading(text: str, level: int = 2) -> Block:
    """A heading inside a screen."""
    return Block(kind=BlockKind.HEADING, text=text, level=level)


def item(text: str) -> Block:
    """One line of a list."""
    return Block(kind=BlockKind.ITEM, text=text, lead="- ")


def copy_line(block: Block) -> str:
    """A block as one line of plain text."""
    gap = ": " if block.kind is BlockKind.CALLOUT else ""
    return f"{block.lead}{gap}{block.text}"


def whole(typed: str) -> str:
    """*typed* without half characters, which a terminal may send and no file holds."""
    return typed.encode("utf-8", "replace").decode("utf-8")
