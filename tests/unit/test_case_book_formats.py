"""What each format of a case book promises to readers and to programs."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

import pytest
from docx import Document
from pypdf import PageObject, PdfReader
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, PdfObject

from guide.export.book.printing import short_head
from guide.model.case import Part
from guide.model.paper import Paragraph, ParagraphKind
from guide.model.records import Claim
from tests.unit.case_reading import Page, made, squeezed, text_of
from tests.unit.case_samples import LETTER, WHOLE


def test_the_pdf_says_that_it_is_for_everyone_and_for_long() -> None:
    reader = PdfReader(io.BytesIO(made(WHOLE, "pdf")))
    about = reader.xmp_metadata
    assert about is not None
    xmp = about.stream.get_data().decode()
    assert "<pdfaid:part>2</pdfaid:part>" in xmp
    assert "<pdfaid:conformance>A</pdfaid:conformance>" in xmp
    assert "<pdfuaid:part>1</pdfuaid:part>" in xmp
    assert "creator>" not in xmp
    root = reader.root_object
    assert str(root["/Lang"]) == "en"
    assert dictionary(root["/MarkInfo"])["/Marked"]
    assert dictionary(root["/ViewerPreferences"])["/DisplayDocTitle"]
    assert reader.metadata is not None
    assert reader.metadata.title == WHOLE.title
    assert reader.metadata.author is None


def test_the_pdf_is_tagged_as_what_it_is() -> None:
    reader = PdfReader(io.BytesIO(made(WHOLE, "pdf")))
    tags = list(tags_of(reader.root_object["/StructTreeRoot"]))
    names = [str(tag["/S"]) for tag in tags if "/S" in tag]
    assert {"/P", "/H1", "/H2", "/H3", "/Table", "/TH", "/TD", "/L", "/LI"} <= set(
        names
    )
    figures = [str(tag["/Alt"]) for tag in tags if tag.get("/S") == "/Figure"]
    assert len(figures) == 3
    assert "E-002, screen.JPG, 1,234,569 bytes" in figures
    assert any("from June 2026 to November 2026" in each for each in figures)


def test_the_fonts_are_in_the_pdf() -> None:
    reader = PdfReader(io.BytesIO(made(WHOLE, "pdf")))
    for page in reader.pages:
        fonts = dictionary(dictionary(page["/Resources"])["/Font"]).values()
        assert fonts
        for font in fonts:
            (inner,) = items(dictionary(font)["/DescendantFonts"])
            described = dictionary(dictionary(inner)["/FontDescriptor"])
            assert {"/FontFile2", "/FontFile3"} & set(described)


def dictionary(value: PdfObject) -> DictionaryObject:
    found = value.get_object()
    assert isinstance(found, DictionaryObject)
    return found


def items(value: PdfObject) -> ArrayObject:
    found = value.get_object()
    assert isinstance(found, ArrayObject)
    return found


def tags_of(tag: object) -> Iterator[DictionaryObject]:
    if isinstance(tag, IndirectObject):
        tag = tag.get_object()
    if isinstance(tag, ArrayObject):
        for each in tag:
            yield from tags_of(each)
    elif isinstance(tag, DictionaryObject):
        yield tag
        yield from tags_of(tag.get("/K"))


def test_every_page_says_which_it_is() -> None:
    reader = PdfReader(io.BytesIO(made(WHOLE, "pdf")))
    for number, page in enumerate(reader.pages, 1):
        text = page.extract_text()
        assert f"Page {number} of {len(reader.pages)}" in text
        assert "Made on 20 November 2026" in text
        assert squeezed(WHOLE.head[:16]) in squeezed(text)


def test_the_web_page_asks_nobody_for_anything() -> None:
    page = Page(made(WHOLE, "html"))
    names = {name for name, _attributes in page.tags}
    assert not names & {"script", "link", "iframe", "object", "form", "base"}
    assert page.tags[0] == ("html", {"lang": "en", "dir": "ltr"})
    policy = "default-src 'none'; img-src data:; style-src 'unsafe-inline'"
    assert any(dict(given).get("content") == policy for _name, given in page.tags)
    for _name, given in page.tags:
        for place in ("src", "href"):
            assert str(given.get(place, "#")).startswith(("#", "data:image/"))
        assert not any(name.startswith("on") for name in given)
    images = [given for name, given in page.tags if name == "img"]
    assert len(images) == 2
    assert all(given["alt"] for given in images)
    assert {"h1", "h2", "h3", "h4", "nav", "main", "section", "th"} <= names


def test_the_word_document_has_headings_headers_and_no_stamp() -> None:
    data = made(WHOLE, "docx")
    document = Document(io.BytesIO(data))
    styles = {each.style.name for each in document.paragraphs if each.style}
    assert {"Title", "Heading 1", "Heading 2", "Heading 3"} <= styles
    for table in document.tables:
        assert table._tbl.xpath("w:tr[1]/w:trPr/w:tblHeader")
    codes = "".join(document.element.xpath("//w:instrText/text()"))
    assert "TOC" in codes
    foot = document.sections[0].footer.paragraphs[0]._p
    assert [each.strip() for each in foot.xpath(".//w:instrText/text()")] == [
        "PAGE",
        "NUMPAGES",
    ]
    properties = document.core_properties
    assert properties.title == WHOLE.title
    assert not (properties.author or properties.last_modified_by)
    assert properties.comments == ""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        names = package.namelist()
        times = {entry.date_time for entry in package.infolist()}
    assert times == {(1980, 1, 1, 0, 0, 0)}
    assert not any("thumbnail" in name or "app.xml" in name for name in names)
    alts = document.element.xpath("//wp:docPr/@descr")
    assert len(alts) == 3
    assert "E-002, screen.JPG, 1,234,569 bytes" in alts


def test_wide_parts_lie_on_their_side_in_word() -> None:
    document = Document(io.BytesIO(made(WHOLE, "docx")))
    shapes = [
        each.page_width > each.page_height
        for each in document.sections
        if each.page_width and each.page_height
    ]
    assert shapes == [False, True, False, True, False]


@pytest.mark.parametrize("times", [1, 80])
def test_nothing_runs_off_a_page(times: int) -> None:
    """Not many lines, nor one long word, nor many fields, nor a long column name."""
    tall = "\n".join(f"line{number}" for number in range(300))
    wide = "w" * 3000
    first, shown = WHOLE.incidents[0], WHOLE.exhibits[0]
    told = replace(first.incident, account=tall, where=wide, effect=f"{wide} {tall}")
    claims = tuple(Claim(what="claim", value=f"claim{n}") for n in range(700))
    kept = replace(shown.evidence, claims=claims, note=tall, original_name=wide)
    table = Paragraph(kind=ParagraphKind.TABLE, rows=((tall, wide), (wide, tall)))
    paper = replace(LETTER.letter.paper, paragraphs=(table, Paragraph(text=tall)))
    case = replace(
        WHOLE,
        incidents=(replace(first, incident=told), *WHOLE.incidents * times),
        chart=(replace(WHOLE.chart[0], happened=tall, who=wide),),
        exhibits=(replace(shown, evidence=kept, headers=f"{tall}\n{wide}"),),
        letters=(replace(LETTER, letter=replace(LETTER.letter, paper=paper)),),
    )
    for page in PdfReader(io.BytesIO(made(case, "pdf"))).pages:
        width, height = page.mediabox.width, page.mediabox.height
        for x, y in places_on(page):
            assert 40 < x < width - 40
            assert 20 < y < height - 20


def places_on(page: PageObject) -> list[tuple[float, float]]:
    """Where each piece of text starts."""
    found: list[tuple[float, float]] = []

    def see(text: str, at: list[float], tm: list[float], *_more: object) -> None:
        if text.strip():
            x, y = tm[4], tm[5]
            found.append((at[0] * x + at[2] * y + at[4], at[1] * x + at[3] * y + at[5]))

    page.extract_text(visitor_text=see)
    assert found
    return found


REAL_HEAD = "81: 009e fba0 1244 8179 1610 fa82 dd86 0e5d 4b8b 2261 e142 5983 76ee"


@pytest.mark.parametrize("format_", ["pdf", "docx", "html"])
def test_the_head_of_the_journal_is_written_as_in_the_bag(format_: str) -> None:
    """Two people compare it aloud, so its groups are the same on every paper."""
    data = made(replace(WHOLE, head=REAL_HEAD), format_)
    text = " ".join(text_of(data, format_).split())
    assert REAL_HEAD in text
    assert "81: 009e fba0 1244 8179" in short_head(REAL_HEAD)
    if format_ != "docx":  # there it stands in the head of the pages
        assert f"Journal {short_head(REAL_HEAD)}" in text


def test_a_record_that_is_not_long_stays_on_one_page() -> None:
    case = replace(
        WHOLE, incidents=WHOLE.incidents[:1] * 9, parts=frozenset({Part.LOG})
    )
    for page in PdfReader(io.BytesIO(made(case, "pdf"))).pages:
        text = page.extract_text()
        assert text.count("What happened") == text.count("Written down")
    body = Document(io.BytesIO(made(case, "docx"))).element.body
    fields = body.xpath("//w:p[w:pPr/w:pStyle/@w:val='Field']")
    kept = [bool(each.xpath("w:pPr/w:keepNext")) for each in fields]
    ends = [number for number, keep in enumerate(kept) if not keep]
    assert len(ends) == 9 + 2  # each incident, the cover, and how to check
    assert len(kept) > 9 * 10


def test_a_row_of_a_word_table_is_on_one_page() -> None:
    document = Document(io.BytesIO(made(WHOLE, "docx")))
    for row in document.element.xpath("//w:tr"):
        assert row.xpath("w:trPr/w:cantSplit")


def test_the_contents_of_a_word_document_promise_no_empty_page_number() -> None:
    document = Document(io.BytesIO(made(WHOLE, "docx")))
    lines = [x for x in document.paragraphs if x.style and x.style.name == "Contents"]
    assert len(lines) == len(WHOLE.parts) + 1
    for line in lines:
        assert line._p.xpath("w:hyperlink/@w:anchor")
        assert "\t" not in line.text
    assert not document.styles["TOC Heading"].paragraph_format.page_break_before


@pytest.mark.parametrize("format_", ["pdf", "docx", "html"])
def test_the_same_lead_is_not_said_again(format_: str) -> None:
    summary = (("Known address: ", "a@example.com"), ("Known address: ", "@b"))
    text = text_of(made(replace(WHOLE, summary=summary), format_), format_)
    assert text.count("Known address") == 1
    assert "@b" in text


@pytest.mark.parametrize("format_", ["pdf", "docx", "html"])
def test_an_incident_without_a_time_says_what_is_not_known(format_: str) -> None:
    text = text_of(made(WHOLE, format_), format_)
    assert squeezed("I-004: time not known") in squeezed(text)


HEBREW, ENGLISH = "\u05e9\u05dc\u05d5\u05dd!", "Come here now!"


def test_each_line_runs_its_own_way() -> None:
    """Else the sign that ends a quoted line is printed before it."""
    told = replace(WHOLE.incidents[0].incident, account=f"{HEBREW}\n{ENGLISH}")
    case = replace(WHOLE, incidents=(replace(WHOLE.incidents[0], incident=told),))
    body = Document(io.BytesIO(made(case, "docx"))).element.body
    for words, turned in ((HEBREW, 1), (ENGLISH, 0)):
        (line,) = body.xpath(f"//w:p[w:r/w:t='{words}']")
        assert len(line.xpath("w:pPr/w:bidi")) == turned
    style = made(case, "html").decode().partition("<style>")[2].partition("</style>")[0]
    assert "dd, td, th, pre, h1, h2, h3, h4 { unicode-bidi: plaintext; }" in style


def test_the_web_page_is_for_small_screens_keys_and_paper() -> None:
    data = made(WHOLE, "html")
    page = Page(data)
    heads = [given for name, given in page.tags if name == "th"]
    assert heads
    assert all(given["scope"] == "col" for given in heads)
    # A key stops only where there is something to scroll, and that has a name.
    stops = [given for _name, given in page.tags if "tabindex" in given]
    assert [given["role"] for given in stops] == ["region", "region"]
    assert all(given["aria-label"] for given in stops)
    levels = [int(name[1]) for name, _given in page.tags if name in HEADINGS]
    assert levels[0] == 1
    assert all(b - a <= 1 for a, b in pairwise(levels))
    # A table is as wide as its words, and scrolls inside of the page.
    boxes = [name for name, given in page.tags if "table" in str(given.get("class"))]
    assert len(boxes) == sum(name == "table" for name, _given in page.tags)
    assert '"Page " counter(page) " of " counter(pages)' in data.decode()


HEADINGS = {"h1", "h2", "h3", "h4"}
