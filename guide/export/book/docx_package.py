"""What stands around the words of a Word document: styles, head, foot, properties.

The template stamps an author, an editor, times, a comment and a preview picture. All
of them are taken out, and each entry of the package gets one fixed time.
"""

from __future__ import annotations

import io
import zipfile

from docx.document import Document as WordDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.opc.constants import RELATIONSHIP_TYPE as RELATED
from docx.opc.part import XmlPart
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.shared import Length, Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle

from guide.export.book import docx_words as words
from guide.export.book.blocks import Frame
from guide.export.book.compiling import Watch
from guide.model.characters import runs_right_to_left, subtags
from guide.words import _

_STAMPED = (RELATED.EXTENDED_PROPERTIES, RELATED.THUMBNAIL)
_UNUSED = (
    RELATED.CUSTOM_XML,
    "http://schemas.microsoft.com/office/2007/relationships/stylesWithEffects",
)
_EARLIEST = (1980, 1, 1, 0, 0, 0)  # the first time that a ZIP entry can hold
_BLACK = RGBColor(0, 0, 0)
_SIDE, _LEAD = Mm(22), Mm(48)
_HEADINGS = (
    ("Title", 22.0),
    ("TOC Heading", 14.0),
    ("Heading 1", 16.0),
    ("Heading 2", 12.0),
    ("Heading 3", 10.5),
)


def lay_out(document: WordDocument, frame: Frame) -> None:
    """Pages, styles, and what stands on each page."""
    section = document.sections[0]
    if subtags(frame.lang)[1] not in ("US", "CA"):
        section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = _SIDE
    section.top_margin = section.bottom_margin = _SIDE
    _style(document)
    tag = "-".join(filter(None, subtags(frame.lang)))
    for spoken in document.styles.element.xpath("w:docDefaults//w:lang"):
        for script in ("val", "eastAsia", "bidi"):
            spoken.set(qn(f"w:{script}"), tag)
    head = section.header.paragraphs[0]
    journal = _("Journal {head}").format(head=frame.head) if frame.head else ""
    told = " | ".join(filter(None, (frame.title, journal, frame.made_on)))
    rtl = runs_right_to_left(told, frame.lang)
    _replace(head._p, words.run(told, rtl=rtl))  # noqa: SLF001  it has no public name
    foot = section.footer.paragraphs[0]
    _replace(foot._p, _page_of_pages())  # noqa: SLF001  as above


def _replace(paragraph: object, runs: str) -> None:
    if hasattr(paragraph, "getparent"):
        parent = paragraph.getparent()
        parent.replace(paragraph, parse_xml(words.framed(runs, "Quiet")))


def _page_of_pages() -> str:
    before, _page, rest = _("Page {page} of {pages}").partition("{page}")
    between, _pages, after = rest.partition("{pages}")
    return (
        words.run(before)
        + words.filled("PAGE", "1")
        + words.run(between)
        + words.filled("NUMPAGES", "1")
        + words.run(after)
    )


def _style(document: WordDocument) -> None:
    for name, size in _HEADINGS:
        style = document.styles[name]
        if isinstance(style, ParagraphStyle):
            style.font.size, style.font.color.rgb = Pt(size), _BLACK
            style.paragraph_format.page_break_before = name == "Heading 1"
    _new(document, "Field", 10).paragraph_format.first_line_indent = Length(-_LEAD)
    field = document.styles["Field"]
    if isinstance(field, ParagraphStyle):
        field.paragraph_format.left_indent = _LEAD
        field.paragraph_format.tab_stops.add_tab_stop(_LEAD)
        field.paragraph_format.space_after = Pt(2)
    exact = _new(document, "Exact", 8.5)
    exact.font.name = "Courier New"
    for name in ("Cell", "Quiet"):
        _new(document, name, 9).paragraph_format.space_after = Pt(0)
    _new(document, "Contents", 11).paragraph_format.space_after = Pt(4)
    for line in document.styles["Title"].element.xpath("w:pPr/w:pBdr"):
        line.getparent().remove(line)


def _new(document: WordDocument, name: str, size: float) -> ParagraphStyle:
    style: ParagraphStyle = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    style.font.size = Pt(size)
    return style


def identify(document: WordDocument, frame: Frame) -> None:
    """Leave the title and the language, and nothing that the template stamped."""
    package = document.part.package
    core = package.part_related_by(RELATED.CORE_PROPERTIES)
    if isinstance(core, XmlPart):
        for stamped in list(core.element):
            core.element.remove(stamped)
    document.core_properties.title = frame.title[:255]
    document.core_properties.language = "-".join(filter(None, subtags(frame.lang)))
    for owner, kinds in ((package.rels, _STAMPED), (document.part.rels, _UNUSED)):
        for name in [key for key, link in owner.items() if link.reltype in kinds]:
            owner.pop(name)


def without_times(written: io.BytesIO, watch: Watch) -> bytes:
    """The same package, each entry stamped with one time instead of now."""
    repacked = io.BytesIO()
    with zipfile.ZipFile(written) as old, zipfile.ZipFile(repacked, "w") as new:
        for entry in old.infolist():
            watch()
            fresh = zipfile.ZipInfo(entry.filename, _EARLIEST)
            fresh.compress_type = zipfile.ZIP_DEFLATED
            fresh.create_system = 0  # else it tells Windows from the others
            new.writestr(fresh, old.read(entry))
    return repacked.getvalue()
