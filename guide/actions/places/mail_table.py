"""A whole mailbox file as screens: the table of senders, saving it, keeping it."""

from __future__ import annotations

from pathlib import Path

from guide.actions.desk import Desk
from guide.actions.mail_table import (
    NAME,
    in_words,
    line_of,
    make_table,
    save_table,
)
from guide.actions.places.place import Begin, Move, Open, Place, Show
from guide.actions.working import Work
from guide.files import path_typed
from guide.model.sheet import Ask, Row, RowKind, Sheet
from guide.model.text import Block, BlockKind, copy_line, heading, item, paragraph
from guide.model.trace import MailTable
from guide.safety.display import show, show_path
from guide.words import _, plural

MAILBOX, TABLE = "mailbox", "table"
_SAVE, _KEEP = "save", "keep"
MOST_SHOWN = 200


class MailboxPlace(Place):
    """A mailbox too large to be read as one email: a table of it can be made."""

    def __init__(self, desk: Desk, typed: str) -> None:
        self._desk, self._typed = desk, typed

    def sheet(self) -> Sheet:
        first = _(
            "This file is a mailbox: it holds many emails. The guide can count who "
            "wrote how often. It only reads the file."
        )
        second = _(
            "For a complaint, save the one email that matters as a file of its own."
        )
        return Sheet(
            name=MAILBOX,
            title=_("A file with many emails"),
            trail=(_("Saved email"),),
            blocks=(paragraph(first), paragraph(second)),
            rows=(table_row(),),
        )

    def choose(self, value: str) -> Move:
        if value != TABLE:
            return Open(value)
        return table_begun(self._desk, self._typed)


def table_row() -> Row:
    """Makes the table."""
    return Row(
        kind=RowKind.BUTTON,
        value=TABLE,
        text=_("Make a table of everybody who wrote"),
        note=_("A large file takes some minutes. You can stop at any time."),
    )


def table_begun(desk: Desk, typed: str) -> Move:
    """Read the mailbox *typed* through to its end, beside the screen."""
    path = path_typed(typed)

    def do(work: Work) -> Place:
        return TablePlace(desk, make_table(desk, path, work), path)

    name = show_path(path.name)
    work = Work(_("Reading {name}").format(name=name), do)
    work.on_stop = _("You can stop at any time. The file is only read.")
    return Begin(work)


class TablePlace(Place):
    """Everybody who wrote to a mailbox; it can be saved, and kept as evidence."""

    def __init__(
        self, desk: Desk, table: MailTable, source: Path, saved: Path | None = None
    ) -> None:
        self._desk, self._table, self._source = desk, table, source
        self._saved = saved

    def sheet(self) -> Sheet:
        blocks = [*self._top(), heading(_("Senders, the most messages first"))]
        blocks += self._lines()
        save = Row(
            kind=RowKind.BUTTON,
            value=_SAVE,
            text=_("Save the table as a file"),
            note=_("A .csv file, which every spreadsheet opens"),
        )
        keep = Row(
            kind=RowKind.BUTTON, value=_KEEP, text=_("Keep the saved table as evidence")
        )
        return Sheet(
            name="mail-table",
            title=_("Who wrote, and how often"),
            trail=(_("Saved email"), show_path(self._source.name)),
            blocks=tuple(blocks),
            rows=(save, keep) if self._saved else (save,),
            copy_text="\n".join(copy_line(block) for block in blocks),
        )

    def _top(self) -> list[Block]:
        blocks = [paragraph(sentence) for sentence in in_words(self._table)]
        if self._saved:
            words = _("Saved: {path}. It is not sealed: anyone with it can read it.")
            blocks.append(paragraph(words.format(path=show_path(self._saved))))
        return blocks

    def _lines(self) -> list[Block]:
        rows = self._table.rows[:MOST_SHOWN]
        lines = [
            Block(
                kind=BlockKind.FIELD,
                lead=f"{show(row.sender, limit=200) or _('no sender')}: ",
                text=line_of(row),
            )
            for row in rows
        ]
        if more := len(self._table.rows) - len(rows):
            words = plural("and {count} sender more", "and {count} senders more", more)
            lines.append(item(_("{more}, in the saved file").format(more=words)))
        return lines

    def choose(self, value: str) -> Move:
        if value == _SAVE:
            return Show(SaveTablePlace(self._desk, self._table, self._source))
        if value == _KEEP and self._saved:
            return self._kept(self._saved)
        return Open(value)

    def _kept(self, saved: Path) -> Move:
        """Through the way that every file of the reader's takes."""
        from guide.actions.places.evidence import evidence_place

        place = evidence_place(self._desk)
        if self._desk.opened is None:
            return Show(place, instead=False)
        return place.typed(saved.absolute().as_uri())


class SaveTablePlace(Place):
    """Where to save the table."""

    def __init__(self, desk: Desk, table: MailTable, source: Path) -> None:
        self._desk, self._table, self._source = desk, table, source

    def sheet(self) -> Sheet:
        words = _(
            "The file will be readable for anyone who can use this computer. A stick "
            "or folder that the person never touches is a better place."
        )
        ask = Ask(
            label=_("Folder and file name"),
            value=str(Path.cwd() / NAME),
            verb=_("Save"),
        )
        return Sheet(
            name="save",
            title=_("Where should the file go?"),
            blocks=(paragraph(words),),
            ask=ask,
        )

    def typed(self, text: str) -> Move:
        saved = save_table(self._table, text)
        return Show(TablePlace(self._desk, self._table, self._source, saved))

    def choose(self, value: str) -> Move:
        return Open(value)

    def back(self) -> Place | None:
        return TablePlace(self._desk, self._table, self._source)
