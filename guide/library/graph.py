"""The screens and the ways between them, for the check and for ``guide map``.

Holds what can really be followed: an option whose link a route always overrules is
no way. Promises the same map for the same content, in Mermaid or in DOT.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal, TypeAlias

from guide.model.conditions import ALWAYS, Condition
from guide.model.content import Library, Option, Page, PageKind
from guide.words import _

MapFormat: TypeAlias = Literal["mermaid", "dot"]
PAGE, LETTER, TOOL, HELP = "page:", "letter:", "tool:", "help:"
LONGEST_LABEL = 40


class WayKind(StrEnum):
    """How one screen leads to another."""

    OPTION = "option"
    NEXT = "next"
    SAFER = "safer"
    BEST = "best"
    OFFER = "offer"
    LINK = "link"  # in the text, or before and after a letter


FLOW = frozenset({WayKind.OPTION, WayKind.NEXT, WayKind.SAFER})


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """One way between two screens. ``chosen`` is the answer that takes it."""

    start: str
    end: str
    kind: WayKind
    label: str = ""
    when: Condition = ALWAYS
    chosen: str = ""
    line: int = 0


def ways_of(page: Page) -> tuple[Way, ...]:
    """Every way on from *page* but the links in its text."""
    return (*_options(page), *_routes(page), *_safer(page), *_side_ways(page))


def always(condition: Condition) -> bool:
    """Whether nothing was asked for: a route without ``when``."""
    return not condition.source


def settled(page: Page) -> bool:
    """Whether a route of *page* fits whatever was answered."""
    return any(always(route.when) for route in page.routes)


def options_of(page: Page) -> tuple[Option, ...]:
    """The options of *page*, none when it asks nothing."""
    return page.question.options if page.question else ()


def _options(page: Page) -> Iterator[Way]:
    if settled(page) and page.kind is not PageKind.HUB:
        return
    for option in options_of(page):
        if option.go:
            yield Way(
                start=page.id,
                end=option.go,
                kind=WayKind.OPTION,
                label=option.id,
                when=option.when,
                chosen=option.id,
                line=option.line,
            )


def _routes(page: Page) -> Iterator[Way]:
    for route in page.routes:
        yield Way(
            start=page.id,
            end=route.go,
            kind=WayKind.NEXT,
            label=route.when.source or _("else") * (len(page.routes) > 1),
            when=route.when,
            line=route.line,
        )
        if always(route.when):
            return


def _safer(page: Page) -> Iterator[Way]:
    question = page.question
    if question and question.safer and not question.required:
        yield Way(
            start=page.id, end=question.safer, kind=WayKind.SAFER, label=_("not sure")
        )


def _side_ways(page: Page) -> Iterator[Way]:
    for route in page.best:
        yield Way(
            start=page.id,
            end=route.go,
            kind=WayKind.BEST,
            when=route.when,
            line=route.line,
        )
    for offer in page.offers:
        if offer.startswith(PAGE):
            end = offer.removeprefix(PAGE)
            yield Way(start=page.id, end=end, kind=WayKind.OFFER, label=_("offer"))


def reach(
    starts: Collection[str],
    ways: Mapping[str, tuple[Way, ...]],
    follow: Callable[[Way], bool] = lambda _way: True,
) -> dict[str, Way | None]:
    """Every page that *starts* lead to, each with the way that found it."""
    found: dict[str, Way | None] = dict.fromkeys(starts)
    waiting = list(starts)
    while waiting:
        for way in ways.get(waiting.pop(), ()):
            if way.end not in found and way.end in ways and follow(way):
                found[way.end] = way
                waiting.append(way.end)
    return found


def branch_map(library: Library, format: MapFormat) -> str:  # noqa: A002  as the command line calls it
    """Every page of *library* and the ways between them, as a diagram's source."""
    pages = sorted(library.pages.values(), key=lambda page: (page.chapter, page.id))
    names = {page.id: f"n{number}" for number, page in enumerate(pages)}
    drawing = _Mermaid(names) if format == "mermaid" else _Dot(names)
    lines = [drawing.head]
    for chapter in sorted({page.chapter for page in pages}):
        lines.append(drawing.open(chapter))
        lines += [drawing.node(page) for page in pages if page.chapter == chapter]
        lines.append(drawing.close)
    drawn = dict.fromkeys(
        drawing.edge(way)
        for page in pages
        for way in ways_of(page)
        if way.kind is not WayKind.BEST and way.end in names
    )
    return "\n".join([*lines, *drawn, *drawing.foot, ""])


class _Mermaid:
    """The words of a Mermaid flowchart."""

    head, close, foot = "flowchart TD", "  end", ()
    _SHAPES: Mapping[PageKind, str] = {
        PageKind.QUESTION: '{{{{"{}"}}}}',
        PageKind.STEP: '["{}"]',
        PageKind.STOP: '(["{}"])',
        PageKind.HUB: '[["{}"]]',
        PageKind.PAGE: '("{}")',
    }

    def __init__(self, names: Mapping[str, str]) -> None:
        self._names = names

    def open(self, chapter: str) -> str:
        return f'  subgraph "{_entities(chapter)}"'

    def node(self, page: Page) -> str:
        text = f"{_entities(page.id)}<br/>{_entities(page.title)}"
        return f"    {self._names[page.id]}{self._SHAPES[page.kind].format(text)}"

    def edge(self, way: Way) -> str:
        line = "-->" if way.kind in (WayKind.OPTION, WayKind.NEXT) else "-.->"
        label = f'|"{_entities(_short(way.label))}"|' if way.label else ""
        return f"  {self._names[way.start]} {line}{label} {self._names[way.end]}"


class _Dot:
    """The words of Graphviz."""

    head = "digraph guide {\n  rankdir=TB;\n  node [fontname=sans];"
    close, foot = "  }", ("}",)
    _SHAPES: Mapping[PageKind, str] = {
        PageKind.QUESTION: "hexagon",
        PageKind.STEP: "box",
        PageKind.STOP: "octagon",
        PageKind.HUB: "doubleoctagon",
        PageKind.PAGE: "note",
    }

    def __init__(self, names: Mapping[str, str]) -> None:
        self._names = names

    def open(self, chapter: str) -> str:
        name = _quoted(f"cluster_{chapter}")
        return f"  subgraph {name} {{\n    label={_quoted(chapter)};"

    def node(self, page: Page) -> str:
        label = f"{_quoted(page.id)[:-1]}\\n{_quoted(page.title)[1:]}"
        shape = self._SHAPES[page.kind]
        return f"    {self._names[page.id]} [shape={shape}, label={label}];"

    def edge(self, way: Way) -> str:
        style = "solid" if way.kind in (WayKind.OPTION, WayKind.NEXT) else "dashed"
        label = _quoted(_short(way.label))
        start, end = self._names[way.start], self._names[way.end]
        return f"  {start} -> {end} [style={style}, label={label}];"


def _short(label: str) -> str:
    short = label[: LONGEST_LABEL - 1].rstrip() + "…"
    return label if len(label) <= LONGEST_LABEL else short


def _entities(text: str) -> str:
    """*text* inside a Mermaid string, where ``#`` begins an entity."""
    for character, entity in (("#", "#35;"), ('"', "#quot;"), ("<", "#lt;")):
        text = text.replace(character, entity)
    return " ".join(text.split())


def _quoted(text: str) -> str:
    """*text* as a DOT string."""
    text = " ".join(text.split()).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{text}"'
