"""Making a filter for a person: whose mail, for which service, and saving it.

What was typed or kept is checked address by address. One that no filter can hold is
named, never bent until it fits.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from guide.actions.desk import Desk
from guide.files import path_typed, write_whole
from guide.filters import (
    CHATS,
    MOST,
    ChatWords,
    Made,
    Rule,
    Service,
    address_in,
    chat_name_in,
    chat_words,
    fits,
    is_official,
    is_public,
    make,
    matrix_name_in,
)
from guide.model.people import IdentifierKind
from guide.model.problems import InvalidAnswerError
from guide.model.text import whole
from guide.words import _

LONGEST = 20_000
_BETWEEN = re.compile(r"[\s,;]+")
_SAVED = frozenset({"yes", "skip-for-safety"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What a person writes from, as far as a filter can hold it."""

    addresses: tuple[str, ...] = ()
    names: tuple[str, ...] = ()  # in chats
    refused: tuple[str, ...] = ()  # as they were given

    @property
    def programs(self) -> tuple[str, ...]:
        """The chat programs that know a name of this kind."""
        return tuple(each for each in CHATS if self.called_in(each))

    def called_in(self, program: str) -> tuple[str, ...]:
        """The names that *program* can hide."""
        given = (*self.names, *self.addresses)
        return tuple(each for each in given if fits(program, each))


def saved_first(desk: Desk) -> bool:
    """Whether the reader has said that what came is saved, or cannot be."""
    return desk.facts().get("saved_first") in _SAVED


def known_by_typing(text: str) -> Known:
    """The addresses and chat names in what was typed.

    Raises InvalidAnswerError where there is none, or too much.
    """
    text = whole(text).strip()
    if len(text) > LONGEST:
        raise _too_many()
    words = [each for each in _BETWEEN.split(text) if each]
    mails = [each for each in words if "@" in each[1:]]
    # In "A Name <a@b.example>" only what has an @ is theirs to be found by.
    known = _known(mails or words)
    if known.refused and not (known.addresses or known.names):
        raise InvalidAnswerError(
            _("A filter cannot hold that. Nothing was changed."),
            _("Type an address such as name@example.com, or a name in a chat."),
        )
    return _some(known)


def known_of(desk: Desk, person_id: str) -> Known:
    """The addresses and chat names of somebody in the record.

    Raises InvalidAnswerError where there is none yet.
    """
    kinds = (IdentifierKind.EMAIL, IdentifierKind.HANDLE)
    theirs = desk.vault.person(person_id).identifiers
    return _some(_known(each.value for each in theirs if each.kind in kinds))


def _known(given: Iterable[str]) -> Known:
    addresses: list[str] = []
    names: list[str] = []
    refused: list[str] = []
    for each in given:
        address = address_in(_in_ascii(each))
        name = "" if address else matrix_name_in(each) or chat_name_in(each)
        if address and len(addresses) < MOST:
            addresses.append(address)
        elif name and len(names) < MOST:
            names.append(name)
        else:
            refused.append(each)
    return Known(
        addresses=tuple(dict.fromkeys(addresses)),
        names=tuple(dict.fromkeys(names)),
        refused=tuple(dict.fromkeys(refused)),
    )


def _in_ascii(address: str) -> str:
    """*address* with its domain as mail servers write it (RFC 5891)."""
    from guide.mail.domains import ascii_form

    local, _at, domain = address.rpartition("@")
    return address if domain.isascii() else f"{local}@{ascii_form(domain)}"


def _some(known: Known) -> Known:
    if not (known.addresses or known.names):
        raise InvalidAnswerError(
            _("There is no address or chat name here that a filter can hold."),
            _("Add one to the person, or type one."),
        )
    return known


def _too_many() -> InvalidAnswerError:
    return InvalidAnswerError(
        _("That is more than fits in one filter. Nothing was changed."),
        _("Make one filter for the first part, and another for the rest."),
    )


def whole_domains(desk: Desk, known: Known) -> tuple[str, ...]:
    """The domains of the addresses that belong to few people, as far as is known.

    None where many people have addresses, and none that anybody can register under.
    Nor one of an office or a school, nor the reader's own: From can be forged to say
    any of them, and mail from there must not be missed.
    """
    from guide.actions.own_service import own_services
    from guide.actions.reporting import abuse_desks
    from guide.mail import registrable_domain

    desks = abuse_desks(desk)
    public = {name for each in desks for name in (*each.domains, *each.networks)}
    public |= set(own_services(desk))
    domains = dict.fromkeys(each.rpartition("@")[2] for each in known.addresses)
    return tuple(
        each
        for each in domains
        if registrable_domain(each)
        and not is_public(each, public)
        and not is_official(each)
    )


def filter_for(service: Service, rule: Rule) -> Made:
    """The rule as the file that *service* takes; no text where it takes none."""
    return make(service.format, rule)


def words_for(program: str, known: Known) -> tuple[ChatWords, ...]:
    """What hides each of the names in one chat program."""
    return tuple(chat_words(program, each) for each in known.called_in(program))


def proposed_name(service: Service) -> str:
    """Where the file could go, and how such a file is called."""
    return str(Path.cwd() / service.format.file_name)


def save_filter(text: str, typed: str) -> Path:
    """Write a filter as a file; nothing that exists is replaced."""
    return write_whole(Path.cwd() / path_typed(typed), text.encode("ascii"))
