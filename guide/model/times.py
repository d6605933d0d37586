"""When something happened, as well as the reader can say it, and no better.

A moment has a zone and a precision: exact, about, a range or not known. Nothing
here guesses: what cannot be placed before or after another moment says so.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from enum import StrEnum

from guide.model.problems import InvalidAnswerError
from guide.words import _

# How far off "about" may be before it no longer tells before from after.
ABOUT = timedelta(days=1)
_YEARS = range(1900, 2200)


class Precision(StrEnum):
    """How well the time is known."""

    EXACT = "exact"
    ABOUT = "about"
    RANGE = "range"
    UNKNOWN = "unknown"


class AfterNotice(StrEnum):
    """Whether contact came after the notice was sent; derived, never typed."""

    NO = "no"
    YES = "yes"
    PERHAPS = "perhaps"


@dataclass(frozen=True, slots=True, kw_only=True)
class When:
    """A moment with its offset (RFC 3339), its precision and the reader's words.

    ``zone`` is the name of the time zone where they know it (IANA), beside the
    offset that ``start`` carries. Raises InvalidAnswerError for half a moment.
    """

    precision: Precision = Precision.UNKNOWN
    start: datetime | None = None
    end: datetime | None = None  # of a range
    zone: str = ""
    words: str = ""

    def __post_init__(self) -> None:
        for name in ("start", "end"):
            moment: datetime | None = getattr(self, name)
            if moment is not None:
                object.__setattr__(self, name, _fixed(moment))
        has = (self.start is not None, self.end is not None)
        if has != _NEEDS[self.precision]:
            raise _not_a_time()
        if self.start and self.end and self.end < self.start:
            raise InvalidAnswerError(
                _("The end of that time is before its beginning. Nothing was changed."),
                _("Write the earlier time first."),
            )

    @property
    def day(self) -> date | None:
        """The day it began on, where it happened."""
        return self.start.date() if self.start else None

    @property
    def latest(self) -> datetime | None:
        """The last moment it can have been."""
        return self.end or (self.start + self._margin if self.start else None)

    @property
    def _margin(self) -> timedelta:
        return ABOUT if self.precision is Precision.ABOUT else timedelta()

    def after(self, sent: datetime) -> AfterNotice:
        """Whether this came after *sent*, as far as its precision can say."""
        if self.start is None or self.latest is None:
            return AfterNotice.NO
        if self.start - self._margin > sent:
            return AfterNotice.YES
        return AfterNotice.PERHAPS if self.latest > sent else AfterNotice.NO


_NEEDS = {
    Precision.EXACT: (True, False),
    Precision.ABOUT: (True, False),
    Precision.RANGE: (True, True),
    Precision.UNKNOWN: (False, False),
}


def exactly(at: datetime, zone: str = "", words: str = "") -> When:
    """At this moment."""
    return When(precision=Precision.EXACT, start=at, zone=zone, words=words)


def about(at: datetime, zone: str = "", words: str = "") -> When:
    """Near this moment."""
    return When(precision=Precision.ABOUT, start=at, zone=zone, words=words)


def between(start: datetime, end: datetime, zone: str = "", words: str = "") -> When:
    """At some moment of this stretch, or all through it."""
    return When(precision=Precision.RANGE, start=start, end=end, zone=zone, words=words)


def _fixed(moment: datetime) -> datetime:
    """With its offset alone, so that it is the same when it is read back."""
    offset = moment.utcoffset()
    if offset is None or moment.year not in _YEARS:
        raise _not_a_time()
    return moment.replace(tzinfo=timezone(offset))


def _not_a_time() -> InvalidAnswerError:
    return InvalidAnswerError(
        _("That is not a time this guide can keep. Nothing was changed."),
        _("Give a day and a time with its zone, or say that you do not know."),
    )
