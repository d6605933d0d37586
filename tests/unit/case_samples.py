"""Made-up cases: one with every part and every field, and large ones."""

from __future__ import annotations

import hashlib
from datetime import UTC, date, datetime, timedelta, timezone

from guide.model.case import (
    Case,
    CaseContact,
    CaseIncident,
    CaseLetter,
    ChartRow,
    Exhibit,
    Group,
    LeftOut,
    Mark,
    Part,
    Recipient,
)
from guide.model.paper import Paper, Paragraph, ParagraphKind
from guide.model.people import Identifier, IdentifierKind, Person
from guide.model.records import (
    Claim,
    CustodyAction,
    CustodyEvent,
    Evidence,
    Incident,
    LetterState,
    OfficialContact,
    WrittenLetter,
)
from guide.model.times import AfterNotice, Precision, about, between, exactly

EAST = timezone(timedelta(hours=1))
MADE = datetime(2026, 11, 20, 9, 30, tzinfo=EAST)
HEAD = hashlib.sha256(b"head").hexdigest()
KEY = hashlib.sha256(b"key").hexdigest()
HEADERS = (
    "Received: from mail.example.com (mail.example.com [192.0.2.7])\n"
    "\tby mx.example.net with ESMTPS id abc123;\n"
    "\tTue, 3 Nov 2026 22:10:04 +0100\n"
    "From: Somebody <new.account@example.com>\n"
    "Subject:   two  spaces   stay\n"
)
ALL = frozenset(Part)


def moment(month: int, day: int, hour: int = 12, minute: int = 0) -> datetime:
    """A moment of 2026."""
    return datetime(2026, month, day, hour, minute, tzinfo=EAST)


def evidence(number: int, name: str, media: str, **more: object) -> Evidence:
    """A kept file; its hash is of its name."""
    return Evidence(
        id=f"e{number}",
        number=number,
        original_name=name,
        media_type=media,
        size=1_234_567 + number,
        sha256=hashlib.sha256(name.encode()).hexdigest(),
        acquired_at=datetime(2026, 11, 4, 8, 15, 30, tzinfo=UTC),
        **more,  # type: ignore[arg-type]  # a sample may set any of them
    )


def touches(number: int) -> tuple[CustodyEvent, ...]:
    """Every kind of touch, once."""
    start = datetime(2026, 11, 4, 8, 15, 30, tzinfo=UTC)
    return tuple(
        CustodyEvent(
            evidence_id=f"e{number}",
            at=start + timedelta(hours=3 * step),
            action=action,
            by="the person who keeps this record",
            detail="" if step else "copied in, hash taken",
        )
        for step, action in enumerate(CustodyAction)
    )


PERSON = Person(
    id="p1",
    label="Former colleague",
    identifiers=(
        Identifier(kind=IdentifierKind.EMAIL, value="new.account@example.com"),
        Identifier(kind=IdentifierKind.HANDLE, value="@watcher", service="example.com"),
        Identifier(kind=IdentifierKind.IP, value="192.0.2.7"),
    ),
)

INCIDENTS = (
    CaseIncident(
        label="I-001",
        person="Former colleague",
        when="Tuesday 3 November 2026, 22:10 (UTC+1)",
        exhibits=("E-001", "E-002"),
        incident=Incident(
            id="i1",
            number=1,
            recorded_at=moment(11, 4, 9),
            account=(
                "A message came from an account that I had not seen before.\n"
                "It named the street where I work."
            ),
            what="Message from a new account",
            where="At home",
            platform="Email",
            when=exactly(moment(11, 3, 22, 10), "Europe/Paris", "just after the news"),
            person_id="p1",
            witnesses=("a neighbour", "my sister"),
            effect="I did not sleep that night.",
            done="I kept the message and changed my way home.",
            reported_to=("the mail provider", "the police"),
            after_notice=AfterNotice.YES,
        ),
    ),
    CaseIncident(
        label="I-002",
        person="Former colleague",
        when="about Friday 18 September 2026, 9:00 (UTC+1)",
        incident=Incident(
            id="i2",
            number=2,
            recorded_at=moment(9, 18, 20),
            account="Silent calls from a withheld number.",
            platform="Phone",
            when=about(moment(9, 18, 9)),
            not_known=("witnesses", "who"),
            after_notice=AfterNotice.PERHAPS,
        ),
    ),
    CaseIncident(
        label="I-003",
        person="",
        when="between 1 June 2026 and 20 August 2026",
        exhibits=("E-003",),
        incident=Incident(
            id="i3",
            number=3,
            recorded_at=moment(8, 21),
            account="Every week a new profile with my name and my picture.",
            where="https://example.com/profiles/" + "a-very-long-address-" * 8,
            when=between(moment(6, 1), moment(8, 20)),
        ),
    ),
    CaseIncident(
        label="I-004",
        person="",
        when="",
        incident=Incident(id="i4", number=4, recorded_at=moment(8, 22)),
    ),
)

EXHIBITS = (
    Exhibit(
        label="E-001",
        evidence=evidence(
            1,
            "message of 3 November.eml",
            "message/rfc822",
            claims=(
                Claim(
                    what="Date header",
                    value="Tue, 3 Nov 2026 22:10:04 +0100",
                    at=moment(11, 3, 22, 10),
                ),
            ),
            captured_at=exactly(moment(11, 3, 22, 30), words="right after it came"),
            acquired_by="the person who keeps this record",
            source="Inbox",
            url="https://mail.example.com/inbox/1",
            note="Saved with all headers.",
        ),
        person="Former colleague",
        incidents=("I-001",),
        custody=touches(1),
        headers=HEADERS,
    ),
    Exhibit(
        label="E-002",
        evidence=evidence(2, "screen.JPG", "image/jpeg"),
        incidents=("I-001",),
        custody=touches(2)[:1],
        drawn=True,
    ),
    Exhibit(
        label="E-003",
        evidence=evidence(3, "profile page, whole.png", "image/png"),
        incidents=("I-003",),
        drawn=True,
    ),
    Exhibit(
        label="E-004",
        evidence=evidence(4, "film.webp", "image/webp"),
        drawn=True,
    ),
)

PAPER = Paper(
    title="Notice",
    subject="No further contact",
    date_line="1 September 2026",
    to="A. Person\nexample.com",
    paragraphs=(
        Paragraph(text="Do not contact me again in any way."),
        Paragraph(kind=ParagraphKind.HEADING, text="What this covers"),
        Paragraph(kind=ParagraphKind.ITEM, text="Messages of any kind"),
        Paragraph(kind=ParagraphKind.ITEM, text="Visits to my home or work"),
        Paragraph(kind=ParagraphKind.EXACT, text="Ref:  192.0.2.7\n  2026-09-01"),
        Paragraph(
            kind=ParagraphKind.TABLE,
            rows=(("Date", "Place"), ("3 May 2026", "example.com")),
        ),
        Paragraph(text="A. Reader"),
    ),
)
LETTER = CaseLetter(
    label="L-001",
    title="One-time notice",
    letter=WrittenLetter(
        id="l1",
        letter_id="notice",
        person_id="p1",
        paper=PAPER,
        sha256=hashlib.sha256(b"letter").hexdigest(),
        finished_at=datetime(2026, 9, 1, 7, tzinfo=UTC),
        state=LetterState.SENT,
        sent_at=datetime(2026, 9, 1, 8, tzinfo=UTC),
        number=1,
    ),
)
CONTACT = CaseContact(
    label="C-001",
    contact=OfficialContact(
        id="c1",
        number=1,
        at=moment(11, 5, 14),
        organisation="Police station",
        person="Officer on duty",
        badge_number="1234",
        channel="In person",
        reference="REF-2026-11",
        outcome="They took a statement.",
        promised="A call within a week.",
        follow_up_on=date(2026, 11, 12),
    ),
    incidents=("I-001",),
    exhibits=("E-001",),
    letter="L-001",
)
CHART = tuple(
    ChartRow(
        when=each.when or "not known",
        happened=each.incident.account or "(not written down)",
        shown_by=", ".join(each.exhibits),
        who=each.person,
        who_shown_by="new.account@example.com (E-001)" if each.exhibits else "",
        missing="" if each.exhibits else "what shows it",
        labels=(each.label,),
    )
    for each in INCIDENTS
)
MARKS = (
    Mark(label="I-003", group=Group.INCIDENT, at=moment(6, 1), until=moment(8, 20)),
    Mark(
        label="I-002",
        group=Group.INCIDENT,
        at=moment(9, 18, 9),
        precision=Precision.ABOUT,
    ),
    Mark(label="I-001", group=Group.INCIDENT, at=moment(11, 3, 22, 10)),
    Mark(label="C-001", group=Group.CONTACT, at=moment(11, 5, 14)),
    Mark(label="L-001", group=Group.LETTER, at=moment(9, 1, 9), notice=True),
)
LEFT_OUT = (LeftOut(label="E-009", title="kept back", why="it is intimate"),)

WHOLE = Case(
    recipient=Recipient.POLICE,
    parts=ALL,
    title="Messages and calls since June 2026",
    made_at=MADE,
    head=HEAD,
    public_key=KEY,
    people=(PERSON,),
    summary=(
        ("First incident: ", "1 June 2026"),
        ("Latest incident: ", "3 November 2026"),
        ("How many: ", "4 incidents, 4 files, 1 talk with officials"),
        ("Worst: ", "I-001, because it named the street"),
    ),
    marks=MARKS,
    incidents=INCIDENTS,
    chart=CHART,
    to_do=("I-002: what shows it", "I-004: when it was, what shows it"),
    contacts=(CONTACT,),
    letters=(LETTER,),
    exhibits=EXHIBITS,
    left_out=LEFT_OUT,
)
