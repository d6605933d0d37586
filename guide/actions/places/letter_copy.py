"""A finished letter: read it, save it, copy it, say that it was sent or never left."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from guide.actions.complaining import FOR_MACHINES
from guide.actions.desk import Desk
from guide.actions.gates import gate_open, state_words
from guide.actions.places.check_notes import field, long_field
from guide.actions.places.letter_after import EarlierPlace, VoidPlace, WhyOncePlace
from guide.actions.places.offers import keep_row
from guide.actions.places.place import Move, Open, Place, Show, Stay
from guide.actions.writing import mark_sent, save, set_aside
from guide.letters.formats import FORMATS
from guide.letters.render import BLANK
from guide.model.content import Letter
from guide.model.paper import Paper, Paragraph, ParagraphKind
from guide.model.records import LetterState, OpenedMessage, WrittenLetter
from guide.model.sheet import Ask, Row, RowKind, Sheet
from guide.model.telling import the_day, the_minute
from guide.model.text import Block, BlockKind, paragraph
from guide.safety.display import show_path
from guide.words import _

SENT, UNSENT, SURE, SAVE = "sent", "unsent", "sure", "save:"
EARLIER, VOID, ONCE = "earlier", "void", "once"
_LINE = re.compile(r"_{9,}")


class FinishedPlace(Place):
    """A finished letter in whatever state. *letter* is None where its kind is gone."""

    def __init__(
        self,
        desk: Desk,
        letter: Letter | None,
        kept: WrittenLetter,
        message: OpenedMessage | None,
        said: str = "",
    ) -> None:
        self._desk, self._letter, self._kept = desk, letter, kept
        self._message, self._said = message, said
        self._asking = False

    def sheet(self) -> Sheet:
        proof = _("Its fingerprint (SHA-256 of the text file): {hash}")
        void = self._kept.state is LetterState.VOID
        blocks = [paragraph(self._said)] if self._said else []
        blocks += _kept_form() if is_form(self._kept) else _standing(self._kept)
        if self._changed_since:
            words = _(
                "Your answers have changed since you finished it. Sending it now could "
                "do harm. Not sending it is a full choice."
            )
            blocks.append(
                Block(kind=BlockKind.CALLOUT, lead=_("Stop first"), text=words)
            )
        return Sheet(
            name="void" if void else "finished",
            title=self._kept.paper.title,
            trail=(_("Letters"),),
            progress=state_words(self._kept.state),
            blocks=(*blocks, *paper_blocks(self._kept.paper)),
            rows=self._sure_rows() if self._asking else self._rows(),
            foot=(paragraph(proof.format(hash=self._kept.sha256)),),
            copy_text="" if void else copy_of(self._kept.paper),
        )

    def _rows(self) -> tuple[Row, ...]:
        if self._kept.state is LetterState.VOID:
            return (
                Row(kind=RowKind.LINK, value="letters", text=_("Go to my letters")),
            )
        rows = self._save_rows()
        if self._changed_since:
            talk = _("Read: talk to someone first")
            first = Row(kind=RowKind.LINK, value="page:s-talk-first", text=talk)
            rows.insert(0, first)
        if self._kept.state is LetterState.FINISHED and not is_form(self._kept):
            text, group = _("I have sent it"), _("Afterwards")
            rows.append(Row(kind=RowKind.BUTTON, value=SENT, text=text, group=group))
            never = _("It never left: set it aside")
            rows.append(Row(kind=RowKind.BUTTON, value=VOID, text=never))
        rows += keep_row(self._desk)
        if self._letter and self._letter.after in self._desk.library.pages:
            value = f"page:{self._letter.after}"
            rows.append(Row(kind=RowKind.LINK, value=value, text=_("What comes next")))
        if self._letter and self._letter.once:
            why = _("Why there is only one")
            rows.append(Row(kind=RowKind.LINK, value=ONCE, text=why))
        return tuple(rows)

    def _save_rows(self) -> list[Row]:
        # A form goes to nobody, so there is no mail to draft.
        endings = [e for e in FORMATS if e != "eml" or not is_form(self._kept)]
        if self._message and self._message.data and self._kept.paper.mail_to:
            endings += FOR_MACHINES
        names = {
            "txt": _("plain text"),
            "md": _("Markdown"),
            "pdf": _("PDF, to print"),
            "docx": _("Word (DOCX)"),
            "eml": _("email draft (EML)"),
            "arf.eml": _("report for a machine (ARF), as an email draft"),
            "xarf.json": _("report for a machine (X-ARF), as JSON"),
        }
        return [
            Row(
                kind=RowKind.LINK,
                value=SAVE + ending,
                text=_("Save as {format}").format(format=names.get(ending, ending)),
                group=_("Save a copy") if n == 0 else "",
            )
            for n, ending in enumerate(endings)
        ]

    @property
    def _changed_since(self) -> bool:
        """Whether it could be sent now, against what the reader answered since."""
        if self._kept.state is not LetterState.FINISHED:
            return False
        if self._letter is None:  # nobody can say what kept it open
            return bool(self._kept.person_id)
        return not gate_open(self._desk, self._letter)

    @staticmethod
    def _sure_rows() -> tuple[Row, ...]:
        group = _("Has it left? This cannot be taken back here.")
        yes, no = _("Yes, I have sent it"), _("No, not yet")
        when = _("Yes, but earlier: I say when")
        return (
            Row(kind=RowKind.BUTTON, value=UNSENT, text=no, group=group),
            Row(kind=RowKind.BUTTON, value=SURE, text=yes),
            Row(kind=RowKind.BUTTON, value=EARLIER, text=when),
        )

    def choose(self, value: str) -> Move:
        if value in (SENT, UNSENT):
            self._asking = value == SENT
            return Stay()
        if value == SURE:
            return Show(self.sent(None))
        if value.startswith(SAVE) and self._kept.state is not LetterState.VOID:
            return Show(SavePlace(self, value.removeprefix(SAVE)))
        onward: dict[str, Callable[[], Place]] = {
            EARLIER: lambda: EarlierPlace(self._desk, self._kept, self),
            VOID: lambda: VoidPlace(self),
        }
        if self._letter and self._letter.once:
            onward[ONCE] = lambda: WhyOncePlace(self._kept, self)
        return Show(onward[value]()) if value in onward else Open(value)

    def sent(self, left: datetime | None) -> Place:
        """Note that it was sent, at *left* or now."""
        talk = mark_sent(self._desk, self._kept, left)
        said = _("Noted as sent. Keep your copy of what you sent.")
        if talk and talk.follow_up_on:
            again = _(
                "It stands in Officials, to ask again on {day}. You can change the day."
            )
            said = f"{said} {again.format(day=the_day(talk.follow_up_on))}"
        return self._with(self._now(), said)

    def set_aside(self, reason: str) -> Place:
        """Note that it never left. Refused without a reason."""
        set_aside(self._desk, self._kept, reason)
        return self._with(self._now(), "")

    def _now(self) -> WrittenLetter:
        return self._desk.vault.written_letter(self._kept.id)

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


def is_form(kept: WrittenLetter) -> bool:
    """Whether this is a form: it names nobody it goes to, as every letter does."""
    return not (kept.paper.to or kept.paper.mail_to)


def _kept_form() -> list[Block]:
    words = _(
        "A copy of your form, to save or to print. Keep it where the person does not "
        "look."
    )
    return [paragraph(words)]


def _standing(kept: WrittenLetter) -> list[Block]:
    """What has become of a letter."""
    match kept.state:
        case LetterState.SENT:
            sent = [paragraph(_("Sent."))]
            return [*sent, *_at(_("It left on"), kept.sent_at)]
        case LetterState.VOID:
            words = _("Set aside: it never left. It stays here to be read.")
            why = [paragraph(words), *long_field(_("Why"), kept.void_reason)]
            return [*why, *_at(_("Set aside on"), kept.voided_at)]
        case _:
            return [paragraph(_("Finished, and not sent yet."))]


def _at(name: str, at: datetime | None) -> list[Block]:
    return [field(name, the_minute(at.astimezone()))] if at else []


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
        ask = Ask(label=_("Folder and file name"), value=proposed, verb=_("Save"))
        title = _("Where should the file go?")
        return Sheet(name="save", title=title, blocks=(paragraph(words),), ask=ask)

    def typed(self, text: str) -> Move:
        return Show(self._finished.save(self._ending, text))

    def back(self) -> Place | None:
        return self._finished


def paper_blocks(paper: Paper) -> tuple[Block, ...]:
    """A letter as blocks, from its date to its last line."""
    blocks = [paragraph(paper.date_line)] if paper.date_line else []
    if paper.to:
        to = _("To: {to}").format(to=paper.to.replace("\n", ", "))
        blocks.append(paragraph(to))
    if paper.subject:  # a form has none, its name is its first heading
        subject = _("Subject: {subject}").format(subject=paper.subject)
        blocks.append(paragraph(subject))
    kinds = {
        ParagraphKind.ITEM: BlockKind.ITEM,
        ParagraphKind.HEADING: BlockKind.HEADING,
        ParagraphKind.EXACT: BlockKind.CODE,
    }
    for each in paper.paragraphs if paper.to else _short_lines(paper):
        kind = kinds.get(each.kind, BlockKind.PARAGRAPH)
        lead = "- " if kind is BlockKind.ITEM else ""
        level = 3 if kind is BlockKind.HEADING else 0
        blocks.append(Block(kind=kind, text=each.text, lead=lead, level=level))
    return tuple(blocks)


def _short_lines(form: Paper) -> Iterator[Paragraph]:
    """The paragraphs of *form*, each run of lines to write on as one short blank.

    On paper they are long. On a screen they would fill it, and be read aloud.
    """
    before = ""
    for each in form.paragraphs:
        text = _LINE.sub(BLANK, each.text)
        if text != before or text != BLANK:
            yield replace(each, text=text)
        before = text


def copy_of(paper: Paper) -> str:
    """The letter's own words, for the clipboard."""
    return "\n\n".join(each.text for each in paper.paragraphs) + "\n"
