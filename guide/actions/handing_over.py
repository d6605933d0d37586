"""Handing the case over: what would leave, what it may give away, and the receipt.

Nothing here writes a file: see ``case_files``. What is shown is built by the same call
as what is written, so a preview cannot promise something else.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from guide.actions.case_choice import Choice
from guide.actions.case_records import Gathered
from guide.actions.desk import Desk
from guide.actions.given import Given
from guide.actions.vault_facts import size_in_words
from guide.export.chart import chart, to_do
from guide.export.profiles import PROFILES
from guide.export.redacting import redact
from guide.export.revealing import Known, Revealing, revealing
from guide.model.case import Case, ChartRow, Group, Mark, Part
from guide.model.content import FieldKind
from guide.model.people import Person
from guide.model.records import OfficialContact
from guide.model.telling import the_day, the_minute
from guide.model.times import AfterNotice
from guide.words import _, plural, spoken


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """Exactly what would leave, and the places that may tell the person too much."""

    case: Case
    places: tuple[Revealing, ...]
    files_size: int  # bytes of the originals


def preview(desk: Desk, choice: Choice) -> Preview:
    """What would leave for *choice*."""
    whole = case_for(desk, replace(choice, words=frozenset()))
    case = redact(whole, choice.words)
    return Preview(
        case=case,
        places=revealing(whole, known_words(desk)),
        files_size=sum(each.evidence.size for each in case.exhibits),
    )


def case_for(desk: Desk, choice: Choice) -> Case:
    """The case as it leaves for *choice*, redacted where words are to be taken out."""
    found = Gathered(desk=desk, choice=choice)
    head, key = _journal(desk)
    rows = _chart(found)
    case = Case(
        recipient=choice.recipient,
        parts=found.profile.parts,
        title=_("Record of unwanted contact"),
        made_at=desk.now().astimezone(),
        lang=spoken(),
        head=head,
        public_key=key,
        people=_people(found),
        summary=tuple(_summary(found)),
        marks=tuple(sorted(_marks(found), key=lambda each: each.at)),
        incidents=found.incidents,
        chart=rows,
        to_do=to_do(rows),
        contacts=found.contacts,
        letters=found.letters,
        exhibits=found.exhibits,
        left_out=tuple(found.left_out),
    )
    return redact(case, choice.words)


def _chart(found: Gathered) -> tuple[ChartRow, ...]:
    if Part.CHART not in found.profile.parts:
        return ()
    exhibits = {each.label: each for each in found.exhibits}
    return chart(found.incidents, exhibits, found.people)


def _journal(desk: Desk) -> tuple[str, str]:
    """The head and the key, as they are printed; nothing where nothing is kept."""
    if desk.opened is None:
        return "", ""
    from guide.vault.journal import Journal

    journal = Journal(desk.opened.connection, desk.opened.root.signing_key())
    return journal.head(), journal.public_key()


def _people(found: Gathered) -> tuple[Person, ...]:
    named = [each.incident.person_id for each in found.incidents]
    named += [each.evidence.person_id for each in found.exhibits]
    known = [found.people[id_] for id_ in named if id_ in found.people]
    return tuple({each.id: each for each in known}.values())


def _marks(found: Gathered) -> Iterator[Mark]:
    for each in found.incidents:
        when = each.incident.when
        if when.start:
            yield Mark(
                label=each.label,
                group=Group.INCIDENT,
                at=when.start,
                until=when.end,
                precision=when.precision,
                after_notice=each.incident.after_notice,
            )
    for talk in found.contacts:
        yield Mark(label=talk.label, group=Group.CONTACT, at=talk.contact.at)
    once = {x.id for x in found.desk.library.letters.values() if x.once}
    for sent in found.letters:
        at = sent.letter.sent_at
        if at:
            notice = sent.letter.letter_id in once
            at = at.astimezone()
            yield Mark(label=sent.label, group=Group.LETTER, at=at, notice=notice)


def _summary(found: Gathered) -> Iterator[tuple[str, str]]:
    """The first page: how many, since when, until when, and after the notice."""
    incidents = [each.incident for each in found.incidents]
    yield _("Incidents: "), str(len(incidents))
    times = sorted(each.when.start for each in incidents if each.when.start)
    if times:
        yield _("First: "), the_day(times[0].date())
        yield _("Latest: "), the_day(times[-1].date())
    for person in _people(found):
        yield _("About: "), person.label
        for identifier in person.identifiers:
            yield _("Known address or account: "), identifier.value
    yield from _since_notice(found)
    yield _("Files: "), str(len(found.exhibits))
    if Part.CONTACTS in found.profile.parts:
        yield _("Talks with officials: "), str(len(found.contacts))
        numbers = dict.fromkeys(each.contact.reference for each in found.contacts)
        for number in filter(None, numbers):
            yield _("Reference number: "), number


def _since_notice(found: Gathered) -> Iterator[tuple[str, str]]:
    notices = [x for x in _marks(found) if x.notice]
    if not notices:
        return
    after = [x.incident.after_notice for x in found.incidents]
    yield _("They were asked to stop on: "), the_minute(notices[0].at)
    yield _("Incidents after that: "), str(after.count(AfterNotice.YES))


def known_words(desk: Desk) -> Known:
    """What the record itself says of the reader, of helpers, and of the person."""
    own: set[str] = set()
    for letter in desk.library.letters.values():
        typed = desk.vault.fields()
        for blank in letter.fields:
            text = typed.get(blank.id, "")
            mine = blank.private or blank.id == "reply_address"
            if mine and blank.kind in (FieldKind.TEXT, FieldKind.EMAIL) and text:
                own.add(text)
    incidents = desk.vault.incidents(limit=-1)
    helpers = {name for each in incidents for name in each.witnesses}
    theirs = {
        told
        for person in desk.vault.people()
        for told in (person.label, *(x.value for x in person.identifiers))
    }
    return Known(
        own=frozenset(own - theirs),
        helpers=frozenset(helpers),
        theirs=frozenset(theirs),
    )


def counts(shown: Preview) -> tuple[str, ...]:
    """What leaves, in lines to read before it does."""
    case = shown.case
    originals = PROFILES[case.recipient].files
    files = plural("{count} file", "{count} files", len(case.exhibits))
    if case.exhibits and not (originals or Part.PRINTED in case.parts):
        files = _("{files}, as a list").format(files=files)
    elif case.exhibits:
        size = size_in_words(shown.files_size)
        files = _("{files} ({size})").format(files=files, size=size)
    incidents = plural("{count} incident", "{count} incidents", len(case.incidents))
    lines = [incidents, files]
    if Part.LETTERS in case.parts:
        lines.append(plural("{count} letter", "{count} letters", len(case.letters)))
    if Part.CONTACTS in case.parts:
        talks = len(case.contacts)
        lines.append(
            plural("{count} talk with officials", "{count} talks with officials", talks)
        )
    return tuple(lines)


def note_handed_over(
    desk: Desk, given: Given, whom: str, at: datetime
) -> OfficialContact:
    """Write a hand-over down: a talk with *whom*, and a touch of each original.

    The head of the journal stands in it as it was printed, so that the paper and the
    record agree.
    """
    told = [_("Handed over: {what}.").format(what=given.what)]
    if given.head:
        told.append(_("Journal head: {head}").format(head=given.head))
    contact = OfficialContact(
        id=secrets.token_hex(16),
        at=at.astimezone(),
        organisation=whom,
        channel=_("handed over"),
        outcome="\n".join(told),
        incident_ids=given.incident_ids,
        evidence_ids=given.evidence_ids,
    )
    return desk.vault.hand_over(contact, desk.now())
