"""Markdown into blocks, by markdown-it. HTML is never read; links are only shown."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING

from guide.model.conditions import Answers, Condition, ConditionError
from guide.model.text import Block, BlockKind, Span
from guide.words import _

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

MOST_BLOCKS, MOST_CHARACTERS = 300, 64 * 1024
_MOST_BRACKETS, _MOST_CELLS = 4_000, 20_000
_CONTAINER, _CONTAINER_END = "::: when ", ":::"
_STYLES = {"strong_open": "strong", "em_open": "em", "link_open": "link"}


def visible(body: str, facts: Answers) -> str:
    """*body* without the ``::: when`` paragraphs whose condition does not hold."""
    kept, showing = [], True
    for line in body.split("\n"):
        if line.startswith(_CONTAINER):
            showing = _holds(line.removeprefix(_CONTAINER), facts)
        elif line.rstrip() == _CONTAINER_END:
            showing = True
        elif showing:
            kept.append(line)
    return "\n".join(kept)


def containers(body: str) -> Iterator[tuple[int, str]]:
    """The line in *body*, from 1, and the condition of each container."""
    for number, line in enumerate(body.split("\n"), 1):
        if line.startswith(_CONTAINER):
            yield number, line.removeprefix(_CONTAINER)


def _holds(source: str, facts: Answers) -> bool:
    try:
        return Condition.parse(source).holds(facts)
    except ConditionError:
        return False


@lru_cache(maxsize=256)
def blocks(markdown: str) -> tuple[Block, ...]:
    """The blocks of *markdown*, at most 300 of them."""
    lines = markdown.split("\n")
    if _is_too_much(markdown, lines):  # nothing is hidden, and nothing waited for
        return tuple(_code(line) for line in lines[:MOST_BLOCKS])
    return tuple(islice(_Blocks().read(_parser().parse(markdown)), MOST_BLOCKS))


def _is_too_much(markdown: str, lines: list[str]) -> bool:
    """Whether it holds more of what costs the parser most than any page needs."""
    return (
        len(markdown) > MOST_CHARACTERS
        or markdown.count("[") > _MOST_BRACKETS
        or max(line.count("|") for line in lines) * len(lines) > _MOST_CELLS
    )


@lru_cache(maxsize=1)
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt  # 40 ms: only once something is to be read

    return MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])


_CELLS = {"th_open": True, "td_open": True, "th_close": False, "td_close": False}


class _Blocks:
    """Walks the tokens once; ``_lists`` holds a counter for each open list."""

    def __init__(self) -> None:
        self._lists: list[int | None] = []
        self._first = False
        self._quotes = 0
        self._heading = 0
        self._cells: list[str] = []
        self._head: list[str] = []
        self._in_head = self._in_cell = False

    def read(self, tokens: list[Token]) -> Iterator[Block]:
        for token in tokens:
            self._in_cell = _CELLS.get(token.type, self._in_cell)
            self._open_or_close(token)
            if token.type == "inline":
                yield from self._inline(token)
            elif token.type in ("fence", "code_block"):
                yield from (_code(line) for line in token.content.rstrip().split("\n"))
            elif token.type == "tr_close" and not self._in_head:
                yield from self._row()

    def _open_or_close(self, token: Token) -> None:
        match token.type:
            case "bullet_list_open":
                self._lists.append(None)
            case "ordered_list_open":
                self._lists.append(int(token.attrs.get("start", 1)) - 1)
            case "bullet_list_close" | "ordered_list_close":
                self._lists.pop()
            case "list_item_open":
                self._first = True
                count = self._lists[-1]
                self._lists[-1] = None if count is None else count + 1
            case _:
                self._other(token)

    def _other(self, token: Token) -> None:
        match token.type:
            case "blockquote_open":
                self._quotes += 1
            case "blockquote_close":
                self._quotes -= 1
            case "heading_open":
                self._heading = int(token.tag[1:])
            case "heading_close":
                self._heading = 0
            case "thead_open":
                self._in_head, self._head = True, []
            case "thead_close":
                self._in_head = False
            case "tr_open":
                self._cells = []

    def _row(self) -> Iterator[Block]:
        """A line for each cell, with its column's name; the first begins the row."""
        cells = [*zip(self._head, self._cells, strict=False)]
        for name, value in cells[:1]:
            yield Block(kind=BlockKind.ITEM, text=f"{name}: {value}", lead="- ")
        for name, value in cells[1:]:
            yield Block(kind=BlockKind.FIELD, text=value, lead=f"  {name}: ")

    def _inline(self, token: Token) -> Iterator[Block]:
        text, spans = _spans(token)
        if self._in_cell:
            (self._head if self._in_head else self._cells).append(text)
        elif self._heading:
            yield Block(
                kind=BlockKind.HEADING, text=text, spans=spans, level=self._heading
            )
        elif self._lists:
            yield Block(
                kind=BlockKind.ITEM,
                text=text,
                spans=spans,
                level=len(self._lists) - 1,
                lead=self._lead(),
            )
        elif self._quotes:
            yield _quote(text, spans)
        else:
            yield Block(kind=BlockKind.PARAGRAPH, text=text, spans=spans)

    def _lead(self) -> str:
        count, first = self._lists[-1], self._first
        self._first = False
        mark = "- " if count is None else f"{count}. "
        return mark if first else " " * len(mark)


def _code(line: str) -> Block:
    return Block(kind=BlockKind.CODE, text=line)


def _quote(text: str, spans: tuple[Span, ...]) -> Block:
    for mark, label in _callouts().items():
        if text.startswith(mark):
            rest = text.removeprefix(mark)
            words = rest.lstrip()
            gone = len(mark) + len(rest) - len(words)
            moved = tuple(
                Span(
                    start=s.start - gone,
                    end=s.end - gone,
                    style=s.style,
                    target=s.target,
                )
                for s in spans
                if s.start >= gone
            )
            return Block(kind=BlockKind.CALLOUT, text=words, spans=moved, lead=label)
    return Block(kind=BlockKind.QUOTE, text=text, spans=spans)


def _callouts() -> dict[str, str]:
    return {
        "[!NOTE]": _("Note"),
        "[!TIP]": _("Tip"),
        "[!IMPORTANT]": _("Important"),
        "[!WARNING]": _("Warning"),
        "[!CAUTION]": _("Take care"),
    }


def _spans(token: Token) -> tuple[str, tuple[Span, ...]]:
    parts: list[str] = []
    spans: list[Span] = []
    opened: list[tuple[int, str, str]] = []
    at = 0
    for child in token.children or ():
        text = _text_of(child)
        if child.type in _STYLES:
            target = str(child.attrs.get("href", ""))
            opened.append((at, _STYLES[child.type], target))
        elif child.type.endswith("_close") and opened:
            start, style, target = opened.pop()
            spans.append(Span(start=start, end=at, style=style, target=target))
        elif child.type == "code_inline":
            spans.append(Span(start=at, end=at + len(text), style="code"))
        parts.append(text)
        at += len(text)
    return "".join(parts), tuple(spans)


def _text_of(child: Token) -> str:
    match child.type:
        case "softbreak":
            return " "
        case "hardbreak":
            return "\n"
        case "text" | "code_inline" | "image":
            return child.content
        case _:
            return ""
