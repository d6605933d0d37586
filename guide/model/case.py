"""The case as it leaves the vault: for whom, what goes along, what stays behind.

A ``Case`` is a snapshot, already chosen and already redacted. Whoever prints it
decides nothing. A private note has no place in it, whatever the recipient.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from guide.model.people import Person
from guide.model.records import (
    CustodyEvent,
    Evidence,
    Incident,
    OfficialContact,
    WrittenLetter,
)
from guide.model.times import AfterNotice, Precision


class Recipient(StrEnum):
    """Who the case is for; each gets another cut of it."""

    POLICE = "police"
    LAWYER = "lawyer"  # and a court
    ADVOCATE = "advocate"
    PROVIDER = "provider"  # of mail, a site, a phone line
    EMPLOYER = "employer"  # or a school
    MYSELF = "myself"


class Part(StrEnum):
    """One part of a case book, in the order in which it is printed."""

    SUMMARY = "summary"
    TIMELINE = "timeline"  # drawn
    LOG = "log"  # every incident in full
    CHART = "chart"  # six columns, and what is still missing
    CONTACTS = "contacts"  # with officials
    LETTERS = "letters"  # that were sent
    EXHIBITS = "exhibits"  # the index, with SHA-256 and chain of custody
    PRINTED = "printed"  # pictures and mail headers


class Group(StrEnum):
    """What kind of record a label names: its letter, before the number."""

    INCIDENT = "I"
    EVIDENCE = "E"
    CONTACT = "C"
    LETTER = "L"

    def label(self, number: int) -> str:
        """The name of one record on paper, the same for ever.

        >>> Group.EVIDENCE.label(7)
        'E-007'
        """
        return f"{self.value}-{number:03}"


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseIncident:
    """An incident with the labels of what belongs to it, and names in words."""

    label: str
    incident: Incident
    person: str
    when: str = ""  # in whole words, with its zone and precision
    exhibits: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Exhibit:
    """A kept file as it is named to others, and every touch of it."""

    label: str
    evidence: Evidence
    person: str = ""
    incidents: tuple[str, ...] = ()
    custody: tuple[CustodyEvent, ...] = ()
    headers: str = ""  # of a mail, exactly as they stand, where they are printed
    drawn: bool = False  # its picture may be printed

    @property
    def file_name(self) -> str:
        """The name that it has outside the vault: its label and its own ending.

        The ending is kept only where it is plain letters and digits.
        """
        _stem, dot, ending = self.evidence.original_name.rpartition(".")
        plain = ending.isascii() and ending.isalnum() and len(ending) <= 8
        return f"{self.label}.{ending.lower()}" if dot and plain else self.label


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseContact:
    """A talk with an official, with the labels of what it was about."""

    label: str
    contact: OfficialContact
    incidents: tuple[str, ...] = ()
    exhibits: tuple[str, ...] = ()
    letter: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseLetter:
    """A letter that was sent; its text is what was frozen."""

    label: str
    title: str
    letter: WrittenLetter


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """One thing on the drawn time-line. A range has an end."""

    label: str
    group: Group
    at: datetime
    until: datetime | None = None
    precision: Precision = Precision.EXACT
    after_notice: AfterNotice = AfterNotice.NO
    notice: bool = False  # the one-time notice itself


@dataclass(frozen=True, slots=True, kw_only=True)
class ChartRow:
    """One row of the evidence chart: its six columns, in order, as words."""

    when: str
    happened: str
    shown_by: str
    who: str
    who_shown_by: str
    missing: str
    labels: tuple[str, ...] = ()

    @property
    def cells(self) -> tuple[str, ...]:
        """The six columns."""
        return (
            self.when,
            self.happened,
            self.shown_by,
            self.who,
            self.who_shown_by,
            self.missing,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """A record that stays behind, or a part of one, and why; for the reader alone."""

    label: str
    title: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """Everything that leaves, and nothing else.

    ``summary`` are leads and words, such as ("First incident: ", "3 May 2026").
    ``head`` and ``public_key`` are of the journal, as they are printed.
    ``left_out`` is for the preview; it is never printed.
    """

    recipient: Recipient
    parts: frozenset[Part]
    title: str
    made_at: datetime  # with the reader's offset
    lang: str = "en"
    head: str = ""
    public_key: str = ""
    people: tuple[Person, ...] = ()
    summary: tuple[tuple[str, str], ...] = ()
    marks: tuple[Mark, ...] = ()
    incidents: tuple[CaseIncident, ...] = ()
    chart: tuple[ChartRow, ...] = ()
    to_do: tuple[str, ...] = ()  # what the chart misses, as sentences
    contacts: tuple[CaseContact, ...] = ()
    letters: tuple[CaseLetter, ...] = ()
    exhibits: tuple[Exhibit, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    redacted: bool = False  # some words were taken out; each place is marked


# What stands in the place of words that were taken out.
TAKEN_OUT = "[\u2588\u2588\u2588]"  # a bar is seen; the brackets are heard
