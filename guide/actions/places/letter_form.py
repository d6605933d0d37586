"""A letter being written: its blanks, and the last look before its text is frozen."""

from __future__ import annotations

from guide.actions.desk import Desk
from guide.actions.gates import why_closed
from guide.actions.places.letter_closed import ClosedPlace
from guide.actions.places.letter_copy import FinishedPlace, paper_blocks
from guide.actions.places.place import Move, Open, Place, Show
from guide.actions.reporting import message_fields
from guide.actions.writing import NO_MESSAGE, draft, fill, finish, recipient, values
from guide.model.content import Letter
from guide.model.records import OpenedMessage
from guide.model.sheet import Ask, Form, FormField, Row, RowKind, Sheet
from guide.model.text import Block, BlockKind, paragraph
from guide.words import _

FINISH, COPY = "finish", "copy"


class FormPlace(Place):
    """The blanks of a letter, and the letter as it would be now."""

    def __init__(
        self, desk: Desk, letter: Letter, message: OpenedMessage | None
    ) -> None:
        self._desk, self._letter, self._message = desk, letter, message
        self._read = message_fields(message) if message else NO_MESSAGE

    def sheet(self) -> Sheet:
        # An answer may have been changed while the letter was open.
        if closed := why_closed(self._desk, self._letter):
            return ClosedPlace(self._letter, closed).sheet()
        ready = draft(self._desk, self._letter, self._read)
        filled = values(self._desk, self._letter, self._read)
        fields = tuple(
            FormField(
                id=field.id,
                label=field.label,
                kind=field.kind,
                value=str(filled[field.id]),
                required=field.required,
                why=field.why,
            )
            for field in self._letter.fields
            if not field.from_message
        )
        missing = tuple(f.label for f in fields if f.id in ready.missing)
        form = Form(
            fields=fields,
            preview=paper_blocks(ready.paper),
            missing=missing,
            kept=self._letter.is_form,
        )
        return Sheet(
            name=self._letter.id,
            title=self._letter.title,
            trail=(_("Letters"),),
            progress=_("{filled} of {all} filled").format(
                filled=form.filled, all=form.blanks
            ),
            rows=self._rows(),
            form=form,
            why=self._letter.why,
        )

    def _rows(self) -> tuple[Row, ...]:
        finish_it = _("Check it and finish")
        read = _("Read this before you send it")
        if self._letter.is_form:
            finish_it = _("Check it, and make a copy to print")
            read = _("Read this before you fill it in")
        rows = [Row(kind=RowKind.BUTTON, value=FINISH, text=finish_it, key="f")]
        if self._letter.before_you_send in self._desk.library.pages:
            value = f"page:{self._letter.before_you_send}"
            rows.append(Row(kind=RowKind.LINK, value=value, text=read))
        return tuple(rows)

    def fill(self, field_id: str, text: str) -> None:
        fill(self._desk, self._letter, field_id, text)

    def choose(self, value: str) -> Move:
        if value == FINISH:
            return Show(FinishPlace(self._desk, self._letter, self._message))
        return Open(value)


class FinishPlace(Place):
    """The last look: the whole letter, and who it is to, typed again."""

    def __init__(
        self, desk: Desk, letter: Letter, message: OpenedMessage | None
    ) -> None:
        self._desk, self._letter, self._message = desk, letter, message
        self._read = message_fields(message) if message else NO_MESSAGE

    def sheet(self) -> Sheet:
        # An answer may have been changed while the letter was open.
        if closed := why_closed(self._desk, self._letter):
            return ClosedPlace(self._letter, closed).sheet()
        ready = draft(self._desk, self._letter, self._read)
        if self._letter.is_form:
            return self._form_sheet(paper_blocks(ready.paper))
        to = recipient(self._desk, self._letter)
        words = _(
            "Read it as the other side would. After this, its text cannot change."
        )
        blocks = [paragraph(words)]
        if self._letter.once:
            once = _("This letter can be written once only.")
            blocks.append(Block(kind=BlockKind.CALLOUT, lead=_("Once"), text=once))
        label = _("To finish it, type who it is to once more: {to}").format(to=to)
        return Sheet(
            name="finish",
            title=_("Is this the letter?"),
            trail=(_("Letters"), self._letter.title),
            blocks=(*blocks, *paper_blocks(ready.paper)),
            ask=Ask(label=label, verb=_("Finish it")),
        )

    def _form_sheet(self, form: tuple[Block, ...]) -> Sheet:
        """A form goes to nobody: nothing is typed again, and it can be made anew."""
        words = _(
            "This makes a copy as it is now, to save or to print. What is empty stays "
            "a line to write on. You can change the form later and make a new copy."
        )
        make = Row(kind=RowKind.BUTTON, value=COPY, text=_("Make the copy"), key="f")
        return Sheet(
            name="finish",
            title=_("Is this the form?"),
            trail=(_("Letters"), self._letter.title),
            blocks=(paragraph(words), *form),
            rows=(make,),
        )

    def choose(self, value: str) -> Move:
        if value == COPY and self._letter.is_form:
            return self.typed("")
        return Open(value)

    def typed(self, text: str) -> Move:
        kept = finish(self._desk, self._letter, text, self._read)
        return Show(FinishedPlace(self._desk, self._letter, kept, self._message))

    def back(self) -> Place | None:
        return FormPlace(self._desk, self._letter, self._message)
