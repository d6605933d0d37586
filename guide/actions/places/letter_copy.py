"""A finished letter: read it, save it, copy it, say that it was sent."""

from __future__ import annotations

from pathlib import Path

from guide.actions.desk import Desk
from guide.actions.gates import gate_open
from guide.actions.places.offers import keep_row
from guide.actions.places.place import Move, Open, Place, Show, Stay
from guide.actions.writing import mark_sent, save
from guide.letters.formats import FORMATS
from guide.model.content import Letter
from guide.model.paper import Paper, ParagraphKind
from guide.model.records import LetterState, OpenedMessage, WrittenLetter
from guide.model.sheet import Ask, Row, RowKind, Sheet
from guide.model.text import Block, BlockKind, paragraph
from guide.safety.display import show_path
from guide.words import _

SENT, UNSENT, SURE, SAVE = "sent", "unsent", "sure", "save:"


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
        if self._changed_since(sent=sent):
            words = _(
                "Your answers have changed since you finished it. Sending it now could "
                "do harm. Not sending it is a full choice."
            )
            blocks.append(
                Block(kind=BlockKind.CALLOUT, lead=_("Stop first"), text=words)
            )
        return Sheet(
            name="finished",
            title=self._kept.paper.title,
            trail=(_("Letters"),),
            progress=_("sent") if sent else _("finished"),
            blocks=(*blocks, *paper_blocks(self._kept.paper)),
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
        if self._changed_since(sent=sent):
            talk = _("Read: talk to someone first")
            first = Row(kind=RowKind.LINK, value="page:s-talk-first", text=talk)
            rows.insert(0, first)
        if not sent:
            text, group = _("I have sent it"), _("Afterwards")
            rows.append(Row(kind=RowKind.BUTTON, value=SENT, text=text, group=group))
        rows += keep_row(self._desk)
        if self._letter.after in self._desk.library.pages:
            value = f"page:{self._letter.after}"
            rows.append(Row(kind=RowKind.LINK, value=value, text=_("What comes next")))
        return tuple(rows)

    def _changed_since(self, *, sent: bool) -> bool:
        return not sent and not gate_open(self._desk, self._letter)

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
