"""What a message says about the way it came, in the words of the mail RFCs.

Everything here was written by somebody else and may be forged; ``trusted`` says
which parts the reader's own provider vouches for (RFC 5321, 5322, 8601).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum


class AddressKind(StrEnum):
    """What kind of internet address one is (RFC 6890)."""

    PUBLIC = "public"
    HOME = "private"  # RFC 1918
    LOOPBACK = "loopback"
    SHARED = "shared"  # RFC 6598, carrier-grade NAT
    LINK_LOCAL = "link-local"
    UNIQUE_LOCAL = "unique-local"  # RFC 4193
    EXAMPLE = "example"  # RFC 5737, 3849, 9637
    RESERVED = "reserved"
    SIX_TO_FOUR = "6to4"
    TEREDO = "teredo"
    TRANSLATED = "nat64"


class Nature(StrEnum):
    """What kind of message one is, by its own headers."""

    LIST = "list"  # RFC 2369, 2919
    AUTOMATIC = "automatic"  # RFC 3834
    BOUNCE = "bounce"  # RFC 3464, 6522
    RESENT = "resent"  # RFC 5322 section 3.6.6, and what forwarders add
    FORWARDED = "forwarded"  # written anew, with another message in its text
    HOLDS_MESSAGE = "holds a message"  # RFC 2046 section 5.2.1


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
    kind: AddressKind | None = None  # of ip
    delay: timedelta | None = None  # since the step before it; clocks may be wrong
    hints: tuple[str, ...] = ()  # sentences on what is odd here
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


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimedAddress:
    """An address that a header names as the sender's: nobody signed for it."""

    header: str
    ip: str
    kind: AddressKind


class KeyCheck(StrEnum):
    """What checking a signature against a stored key showed."""

    HOLDS = "holds"
    BROKEN = "broken"  # the text or the signed headers are not as they were signed
    UNKNOWN = "unknown"  # a form that the guide cannot check


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """One DKIM-Signature (RFC 6376), as it was written."""

    domain: str  # d=
    selector: str  # s=
    algorithm: str  # a=
    identity: str = ""  # i=
    covers: tuple[str, ...] = ()  # h=, in lower case
    signed_length: int | None = None  # l=: text after it is not signed
    aligned: bool = False  # speaks for the domain in From
    weaknesses: tuple[str, ...] = ()  # sentences


@dataclass(frozen=True, slots=True, kw_only=True)
class ArcSet:
    """One step of a chain of forwarders (RFC 8617)."""

    instance: int
    sealer: str  # d= of the seal
    said: str = ""  # what it says of the chain before it: none, pass or fail
    results: tuple[str, ...] = ()  # method=result, as it found them


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
    claimed_addresses: tuple[ClaimedAddress, ...] = ()
    senders: tuple[Mailbox, ...] = ()  # everybody in From; more than one is odd
    sender: Mailbox | None = None  # Sender: who sent it for the one in From
    signatures: tuple[Signature, ...] = ()
    arc: tuple[ArcSet, ...] = ()  # oldest first
    arc_believed: bool = False  # the reader's own mail service found it whole
    list_id: str = ""  # RFC 2919
    list_post: str = ""  # RFC 2369
    natures: tuple[Nature, ...] = ()
    problems: tuple[str, ...] = ()  # sentences on what is missing or odd


@dataclass(frozen=True, slots=True, kw_only=True)
class SenderRow:
    """One sender of a mailbox, as From names it: how often, and how far believed."""

    sender: str  # "" where a message names nobody
    count: int
    first: datetime | None  # in UTC
    last: datetime | None
    genuine: int = 0
    failed: int = 0
    unknown: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class MailTable:
    """Everybody who wrote to a mailbox, the most messages first."""

    rows: tuple[SenderRow, ...]
    messages: int
    undated: int = 0  # messages without a time that can be read
    other_senders: int = 0  # messages of senders for whom there was no room


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


class DeskKind(StrEnum):
    """What somebody has to do with a message, for which they can be written to."""

    MAILBOX = "mailbox"  # serves the address that the message is from
    NETWORK = "network"  # runs the computer that handed the message over
    HOST = "host"  # serves a site that the message links to
    LIST = "list"  # runs the list or forum that it came through


@dataclass(frozen=True, slots=True, kw_only=True)
class Registry:
    """Who gives out internet addresses, and answers who has one (RFC 9082)."""

    name: str
    where: str
    lookup: str  # an address is put after it
    hint: str  # where the answer names the abuse desk
    blocks: tuple[str, ...] = ()  # given out by itself
    legacy: tuple[str, ...] = ()  # given out before it was there
    checked: str = ""
    source: str = ""
    confidence: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Complaint:
    """Somebody to complain to about one message, and why them."""

    desk: AbuseDesk
    about: str  # the domain or address that led here
    why: str
    sure: str  # high | medium | low
    kind: DeskKind = DeskKind.MAILBOX
    caution: str = ""  # a sentence on when writing to them is a bad idea
    links: tuple[str, ...] = ()  # of a host: the pages, without what follows a "?"
