"""A letter and its fields into paper, each paragraph as plain text."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from guide.letters.templates import FieldValue, fill, long_date
from guide.model.content import FieldKind, Letter
from guide.model.paper import Paper, Paragraph, ParagraphKind

BLANK = "________"
_FENCE, _ITEM = "```", "- "


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
    """Fill *letter*. What is required and missing stands there as a visible blank."""
    filled = {field.id: _shown(values, field.id, letter) for field in letter.fields}
    return Paper(
        title=letter.title,
        subject=" ".join(fill(letter.subject, filled).split()),
        paragraphs=paragraphs(fill(letter.body, filled)),
        date_line=long_date(today.isoformat()),
        to=to or BLANK,
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
            return value if isinstance(value, tuple) else ()
        case _:
            return value or (BLANK if field.required else "")


def paragraphs(text: str) -> tuple[Paragraph, ...]:
    """Plain text into paragraphs: blank lines part them, ``- `` begins an item."""
    found: list[Paragraph] = []
    for part in _parts(text):
        if part.startswith(_FENCE):
            exact = part.removeprefix(_FENCE).removesuffix(_FENCE).strip("\n")
            found.append(Paragraph(kind=ParagraphKind.EXACT, text=exact))
            continue
        for line in part.split("\n"):
            if line.startswith(_ITEM):
                text = line.removeprefix(_ITEM)
                found.append(Paragraph(kind=ParagraphKind.ITEM, text=text))
            elif found and line.startswith("# "):
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
