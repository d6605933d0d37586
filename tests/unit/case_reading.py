"""A case book read back by other programs, and small pictures to put into one."""

from __future__ import annotations

import io
import re
import unicodedata
from html.parser import HTMLParser

from docx import Document
from PIL import Image
from pypdf import PdfReader

from guide.export.book import write
from guide.model.case import Case, Exhibit


def jpeg(width: int = 640, height: int = 420, seed: int = 1) -> bytes:
    """A small clean picture, not the same for each *seed*."""
    written = io.BytesIO()
    base = Image.linear_gradient("L").rotate(seed * 7 % 360).resize((width, height))
    base.convert("RGB").save(written, "JPEG", quality=80)
    return written.getvalue()


def png(width: int = 300, height: int = 500) -> bytes:
    """A small clean picture of the other kind."""
    written = io.BytesIO()
    Image.radial_gradient("L").resize((width, height)).save(written, "PNG")
    return written.getvalue()


def pictures(exhibit: Exhibit) -> bytes | None:
    """What another part of the guide would give; one of them cannot be drawn."""
    match exhibit.evidence.media_type:
        case "image/jpeg":
            return jpeg(seed=exhibit.evidence.number)
        case "image/png":
            return png()
        case _:
            return None


def go_on() -> None:
    """Nobody wants to stop."""


def made(case: Case, format_: str) -> bytes:
    return write(case, format_, pictures, go_on)


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", unicodedata.normalize("NFC", text))


class Page(HTMLParser):
    """The words and the elements of a web page."""

    def __init__(self, data: bytes) -> None:
        super().__init__()
        self.words: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(data.decode())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self.words += [value for name, value in attrs if name == "alt" and value]

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def text_of(data: bytes, format_: str) -> str:
    match format_:
        case "pdf":
            return "".join(
                page.extract_text() for page in PdfReader(io.BytesIO(data)).pages
            )
        case "docx":
            body = Document(io.BytesIO(data)).element.body
            return "".join(
                str(each.text) if each.tag.endswith("}t") else str(each.get("descr"))
                for each in body.xpath(".//w:t | .//wp:docPr")
            )
        case _:
            return "".join(Page(data).words)
