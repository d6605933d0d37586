"""A trace in plain words: one line a hop for a letter, a few sentences to read.

Only facts: what the message claims is called a claim, and what the reader's own
mail service saw is called that. Nothing here says who did it.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import TypeAlias

from guide.mail.address import reads_as_address
from guide.mail.providers import service_name
from guide.model.trace import Hop, MessageTrace, Nature, Verdict
from guide.words import _


def hop_line(hop: Hop) -> str:
    """One plain line for a letter: when, from where, by whom, under which number.

    The time stands in the zone it was written in (RFC 3339) and in UTC, because the
    desk that reads the letter searches its logs by it.
    """
    sender = f"{hop.tcp_info} [{hop.ip}]".strip() if hop.ip else hop.tcp_info
    parts = [
        _when(hop.at),
        _("from {sender}").format(sender=sender) if sender else "",
        _("called itself {helo}").format(helo=hop.from_) if _renamed(hop) else "",
        _("received by {host}").format(host=hop.by) if hop.by else "",
        _("id {id}").format(id=hop.id) if hop.id else "",
    ]
    return ", ".join(part for part in parts if part)


def _when(at: datetime | None) -> str:
    if at is None:
        return _("no time with a zone")
    return f"{at.isoformat()} ({at.astimezone(UTC):%Y-%m-%d %H:%M:%S} UTC)"


def _renamed(hop: Hop) -> bool:
    name = hop.from_.rstrip(".").lower()
    return name.strip("[]") not in {"", hop.tcp_info, hop.ip}


# How much each kind of sentence matters when there is no room for all.
_FIRST, _HIGH, _MIDDLE, _LOW = range(4)
_MOST = 7


def story(trace: MessageTrace) -> tuple[str, ...]:
    """What is known about the message, in at most seven short sentences."""
    told = [*_came(trace), *_sender(trace), *_kind(trace), *_path(trace)]
    told += _cautions(trace)
    while len(told) > _MOST:
        least = max(weight for weight, _words in told)
        told.remove([each for each in told if each[0] == least][-1])
    return tuple(words for _weight, words in told)


def _service(trace: MessageTrace) -> str:
    return service_name(trace.provider[0]) if trace.provider else ""


_Told: TypeAlias = Iterator[tuple[int, str]]


def _came(trace: MessageTrace) -> _Told:
    if trace.boundary is not None and trace.provider:
        yield (
            _LOW,
            _("This came to you through {service}.").format(service=_service(trace)),
        )


def _sender(trace: MessageTrace) -> _Told:
    if trace.from_ is None or not trace.from_.address:
        yield _FIRST, _("This message does not say who it is from.")
        return
    words = _("This message says it comes from {address}.")
    if not reads_as_address(trace.from_.address):
        words = _("Its sender is written in a misleading way. See From, further down.")
    yield _FIRST, words.format(address=trace.from_.address)
    match trace.verdict:
        case Verdict.GENUINE:
            yield (
                _FIRST,
                _("{service} says that {domain} vouched for it.").format(
                    service=_service(trace), domain=trace.from_.registrable_domain
                ),
            )
        case Verdict.FAILED:
            yield (
                _FIRST,
                _("{service} checked that address, and it failed.").format(
                    service=_service(trace)
                ),
            )
            yield _HIGH, _why_failed(trace)
        case Verdict.UNKNOWN:
            yield _FIRST, _("Nothing that can be believed confirms that.")
    if trace.from_.warnings:
        yield _HIGH, _("There is something odd about how that address looks.")


def _why_failed(trace: MessageTrace) -> str:
    if Nature.LIST in trace.natures:
        return _("Somebody else may have used it, or a mailing list broke the check.")
    return _("Somebody else may have used that address.")


def _kind(trace: MessageTrace) -> _Told:
    """The one kind that matters most to whoever reads on."""
    words = {
        Nature.HOLDS_MESSAGE: _("Another message is attached to it."),
        Nature.FORWARDED: _("Another message was forwarded in its text."),
        Nature.BOUNCE: _("It says that a message could not be delivered."),
        Nature.AUTOMATIC: _("It looks like an automatic message."),
        Nature.LIST: _("It looks like a message of a mailing list."),
        Nature.RESENT: _("It was passed on before it reached you."),
    }
    yield from [(_MIDDLE, words[kind]) for kind in words if kind in trace.natures][:1]


def _path(trace: MessageTrace) -> _Told:
    if not trace.hops:
        yield _HIGH, _("There are no lines that show which way it came.")
        return
    if trace.boundary is None:
        yield _HIGH, _("Any of its lines could be made up.")
        return
    yield _HIGH, _arrival(trace)
    if trace.boundary + 1 < len(trace.hops):
        yield _LOW, _("The lines further down could be made up by the sender.")


def _arrival(trace: MessageTrace) -> str:
    hop = trace.hops[trace.boundary or 0]
    if not hop.ip or hop.private:
        return _("The lines that can be believed name no address of the sender.")
    return _("{service} took it from the internet address {ip}.").format(
        service=_service(trace), ip=hop.ip
    )


def _cautions(trace: MessageTrace) -> _Told:
    reply, sender = trace.reply_to, trace.from_
    if reply and sender and reply.address.lower() != sender.address.lower():
        words = _("An answer would go to another address: {address}.")
        if not reads_as_address(reply.address):
            words = _("An answer would go to another address.")
        yield _MIDDLE, words.format(address=reply.address)
    if claimed := _claimed(trace):
        words = _("It names {ip} as the writer's address. Nothing confirms that.")
        yield _MIDDLE, words.format(ip=claimed)
    yield _FIRST, _("An internet address shows a network, not who wrote this.")


def _claimed(trace: MessageTrace) -> str:
    """The first address that is claimed and is not the one already named."""
    known = "" if trace.boundary is None else trace.hops[trace.boundary].ip
    return next((x.ip for x in trace.claimed_addresses if x.ip != known), "")
