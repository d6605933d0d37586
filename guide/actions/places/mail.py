"""A saved message as screens: naming the file, its story, whom to complain to."""

from __future__ import annotations

from guide.actions.desk import Desk
from guide.actions.places.letters import letter_place
from guide.actions.places.place import Move, Open, Place, Show
from guide.actions.reporting import (
    address_complaint,
    complaints,
    hops,
    open_message,
    the_story,
)
from guide.model.records import OpenedMessage
from guide.model.sheet import Ask, Row, RowKind, Sheet
from guide.model.text import Block, BlockKind, copy_line, heading, paragraph
from guide.model.trace import Complaint, Hop
from guide.safety.display import show
from guide.words import _

COMPLAINT = "provider-complaint"
_TO = "to:"


class MailPlace(Place):
    """Asks which saved message to open."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def sheet(self) -> Sheet:
        first = _(
            "Type the name of a saved email, or drop the file onto this window. The "
            "guide only reads it. It opens no attachment, loads no picture and tells "
            "nobody."
        )
        second = _(
            "A saved email usually ends in .eml. Pasted headers in a file work too."
        )
        link = Row(
            kind=RowKind.LINK,
            value="page:l-headers",
            text=_("Read: how to save an email with its headers"),
        )
        return Sheet(
            name="mail",
            title=_("Open a saved email"),
            blocks=(paragraph(first), paragraph(second)),
            rows=(link,),
            ask=Ask(label=_("File"), verb=_("Open")),
        )

    def typed(self, text: str) -> Move:
        return Show(TracePlace(self._desk, open_message(text)))

    def choose(self, value: str) -> Move:
        return Open(value)


class TracePlace(Place):
    """What a message says about its way here, and whom to complain to."""

    def __init__(self, desk: Desk, message: OpenedMessage) -> None:
        self._desk, self._message = desk, message

    def sheet(self) -> Sheet:
        message = self._message
        blocks = [paragraph(sentence) for sentence in the_story(message)]
        blocks += [_warning(each) for each in message.trace.problems]
        blocks.append(heading(_("The message says")))
        blocks += _claims(message)
        if message.trace.hops:
            blocks.append(heading(_("The way it came, newest first")))
            lines = zip(message.trace.hops, hops(message), strict=True)
            blocks += [_hop(n, *pair) for n, pair in enumerate(lines, 1)]
        return Sheet(
            name="trace",
            title=_("What this message shows"),
            trail=(_("Saved email"), message.name),
            blocks=tuple(blocks),
            rows=self._rows(),
            copy_text="\n".join(copy_line(block) for block in blocks),
        )

    def _rows(self) -> tuple[Row, ...]:
        found = complaints(self._desk, self._message)
        rows = [
            Row(
                kind=RowKind.LINK,
                value=f"{_TO}{n}",
                text=_("Write a complaint to {name}").format(name=show(_named(each))),
                note=show(each.why),
                group=_("Whom you could complain to, the surest first")
                if n == 0
                else "",
            )
            for n, each in enumerate(found)
        ]
        other = Row(kind=RowKind.LINK, value="tool:mail", text=_("Open another email"))
        return (*rows, other)

    def choose(self, value: str) -> Move:
        if not value.startswith(_TO):
            return Open(value)
        number = int(value.removeprefix(_TO))
        complaint = complaints(self._desk, self._message)[number]
        return Show(DeskPlace(self._desk, self._message, complaint))


class DeskPlace(Place):
    """One abuse desk: what is known of it, before a complaint is written."""

    def __init__(
        self, desk: Desk, message: OpenedMessage, complaint: Complaint
    ) -> None:
        self._desk, self._message, self._complaint = desk, message, complaint

    def sheet(self) -> Sheet:
        found = self._complaint
        known = {
            _("Why"): found.why,
            _("How sure"): _sure(found.sure),
            _("Their page on abuse"): found.desk.page,
            _("Form"): found.desk.form,
            _("Email"): found.desk.email,
            _("They want"): found.desk.wants,
            _("Note"): found.desk.note,
            _("Checked"): found.desk.checked,
        }
        words = _("Look at their own page on abuse first. Many want their form used.")
        fields = [
            Block(kind=BlockKind.FIELD, lead=f"{name}: ", text=show(text))
            for name, text in known.items()
            if text
        ]
        row = Row(kind=RowKind.BUTTON, value=COMPLAINT, text=_("Write the complaint"))
        return Sheet(
            name="abuse-desk",
            title=show(_named(found)),
            trail=(_("Saved email"),),
            blocks=(*fields, paragraph(words)),
            rows=(row,),
            copy_text="\n".join(copy_line(block) for block in fields),
        )

    def choose(self, value: str) -> Move:
        if value != COMPLAINT:
            return Open(value)
        address_complaint(self._desk, self._message, self._complaint)
        return Show(letter_place(self._desk, COMPLAINT, self._message))

    def back(self) -> Place | None:
        return TracePlace(self._desk, self._message)


def _named(complaint: Complaint) -> str:
    return complaint.desk.name or complaint.about


def _sure(level: str) -> str:
    words = {
        "high": _("quite sure"),
        "medium": _("fairly sure; check first"),
        "low": _("not sure; it may be the wrong one"),
    }
    return words.get(level, level)


def _warning(sentence: str) -> Block:
    return Block(kind=BlockKind.CALLOUT, lead=_("Note"), text=show(sentence))


def _claims(message: OpenedMessage) -> list[Block]:
    trace = message.trace
    boxes = {"From": trace.from_, "Reply-To": trace.reply_to}
    boxes["Return-Path"] = trace.return_path
    claims = {name: box.address for name, box in boxes.items() if box}
    claims |= {"Date": trace.date_text, "Message-ID": trace.message_id}
    claims |= {"Subject": trace.subject}
    shown = [
        Block(kind=BlockKind.FIELD, lead=f"{name}: ", text=show(text))
        for name, text in claims.items()
        if text
    ]
    warnings = [w for box in boxes.values() if box for w in box.warnings]
    return shown + [_warning(each) for each in warnings]


def _hop(number: int, hop: Hop, line: str) -> Block:
    believed = _("[by your provider]") if hop.trusted else _("[may be made up]")
    return Block(kind=BlockKind.FIELD, lead=f"{number}. ", text=f"{believed} {line}")
