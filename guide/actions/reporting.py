"""Reading a message's headers, finding whom to complain to, filling the complaint."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from guide.actions.complaining import fingerprint, mask_of, table_of_messages
from guide.actions.desk import Desk
from guide.files import path_typed, read_start
from guide.mail import (
    HEADER_LIMIT,
    explain,
    explain_inner,
    find_complaints,
    hop_line,
    parse_desks,
    read_source,
    split_mbox,
    story,
)
from guide.mail.hiding import HIDDEN
from guide.mail.registries import parse_registries
from guide.model.problems import UnreadableFileError
from guide.model.records import OpenedMessage
from guide.model.trace import AbuseDesk, Complaint, Mailbox, MessageTrace, Verdict
from guide.safety.display import show, show_path
from guide.words import _

_TELLING = frozenset({"d", "from", "mailfrom", "helo"})  # not keys or signatures
LARGEST_MESSAGE = 50 * 1024 * 1024
FieldValue = str | bool | tuple[str, ...]


def open_message(typed: str) -> OpenedMessage:
    """Open the saved message that the reader named. The file is only read.

    Raises UnreadableFileError, saying what to do, when it is no message.
    """
    path = path_typed(typed)
    data = read_start(path, LARGEST_MESSAGE + 1)
    if len(data) > LARGEST_MESSAGE:
        raise UnreadableFileError(
            _("This file is larger than an email can be. It was not changed."),
            _("Save one message as a file of its own, and open that one."),
        )
    # One message and no more: a mailbox file holds other people's mail too.
    message = next(iter(split_mbox(read_source(data, path.name))))
    name = show_path(Path(path.name))
    return OpenedMessage(name=name, data=message, trace=explain(message[:HEADER_LIMIT]))


def attached(message: OpenedMessage) -> OpenedMessage:
    """The one message attached to *message*, which its sender could have changed.

    Raises UnreadableFileError where there is none, or more than one.
    """
    inner = explain_inner(message.data)
    if not inner:
        raise UnreadableFileError(
            _("The guide cannot tell which attached email is meant."),
            _("Save the one that matters as a file of its own, and open that."),
        )
    data = read_source(inner)
    name = _("inside {name}").format(name=message.name)
    # What came by mail could be made up, the lines of the reader's own service too.
    # What never went anywhere is a reader's own forward, as they saved it.
    came = bool(message.trace.hops) or message.brought_along
    trace = explain(data[:HEADER_LIMIT], only_given=came)
    return OpenedMessage(name=name, data=data, trace=trace, brought_along=came)


def the_story(message: OpenedMessage) -> tuple[str, ...]:
    """What the message says about its way here, in a few plain sentences."""
    return tuple(show(sentence) for sentence in story(message.trace))


def hops(message: OpenedMessage) -> tuple[str, ...]:
    """Every Received hop as one line, newest first, with its zone."""
    return tuple(show(hop_line(hop)) for hop in message.trace.hops)


def complaints(desk: Desk, message: OpenedMessage) -> tuple[Complaint, ...]:
    """Whom to complain to, best first, each with why and how sure."""
    table = desk.library.data.get("registries", {})
    return find_complaints(
        message.trace,
        abuse_desks(desk),
        registries=parse_registries(table),
        source=message.data,
    )


def abuse_desks(desk: Desk) -> tuple[AbuseDesk, ...]:
    """The abuse desks that the guide knows."""
    return parse_desks(desk.library.data.get("abuse_desks", {}))


def message_fields(message: OpenedMessage) -> Mapping[str, FieldValue]:
    """The blanks of the complaint that are read from the message, gated."""
    trace = message.trace
    texts = {
        "message_address": trace.from_.address if trace.from_ else "",
        "message_from": _address(trace.from_),
        "message_reply_to": _address(trace.reply_to),
        "message_return_path": _address(trace.return_path),
        "message_id": trace.message_id,
        "message_date": trace.date_text,
        "message_domain": trace.from_.domain if trace.from_ else "",
        "message_registrable": trace.from_.registrable_domain if trace.from_ else "",
        "message_verdict": _verdict(trace),
        "message_trust": _trust(trace),
    }
    mask = mask_of(message)
    hide = mask.hide if mask else str
    fields: dict[str, FieldValue] = {k: show(hide(x)) for k, x in texts.items()}
    way = hops(message)
    if mask and trace.boundary:  # above it is the way inside the reader's own service
        way = (*(HIDDEN for _hop in way[: trace.boundary]), *way[trace.boundary :])
    lists = {
        "message_hops": way,
        "message_auth": tuple(_results(trace)),
        "message_list": table_of_messages(message),
    }
    for key, lines in lists.items():
        fields[key] = tuple(show(hide(line)) for line in lines)
    fields["message_sha256"] = fingerprint(message)
    fields["message_masked"] = "yes" if mask else "no"
    return fields


def _address(mailbox: Mailbox | None) -> str:
    if mailbox is None:
        return ""
    if mailbox.display_name:
        return f'"{mailbox.display_name}" <{mailbox.address}>'
    return mailbox.address


def _results(trace: MessageTrace) -> list[str]:
    """What the reader's provider checked, and on which domain (RFC 8601)."""
    return [
        f"{each.authserv_id}: {each.method}={each.result}"
        + (f" {each.ptype}.{each.property}={each.value}" if each.value else "")
        for each in trace.auth_results
        if each.trusted and (not each.value or each.property in _TELLING)
    ]


def _verdict(trace: MessageTrace) -> str:
    domain = trace.from_.domain if trace.from_ else _("the sender")
    match trace.verdict:
        case Verdict.GENUINE:
            words = _(
                "My mail provider's checks say that the message came from {domain}."
            )
        case Verdict.FAILED:
            words = _(
                "My mail provider's checks failed: the address in From at {domain} may "
                "be forged, and {domain} may have nothing to do with this message."
            )
        case Verdict.UNKNOWN:
            words = _(
                "There is no check that shows whether the address in From at {domain} "
                "is real. It may be forged."
            )
    return words.format(domain=domain)


def _trust(trace: MessageTrace) -> str:
    if trace.boundary is None:
        return _(
            "It cannot be told from the headers which server of mine took the message "
            "in. Every Received line below may be forged."
        )
    hop = trace.hops[trace.boundary]
    words = _(
        "The last line that can be relied on is Received number {number}: there {by}, "
        "which handles my mail, took the message from {source}. Lines after that were "
        "written by others and may be forged."
    )
    source = hop.tcp_info or hop.from_
    source = f"{source} [{hop.ip}]" if hop.ip else source
    return words.format(number=trace.boundary + 1, by=hop.by, source=source)
