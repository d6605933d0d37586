"""What stands on the screen of one message, beneath its story: claims, path, marks."""

from __future__ import annotations

from collections.abc import Iterator

from guide.mail import how_long, kind_words, service_name
from guide.model.records import OpenedMessage
from guide.model.text import Block, BlockKind, heading, item, paragraph
from guide.model.trace import ArcSet, Hop, Mailbox, MessageTrace, Signature
from guide.safety.display import show
from guide.words import _


def warning(sentence: str) -> Block:
    """Something to notice."""
    return Block(kind=BlockKind.CALLOUT, lead=_("Note"), text=show(sentence))


def inside() -> str:
    """What has to be known of a message that was attached to another one."""
    return _(
        "This email was attached to another one. Whoever sent that one could have "
        "changed it, and the checks in it too."
    )


def taken_for_own(message: OpenedMessage) -> str:
    """Which service the guide takes for the reader's, until they say."""
    words = _("The guide takes {service} for your own mail service. Is that right?")
    return show(words.format(service=service_name(message.trace.provider[0])))


def claims(message: OpenedMessage) -> list[Block]:
    """What the message says of itself, and what is odd about its addresses."""
    trace = message.trace
    boxes: dict[str, Mailbox | None] = {"From": trace.from_, "Sender": trace.sender}
    boxes |= {"Reply-To": trace.reply_to, "Return-Path": trace.return_path}
    told = {name: box.address for name, box in boxes.items() if box}
    told |= {"Date": trace.date_text, "Message-ID": trace.message_id}
    told |= {"Subject": trace.subject, "List-Id": trace.list_id}
    told |= {"List-Post": trace.list_post}
    shown = [
        Block(kind=BlockKind.FIELD, lead=f"{name}: ", text=show(text))
        for name, text in told.items()
        if text
    ]
    warnings = [w for box in boxes.values() if box for w in box.warnings]
    return shown + [warning(each) for each in dict.fromkeys(warnings)]


def path(trace: MessageTrace, lines: tuple[str, ...]) -> list[Block]:
    """Every step, newest first, with how long it took and what is odd about it."""
    if not trace.hops:
        return []
    blocks = [heading(_("The way it came, newest first"))]
    for number, (hop, line) in enumerate(zip(trace.hops, lines, strict=True), 1):
        blocks += _step(number, hop, line)
    return blocks


def _step(number: int, hop: Hop, line: str) -> Iterator[Block]:
    believed = _("[by your provider]") if hop.trusted else _("[may be made up]")
    took = ""
    if hop.delay is not None and hop.delay.total_seconds() >= 1:
        took = ", " + _("{time} after the step below").format(time=how_long(hop.delay))
    text = f"{believed} {line}{took}"
    yield Block(kind=BlockKind.FIELD, lead=f"{number}. ", text=text)
    yield from (item(show(hint)) for hint in hop.hints)


def marks(trace: MessageTrace) -> list[Block]:
    """Claimed addresses, signatures and the chain of forwarders, if there are any."""
    return [*_claimed(trace), *_signatures(trace), *_chain(trace)]


def _claimed(trace: MessageTrace) -> Iterator[Block]:
    if not trace.claimed_addresses:
        return
    yield heading(_("Addresses that the message names as the writer's"))
    yield paragraph(_("Nobody signed for these. The sender may have made them up."))
    for each in trace.claimed_addresses:
        kind = kind_words(each.ip)
        text = f"{each.ip} ({kind})" if kind else each.ip
        yield Block(kind=BlockKind.FIELD, lead=f"{each.header}: ", text=show(text))


def _signatures(trace: MessageTrace) -> Iterator[Block]:
    if not trace.signatures:
        return
    yield heading(_("Signatures (DKIM)"))
    yield paragraph(
        _("Listed as they stand. Your mail service says above if they were checked.")
    )
    for each in trace.signatures:
        yield Block(kind=BlockKind.FIELD, lead="d=", text=show(_signed(each)))
        yield from (item(show(weakness)) for weakness in each.weaknesses)


def _signed(signature: Signature) -> str:
    parts = [
        signature.domain,
        f"s={signature.selector}",
        f"a={signature.algorithm}",
        _("the domain in From") if signature.aligned else _("another domain"),
        _("it covers: {names}").format(names=", ".join(signature.covers)),
    ]
    return "; ".join(part for part in parts if part)


def _chain(trace: MessageTrace) -> Iterator[Block]:
    if not trace.arc:
        return
    yield heading(_("Services that passed it on (ARC)"))
    believed = _("Your own mail service found this chain whole.")
    open_ = _("No check that can be believed says that this chain is whole.")
    yield paragraph(believed if trace.arc_believed else open_)
    yield from (_link(each) for each in trace.arc)


def _link(each: ArcSet) -> Block:
    text = f"{each.sealer}: {', '.join(each.results)}; cv={each.said}"
    return Block(kind=BlockKind.FIELD, lead=f"{each.instance}. ", text=show(text))
