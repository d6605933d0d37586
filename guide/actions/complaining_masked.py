"""What of the reader is masked in a complaint: their addresses, and what names them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from guide.filters import is_public
from guide.mail import HEADER_LIMIT, family
from guide.mail.own import can_be_told, own_addresses, own_domains
from guide.model.problems import InvalidAnswerError
from guide.model.records import OpenedMessage
from guide.words import _


def own_in(message: OpenedMessage) -> tuple[str, ...]:
    """Every address that *message* went to."""
    return own_addresses(message.data[:HEADER_LIMIT], message.trace)


def telling_domains(messages: Iterable[OpenedMessage]) -> tuple[str, ...]:
    """The reader's own domains at which few people have addresses.

    The name of a small service, of a school or of a place of work says who they are.
    """
    found = (
        domain
        for each in messages
        for domain in own_domains(each.data[:HEADER_LIMIT], each.trace)
        if not is_public(domain) and len(family(domain)) == 1
    )
    return tuple(dict.fromkeys(found))


def refuse_what_cannot_be_masked(messages: Sequence[OpenedMessage]) -> None:
    """Raise InvalidAnswerError where no message tells which address is the reader's."""
    then = _("Write the complaint with the whole message, or save it as text only.")
    if not any(map(own_in, messages)):
        raise InvalidAnswerError(
            _("The message does not say which address it went to, so none is masked."),
            then,
        )
    if not all(can_be_told(x.data[:HEADER_LIMIT], x.trace) for x in messages):
        raise InvalidAnswerError(
            _("Too many people are named in the message to tell which one you are."),
            then,
        )
