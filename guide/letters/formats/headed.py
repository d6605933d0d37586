"""What names a paper as a whole, and whether its pages need numbers. Pure."""

from __future__ import annotations

from dataclasses import replace

from guide.model.characters import one_line
from guide.model.paper import Paper, ParagraphKind

_LONG = 1_500  # letters that may need a second page


def headed(paper: Paper) -> Paper:
    """The *paper* with a subject: where it has none, the heading that it begins with.

    A form, a checklist or a lesson begins so. Else all of its headings would be of one
    level, and nothing would name the whole.
    """
    first = paper.paragraphs[0] if paper.paragraphs else None
    if one_line(paper.subject) or first is None:
        return paper
    if first.kind is not ParagraphKind.HEADING or not one_line(first.text):
        return paper
    return replace(paper, subject=first.text, paragraphs=paper.paragraphs[1:])


def may_be_long(paper: Paper) -> bool:
    """Whether it may need a second page, and its pages therefore numbers."""
    letters = sum(
        len(each.text) + 60 * len(each.rows) + 60 for each in paper.paragraphs
    )
    return letters > _LONG
