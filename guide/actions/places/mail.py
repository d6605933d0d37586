"""A saved message as screens: naming the file, its story, whom to complain to."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress

from guide.actions.complaining import messages_said, open_messages
from guide.actions.desk import Desk
from guide.actions.linked_page import is_link
from guide.actions.mail_table import is_mailbox_file, is_too_large_for_one
from guide.actions.own_service import as_read
from guide.actions.places import mail_blocks
from guide.actions.places.complaint import DeskPlace, LinkPlace, named_desk
from guide.actions.places.mail_signature import KeyPlace
from guide.actions.places.mail_table import (
    TABLE,
    MailboxPlace,
    table_begun,
    table_row,
)
from guide.actions.places.own_service import OWN, is_asked, own_chosen, own_rows
from guide.actions.places.place import Move, Open, Place, Show
from guide.actions.reporting import (
    attached,
    complaints,
    hops,
    the_story,
)
from guide.model.problems import UnreadableFileError
from guide.model.records import OpenedMessage
from guide.model.sheet import Ask, Row, RowKind, Sheet
from guide.model.text import copy_line, heading, item, paragraph
from guide.model.trace import Nature
from guide.safety.display import show
from guide.words import _

_TO, _INNER, _KEY = "to:", "inner", "key"


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
            "A saved email usually ends in .eml. Pasted headers in a file work too. "
            "The link of a page works as well: the guide does not open it."
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
        if is_link(text):
            return Show(LinkPlace(self._desk, text, self))
        if not is_mailbox_file(text):
            return Show(self._read(text))
        if is_too_large_for_one(text):
            return Show(MailboxPlace(self._desk, text))
        message = open_messages(self._desk, text)
        return Show(TracePlace(self._desk, message, mailbox=text))

    def _read(self, text: str) -> Place:
        message = open_messages(self._desk, text)
        never_sent = not message.trace.hops
        if never_sent and Nature.HOLDS_MESSAGE in message.trace.natures:
            # A reader's own forward, saved and never sent: only what it holds matters.
            with suppress(UnreadableFileError):
                return TracePlace(self._desk, attached(message), inside=True)
        return TracePlace(self._desk, message)

    def choose(self, value: str) -> Move:
        return Open(value)


class TracePlace(Place):
    """What a message says about its way here, and whom to complain to."""

    def __init__(
        self,
        desk: Desk,
        message: OpenedMessage,
        *,
        inside: bool = False,
        mailbox: str = "",
    ) -> None:
        self._desk, self._message = desk, as_read(desk, message)
        self._inside = inside  # it was attached to another message
        self._mailbox = mailbox  # the file of many that it is the first of

    def sheet(self) -> Sheet:
        message = self._message
        blocks = [paragraph(sentence) for sentence in the_story(message)]
        if is_asked(self._desk, message):
            blocks.append(paragraph(mail_blocks.taken_for_own(message)))
        if self._inside:
            blocks.append(mail_blocks.warning(mail_blocks.inside()))
        blocks += [mail_blocks.warning(each) for each in message.trace.problems]
        if message.also or message.left_out:
            blocks += [item(show(each)) for each in messages_said(message)]
        blocks.append(heading(_("The message says")))
        blocks += mail_blocks.claims(message)
        blocks += mail_blocks.path(message.trace, hops(message))
        blocks += mail_blocks.marks(message.trace)
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
        to = _("Write a complaint to {name}")
        rows = [
            Row(
                kind=RowKind.LINK,
                value=f"{_TO}{n}",
                text=to.format(name=show(named_desk(each))),
                note=show(each.why),
                group=_("Whom you could complain to, the surest first")
                if n == 0
                else "",
            )
            for n, each in enumerate(found)
        ]
        other = Row(kind=RowKind.LINK, value="tool:mail", text=_("Open another email"))
        return (
            *rows,
            *self._inner(),
            *own_rows(self._desk, self._message),
            *self._more(),
            other,
        )

    def _again(self) -> Place:
        message, inside = self._message, self._inside
        return TracePlace(self._desk, message, inside=inside, mailbox=self._mailbox)

    def _more(self) -> Iterator[Row]:
        if self._message.trace.signatures:
            text = _("Check a signature with a saved key")
            yield Row(kind=RowKind.LINK, value=_KEY, text=text)
        if self._mailbox:
            yield table_row()

    def _inner(self) -> tuple[Row, ...]:
        if Nature.HOLDS_MESSAGE not in self._message.trace.natures:
            return ()
        note = _("Whoever sent this one could have changed it.")
        text = _("Read the email that is attached to it")
        return (Row(kind=RowKind.LINK, value=_INNER, text=text, note=note),)

    def choose(self, value: str) -> Move:
        desk, message = self._desk, self._message
        if value.startswith(OWN):
            return own_chosen(desk, message, value, self._again)
        if value == TABLE:
            return table_begun(desk, self._mailbox)
        if value == _KEY:
            return Show(KeyPlace(message), instead=False)
        if value == _INNER:
            inner = TracePlace(desk, attached(message), inside=True)
            return Show(inner, instead=False)
        if not value.startswith(_TO):
            return Open(value)
        number = int(value.removeprefix(_TO))
        complaint = complaints(self._desk, self._message)[number]
        return Show(DeskPlace(self._desk, self._message, complaint, self))
