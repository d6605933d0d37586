"""What of a sheet is said: all of it, or only what was not just heard."""

from __future__ import annotations

from collections.abc import Callable

from guide.model.sheet import Row, RowKind, Sheet
from guide.model.text import Block, BlockKind, paragraph
from guide.plain.forms import field_lines
from guide.plain.lines import (
    block_lines,
    exactly,
    is_question,
    place_lines,
    row_lines,
    said,
    title_lines,
    wrapped,
)
from guide.words import _

LEAVING = "first-leave"
SHORTEST_LETTER = 4  # blocks
_WARNINGS = frozenset({BlockKind.CALLOUT})


class Hearing:
    """Remembers the last two sheets that were said.

    *is_new* says of a form that its blanks have not been asked for yet.
    """

    def __init__(self, is_new: Callable[[Sheet], bool]) -> None:
        self._is_new = is_new
        self._last: tuple[Sheet, ...] = ()

    def forget(self) -> None:
        """Say all of the next one."""
        self._last = ()

    def hear(self, sheet: Sheet) -> list[str]:
        """The sheet as lines, or only what is new on one that was just said."""
        heard, self._last = self._last, (*self._last[-1:], sheet)
        if heard and _same(heard[-1], sheet):
            return self._news(heard[-1], sheet)
        if heard and _same(heard[0], sheet):  # from a short way aside
            title = ["", *title_lines(sheet)]
            return [*title, *self._news(heard[0], sheet, rows=True)]
        return self._whole(sheet)

    def _news(self, before: Sheet, sheet: Sheet, *, rows: bool = False) -> list[str]:
        lines = block_lines(b for b in sheet.blocks if b not in before.blocks)
        wording = [_wording(row) for row in sheet.rows]
        if rows or wording != [_wording(row) for row in before.rows]:
            lines += _rows(sheet)
        return lines

    def _whole(self, sheet: Sheet) -> list[str]:
        lines = [*place_lines(sheet), *title_lines(sheet), *self._text(sheet)]
        lines += block_lines(sheet.foot)
        if self._is_new(sheet):
            return lines
        if sheet.form:
            lines += field_lines(sheet.form)
        return lines + _rows(sheet)

    def _text(self, sheet: Sheet) -> list[str]:
        """The text, without a letter that stood on the screen before.

        What stands before the place that is looked at first is not said, but for
        warnings.
        """
        if sheet.start:
            warned = [b for b in sheet.blocks[: sheet.start] if b.kind in _WARNINGS]
            words = _("This begins further down on the page.")
            below = block_lines(sheet.blocks[sheet.start :])
            return [*block_lines(warned), "", *wrapped(words), *below]
        known = _blocks_of(self._last[0]) if len(self._last) > 1 else frozenset()
        rest = [block for block in sheet.blocks if block not in known]
        letter = not any(b.kind is BlockKind.FIELD for b in sheet.blocks)
        if not letter or len(sheet.blocks) - len(rest) < SHORTEST_LETTER:
            return block_lines([*sheet.blocks, *_of_plain_mode(sheet)])
        words = _("The letter is as it was said before. Type p to hear it again.")
        return [*block_lines(rest), "", *wrapped(words)]


def _rows(sheet: Sheet) -> list[str]:
    first = len(sheet.form.fields) + 1 if sheet.form else 1
    lines: list[str] = []
    if sheet.ask and not is_question(sheet):
        lines += ["", *said(_("Question"), sheet.ask.label)]
    if sheet.ask and sheet.ask.value:
        lines += exactly(_("Now"), sheet.ask.value)
    if any(row.kind is RowKind.BOX for row in sheet.rows):
        lines += ["", _("Tick as many as fit, for example: 1 3")]
    return lines + row_lines(sheet.rows, first)


def _of_plain_mode(sheet: Sheet) -> list[Block]:
    """Where a page speaks of keys, the ones of this mode."""
    if sheet.name != LEAVING:
        return []
    words = _("In plain mode: type q and Enter, or press Ctrl+C or Ctrl+Q.")
    return [paragraph(words)]


def _blocks_of(sheet: Sheet) -> frozenset[Block]:
    return frozenset(sheet.blocks) | frozenset(sheet.form.preview if sheet.form else ())


def _same(one: Sheet, other: Sheet) -> bool:
    return (one.name, one.title, one.start) == (other.name, other.title, other.start)


def _wording(row: Row) -> tuple[str, str, str]:
    return (row.value, row.text, row.note)
