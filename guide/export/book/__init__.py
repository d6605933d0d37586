"""The case book: one case as PDF, Word document or web page.

All three are drawn from the same blocks. A module is loaded when its format is asked
for: Word and PDF cost start-up time that a reader of pages should not pay.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, TypeAlias

from guide.model.case import Case, Exhibit
from guide.model.problems import NotWrittenError
from guide.words import _

if TYPE_CHECKING:
    from guide.export.book.blocks import Block, Frame

# A clean, small JPEG or PNG of an exhibit that may be drawn; None if there is none.
Pictures: TypeAlias = Callable[[Exhibit], bytes | None]
# Called between steps, and often; it raises to stop.
Watch: TypeAlias = Callable[[], None]

FORMATS = ("pdf", "docx", "html")


def write(case: Case, format_: str, pictures: Pictures, watch: Watch) -> bytes:
    """The book of *case* in one of ``FORMATS``.

    The same case and pictures give the same bytes. Nothing is put on a disk. Raises
    NotWrittenError, and whatever *watch* raises, at once and with nothing left over.
    """
    from guide.export.book.content import blocks_of, frame_of

    writer = _writer(format_)
    return writer(frame_of(case), blocks_of(case, pictures), watch)


def _writer(format_: str) -> Callable[[Frame, Iterator[Block], Watch], bytes]:
    match format_:
        case "pdf":
            from guide.export.book import pdf

            return pdf.write
        case "docx":
            from guide.export.book import docx

            return docx.write
        case "html":
            from guide.export.book import html

            return html.write
        case _:
            raise NotWrittenError(
                _("A case book cannot be made in that format. Nothing was changed."),
                _("Choose PDF, DOCX or HTML."),
            )
