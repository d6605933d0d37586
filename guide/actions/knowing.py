"""The people this is about: finding them, adding them, what they are called."""

from __future__ import annotations

import ipaddress
import re
import secrets

from guide.actions.desk import THE_PERSON, Desk
from guide.model.people import Identifier, IdentifierKind, Person, folded, same
from guide.model.problems import InvalidAnswerError
from guide.model.text import whole
from guide.safety.display import show
from guide.words import _

_PHONE = re.compile(r"\+?\d{7,15}")
_MAIL = re.compile(r"[^\s@]+@[^\s@]+\.[^\s@]+")
LONGEST_NAME = 300


def identifier_in(text: str) -> Identifier | None:
    """The address, number or account that *text* is; None where it is a name.

    >>> identifier_in("@somebody").kind, identifier_in("Some Body")
    (<IdentifierKind.HANDLE: 'handle'>, None)
    """
    plain = text.strip()
    kind = _kind_of(plain)
    return Identifier(kind=kind, value=plain) if kind else None


def _kind_of(plain: str) -> IdentifierKind | None:
    if _MAIL.fullmatch(plain):
        return IdentifierKind.EMAIL
    if re.match(r"https?://\S+$|www\.\S+$", plain, re.IGNORECASE):
        return IdentifierKind.URL
    if re.fullmatch(r"@\S+", plain):
        return IdentifierKind.HANDLE
    if _PHONE.fullmatch(folded(plain)):
        return IdentifierKind.PHONE
    try:
        ipaddress.ip_address(plain)
    except ValueError:
        return None
    return IdentifierKind.IP


def called(person: Person) -> str:
    """What a person is called on the screen; never empty."""
    if person.label.strip():
        return person.label
    if person.identifiers:
        return person.identifiers[0].value
    if person.id == THE_PERSON:
        return _("The person the notice is about")
    return _("Somebody without a name")


def name_of(desk: Desk, person_id: str) -> str:
    """What the person *person_id* is called, safe to draw; empty for nobody."""
    if not person_id:
        return ""
    return show(called(desk.vault.person(person_id)), limit=LONGEST_NAME)


def person_meant(desk: Desk, text: str) -> Person | None:
    """Somebody in the record whose name or identifier *text* is."""
    given = same(whole(text))
    if not given:
        return None
    for person in desk.vault.people():
        keys = {each.key for each in person.identifiers}
        if same(person.label) == given or folded(text) in keys:
            return person
    return None


def add_person(desk: Desk, text: str) -> Person:
    """Add somebody by a name, an address or a number; refused where they are known."""
    text = _checked(text)
    if person_meant(desk, text):
        raise InvalidAnswerError(
            _("Somebody in your record has that name already. Nothing was changed."),
            _("Open them in the list, or add a word that tells the two apart."),
        )
    found = identifier_in(text)
    person = Person(
        id=secrets.token_hex(8), label=text, identifiers=(found,) if found else ()
    )
    desk.vault.put_person(person, desk.now())
    return desk.vault.person(person.id)


def add_unknown(desk: Desk) -> Person:
    """Add somebody nobody knows: a number tells them apart, until there is a name."""
    taken = {same(person.label) for person in desk.vault.people()}
    number = 1
    while same(label := _("Unknown {number}").format(number=number)) in taken:
        number += 1
    person = Person(id=secrets.token_hex(8), label=label, unknown=True)
    desk.vault.put_person(person, desk.now())
    return desk.vault.person(person.id)


def rename(desk: Desk, person_id: str, text: str) -> Person:
    """Call them something else; the name before stays readable.

    Somebody unknown who gets a name is unknown no more.
    """
    text = _checked(text)
    if desk.vault.person(person_id).unknown:
        desk.vault.set_unknown(person_id, desk.now(), unknown=False)
    desk.vault.rename_person(person_id, text, desk.now())
    return desk.vault.person(person_id)


def add_identifier(desk: Desk, person_id: str, text: str) -> Person:
    """Add one more address, number or account name to somebody."""
    text = _checked(text)
    found = identifier_in(text)
    given = found or Identifier(kind=IdentifierKind.HANDLE, value=text)
    desk.vault.add_identifier(person_id, given, desk.now())
    return desk.vault.person(person_id)


def take_back(desk: Desk, person_id: str, wrong: Identifier, reason: str) -> None:
    """Take back what is not theirs; it stays readable. A reason is needed."""
    desk.vault.withdraw_identifier(person_id, wrong, whole(reason).strip(), desk.now())


def join(desk: Desk, kept_id: str, gone_id: str) -> Person:
    """Make one person of two; the vault refuses where each has a notice."""
    return desk.vault.merge_people(kept_id, gone_id, desk.now())


def _checked(text: str) -> str:
    text = whole(text).strip()
    if not text:
        raise InvalidAnswerError(
            _("There is nothing to add yet. Nothing was changed."),
            _("Type a name, an address, a number or an account."),
        )
    if len(text) > LONGEST_NAME:
        what = _("That is longer than {most} characters. Nothing was changed.")
        raise InvalidAnswerError(what.format(most=LONGEST_NAME), _("Write less."))
    return text
