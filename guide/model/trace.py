"""What a message says about the way it came, in the words of the mail RFCs.

Everything here was written by somebody else and may be forged; ``trusted`` says
which parts the reader's own provider vouches for (RFC 5321, 5322, 8601).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


@dataclass(frozen=True, slots=True, kw_only=True)
class Mailbox:
    """One address as it stands in a header (RFC 5322 section 3.4)."""

    display_name: str
    address: str
    domain: str  # after the last @, as written
    registrable_domain: str  # by the Public Suffix List; "" when there is none
    warnings: tuple[str, ...] = ()  # sentences: mixed scripts, xn--, look-alikes, …


@dataclass(frozen=True, slots=True, kw_only=True)
class Hop:
    """One Received header (RFC 5321 section 4.4), newest first in a trace."""

    from_: str = ""  # what the sender called itself: HELO, may be forged
    tcp_info: str = ""  # reverse name the receiver looked up; "" if not confirmed
    ip: str = ""  # the other end of the connection, as the receiver saw it
    by: str = ""
    by_ip: str = ""  # the receiver's own address, where it says so
    with_: str = ""
    id: str = ""
    at: datetime | None = None  # with the zone it was written in
    trusted: bool = False
    private: bool = False  # a reserved or internal address (RFC 1918, 6598, …)
    raw: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AuthResult:
    """One property of one method in an Authentication-Results header (RFC 8601).

    A method with three properties gives three of these; one with none gives one.
    ARC-Authentication-Results (RFC 8617) are read the same way.
    """

    authserv_id: str
    method: str
    result: str
    ptype: str = ""
    property: str = ""
    value: str = ""
    trusted: bool = False


class Verdict(StrEnum):
    """How far the address in From can be believed."""

    GENUINE = "genuine"  # dmarc=pass, or dkim=pass aligned, by the reader's provider
    FAILED = "failed"  # the reader's provider says that it failed
    UNKNOWN = "unknown"  # no result that can be trusted


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageTrace:
    """One message, its claims and its path."""

    message_id: str
    date: datetime | None
    date_text: str
    subject: str
    from_: Mailbox | None
    reply_to: Mailbox | None
    return_path: Mailbox | None
    to: tuple[Mailbox, ...] = ()
    hops: tuple[Hop, ...] = ()
    boundary: int | None = None  # index in hops: the last hop that can be believed
    provider: tuple[str, ...] = ()  # the reader's own mail service, its name first
    auth_results: tuple[AuthResult, ...] = ()
    verdict: Verdict = Verdict.UNKNOWN
    originating_ip: str = ""  # X-Originating-IP and its like: an unsigned claim
    problems: tuple[str, ...] = ()  # sentences on what is missing or odd


@dataclass(frozen=True, slots=True, kw_only=True)
class AbuseDesk:
    """Where to complain, and how sure that is."""

    name: str
    domains: tuple[str, ...] = ()  # of the addresses it serves
    networks: tuple[str, ...] = ()  # of its computers' names, as a receiver sees them
    email: str = ""
    form: str = ""
    page: str = ""  # their page on abuse, to look at first
    wants: str = ""  # what they ask for
    note: str = ""
    checked: str = ""  # YYYY-MM
    source: str = ""
    confidence: str = ""  # high | medium | none (none: RFC 2142 guess)


@dataclass(frozen=True, slots=True, kw_only=True)
class Complaint:
    """One provider to complain to about one message, and why this one."""

    desk: AbuseDesk
    about: str  # the domain or address that led here
    why: str
    sure: str  # high | medium | low
