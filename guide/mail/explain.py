"""A message source in, a MessageTrace out: who it says it is from, how it came.

Pure. Only headers are read, from the start of the bytes given, within limits.
What cannot be known stays empty and is named in ``problems``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice

from guide.mail.address import MOST_MAILBOXES, parse_mailboxes
from guide.mail.authentication import auth_results, authserv_id, is_results, verdict
from guide.mail.dates import written_date
from guide.mail.headers import HEADER_LIMIT, Header, decode_words, read_headers
from guide.mail.received import parse_received
from guide.mail.source import read_source, split_mbox
from guide.mail.trust import find_boundary, own_names
from guide.model.trace import Hop, Mailbox, MessageTrace
from guide.words import _

_MOST_HOPS = 100  # RFC 5321 section 6.3: more means a loop
_MOST_LINES = 10  # of one name; RFC 5322 section 3.6 allows one
_CLAIMED_ADDRESS = ("x-originating-ip", "x-sender-ip", "x-yahoo-post-ip")


def explain(
    data: bytes, provider_hosts: tuple[str, ...] = (), *, examples: bool = False
) -> MessageTrace:
    """Read the headers of *data* (its first HEADER_LIMIT bytes).

    *provider_hosts* are names of the reader's own mail service, should the reader
    know more than the headers tell. *examples* is for samples: addresses that are
    set aside for writing about count as public. Raises UnreadableFileError.
    """
    messages = split_mbox(read_source(data[:HEADER_LIMIT]))
    headers, cut = read_headers(messages[0])
    senders = _mailboxes(headers, "from")
    trace = _follow(_claims(headers, examples=examples), headers, provider_hosts)
    sole = senders[0] if len(senders) == 1 else None
    found = (*cut, *_problems(trace, messages, len(senders)), *_path_problems(trace))
    return replace(trace, verdict=verdict(trace.auth_results, sole), problems=found)


def _follow(
    trace: MessageTrace, headers: Sequence[Header], given: Sequence[str]
) -> MessageTrace:
    """*trace* with the part that can be believed marked."""
    own = own_names(trace.hops, _checked_by(headers), given)
    boundary = find_boundary(trace.hops, frozenset(own))
    places = [header.place for header in headers if header.name == "received"]
    place = None if boundary is None or _could_fool(trace) else places[boundary]
    return replace(
        trace,
        hops=tuple(_trusted(trace.hops, boundary)),
        boundary=boundary,
        provider=own,
        auth_results=auth_results(headers, place, frozenset(own)),
    )


def _claims(headers: Sequence[Header], *, examples: bool) -> MessageTrace:
    """What the message says of itself; the topmost of each header counts."""
    received = [header.value for header in headers if header.name == "received"]
    top = {header.name: header.value for header in reversed(headers)}
    date = top.get("date", "")
    claimed = next((top[name] for name in _CLAIMED_ADDRESS if name in top), "")
    return MessageTrace(
        message_id=decode_words(top.get("message-id", "")),
        date=written_date(date),
        date_text=decode_words(date),
        subject=decode_words(top.get("subject", "")),
        from_=_first(headers, "from"),
        reply_to=_first(headers, "reply-to"),
        return_path=_first(headers, "return-path"),
        to=_mailboxes(headers, "to"),
        hops=tuple(
            parse_received(line, examples=examples) for line in received[:_MOST_HOPS]
        ),
        originating_ip=re.sub(r"[^0-9A-Fa-f:.]", "", claimed)[:45],
    )


def _mailboxes(headers: Sequence[Header], name: str) -> tuple[Mailbox, ...]:
    """Everybody in the headers called *name*, within limits."""
    lines = islice((x.value for x in headers if x.name == name), _MOST_LINES)
    boxes = (box for line in lines for box in parse_mailboxes(line))
    return tuple(islice(boxes, MOST_MAILBOXES))


def _first(headers: Sequence[Header], name: str) -> Mailbox | None:
    found = _mailboxes([h for h in headers if h.name == name][:1], name)
    return found[0] if found else None


def _checked_by(headers: Sequence[Header]) -> list[str]:
    """The writers of the checks above every Received line: the reader's side."""
    places = [header.place for header in headers if header.name == "received"]
    top = min(places, default=0)
    return [authserv_id(x) for x in headers if x.place < top and is_results(x)]


def _could_fool(trace: MessageTrace) -> bool:
    """Whether an address holds marks that end a comment or a result.

    A service that copies them into its line would write what the sender chose.
    """
    boxes = (trace.from_, trace.return_path)
    return any(re.search(r'[();"\\\s]', box.address) for box in boxes if box)


def _trusted(hops: Sequence[Hop], boundary: int | None) -> Iterator[Hop]:
    last = -1 if boundary is None else boundary
    for place, hop in enumerate(hops):
        yield replace(hop, trusted=place <= last)


def _problems(
    trace: MessageTrace, messages: Sequence[bytes], senders: int
) -> Iterator[str]:
    if len(messages) > 1:
        yield _("This file holds several messages. The guide read the first one.")
    if trace.from_ is None:
        yield _("The message does not say who it is from.")
    if senders > 1:
        yield _("The message names several senders, so no check can speak for one.")
    if not trace.date_text:
        yield _("The message does not say when it was written.")
    elif trace.date is None:
        yield _("The date of the message has no time zone that the guide can read.")
    if _could_fool(trace):
        yield _("An address is written so that it could fool checks. None is believed.")


def _path_problems(trace: MessageTrace) -> Iterator[str]:
    if not trace.hops:
        yield _(
            "There are no Received lines. These may not be the full headers, or the "
            "message was never sent."
        )
        return
    if trace.boundary is None:
        yield _("The guide cannot tell which lines are by your own mail service.")
    if any(hop.at is None for hop in trace.hops):
        yield _("One of the Received lines has no time with a zone.")
    if not any(result.trusted for result in trace.auth_results):
        yield _("There is no check of the sender that can be believed.")
