"""What a message says of itself: everything here was written by whoever sent it."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterator, Sequence
from itertools import islice

from guide.mail.address import MOST_MAILBOXES, parse_mailboxes
from guide.mail.dates import written_date
from guide.mail.headers import Header, decode_words
from guide.mail.networks import address_kind
from guide.mail.received import parse_received
from guide.model.trace import ClaimedAddress, Mailbox, MessageTrace

_MOST_HOPS = 100  # RFC 5321 section 6.3: more means a loop
_MOST_LINES = 10  # of one name; RFC 5322 section 3.6 allows one
_MOST_ADDRESSES = 10
# What mail services and programs have called the writer's own address. None of them
# is in an RFC, and none is signed for.
_CLAIMING = (
    "x-originating-ip",
    "x-sender-ip",
    "x-yahoo-post-ip",
    "x-aol-ip",
    "x-source-ip",
    "x-client-ip",
    "x-real-ip",
    "x-remote-ip",
    "x-originating-client-ip",
    "x-authenticated-ip",
    "x-php-originating-script-ip",
    "x-forwarded-for",
    "x-originatororg-ip",
    "x-mdremoteip",
    "x-get-message-sender-via-ip",
)
_GAPS = re.compile(r"[^\S\t\r\n]{3,}")
_OF_ADDRESS = re.compile(r"[0-9A-Fa-f:.]{2,45}")


def claims(headers: Sequence[Header], *, examples: bool) -> MessageTrace:
    """What the message says of itself; the topmost of each header counts."""
    received = [header.value for header in headers if header.name == "received"]
    top = {header.name: header.value for header in reversed(headers)}
    date = top.get("date", "")
    addresses = tuple(islice(_claimed(headers), _MOST_ADDRESSES))
    return MessageTrace(
        message_id=decode_words(top.get("message-id", "")),
        date=written_date(date),
        date_text=_close(decode_words(date)),
        subject=_close(decode_words(top.get("subject", ""))),
        from_=_first(headers, "from"),
        senders=mailboxes(headers, "from"),
        sender=_first(headers, "sender"),
        reply_to=_first(headers, "reply-to"),
        return_path=_first(headers, "return-path"),
        to=mailboxes(headers, "to"),
        hops=tuple(
            parse_received(line, examples=examples) for line in received[:_MOST_HOPS]
        ),
        originating_ip=addresses[0].ip if addresses else "",
        claimed_addresses=addresses,
        list_id=_in_angles(top.get("list-id", "")),
        list_post=_in_angles(top.get("list-post", "")),
    )


def _close(text: str) -> str:
    """*text* without wide gaps: they could push its rest onto a line of its own."""
    return _GAPS.sub("  ", text)


def few_claims(headers: Sequence[Header], *, examples: bool) -> MessageTrace:
    """Who, when and which way: as much of the same as a table of many needs."""
    received = (header.value for header in headers if header.name == "received")
    date = next((x.value for x in headers if x.name == "date"), "")
    return MessageTrace(
        message_id="",
        date=written_date(date),
        date_text="",
        subject="",
        from_=_first(headers, "from"),
        senders=mailboxes(headers, "from"),
        reply_to=None,
        return_path=_first(headers, "return-path"),
        hops=tuple(
            parse_received(line, examples=examples)
            for line in islice(received, _MOST_HOPS)
        ),
    )


def mailboxes(headers: Sequence[Header], name: str) -> tuple[Mailbox, ...]:
    """Everybody in the headers called *name*, within limits."""
    lines = islice((x.value for x in headers if x.name == name), _MOST_LINES)
    boxes = (box for line in lines for box in parse_mailboxes(line))
    return tuple(islice(boxes, MOST_MAILBOXES))


def _first(headers: Sequence[Header], name: str) -> Mailbox | None:
    found = mailboxes([h for h in headers if h.name == name][:1], name)
    return found[0] if found else None


def _claimed(headers: Sequence[Header]) -> Iterator[ClaimedAddress]:
    """By header in the order above: the ones that name a writer come first."""
    for name in _CLAIMING:
        lines = (x.value for x in headers if x.name == name)
        for value in islice(lines, _MOST_LINES):
            yield from _addresses(name, value)


def _addresses(name: str, value: str) -> Iterator[ClaimedAddress]:
    """Each address in *value*; Gmail puts mailboxes under one of these names."""
    words = re.split(r"[\s,;()\[\]<>]+", value[:500])
    for word in words[:_MOST_ADDRESSES]:
        bare = re.sub(r"^ipv6:", "", word, flags=re.IGNORECASE)
        if not _OF_ADDRESS.fullmatch(bare):
            continue
        try:
            ip = str(ipaddress.ip_address(bare))
        except ValueError:
            continue
        yield ClaimedAddress(header=name, ip=ip, kind=address_kind(ip))


def _in_angles(value: str) -> str:
    match = re.search(r"<\s*(?:mailto:)?([^<>\s]{1,255})\s*>", value[:2000])
    return decode_words(match.group(1)) if match else decode_words(value[:255])
