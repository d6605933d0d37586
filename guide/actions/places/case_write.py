"""Writing a case: which kind of file, where to, and what is done with it then."""

from __future__ import annotations

from pathlib import Path

from guide.actions import case_files
from guide.actions.case_choice import Choice
from guide.actions.case_files import Written, write_book, write_receipt
from guide.actions.desk import Desk
from guide.actions.given import Given
from guide.actions.places.place import Begin, Move, Open, Place, Show
from guide.actions.working import Work
from guide.export.profiles import name_of
from guide.model.problems import InvalidAnswerError
from guide.model.sheet import Ask, Row, RowKind, Sheet
from guide.model.text import Block, BlockKind, item, paragraph
from guide.safety.display import show_path
from guide.words import _

GIVEN, MORE = "given", "more"


def names_of_formats() -> dict[str, str]:
    """What each kind of file is good for."""
    return {
        "pdf": _("PDF, to print or to send"),
        "docx": _("Word (DOCX), to go on writing"),
        "html": _("Web page (HTML), good with a screen reader"),
        "csv": _("Table of incidents (CSV), for a spreadsheet"),
        "json": _("Table of incidents (JSON), for other programs"),
        "txt": _("Plain text"),
    }


class FormatPlace(Place):
    """Which kind of file the case book becomes."""

    formats: tuple[str, ...] = (*case_files.BOOKS, *case_files.TABLES)

    def __init__(self, desk: Desk, choice: Choice) -> None:
        self._desk, self._choice = desk, choice

    @property
    def _title(self) -> str:
        return _("Which kind of file?")

    def sheet(self) -> Sheet:
        names = names_of_formats()
        rows = [
            Row(kind=RowKind.BUTTON, value=each, text=names[each])
            for each in self.formats
        ]
        return Sheet(
            name="case-format",
            title=self._title,
            trail=(_("Hand over"), name_of(self._choice.recipient)),
            blocks=tuple(self._blocks()),
            rows=tuple(rows),
        )

    def _blocks(self) -> list[Block]:
        words = _(
            "It is a plain file: whoever finds it can read it. A deleted file can "
            "often be brought back. A stick that you keep with you is safer."
        )
        lead = _("It is not sealed")
        return [Block(kind=BlockKind.CALLOUT, lead=lead, text=words)]

    def choose(self, value: str) -> Move:
        if value not in self.formats:
            raise InvalidAnswerError
        return Show(self._where(value))

    def _where(self, format_: str) -> Place:
        return WherePlace(self._desk, self._choice, format_, self)

    def back(self) -> Place | None:
        from guide.actions.places.case_preview import PreviewPlace

        return PreviewPlace(self._desk, self._choice)


class WherePlace(Place):
    """Where the file goes; then it is written, and can be stopped."""

    stem = "case-book"

    def __init__(self, desk: Desk, choice: Choice, format_: str, before: Place) -> None:
        self._desk, self._choice = desk, choice
        self._format, self._before = format_, before

    def sheet(self) -> Sheet:
        words = _("Nothing that is there is replaced.")
        return Sheet(
            name="case-where",
            title=_("Where to?"),
            trail=(_("Hand over"),),
            blocks=(paragraph(words),),
            ask=Ask(
                label=_("Folder and file name"),
                value=show_path(Path.cwd() / f"{self.stem}.{self._format}"),
                verb=_("Write it"),
            ),
        )

    def typed(self, text: str) -> Move:
        desk, choice, format_ = self._desk, self._choice, self._format

        def do(work: Work) -> Place:
            return WrittenPlace(desk, write_book(desk, choice, format_, text, work))

        work = Work(_("Writing the case book"), do)
        work.on_stop = _("You can stop at any time. Then nothing is left of it.")
        return Begin(work, instead=True)

    def back(self) -> Place | None:
        return self._before


class ReceiptPlace(FormatPlace):
    """Which kind of file the receipt becomes."""

    formats = case_files.RECEIPTS

    @property
    def _title(self) -> str:
        return _("A receipt to sign")

    def _blocks(self) -> list[Block]:
        first = _(
            "Print it twice. Both of you sign both, and each keeps one. Nobody has to "
            "sign it: a refusal can be noted on it, too."
        )
        return [paragraph(first), *super()._blocks()]

    def _where(self, format_: str) -> Place:
        return ReceiptWherePlace(self._desk, self._choice, format_, self)


class ReceiptWherePlace(WherePlace):
    """Where the receipt goes."""

    stem = "receipt"

    def typed(self, text: str) -> Move:
        path = write_receipt(self._desk, self._choice, self._format, text)
        return Show(WrittenPlace(self._desk, Written(path=path)))


class WrittenPlace(Place):
    """It is written: where it is, and what can be done next."""

    def __init__(self, desk: Desk, written: Written, *more: str) -> None:
        self._desk, self._written, self._more = desk, written, more

    def sheet(self) -> Sheet:
        where = Block(
            kind=BlockKind.FIELD,
            lead=_("Saved: "),
            text=show_path(self._written.path),
        )
        look = _("Look through it before you hand it over.")
        more = list(self._more)
        if self._written.count > 1:
            words = _("It is long, so it became {count} files. They lie side by side.")
            more.append(words.format(count=self._written.count))
        rows = [
            Row(kind=RowKind.LINK, value=MORE, text=_("Hand something else over")),
            Row(kind=RowKind.LINK, value="home", text=_("Go to the first screen")),
        ]
        if self._given:
            text = _("I have handed it over")
            rows.insert(0, Row(kind=RowKind.BUTTON, value=GIVEN, text=text))
        return Sheet(
            name="case-written",
            title=_("It is written"),
            trail=(_("Hand over"),),
            blocks=(where, item(look), *(item(each) for each in more)),
            rows=tuple(rows),
        )

    @property
    def _given(self) -> Given | None:
        return self._written.given

    def choose(self, value: str) -> Move:
        from guide.actions.places.case import CasePlace, WhomPlace

        if value == GIVEN and self._given:
            return Show(WhomPlace(self._desk, self._given))
        if value == MORE:
            return Show(CasePlace(self._desk))
        return Open(value)
