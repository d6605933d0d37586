"""The reader's own addresses, from the lines that say whom a message went to."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from guide.mail.address import parse_mailboxes
from guide.mail.headers import Header, read_headers
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

    The sender's own is left out only where it is certain that it is theirs, and no
    mail service delivered anything to it.
    """
    headers, _cut = read_headers(data)
    surely = list(_delivered(headers))
    named = [*surely, *_named(headers, _BY_THE_SENDER)]
    once = dict.fromkeys(each.casefold() for each in named if "@" in each.strip("@"))
    sender = trace.from_.address.casefold() if trace.from_ else ""
    theirs = trace.verdict is Verdict.GENUINE and len(once) > 1
    if theirs and sender not in {each.casefold() for each in surely}:
        once.pop(sender, None)
    return tuple(islice(once, _MOST))


def _delivered(headers: Sequence[Header]) -> Iterator[str]:
    yield from _named(headers, _BY_A_SERVICE)
    for header in headers:
        if header.name == "received":
            yield from (found[1] for found in _FOR.finditer(header.value))


def _named(headers: Sequence[Header], names: frozenset[str]) -> Iterator[str]:
    for header in headers:
        if header.name in names:
            yield from (box.address for box in parse_mailboxes(header.value))
