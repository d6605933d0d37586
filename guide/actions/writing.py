"""Writing letters: what stands in the way, drafting, finishing, saving, sending."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from guide.actions.desk import THE_PERSON, Desk
from guide.actions.gates import why_closed
from guide.actions.knowing import person_meant
from guide.files import path_typed, write_whole
from guide.letters.formats import write
from guide.letters.render import missing_fields, render
from guide.letters.templates import FieldValue, TemplateError, check_template, long_date
from guide.model.content import Field, FieldKind, Letter
from guide.model.paper import Paper
from guide.model.people import Identifier, IdentifierKind, Person, same
from guide.model.problems import (
    InvalidAnswerError,
    LetterClosedError,
    NotFoundError,
)
from guide.model.records import Draft, OpenedMessage, WrittenLetter
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
        check_template(letter.subject + letter.body, *_names(letter))
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
    return "their_contact" if person else "provider_address"


def _to(letter: Letter, filled: Mapping[str, FieldValue]) -> str:
    person = letter.audience == AUDIENCE_PERSON
    name = filled.get("their_name" if person else "provider_name", "")
    return "\n".join(str(x) for x in (name, filled.get(_address(letter), "")) if x)


def recipient(desk: Desk, letter: Letter) -> str:
    """What must be typed again before *letter* is finished."""
    typed = desk.vault.fields()
    address = typed.get(_address(letter), "")
    return address or typed.get("provider_name", "")


def finish(
    desk: Desk,
    letter: Letter,
    typed_recipient: str,
    message: Mapping[str, FieldValue] = NO_MESSAGE,
) -> WrittenLetter:
    """Freeze the letter and its SHA-256, once the recipient was typed again."""
    ready = draft(desk, letter, message)
    if ready.missing:
        labels = [each.label for each in letter.fields if each.id in ready.missing]
        raise InvalidAnswerError(
            _("The letter is not finished: something is missing. Nothing was lost."),
            _("Fill in: {fields}.").format(fields="; ".join(labels)),
        )
    if same(typed_recipient) != same(recipient(desk, letter)):
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


def _person(desk: Desk, letter: Letter) -> Person:
    typed = desk.vault.fields()
    contact = typed.get(_address(letter), "")
    kind = IdentifierKind.EMAIL if "@" in contact[1:] else IdentifierKind.HANDLE
    identifiers = (Identifier(kind=kind, value=contact),) if contact else ()
    label = typed.get("their_name", "")
    known = person_meant(desk, contact) or person_meant(desk, label)
    if known:  # so that what comes after the notice is seen to come after it
        return replace(known, identifiers=(*known.identifiers, *identifiers))
    return Person(id=THE_PERSON, label=label, identifiers=identifiers)


def save(
    kept: WrittenLetter, format_: str, path: str, message: OpenedMessage | None = None
) -> Path:
    """Write a finished letter as a file; nothing that exists is replaced."""
    paper: Paper = kept.paper
    if message and message.data:
        paper = replace(paper, original=message.data, original_name=message.name)
    return write_whole(_named(path_typed(path), format_), write(paper, format_))


def _named(path: Path, format_: str) -> Path:
    """The whole path, with the ending that says what the file is."""
    ending = f".{format_}"
    named = path if path.suffix.lower() == ending else Path(f"{path}{ending}")
    return Path.cwd() / named


def mark_sent(desk: Desk, kept: WrittenLetter) -> None:
    """Say that the letter has left. There is no way back, as in life."""
    desk.vault.mark_sent(kept.id, desk.now())
