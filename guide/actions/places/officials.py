"""Talks with providers, moderators, police and courts as screens (form F02)."""

from __future__ import annotations

from datetime import date, time

from guide.actions.desk import Desk
from guide.actions.following_up import REMINDER, can_remind, prepare_reminder
from guide.actions.notes import CONTACT, Notes, begun
from guide.actions.places.bin import ReasonPlace
from guide.actions.places.check_notes import field, long_field
from guide.actions.places.offers import files_row, keep_row
from guide.actions.places.place import Move, Open, Place, Show, Stay
from guide.actions.places.writing_down import LookPlace, StepPlace, Writing
from guide.actions.recording import how_kept, keep_contact, notes_of_contact
from guide.model.records import OfficialContact
from guide.model.sheet import Row, RowKind, Sheet
from guide.model.telling import short_day, the_day, the_minute
from guide.model.text import Block, heading, paragraph
from guide.safety.display import show
from guide.words import _, plural

NEW, BIN = "new:contact", "bin"
CORRECT, DONE, VERSIONS, TO_BIN = "correct", "done", "versions", "to-bin"
_LETTER, _MOST, _NAME = "letter:", 100, 60


class OfficialsPlace(Place):
    """What is due on top, then every talk and letter, newest first."""

    def __init__(self, desk: Desk, skip: int = 0) -> None:
        self._desk, self._skip = desk, skip

    def sheet(self) -> Sheet:
        desk = self._desk
        log = desk.vault.contact_log()
        words = _("Note whom you told, the number they gave, and what they promised.")
        return Sheet(
            name="officials",
            title=_("Officials"),
            progress=plural("{count} contact", "{count} contacts", len(log)),
            blocks=(paragraph(words), paragraph(how_kept(desk))),
            rows=(
                self._new(),
                *self._due(),
                *self._log(log),
                _link(BIN, _("Bin"), group=_("More")),
            ),
        )

    def _new(self) -> Row:
        new = _("Write down whom you talked to")
        began = _("Go on with what you began to write")
        return _link(NEW, began if begun(self._desk, CONTACT) else new, key="n")

    def _due(self) -> list[Row]:
        found = [] if self._skip else self._desk.vault.due(self._desk.today())
        rows = [
            _link(f"contact:{each.id}", line_of(each), due_words(each), _first(n))
            for n, each in enumerate(found)
        ]
        words = _("Write a reminder to {name}")
        rows += [
            _link(f"remind:{each.id}", words.format(name=_short(each)))
            for each in found
            if can_remind(self._desk, each)
        ]
        return rows

    def _log(self, log: tuple[OfficialContact, ...]) -> list[Row]:
        page = log[self._skip : self._skip + _MOST]
        rows = [
            _link(f"contact:{each.id}", line_of(each), _outcome(each), _newest(n))
            for n, each in enumerate(page)
        ]
        if len(log) > self._skip + _MOST:
            rows.append(_link("older", _("Older ones")))
        return rows

    def choose(self, value: str) -> Move:
        if value == "older":
            return Show(OfficialsPlace(self._desk, self._skip + _MOST))
        return Open(value)

    def back(self) -> Place | None:
        return OfficialsPlace(self._desk) if self._skip else None


class ContactPlace(Place):
    """One talk, or what stands for a letter."""

    def __init__(self, desk: Desk, id_: str, said: str = "") -> None:
        self._desk, self._id, self._said = desk, id_, said

    @property
    def _worked_out(self) -> bool:
        """Whether it is only the letter itself, with nothing written down about it."""
        return self._id.startswith(_LETTER)

    def _contact(self) -> OfficialContact:
        if not self._worked_out:
            return self._desk.vault.contact(self._id)
        log = self._desk.vault.contact_log()
        return next(each for each in log if each.id == self._id)

    def sheet(self) -> Sheet:
        found = self._contact()
        said = [paragraph(self._said)] if self._said else []
        title = _("Contact {number}").format(number=found.number)
        return Sheet(
            name="contact",
            title=_("A letter") if self._worked_out else title,
            trail=(_("Officials"),),
            blocks=(*said, *contact_blocks(found)),
            rows=tuple(self._rows(found)),
        )

    def _rows(self, found: OfficialContact) -> list[Row]:
        whole = [_link(f"kept:{found.letter_id}", _("Open this letter"))]
        if self._worked_out:
            return whole
        rows = []
        if can_remind(self._desk, found):
            rows.append(_link(f"remind:{found.id}", _("Write a reminder"), key="w"))
        if found.letter_id:
            rows += whole
        if found.follow_up_on and not found.followed_up:
            rows.append(_link(DONE, _("I have asked again: not due any more"), key="d"))
        rows.append(_link(CORRECT, _("Correct or add something"), key="e"))
        answer = _("Keep their answer as a file")
        count = len(found.evidence_ids)
        rows.append(files_row(f"{CONTACT}:{found.id}", answer, count))
        if len(self._desk.vault.contact_history(found.id)) > 1:
            rows.append(_link(VERSIONS, _("Every wording")))
        rows.append(_link(TO_BIN, _("Put it in the bin")))
        return [*rows, *keep_row(self._desk, _("Before you leave"))]

    def choose(self, value: str) -> Move:
        desk, id_ = self._desk, self._id
        match value:
            case "done":
                desk.vault.followed_up(id_, desk.now())
                return Stay()
            case "correct":
                notes = begun(desk, CONTACT, id_) or notes_of_contact(desk, id_)
                return Show(LookPlace(_writing(desk), notes))
            case "versions":
                return Show(ContactWordingsPlace(desk, id_))
            case "to-bin":
                return Show(ReasonPlace(desk, CONTACT, id_, self))
            case _:
                return Open(value)


class ContactWordingsPlace(Place):
    """Every wording of a talk, the first one first."""

    def __init__(self, desk: Desk, id_: str) -> None:
        self._desk, self._id = desk, id_

    def sheet(self) -> Sheet:
        blocks: list[Block] = []
        for each in self._desk.vault.contact_history(self._id):
            words = _("Wording {number}, written {time}")
            at = the_minute(each.at.astimezone())
            blocks.append(heading(words.format(number=each.number, time=at)))
            blocks += [field(_("Why"), each.why)] if each.why else []
            blocks += contact_blocks(each.record)
            blocks.append(field(_("Fingerprint (SHA-256)"), each.sha256))
        return Sheet(
            name="contact-wordings",
            title=_("Every wording"),
            trail=(_("Officials"),),
            blocks=tuple(blocks),
        )

    def back(self) -> Place | None:
        return ContactPlace(self._desk, self._id)


def new_contact(desk: Desk) -> Place:
    """The first prompt, or the one where the reader stopped."""
    notes = begun(desk, CONTACT) or Notes(kind=CONTACT, step="organisation")
    return StepPlace(_writing(desk), notes)


def _writing(desk: Desk) -> Writing:
    def keep(notes: Notes, why: str) -> Move:
        kept = keep_contact(desk, notes, why)
        words = _("Written down as contact {number}.").format(number=kept.number)
        return Show(ContactPlace(desk, kept.id, said=f"{words} {how_kept(desk)}"))

    return Writing(desk=desk, trail=_("Officials"), keep=keep)


def contact_blocks(found: OfficialContact) -> list[Block]:
    """Everything in a contact."""
    whole_day = found.at.timetz().replace(tzinfo=None) == time(0)
    at = the_day(found.at.date()) if whole_day else the_minute(found.at)
    day = found.follow_up_on
    done = _("{day}, done") if found.followed_up else _("{day}")
    known = {
        _("Office"): found.organisation,
        _("When"): at,
        _("Person"): found.person,
        _("Badge or staff number"): found.badge_number,
        _("How"): found.channel,
        _("Reference"): found.reference,
        _("What they said"): found.outcome,
        _("What they promised"): found.promised,
        _("Ask again on"): done.format(day=the_day(day)) if day else "",
        _("Files"): str(len(found.evidence_ids) or ""),
    }
    return [
        block
        for name, value in known.items()
        if value.strip()
        for block in long_field(name, value)
    ]


def line_of(found: OfficialContact) -> str:
    """A contact in one line."""
    parts = (
        short_day(found.at.date()),
        show(found.organisation, limit=_NAME),
        show(found.reference, limit=40),
    )
    return "  ".join(filter(None, parts))


def reminder_place(desk: Desk, id_: str) -> Place:
    """The letter that asks again, with the dates of the first one."""
    from guide.actions.places.letters import letter_place  # letters are slow to load

    prepare_reminder(desk, id_)
    return letter_place(desk, REMINDER)


def _short(found: OfficialContact) -> str:
    return show(found.organisation, limit=_NAME)


def due_words(found: OfficialContact) -> str:
    """Since when it is due."""
    day: date | None = found.follow_up_on
    return _("due since {day}").format(day=short_day(day)) if day else ""


def _outcome(found: OfficialContact) -> str:
    if found.letter_id:
        return _("letter, {state}").format(state=found.outcome)
    return ""


def _first(number: int) -> str:
    return _("Due: ask again") if number == 0 else ""


def _newest(number: int) -> str:
    return _("Newest first") if number == 0 else ""


def _link(
    value: str, text: str, note: str = "", group: str = "", *, key: str = ""
) -> Row:
    return Row(
        kind=RowKind.LINK, value=value, text=text, note=note, key=key, group=group
    )
