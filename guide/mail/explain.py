"""A message source in, a MessageTrace out: who it says it is from, how it came.

Pure. Headers are read from the start of the bytes given, within limits, and its
text only for the mark of a message inside. What cannot be known stays empty and is
named in ``problems``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from guide.mail.address import reads_as_address
from guide.mail.authentication import (
    auth_results,
    authserv_id,
    is_results,
    sent_by,
    verdict,
)
from guide.mail.claims import claims
from guide.mail.headers import HEADER_LIMIT, Header, read_headers
from guide.mail.nature import attached_message, natures
from guide.mail.path import noticed
from guide.mail.signed import (
    arc_believed,
    arc_chain,
    leaves_end_open,
    signatures,
)
from guide.mail.signed import could_fool as signer_could_fool
from guide.mail.source import read_source, split_mbox
from guide.mail.trust import find_boundary, own_names, shows_itself
from guide.model.trace import Hop, Mailbox, MessageTrace, Nature, Verdict
from guide.words import _


def explain(
    data: bytes,
    provider_hosts: tuple[str, ...] = (),
    *,
    examples: bool = False,
    only_given: bool = False,
) -> MessageTrace:
    """Read the headers of *data* (its first HEADER_LIMIT bytes).

    *provider_hosts* are names of the reader's own mail service, should the reader
    know more than the headers tell. With *only_given* nothing else counts as that
    service: with no names, then, no line is believed. *examples* is for samples:
    addresses that are set aside for writing about count as public. Raises
    UnreadableFileError.
    """
    messages = split_mbox(read_source(data[:HEADER_LIMIT]))
    headers, cut = read_headers(messages[0])
    claimed = claims(headers, examples=examples)
    trace = follow(claimed, headers, provider_hosts, only_given=only_given)
    trace = replace(
        trace,
        hops=noticed(trace.hops, trace.boundary, examples=examples),
        signatures=signatures(headers, trace.from_),
        arc=arc_chain(headers),
        arc_believed=arc_believed(trace.auth_results),
        natures=natures(headers, messages[0]),
    )
    found = (
        *cut,
        *_problems(trace, messages),
        *_about_lines(trace, headers),
        *_path_problems(trace),
    )
    return replace(trace, problems=found)


def follow(
    trace: MessageTrace,
    headers: Sequence[Header],
    given: Sequence[str],
    *,
    only_given: bool = False,
) -> MessageTrace:
    """*trace* with the part that can be believed marked, and the verdict."""
    by = _checked_by(headers)
    own = own_names(trace.hops, () if only_given else by, given, only_given=only_given)
    boundary = find_boundary(trace.hops, frozenset(own))
    if only_given and not shows_itself(trace.hops, boundary, by, frozenset(own)):
        own, boundary = (), None
    places = [header.place for header in headers if header.name == "received"]
    fooled = could_fool(trace) or signer_could_fool(headers)
    place = None if boundary is None or fooled else places[boundary]
    results = auth_results(headers, place, frozenset(own))
    sole = _sole(trace, headers)
    said = verdict(results, sole)
    if said is Verdict.GENUINE and not sent_by(results, sole):
        said = Verdict.UNKNOWN if leaves_end_open(headers, sole) else said
    return replace(
        trace,
        hops=tuple(_trusted(trace.hops, boundary)),
        boundary=boundary,
        provider=own,
        auth_results=results,
        verdict=said,
    )


def _sole(trace: MessageTrace, headers: Sequence[Header]) -> Mailbox | None:
    """The one in From; None where it is there twice, even if one is empty."""
    once = sum(header.name == "from" for header in headers) == 1
    return trace.senders[0] if once and len(trace.senders) == 1 else None


def _checked_by(headers: Sequence[Header]) -> list[str]:
    """The writers of the checks above every Received line: the reader's side."""
    places = [header.place for header in headers if header.name == "received"]
    top = min(places, default=0)
    return [authserv_id(x) for x in headers if x.place < top and is_results(x)]


def could_fool(trace: MessageTrace) -> bool:
    """Whether an address holds marks that end a comment or a result.

    A service that copies them into its line would write what the sender chose.
    """
    boxes = (trace.from_, trace.return_path)
    return any(re.search(r'[();"\\\s]', box.address) for box in boxes if box)


def _trusted(hops: Sequence[Hop], boundary: int | None) -> Iterator[Hop]:
    last = -1 if boundary is None else boundary
    for place, hop in enumerate(hops):
        yield replace(hop, trusted=place <= last)


def explain_inner(data: bytes) -> bytes:
    """The message inside *data*, where it holds exactly one; else b"".

    Whoever wrote the outer message could have written every line of the inner one.
    """
    inner = attached_message(data)
    return inner if inner.strip() else b""


def _problems(trace: MessageTrace, messages: Sequence[bytes]) -> Iterator[str]:
    if len(messages) > 1:
        yield _("This file holds several messages. The guide read the first one.")
    if trace.from_ is None:
        yield _("The message does not say who it is from.")
    if len(trace.senders) > 1:
        yield _("The message names several senders, so no check can speak for one.")
    if not trace.date_text:
        yield _("The message does not say when it was written.")
    elif trace.date is None:
        yield _("The date of the message has no time zone that the guide can read.")
    if could_fool(trace):
        yield _("An address is written so that it could fool checks. None is believed.")
    yield from _elsewhere(trace)
    if Nature.FORWARDED in trace.natures:
        yield _(
            "A message was forwarded inside the text of this one. Its own headers are "
            "lost here. Open the first message where it arrived, and save that one as "
            "a file, or forward it as an attachment."
        )


_ONCE = frozenset(  # RFC 5322 section 3.6, RFC 2045
    [
        *("date", "sender", "reply-to", "to", "cc", "message-id", "subject"),
        *("content-type", "content-transfer-encoding", "mime-version"),
    ]
)


def _about_lines(trace: MessageTrace, headers: Sequence[Header]) -> Iterator[str]:
    """What lines that are there twice, or that a signer left open, make unsure."""
    once = _ONCE if len(trace.senders) > 1 else _ONCE | {"from"}
    names = [header.name for header in headers if header.name in once]
    if twice := dict.fromkeys(name for name in names if names.count(name) > 1):
        words = _(
            "These lines are there more than once: {names}. Another program may show "
            "another one of them."
        )
        yield words.format(names=", ".join(twice))
    if leaves_end_open(headers, trace.from_):
        yield _(
            "The signature covers only the start of the text. Somebody else could have "
            "added the rest and sent it on."
        )
    if signer_could_fool(headers):
        yield _("A signature is written so that it could fool checks. None counts.")


def _elsewhere(trace: MessageTrace) -> Iterator[str]:
    sender = trace.from_
    if sender is None or not sender.registrable_domain:
        return
    if trace.sender and _differs(trace.sender.registrable_domain, trace):
        by = trace.sender.address
        yield _("It was sent by {address} in the name of the one in From.").format(
            address=by if reads_as_address(by) else trace.sender.registrable_domain
        )
    back = trace.return_path  # honest services send for others, and sign for them
    vouched = trace.verdict is Verdict.GENUINE
    if back and not vouched and _differs(back.registrable_domain, trace):
        yield _("Returned mail would go to another domain: {domain}.").format(
            domain=back.domain
        )


def _differs(domain: str, trace: MessageTrace) -> bool:
    return bool(domain and trace.from_ and domain != trace.from_.registrable_domain)


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
