"""The reader's own addresses, from the lines that say whom a message went to."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from guide.mail.address import MOST_MAILBOXES, parse_mailboxes
from guide.mail.domains import registrable_domain
from guide.mail.headers import MAX_VALUE, Header, read_headers
from guide.model.trace import MessageTrace, Verdict

_MOST = 20
_BY_A_SERVICE = frozenset(
    [
        "delivered-to",
        "x-original-to",
        "x-delivered-to",
        "envelope-to",
        "x-envelope-to",
        "x-forwarded-to",
        "x-apparently-to",
        "x-rcpt-to",
    ]
)
_BY_THE_SENDER = frozenset({"to", "cc", "bcc", "resent-to", "resent-cc"})
_FOR = re.compile(r"\bfor\s+<?([^\s<>;,()]{1,254}@[^\s<>;,()]{1,253})", re.IGNORECASE)


def own_addresses(data: bytes, trace: MessageTrace) -> tuple[str, ...]:
    """Every address that *data* went to, others in To and Cc too; at most 20.

    Those that the reader's own mail service wrote down come first, then To and Cc.
    Others are only claimed: a sender may have added them, to crowd out the true one
    or to have their own hidden. The sender's own is left out only where it is certain
    that it is theirs, and the service delivered nothing to it.
    """
    headers, _cut = read_headers(data)
    surely = _surely(headers, trace)
    named = [*surely, *_named(headers, _BY_THE_SENDER), *_delivered(headers)]
    once = _once(named)
    sender = trace.from_.address.casefold() if trace.from_ else ""
    if trace.verdict is Verdict.GENUINE and len(once) > 1 and sender not in surely:
        once.pop(sender, None)
    return tuple(islice(once, _MOST))


def own_domains(data: bytes, trace: MessageTrace) -> tuple[str, ...]:
    """The domains of what the reader's own mail service delivered *data* to.

    One that the message claims to be from is none: to hide it would hide the sender.
    """
    headers, _cut = read_headers(data)
    boxes = (trace.from_, trace.sender, trace.reply_to, trace.return_path)
    theirs = {box.registrable_domain for box in boxes if box}
    found = (x.rpartition("@")[2] for x in _surely(headers, trace))
    own = dict.fromkeys(map(registrable_domain, found))
    return tuple(each for each in own if each and each not in theirs)


def can_be_told(data: bytes, trace: MessageTrace) -> bool:
    """Whether the reader's address is sure to be among ``own_addresses``.

    It may not be where only the sender names it, in a crowd.
    """
    headers, _cut = read_headers(data)
    if _surely(headers, trace):
        return True
    to = [x.value for x in headers if x.name in _BY_THE_SENDER]
    crowd = _once([*_named(headers, _BY_THE_SENDER), *_delivered(headers)])
    cut = any(len(x) >= MAX_VALUE or x.count("@") > MOST_MAILBOXES for x in to)
    return not cut and 0 < len(crowd) <= _MOST


def _once(named: Iterable[str]) -> dict[str, None]:
    return dict.fromkeys(each.casefold() for each in named if "@" in each.strip("@"))


def _surely(headers: Sequence[Header], trace: MessageTrace) -> list[str]:
    """What the reader's own mail service says it was delivered to."""
    places = [header.place for header in headers if header.name == "received"]
    if trace.boundary is None or trace.boundary >= len(places):
        return []
    last = places[trace.boundary]
    believed = [header for header in headers if header.place <= last]
    return list(_once(_delivered(believed)))


def _delivered(headers: Sequence[Header]) -> Iterator[str]:
    yield from _named(headers, _BY_A_SERVICE)
    for header in headers:
        if header.name == "received":
            yield from (found[1] for found in _FOR.finditer(header.value))


def _named(headers: Sequence[Header], names: frozenset[str]) -> Iterator[str]:
    for header in headers:
        if header.name in names:
            yield from (box.address for box in parse_mailboxes(header.value))
