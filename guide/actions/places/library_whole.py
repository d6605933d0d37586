"""A screen of the library as one page to print: whole, and with no keys to press."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from guide.actions.desk import Desk
from guide.actions.pack_text import lesson_blocks, one_line, stamp
from guide.actions.packs import pack_of
from guide.actions.places.library import TARGET, Here, LibraryPlace, place_in
from guide.library.packs.walking import open_lesson
from guide.model.pack import Kind, Listed
from guide.model.progress import TickState
from guide.model.sheet import Row, RowKind, Sheet
from guide.model.text import Block, BlockKind, heading, item

_MARKS = {TickState.DONE: "[x] ", TickState.NOT_FOR_ME: "[-] "}


def whole_sheet(desk: Desk, target: str) -> Sheet:
    """All of what *target* names; its rows are ways to read on, and nothing else.

    Raises NotFoundError.
    """
    if not target.startswith(TARGET):
        return _to_read(LibraryPlace(desk).sheet())
    id_ = target.removeprefix(TARGET)
    sheet = _to_read(place_in(desk, id_).sheet())
    name, _slash, path = id_.partition("/")
    here = Here(desk, name, pack_of(desk, name))
    listed = here.pack.find(path)
    if listed is None or listed.kind is not Kind.LESSON:
        return sheet
    return replace(sheet, progress="", blocks=tuple(_lesson(here, listed, sheet)))


def _lesson(here: Here, listed: Listed, sheet: Sheet) -> Iterator[Block]:
    """The blocks of every page, under what stands above the first."""
    lesson = open_lesson(here.opened, listed)
    first = lesson_blocks(lesson.pages[0])
    above = sheet.blocks[: sheet.blocks.index(first[0])] if first else sheet.blocks
    yield from above or (stamp(here.pack.about),)
    for page in lesson.pages:
        yield from lesson_blocks(page)
    for task in lesson.tasks:
        yield item(one_line(task)[0])


def _to_read(sheet: Sheet) -> Sheet:
    """*sheet* with what is ticked as text, and only the rows that lead on."""
    rows = [row for row in sheet.rows if row.kind is RowKind.LINK]
    ways = tuple(row for row in rows if row.value.startswith((TARGET, "page:")))
    ticked = (block for row in sheet.rows for block in _ticked(row))
    return replace(sheet, rows=ways, blocks=(*sheet.blocks, *ticked))


def _ticked(row: Row) -> Iterator[Block]:
    if row.kind is not RowKind.TASK:
        return
    if row.group:
        yield heading(row.group)
    lead = _MARKS.get(row.state, "[ ] ")
    yield Block(kind=BlockKind.ITEM, lead=lead, text=row.text)
