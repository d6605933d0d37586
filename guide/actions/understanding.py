"""Times as people say them: "yesterday", "about 9", "3 Nov 2026 22:10". Pure.

Nothing is guessed silently. Words that can mean two moments give both, and the
reader says which; words that are not understood are refused and stay on the line.
What is given back is shown before it is kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time, timedelta

from guide.actions.days import Here, cut, days_in, not_understood
from guide.model.people import same
from guide.model.problems import InvalidAnswerError
from guide.model.times import When, about, between, exactly
from guide.words import _

__all__ = ["MOST_READINGS", "Here", "a_day", "understood"]

_ABOUT = re.compile(r"\b(?:about|around|approximately|roughly|circa|ca\.)\s|~\s*")
_RANGE = re.compile(
    r"(?:between\s+|from\s+)?(?P<a>.+?)\s+(?:to|until|till|and|-|\u2013)\s+(?P<b>.+)"
)
_TIME = re.compile(
    r"\b(?P<hour>\d{1,2})(?:[:.h](?P<minute>\d{2}))?(?:\s*(?P<half>am|pm|a\.m\.|p\.m\.))?"
    r"(?:\s*o'clock)?(?![\d:])"
)
_PARTS = {
    "in the morning": (time(5), time(12)),
    "morning": (time(5), time(12)),
    "in the afternoon": (time(12), time(18)),
    "afternoon": (time(12), time(18)),
    "in the evening": (time(17), time(23, 59)),
    "evening": (time(17), time(23, 59)),
    "at night": (time(0), time(23, 59)),
}
_FILLING = re.compile(r"\b(?:at|on|the|of|in|o'clock|it was)\b|[,;]|\.$")
_LAST_MINUTE = time(23, 59)
_HALF_DAY = 12
_T = re.compile(r"(?<=\d)t(?=\d)")  # RFC 3339
_LATE_FROM = re.compile(r"^(.+?)\s+((?:between|from)\s.+)$")
MOST_READINGS, LONGEST = 6, 120


@dataclass(frozen=True, slots=True, kw_only=True)
class _Moment:
    """A day and what is known of the time on it."""

    day: date
    first: time
    last: time | None = None  # None: at that very minute


def understood(text: str, here: Here) -> tuple[When, ...]:
    """Every moment that *text* can mean, the likeliest first; at least one.

    Raises InvalidAnswerError where it means none.
    """
    plain = _T.sub(" ", _LATE_FROM.sub(r"\2 \1", same(text)))
    if len(plain) > LONGEST:
        raise not_understood()
    roughly = bool(_ABOUT.search(f"{plain} "))
    plain = _ABOUT.sub("", plain).strip()
    readings = [*_ranges(plain, here, text.strip())] or [
        when
        for moment in _moments(plain, here)
        for when in _whens(moment, here, text.strip(), roughly=roughly)
    ]
    if not readings:
        raise not_understood()
    return tuple(dict.fromkeys(readings))[:MOST_READINGS]


def a_day(text: str, here: Here, *, ahead: bool = False) -> tuple[date, ...]:
    """Every day that *text* can mean; *ahead*: a day to come, where it can be."""
    days, rest = days_in(same(text[:LONGEST]), here, ahead=ahead)
    if len(text) > LONGEST or not days or _FILLING.sub("", rest).strip():
        raise InvalidAnswerError(
            _("That is not a day this guide can read. Nothing was changed."),
            _("Write it as 2026-11-03, 3 Nov 2026 or tomorrow."),
        )
    return tuple(dict.fromkeys(days))


def _ranges(plain: str, here: Here, words: str) -> Iterator[When]:
    found = _RANGE.fullmatch(plain)
    if not found:
        return
    second = list(_moments(found["b"], here))
    for end in second:
        for start in _moments(found["a"], here, day=end.day, clock=end.first):
            first = here.at(start.day, start.first)[0]
            last = here.at(end.day, end.last or end.first)[-1]
            if first <= last:
                yield between(first, last, here.name, words)


def _whens(moment: _Moment, here: Here, words: str, *, roughly: bool) -> Iterator[When]:
    if moment.last is None:
        make = about if roughly else exactly
        for at in here.at(moment.day, moment.first):
            yield make(at, here.name, words)
    elif roughly:
        yield about(here.at(moment.day, time(_HALF_DAY))[0], here.name, words)
    else:
        start = here.at(moment.day, moment.first)[0]
        yield between(start, here.at(moment.day, moment.last)[-1], here.name, words)


def _moments(
    plain: str, here: Here, *, day: date | None = None, clock: time | None = None
) -> Iterator[_Moment]:
    """What *plain* can mean; *day* and *clock* are of the end of its range."""
    days, rest = days_in(plain, here)
    clocks, rest = _clocks(rest, clock)
    if _FILLING.sub("", rest).strip() or not (days or clocks):
        return
    if day and not days:
        days = [day]
    for first, last in clocks or [(time(0), _LAST_MINUTE)]:
        for each in days or [_latest_day(here, first)]:
            yield _Moment(day=each, first=first, last=last)


def _latest_day(here: Here, clock: time) -> date:
    """Today, or yesterday where that time of today is still to come."""
    to_come = here.at(here.today, clock)[0] > here.now
    return here.today - timedelta(days=to_come)


def _clocks(
    plain: str, until: time | None
) -> tuple[list[tuple[time, time | None]], str]:
    """The times *plain* can mean, each with its end where it is a stretch."""
    part: tuple[time, time] | None = None
    for name, hours in _PARTS.items():
        if re.search(rf"\b{name}\b", plain):
            part, plain = hours, plain.replace(name, "", 1)
    if re.search(r"\bnoon\b|\bmidday\b", plain):
        return [(time(12), None)], re.sub(r"\bnoon\b|\bmidday\b", "", plain)
    found = _TIME.search(plain)
    if not found:
        return ([part] if part else []), plain
    clocks = [each for each in _readings(found) if _fits(each, part)]
    if not clocks:
        return [], plain
    if until and not found["half"] and not found["minute"]:
        clocks = [c for c in clocks if c <= until][-1:] or clocks
    return [(each, None) for each in clocks], cut(plain, found)


def _fits(clock: time, part: tuple[time, time] | None) -> bool:
    return part is None or part[0] <= clock <= part[1]


def _readings(found: re.Match[str]) -> Iterator[time]:
    """Nine is nine in the morning or in the evening; 22 and 09:00 are one time."""
    hour, minute = int(found["hour"]), int(found["minute"] or 0)
    half = (found["half"] or "")[:1]
    if minute > 59 or hour > 23 or (half and not 1 <= hour <= _HALF_DAY):
        return
    if half:
        yield time(hour % _HALF_DAY + _HALF_DAY * (half == "p"), minute)
        return
    yield time(hour, minute)
    if 1 <= hour <= _HALF_DAY and not found["hour"].startswith("0"):
        yield time((hour + _HALF_DAY) % 24, minute)
