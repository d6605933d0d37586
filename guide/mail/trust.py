"""How far down the Received lines can be believed (RFC 5321 section 7.6 in reverse).

Each server adds its line on top, so the top ones are by the reader's own mail
service. Going down, the first line in which that service took the message from
outside is the boundary: what it says was seen by the service itself. Every line
below may have been written by the sender, and nothing below is ever asked.

Where it is not clear whether a step was inside the service, it counts as coming
from outside. That stops too early at worst, and never believes a sender.
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Sequence

from guide.mail.domains import registrable_domain
from guide.mail.lexer import Kind, tokens
from guide.mail.providers import family
from guide.model.trace import Hop

# Ways to hand over a message that do not cross the internet (RFC 2033, 3848), or
# that fetch it from a mailbox.
_LOCAL = ("lmtp", "utf8lmtp", "local", "mapi")
_FETCHED = ("pop3", "imap")
# Two services write lines inside their own house that name no address to go by.
_APPLE, _MICROSOFT = "icloud.com", "outlook.com"
_GATEWAY = re.compile(r"\bby \S+ \(mailgateway\b")
_APPLES_HOST = re.compile(r"-icloudmta-|\.(?:me|icloud)\.com\.?$", re.IGNORECASE)
_NEAR = {4: 24, 6: 32}  # leading bits that two computers of one service share


def own_names(
    hops: Sequence[Hop],
    checked_by: Sequence[str],
    given: Sequence[str],
    *,
    only_given: bool = False,
) -> tuple[str, ...]:
    """The names of the reader's own mail service, the main one first.

    From the topmost line that names its writer; else from *checked_by*, the
    authserv-ids above all lines; and *given*, what the reader knows. With
    *only_given* from that alone.
    """
    found = "" if only_given else _receiver(hops)
    main = found or next(filter(None, map(registrable_domain, checked_by)), "")
    if not hops or not (main or given):
        return ()
    names = [main] if main else []
    hosts = {name.strip().rstrip(".").lower() for name in given} - {""}
    related = {other for name in (*names, *sorted(hosts)) for other in family(name)}
    return tuple(dict.fromkeys([*names, *sorted(related | hosts)]))


def _receiver(hops: Sequence[Hop]) -> str:
    for hop in hops:
        if not _is_whole(hop):
            break
        if _is_apples(hop):
            return _APPLE
        if not _is_fetched(hop) and (name := registrable_domain(hop.by)):
            return name
        if not _is_within(hop, frozenset()):
            break
    return ""


def find_boundary(hops: Sequence[Hop], own: frozenset[str]) -> int | None:
    """The place of the last hop that can be believed; None without *own*."""
    if not own:
        return None
    last, crossed = None, False
    for place, hop in enumerate(hops):
        if not _is_ours(hop, own, crossed=crossed):
            break
        last = place
        if not _is_within(hop, own) or (crossed and not hop.ip):
            break
        if hop.ip and not hop.private and not _is_fetched(hop):
            crossed = True
            if not _is_linked(hop, hops[place + 1 : place + 2]):
                break
    return last


def shows_itself(
    hops: Sequence[Hop],
    boundary: int | None,
    checked_by: Sequence[str],
    own: frozenset[str],
) -> bool:
    """Whether a line that would be believed bears a name of the service itself.

    Lines by computers without a domain could be by any service.
    """
    lines = () if boundary is None else hops[: boundary + 1]
    names = (*(hop.by for hop in lines), *checked_by)
    return any(_is_own(name, own) for name in names)


def _is_own(host: str, own: frozenset[str]) -> bool:
    name = host.rstrip(".").lower()
    return bool(name) and (name in own or registrable_domain(name) in own)


def _is_ours(hop: Hop, own: frozenset[str], *, crossed: bool) -> bool:
    """Whether the service wrote *hop*.

    A name without a domain is taken for one of its own, until the path has left
    one machine room for another.
    """
    if not _is_whole(hop):
        return False
    nameless = not registrable_domain(hop.by)
    return _is_fetched(hop) or _is_own(hop.by, own) or (nameless and not crossed)


def _is_whole(hop: Hop) -> bool:
    """Whether every bracket and quote in *hop* closes.

    A server that copies a "(" out of a HELO hides the rest of its own line with it.
    """
    return all(token.kind is not Kind.BROKEN for token in tokens(hop.raw, ";"))


def _is_fetched(hop: Hop) -> bool:
    return hop.with_.lower().startswith(_FETCHED)


def _is_within(hop: Hop, own: frozenset[str]) -> bool:
    """Whether the other end of *hop* was a computer of the same service."""
    if hop.private or _is_fetched(hop):
        return True
    if _is_apples(hop) or _is_stored_by_microsoft(hop):
        return bool({_APPLE, _MICROSOFT} & own)
    if not hop.ip:
        return not hop.from_ or hop.with_.lower().startswith(_LOCAL)
    if _is_own(hop.tcp_info, own):
        return not _is_customer(hop.tcp_info, hop.ip)
    # HELO alone proves nothing; it counts only for a neighbouring address.
    return _is_own(hop.from_, own) and _is_near(hop.ip, hop.by_ip)


def _is_apples(hop: Hop) -> bool:
    """The last step inside iCloud: no address, and a host without a domain."""
    named = bool(_APPLES_HOST.search(hop.from_)) and not registrable_domain(hop.by)
    return named and not hop.ip and bool(_GATEWAY.search(hop.raw))


def _is_stored_by_microsoft(hop: Hop) -> bool:
    """The step into a Microsoft mailbox: over HTTPS, which no mail comes in by."""
    hosts = {registrable_domain(hop.from_), registrable_domain(hop.by)}
    return hop.with_.lower() == "https" and hosts <= family(_MICROSOFT)


def _is_customer(name: str, ip: str) -> bool:
    """Whether *name* spells out *ip*, as access providers name customers' lines."""
    address = ipaddress.ip_address(ip)
    digits = re.sub(r"[^0-9a-f]", "", name)
    if isinstance(address, ipaddress.IPv6Address):
        return address.exploded.replace(":", "")[-8:] in digits
    octets = {int(octet) for octet in ip.split(".")}
    numbers = {int(number) for number in re.findall(r"\d{1,3}", name)}
    return f"{int(address):08x}" in digits or len(octets & numbers) > len(octets) // 2


def _is_near(one: str, other: str) -> bool:
    if not (one and other):
        return False
    first, second = ipaddress.ip_address(one), ipaddress.ip_address(other)
    if first.version != second.version:
        return False
    gap = first.max_prefixlen - _NEAR[first.version]
    return int(first) >> gap == int(second) >> gap


def _is_linked(hop: Hop, below: Sequence[Hop]) -> bool:
    """Whether the next line is by the very computer that this one names.

    By its first label: Microsoft's computers go by one name in several domains.
    """
    names = {_label(hop.from_), _label(hop.tcp_info)} - {""}
    return any(_label(line.by) in names for line in below)


def _label(host: str) -> str:
    return host.lower().partition(".")[0]
