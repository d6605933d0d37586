"""One abuse desk as a screen, and which messages go along with a complaint to it."""

from __future__ import annotations

from guide.actions.complaining import (
    add_messages,
    address_complaint,
    letter_for,
    messages_said,
    read_again,
    with_mask,
)
from guide.actions.desk import Desk
from guide.actions.linked_page import host_of_page, staff_of_page
from guide.actions.places.letters import letter_place
from guide.actions.places.place import Move, Open, Place, Show
from guide.model.records import OpenedMessage
from guide.model.sheet import Ask, Row, RowKind, Sheet
from guide.model.text import Block, BlockKind, copy_line, item, paragraph
from guide.model.trace import Complaint, DeskKind
from guide.safety.display import show
from guide.words import _

MASKED, MORE, STAFF = "masked", "more", "staff"


def desk_fields(found: Complaint) -> tuple[Block, ...]:
    """What is known of one desk, the caution first."""
    known = {
        _("Why"): found.why,
        _("How sure"): _sure(found.sure),
        _("Their page on abuse"): found.desk.page,
        _("Form"): found.desk.form,
        _("Email"): found.desk.email,
        _("They want"): found.desk.wants,
        _("Note"): found.desk.note,
        _("Links, not opened"): ", ".join(found.links),
        _("Checked"): found.desk.checked,
    }
    fields = tuple(
        Block(kind=BlockKind.FIELD, lead=f"{name}: ", text=show(text))
        for name, text in known.items()
        if text
    )
    if not found.caution:
        return fields
    lead, kind = _("This may reach the person"), BlockKind.CALLOUT
    return (Block(kind=kind, lead=lead, text=show(found.caution)), *fields)


class DeskPlace(Place):
    """One abuse desk: what is known of it, before a complaint is written."""

    def __init__(
        self,
        desk: Desk,
        message: OpenedMessage,
        complaint: Complaint,
        before: Place | None = None,
    ) -> None:
        self._desk, self._message = desk, read_again(desk, message)
        self._complaint, self._before = complaint, before

    def sheet(self) -> Sheet:
        fields = desk_fields(self._complaint)
        words = _("Look at their own page on abuse first. Many want their form used.")
        said = [item(show(each)) for each in self._along()]
        return Sheet(
            name="abuse-desk",
            title=show(named_desk(self._complaint)),
            trail=(_("Saved email"),),
            blocks=(*fields, paragraph(words), *said),
            rows=self._rows(),
            copy_text="\n".join(copy_line(block) for block in fields),
        )

    def _along(self) -> tuple[str, ...]:
        message = self._message
        return messages_said(message) if message.also or message.left_out else ()

    def _rows(self) -> tuple[Row, ...]:
        whole, masked = self._notes()
        write = _("Write the complaint")
        hidden = _("Write it, with my addresses masked in the message")
        letter = letter_for(self._complaint)
        more = _("Add more emails from the same account")
        if self._complaint.kind is DeskKind.HOST:  # it holds the pages, not the mail
            return (Row(kind=RowKind.BUTTON, value=letter, text=write),)
        return (
            Row(kind=RowKind.BUTTON, value=letter, text=write, note=whole),
            Row(kind=RowKind.BUTTON, value=MASKED, text=hidden, note=masked),
            Row(kind=RowKind.LINK, value=MORE, text=more),
        )

    @staticmethod
    def _notes() -> tuple[str, str]:
        whole = _("The whole message goes along unaltered. That is the best proof.")
        masked = _(
            "A copy goes along without your addresses, attachments and most header "
            "lines. Your name can still be in the text: read it first. The person can "
            "still tell which message it is."
        )
        return whole, masked

    def choose(self, value: str) -> Move:
        if value == MORE:
            return Show(MorePlace(self._desk, self._message, self._complaint, self))
        letter = letter_for(self._complaint)
        if value not in (letter, MASKED):
            return Open(value)
        message = with_mask(self._message, on=value == MASKED)
        address_complaint(self._desk, message, self._complaint)
        along = None if self._complaint.kind is DeskKind.HOST else message
        return Show(letter_place(self._desk, letter, along))

    def back(self) -> Place | None:
        return self._before


class MorePlace(Place):
    """Asks for more saved emails of the same account."""

    def __init__(
        self, desk: Desk, message: OpenedMessage, complaint: Complaint, before: Place
    ) -> None:
        self._desk, self._message = desk, message
        self._complaint, self._before = complaint, before

    def sheet(self) -> Sheet:
        first = _(
            "Type the name of a saved email or of a mailbox file (mbox). You can drop "
            "several files at once."
        )
        second = _(
            "Only messages from the same account are taken. The others are named, and "
            "stay with you."
        )
        return Sheet(
            name="more-messages",
            title=_("Add more emails from the same account"),
            trail=(_("Saved email"),),
            blocks=(paragraph(first), paragraph(second)),
            ask=Ask(label=_("File"), verb=_("Add")),
        )

    def typed(self, text: str) -> Move:
        message = add_messages(self._desk, self._message, text)
        before = self._before.back()
        return Show(DeskPlace(self._desk, message, self._complaint, before))

    def back(self) -> Place | None:
        return self._before


class LinkPlace(Place):
    """A page that was named by its link: who serves it, and who runs it."""

    def __init__(self, desk: Desk, typed: str, before: Place) -> None:
        self._desk, self._before = desk, before
        self._host = host_of_page(desk, typed)

    def sheet(self) -> Sheet:
        fields = desk_fields(self._host)
        words = _("Look at their own page on abuse first. Many want their form used.")
        host = _("Write to the company that hosts it")
        staff = _("It is a forum, chat or game: write to its staff")
        return Sheet(
            name="linked-page",
            title=show(named_desk(self._host)),
            trail=(_("Page"),),
            blocks=(*fields, paragraph(words)),
            rows=(
                Row(kind=RowKind.BUTTON, value=letter_for(self._host), text=host),
                Row(kind=RowKind.BUTTON, value=STAFF, text=staff),
            ),
            copy_text="\n".join(copy_line(block) for block in fields),
        )

    def choose(self, value: str) -> Move:
        found = {letter_for(self._host): self._host, STAFF: staff_of_page(self._host)}
        if value not in found:
            return Open(value)
        address_complaint(self._desk, None, found[value])
        return Show(letter_place(self._desk, letter_for(found[value])))

    def back(self) -> Place | None:
        return self._before


def named_desk(complaint: Complaint) -> str:
    """Who the desk belongs to, as well as it is known."""
    return complaint.desk.name or complaint.about


def _sure(level: str) -> str:
    words = {
        "high": _("quite sure"),
        "medium": _("fairly sure; check first"),
        "low": _("not sure; it may be the wrong one"),
    }
    return words.get(level, level)
