"""A letter as a Word document, to be changed in any word processor.

The template's own marks are taken out: author, editor, times, the maker's
comment, its preview picture. Nothing in the file tells when or where it was
made, so the same letter is the same bytes.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable
from itertools import zip_longest
from typing import assert_never

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.table import WD_TABLE_DIRECTION
from docx.opc.constants import RELATIONSHIP_TYPE as RELATED
from docx.opc.part import XmlPart
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Length, Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.table import _Row as Row
from docx.text.paragraph import Paragraph as WordParagraph

from guide.letters.formats.headed import headed, may_be_long
from guide.model.characters import (
    clean,
    one_line,
    runs_of,
    runs_right_to_left,
    subtags,
)
from guide.model.paper import Paper, Paragraph, ParagraphKind
from guide.words import _

_STAMPED = (RELATED.EXTENDED_PROPERTIES, RELATED.THUMBNAIL)
_UNUSED = (
    RELATED.CUSTOM_XML,
    "http://schemas.microsoft.com/office/2007/relationships/stylesWithEffects",
)
_EARLIEST = (1980, 1, 1, 0, 0, 0)  # the first time that a ZIP entry can hold
_BLACK = RGBColor(0, 0, 0)
_SIDE = Mm(25)
_SHORT = 800  # letters that stay on one page
_NARROWEST, _WIDEST = 12, 40  # letters
_COUNTED = {"{page}": "PAGE", "{pages}": "NUMPAGES"}


def write(letter: Paper) -> bytes:
    """The letter as one section; its subject is a heading, for screen readers."""
    letter = headed(letter)
    document = Document()
    _lay_out(document, letter.lang)
    if may_be_long(letter):
        _number_pages(document)
    for text in (letter.date_line, letter.to):
        if text.strip():
            _add(document, text, letter.lang)
    if subject := one_line(letter.subject):
        _add(document, subject, letter.lang, "Heading 1")
    for paragraph in letter.paragraphs:
        _add_paragraph(document, paragraph, letter.lang)
    _identify(document, letter)
    written = io.BytesIO()
    document.save(written)
    return _without_times(written)


def _lay_out(document: WordDocument, lang: str) -> None:
    language, region = subtags(lang)
    section = document.sections[0]
    if region not in ("US", "CA"):
        section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = _SIDE
    section.top_margin = section.bottom_margin = _SIDE
    for name in ("Heading 1", "Heading 2"):
        style = document.styles[name]
        if isinstance(style, ParagraphStyle):
            size = Pt(13) if name == "Heading 1" else Pt(11)
            style.font.size, style.font.color.rgb = size, _BLACK
    tag = f"{language}-{region}" if region else language
    for spoken in document.styles.element.xpath("w:docDefaults//w:lang"):
        for script in ("val", "eastAsia", "bidi"):
            spoken.set(qn(f"w:{script}"), tag)


def _number_pages(document: WordDocument) -> None:
    """So that a missing page is noticed."""
    foot = document.sections[0].footer.paragraphs[0]
    for part in re.split(r"({page}|{pages})", _("Page {page} of {pages}")):
        run = foot.add_run("1" if part in _COUNTED else part)
        run.font.size = Pt(8)
        if part in _COUNTED:
            field = OxmlElement("w:fldSimple")
            field.set(qn("w:instr"), _COUNTED[part])
            run._r.addprevious(field)  # noqa: SLF001  it has no public name
            field.append(run._r)  # noqa: SLF001  as above


def _add_paragraph(document: WordDocument, paragraph: Paragraph, lang: str) -> None:
    match paragraph.kind:
        case ParagraphKind.TEXT:
            _add(document, paragraph.text, lang)
        case ParagraphKind.HEADING:
            _add(document, paragraph.text, lang, "Heading 2")
        case ParagraphKind.ITEM:
            _add(document, paragraph.text, lang, "List Bullet")
        case ParagraphKind.EXACT:
            _add_exact(document, paragraph.text)
        case ParagraphKind.TABLE:
            _add_table(document, paragraph.rows, lang)
        case _:
            assert_never(paragraph.kind)


def _add(document: WordDocument, text: str, lang: str, style: str = "Normal") -> None:
    runs = runs_of(clean(text).strip(), lang)
    for number, (_rtl, run) in enumerate(runs, 1):
        paragraph = document.add_paragraph(style=style)
        if number < len(runs):
            paragraph.paragraph_format.space_after = Pt(0)
        _fill(paragraph, run, lang)


def _add_exact(document: WordDocument, text: str) -> None:
    run = document.add_paragraph().add_run(clean(text))
    run.font.name, run.font.size = "Courier New", Pt(8.5)


def _fill(paragraph: WordParagraph, text: str, lang: str) -> None:
    run = paragraph.add_run(text)
    if len(text) < _SHORT:
        paragraph.paragraph_format.keep_together = True
    if runs_right_to_left(text, lang):
        # At this point the style is all that stands before it, as the schema asks.
        paragraph.paragraph_format.element.get_or_add_pPr().append(
            OxmlElement("w:bidi")
        )
        run.font.rtl = True


def _add_table(
    document: WordDocument, rows: tuple[tuple[str, ...], ...], lang: str
) -> None:
    width = max(map(len, rows), default=0)
    if not width:
        return
    section = document.sections[0]
    table = document.add_table(len(rows), width, "Table Grid")
    if runs_right_to_left(rows[0][0] if rows[0] else "", lang):
        table.table_direction = WD_TABLE_DIRECTION.RTL
    shares = [_share(column) for column in zip_longest(*rows, fillvalue="")]
    room = (section.page_width or Mm(210)) - 2 * _SIDE
    for column, share in zip(table.columns, shares, strict=True):
        column.width = Length(room * share // sum(shares))
    for row, cells in zip(table.rows, rows, strict=True):
        _fill_row(row, cells, lang)
    for cell in table.rows[0].cells:
        for run in cell.paragraphs[0].runs:
            run.bold = True
    # What a screen reader needs to say the names of the columns.
    (header,) = document.element.xpath("(//w:tbl)[last()]/w:tr[1]")
    header.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    document.add_paragraph()


def _fill_row(row: Row, cells: tuple[str, ...], lang: str) -> None:
    for cell, text in zip(row.cells, cells, strict=False):
        _fill(cell.paragraphs[0], clean(text).strip(), lang)
    if max(map(len, cells), default=0) < _SHORT:
        whole = row._tr.get_or_add_trPr()  # noqa: SLF001  it has no public name
        whole.append(OxmlElement("w:cantSplit"))


def _share(column: Iterable[str]) -> int:
    """How wide a column is beside the others: as its longest words, within reason."""
    return min(max(_NARROWEST, *map(len, column)), _WIDEST)


def _identify(document: WordDocument, letter: Paper) -> None:
    """Leave the title and the language, and nothing that the template stamped."""
    package = document.part.package
    core = package.part_related_by(RELATED.CORE_PROPERTIES)
    if isinstance(core, XmlPart):
        for stamped in list(core.element):
            core.element.remove(stamped)
    document.core_properties.title = (
        one_line(letter.title) or one_line(letter.subject)
    )[:255]
    document.core_properties.language = "-".join(filter(None, subtags(letter.lang)))
    for owner, kinds in ((package.rels, _STAMPED), (document.part.rels, _UNUSED)):
        for name in [key for key, link in owner.items() if link.reltype in kinds]:
            owner.pop(name)


def _without_times(written: io.BytesIO) -> bytes:
    """The same package, each entry stamped with one time instead of now."""
    repacked = io.BytesIO()
    with zipfile.ZipFile(written) as old, zipfile.ZipFile(repacked, "w") as new:
        for entry in old.infolist():
            fresh = zipfile.ZipInfo(entry.filename, _EARLIEST)
            fresh.compress_type = zipfile.ZIP_DEFLATED
            fresh.create_system = 0  # else it tells Windows from the others
            new.writestr(fresh, old.read(entry))
    return repacked.getvalue()
