"""A letter as plain text: UTF-8, lines of at most 72 columns, LF at the end.

A word longer than a line (a web address, a fingerprint) is never broken, and
lines that must stay exact, such as mail headers, are never touched.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from typing import assert_never

from guide.model.characters import clean, one_line
from guide.model.paper import Paper, Paragraph, ParagraphKind
from guide.words import _

WIDTH = 72  # RFC 5322 section 2.1.1 asks for 78 at most, and a reply adds "> "


def write(letter: Paper) -> bytes:
    """The whole letter: date, recipient, subject and body."""
    subject = one_line(letter.subject)
    head = [
        clean(letter.date_line).strip(),
        clean(letter.to).strip(),
        _("Subject: {subject}").format(subject=subject) if subject else "",
    ]
    parts = [*(part for part in head if part), body(letter).rstrip("\n")]
    return ("\n\n".join(parts).strip("\n") + "\n").encode()


def body(letter: Paper) -> str:
    """Only what stands under the subject, as a mail carries it."""
    text = ""
    before: ParagraphKind | None = None
    for paragraph in letter.paragraphs:
        kind = paragraph.kind
        # Items of one list stay together; everything else is set apart.
        text += "\n" if kind is before is ParagraphKind.ITEM else "\n\n"
        text += "\n".join(_lines(paragraph))
        before = kind
    return text.strip("\n") + "\n"


def _lines(paragraph: Paragraph) -> Iterator[str]:
    match paragraph.kind:
        case ParagraphKind.TEXT | ParagraphKind.HEADING:
            yield from _wrapped(paragraph.text)
        case ParagraphKind.ITEM:
            yield from _wrapped(paragraph.text, "- ", "  ")
        case ParagraphKind.EXACT:
            yield from clean(paragraph.text).split("\n")
        case ParagraphKind.TABLE:
            yield from _named_cells(paragraph.rows)
        case _:
            assert_never(paragraph.kind)


def _wrapped(text: str, first: str = "", later: str = "") -> Iterator[str]:
    for number, line in enumerate(clean(text).strip().split("\n")):
        start = later if number else first
        yield from textwrap.wrap(
            line.strip(),
            WIDTH,
            initial_indent=start,
            subsequent_indent=later,
            break_long_words=False,
            break_on_hyphens=False,
        ) or [start.rstrip()]


def _named_cells(rows: tuple[tuple[str, ...], ...]) -> Iterator[str]:
    """A table as ``Name: value`` lines, which a mail or a web form keeps."""
    if not rows:
        return
    names = rows[0]
    for number, row in enumerate(rows[1:]):
        if number:
            yield ""
        for column, cell in enumerate(row):
            name = one_line(names[column]) if column < len(names) else ""
            yield f"{name}: {one_line(cell)}" if name else one_line(cell)
