"""Whom to complain to about one message, the surest first.

An address that nothing confirms may belong to somebody innocent, so it never
comes first. A small domain may be run by the person, so a guessed desk comes after
every other one and says so. The reader's own mail service is left out, unless it is
certain that the sender uses it too. No address is ever invented for a network.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from guide.mail.authentication import sent_by
from guide.mail.desks import (
    desk_for_address,
    desk_for_network,
    guessed_desk,
    is_guess,
    network_to_look_up,
)
from guide.mail.domains import owner_domain
from guide.mail.linked import hosts_of_links, runs_the_list
from guide.mail.providers import family
from guide.mail.registries import registry_for
from guide.model.trace import (
    AbuseDesk,
    AddressKind,
    Complaint,
    DeskKind,
    Hop,
    Mailbox,
    MessageTrace,
    Registry,
    Verdict,
)
from guide.words import _

_ON_THE_NET = frozenset({AddressKind.PUBLIC, AddressKind.EXAMPLE, None})


def find_complaints(
    trace: MessageTrace,
    desks: Sequence[AbuseDesk],
    listed: Sequence[AbuseDesk] = (),
    *,
    registries: Sequence[Registry] = (),
    source: bytes = b"",
) -> tuple[Complaint, ...]:
    """Everybody worth a complaint about *trace*, each once, the surest first.

    *listed* are desks that the reader has looked up (RDAP, a help page); they win
    over *desks*, the table. *source* is the whole message: who serves the sites it
    links to, and who runs the list it came through, stand there.
    """
    known = (*listed, *desks)
    own = frozenset(trace.provider)
    found = [] if not _genuine(trace) else [*_sender_confirmed(trace, known)]
    found += _network(trace, known, registries)
    found += [*_answers(trace, known), *_bounces(trace, known)]
    found += runs_the_list(trace, source, known)
    found += [x for x in hosts_of_links(source, known) if not _own_desk(x, own)]
    if not _genuine(trace):
        found += _sender_claimed(trace, known)
    found.sort(key=lambda each: _may_be_theirs(each, own))
    return _each_once(found)


def _each_once(found: Sequence[Complaint]) -> tuple[Complaint, ...]:
    """One complaint for each desk, and for each company whatever its ways in."""
    once: list[Complaint] = []
    seen: set[tuple[str, ...]] = set()
    for each in found:
        desk = each.desk
        names = {("name", desk.name.casefold()), (desk.email, desk.form, desk.page)}
        if not names & seen:
            once.append(each)
        seen |= names
    return tuple(once)


def _genuine(trace: MessageTrace) -> bool:
    return trace.verdict is Verdict.GENUINE


def _may_be_theirs(complaint: Complaint, own: frozenset[str]) -> bool:
    """Whether the person may run this desk: nobody has checked who reads it."""
    desk = complaint.desk
    guessed = is_guess(desk) and complaint.kind is not DeskKind.NETWORK
    made_up = complaint.kind is DeskKind.LIST and complaint.sure == "low"
    return made_up or (guessed and not _own_desk(complaint, own))


def _own_desk(complaint: Complaint, own: frozenset[str]) -> bool:
    names = {*complaint.desk.domains, *complaint.desk.networks}
    return bool(own & {*names, *family(complaint.about)})


def _caution(trace: MessageTrace, desk: AbuseDesk) -> str:
    if not is_guess(desk) or set(desk.domains) & set(trace.provider):
        return ""
    return _(
        "This looks like a small domain. The person may run it, or know who does, and "
        "would then read your complaint. Write to the network that carries it instead."
    )


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
            caution=_caution(trace, desk),
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
        caution=_caution(trace, desk),
    )


def _network(
    trace: MessageTrace, known: Sequence[AbuseDesk], registries: Sequence[Registry]
) -> Iterator[Complaint]:
    if trace.boundary is None:
        return
    hop = trace.hops[trace.boundary]
    desk = desk_for_network(hop.tcp_info, known)
    if not _is_on_the_net(hop) or _is_own(trace, hop.tcp_info, desk):
        return
    if desk is None and _has_better(trace, known):
        return
    registry, legacy = registry_for(hop.ip, registries)
    name = owner_domain(hop.tcp_info)
    yield Complaint(
        desk=desk or network_to_look_up(hop.ip, name, registry, legacy=legacy),
        about=hop.ip,
        why=_(
            "Your mail service took the message from this network, from the address "
            "{ip}. That is the last step that can be believed."
        ).format(ip=hop.ip),
        sure="medium" if desk is None or desk.confidence != "high" else "high",
        kind=DeskKind.NETWORK,
    )


def _is_on_the_net(hop: Hop) -> bool:
    return bool(hop.ip) and not hop.private and hop.kind in _ON_THE_NET


def _has_better(trace: MessageTrace, known: Sequence[AbuseDesk]) -> bool:
    """Whether a checked desk answers for a sender who is certain."""
    desk = _desk(trace.from_, known)
    return _genuine(trace) and desk is not None and not is_guess(desk)


def _answers(trace: MessageTrace, known: Sequence[AbuseDesk]) -> Iterator[Complaint]:
    why = _(
        "An answer to the message would go to {domain}. The sender chose that address, "
        "so it may be theirs, or somebody else's."
    )
    sure = "medium" if _genuine(trace) else "low"
    yield from _chosen(trace, trace.reply_to, known, why, sure)


def _bounces(trace: MessageTrace, known: Sequence[AbuseDesk]) -> Iterator[Complaint]:
    why = _(
        "The message was sent in the name of {domain} (Return-Path). That is often the "
        "sender's mail service, and it can be made up."
    )
    sure = "medium" if sent_by(trace.auth_results, trace.return_path) else "low"
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
        desk=desk,
        about=box.domain,
        why=why.format(domain=box.domain),
        sure=sure,
        caution=_caution(trace, desk),
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
