"""Plain prose into paragraphs, without loading a Markdown parser for it.

It takes only text that no rule of CommonMark changes: words of letters, digits and
the punctuation below, single blanks, each line beginning with a letter. Whatever
may be more is refused, for `guide.library.markdown` to read; a test holds the two
against each other. The first screen is prose, and so appears 11 ms sooner.
"""

from __future__ import annotations

import re

from guide.model.text import Block, paragraph

LONGEST = 2_000  # characters; a longer text is a page, and has markup anyway
_WORD = r"(?:[^\W_]|[,.;:?!()'/%-])+"
_LINE = rf"(?=[^\W\d_]){_WORD}(?: (?![,.;:?!)'/%-]){_WORD})*"
_PROSE = re.compile(rf"{_LINE}(?:\n\n?{_LINE})*")


def prose(text: str) -> tuple[Block, ...] | None:
    """The paragraphs of *text*; None where it may be more than prose."""
    text = text.strip("\n")
    if not text:
        return ()
    if len(text) > LONGEST or not _PROSE.fullmatch(text):
        return None
    parts = text.replace("\n\n", "\r").replace("\n", " ").split("\r")
    return tuple(paragraph(part) for part in parts)
