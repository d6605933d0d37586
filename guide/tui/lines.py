"""A sheet into lines of styled text, for one width. Pure: no widget, no app.

A page is drawn as one widget; a widget for each paragraph would cost ten times
as much for every page turn (``design/performance.md``).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from rich.cells import cell_len

from guide.model.cells import last_break
from guide.model.progress import TickState
from guide.model.reading_width import reading_width
from guide.model.sheet import Meter, Row, RowKind, Sheet
from guide.model.text import Block, BlockKind, Span
from guide.safety.display import FORBIDDEN, show
from guide.words import _

_LONGEST = 200_000
_MARGIN = 1
Piece = tuple[str, str]  # text, style name


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of the screen: pieces from left to right; ``row`` it belongs to."""

    pieces: tuple[Piece, ...] = ()
    row: int | None = None


@dataclass(slots=True)
class Page:
    """All lines of a sheet, and where each row stands among them."""

    lines: list[Line] = field(default_factory=list)
    rows: dict[int, tuple[int, int]] = field(default_factory=dict)
    start: int = 0  # the line that stands on top at first

    def add(self, line: Line) -> None:
        """Put one more line at the end."""
        if line.row is not None:
            first, _last = self.rows.get(line.row, (len(self.lines), 0))
            self.rows[line.row] = (first, len(self.lines))
        self.lines.append(line)


def lay_out(sheet: Sheet, width: int, *, cursor: int | None) -> Page:
    """The lines of *sheet* at *width* columns, the row *cursor* marked."""
    page, inner = Page(), max(12, min(reading_width(), width - 2 * _MARGIN - 1))
    _add_above_rows(page, sheet, inner)
    for number in range(len(sheet.rows)):
        for line in _row_lines(sheet.rows, number, inner, cursor=cursor):
            page.add(line)
    if sheet.foot:
        page.add(Line())
        for line in block_lines(sheet.foot, inner, base="quiet"):
            page.add(line)
    return page


def _add_above_rows(page: Page, sheet: Sheet, width: int) -> None:
    if sheet.title:
        page.lines += [*_text(show(sheet.title), width, "title"), Line()]
    for number, lines in enumerate(_by_block(sheet.blocks, width, "text")):
        if number and number == sheet.start:
            page.start = len(page.lines)
        page.lines += lines
    if sheet.meter:
        page.lines += [_meter(sheet.meter, width), Line()]


def _meter(meter: Meter, width: int) -> Line:
    """How far it is as a bar of signs and as a number, so that neither needs colour."""
    room = width - len("[] 100 %")
    filled = room * meter.percent // 100
    bar = "#" * filled + "-" * (room - filled)
    text = f"[{bar}] {meter.percent:>3} %"
    return Line(pieces=((" " * _MARGIN, "text"), (text, "text")))


def block_lines(
    blocks: Sequence[Block], width: int, *, base: str = "text"
) -> Iterator[Line]:
    """Blocks of text as lines, a blank line after each paragraph."""
    for lines in _by_block(blocks, width, base):
        yield from lines


def _by_block(blocks: Sequence[Block], width: int, base: str) -> Iterator[list[Line]]:
    for number, block in enumerate(blocks):
        following = blocks[number + 1] if number + 1 < len(blocks) else None
        apart = [] if _close(block, following) else [Line()]
        yield [*_block(_gated(block), width, base), *apart]


def _gated(block: Block) -> Block:
    """*block* with nothing in it that the wall behind would take away in silence."""
    if not FORBIDDEN.search(block.text.replace("\n", "")):
        return block
    text = show(block.text, multiline=True, limit=_LONGEST)
    return replace(block, text=text, spans=())


_TIGHT = frozenset({BlockKind.ITEM, BlockKind.FIELD, BlockKind.CODE})


def _close(block: Block, following: Block | None) -> bool:
    """Whether two blocks stand without a blank line between them."""
    if following is None or block.kind is BlockKind.HEADING:
        return following is not None
    return block.kind in _TIGHT and following.kind is block.kind


def _block(block: Block, width: int, base: str) -> Iterator[Line]:
    style, lead = base, ""
    match block.kind:
        case BlockKind.HEADING:
            style = "heading"
        case BlockKind.ITEM:
            lead = "  " * block.level + block.lead
        case BlockKind.QUOTE:
            lead = "| "
        case BlockKind.CALLOUT:
            yield from _text(f"! {block.lead}", width, "callout")
            lead = "| "
        case BlockKind.CODE:
            style = "code"
        case BlockKind.FIELD:
            yield from _field(block, width, base)
            return
        case BlockKind.PICTURE:
            yield from _picture(block, width)
        case _:
            pass
    hang = lead if lead in ("| ",) else " " * cell_len(lead)
    yield from _spanned(block.text, block.spans, width, style, first=lead, rest=hang)


def _field(block: Block, width: int, base: str) -> Iterator[Line]:
    lead = show(block.lead)
    spans = (Span(start=0, end=len(lead), style="strong"),)
    yield from _spanned(
        lead + show(block.text), spans, width, base, first="", rest="  "
    )


def _picture(block: Block, width: int) -> Iterator[Line]:
    if block.picture is None:
        return
    from guide.tui.pictures import picture_lines  # few screens have one

    for pieces in picture_lines(block.picture, width):
        yield Line(pieces=((" " * _MARGIN, "text"), *pieces))


def _text(text: str, width: int, style: str) -> Iterator[Line]:
    yield from _spanned(text, (), width, style, first="", rest="")


def _spanned(
    text: str, spans: Sequence[Span], width: int, style: str, *, first: str, rest: str
) -> Iterator[Line]:
    lead = first
    for start, end in wrap(text, width - cell_len(rest)):
        pieces = [(" " * _MARGIN, style)]
        if lead:
            pieces.append((lead, style))
        pieces += _pieces(text, spans, start, end, style)
        yield Line(pieces=tuple(pieces))
        lead = rest


def _pieces(
    text: str, spans: Sequence[Span], start: int, end: int, base: str
) -> Iterator[Piece]:
    edges = {start, end}
    for span in spans:
        edges |= {edge for edge in (span.start, span.end) if start < edge < end}
    cuts = sorted(edges)
    for a, b in pairwise(cuts):
        inside = (s.style for s in spans if s.start <= a and s.end >= b)
        yield text[a:b], next(inside, base)


def wrap(text: str, width: int) -> Iterator[tuple[int, int]]:
    """Where each line of *text* begins and ends: at words, by width in cells."""
    width, at = max(4, width), 0
    for part in text.split("\n"):
        plain = part.isascii()
        end_of_part, start = at + len(part), at
        while True:
            end = _fitting(text, start, end_of_part, width, plain=plain)
            yield start, end
            start = end + 1 if text[end : end + 1] == " " else end
            if end >= end_of_part or start >= end_of_part:
                break
        at = end_of_part + 1


def _fitting(text: str, start: int, end: int, width: int, *, plain: bool) -> int:
    """How far the line from *start* reaches before it would be too wide."""
    if plain:
        if end - start <= width:
            return end
        last = start + width
    else:
        last, cells = start, 0
        while last < end:
            cells += cell_len(text[last])
            if cells > width:
                break
            last += 1
        return end if last == end else last_break(text, start, last)
    space = text.rfind(" ", start, last + 1)
    return space if space > start else max(last, start + 1)


def _row_lines(
    rows: Sequence[Row], number: int, width: int, *, cursor: int | None
) -> Iterator[Line]:
    row = rows[number]
    if row.group:
        if number:
            yield Line()
        for line in _text(show(row.group), width, "heading"):
            yield Line(pieces=line.pieces)
    elif number and rows[number - 1].kind is not row.kind and _parts(rows, number):
        yield Line()
    here = number == cursor
    style = "cursor" if here else "row"
    lead = f"{'>' if here else ' '} {mark(row)}{label(rows, number)} "
    hang = " " * cell_len(lead)
    said = show(row.text)
    for n, (start, end) in enumerate(wrap(said, width - cell_len(lead))):
        text = f"{hang if n else lead}{said[start:end]}"
        padding = " " * (width - cell_len(text)) if here else ""
        yield Line(
            pieces=((" " * _MARGIN, "text"), (text + padding, style)), row=number
        )
    if row.note:
        note = show(row.note)
        for start, end in wrap(note, width - cell_len(hang)):
            pieces = ((" " * _MARGIN + hang, "text"), (note[start:end], "quiet"))
            yield Line(pieces=pieces, row=number)


def _parts(rows: Sequence[Row], number: int) -> bool:
    """Whether a gap helps between a checklist and what comes after it."""
    before, here = rows[number - 1].kind, rows[number].kind
    return RowKind.TASK in (before, here) or RowKind.BUTTON in (before, here)


def mark(row: Row) -> str:
    """The state of a row as characters, so that it never depends on colour."""
    match row.kind:
        case RowKind.CHOICE:
            return "(*) " if row.on else "( ) "
        case RowKind.BOX:
            return "[x] " if row.on else "[ ] "
        case RowKind.TASK:
            marks = {TickState.DONE: "[x] ", TickState.NOT_FOR_ME: "[-] "}
            return marks.get(row.state, "[ ] ")
        case _:
            return ""


def label(rows: Sequence[Row], number: int) -> str:
    """The key that chooses a row: its letter, or its number up to nine."""
    row = rows[number]
    if row.key:
        return row.key
    place = sum(not each.key for each in rows[: number + 1])
    return str(place) if place <= 9 else " "


def state_in_words(row: Row) -> str:
    """What a tick means, said when it changes."""
    words = {
        TickState.DONE: _("Done."),
        TickState.NOT_NOW: _("Not now."),
        TickState.NOT_FOR_ME: _("Not for me."),
    }
    return words[row.state]
