"""Words as WordprocessingML (ECMA-376): paragraphs, tables, fields. Pure.

Every text is escaped here and nowhere else.
"""

from __future__ import annotations

from collections.abc import Iterator
from xml.sax.saxutils import escape

from docx.oxml.ns import nsdecls

from guide.export.book.blocks import (
    Block,
    Contents,
    Exact,
    Fields,
    Heading,
    Items,
    Table,
    Words,
)
from guide.model.characters import runs_of, runs_right_to_left

_NAMES = nsdecls("w")
_MONO = '<w:rFonts w:ascii="Courier New" w:hAnsi="Courier New" w:cs="Courier New"/>'
_SMALL = '<w:sz w:val="15"/><w:szCs w:val="15"/>'  # then a SHA-256 is on one line
_SHORT_RECORD, _SHORT_CELL = 1500, 400  # letters
_BORDER = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="808080"/>'
    for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)


def paragraph(text: str, lang: str, style: str = "", *, more: str = "") -> str:
    """One paragraph; *more* goes before its words."""
    rtl = runs_right_to_left(text, lang) if text else False
    return _paragraph(more + run(text, rtl=rtl), style, rtl=rtl)


def _paragraphs(text: str, lang: str, *, keep: bool = False) -> Iterator[str]:
    """A paragraph for all lines in a row that run the same way."""
    for rtl, words in runs_of(text, lang):
        yield _paragraph(run(words, rtl=rtl), "", rtl=rtl, keep=keep)


def part_heading(text: str, lang: str, number: int) -> str:
    """The heading of a part, which the contents point at."""
    mark = (
        f'<w:bookmarkStart w:id="{number}" w:name="part{number}"/>'
        f'<w:bookmarkEnd w:id="{number}"/>'
    )
    return paragraph(text, lang, "Heading1", more=mark)


def empty_run() -> str:
    """A run that a picture is put into."""
    return f"<w:r {_NAMES}/>"


def empty_drawing() -> str:
    """What holds the picture in its run."""
    return f"<w:drawing {_NAMES}/>"


def of_block(block: Block, lang: str) -> Iterator[str]:
    """Any block that is words."""
    match block:
        case Contents(title=title, parts=parts):
            yield from _contents(title, parts, lang)
        case Fields():
            yield from _fields(block, lang)
        case Table():
            yield _table(block, lang)
            yield _paragraph("", "")  # else two tables in a row would be one
        case _:
            yield from _plain(block, lang)


def _plain(block: Block, lang: str) -> Iterator[str]:
    match block:
        case Heading(level=level, text=text):
            yield paragraph(text, lang, f"Heading{level}")
        case Words(text=text):
            yield from _paragraphs(text, lang)
        case Exact(text=text):
            yield _paragraph(run(text), "Exact")
        case Items(texts=texts):
            for text in texts:
                yield paragraph(text, lang, "ListBullet")
        case _:
            raise TypeError  # all others have a writer of their own


def _fields(block: Fields, lang: str) -> Iterator[str]:
    """A lead and its value on one line; on two where the value runs the other way.

    A record that is not long stays on one page.
    """
    short = sum(len(field.value) for field in block.fields) < _SHORT_RECORD
    usual = runs_right_to_left("", lang)
    for number, field in enumerate(block.fields, 1):
        last = number == len(block.fields)
        keep = short and not last
        lead = run(field.lead, bold=True)
        if any(rtl != usual for rtl, _line in runs_of(field.value, lang)):
            yield _paragraph(lead, "Field", rtl=usual, keep=True)
            yield from _paragraphs(field.value, lang, keep=keep)
        else:
            value = run(field.value, mono=field.exact, rtl=usual and not field.exact)
            inner = f"{lead}<w:r><w:tab/></w:r>{value}"
            yield _paragraph(inner, "Field", rtl=usual, keep=keep, apart=last)


def _table(block: Table, lang: str) -> str:
    whole = sum(block.shares)
    widths = [share * 5000 // whole for share in block.shares]
    grid = "".join(f'<w:gridCol w:w="{width * 2}"/>' for width in widths)
    turned = runs_right_to_left(block.head[0], lang)
    head = _row(block.head, widths, lang, bold=True, exact=frozenset())
    body = "".join(_row(row, widths, lang, exact=block.exact) for row in block.rows)
    return (
        f"<w:tbl {_NAMES}><w:tblPr>{'<w:bidiVisual/>' if turned else ''}"
        f'<w:tblW w:w="5000" w:type="pct"/><w:tblBorders>{_BORDER}</w:tblBorders>'
        '<w:tblLayout w:type="fixed"/></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{head}{body}</w:tbl>"
    )


def _row(
    cells: tuple[str, ...],
    widths: list[int],
    lang: str,
    *,
    exact: frozenset[int],
    bold: bool = False,
) -> str:
    said = []
    for column, (text, width) in enumerate(zip(cells, widths, strict=True)):
        lines = "".join(
            _paragraph(
                run(line, bold=bold, mono=column in exact, rtl=rtl),
                "Cell",
                rtl=rtl,
                named=False,
            )
            for rtl, line in runs_of(text, lang)
        )
        size = f'<w:tcPr><w:tcW w:w="{width}" w:type="pct"/></w:tcPr>'
        said.append(f"<w:tc>{size}{lines}</w:tc>")
    whole = "<w:cantSplit/>" * (bold or max(map(len, cells)) < _SHORT_CELL)
    kind = f"{whole}{'<w:tblHeader/>' * bold}"
    return f"<w:tr><w:trPr>{kind}</w:trPr>{''.join(said)}</w:tr>"


def _contents(title: str, parts: tuple[str, ...], lang: str) -> Iterator[str]:
    """A field of all parts, as links. A page is named once a program has counted."""
    yield paragraph(title, lang, "TOCHeading")
    for number, part in enumerate(parts, 1):
        first = _field_start('TOC \\o "1-1" \\h') if number == 1 else ""
        last = _field_end() if number == len(parts) else ""
        anchor = f'w:anchor="part{number}" w:history="1"'
        link = f"<w:hyperlink {anchor}>{run(part)}</w:hyperlink>"
        yield _paragraph(first + link + last, "Contents")


def filled(instruction: str, shown: str) -> str:
    """A field that the program fills in, such as a page number."""
    return _field_start(instruction) + run(shown) + _field_end()


def _field_start(instruction: str) -> str:
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve"> {escape(instruction)} '
        '</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    )


def _field_end() -> str:
    return '<w:r><w:fldChar w:fldCharType="end"/></w:r>'


def run(text: str, *, bold: bool = False, mono: bool = False, rtl: bool = False) -> str:
    """Words of one look. A line break in them stays."""
    if not text:
        return ""
    looks = (
        _MONO * mono,
        "<w:b/><w:bCs/>" * bold,
        _SMALL * mono,
        "<w:rtl/>" * rtl,
    )
    lines = "<w:br/>".join(
        f'<w:t xml:space="preserve">{escape(line)}</w:t>' for line in text.split("\n")
    )
    return f"<w:r><w:rPr>{''.join(looks)}</w:rPr>{lines}</w:r>"


def _paragraph(
    inner: str,
    style: str,
    *,
    rtl: bool = False,
    named: bool = True,
    keep: bool = False,
    apart: bool = False,
) -> str:
    """*keep* it on the page of the next; set what follows *apart*."""
    looks = (
        f'<w:pStyle w:val="{style}"/>' * bool(style)
        + "<w:keepNext/><w:keepLines/>" * keep
        + "<w:bidi/>" * rtl
        + '<w:spacing w:after="200"/>' * apart
    )
    names = f" {_NAMES}" if named else ""
    return f"<w:p{names}><w:pPr>{looks}</w:pPr>{inner}</w:p>"


def framed(inner: str, style: str) -> str:
    """A paragraph of ready-made runs, for the head and the foot of pages."""
    return _paragraph(inner, style)
