"""A sheet as lines to hear, in the order in which they help: pure.

What a line is stands at its start, in words ("Heading 2:", "Question:"). Nothing
else that is shown may begin like that: a line that would is indented. Only what can
be chosen is numbered.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable, Iterator

from guide.model.cells import cells, in_lines
from guide.model.progress import TickState
from guide.model.reading_width import reading_width
from guide.model.sheet import Row, RowKind, Sheet
from guide.model.text import Block, BlockKind
from guide.words import _, plural

_SHORT_NOTE = 30
_OUTSIDE = ("https:", "http:", "tel:", "mailto:")
_NUMBERED = re.compile(r"(\d+)\. $")


def said(name: str, text: str) -> list[str]:
    """A line that begins with what it is, such as ``Error: …``."""
    return wrapped(f"{name}: {text}", marked=True)


def exactly(name: str, text: str) -> list[str]:
    """The same for what a reader typed or may want to copy: no line is broken."""
    return [f"{name}: {text}"]


def wrapped(
    text: str, *, indent: str = "", first: str = "", marked: bool = False
) -> list[str]:
    """*text* in lines of the reading width; a longer word stays whole.

    Unless it is *marked* as ours, no line of it begins like one of ours.
    """
    lines: list[str] = []
    for line in text.split("\n"):
        if cells(line) > len(line):  # signs that take two cells, and few spaces
            lead = indent if lines else first
            lines += in_lines(line, reading_width(), first=lead, rest=indent)
            continue
        lines += textwrap.wrap(
            line,
            reading_width(),
            initial_indent=indent if lines else first,
            subsequent_indent=indent,
            break_long_words=False,
            break_on_hyphens=False,
        ) or [""]
    ours = int(marked)
    return [*lines[:ours], *(_not_ours(line) for line in lines[ours:])]


def _not_ours(line: str) -> str:
    return f"  {line}" if _marks().match(line) else line


def _marks() -> re.Pattern[str]:
    names = (
        *(_("Question"), _("Choice"), _("Warning"), _("Saved"), _("Error")),
        *(_("Heading"), _("Task"), _("Next"), _("Note"), _("Step")),
        # Not every language puts the number last.
        *(_("Heading {level}").format(level=level) for level in range(1, 7)),
    )
    return re.compile(rf"(?:{'|'.join(map(re.escape, names))})(?: \d+)?:")


def place_lines(sheet: Sheet) -> list[str]:
    """Where the reader is: the way here, and how far it is."""
    parts = [*sheet.trail, sheet.progress]
    place = " ".join(f"{part}." for part in parts if part)
    return ["", *wrapped(place)] if place else [""]


def title_lines(sheet: Sheet) -> list[str]:
    """A question where the sheet asks one, else a heading."""
    if is_question(sheet):
        return said(_("Question"), sheet.title)
    return said(_("Heading {level}").format(level=1), sheet.title)


def is_question(sheet: Sheet) -> bool:
    """Whether the title is answered by one of the rows, or by what is typed."""
    asks = any(row.kind in (RowKind.CHOICE, RowKind.BOX) for row in sheet.rows)
    return asks or (sheet.ask is not None and sheet.ask.label == sheet.title)


def block_lines(blocks: Iterable[Block]) -> list[str]:
    """*blocks* as lines, with a blank one where a new thought begins."""
    lines: list[str] = []
    before: BlockKind | None = None
    for block in blocks:
        together = before is block.kind and block.kind in (
            *(BlockKind.ITEM, BlockKind.FIELD, BlockKind.CODE),
        )
        lines += [] if together else [""]
        lines += _block(block)
        before = block.kind
    return lines


def _block(block: Block) -> list[str]:
    text = with_addresses(block)
    if block.kind is BlockKind.PICTURE:
        text = f"{text} {_('Plain mode does not draw pictures.')}"
    match block.kind:
        case BlockKind.HEADING:
            name = _("Heading {level}").format(level=max(block.level, 2))
            return said(name, text)
        case BlockKind.CALLOUT:
            return said(block.lead or _("Note"), text)
        case BlockKind.QUOTE:
            return said(_("Quote"), text)
        case BlockKind.CODE:
            return [f"    {line}" for line in text.split("\n")]
        case BlockKind.ITEM | BlockKind.FIELD:
            return wrapped(_lead(block) + text, indent="  ", marked=bool(block.lead))
        case _:
            # A file that was saved is said by the action, and no name is broken up.
            return [text] if text.startswith(_("Saved") + ":") else wrapped(text)


def _lead(block: Block) -> str:
    """A number in front of a list item is not one that can be chosen."""
    number = _NUMBERED.match(block.lead)
    return _("Number {n}: ").format(n=number[1]) if number else block.lead


def with_addresses(block: Block) -> str:
    """The text, with each outside address that it only links to written out."""
    text = block.text
    for span in sorted(block.spans, key=lambda span: span.start, reverse=True):
        hidden = span.target.startswith(_OUTSIDE) and span.target not in block.text
        if hidden:
            text = f"{text[: span.end]} ({span.target}){text[span.end :]}"
    return text


def row_lines(rows: Iterable[Row], first: int = 1) -> list[str]:
    """What can be chosen, numbered from *first*, under its headings."""
    lines: list[str] = []
    rows = tuple(rows)
    for number, row in enumerate(rows, first):
        if row.group or number == first:
            lines.append("")
        if row.group:
            lines += said(_("Heading {level}").format(level=2), row.group)
        lines += _row(number, row)
    return lines


def _row(number: int, row: Row) -> list[str]:
    words = [_of_kind(row)]
    short = 0 < len(row.note) <= _SHORT_NOTE
    words += [f"({row.note})"] if short else []
    words += [f"({state})" for state in states(row)]
    lines = wrapped(f"{number}. {' '.join(words)}", indent="     ", first="  ")
    if row.note and not short:
        lines += wrapped(row.note.strip(), indent="     ", first="     ")
    return lines


def _of_kind(row: Row) -> str:
    task = row.kind is RowKind.TASK
    return _("Task: {text}").format(text=row.text) if task else row.text


def states(row: Row) -> Iterator[str]:
    """The state of a row, in words; nothing where there is nothing to say."""
    if row.kind is RowKind.TASK:
        yield state_words(row.state)
    elif row.kind is RowKind.BOX and row.on:
        yield _("ticked")
    elif row.on:
        yield _("your answer so far")


def state_words(state: TickState) -> str:
    """How far a task is, as it is said."""
    words = {
        TickState.NOT_NOW: _("not done"),
        TickState.DONE: _("done"),
        TickState.NOT_FOR_ME: _("not for me"),
    }
    return words[state]


def ticked(rows: Iterable[Row]) -> str:
    """How many boxes are ticked."""
    count = sum(row.kind is RowKind.BOX and row.on for row in rows)
    return plural("{count} ticked.", "{count} ticked.", count)
