"""A letter as it goes onto paper: the words, in order, and nothing else.

Every field is plain text. Whatever it holds (a mark-up character, a command, a
script that runs right to left) is printed as it is; no writer interprets it.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class ParagraphKind(StrEnum):
    """What a paragraph is, which is all that a writer may style."""

    TEXT = "text"
    HEADING = "heading"
    ITEM = "item"  # of a bulleted list; a numbered one is text with its number
    EXACT = "exact"  # mail headers, addresses: no line is ever joined or wrapped
    TABLE = "table"


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """One block of a letter. A line break in ``text`` stays a line break."""

    kind: ParagraphKind = ParagraphKind.TEXT
    text: str = ""
    rows: tuple[tuple[str, ...], ...] = ()  # of a small table; the first is its header


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """A finished letter, ready for any format.

    ``title`` names the document for screen readers and is not printed.
    ``original`` is a whole mail message that travels with the letter unaltered,
    in the one format that can carry it (EML).
    """

    title: str
    subject: str
    paragraphs: tuple[Paragraph, ...]
    date_line: str = ""
    to: str = ""  # the recipient as printed, one line or several
    lang: str = "en"  # BCP 47
    mail_to: str = ""  # the recipient's mail address, where one is known
    reply_from: str = ""  # an address of the reader's that is safe to give away
    original: bytes | None = None
    original_name: str = ""
