"""The case book as a tagged PDF: PDF/UA-1 and PDF/A-2a in one file.

No author and no hour are stamped; the day it was made is, because PDF/A asks for a
date. The same case gives the same bytes where the same fonts are.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from guide.export.book.blocks import (
    Block,
    Contents,
    Drawing,
    Exact,
    Fields,
    Frame,
    Heading,
    Items,
    NewPage,
    Photo,
    Table,
    Words,
)
from guide.export.book.compiling import Press, Watch, press
from guide.export.book.photos import media_type
from guide.model.characters import runs_of, runs_right_to_left, subtags
from guide.words import _

_PAGE = Path(__file__).with_name("book.typ")
_Said = dict[str, object]
# Scripts without spaces between words have their own places to break.
_BREAKS = r"\s\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff"
_LONG, _LONG_IN_CELL, _LONGEST_RUNNING = 40, 12, 60
_PIXELS_IN_MM = 96 / 25.4
_MANY = 300  # records; with more of them the pages are set more closely
_GIANT = 2000  # letters of a word that is set in paragraphs of its own
_SHORT = 100  # letters of a value that may share a line
_WIDEST, _TALLEST = 160.0, 200.0  # mm that a picture may take


def write(frame: Frame, blocks: Iterator[Block], watch: Watch) -> bytes:
    """The book as the bytes of a PDF. Raises NotWrittenError, or what *watch* does."""
    with press("pdf", watch) as work:
        maker = _Maker(frame, work)
        for block in blocks:
            watch()
            maker.add(block)
        work.put("book.json", maker.book().encode())
        work.put("main.typ", _PAGE.read_bytes())
        return work.pages()


class _Maker:
    """Collects what the pages are set from; pictures go on at once."""

    def __init__(self, frame: Frame, work: Press) -> None:
        self._frame = frame
        self._work = work
        self._pictures = self._records = 0
        self._parts: list[_Part] = [_Part()]

    def add(self, block: Block) -> None:
        if isinstance(block, NewPage):
            self._parts.append(_Part(wide=block.wide, first=False))
        else:
            self._records += isinstance(block, Fields) and block.many
            self._parts[-1].blocks.append(self._said(block))

    def book(self) -> str:
        frame = self._frame
        lang, region = subtags(frame.lang)
        data = {
            "title": frame.title,
            "running": _running(frame),
            "made": frame.made_on,
            "day": frame.day,
            "page": _("Page {page} of {pages}"),
            "giant": _GIANT,
            "lang": lang,
            "rtl": runs_right_to_left("", frame.lang),
            "region": region,
            "paper": "us-letter" if region in ("US", "CA") else "a4",
            "undrawn_title": _("Characters that could not be drawn"),
            "undrawn": _(
                "No font on this computer has these characters. Each is printed as "
                "its number in the lists of Unicode. DOCX and HTML hold them as they "
                "are."
            ),
            "dense": self._records > _MANY,
            "parts": [part.said() for part in self._parts],
        }
        return json.dumps(data, ensure_ascii=False)

    def _said(self, block: Block) -> _Said:
        match block:
            case Photo():
                return self._photo(block)
            case Drawing():
                name = self._name()
                self._work.put(name, block.svg.encode())
                return {"kind": "drawing", "name": name, "alt": block.alt}
            case _:
                return _said(block, self._frame.lang)

    def _photo(self, block: Photo) -> _Said:
        name = self._name()
        size = (block.width, block.height)
        self._work.put_photo(name, media_type(block.data), size, block.data)
        width = min(block.width / _PIXELS_IN_MM, _WIDEST)
        width = min(width, _TALLEST * block.width / block.height)
        return {"kind": "photo", "name": name, "alt": block.alt, "width": width}

    def _name(self) -> str:
        self._pictures += 1
        return f"{self._pictures}.svg"


class _Part:
    """What stands on pages of one kind."""

    def __init__(self, *, wide: bool = False, first: bool = True) -> None:
        self.blocks: list[_Said] = []
        self._wide, self._first = wide, first

    def said(self) -> _Said:
        return {"wide": self._wide, "first": self._first, "blocks": self.blocks}


def _said(block: Block, lang: str) -> _Said:
    match block:
        case Heading(level=level, text=text):
            return {"kind": "heading", "level": level, "text": _text(text, lang)}
        case Words(text=text) | Exact(text=text):
            kind = "exact" if isinstance(block, Exact) else "words"
            return {"kind": kind, "text": _text(text, lang)}
        case Items(texts=texts):
            return {"kind": "items", "texts": [_text(text, lang) for text in texts]}
        case Contents(title=title):
            return {"kind": "contents", "title": title}
        case Fields():
            said = _fields(block, lang)
            return {"kind": "fields", "many": block.many, "fields": said}
        case _:
            return _table(block, lang) if isinstance(block, Table) else {}


def _fields(block: Fields, lang: str) -> list[_Said]:
    return [
        {
            "lead": each.lead,
            "value": _text(each.value, lang),
            "exact": each.exact,
            "long": each.exact or _stands_alone(each.value, lang),
        }
        for each in block.fields
    ]


def _stands_alone(text: str, lang: str) -> bool:
    return len(text) > _SHORT or "\n" in text or runs_right_to_left(text, lang)


def _table(block: Table, lang: str) -> _Said:
    return {
        "kind": "table",
        "shares": block.shares,
        "exact": sorted(block.exact),
        "small": block.small,
        "head": [_text(name, lang) for name in block.head],
        "rows": [
            [_text(cell, lang, longest=_LONG_IN_CELL) for cell in row]
            for row in block.rows
        ],
    }


def _text(text: str, lang: str, *, longest: int = _LONG) -> object:
    """Plain words as they are; others by the way they run, and in pieces."""
    long = _long_words(longest)
    runs = runs_of(text, lang)
    usual = runs_right_to_left("", lang)
    if all(rtl == usual for rtl, _run in runs) and not long.search(text):
        return text
    said = [{"rtl": rtl, "pieces": _pieces(run, long)} for rtl, run in runs]
    giant = len(max(long.findall(text), key=len, default="")) > _GIANT
    return {"size": len(text), "giant": giant, "runs": said}


def _pieces(text: str, long: re.Pattern[str]) -> list[tuple[str, bool]]:
    """The words in order, and which of them are long."""
    pieces: list[tuple[str, bool]] = []
    end = 0
    for word in long.finditer(text):
        if word.start() > end:
            pieces.append((text[end : word.start()], False))
        pieces.append((word[0], True))
        end = word.end()
    if end < len(text) or not pieces:
        pieces.append((text[end:], False))
    return pieces


@cache
def _long_words(longest: int) -> re.Pattern[str]:
    """Words longer than that, in scripts that set spaces between words."""
    return re.compile(f"[^{_BREAKS}]{{{longest},}}")


def _running(frame: Frame) -> str:
    title = frame.title
    if len(title) > _LONGEST_RUNNING:
        title = f"{title[:_LONGEST_RUNNING].rstrip()}\N{HORIZONTAL ELLIPSIS}"
    if not frame.head:
        return title
    return _("{title} | Journal {head}").format(title=title, head=frame.head)
