"""Writing letters: what stands in the way, drafting, finishing, saving, sending."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from guide.actions.desk import THE_PERSON, Desk
from guide.actions.following_up import note_sent
from guide.actions.gates import why_closed
from guide.actions.knowing import person_meant
from guide.actions.understanding import Here, understood
from guide.files import path_typed, write_whole
from guide.letters.formats import write
from guide.letters.render import missing_fields, render
from guide.letters.templates import FieldValue, TemplateError, check_template, long_date
from guide.model.content import Field, FieldKind, Letter
from guide.model.people import Identifier, IdentifierKind, Person, same
from guide.model.problems import (
    InvalidAnswerError,
    LetterClosedError,
    NotFoundError,
)
from guide.model.records import (
    Draft,
    OfficialContact,
    OpenedMessage,
    WrittenLetter,
)
from guide.model.text import whole
from guide.safety.display import show
from guide.words import _

MOST_CHARACTERS = 4_000
AUDIENCE_PERSON = "person"
NO_MESSAGE: Mapping[str, FieldValue] = {}


def fill(desk: Desk, letter: Letter, field_id: str, text: str) -> None:
    """Put *text* into one blank; it serves every letter that has this blank."""
    field = letter.field(field_id)
    if field is None or field.from_message:
        raise NotFoundError
    desk.vault.put_field(field_id, _read(field, whole(text).strip()))


def _read(field: Field, text: str) -> str:
    if len(text) > MOST_CHARACTERS:
        what = _("That is longer than {most} characters. Nothing was changed.")
        raise InvalidAnswerError(what.format(most=MOST_CHARACTERS), _("Write less."))
    match field.kind:
        case FieldKind.YESNO if text not in ("", "yes", "no"):
            raise InvalidAnswerError(next_step=_("Please answer yes or no."))
        case FieldKind.EMAIL if text and "@" not in text.strip("@"):
            raise InvalidAnswerError(
                _("That does not look like an email address. Nothing was changed."),
                _("It has an @ in the middle, as in name@example.com."),
            )
        case FieldKind.DATE if text and long_date(text) == text:
            raise InvalidAnswerError(
                _("That is not a date this guide can read. Nothing was changed."),
                _("Write it as year-month-day, for example 2026-03-09."),
            )
        case _:
            return text


def values(
    desk: Desk, letter: Letter, message: Mapping[str, FieldValue] = NO_MESSAGE
) -> dict[str, FieldValue]:
    """What stands in each blank: typed, read from the message, or the default."""
    typed = desk.vault.fields()
    return {
        field.id: message.get(field.id, "")
        if field.from_message
        else _gated(field, typed.get(field.id, field.default))
        for field in letter.fields
    }


def _gated(field: Field, text: str) -> str:
    return show(text, multiline=field.kind is FieldKind.LONG)


def draft(
    desk: Desk, letter: Letter, message: Mapping[str, FieldValue] = NO_MESSAGE
) -> Draft:
    """The letter as it would be now. Raises LetterClosedError when it is closed."""
    if closed := why_closed(desk, letter):
        raise closed
    filled = values(desk, letter, message)
    try:
        for source in (letter.subject, letter.body):  # each by itself, as it is filled
            check_template(source, *_names(letter))
    except TemplateError as error:
        raise LetterClosedError(
            _("This letter's template is damaged."), _("Get a fresh copy of the guide.")
        ) from error
    paper = render(letter, filled, to=_to(letter, filled), today=desk.today())
    paper = replace(
        paper,
        mail_to=str(filled.get(_address(letter), "")),
        reply_from=str(filled.get("reply_address", "")),
    )
    missing = missing_fields(letter, filled)
    return Draft(letter_id=letter.id, paper=paper, missing=missing)


def _names(letter: Letter) -> tuple[list[str], list[str]]:
    lists = [field.id for field in letter.fields if field.kind is FieldKind.LIST]
    return [field.id for field in letter.fields], lists


def _address(letter: Letter) -> str:
    person = letter.audience == AUDIENCE_PERSON
    return "their_contact" if person else f"{letter.audience}_address"


def _name(letter: Letter) -> str:
    # Each audience has its own: a letter to a school is not for a mail provider.
    person = letter.audience == AUDIENCE_PERSON
    return "their_name" if person else f"{letter.audience}_name"


def _to(letter: Letter, filled: Mapping[str, FieldValue]) -> str:
    lines = (filled.get(_name(letter), ""), filled.get(_address(letter), ""))
    return "\n".join(str(line) for line in lines if line)


def recipient(desk: Desk, letter: Letter) -> str:
    """What must be typed again before *letter* is finished."""
    filled = values(desk, letter)
    address = filled.get(_address(letter), "")
    return str(address or filled.get(_name(letter), ""))


def finish(
    desk: Desk,
    letter: Letter,
    typed_recipient: str,
    message: Mapping[str, FieldValue] = NO_MESSAGE,
) -> WrittenLetter:
    """Freeze the letter and its SHA-256, once the recipient was typed again."""
    ready = draft(desk, letter, message)
    _refuse_unfinished(letter, ready)
    if same(show(typed_recipient)) != same(recipient(desk, letter)):
        raise InvalidAnswerError(
            _("That is not who the letter is to. Nothing was changed."),
            _("Type the address exactly as it stands in the letter, or go back."),
        )
    person_id = ""
    if letter.audience == AUDIENCE_PERSON:
        person = _person(desk, letter)
        desk.vault.put_person(person, desk.now())
        person_id = person.id
    finished = WrittenLetter(
        id=secrets.token_hex(8),
        letter_id=letter.id,
        person_id=person_id,
        paper=ready.paper,
        sha256=hashlib.sha256(write(ready.paper, "txt")).hexdigest(),
        finished_at=desk.now(),
    )
    desk.vault.add_letter(finished, once=letter.once)
    return finished


def _refuse_unfinished(letter: Letter, ready: Draft) -> None:
    if ready.missing:
        labels = [each.label for each in letter.fields if each.id in ready.missing]
        raise InvalidAnswerError(
            _("The letter is not finished: something is missing. Nothing was lost."),
            _("Fill in: {fields}.").format(fields="; ".join(labels)),
        )


def _person(desk: Desk, letter: Letter) -> Person:
    typed = desk.vault.fields()
    contact = typed.get(_address(letter), "")
    kind = IdentifierKind.EMAIL if "@" in contact[1:] else IdentifierKind.HANDLE
    identifiers = (Identifier(kind=kind, value=contact),) if contact else ()
    label = typed.get("their_name", "")
    known = person_meant(desk, contact) or person_meant(desk, label)
    if known:  # so that what comes after the notice is seen to come after it
        return replace(known, identifiers=(*known.identifiers, *identifiers))
    # Somebody else than whom an earlier letter, that never left, was to.
    new = desk.vault.has_person(THE_PERSON)
    id_ = secrets.token_hex(8) if new else THE_PERSON
    return Person(id=id_, label=label, identifiers=identifiers)


def save(
    kept: WrittenLetter, format_: str, path: str, message: OpenedMessage | None = None
) -> Path:
    """Write a finished letter as a file; nothing that exists is replaced."""
    return write_whole(
        _named(path_typed(path), format_), _bytes_of(kept, format_, message)
    )


def _bytes_of(
    kept: WrittenLetter, format_: str, message: OpenedMessage | None
) -> bytes:
    if message is None or not message.data:
        return write(kept.paper, format_)
    from guide.actions import complaining

    if format_ in complaining.FOR_MACHINES:
        return complaining.for_machines(kept, format_, message)
    if format_ != "eml":
        return write(kept.paper, format_)
    return complaining.as_draft(kept, message)


def _named(path: Path, format_: str) -> Path:
    """The whole path, with the ending that says what the file is."""
    ending = f".{format_}"
    right = path.name.lower().endswith(ending) and path.name.lower() != ending
    named = path if right else Path(f"{path}{ending}")
    return Path.cwd() / named


def mark_sent(
    desk: Desk, kept: WrittenLetter, left: datetime | None = None
) -> OfficialContact | None:
    """Say that the letter has left. There is no way back, as in life.

    Gives the talk it now stands for, with the day to ask again; None for a letter
    that nobody answers.
    """
    now = desk.now()
    desk.vault.mark_sent(kept.id, now, left=left)
    return note_sent(desk, kept, left or now)


def when_it_left(desk: Desk, kept: WrittenLetter, text: str) -> datetime:
    """The last moment that *text* can mean; refused where a letter cannot have left.

    The last one, so that nothing counts as after a letter that came before it.
    """
    found = understood(whole(text), Here(now=desk.now()))
    if len(found) > 1:
        raise InvalidAnswerError(
            _("That can mean more than one time. Nothing was changed."),
            _("Write it like 2026-11-03 22:10."),
        )
    now, when = desk.now(), found[0]
    last = min(when.latest or now, now)
    finished = kept.finished_at.replace(second=0, microsecond=0)
    if when.start is None or when.start > now or last < finished:
        raise InvalidAnswerError(
            _("A letter leaves after it is finished, and not later than now."),
            _("Write a time between the two, or go back."),
        )
    return last


def set_aside(desk: Desk, kept: WrittenLetter, reason: str) -> None:
    """Say that the letter never left; it stays readable. A reason is needed."""
    desk.vault.void_letter(kept.id, whole(reason), desk.now())
