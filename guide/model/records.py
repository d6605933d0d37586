"""What the reader has written or opened: letters and messages."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from guide.model.paper import Paper
from guide.model.trace import MessageTrace


class LetterState(StrEnum):
    """How far a letter is. It only ever moves forward."""

    FINISHED = "finished"
    SENT = "sent"


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


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenedMessage:
    """A message the reader opened: its bytes as they were, and what they say."""

    name: str
    data: bytes
    trace: MessageTrace


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A letter as it would be now, ready to be looked over."""

    letter_id: str
    paper: Paper
    missing: tuple[str, ...] = ()  # field ids that still need a value
