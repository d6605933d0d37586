"""A letter as Markdown that renders as exactly the words that were written.

Every character that CommonMark or GitHub's extensions could act on is escaped;
nothing becomes emphasis, a link, a picture, a mention or a formula.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import assert_never

from guide.letters.formats.headed import headed
from guide.model.characters import clean, one_line
from guide.model.paper import Paper, Paragraph, ParagraphKind

# CommonMark 0.31 section 2.4: a backslash before ASCII punctuation makes it literal.
_ACTIVE = re.compile(r"[\\`*_\[\]{}<>#|~&@$^=+!]")
_BARE_ADDRESS = re.compile(r"(?i):(?=//)|(?<=\bwww)\.|(?<=mailto):|(?<=xmpp):")
_LINE_START = re.compile(r"^(\d+)(?=[.)])|^(?=[-:])")
_FENCE = re.compile("`{3,}")


def write(letter: Paper) -> bytes:
    """The whole letter, its subject as the heading."""
    letter = headed(letter)
    subject = one_line(letter.subject)
    blocks = [
        _lines(letter.date_line),
        _lines(letter.to),
        f"# {_escaped(subject)}" if subject else "",
    ]
    text = "\n\n".join(block for block in blocks if block)
    before: ParagraphKind | None = None
    for paragraph in letter.paragraphs:
        together = paragraph.kind is before is ParagraphKind.ITEM
        text += ("\n" if together else "\n\n") + _block(paragraph)
        before = paragraph.kind
    return (text.strip("\n") + "\n").encode()


def _block(paragraph: Paragraph) -> str:
    match paragraph.kind:
        case ParagraphKind.TEXT:
            return _lines(paragraph.text)
        case ParagraphKind.HEADING:
            return f"## {_escaped(one_line(paragraph.text))}"
        case ParagraphKind.ITEM:
            return "- " + _lines(paragraph.text).replace("\n", "\n  ")
        case ParagraphKind.EXACT:
            return _fenced(clean(paragraph.text))
        case ParagraphKind.TABLE:
            return "\n".join(_table(paragraph.rows))
        case _:
            assert_never(paragraph.kind)


def _lines(text: str) -> str:
    """Lines of one paragraph; an empty one would end it, so it is left out."""
    lines = (line.strip() for line in clean(text).split("\n"))
    return "\\\n".join(_escaped(line) for line in lines if line)


def _escaped(line: str) -> str:
    line = _ACTIVE.sub(r"\\\g<0>", line)
    line = _BARE_ADDRESS.sub(r"\\\g<0>", line)
    return _LINE_START.sub(r"\g<1>\\", line)


def _fenced(text: str) -> str:
    longest = max((len(run) for run in _FENCE.findall(text)), default=2)
    fence = "`" * (longest + 1)
    return f"{fence}text\n{text}\n{fence}"


def _table(rows: tuple[tuple[str, ...], ...]) -> Iterator[str]:
    for number, row in enumerate(rows):
        cells = (_escaped(one_line(cell)) for cell in row)
        yield f"| {' | '.join(cells)} |"
        if not number:
            yield f"|{' --- |' * len(row)}"
