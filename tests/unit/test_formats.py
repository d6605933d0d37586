"""Letters as files: read back by other programs, word for word."""

from __future__ import annotations

import io
import re
import subprocess
import sys
import zipfile
from email import message_from_bytes, policy
from pathlib import Path

import pytest
from docx import Document
from markdown_it import MarkdownIt
from pypdf import PdfReader

from guide.letters.formats import FORMATS, write
from guide.model.characters import (
    clean,
    one_line,
    runs_right_to_left,
    subtags,
)
from guide.model.paper import Paper, Paragraph, ParagraphKind
from guide.model.problems import NotWrittenError

HOSTILE = [
    pytest.param("# not a heading, * nor _this_ **or** ~~that~~", id="markdown"),
    pytest.param("1. one\n2) two\n- three\n+ four\n=== \n---\n> five", id="lists"),
    pytest.param("a & b &amp; <b>x</b> <!-- y --> <https://example.com>", id="HTML"),
    pytest.param(r"back\slash \* \\ end\ ", id="backslashes"),
    pytest.param("`code` ``` fence $x^2$ | cell | [l](https://example.com)", id="code"),
    pytest.param("@person #12 https://example.com/a_b_c www.example.com", id="links"),
    pytest.param("a@example.com ![i](j) [/x] [@click=app.quit]no[/]", id="mentions"),
    pytest.param('#read("/etc/passwd") #sys.inputs // no /* no */ <label>', id="typst"),
    pytest.param("'single' \"double\" -- --- ... fi ff (c) 1/2", id="typography"),
    pytest.param("{{ name }} {% if %} {0} %s ${HOME}", id="templates"),
    pytest.param("Zoë Ångström Ελένη Олена e\u0301 a\u0323", id="European"),
    pytest.param("\u05e9\u05dc\u05d5\u05dd \u05e2\u05d5\u05dc\u05dd", id="Hebrew"),
    pytest.param("x" * 10_000, id="10,000 letters"),
]
# Which fonts a computer has is not ours to say, so PDF may refuse these.
FONTS_DECIDE = [
    pytest.param("\u4f60\u597d\uff0c\u4e16\u754c", id="Chinese"),
    pytest.param("\u0627\u0644\u0627\u0633\u0645 example.com", id="Arabic"),
    pytest.param("q\u20dd \U0001f600 \U0001f469\u200d\U0001f469", id="emoji"),
]
MESSAGE = (
    b"Received: from x.example ([192.0.2.1])\r\n\tby y.example; Mon, 2 Nov 2026\r\n"
    b"From: x@example.com\r\nSubject:   two  spaces\r\n\r\nbody \r\n.\r\nFrom here\r\n"
)


def paragraph(
    text: str = "",
    kind: ParagraphKind = ParagraphKind.TEXT,
    rows: tuple[tuple[str, ...], ...] = (),
) -> Paragraph:
    return Paragraph(kind=kind, text=text, rows=rows)


def letter_of(
    text: str, *, original: bytes | None = None, mail_to: str = "", lang: str = "en"
) -> Paper:
    return Paper(
        title="A letter",
        subject="Subject",
        paragraphs=(paragraph(text),),
        original=original,
        mail_to=mail_to,
        lang=lang,
    )


def full_letter(text: str) -> Paper:
    """The same words in every place that a letter has."""
    kinds = (ParagraphKind.HEADING, ParagraphKind.ITEM, ParagraphKind.EXACT)
    rows = (("Name", text), (text, "Value"), ("short",))
    return Paper(
        title=text,
        subject=text,
        date_line=text,
        to=text,
        paragraphs=(
            paragraph(text),
            *(paragraph(text, kind) for kind in kinds),
            paragraph(kind=ParagraphKind.TABLE, rows=rows),
        ),
        original=MESSAGE,
        original_name=text,
    )


def pdf_of(letter: Paper) -> PdfReader:
    return PdfReader(io.BytesIO(write(letter, "pdf")))


def words_in(text: str) -> str:
    """Without white space, because where lines end is up to each format."""
    return "".join(text.split())


def pdf_words(letter: Paper) -> str:
    pages = (words_in(page.extract_text()) for page in pdf_of(letter).pages)
    return "".join(re.sub(r"Page\d+of\d+$", "", page) for page in pages)


def attached(draft: bytes) -> bytes:
    """The bytes of the second part, cut out by its boundary (RFC 2046, 5.1.1)."""
    boundary = message_from_bytes(draft).get_boundary() or ""
    part = re.split(rb"\r?\n--" + boundary.encode(), draft)[2]
    return re.split(rb"(?<=\n)\r?\n", part, maxsplit=1)[1]


@pytest.mark.parametrize("text", [*HOSTILE, *FONTS_DECIDE])
def test_text_holds_the_words(text: str) -> None:
    """Plain text is the words, in UTF-8, with a line end at the end."""
    data = write(letter_of(text), "txt").decode()
    assert data.startswith("Subject: Subject\n\n")
    assert data.endswith("\n")
    assert words_in(data) == words_in(f"Subject:Subject{text}")


def test_text_wraps_words_and_breaks_none() -> None:
    """72 columns, but an address and an exact line stay in one piece."""
    address = "https://example.com/" + "long-path/" * 12
    header = "Received: from x.example by y.example; " + "word " * 30 + "end"
    letter = Paper(
        title="t",
        subject="A subject " * 12 + "end",
        date_line="3 November 2026",
        to="A. Person\n1 Street",
        paragraphs=(
            paragraph("word " * 40 + address + " and on.\nA new line"),
            paragraph("item " * 20, ParagraphKind.ITEM),
            paragraph("second", ParagraphKind.ITEM),
            paragraph(f"{header}\n  indented", ParagraphKind.EXACT),
        ),
    )
    lines = write(letter, "txt").decode().split("\n")
    assert lines[:4] == ["3 November 2026", "", "A. Person", "1 Street"]
    assert {address, header, "  indented", "A new line", "- second"} <= set(lines)
    assert "Subject: " + "A subject " * 12 + "end" in lines
    long = [line for line in lines if len(line) > 72]
    assert len(long) == 3
    item = next(n for n, line in enumerate(lines) if line.startswith("- item"))
    assert lines[item + 1].startswith("  item")
    assert lines[item + 2] == "- second"


def test_text_names_every_cell_of_a_table() -> None:
    """A table is read line by line, as a screen reader or a web form has it."""
    rows = (("Date", "What"), ("3 Nov", "a call"), ("4 Nov", "a\nmail"))
    table = paragraph(kind=ParagraphKind.TABLE, rows=rows)
    letter = Paper(title="t", subject="", paragraphs=(table,))
    assert write(letter, "txt").decode() == (
        "Date: 3 Nov\nWhat: a call\n\nDate: 4 Nov\nWhat: a mail\n"
    )


@pytest.mark.parametrize("preset", ["commonmark", "gfm-like"])
@pytest.mark.parametrize("text", [*HOSTILE, *FONTS_DECIDE])
def test_markdown_renders_as_the_same_words(text: str, preset: str) -> None:
    """No mark-up in the words acts: what is rendered is text and line breaks."""
    markdown = MarkdownIt(preset, {"linkify": False}).enable("table")
    tokens = markdown.parse(write(letter_of(text), "md").decode())
    assert [token.type for token in tokens[3:]] == [
        "paragraph_open",
        "inline",
        "paragraph_close",
    ]
    children = tokens[4].children or []
    assert {token.type for token in children} <= {"text", "text_special", "hardbreak"}
    assert words_in("".join(token.content for token in children)) == words_in(text)


@pytest.mark.parametrize("text", HOSTILE)
def test_markdown_keeps_its_blocks(text: str) -> None:
    """Whatever the words are, headings, lists and tables stay what they are."""
    tokens = (
        MarkdownIt("commonmark")
        .enable("table")
        .parse(write(full_letter(text), "md").decode())
    )
    opened = [token.tag for token in tokens if token.nesting == 1 and not token.level]
    assert opened == ["p", "p", "h1", "p", "h2", "ul", "table"]
    (fence,) = (token for token in tokens if token.type == "fence")
    assert fence.content == clean(text) + "\n"
    cells = [token for token in tokens if token.type == "td_open"]
    assert len(cells) == 4


@pytest.mark.parametrize("text", [*HOSTILE, *FONTS_DECIDE])
def test_docx_holds_the_words(text: str) -> None:
    """Word reads back the same words in every place, and their kinds."""
    document = Document(io.BytesIO(write(full_letter(text), "docx")))
    read = document.paragraphs
    assert [part.style.name for part in read if part.style and part.text] == [
        "Normal",
        "Normal",
        "Heading 1",
        "Normal",
        "Heading 2",
        "List Bullet",
        "Normal",
    ]
    for part in read[:-1]:
        assert words_in(part.text) == words_in(text)
    cells = [cell.text for row in document.tables[0].rows for cell in row.cells]
    assert cells == ["Name", text.strip(), text.strip(), "Value", "short", ""]


def test_docx_tells_nothing_but_title_and_language() -> None:
    """No author, time, maker, template or preview is left in the package."""
    data = write(letter_of("Hello", lang="pt-BR"), "docx")
    package = zipfile.ZipFile(io.BytesIO(data))
    assert not {"docProps/app.xml", "docProps/thumbnail.jpeg"} & set(package.namelist())
    assert {entry.date_time[0] for entry in package.infolist()} == {1980}
    core = package.read("docProps/core.xml").decode()
    said = re.findall(r"<(\w+:\w+)[^>]*>([^<]+)</", core)
    assert said == [("dc:title", "A letter"), ("dc:language", "pt-BR")]
    assert b"python" not in b"".join(map(package.read, package.namelist())).lower()
    assert 'w:lang w:val="pt-BR"' in package.read("word/styles.xml").decode()


def test_docx_runs_right_to_left_where_the_words_do() -> None:
    """Only the paragraphs that start in such a script are turned."""
    letter = Paper(
        title="t",
        subject="",
        paragraphs=(paragraph("\u05e9\u05dc\u05d5\u05dd"), paragraph("Hello")),
    )
    package = zipfile.ZipFile(io.BytesIO(write(letter, "docx")))
    first, second = re.findall(
        "<w:p>.*?</w:p>", package.read("word/document.xml").decode()
    )
    assert "<w:bidi/>" in first
    assert "<w:rtl/>" in first
    assert "<w:bidi/>" not in second


@pytest.mark.parametrize("text", HOSTILE)
def test_pdf_shows_the_words(text: str) -> None:
    """Nothing is run as Typst, and nothing runs off the page."""
    shown = pdf_words(letter_of(text))
    # A reading tool may order two Hebrew words on one line either way.
    assert sorted(shown) == sorted(words_in(f"Subject{text}"))
    assert shown == words_in(f"Subject{text}") or runs_right_to_left(text)
    full = pdf_words(full_letter(text))
    assert len(full) == 9 * len(words_in(text)) + full.count("•") + len(
        "NameValueshort"
    )


@pytest.mark.parametrize("text", FONTS_DECIDE)
def test_pdf_shows_the_words_or_refuses(text: str) -> None:
    """Boxes are never printed: either the words are there, or there is no PDF."""
    try:
        shown = pdf_words(letter_of(text))
    except NotWrittenError as error:
        assert "boxes" in error.what
    else:
        assert sorted(shown) == sorted(words_in(f"Subject{text}"))


@pytest.mark.parametrize("kind", ["text", "heading", "item", "exact"])
def test_pdf_refuses_a_character_that_no_font_has(kind: str) -> None:
    """U+0378 is unassigned; the reader is told which formats do hold it."""
    bad = paragraph("a \u0378 b", ParagraphKind(kind))
    with pytest.raises(NotWrittenError, match="boxes") as raised:
        write(Paper(title="t", subject="s", paragraphs=(bad,)), "pdf")
    assert "DOCX" in raised.value.next_step
    assert "\u0378" not in str(raised.value)


@pytest.mark.parametrize(
    ("lang", "spoken", "width"),
    [
        pytest.param("en", "en", 595, id="A4"),
        pytest.param("en-US", "en-US", 612, id="US Letter"),
        pytest.param("ar", "ar", 595, id="Arabic"),
        pytest.param("zh-Hant-TW", "zh-TW", 595, id="script"),
        pytest.param('"; #x', "en", 595, id="no tag"),
    ],
)
def test_pdf_is_tagged_and_says_its_language(
    lang: str, spoken: str, width: int
) -> None:
    """A screen reader finds tags, language and title; nobody finds an author."""
    pdf = pdf_of(letter_of("Hello", lang=lang))
    root = pdf.root_object
    assert str(root["/Lang"]) == spoken
    assert "'/Marked': True" in str(root["/MarkInfo"])
    assert "/StructTreeRoot" in root
    assert root.get("/Names") is None
    assert pdf.metadata is not None
    assert set(pdf.metadata) == {"/Title", "/Creator"}
    assert pdf.metadata.title == "A letter"
    assert int(pdf.pages[0].mediabox.width) == width
    assert b"<pdfuaid:part>1<" in write(letter_of("Hello"), "pdf")


def test_pdf_of_an_empty_letter_still_has_a_title() -> None:
    """PDF/UA asks for a title, so a letter without one is called a letter."""
    empty = Paper(title="", subject=" ", paragraphs=())
    about = pdf_of(empty).metadata
    assert about is not None
    assert about.title == "Letter"
    table = paragraph(kind=ParagraphKind.TABLE, rows=())
    heading = paragraph("Only a heading", ParagraphKind.HEADING)
    odd = Paper(title="", subject="", paragraphs=(table, heading))
    assert pdf_words(odd) == "Onlyaheading"


def test_pdf_lines_stay_on_the_page() -> None:
    """A word wider than the page is broken, without a character added."""
    text = "see " + "z" * 300 + "@example.com end"
    lines = pdf_of(letter_of(text)).pages[0].extract_text().split("\n")
    assert max(map(len, lines)) < 120
    assert "".join(lines[1:]).replace(" ", "") == text.replace(" ", "")


def test_pdf_puts_right_to_left_words_at_the_right() -> None:
    """The same paragraph direction in a letter of any language."""
    text = "\u05e9\u05dc\u05d5\u05dd"
    starts: list[float] = []

    def see(part: str, page: list[float], line: list[float], *_: object) -> None:
        if part.strip() == text:
            starts.append(page[4] + line[4])

    pdf_of(letter_of(text)).pages[0].extract_text(visitor_text=see)
    assert starts
    assert min(starts) > 595 / 2


def test_eml_is_a_draft_that_names_nobody_else() -> None:
    """An unsent mail to the address: no date, no host name, no sender unless given."""
    data = write(letter_of("Grüße", mail_to="abuse@example.com", lang="de-AT"), "eml")
    mail = message_from_bytes(data, policy=policy.default)
    assert data.startswith(b"X-Unsent: 1\r\n")
    assert set(mail) == {
        *("X-Unsent", "To", "Subject", "MIME-Version"),
        *("Content-Type", "Content-Transfer-Encoding", "Content-Language"),
    }
    assert mail["To"] == "abuse@example.com"
    assert mail["Content-Language"] == "de-AT"
    assert mail.get_content().split() == ["Grüße"]
    assert data.isascii()


def test_eml_is_from_the_address_that_is_safe_to_give() -> None:
    """The reader's own address is there only if the reader gave it."""
    paper = Paper(title="", subject="s", paragraphs=(), reply_from="a@example.com")
    mail = message_from_bytes(write(paper, "eml"), policy=policy.default)
    assert mail["From"] == "a@example.com"
    assert "To" not in mail


@pytest.mark.parametrize("text", [*HOSTILE, *FONTS_DECIDE])
def test_eml_holds_the_words(text: str) -> None:
    """Subject and body are read back as they were, whatever they hold."""
    data = write(full_letter(text), "eml")
    mail = message_from_bytes(data, policy=policy.default)
    assert words_in(mail["Subject"]) == words_in(text)
    body = mail.get_body()
    assert body is not None
    assert words_in(text) in words_in(body.get_content())
    assert attached(data) == MESSAGE


@pytest.mark.parametrize(
    "subject", ["a\r\nBcc: x@example.com", "a\nBcc: x@example.com", "a\r\n\r\nbody"]
)
def test_no_subject_starts_a_header(subject: str) -> None:
    """Line breaks in a subject are folded to spaces."""
    paper = Paper(title="", subject=subject, paragraphs=(), original_name=subject)
    mail = message_from_bytes(write(paper, "eml"), policy=policy.default)
    assert mail["Subject"] == one_line(subject)
    assert "Bcc" not in mail


@pytest.mark.parametrize(
    "address",
    [
        pytest.param("x@example.com\r\nBcc: y@example.com", id="a new header"),
        pytest.param("x@example.com, y@example.com", id="two"),
        pytest.param("A. Person <x@example.com>", id="with a name"),
        pytest.param("x@exämple.com", id="not ASCII"),
        pytest.param("nobody", id="no address"),
    ],
)
def test_an_address_that_is_none_is_refused(address: str) -> None:
    """A draft to a wrong address is worse than no draft."""
    with pytest.raises(NotWrittenError, match="address") as raised:
        write(letter_of("x", mail_to=address), "eml")
    assert address not in str(raised.value)


@pytest.mark.parametrize(
    ("original", "encoding"),
    [
        pytest.param(MESSAGE, "7bit", id="CRLF"),
        pytest.param(MESSAGE.replace(b"\r", b""), "7bit", id="LF"),
        pytest.param(MESSAGE + b"caf\xe9\r\n", "8bit", id="8 bit"),
        pytest.param(MESSAGE + "Grüße\r\n".encode(), "8bit", id="UTF-8"),
        pytest.param(MESSAGE.rstrip(), "7bit", id="no line end"),
        pytest.param(MESSAGE + b"\r\n\r\n", "7bit", id="many line ends"),
        pytest.param(b"A: b", "7bit", id="one header"),
        pytest.param(MESSAGE + b"stand-in-part-\r\n--part-\r\n", "7bit", id="marks"),
        pytest.param(MESSAGE + b"x" * 998 + b"\r\n", "7bit", id="longest line"),
    ],
)
def test_the_original_travels_byte_for_byte(original: bytes, encoding: str) -> None:
    """A message attached as a message is the file it was, and still readable."""
    paper = letter_of("Grüße", original=original)
    data = write(paper, "eml")
    assert attached(data) == original
    mail = message_from_bytes(data, policy=policy.default)
    assert mail["Content-Transfer-Encoding"] == encoding
    assert not mail.defects
    _, part = mail.iter_parts()
    assert part.get_content_type() == "message/rfc822"
    assert part["Content-Transfer-Encoding"] == encoding
    assert part.get_filename() == "original.eml"
    ends = {b"\r\n"} if b"\r\n" in original else {b"\n"}
    assert set(re.findall(rb"\r?\n", data)) == ends or b"\n" not in original


@pytest.mark.parametrize(
    "original",
    [
        pytest.param(b"", id="empty"),
        pytest.param(MESSAGE + b"\0", id="NUL"),
        pytest.param(MESSAGE + b"x" * 999 + b"\r\n", id="endless line"),
        pytest.param(MESSAGE + b"bare\n", id="bare LF"),
        pytest.param(MESSAGE + b"bare\r", id="bare CR"),
        pytest.param(b"From x@example.com Mon Nov 2\n" + MESSAGE, id="mbox"),
        pytest.param(b"\xd0\xcf\x11\xe0 a picture", id="no message"),
        pytest.param(bytes(range(256)) * 9, id="every byte"),
    ],
)
def test_an_original_that_mail_would_alter_travels_as_a_file(original: bytes) -> None:
    """Base64 keeps bytes that no message/rfc822 may hold."""
    data = write(letter_of("x", original=original), "eml")
    _, part = message_from_bytes(data, policy=policy.default).iter_parts()
    assert part.get_content_type() == "application/octet-stream"
    assert part.get_filename() == "original.eml"
    assert part.get_payload(decode=True) == original
    assert data.isascii()


def test_the_name_of_the_original_is_a_plain_name() -> None:
    """No folder and no line break travels with the file."""
    paper = Paper(
        title="",
        subject="s",
        paragraphs=(),
        original=MESSAGE,
        original_name='/home/x\r\nA: b/Grüße "1".eml',
    )
    mail = message_from_bytes(write(paper, "eml"), policy=policy.default)
    _, part = mail.iter_parts()
    assert part.get_filename() == "_home_x A_ b_Grüße _1_.eml"


@pytest.mark.parametrize("format_", FORMATS)
def test_characters_that_no_paper_holds_are_marked(format_: str) -> None:
    """A control, half a character or a noncharacter never stops a letter."""
    text = "a\x00b\x1bc\ud800d\ufffee\x85f\ufeffg"
    data = write(full_letter(text), format_)
    assert data
    assert clean(text) == "a\ufffdb\ufffdc\ufffdd\ufffde\nfg"
    if format_ in ("txt", "md"):
        assert clean(text) in data.decode()


@pytest.mark.parametrize("format_", FORMATS)
def test_the_same_letter_is_the_same_bytes(format_: str) -> None:
    """Nothing of the moment or the computer goes into the file."""
    program = (
        "import hashlib, sys; from guide.letters.formats import write;"
        "from tests.unit.test_formats import full_letter;"
        "sys.stdout.write(hashlib.sha256(write(full_letter('Hello'), sys.argv[1]))"
        ".hexdigest())"
    )
    digests = {
        subprocess.run(
            [sys.executable, "-c", program, format_],
            env={"TZ": zone, "PYTHONHASHSEED": seed, "PYTHONPATH": "."},
            cwd=Path(__file__).parents[2],
            capture_output=True,
            check=True,
        ).stdout
        for zone, seed in (("UTC", "1"), ("Asia/Tokyo", "2"))
    }
    assert len(digests) == 1


def test_formats_load_no_library_before_one_is_asked_for() -> None:
    """Reading a page must not pay for Word, PDF and mail."""
    program = (
        "import sys; from guide.letters.formats import FORMATS, write;"
        "print(sorted({'docx', 'typst', 'email', 'zipfile'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == "[]"


def test_a_format_that_is_none_is_refused_with_those_there_are() -> None:
    """The reader sees what can be chosen."""
    with pytest.raises(NotWrittenError, match="txt, md, pdf, docx, eml"):
        write(letter_of("x"), "exe")


@pytest.mark.parametrize(
    ("text", "lang", "expected"),
    [
        pytest.param("Hello \u05d0", "he", False, id="first letter decides"),
        pytest.param("12 \u0627", "en", True, id="digits do not"),
        pytest.param("123", "ar", True, id="then the language"),
        pytest.param("", "en", False, id="nothing"),
    ],
)
def test_where_a_paragraph_starts(text: str, lang: str, *, expected: bool) -> None:
    """Direction follows the words, as UAX #9 says."""
    assert runs_right_to_left(text, lang) is expected


def test_a_language_tag_is_taken_apart() -> None:
    """Case and underscores do not matter; what is no tag is English."""
    assert subtags("PT_br") == ("pt", "BR")
    assert subtags("") == ("en", "")
