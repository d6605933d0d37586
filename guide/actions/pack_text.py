"""The words of a pack as blocks: every one of them passes the text gate.

Markdown can write a hidden character as an entity, so what comes out of it is looked
at again. A picture is its text and its path.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from guide.library.markdown import MOST_BLOCKS, blocks
from guide.model.characters import runs_right_to_left
from guide.model.pack import About, Listed
from guide.model.text import Block, BlockKind, Span, paragraph
from guide.safety.display import show
from guide.words import _

# Repeats have an end, and no two of them can take the same text.
_IMAGE = re.compile(
    r"!\[([^][\n]{0,400})\]\(<?([^()<>\s]{1,400})(?:[>\s][^()\n]{0,200})?\)"
)
_LONGEST = 64 * 1024
_LONGEST_TITLE, _LONGEST_LINE = 200, 2_000
_MARKS = re.compile(r"[][*_`&<\\]")


def stamp(about: About) -> Block:
    """Whose words these are: stands on every screen of a pack."""
    unsaid = _("not stated")
    words = _("{title}. Author: {author}. Licence: {licence}. Date: {date}.")
    text = words.format(
        title=title(about.title),
        author=title(about.author) or unsaid,
        licence=title(about.licence) or unsaid,
        date=title(about.date) or unsaid,
    )
    return Block(kind=BlockKind.CALLOUT, lead=_("Not part of the guide"), text=text)


def notes(item: Listed, lang: str) -> tuple[Block, ...]:
    """What to know before reading *item* where *lang* was asked for."""
    said = []
    if item.lang != lang:
        words = _("This page is not translated yet. Its language is: {lang}.")
        said.append(words.format(lang=title(item.lang)))
    if runs_right_to_left("", item.lang):
        words = _("This text runs from right to left. Some terminals do not turn it.")
        more = _("There, each line begins at its left end, letter by letter.")
        said.append(f"{words} {more}")
    return tuple(
        Block(kind=BlockKind.CALLOUT, lead=_("Note"), text=text) for text in said
    )


def title(text: str) -> str:
    """A title of a pack, or another few words."""
    return show(text, limit=_LONGEST_TITLE)


def one_line(markdown: str) -> tuple[str, tuple[Span, ...]]:
    """A line that may hold Markdown, such as a check; its links still have a place."""
    if _MARKS.search(markdown) and (found := lesson_blocks(markdown)):
        return found[0].text, found[0].spans
    return show(markdown, limit=_LONGEST_LINE), ()


def lesson_blocks(markdown: str) -> tuple[Block, ...]:
    """One page of a lesson, safe to draw."""
    raw = show(_IMAGE.sub(_image, markdown), multiline=True, limit=_LONGEST)
    found = blocks(raw)
    shown = tuple(_gated(block) for block in found)
    if len(found) < MOST_BLOCKS:
        return shown
    words = _("This page is longer than the guide can show. The rest is in its file.")
    return (*shown, Block(kind=BlockKind.CALLOUT, lead=_("Note"), text=words))


def _image(found: re.Match[str]) -> str:
    text, path = found[1].strip(), found[2].replace("`", "")
    words = _("[Picture: {text}. File: {path}]") if text else _("[Picture: {path}]")
    plain = text.replace("`", "").replace("\\", "")
    return "`" + words.format(text=plain, path=path) + "`"


def _gated(block: Block) -> Block:
    """*block* with what its entities stood for made visible, and its spans in place."""
    if show(block.text, multiline=True) == block.text:
        return replace(block, spans=tuple(map(_span, block.spans)))
    cuts = sorted({0, len(block.text), *_edges(block)})
    moved, text = {0: 0}, ""
    for start, end in pairwise(cuts):
        text += show(block.text[start:end], multiline=True, limit=_LONGEST)
        moved[end] = len(text)
    spans = tuple(
        _span(replace(s, start=moved[s.start], end=moved[s.end])) for s in block.spans
    )
    return replace(block, text=text, spans=spans)


def _edges(block: Block) -> Iterator[int]:
    for span in block.spans:
        yield span.start
        yield span.end


def _span(span: Span) -> Span:
    return replace(span, target=show(span.target)) if span.target else span


def missing_blocks(words: str) -> tuple[Block, ...]:
    """What is said where a link of a pack leads nowhere."""
    text = _("This link leads to something that is not in the pack: {words}.")
    rest = _("Nothing is lost. Go back, or look in the contents of the pack.")
    return (paragraph(text.format(words=title(words))), paragraph(rest))
