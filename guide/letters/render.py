"""A letter and its fields into paper, each paragraph as plain text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from guide.letters.templates import FieldValue, fill, long_date
from guide.model.content import FieldKind, Letter
from guide.model.paper import Paper, Paragraph, ParagraphKind
from guide.words import speaking

BLANK = "________"
_FENCE, _ITEM = "```", "- "
# What somebody typed is never mark-up: these two stand for "#" and "`" until the
# paragraphs are parted. Typed text cannot hold them, the text gate shows them.
_HELD = str.maketrans("#`", "\ue000\ue001")
_GIVEN_BACK = str.maketrans("\ue000\ue001", "#`")


def missing_fields(letter: Letter, values: Mapping[str, FieldValue]) -> tuple[str, ...]:
    """The required fields that have no value yet, in the letter's order."""
    return tuple(
        field.id
        for field in letter.fields
        if field.required and not values.get(field.id)
    )


def render(
    letter: Letter, values: Mapping[str, FieldValue], *, to: str, today: date
) -> Paper:
    """Fill *letter*. What is required and missing stands there as a visible blank.

    Its dates are in the language of the letter, whatever the reader's own is.
    """
    with speaking(letter.lang):
        return _rendered(letter, values, to=to, today=today)


def _rendered(
    letter: Letter, values: Mapping[str, FieldValue], *, to: str, today: date
) -> Paper:
    filled = {field.id: _shown(values, field.id, letter) for field in letter.fields}
    return Paper(
        title=letter.title,
        subject=" ".join(_given_back(fill(letter.subject, filled)).split()),
        paragraphs=tuple(
            replace(each, text=_given_back(each.text))
            for each in paragraphs(fill(letter.body, filled))
        ),
        # A form is the reader's own: it goes to nobody, and says itself of when it is.
        date_line="" if letter.is_form else long_date(today.isoformat()),
        to="" if letter.is_form else to or BLANK,
        lang=letter.lang,
    )


def _shown(values: Mapping[str, FieldValue], id_: str, letter: Letter) -> FieldValue:
    field = letter.field(id_)
    if field is None:
        return ""
    value = values.get(id_, "")
    match field.kind:
        case FieldKind.YESNO:
            return value == "yes"
        case FieldKind.LIST:
            lines = value if isinstance(value, tuple) else ()
            return tuple(line.translate(_HELD) for line in lines)
        case _:
            text = value.translate(_HELD) if isinstance(value, str) else ""
            return text or (BLANK if field.required else "")


def _given_back(text: str) -> str:
    return text.translate(_GIVEN_BACK)


def paragraphs(text: str) -> tuple[Paragraph, ...]:
    """Plain text into paragraphs: blank lines part them, ``- `` begins an item."""
    found: list[Paragraph] = []
    for part in _parts(text):
        if part.startswith(_FENCE):
            exact = part.removeprefix(_FENCE).removesuffix(_FENCE).strip("\n")
            found.append(Paragraph(kind=ParagraphKind.EXACT, text=exact))
            continue
        for line in part.split("\n"):
            if line.startswith(_ITEM) and line.strip() != "-":
                text = line.removeprefix(_ITEM)
                found.append(Paragraph(kind=ParagraphKind.ITEM, text=text))
            elif line.startswith("# "):
                found.append(_heading(line))
            elif line.strip():
                found.append(Paragraph(text=line.strip()))
    return tuple(found)


def _heading(line: str) -> Paragraph:
    return Paragraph(kind=ParagraphKind.HEADING, text=line.removeprefix("# "))


def _parts(text: str) -> list[str]:
    """Blocks between blank lines; what stands between fences is one block."""
    parts: list[str] = []
    fenced = False
    for block in text.split("\n\n"):
        if fenced:
            parts[-1] += "\n\n" + block
        else:
            parts.append(block.strip("\n"))
        fenced ^= block.count(_FENCE) % 2 == 1
    return [part for part in parts if part.strip()]
