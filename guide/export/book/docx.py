"""The case book as a Word document: real headings, tables with header rows.

Nothing in the file tells who made it, or when, so the same case is the same bytes.
The blocks go in as XML, because a large case has more paragraphs than the library
could add one by one in time.
"""

from __future__ import annotations

import io
from collections.abc import Iterable
from copy import deepcopy

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.image.exceptions import UnrecognizedImageError
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.oxml.shape import CT_Inline
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Emu, Mm

from guide.export.book import docx_words as words
from guide.export.book.blocks import (
    Block,
    Drawing,
    Frame,
    Heading,
    NewPage,
    Photo,
)
from guide.export.book.compiling import Watch, press
from guide.export.book.docx_package import identify, lay_out, without_times

_PIXEL = 9525  # EMU, at 96 in an inch
_TALLEST = Mm(190)
_DRAWN = (
    '#set page(width: auto, height: auto, margin: 0pt)\n#image("1.svg", width: 800pt)'
)


def write(frame: Frame, blocks: Iterable[Block], watch: Watch) -> bytes:
    """The book as the bytes of a DOCX file."""
    book = _Book(frame, watch)
    for block in blocks:
        watch()
        book.add(block)
    return book.written()


class _Book:
    """A document that grows by one block after the other."""

    def __init__(self, frame: Frame, watch: Watch) -> None:
        self._frame, self._watch = frame, watch
        self._document = Document()
        lay_out(self._document, frame)
        self._end: BaseOxmlElement = self._document.element.body.sectPr
        self._wide = False
        self._parts = self._pictures = 0
        self._put(words.paragraph(frame.title, frame.lang, "Title"))

    def add(self, block: Block) -> None:
        """Put *block* at the end."""
        match block:
            case NewPage(wide=wide):
                self._turn(wide=wide)
            case Heading(level=1, text=text):
                self._parts += 1
                self._put(words.part_heading(text, self._frame.lang, self._parts))
            case Photo() | Drawing():
                data = block.data if isinstance(block, Photo) else self._drawn(block)
                self._picture(data, block.alt, block.width * _PIXEL)
            case _:
                for xml in words.of_block(block, self._frame.lang):
                    self._put(xml)

    def written(self) -> bytes:
        self._lay(self._end)
        identify(self._document, self._frame)
        made = io.BytesIO()
        self._document.save(made)
        self._watch()
        return without_times(made, self._watch)

    def _put(self, xml: str) -> None:
        self._end.addprevious(parse_xml(xml))

    def _turn(self, *, wide: bool) -> None:
        """End a section where the next page lies the other way; parts break pages."""
        if wide == self._wide:
            return
        closing = deepcopy(self._end)
        self._lay(closing)
        holder = parse_xml(words.paragraph("", ""))
        holder.get_or_add_pPr().append(closing)
        self._end.addprevious(holder)
        self._wide = wide

    def _lay(self, section: BaseOxmlElement) -> None:
        size = section.find(qn("w:pgSz"))
        if size is None or not self._wide:
            return
        width, height = size.get(qn("w:w")), size.get(qn("w:h"))
        size.set(qn("w:w"), height or "")
        size.set(qn("w:h"), width or "")
        size.set(qn("w:orient"), WD_ORIENT.LANDSCAPE.name.lower())

    def _picture(self, data: bytes, alt: str, wanted: int) -> None:
        try:
            name, image = self._document.part.get_or_add_image(io.BytesIO(data))
        except UnrecognizedImageError:
            self._put(words.paragraph(alt, self._frame.lang))
            return
        ratio = image.px_height / image.px_width
        section = self._document.sections[0]
        room = section.page_height if self._wide else section.page_width
        width = min(wanted, (room or Mm(210)) - Mm(44), int(_TALLEST / ratio))
        self._pictures += 1
        inline = CT_Inline.new_pic_inline(
            self._pictures, name, "", Emu(width), Emu(int(width * ratio))
        )
        for named in inline.xpath("wp:docPr|.//pic:cNvPr"):
            named.set("descr", alt)
        holder = parse_xml(words.paragraph("", ""))
        run = parse_xml(words.empty_run())
        drawing = parse_xml(words.empty_drawing())
        drawing.append(inline)
        run.append(drawing)
        holder.append(run)
        self._end.addprevious(holder)

    def _drawn(self, block: Drawing) -> bytes:
        """Word draws no SVG by itself, so the pages' own maker paints it."""
        with press("png", self._watch) as work:
            work.put("1.svg", block.svg.encode())
            work.put("main.typ", _DRAWN.encode())
            return work.pages()
