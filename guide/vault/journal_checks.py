"""What can be wrong with a journal, worked out from its rows alone."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Self

from guide.model.problems import InvalidAnswerError
from guide.words import _

DOMAIN = b"guide/log/1\0"
_NUMBER, _HASH = re.compile(r"[0-9]{1,18}"), re.compile(r"[0-9a-f]{64}")
_GROUP = 4
_DRIFT = timedelta(minutes=2)  # what a clock may be put right by without remark


class Trouble(StrEnum):
    """Each way a journal can be wrong. ``notes`` are not damage."""

    UNREADABLE = "unreadable"
    UNGUARDED = "unguarded"  # a trigger of the table is gone
    MISSING = "missing"  # entries before this one are gone, or out of order
    CHANGED = "changed"  # its bytes, or the hash before it, are not what was hashed
    SIGNATURE = "signature"  # not signed with the key of this vault
    CUT_OFF = "cut off"  # a head that was written down is later than the last entry
    OTHER = "other"  # a head that was written down is not of this history
    CLOCK_BACK = "clock back"  # earlier by the wall clock than an entry before it
    CLOCK_SET = "clock set"  # the wall clock went on otherwise than the computer's own

    @property
    def damages(self) -> bool:
        """Whether the record itself is in doubt, and not just a clock."""
        return self not in (Trouble.CLOCK_BACK, Trouble.CLOCK_SET)


@dataclass(frozen=True, slots=True, order=True)
class JournalProblem:
    """One thing that is wrong, at one entry; 0 is the journal as a whole."""

    sequence: int
    trouble: Trouble


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One thing that happened, as it was written down then."""

    sequence: int
    type: str
    at: datetime  # with the offset that was in force
    body: Mapping[str, str | int | None]
    sha256: str  # of the chain up to and with this entry


@dataclass(frozen=True, slots=True)
class Row:
    """An entry as it is stored."""

    sequence: int
    body: bytes
    hash: bytes
    signature: bytes


@dataclass(frozen=True, slots=True)
class Head:
    """Where a journal ended at some time. Written down, it proves all before it.

    >>> str(Head(41, bytes(range(32))))[:24]
    '41: 0001 0203 0405 0607 '
    >>> Head.parse(str(Head(41, bytes(range(32))))) == Head(41, bytes(range(32)))
    True
    """

    sequence: int
    hash: bytes

    def __str__(self) -> str:
        digits = self.hash.hex()
        groups = (digits[n : n + _GROUP] for n in range(0, len(digits), _GROUP))
        return f"{self.sequence}: {' '.join(groups)}"

    @classmethod
    def parse(cls, text: str) -> Self:
        """A head as printed, or typed from paper; spaces and capitals do not matter."""
        number, _colon, typed = text.lower().partition(":")
        number, digits = number.strip(), "".join(typed.split())
        if not (_NUMBER.fullmatch(number) and _HASH.fullmatch(digits)):
            raise InvalidAnswerError(
                _("This is not the end of a journal as the guide prints it."),
                _("Type the number, a colon, and all 64 letters and digits after it."),
            )
        return cls(int(number), bytes.fromhex(digits))


def chained(previous: bytes, body: bytes) -> bytes:
    """The hash of an entry, which holds every entry before it."""
    return hashlib.sha256(DOMAIN + previous + body).digest()


def problems_of_sequence(rows: Sequence[Row]) -> Iterator[JournalProblem]:
    """Entries that are gone, out of order, or not what was hashed."""
    previous, expected = bytes(32), 1
    for row in rows:
        if row.sequence != expected:
            yield JournalProblem(row.sequence, Trouble.MISSING)
        if chained(previous, row.body) != row.hash or not _tells(row):
            yield JournalProblem(row.sequence, Trouble.CHANGED)
        previous, expected = row.hash, row.sequence + 1


def problems_of_clock(rows: Sequence[Row]) -> Iterator[JournalProblem]:
    """Entries at which the wall clock cannot be right. None of this is damage."""
    latest = datetime.min.replace(tzinfo=UTC)
    before: _Clocks | None = None
    for row in rows:
        now = _clocks(row.body)
        if now is None:
            continue
        if now.wall < latest:
            yield JournalProblem(row.sequence, Trouble.CLOCK_BACK)
        elif before is not None and before.disagrees(now):
            yield JournalProblem(row.sequence, Trouble.CLOCK_SET)
        latest, before = max(latest, now.wall), now


def against_heads(rows: Sequence[Row], heads: Iterable[str]) -> list[JournalProblem]:
    """Heads that were written down and do not lie on this history."""
    hashes = {row.sequence: row.hash for row in rows} | {0: bytes(32)}
    last = rows[-1].sequence if rows else 0
    found = []
    for head in map(Head.parse, heads):
        if head.sequence > last:
            found.append(JournalProblem(head.sequence, Trouble.CUT_OFF))
        elif hashes.get(head.sequence) != head.hash:
            found.append(JournalProblem(head.sequence, Trouble.OTHER))
    return found


@dataclass(frozen=True, slots=True)
class _Clocks:
    wall: datetime
    boot: str
    own: timedelta

    def disagrees(self, later: _Clocks) -> bool:
        """Whether the two clocks went on differently between two entries."""
        if self.boot != later.boot:
            return False
        return abs((later.wall - self.wall) - (later.own - self.own)) > _DRIFT


def _clocks(body: bytes) -> _Clocks | None:
    """The clocks of an entry; ``None`` if it is damaged, which is told elsewhere."""
    try:
        values = json.loads(body)
        wall = datetime.fromisoformat(values["at"]).astimezone(UTC)
        own = timedelta(milliseconds=values["monotonic_ms"])
        return _Clocks(wall, str(values["boot"]), own)
    except (ValueError, TypeError, KeyError, OverflowError, RecursionError):
        return None


def _tells(row: Row) -> bool:
    """Whether the entry calls itself by the number it is stored under."""
    try:
        return bool(json.loads(row.body)["sequence"] == row.sequence)
    except (ValueError, TypeError, KeyError, RecursionError):
        return False
