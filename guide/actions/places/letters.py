"""Letters as screens: the list, the form, the check before, the finished copy."""

from __future__ import annotations

from pathlib import Path

from guide.actions.desk import Desk
from guide.actions.gates import letter, standing, why_closed, written
from guide.actions.places.place import Move, Open, Place, Show, Stay
from guide.actions.reporting import message_fields
from guide.actions.writing import (
    NO_MESSAGE,
    draft,
    fill,
    finish,
    mark_sent,
    recipient,
    save,
    values,
)
from guide.letters.formats import FORMATS
from guide.model.content import Letter
from guide.model.paper import Paper, ParagraphKind
from guide.model.problems import LetterClosedError
from guide.model.records import LetterState, OpenedMessage, WrittenLetter
from guide.model.sheet import Ask, Form, FormField, Row, RowKind, Sheet
from guide.model.text import Block, BlockKind, paragraph
from guide.safety.display import show_path
from guide.words import _

FINISH, SENT, SAVE = "finish", "sent", "save:"
SURE, UNSENT = "sure", "unsent"


class LettersPlace(Place):
    """Every letter, and how it stands for this reader."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def sheet(self) -> Sheet:
        rows = [self._row(each) for each in self._desk.library.letters.values()]
        words = _(
            "Nothing here is sent by the guide. You send a letter yourself, or not."
        )
        return Sheet(
            name="letters",
            title=_("Letters"),
            blocks=(paragraph(words),),
            rows=tuple(rows),
        )

    def _row(self, each: Letter) -> Row:
        note, title = standing(self._desk, each)
        value = f"letter:{each.id}"
        return Row(kind=RowKind.LINK, value=value, text=title, note=note or each.why)

    def choose(self, value: str) -> Move:
        return Open(value)


def letter_place(
    desk: Desk, letter_id: str, message: OpenedMessage | None = None
) -> Place:
    """Where a letter stands now: closed, to be checked, to be filled, finished."""
    found = letter(desk, letter_id)
    kept = written(desk, found) if found.once else None
    if kept:
        return FinishedPlace(desk, found, kept, None)
    if closed := why_closed(desk, found):
        return ClosedPlace(found, closed)
    if found.may_reach:
        return ReachPlace(desk, found, message)
    return FormPlace(desk, found, message)


class ClosedPlace(Place):
    """Why a letter cannot be written, and the way on."""

    def __init__(self, letter: Letter, closed: LetterClosedError) -> None:
        self._letter, self._closed = letter, closed

    def sheet(self) -> Sheet:
        blocks = (
            paragraph(self._closed.what),
            paragraph(self._closed.next_step),
            paragraph(
                _("Not sending anything is a full choice, and often a wise one.")
            ),
        )
        rows = (
            Row(
                kind=RowKind.LINK,
                value="page:s-notice-not-now",
                text=_("Read: other ways forward"),
            ),
            Row(kind=RowKind.LINK, value="plan", text=_("Go to my plan")),
        )
        trail = (_("Letters"),)
        title = self._letter.title
        return Sheet(name="closed", title=title, trail=trail, blocks=blocks, rows=rows)

    def choose(self, value: str) -> Move:
        return Open(value)


class ReachPlace(Place):
    """The check before a letter that others may hand on to the person."""

    def __init__(
        self, desk: Desk, letter: Letter, message: OpenedMessage | None
    ) -> None:
        self._desk, self._letter, self._message = desk, letter, message

    def sheet(self) -> Sheet:
        first = _(
            "Whoever gets this letter may show it to the person, or act in a way that "
            "they notice. That can happen even when the letter asks for it not to."
        )
        second = _(
            "Use an address for the reply that the person may know of. Leave out where "
            "you live, work or go to school, and the names of those who help you."
        )
        third = _(
            "If it could put you in danger, talk to an advocate before you send it."
        )
        blocks = (
            Block(
                kind=BlockKind.CALLOUT, lead=_("This may reach the person"), text=first
            ),
            paragraph(second),
            paragraph(third),
        )
        rows = (
            Row(
                kind=RowKind.BUTTON,
                value=FINISH,
                text=_("I have thought about it: go on"),
            ),
            Row(
                kind=RowKind.LINK,
                value="page:s-talk-first",
                text=_("Read: talk to someone first"),
            ),
            Row(kind=RowKind.LINK, value="plan", text=_("Not now: go to my plan")),
        )
        return Sheet(
            name="may-reach",
            title=self._letter.title,
            trail=(_("Letters"),),
            blocks=blocks,
            rows=rows,
        )

    def choose(self, value: str) -> Move:
        if value == FINISH:
            return Show(FormPlace(self._desk, self._letter, self._message))
        return Open(value)


class FormPlace(Place):
    """The blanks of a letter, and the letter as it would be now."""

    def __init__(
        self, desk: Desk, letter: Letter, message: OpenedMessage | None
    ) -> None:
        self._desk, self._letter, self._message = desk, letter, message
        self._read = message_fields(message) if message else NO_MESSAGE

    def sheet(self) -> Sheet:
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
        form = Form(fields=fields, preview=preview(ready.paper), missing=missing)
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
        rows = [
            Row(
                kind=RowKind.BUTTON,
                value=FINISH,
                text=_("Check it and finish"),
                key="f",
            )
        ]
        if self._letter.before_you_send in self._desk.library.pages:
            value = f"page:{self._letter.before_you_send}"
            text = _("Read this before you send it")
            rows.append(Row(kind=RowKind.LINK, value=value, text=text))
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
        ready = draft(self._desk, self._letter, self._read)
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
            blocks=(*blocks, *preview(ready.paper)),
            ask=Ask(label=label),
        )

    def typed(self, text: str) -> Move:
        kept = finish(self._desk, self._letter, text, self._read)
        return Show(FinishedPlace(self._desk, self._letter, kept, self._message))

    def back(self) -> Place | None:
        return FormPlace(self._desk, self._letter, self._message)


class FinishedPlace(Place):
    """A finished letter: save it, copy it, say that it was sent."""

    def __init__(
        self,
        desk: Desk,
        letter: Letter,
        kept: WrittenLetter,
        message: OpenedMessage | None,
        said: str = "",
    ) -> None:
        self._desk, self._letter, self._kept = desk, letter, kept
        self._message, self._said = message, said
        self._asking = False

    def sheet(self) -> Sheet:
        sent = self._kept.state is LetterState.SENT
        proof = _("Its fingerprint (SHA-256 of the text file): {hash}")
        blocks = [paragraph(self._said)] if self._said else []
        blocks.append(
            paragraph(_("Sent.") if sent else _("Finished, and not sent yet."))
        )
        return Sheet(
            name="finished",
            title=self._kept.paper.title,
            trail=(_("Letters"),),
            progress=_("sent") if sent else _("finished"),
            blocks=(*blocks, *preview(self._kept.paper)),
            rows=self._sure_rows() if self._asking else self._rows(sent=sent),
            foot=(paragraph(proof.format(hash=self._kept.sha256)),),
            copy_text=copy_of(self._kept.paper),
        )

    def _rows(self, *, sent: bool) -> tuple[Row, ...]:
        names = {
            "txt": _("plain text"),
            "md": _("Markdown"),
            "pdf": _("PDF, to print"),
            "docx": _("Word (DOCX)"),
            "eml": _("email draft (EML)"),
        }
        rows = [
            Row(
                kind=RowKind.LINK,
                value=SAVE + ending,
                text=_("Save as {format}").format(format=names.get(ending, ending)),
                group=_("Save a copy") if n == 0 else "",
            )
            for n, ending in enumerate(FORMATS)
        ]
        if not sent:
            text, group = _("I have sent it"), _("Afterwards")
            rows.append(Row(kind=RowKind.BUTTON, value=SENT, text=text, group=group))
        if self._letter.after in self._desk.library.pages:
            value = f"page:{self._letter.after}"
            rows.append(Row(kind=RowKind.LINK, value=value, text=_("What comes next")))
        return tuple(rows)

    @staticmethod
    def _sure_rows() -> tuple[Row, ...]:
        group = _("Has it left? This cannot be taken back here.")
        yes, no = _("Yes, I have sent it"), _("No, not yet")
        return (
            Row(kind=RowKind.BUTTON, value=UNSENT, text=no, group=group),
            Row(kind=RowKind.BUTTON, value=SURE, text=yes),
        )

    def choose(self, value: str) -> Move:
        if value in (SENT, UNSENT):
            self._asking = value == SENT
            return Stay()
        if value == SURE:
            mark_sent(self._desk, self._kept)
            kept = next(x for x in self._desk.vault.letters() if x.id == self._kept.id)
            said = _("Noted as sent. Keep your copy of what you sent.")
            return Show(self._with(kept, said))
        if value.startswith(SAVE):
            return Show(SavePlace(self, value.removeprefix(SAVE)))
        return Open(value)

    def _with(self, kept: WrittenLetter, said: str) -> FinishedPlace:
        return FinishedPlace(self._desk, self._letter, kept, self._message, said)

    def save(self, ending: str, path: str) -> Place:
        """Write the letter to *path*, and say where it is."""
        saved = show_path(save(self._kept, ending, path, self._message))
        said = _("Saved: {path}. It is not sealed: anyone with this file can read it.")
        return self._with(self._kept, said.format(path=saved))

    def proposed_name(self, ending: str) -> str:
        """A file name that says nothing."""
        day = self._kept.finished_at.astimezone().date().isoformat()
        return str(Path.cwd() / f"notes-{day}.{ending}")


class SavePlace(Place):
    """Where to save a letter."""

    def __init__(self, finished: FinishedPlace, ending: str) -> None:
        self._finished, self._ending = finished, ending

    def sheet(self) -> Sheet:
        words = _(
            "The file will be readable for anyone who can use this computer. A stick "
            "or folder that the person never touches is a better place."
        )
        proposed = self._finished.proposed_name(self._ending)
        ask = Ask(label=_("Folder and file name"), value=proposed)
        title = _("Where should the file go?")
        return Sheet(name="save", title=title, blocks=(paragraph(words),), ask=ask)

    def typed(self, text: str) -> Move:
        return Show(self._finished.save(self._ending, text))

    def back(self) -> Place | None:
        return self._finished


def preview(paper: Paper) -> tuple[Block, ...]:
    """A letter as blocks, from its date to its last line."""
    blocks = [paragraph(paper.date_line)] if paper.date_line else []
    to = _("To: {to}").format(to=paper.to.replace("\n", ", "))
    subject = _("Subject: {subject}").format(subject=paper.subject)
    blocks += [paragraph(to), paragraph(subject)]
    kinds = {
        ParagraphKind.ITEM: BlockKind.ITEM,
        ParagraphKind.HEADING: BlockKind.HEADING,
        ParagraphKind.EXACT: BlockKind.CODE,
    }
    for each in paper.paragraphs:
        kind = kinds.get(each.kind, BlockKind.PARAGRAPH)
        lead = "- " if kind is BlockKind.ITEM else ""
        level = 3 if kind is BlockKind.HEADING else 0
        blocks.append(Block(kind=kind, text=each.text, lead=lead, level=level))
    return tuple(blocks)


def copy_of(paper: Paper) -> str:
    """The letter's own words, for the clipboard."""
    return "\n\n".join(each.text for each in paper.paragraphs) + "\n"
