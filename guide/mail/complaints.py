"""Whom to complain to about one message, the surest first.

An address that nothing confirms may belong to somebody innocent, so it never
comes first. The reader's own mail service is left out, unless it is certain that
the sender uses it too. No address is ever invented for a network.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from guide.mail.desks import (
    desk_for_address,
    desk_for_network,
    guessed_desk,
    network_to_look_up,
)
from guide.mail.domains import owner_domain
from guide.mail.providers import family
from guide.model.trace import AbuseDesk, Complaint, Mailbox, MessageTrace, Verdict
from guide.words import _


def find_complaints(
    trace: MessageTrace,
    desks: Sequence[AbuseDesk],
    listed: Sequence[AbuseDesk] = (),
) -> tuple[Complaint, ...]:
    """Every provider worth a complaint about *trace*, each once, the surest first.

    *listed* are desks that the reader has looked up (RDAP, a help page); they win
    over *desks*, the table.
    """
    known = (*listed, *desks)
    if trace.verdict is Verdict.GENUINE:
        found = [*_sender_confirmed(trace, known), *_network(trace, known)]
    else:
        found = [*_network(trace, known)]
    found += [*_answers(trace, known), *_bounces(trace, known)]
    if trace.verdict is not Verdict.GENUINE:
        found += _sender_claimed(trace, known)
    once: dict[tuple[str, str, str], Complaint] = {}
    for complaint in found:
        once.setdefault(_where(complaint.desk), complaint)
    return tuple(once.values())


def _where(desk: AbuseDesk) -> tuple[str, str, str]:
    return desk.email, desk.form, desk.page


def _sender_confirmed(
    trace: MessageTrace, known: Sequence[AbuseDesk]
) -> Iterator[Complaint]:
    if (desk := _desk(trace.from_, known)) and trace.from_:
        yield Complaint(
            desk=desk,
            about=trace.from_.domain,
            why=_(
                "Your mail service confirms that the message came from {domain}."
            ).format(domain=trace.from_.domain),
            sure="high" if desk.confidence == "high" else "medium",
        )


def _sender_claimed(
    trace: MessageTrace, known: Sequence[AbuseDesk]
) -> Iterator[Complaint]:
    sender = trace.from_
    desk = _desk(sender, known)
    if sender is None or desk is None or _is_own(trace, sender.domain, desk):
        return
    if any(box.address.lower() == sender.address.lower() for box in trace.to):
        return  # the reader's own address, put there by somebody else
    yield Complaint(
        desk=desk,
        about=sender.domain,
        why=_(
            "The message says it is from {domain}, and nothing confirms that. {domain} "
            "may have nothing to do with it. Ask them to check, and accuse nobody."
        ).format(domain=sender.domain),
        sure="low",
    )


def _network(trace: MessageTrace, known: Sequence[AbuseDesk]) -> Iterator[Complaint]:
    if trace.boundary is None:
        return
    hop = trace.hops[trace.boundary]
    desk = desk_for_network(hop.tcp_info, known)
    if not hop.ip or hop.private or _is_own(trace, hop.tcp_info, desk):
        return
    if desk is None and _has_better(trace, known):
        return
    yield Complaint(
        desk=desk or network_to_look_up(hop.ip, owner_domain(hop.tcp_info)),
        about=hop.ip,
        why=_(
            "Your mail service took the message from this network, from the address "
            "{ip}. That is the last step that can be believed."
        ).format(ip=hop.ip),
        sure="medium" if desk is None or desk.confidence != "high" else "high",
    )


def _has_better(trace: MessageTrace, known: Sequence[AbuseDesk]) -> bool:
    """Whether a checked desk answers for a sender who is certain."""
    desk = _desk(trace.from_, known)
    genuine = trace.verdict is Verdict.GENUINE
    return genuine and desk is not None and desk.confidence != "none"


def _answers(trace: MessageTrace, known: Sequence[AbuseDesk]) -> Iterator[Complaint]:
    why = _(
        "An answer to the message would go to {domain}. The sender chose that address, "
        "so it may be theirs, or somebody else's."
    )
    genuine = trace.verdict is Verdict.GENUINE
    yield from _chosen(
        trace, trace.reply_to, known, why, "medium" if genuine else "low"
    )


def _bounces(trace: MessageTrace, known: Sequence[AbuseDesk]) -> Iterator[Complaint]:
    why = _(
        "The message was sent in the name of {domain} (Return-Path). That is often the "
        "sender's mail service, and it can be made up."
    )
    confirmed = any(
        r.trusted and r.method == "spf" and r.result == "pass"
        for r in trace.auth_results
    )
    sure = "medium" if confirmed else "low"
    yield from _chosen(trace, trace.return_path, known, why, sure)


def _chosen(
    trace: MessageTrace,
    box: Mailbox | None,
    known: Sequence[AbuseDesk],
    why: str,
    sure: str,
) -> Iterator[Complaint]:
    """A domain that the sender chose, if it is another than that in From."""
    desk = _desk(box, known)
    if box is None or desk is None or _is_own(trace, box.domain, desk):
        return
    if trace.from_ and trace.from_.registrable_domain == box.registrable_domain:
        return
    if any(box.address.lower() == reader.address.lower() for reader in trace.to):
        return
    yield Complaint(
        desk=desk, about=box.domain, why=why.format(domain=box.domain), sure=sure
    )


def _desk(box: Mailbox | None, known: Sequence[AbuseDesk]) -> AbuseDesk | None:
    if box is None or not owner_domain(box.domain):
        return None
    return desk_for_address(box.domain, known) or guessed_desk(box.domain)


def _is_own(trace: MessageTrace, domain: str, desk: AbuseDesk | None) -> bool:
    names = set(family(domain)) if domain else set()
    if desk:
        names |= {*desk.domains, *desk.networks}
    return bool(names & set(trace.provider))
