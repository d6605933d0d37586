"""How a letter, a form or a receipt stands on its pages: structure, not pixels."""

from __future__ import annotations

import io
import re
from dataclasses import replace

import pytest
from docx import Document
from pypdf import PdfReader

from guide.actions.receipt import receipt_paper
from guide.letters.formats import html, write
from guide.letters.formats.headed import headed
from guide.model.paper import Paper, Paragraph, ParagraphKind
from tests.unit.case_reading import Page
from tests.unit.case_samples import WHOLE
from tests.unit.test_case_book_formats import tags_of

HEBREW, ENGLISH = "\u05e9\u05dc\u05d5\u05dd!", "Come here now!"
SHORT = Paper(
    title="Notice", subject="No contact", paragraphs=(Paragraph(text="Stop."),)
)
LONG = replace(SHORT, paragraphs=(Paragraph(text="Some words. " * 20),) * 40)
# As a checklist of a pack is printed: it has no subject.
LESSON = Paper(
    title="Passwords",
    subject="",
    paragraphs=(
        Paragraph(kind=ParagraphKind.HEADING, text="Passwords"),
        Paragraph(text="By a group."),
        Paragraph(kind=ParagraphKind.HEADING, text="Make one"),
        Paragraph(kind=ParagraphKind.ITEM, text="[ ] Choose words"),
    ),
)
ROWS = (("Name", "Fingerprint"), ("E-001", "0123abcd " * 8), ("E-002", "x"))
TABLE = Paragraph(kind=ParagraphKind.TABLE, rows=ROWS)


def test_pages_are_numbered_where_there_are_several() -> None:
    (only,) = PdfReader(io.BytesIO(write(SHORT, "pdf"))).pages
    assert "Page" not in only.extract_text()
    pages = PdfReader(io.BytesIO(write(LONG, "pdf"))).pages
    assert len(pages) > 1
    for number, page in enumerate(pages, 1):
        assert f"Page {number} of {len(pages)}" in page.extract_text()


@pytest.mark.parametrize(
    ("paper", "counted"), [(SHORT, []), (LONG, ["PAGE", "NUMPAGES"])]
)
def test_a_long_word_letter_counts_its_pages(paper: Paper, counted: list[str]) -> None:
    document = Document(io.BytesIO(write(paper, "docx")))
    foot = document.sections[0].footer.paragraphs[0]._p
    assert foot.xpath("w:fldSimple/@w:instr") == counted


def test_a_form_without_a_subject_is_named_by_its_first_heading() -> None:
    tree = PdfReader(io.BytesIO(write(LESSON, "pdf"))).root_object["/StructTreeRoot"]
    tags = [str(tag["/S"]) for tag in tags_of(tree) if "/S" in tag]
    assert [tag for tag in tags if tag in ("/H1", "/H2")] == ["/H1", "/H2"]
    document = Document(io.BytesIO(write(LESSON, "docx")))
    names = [each.style.name for each in document.paragraphs if each.style]
    assert [x for x in names if x and "Heading" in x] == ["Heading 1", "Heading 2"]
    tags = [name for name, _given in Page(html.write(LESSON)).tags]
    assert [tag for tag in tags if re.fullmatch("h[1-6]", tag)] == ["h1", "h2"]
    for writer in (write(LESSON, "txt"), write(LESSON, "md"), html.write(LESSON)):
        assert writer.count(b"Passwords") <= 2  # once as the title of a page


@pytest.mark.parametrize("paper", [SHORT, replace(LESSON, paragraphs=())])
def test_nothing_else_is_made_a_heading(paper: Paper) -> None:
    assert headed(paper) == paper


def test_a_table_of_a_web_page_names_its_columns_and_stops_no_key() -> None:
    page = Page(html.write(replace(SHORT, paragraphs=(TABLE,))))
    heads = [given for name, given in page.tags if name == "th"]
    assert [given["scope"] for given in heads] == ["col", "col"]
    assert ("div", {"class": "table"}) in page.tags
    assert not any("tabindex" in given for _name, given in page.tags)


def test_a_table_of_a_word_letter_gives_room_where_it_is_needed() -> None:
    letter = replace(SHORT, paragraphs=(TABLE,))
    (table,) = Document(io.BytesIO(write(letter, "docx"))).tables
    name, hash_ = (int(each.width or 0) for each in table.columns)
    assert hash_ > 2 * name
    assert name + hash_ < 161 * 36_000  # EMU: as wide as the page without its sides
    for row in table._tbl.xpath("w:tr"):
        assert row.xpath("w:trPr/w:cantSplit")


@pytest.mark.parametrize("count", range(6, 16))
def test_the_lines_to_sign_are_on_one_page(count: int) -> None:
    case = replace(WHOLE, exhibits=WHOLE.exhibits[:1] * count)
    data = write(receipt_paper(case), "pdf")
    texts = [page.extract_text() for page in PdfReader(io.BytesIO(data)).pages]
    (signed,) = [text for text in texts if "Signature:" in text]
    assert signed.count("_____") >= 6
    assert "Signatures" in signed


def test_the_names_of_columns_stand_on_each_page_of_a_receipt() -> None:
    case = replace(WHOLE, exhibits=WHOLE.exhibits * 15)
    data = write(receipt_paper(case), "pdf")
    texts = [page.extract_text() for page in PdfReader(io.BytesIO(data)).pages]
    assert len(texts) > 2
    for text in texts:
        assert ("Fingerprint (SHA-256)" in text) == ("E-00" in text)


def test_each_line_of_a_letter_runs_its_own_way() -> None:
    """Else the sign that ends a line is printed before it."""
    letter = replace(SHORT, paragraphs=(Paragraph(text=f"{HEBREW}\n{ENGLISH}"),))
    body = Document(io.BytesIO(write(letter, "docx"))).element.body
    turned = [bool(each.xpath("w:pPr/w:bidi")) for each in body.xpath("w:p")]
    assert turned == [False, True, False]  # the subject, then the two lines
    page = PdfReader(io.BytesIO(write(letter, "pdf"))).pages[0]
    found: list[float] = []

    def see(text: str, at: list[float], tm: list[float], *_more: object) -> None:
        if "now" in text:
            found.append(at[0] * tm[4] + at[2] * tm[5] + at[4])

    page.extract_text(visitor_text=see)
    assert found
    assert min(found) < page.mediabox.width / 3
