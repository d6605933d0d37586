"""The case book, read back by other programs: every word, in each format."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from enum import Enum
from typing import get_args, get_type_hints

import pytest
from docx import Document
from pypdf import PdfReader

from guide.export.book import FORMATS, write
from guide.model.case import TAKEN_OUT, Case, Exhibit, Part, Recipient
from guide.model.problems import NotWrittenError
from guide.model.records import PrivateNote
from tests.unit.case_reading import Page, go_on, jpeg, made, squeezed, text_of
from tests.unit.case_samples import HEADERS, WHOLE

NOT_PRINTED = {"id", "person_id", "letter_id", "evidence_id", "lang", "not_known"}
NOT_PRINTED |= {"left_out", "evidence_ids", "incident_ids", "mail_to", "reply_from"}
HOSTILE = [
    pytest.param("# no heading, * nor _this_ **or** `that` = == ===", id="markup"),
    pytest.param("a & b &amp; <b>x</b> <!-- y --> ]]> <![CDATA[", id="HTML"),
    pytest.param('<script>alert(1)</script><img src="https://example.com/x">', id="js"),
    pytest.param('" onload="x" \' </style></title></p></pre>', id="attributes"),
    pytest.param('#import "@preview/x:1.0.0" #read("/etc/passwd") $x$ <l>', id="typst"),
    pytest.param("=1+1 @SUM(A1) +2 -3 {{ x }} {0} %s ${HOME} \\n \\u0041", id="forms"),
    pytest.param("_x0041_ </w:t></w:r> <?xml?> &#65; &lt;", id="Word"),
    pytest.param("Zoë Ångström Ελένη Олена e\u0301 a\u0323", id="European"),
    pytest.param("x" * 20_000, id="20,000 letters"),
]


def words_in(value: object, name: str = "") -> Iterator[str]:
    """Every text that a case holds for others."""
    if isinstance(value, Enum) or name in NOT_PRINTED:
        return
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for each in value:
            yield from words_in(each)
    elif is_dataclass(value) and not isinstance(value, type):
        for field in fields(value):
            if (type(value).__name__, field.name) != ("Paper", "title"):
                yield from words_in(getattr(value, field.name), field.name)


@pytest.fixture(scope="module", params=FORMATS)
def book(request: pytest.FixtureRequest) -> tuple[str, bytes]:
    format_ = str(request.param)
    return format_, made(WHOLE, format_)


def test_every_word_of_the_case_is_in_every_format(book: tuple[str, bytes]) -> None:
    format_, data = book
    text = squeezed(text_of(data, format_))
    told = [word for word in words_in(WHOLE) if word.strip()]
    assert len(told) > 100
    for word in told:
        lead = word.strip().rstrip(":")
        lines = lead.split("\n") if format_ == "pdf" else [lead]
        for line in lines:
            assert squeezed(line) in text, line


def test_a_large_case_is_set_more_closely_and_keeps_every_word() -> None:
    case = replace(WHOLE, incidents=WHOLE.incidents * 80)
    data = made(case, "pdf")
    reader = PdfReader(io.BytesIO(data))
    aligned = len(PdfReader(io.BytesIO(made(WHOLE, "pdf"))).pages)
    assert len(reader.pages) < aligned + 80 * 0.7  # a page holds them if not close
    text = squeezed(text_of(data, "pdf"))
    for word in words_in(WHOLE.incidents[0]):
        for line in filter(str.strip, word.split("\n")):
            assert text.count(squeezed(line)) >= 70, line
    for word in words_in(WHOLE.exhibits[0]):
        for line in filter(str.strip, word.split("\n")):
            assert squeezed(line) in text, line


def test_what_stays_behind_is_in_no_format(book: tuple[str, bytes]) -> None:
    format_, data = book
    text = text_of(data, format_)
    assert "E-009" not in text
    assert "kept back" not in text


def test_a_private_note_has_no_way_in() -> None:
    """No value that a case can hold is one, however deep."""
    seen: set[object] = set()
    waiting: list[object] = [Case]
    while waiting:
        kind = waiting.pop()
        if kind in seen:
            continue
        seen.add(kind)
        waiting += get_args(kind)
        if isinstance(kind, type) and is_dataclass(kind):
            waiting += get_type_hints(kind).values()
    assert Exhibit in seen
    assert PrivateNote not in seen


def test_the_same_case_is_the_same_bytes(book: tuple[str, bytes]) -> None:
    format_, data = book
    assert made(WHOLE, format_) == data


@pytest.mark.parametrize("part", list(Part))
def test_only_the_parts_that_are_chosen_are_printed(part: Part) -> None:
    one = text_of(made(replace(WHOLE, parts=frozenset({part})), "html"), "html")
    rest = replace(WHOLE, parts=frozenset(Part) - {part})
    without = text_of(made(rest, "html"), "html")
    sign = {
        Part.SUMMARY: "Worst",
        Part.TIMELINE: "Stretches of time",
        Part.LOG: "I did not sleep that night.",
        Part.CHART: "What shows who",
        Part.CONTACTS: "A call within a week.",
        Part.LETTERS: "Do not contact me again in any way.",
        Part.EXHIBITS: "Chain of custody of E-001",
        Part.PRINTED: "with ESMTPS id abc123",
    }[part]
    assert sign in one
    assert sign not in without


@pytest.mark.parametrize("format_", FORMATS)
@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_print_as_themselves(words: str, format_: str) -> None:
    first = WHOLE.incidents[0]
    told = replace(first.incident, account=words, where=words, witnesses=(words,))
    kept = replace(WHOLE.exhibits[0].evidence, original_name=words, note=words)
    exhibit = replace(WHOLE.exhibits[0], evidence=kept, headers=words)
    row = replace(WHOLE.chart[0], happened=words)
    case = replace(
        WHOLE,
        title=words,
        incidents=(replace(first, incident=told, when=words),),
        exhibits=(exhibit,),
        chart=(row,),
        summary=((words, words),),
        parts=frozenset(Part) - {Part.LETTERS},
    )
    if len(words) > 1000:  # a page is not to be filled by a title
        case = replace(WHOLE, incidents=(replace(first, incident=told),), chart=(row,))
    data = made(case, format_)
    text = squeezed(text_of(data, format_))
    if format_ == "pdf" and len(words) > 1000:
        # Pages have a head and a foot between.
        assert text.count("x") > 3 * len(words)
    else:
        assert text.count(squeezed(words)) >= 4


def test_right_to_left_words_are_marked_as_such() -> None:
    words = "\u05e9\u05dc\u05d5\u05dd \u05e2\u05d5\u05dc\u05dd"
    told = replace(WHOLE.incidents[0].incident, account=words)
    case = replace(WHOLE, incidents=(replace(WHOLE.incidents[0], incident=told),))
    page = Page(made(case, "html"))
    assert ("dd", {"dir": "rtl"}) in page.tags
    assert words in "".join(page.words)
    body = Document(io.BytesIO(made(case, "docx"))).element.body
    (turned,) = body.xpath("//w:p[w:pPr/w:bidi]")
    assert "".join(turned.xpath(".//w:t/text()")) == words
    pages = PdfReader(io.BytesIO(made(case, "pdf"))).pages
    text = "".join(page.extract_text() for page in pages)
    drawn = set(words) <= set(text)
    assert drawn or "\u27e805E9\u27e9" in text  # which fonts there are is not ours


@pytest.mark.parametrize("format_", FORMATS)
def test_what_would_hide_is_printed_as_its_number(format_: str) -> None:
    kept = replace(WHOLE.exhibits[0].evidence, original_name="invoice\u202egnp.exe")
    case = replace(WHOLE, exhibits=(replace(WHOLE.exhibits[0], evidence=kept),))
    data = made(case, format_)
    text = text_of(data, format_)
    assert "\u202e" not in text
    assert "invoice\u27e8202E\u27e9gnp.exe" in squeezed(text)


def test_a_character_without_a_font_prints_as_its_number() -> None:
    told = replace(WHOLE.incidents[0].incident, account="a \U00013000 b \ue123 c")
    case = replace(WHOLE, incidents=(replace(WHOLE.incidents[0], incident=told),))
    text = text_of(made(case, "pdf"), "pdf")
    if "\U00013000" not in text:
        assert "\u27e813000\u27e9 b" in text
        assert "EGYPTIAN HIEROGLYPH A001" in text
    assert "\u27e8E123\u27e9" in text
    assert "\U00013000" in text_of(made(case, "docx"), "docx")


def test_marks_that_no_font_puts_on_one_letter_print_as_their_numbers() -> None:
    """Such piles are sent to annoy. The book is made all the same, and hides none."""
    pile = "Z" + "\u0301\u0489\u20dd" * 12
    told = replace(WHOLE.incidents[0].incident, account=f"before {pile} after")
    case = replace(WHOLE, incidents=(replace(WHOLE.incidents[0], incident=told),))
    text = squeezed(text_of(made(case, "pdf"), "pdf"))
    assert "before" in text
    if pile not in text:  # which fonts there are is not ours
        assert "Z\u27e80301\u27e9\u27e80489\u27e9\u27e820DD\u27e9" in text
        assert "COMBININGENCLOSINGCIRCLE" in text


@pytest.mark.parametrize("format_", FORMATS)
def test_lines_of_headers_are_never_joined(format_: str) -> None:
    data = made(replace(WHOLE, parts=frozenset({Part.PRINTED})), format_)
    if format_ == "html":
        assert HEADERS.expandtabs(4) in text_of(data, format_)
    elif format_ == "docx":
        paragraphs = [each.text for each in Document(io.BytesIO(data)).paragraphs]
        assert HEADERS.expandtabs(4) in paragraphs
    else:
        found = text_of(data, format_).split("\n")
        for line in HEADERS.splitlines():
            assert any(squeezed(line) == squeezed(each) for each in found), line


@pytest.mark.parametrize("format_", FORMATS)
def test_a_redacted_book_says_so_on_its_cover(format_: str) -> None:
    plain = text_of(made(WHOLE, format_), format_)
    text = text_of(made(replace(WHOLE, redacted=True), format_), format_)
    assert squeezed(TAKEN_OUT) in squeezed(text)
    assert "taken out" in text
    assert "taken out" not in plain


@pytest.mark.parametrize("format_", FORMATS)
def test_an_intimate_picture_is_never_asked_for(format_: str) -> None:
    kept = replace(WHOLE.exhibits[1].evidence, sensitive=True)
    case = replace(WHOLE, exhibits=(replace(WHOLE.exhibits[1], evidence=kept),))
    asked: list[Exhibit] = []

    def picture(exhibit: Exhibit) -> bytes | None:
        asked.append(exhibit)
        return jpeg()

    write(case, format_, picture, go_on)
    assert not asked


@pytest.mark.parametrize("format_", FORMATS)
@pytest.mark.parametrize(
    "data", [b"", b"GIF89a", b"\xff\xd8\xff", b"\xff\xd8\xff\xe0\0\x02" * 9, None]
)
def test_a_picture_that_is_none_is_named_instead(
    data: bytes | None, format_: str
) -> None:
    written = write(WHOLE, format_, lambda _exhibit: data, go_on)
    assert "could not be printed" in text_of(written, format_)


@pytest.mark.parametrize("format_", FORMATS)
def test_an_empty_case_is_a_book_too(format_: str) -> None:
    case = Case(
        recipient=Recipient.MYSELF,
        parts=frozenset(Part),
        title="",
        made_at=WHOLE.made_at,
    )
    assert "nothing in this part" in text_of(made(case, format_), format_)


def test_another_format_is_refused() -> None:
    with pytest.raises(NotWrittenError):
        made(WHOLE, "odt")
