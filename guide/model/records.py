"""What the reader keeps: letters, incidents, evidence, talks with officials.

Times are aware. A time the reader or a file claims is told apart from the time it
was written down. The private note of an incident is not here on purpose: it has a
type of its own, and only ``Vault.private_note`` gives it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Generic, TypeVar

from guide.model.paper import Paper
from guide.model.times import AfterNotice, When
from guide.model.trace import MessageTrace

Record = TypeVar("Record")


class LetterState(StrEnum):
    """How far a letter is. It only ever moves forward.

    Draft, finished, sent; or void, which is only open to one that never left.
    """

    DRAFT = "draft"
    FINISHED = "finished"
    SENT = "sent"
    VOID = "void"


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenLetter:
    """A finished letter: its text is frozen, and ``sha256`` proves it.

    ``sha256`` is of the bytes of the plain text file that ``paper`` gives
    (FIPS 180-4), in lower-case hex, so that any tool can check a saved copy.
    """

    id: str
    letter_id: str
    person_id: str
    paper: Paper
    sha256: str
    finished_at: datetime  # always UTC
    state: LetterState = LetterState.FINISHED
    sent_at: datetime | None = None
    voided_at: datetime | None = None
    void_reason: str = ""
    number: int = field(default=0, compare=False)  # given by the vault, for ever


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptDraft:
    """A letter that is being written; nothing of it is frozen yet."""

    id: str
    letter_id: str
    person_id: str
    paper: Paper
    changed_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenedMessage:
    """A message the reader opened: its bytes as they were, and what they say.

    A complaint about its account may take more messages along, and may mask the
    reader's own addresses in them, by a secret key.
    """

    name: str
    data: bytes
    trace: MessageTrace
    also: tuple[OpenedMessage, ...] = ()  # of the same account, in the reader's order
    left_out: tuple[str, ...] = ()  # sentences: what was not taken along, and why
    mask_key: bytes = field(default=b"", repr=False)  # empty: nothing is masked
    brought_along: bool = False  # another message held it: no line of it is believed


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A letter as it would be now, ready to be looked over."""

    letter_id: str
    paper: Paper
    missing: tuple[str, ...] = ()  # field ids that still need a value


@dataclass(frozen=True, slots=True, kw_only=True)
class Incident:
    """Something that happened, in the reader's words first (form F01).

    ``account`` is what they told freely; the rest came from prompts, and each of
    it may stay empty. A field named in ``not_known`` was answered "I don't know".
    """

    id: str
    recorded_at: datetime
    account: str = ""
    what: str = ""
    where: str = ""
    platform: str = ""
    when: When = field(default_factory=When)
    person_id: str = ""
    witnesses: tuple[str, ...] = ()
    effect: str = ""
    done: str = ""
    reported_to: tuple[str, ...] = ()
    evidence_ids: tuple[str, ...] = ()
    not_known: tuple[str, ...] = ()
    number: int = field(default=0, compare=False)  # given by the vault
    after_notice: AfterNotice = field(default=AfterNotice.NO, compare=False)  # derived


@dataclass(frozen=True, slots=True, kw_only=True)
class PrivateNote:
    """What the reader wrote for nobody else. It shows its text only when asked."""

    incident_id: str
    at: datetime
    _text: str = field(repr=False)

    def reveal(self) -> str:
        """The words, for the reader's own screen and for nothing that leaves."""
        return self._text

    def __str__(self) -> str:
        return "(private note)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """A time that a file says about itself (EXIF, mail Date): a claim, not a fact."""

    what: str
    value: str  # exactly as it stands in the file
    at: datetime | None = None  # where it names a moment with its zone


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """A file taken into the vault, and proof it has not changed since.

    Name, size, hash, media type and the time it came in are frozen; what the
    reader says about it (``captured_at`` to ``note``) can be corrected by adding.
    """

    id: str  # the name of its sealed file, too
    original_name: str
    media_type: str
    size: int
    sha256: str
    acquired_at: datetime
    claims: tuple[Claim, ...] = ()
    captured_at: When = field(default_factory=When)
    acquired_by: str = ""
    source: str = ""
    url: str = ""
    note: str = ""
    person_id: str = ""
    sensitive: bool = False  # intimate: never drawn, and in no bulk hand-over
    number: int = field(default=0, compare=False)


class CustodyAction(StrEnum):
    """Every touch of a piece of evidence (ISO/IEC 27037, chain of custody)."""

    ACQUIRED = "acquired"
    VERIFIED = "verified"
    VIEWED = "viewed"
    EXPORTED = "exported"
    HANDED_OVER = "handed over"


@dataclass(frozen=True, slots=True, kw_only=True)
class CustodyEvent:
    """One touch of one piece of evidence. Never changed, never taken away."""

    evidence_id: str
    at: datetime
    action: CustodyAction
    by: str
    detail: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficialContact:
    """One talk with a provider, a moderator, the police or a court (form F02)."""

    id: str
    at: datetime
    organisation: str
    person: str = ""
    badge_number: str = ""
    channel: str = ""
    reference: str = ""
    outcome: str = ""
    promised: str = ""
    follow_up_on: date | None = None
    followed_up: bool = False
    incident_ids: tuple[str, ...] = ()
    evidence_ids: tuple[str, ...] = ()
    letter_id: str = ""  # the written letter this entry stands for, if it is one
    number: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Version(Generic[Record]):
    """One wording of a record. Number 1 is the first; none is ever changed."""

    number: int
    at: datetime
    why: str  # what the reader said about the correction
    sha256: str
    record: Record


@dataclass(frozen=True, slots=True, kw_only=True)
class Binned:
    """A record in the bin; it can come back until ``gone_on``."""

    kind: str
    id: str
    number: int
    title: str
    reason: str
    binned_at: datetime
    gone_on: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Tombstone:
    """What stays of a record for ever: that it was there, its hash, and why it went.

    For evidence, ``id`` names the sealed file that may now be removed.
    """

    kind: str
    id: str
    number: int
    sha256: str
    reason: str
    binned_at: datetime
    removed_at: datetime
