"""Every shipped letter, filled in as a reader would, with plain and awkward words."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from email import message_from_bytes, policy
from functools import cache
from pathlib import Path

from docx import Document
from pypdf import PdfReader

from guide.actions.desk import Desk
from guide.actions.reporting import message_fields, open_message
from guide.actions.writing import draft, fill
from guide.letters.formats import write
from guide.letters.templates import FieldValue
from guide.library.loader import Shelf, content_root
from guide.model.content import Field, FieldKind, Letter, Library
from guide.model.paper import Paper
from guide.model.records import Draft
from guide.vault.store import Vault

SAMPLE = Path(__file__).parents[1] / "mail_samples/genuine_from_gmail.eml"
EMAIL, DAY, LONG_DAY = "reader@example.com", "2026-03-09", "9 March 2026"
Choose = Callable[[Field], str]

HEBREW, ARABIC = (
    "\u05e9\u05dc\u05d5\u05dd \u05e2\u05d5\u05dc\u05dd",
    "\u0627\u0644\u0627",
)
AWKWARD = {
    "a very long name": "Maria " * 60 + "Example",
    "a word that never ends": "x" * 400,
    "Hebrew": HEBREW,
    "Arabic and English": f"{ARABIC} abc 12",
    "lines": "One line\n\n\n\nanother\r\n  - a third\n- \n-\nthe last",
    "a template": "{{ 7*7 }} {% if x %} {# note #} {{ reply_address }}",
    "signs": "100 % of %s & <b>it</b> # 5 ``` `x` $x$ \\ * _a_ [b](c) ~ @d",
    "a heading": "# 3 calls\n# and more",
    "a fence": "```\ncode\n```\nand ```",
    "emoji": "\U0001f600 \U0001f469\u200d\U0001f469 \u2764\ufe0f",
    "hidden characters": "a\u202eb\u200bc\x07d",
}


@cache
def library() -> Library:
    """The guide as it ships."""
    return Shelf(content_root()).library()


def letter(id_: str) -> Letter:
    """The shipped letter *id_*."""
    return library().letters[id_]


def plain(field: Field) -> str:
    """An ordinary answer; each field has its own, so that none is mistaken."""
    match field.kind:
        case FieldKind.EMAIL:
            return EMAIL
        case FieldKind.DATE:
            return DAY
        case FieldKind.YESNO:
            return "yes"
        case _:
            return f"words for {field.id.replace('_', ' ')}"


def needed(field: Field) -> str:
    """Only what the letter cannot do without."""
    return plain(field) if field.required else ""


def all_said_no(field: Field) -> str:
    """Everything that can be typed, and no to everything that can be ticked."""
    return "no" if field.kind is FieldKind.YESNO else plain(field)


def nobody(field: Field) -> str:
    """Everything but a name."""
    return "" if field.id.endswith("_name") and not field.required else plain(field)


ORDINARY: dict[str, Choose] = {
    "all of it": plain,
    "what is needed": needed,
    "all, and no to every choice": all_said_no,
    "no name": nobody,
}


def awkward(text: str) -> Choose:
    """*text* in every place where words can be typed."""

    def choose(field: Field) -> str:
        words = field.kind in (FieldKind.TEXT, FieldKind.LONG)
        return text if words else plain(field)

    return choose


@cache
def _message() -> Mapping[str, FieldValue]:
    return message_fields(open_message(str(SAMPLE)))


def filled(id_: str, choose: Choose) -> Draft:
    """The letter as it would be now, its gate apart, through the reader's own ways."""
    open_ = replace(letter(id_), gate="", once=False)
    desk = Desk(library=library(), vault=Vault.in_memory(), now=_noon)
    for field in open_.fields:
        if not field.from_message:
            fill(desk, open_, field.id, choose(field))
    return draft(desk, open_, _message())


def _noon() -> datetime:
    return datetime(2026, 11, 3, 12, tzinfo=UTC)


def paper(id_: str, choose: Choose) -> Paper:
    """The paper of ``filled``."""
    return filled(id_, choose).paper


def text_of(written: Paper) -> str:
    """The letter as plain text."""
    return write(written, "txt").decode()


def words_in(text: str) -> str:
    """Without white space, because where lines end is up to each format."""
    return "".join(text.split())


def read_back(written: Paper, ending: str) -> str:
    """What another program reads in the file."""
    data = write(written, ending)
    match ending:
        case "pdf":
            pages = PdfReader(io.BytesIO(data)).pages
            texts = (page.extract_text().rstrip() for page in pages)
            return "".join(re.sub(r"Page \d+ of \d+$", "", text) for text in texts)
        case "docx":
            return "\n".join(x.text for x in Document(io.BytesIO(data)).paragraphs)
        case "eml":
            body = message_from_bytes(data, policy=policy.default).get_body()
            assert body is not None
            return str(body.get_content())
        case _:
            return data.decode()
