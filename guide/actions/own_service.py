"""Which mail service is the reader's own: asked once, and remembered with the answers.

Only lines by that service are believed. Where the reader is not sure, none is.
"""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum

from guide.actions.desk import Desk
from guide.mail import (
    HEADER_LIMIT,
    explain,
    family,
    registrable_domain,
    service_name,
)
from guide.model.problems import InvalidAnswerError
from guide.model.records import OpenedMessage
from guide.words import _

FACT = "own_mail_services"
_MOST = 40  # names that are remembered; the oldest are asked about again
_MARKS = {"": "yes", "?": "unsure", "!": "no"}


class Standing(StrEnum):
    """What the reader said of one service."""

    UNASKED = "unasked"
    YES = "yes"
    UNSURE = "unsure"
    NO = "no"


def standing(desk: Desk, domain: str) -> Standing:
    """What the reader said of the service that *domain* belongs to."""
    names = family(domain)
    for word in reversed(_words(desk)):
        bare = word.lstrip("?!")
        if bare in names:
            return Standing(_MARKS[word[: len(word) - len(bare)]])
    return Standing.UNASKED


def own_services(desk: Desk) -> tuple[str, ...]:
    """Every service that the reader said is theirs."""
    bare = dict.fromkeys(word.lstrip("?!") for word in _words(desk))
    return tuple(x for x in bare if standing(desk, x) is Standing.YES)


def was_asked(desk: Desk) -> bool:
    """Whether the reader has said anything of any service."""
    return bool(_words(desk))


def say_standing(desk: Desk, domain: str, said: Standing) -> None:
    """Remember what the reader said of *domain*."""
    mark = next((m for m, name in _MARKS.items() if name == said), "")
    names = family(domain)
    kept = [word for word in _words(desk) if word.lstrip("?!") not in names]
    if said is not Standing.UNASKED:
        kept.append(f"{mark}{registrable_domain(domain) or domain}")
    if kept:
        desk.vault.put_answer(FACT, " ".join(kept[-_MOST:]), desk.now())
    else:
        desk.vault.forget_answer(FACT)


def say_other(desk: Desk, typed: str) -> str:
    """Remember the service behind an address or a domain that was typed.

    Raises InvalidAnswerError for what is neither.
    """
    domain = registrable_domain(typed.strip().rpartition("@")[2].strip(" <>"))
    if not domain:
        raise InvalidAnswerError(
            _("That is not a mail service this guide can read. Nothing was changed."),
            _("Type what stands after the @ of your address, such as example.com."),
        )
    say_standing(desk, domain, Standing.YES)
    return domain


def found_service(message: OpenedMessage) -> str:
    """The service that the top lines name, whatever the reader said; or ""."""
    if message.brought_along:
        return ""  # nothing in it says what the reader's own service is
    provider = explain(message.data[:HEADER_LIMIT]).provider
    return registrable_domain(provider[0]) if provider else ""


def as_read(desk: Desk, message: OpenedMessage) -> OpenedMessage:
    """*message*, read with what the reader said of their own mail service."""
    if message.brought_along:
        trace = explain(message.data[:HEADER_LIMIT], only_given=True)
        return replace(message, trace=trace)
    found, own = found_service(message), own_services(desk)
    given: tuple[str, ...] = own
    only = False
    match standing(desk, found) if found else Standing.UNASKED:
        case Standing.UNSURE:
            given, only = (), True
        case Standing.NO:
            only = True
        case _:
            pass
    trace = explain(message.data[:HEADER_LIMIT], given, only_given=only)
    return replace(message, trace=trace)


def question(domain: str) -> str:
    """What is asked about the service that the top lines name."""
    name = service_name(domain)
    shown = domain if name == domain else f"{name}, {domain}"
    return _("Is this your own mail service: {name}?").format(name=shown)


def _words(desk: Desk) -> list[str]:
    said = desk.vault.answers().get(FACT, "")
    return said.split() if isinstance(said, str) else []
