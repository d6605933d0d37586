"""The words and links of a page or letter, each with the line they stand on."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from guide.model.content import Letter, Page

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

_FENCE = "---"
_CALLOUT = re.compile(r"^\[![A-Z]+\]\s*")
_EXPRESSION = re.compile(r"\{\{.*?\}\}")
_STATEMENT = re.compile(r"\{%.*?%\}")


class Passage(NamedTuple):
    """A run of words; a line break in ``text`` is one in the file."""

    line: int
    text: str

    def line_at(self, place: int) -> int:
        """The line of the character at *place*."""
        return self.line + self.text.count("\n", 0, place)


class Link(NamedTuple):
    """Where a link in the text leads."""

    line: int
    target: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Prose:
    """``head``: title, why and reasons. ``body``: the text, options and tasks."""

    head: tuple[Passage, ...] = ()
    body: tuple[Passage, ...] = ()
    links: tuple[Link, ...] = ()

    @property
    def all(self) -> tuple[Passage, ...]:
        """Everything that is read."""
        return self.head + self.body


def page_prose(page: Page, lines: Sequence[str]) -> Prose:
    """The words of *page*, whose file has these *lines*."""
    head = [Passage(key_line(lines, "title"), page.title)]
    head.append(Passage(key_line(lines, "why"), page.why))
    head += [Passage(route.line, route.because) for route in page.best]
    options = page.question.options if page.question else ()
    listed = [Passage(each.line, each.text) for each in options]
    listed += [Passage(each.line, each.text) for each in page.tasks]
    listed = [passage for passage in listed if passage.line]
    passages, links = _markdown(_body(lines, {passage.line for passage in listed}))
    return Prose(
        head=tuple(passage for passage in head if passage.text),
        body=(*passages, *listed),
        links=tuple(links),
    )


def letter_prose(letter: Letter, lines: Sequence[str]) -> Prose:
    """The words of *letter*, a name in place of each blank."""
    head = [Passage(key_line(lines, "title"), letter.title)]
    head.append(Passage(key_line(lines, "why"), letter.why))
    for field in letter.fields:
        head += [Passage(field.line, field.label), Passage(field.line, field.why)]
    text = _STATEMENT.sub("", _EXPRESSION.sub("name", "\n".join(_body(lines, ()))))
    passages, links = _markdown(text.split("\n"))
    return Prose(
        head=tuple(passage for passage in head if passage.text),
        body=tuple(passages),
        links=tuple(links),
    )


def key_line(lines: Sequence[str], key: str) -> int:
    """The line that the key at the top stands on, or 1."""
    return next((n for n, x in enumerate(lines, 1) if x.startswith(f"{key}:")), 1)


def body_start(lines: Sequence[str]) -> int:
    """The line that the front matter closes on, or 0."""
    fences = (n for n, x in enumerate(lines, 1) if n > 1 and x.rstrip() == _FENCE)
    return next(fences, 0)


def _body(lines: Sequence[str], listed: set[int] | tuple[()]) -> list[str]:
    """The text alone; all else is an empty line, so that lines keep their number."""
    start = body_start(lines)
    return [
        "" if n <= start or n in listed or line.startswith(":::") else line
        for n, line in enumerate(lines, 1)
    ]


def _markdown(lines: Sequence[str]) -> tuple[list[Passage], list[Link]]:
    passages: list[Passage] = []
    links: list[Link] = []
    for token in _parser().parse("\n".join(lines)):
        if token.type == "inline" and token.map:
            passage = Passage(token.map[0] + 1, _text(token))
            passages.append(passage)
            links += _links(token, passage.line)
    return [passage for passage in passages if passage.text.strip()], links


def _text(token: Token) -> str:
    parts = []
    for child in token.children or ():
        match child.type:
            case "text":
                parts.append(child.content)
            case "softbreak" | "hardbreak":
                parts.append("\n")
            case "code_inline":
                parts.append("code")
    return _CALLOUT.sub(lambda mark: "\n" * mark[0].count("\n"), "".join(parts))


def _links(token: Token, line: int) -> Iterator[Link]:
    for child in token.children or ():
        if child.type in ("softbreak", "hardbreak"):
            line += 1
        elif child.type == "link_open":
            yield Link(line, str(child.attrs.get("href", "")))


@lru_cache(maxsize=1)
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt  # 40 ms: only once something is to be read

    return MarkdownIt("commonmark", {"html": False}).enable("table")
