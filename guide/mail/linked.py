"""Others who can act on a message: who serves a site in it, who runs its list.

Both are chosen by whoever wrote the message, so neither is ever more than fairly
sure, and each says when writing to them may reach the person.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from guide.mail.desks import desk_for_address, guessed_desk, is_guess
from guide.mail.domains import owner_domain, registrable_domain
from guide.mail.headers import read_headers
from guide.mail.links import links_in
from guide.mail.parts import header_of
from guide.mail.providers import family
from guide.model.trace import AbuseDesk, Complaint, DeskKind, MessageTrace
from guide.words import _

_MOST_HOSTS, _MOST_LINKS = 3, 20
_MAIL_TO = re.compile(r"<mailto:([^\s<>?,]{3,254})[^>]*>", re.IGNORECASE)
_LIST_ID = re.compile(r"<([^<>\s@]{1,253})>\s*$")  # RFC 2919
_OWNER_HEADERS = ("list-owner", "list-help")  # RFC 2369


def hosts_of_links(source: bytes, known: Sequence[AbuseDesk]) -> Iterator[Complaint]:
    """The companies that serve the sites which *source* links to, a few of them."""
    for host, links in islice(links_in(source).items(), _MOST_HOSTS):
        desk = desk_for_address(host, known) or guessed_desk(host)
        yield Complaint(
            desk=desk,
            about=host,
            why=_(
                "The message links to {host}. Write to them only if that page is a "
                "part of what happens to you. Do not open it for this."
            ).format(host=host),
            sure="low",
            kind=DeskKind.HOST,
            caution=_host_caution(desk),
            links=links[:_MOST_LINKS],
        )


def _host_caution(desk: AbuseDesk) -> str:
    if not is_guess(desk):
        return ""
    return _(
        "The person may run this site themselves, and would then read your complaint. "
        "Look up the company that hosts it, and write there."
    )


def runs_the_list(
    trace: MessageTrace, source: bytes, known: Sequence[AbuseDesk] = ()
) -> Iterator[Complaint]:
    """Those who run the list or forum that the message says it came through.

    The address in the message is taken only where the list itself signed and has it:
    else anybody could have their complaint sent to anybody.
    """
    headers, _cut = read_headers(source) if source else ((), ())
    found = _LIST_ID.search(header_of(headers, "list-id"))
    owners = (_MAIL_TO.search(header_of(headers, name)) for name in _OWNER_HEADERS)
    owner = next((match[1] for match in owners if match and "@" in match[1]), "")
    domain = found[1] if found else owner.rpartition("@")[2]
    if not owner_domain(domain):
        return
    signed = _signed(trace, domain)
    if not signed and len(family(domain)) > 1:
        return  # in the name of a service that everybody knows, and not by it
    theirs = signed and _is_theirs(owner, domain, known)
    yield Complaint(
        desk=AbuseDesk(
            name=domain,
            domains=(owner_domain(domain),),
            email=owner if theirs else "",
            note=_owner_note(owner, theirs=theirs),
            source="RFC 2369",
            confidence="medium" if signed else "low",
        ),
        about=domain,
        why=_(
            "The message says it came through the list or forum {name}. Those who run "
            "it can act on an account there."
        ).format(name=domain),
        sure="medium" if signed else "low",
        kind=DeskKind.LIST,
        caution=_(
            "Whoever wrote the message could have made up this list, or run it. Those "
            "who run a list may know its members. If one of them may be close to the "
            "person, do not write to them."
        ),
    )


def _is_theirs(owner: str, domain: str, known: Sequence[AbuseDesk]) -> bool:
    """Whether *owner* is at the domain of the list, and not at everybody's."""
    own = registrable_domain(owner.rpartition("@")[2])
    shared = len(family(own)) > 1 or desk_for_address(own, known) is not None
    return bool(own) and own == registrable_domain(domain) and not shared


def _owner_note(owner: str, *, theirs: bool) -> str:
    if not owner:
        return _("The message names no address of theirs. Look for it on their site.")
    if theirs:
        return _("The address stands in the message. Compare it with their own site.")
    return _(
        "The message names {address}. Anybody could have put that there, so it is not "
        "filled in. Look for an address on their own site."
    ).format(address=owner)


def _signed(trace: MessageTrace, domain: str) -> bool:
    """Whether the reader's own service confirms that the list's domain signed."""
    own = registrable_domain(domain)
    return bool(own) and any(
        r.trusted
        and (r.method, r.result, r.property) == ("dkim", "pass", "d")
        and registrable_domain(r.value) == own
        for r in trace.auth_results
    )
