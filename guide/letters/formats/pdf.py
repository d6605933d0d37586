"""A letter as a tagged PDF (PDF/UA-1), which a screen reader can read aloud.

The words reach Typst as JSON, never as its code, and nothing is fetched or put
on disk. No author and no time are stamped. Where no font here has a character,
the letter is refused rather than printed with boxes: PDF/UA forbids them
(ISO 14289-1, 7.21.4.1), so the compiler finds them for us.
"""

from __future__ import annotations

import json
from itertools import groupby
from pathlib import Path

import typst

from guide.letters.formats.headed import headed
from guide.model.characters import (
    clean,
    one_line,
    runs_of,
    subtags,
)
from guide.model.paper import Paper, Paragraph, ParagraphKind
from guide.model.problems import NotWrittenError
from guide.words import _

_Block = dict[str, object]
_PAGE = Path(__file__).with_name("letter.typ")


def write(letter: Paper) -> bytes:
    """The letter on A4 pages, or on US Letter where the language is of there."""
    try:
        return typst.compile(
            _PAGE,
            root=_PAGE.parent,
            format="pdf",
            pdf_standards="ua-1",
            sys_inputs={"letter": json.dumps(_data(letter))},
        )
    except typst.TypstError as error:
        raise _refusal(error) from None  # its text quotes the letter


def _refusal(error: typst.TypstError) -> NotWrittenError:
    # Only ever matched, never shown: other versions may word it differently.
    if "could not be displayed" in error.diagnostic:
        return NotWrittenError(
            _("The PDF would show boxes in place of some characters. It was not made."),
            _("Save the letter as DOCX or text instead."),
        )
    return NotWrittenError(
        _("The PDF could not be made. Nothing was changed."),
        _("Save the letter as DOCX or text instead."),
    )


def _data(letter: Paper) -> _Block:
    letter = headed(letter)
    lang, region = subtags(letter.lang)
    return {
        "title": one_line(letter.title) or one_line(letter.subject) or _("Letter"),
        "lang": lang,
        "page": _("Page {page} of {pages}"),
        "region": region,
        "paper": "us-letter" if region in ("US", "CA") else "a4",
        # A screen reader must meet no level that is skipped (PDF/UA).
        "below": 1 if one_line(letter.subject) else 0,
        "blocks": _head(letter) + _body(letter),
    }


def _head(letter: Paper) -> list[_Block]:
    blocks = [
        _block(text, letter.lang)
        for text in (letter.date_line, letter.to)
        if text.strip()
    ]
    if subject := one_line(letter.subject):
        blocks.append(_block(subject, letter.lang, kind="subject"))
    return blocks


def _body(letter: Paper) -> list[_Block]:
    blocks: list[_Block] = []
    for kind, group in groupby(letter.paragraphs, key=lambda part: part.kind):
        if kind is ParagraphKind.ITEM:
            items = [clean(part.text).strip() for part in group]
            blocks.append(_block(items[0], letter.lang, kind="items", items=items))
        else:
            blocks += [_one(part, letter.lang) for part in group]
    return blocks


def _one(paragraph: Paragraph, lang: str) -> _Block:
    kind = paragraph.kind.value
    if paragraph.kind is ParagraphKind.TABLE:
        width = max(map(len, paragraph.rows), default=0)
        if not width:
            return _block("", lang)
        rows = [
            [*(clean(cell).strip() for cell in row), *[""] * (width - len(row))]
            for row in paragraph.rows
        ]
        return _block(rows[0][0], lang, kind=kind, rows=rows)
    return _block(paragraph.text, lang, kind=kind)


def _block(text: str, lang: str, *, kind: str = "text", **more: object) -> _Block:
    text = clean(text) if kind == "exact" else clean(text).strip()
    runs = [{"rtl": rtl, "text": run} for rtl, run in runs_of(text, lang)]
    return {"kind": kind, "text": text, "rtl": runs[0]["rtl"], "runs": runs, **more}
