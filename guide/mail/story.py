"""A trace in plain words: one line a hop for a letter, a few sentences to read.

Only facts: what the message claims is called a claim, and what the reader's own
mail service saw is called that. Nothing here says who did it.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

from guide.model.trace import Hop, MessageTrace, Verdict
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


def story(trace: MessageTrace) -> tuple[str, ...]:
    """What is known about the message, in three to seven short sentences."""
    return (*_sender(trace), *_path(trace), *_cautions(trace))[:7]


def _sender(trace: MessageTrace) -> Iterator[str]:
    if trace.from_ is None or not trace.from_.address:
        yield _("This message does not say who it is from.")
        return
    yield _("This message says it comes from {address}.").format(
        address=trace.from_.address
    )
    service = trace.provider[0] if trace.provider else ""
    match trace.verdict:
        case Verdict.GENUINE:
            yield _("Your mail service, {service}, says that is true.").format(
                service=service
            )
        case Verdict.FAILED:
            yield _(
                "Your mail service, {service}, checked that, and the check failed. "
                "Somebody else may have used that address."
            ).format(service=service)
        case Verdict.UNKNOWN:
            yield _("Nothing that can be believed confirms that.")
    if trace.from_.warnings:
        yield _("There is something odd about how that address looks.")


def _path(trace: MessageTrace) -> Iterator[str]:
    if not trace.hops:
        yield _("There are no lines that show which way it came.")
        return
    if trace.boundary is None:
        yield _(
            "The guide cannot tell which lines are by your own mail service. All of "
            "them could be made up."
        )
        return
    yield _arrival(trace.hops[trace.boundary])
    if trace.boundary + 1 < len(trace.hops):
        yield _("The lines further down could be made up by the sender.")


def _arrival(hop: Hop) -> str:
    if not hop.ip or hop.private:
        return _("The lines that can be believed name no address of the sender.")
    return _("Your mail service took it from the internet address {ip}.").format(
        ip=hop.ip
    )


def _cautions(trace: MessageTrace) -> Iterator[str]:
    reply, sender = trace.reply_to, trace.from_
    if reply and sender and reply.address.lower() != sender.address.lower():
        yield _("An answer would go to another address: {address}.").format(
            address=reply.address
        )
    yield _("An internet address shows a network. It does not show who wrote this.")
