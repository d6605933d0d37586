"""Words of 100,000 letters, as somebody may send them: the book is made, and whole."""

from __future__ import annotations

import io
import re
import time
from dataclasses import replace

import pytest
from docx import Document
from pypdf import PdfReader

from guide.export.book import FORMATS
from guide.export.chart import to_do
from guide.export.volumes import volumes
from guide.model.case import Case
from guide.model.paper import Paragraph, ParagraphKind
from guide.model.people import Person
from tests.unit.case_reading import made, squeezed, text_of
from tests.unit.case_samples import CONTACT, LETTER, WHOLE

LONGEST = 100_000  # letters that a blank holds
HEBREW = "\u05e9"
DENSE = 110  # times the sample: then the pages are set more closely


def with_words(*lines: str, times: int = 1) -> Case:
    """Each of *lines* in every place that holds words of others."""
    many = [_with_line(line) for line in lines]
    table = Paragraph(kind=ParagraphKind.TABLE, rows=(lines, lines))
    headings = (Paragraph(kind=ParagraphKind.HEADING, text=line) for line in lines)
    paper = replace(LETTER.letter.paper, paragraphs=(*headings, table))
    return replace(
        WHOLE,
        people=tuple(Person(id="p1", label=line) for line in lines),
        incidents=(*(x.incidents[0] for x in many), *WHOLE.incidents[1:] * times),
        exhibits=tuple(x.exhibits[0] for x in many),
        chart=tuple(x.chart[0] for x in many),
        contacts=tuple(x.contacts[0] for x in many),
        letters=(replace(LETTER, letter=replace(LETTER.letter, paper=paper)),),
    )


def _with_line(line: str) -> Case:
    first, shown = WHOLE.incidents[0], WHOLE.exhibits[0]
    told = replace(first.incident, account=line, where=line, witnesses=(line,))
    kept = replace(shown.evidence, original_name=line, note=line)
    talk = replace(CONTACT.contact, organisation=line)
    return replace(
        WHOLE,
        incidents=(replace(first, incident=told),),
        exhibits=(replace(shown, evidence=kept, headers=line),),
        chart=(replace(WHOLE.chart[0], who=line),),
        contacts=(replace(CONTACT, contact=talk),),
    )


def test_a_book_of_endless_words_is_made_in_time() -> None:
    words = "x" * LONGEST
    first, shown = WHOLE.incidents[0], WHOLE.exhibits[0]
    told = replace(first.incident, account=words)
    incidents = (replace(first, incident=told),)
    exhibits = (replace(shown, headers=words),)
    began = time.monotonic()
    data = made(replace(WHOLE, incidents=incidents, exhibits=exhibits), "pdf")
    assert time.monotonic() - began < 20  # about 1.5 s on an idle computer
    assert len(PdfReader(io.BytesIO(data)).pages) > 50


@pytest.mark.parametrize("format_", FORMATS)
def test_an_endless_name_is_a_short_heading(format_: str) -> None:
    """A PDF holds no string of more than 32,767 letters, and names its headings."""
    name = "x" * 33_000
    talk = replace(CONTACT.contact, organisation=name)
    kept = replace(WHOLE.exhibits[1].evidence, original_name=f"{name}.jpg")
    exhibit = replace(WHOLE.exhibits[1], evidence=kept)
    contacts = (replace(CONTACT, contact=talk),)
    data = made(replace(WHOLE, contacts=contacts, exhibits=(exhibit,)), format_)
    headings = headings_of(data, format_)
    assert len(headings) > 8
    assert max(map(len, headings)) < 250


def headings_of(data: bytes, format_: str) -> list[str]:
    if format_ == "pdf":
        return outlined(PdfReader(io.BytesIO(data)).outline)
    if format_ == "docx":
        return [
            each.text
            for each in Document(io.BytesIO(data)).paragraphs
            if each.style and str(each.style.name).startswith("Heading")
        ]
    return re.findall("<h[1-4][^>]*>(.*?)</h", data.decode())


def outlined(entries: object) -> list[str]:
    """The names in the list of headings of a PDF."""
    if not isinstance(entries, list):
        return [str(getattr(entries, "title", ""))]
    return [name for each in entries for name in outlined(each)]


LINES = (
    "x" * 2_500,
    HEBREW * 2_500,
    f"before {HEBREW * 5} {'x' * 2_500}",
    f"{HEBREW * 3} x {HEBREW * 40}",
    f"{HEBREW * 3} {'x' * 50}\nx\n{HEBREW}",
    "x y " * 100,
    "x\n" * 40,
)


@pytest.mark.parametrize("times", [1, DENSE])
def test_no_letter_is_lost_on_the_pages(times: int) -> None:
    """Typst drops a paragraph inside a paragraph without a word."""
    text = squeezed(text_of(made(with_words(*LINES, times=times), "pdf"), "pdf"))
    hebrew = HEBREW if HEBREW in text else "\u27e805E9\u27e9"
    # Account, where, witness, name, note, who, office, person, headers, a heading of
    # a letter, and two cells.
    for letter, drawn in (("x", "x"), (HEBREW, hebrew)):
        assert text.count(drawn) >= 12 * sum(line.count(letter) for line in LINES)


def test_endless_words_share_no_volume_with_too_many_others() -> None:
    """The memory that pages take grows with the words, not with the records."""
    first = WHOLE.incidents[0]
    heavy = replace(first, incident=replace(first.incident, account="x" * LONGEST))
    parts = volumes(replace(WHOLE, incidents=(heavy,) * 40, exhibits=()))
    assert [len(each.incidents) for each in parts] == [14, 14, 12]
    usual = replace(WHOLE, incidents=(first,) * 300, exhibits=())
    assert volumes(usual) == (usual,)


def test_what_is_missing_is_said_once_for_all_that_miss_it() -> None:
    rows = tuple(
        replace(WHOLE.chart[0], labels=(f"I-00{n}",), missing=missing)
        for n, missing in enumerate(("who it was", "", "when it was", "who it was"))
    )
    assert to_do(rows) == ("I-000, I-003: who it was", "I-002: when it was")
