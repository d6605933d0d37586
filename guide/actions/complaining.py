"""A complaint: whom it is to, which messages go along, and as which file it leaves."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from guide.actions.complaining_masked import (
    own_in,
    refuse_what_cannot_be_masked,
    telling_domains,
)
from guide.actions.desk import Desk
from guide.actions.own_service import as_read
from guide.files import paths_typed, read_start
from guide.mail import HEADER_LIMIT, explain, read_source, split_mbox
from guide.mail.hiding import Mask
from guide.mail.masking import masked
from guide.model.problems import InvalidAnswerError, UnreadableFileError
from guide.model.records import OpenedMessage, WrittenLetter
from guide.model.report import Report, ReportedMessage
from guide.model.trace import Complaint, DeskKind, MessageTrace, Verdict
from guide.safety.display import show, show_path
from guide.words import _, plural

FOR_MACHINES = ("arf.eml", "xarf.json")
MOST_MESSAGES = 50
LARGEST_FILE = 50 * 1024 * 1024
_LETTERS = {
    DeskKind.MAILBOX: "provider-complaint",
    DeskKind.NETWORK: "provider-complaint",
    DeskKind.HOST: "host-complaint",
    DeskKind.LIST: "admin-report",
}


def letter_for(complaint: Complaint) -> str:
    """Which letter fits what they have to do with the message."""
    return _LETTERS[complaint.kind]


def address_complaint(
    desk: Desk, message: OpenedMessage | None, complaint: Complaint
) -> None:
    """Put what is known of the desk and the message into the blanks of its letter.

    Without a message it is about a page. Chosen once more, the same desk changes
    nothing that was typed meanwhile.
    """
    name = show(complaint.desk.name or complaint.about)
    prefix = {DeskKind.HOST: "host", DeskKind.LIST: "chat"}.get(
        complaint.kind, "provider"
    )
    blanks = {f"{prefix}_address": show(complaint.desk.email)}
    if prefix == "host":
        blanks["links"] = show("\n".join(complaint.links), multiline=True)
    if prefix == "chat":
        blanks |= (
            _from_the_list(message.trace)
            if message
            else {"room_place": show(", ".join(complaint.links))}
        )
    typed = desk.vault.fields()
    again = typed.get(f"{prefix}_name") == name
    desk.vault.put_field(f"{prefix}_name", name)
    for blank, value in blanks.items():
        if not (again and typed.get(blank)):
            desk.vault.put_field(blank, value)


def _from_the_list(trace: MessageTrace) -> dict[str, str]:
    account = trace.from_.address if trace.from_ else ""
    return {
        "their_account": show(account),
        "event_time": show(trace.date_text),
        "room_place": show(trace.message_id),
    }


def with_mask(message: OpenedMessage, *, on: bool) -> OpenedMessage:
    """The same message, to go along with the reader's addresses masked, or as it is.

    Raises InvalidAnswerError where nothing says which address is the reader's.
    """
    if on:
        refuse_what_cannot_be_masked(_all(message))
    return replace(message, mask_key=secrets.token_bytes(32) if on else b"")


def mask_of(message: OpenedMessage) -> Mask | None:
    """What hides the reader's addresses in the letter too; None where all is open."""
    if not message.mask_key:
        return None
    own = {x: None for each in _all(message) for x in own_in(each)}
    return Mask(tuple(own), message.mask_key, telling_domains(_all(message)))


def _all(message: OpenedMessage) -> tuple[OpenedMessage, ...]:
    return (message, *message.also)


def add_messages(desk: Desk, message: OpenedMessage, typed: str) -> OpenedMessage:
    """*message* with more of the same account; what is not is named as left out."""
    found = (each for path in paths_typed(typed) for each in _messages_in(path))
    return _taking(desk, message, found)


def read_again(desk: Desk, message: OpenedMessage) -> OpenedMessage:
    """*message*, each of those beside it held to what is known now of its sender."""
    return _taking(desk, replace(message, also=()), message.also)


def _taking(
    desk: Desk, message: OpenedMessage, found: Iterable[OpenedMessage]
) -> OpenedMessage:
    taken, left_out = list(message.also), list(message.left_out)
    known = {hashlib.sha256(each.data).digest() for each in _all(message)}
    for other in found:
        each = as_read(desk, other)
        digest = hashlib.sha256(each.data).digest()
        reason = _why_not(message, each, twice=digest in known)
        if not reason and len(taken) + 1 >= MOST_MESSAGES:
            most = _("a complaint holds {most} at most")
            reason = most.format(most=MOST_MESSAGES)
        if reason:
            left_out.append(f"{_line(each)}: {reason}")
            continue
        known.add(digest)
        taken.append(each)
    return replace(message, also=tuple(taken), left_out=tuple(left_out))


def open_messages(desk: Desk, typed: str) -> OpenedMessage:
    """The first message that the reader named, with those of its account."""
    from guide.actions.reporting import open_message

    first, *others = paths_typed(typed)
    message = as_read(desk, open_message(str(first)))
    for path in others:
        message = add_messages(desk, message, str(path))
    return message


def _messages_in(path: Path) -> Iterator[OpenedMessage]:
    data = read_start(path, LARGEST_FILE + 1)
    if len(data) > LARGEST_FILE:
        raise UnreadableFileError(
            _("This file is larger than the guide can take here. It was not changed."),
            _("Save the messages that matter as files of their own, and add those."),
        )
    name = show_path(Path(path.name))
    for each in split_mbox(read_source(data, path.name)):
        trace = explain(each[:HEADER_LIMIT])
        yield OpenedMessage(name=name, data=each, trace=trace)


def _why_not(first: OpenedMessage, other: OpenedMessage, *, twice: bool) -> str:
    """Why *other* does not belong into a complaint about the account of *first*."""
    one, two = first.trace, other.trace
    if twice:
        return _("it is already there")
    if one.from_ is None or two.from_ is None:
        return _("it does not say who it is from")
    if one.from_.address.casefold() != two.from_.address.casefold():
        return _("it is from another address")
    if one.verdict is not two.verdict:
        return _("your mail service does not say the same about its sender")
    if one.verdict is not Verdict.GENUINE and _outside(one) != _outside(two):
        return _("it came from another network, so it may be somebody else")
    return ""


def _outside(trace: MessageTrace) -> str:
    return "" if trace.boundary is None else trace.hops[trace.boundary].ip


def _line(message: OpenedMessage) -> str:
    trace = message.trace
    sender = trace.from_.address if trace.from_ else ""
    return show(", ".join(x for x in (message.name, sender, trace.date_text) if x))


def messages_said(message: OpenedMessage) -> tuple[str, ...]:
    """How many messages go along, and every one that was left out, with the reason."""
    count = plural(
        "{count} message goes into this complaint.",
        "{count} messages go into this complaint.",
        len(_all(message)),
    )
    left = (_("Left out: {what}.").format(what=each) for each in message.left_out)
    return (count, *left)


def table_of_messages(message: OpenedMessage) -> tuple[str, ...]:
    """Date, Message-ID and fingerprint of each; nothing where there is only one."""
    if not message.also:
        return ()
    words = _("{date}, Message-ID {id}, SHA-256 {sha256}")
    return tuple(
        words.format(
            date=each.trace.date_text or _("no date"),
            id=each.trace.message_id or _("none"),
            sha256=fingerprint(each),
        )
        for each in _all(message)
    )


def fingerprint(message: OpenedMessage) -> str:
    """The SHA-256 of the unaltered message."""
    return hashlib.sha256(message.data).hexdigest()


def report_of(kept: WrittenLetter, message: OpenedMessage) -> Report:
    """The finished letter with its messages, as a machine is told of them."""
    trace, mask = message.trace, mask_of(message)
    hop = trace.hops[trace.boundary] if trace.boundary is not None else None
    results = [
        f"{each.authserv_id}; {each.method}={each.result}"
        for each in trace.auth_results
        if each.trusted
    ]
    return Report(
        id=kept.id,
        made_at=kept.finished_at,
        paper=kept.paper,
        messages=tuple(_reported(message)),
        account=_hidden(mask, trace.from_.address if trace.from_ else ""),
        domain=trace.from_.registrable_domain if trace.from_ else "",
        source_ip=hop.ip if hop and not hop.private else "",
        arrived_at=hop.at if hop else None,  # else anybody could have written it
        mail_from=_hidden(mask, trace.return_path.address if trace.return_path else ""),
        results=tuple(dict.fromkeys(_hidden(mask, each) for each in results)),
        masked=bool(message.mask_key),
    )


def _hidden(mask: Mask | None, text: str) -> str:
    return mask.hide(text) if mask else text


def _reported(message: OpenedMessage) -> Iterator[ReportedMessage]:
    mask = mask_of(message)
    for number, each in enumerate(_all(message), 1):
        data, name = each.data, each.name
        if mask:
            data = masked(
                each.data, mask.own, mask.key, each.trace.boundary, mask.domains
            )
            name = f"message-{number}.eml"
        yield ReportedMessage(
            name=name,
            data=data,
            message_id=_hidden(mask, each.trace.message_id),
            date_text=each.trace.date_text,
            sha256=fingerprint(each),
        )


def as_draft(kept: WrittenLetter, message: OpenedMessage) -> bytes:
    """The letter as a mail draft, with every message along."""
    from guide.letters.formats import eml

    first, *others = _reported(message)
    paper = replace(kept.paper, original=first.data, original_name=first.name)
    more = (eml.Attached(name=each.name, data=each.data) for each in others)
    return eml.write(paper, tuple(more))


def for_machines(kept: WrittenLetter, format_: str, message: OpenedMessage) -> bytes:
    """The complaint as a machine reads it: ARF or X-ARF."""
    from guide.letters.formats import arf, xarf

    if not message.data or not kept.paper.mail_to:
        raise InvalidAnswerError(
            _("This form needs the address it goes to. Nothing was written."),
            _("Save the letter in another form, or write it again with an address."),
        )
    writer = arf.write if format_ == FOR_MACHINES[0] else xarf.write
    return writer(report_of(kept, message))
