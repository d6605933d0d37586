"""Times as people say them: "yesterday", "about 9", "3 Nov 2026 22:10". Pure.

Nothing is guessed silently. Words that can mean two moments give both, and the
reader says which; words that are not understood are refused and stay on the line.
What is given back is shown before it is kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone, tzinfo

from guide.model.people import same
from guide.model.problems import InvalidAnswerError
from guide.model.times import When, about, between, exactly
from guide.words import _

_MONTHS = (
    *("january", "february", "march", "april", "may", "june", "july", "august"),
    *("september", "october", "november", "december"),
)
_DAYS = (
    *("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"),
)
_MONTH = "(?P<month>" + "|".join(f"{m[:3]}(?:t|{m[3:]})?" for m in _MONTHS) + r")\.?"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?:,?\s+(?P<year>\d{4}))?(?![\d:])"
_WRITTEN = (
    re.compile(r"\b(?P<year>\d{4})[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})\b"),
    re.compile(rf"\b{_DAY}\s+(?:of\s+)?{_MONTH}{_YEAR}"),
    re.compile(rf"\b{_MONTH}\s+{_DAY}{_YEAR}"),
)
_SLASHED = re.compile(r"\b(\d{1,2})[/.](\d{1,2})[/.](\d{4})\b")
_AGO = re.compile(r"\b(\d{1,3}|a|one|two|three) (day|week)s? ago\b")
_AHEAD = re.compile(r"\bin (\d{1,3}|a|one|two|three) (day|week)s?\b")
_COUNTS = {"a": 1, "one": 1, "two": 2, "three": 3}
_WEEKDAY = re.compile(
    r"\b(?:(?:last|next|this) )?(" + "|".join(f"{d[:3]}|{d}" for d in _DAYS) + r")\b"
)
_NAMED = {
    "the day before yesterday": -2,
    "yesterday": -1,
    "today": 0,
    "tomorrow": 1,
}
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
class Here:
    """The moment and the zone in which something is typed.

    ``zone`` None is the zone of this computer, whatever it is on that day.
    """

    now: datetime
    zone: tzinfo | None = None
    name: str = ""

    @property
    def today(self) -> date:
        """The day it is there."""
        return self.now.astimezone(self.zone).date()

    def at(self, day: date, clock: time) -> tuple[datetime, ...]:
        """That time on that day; two where the clocks went back or on then."""
        try:
            naive = datetime.combine(day, clock)
            both = [self._placed(naive.replace(fold=fold)) for fold in (0, 1)]
        except (OverflowError, ValueError, OSError):
            raise _not_understood() from None
        return tuple({each.isoformat(): each for each in both}.values())

    def _placed(self, naive: datetime) -> datetime:
        placed = naive.replace(tzinfo=self.zone) if self.zone else naive.astimezone()
        offset = placed.utcoffset() or timedelta()
        return naive.replace(tzinfo=timezone(offset), fold=0)


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
        raise _not_understood()
    roughly = bool(_ABOUT.search(f"{plain} "))
    plain = _ABOUT.sub("", plain).strip()
    readings = [*_ranges(plain, here, text.strip())] or [
        when
        for moment in _moments(plain, here)
        for when in _whens(moment, here, text.strip(), roughly=roughly)
    ]
    if not readings:
        raise _not_understood()
    return tuple(dict.fromkeys(readings))[:MOST_READINGS]


def a_day(text: str, here: Here, *, ahead: bool = False) -> tuple[date, ...]:
    """Every day that *text* can mean; *ahead*: a day to come, where it can be."""
    days, rest = _days(same(text[:LONGEST]), here, ahead=ahead)
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
    days, rest = _days(plain, here)
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


def _days(plain: str, here: Here, *, ahead: bool = False) -> tuple[list[date], str]:
    """The days *plain* can mean, and what is left of it."""
    for pattern in _WRITTEN:
        if found := pattern.search(plain):
            rest = _cut(plain, found)
            return _with_weekday([*_written(found, here, ahead=ahead)], rest)
    if found := _SLASHED.search(plain):
        a, b, year = map(int, found.groups())
        days = [*_real(year, b, a), *_real(year, a, b)]
        return _with_weekday(list(dict.fromkeys(days)), _cut(plain, found))
    return _spoken(plain, here, ahead=ahead)


def _spoken(plain: str, here: Here, *, ahead: bool) -> tuple[list[date], str]:
    for name, away in _NAMED.items():
        if re.search(rf"\b{name}\b", plain):
            return [here.today + timedelta(days=away)], plain.replace(name, "", 1)
    for pattern, sign in ((_AGO, -1), (_AHEAD, 1)):
        if found := pattern.search(plain):
            count = _COUNTS.get(found[1]) or int(found[1])
            away = sign * count * (7 if found[2] == "week" else 1)
            return [here.today + timedelta(days=away)], _cut(plain, found)
    if found := _WEEKDAY.search(plain):
        return [_near(here.today, found[1], ahead=ahead)], _cut(plain, found)
    return [], plain


def _near(today: date, name: str, *, ahead: bool) -> date:
    """The last such day of the week before today, or the next one after."""
    wanted = [day[:3] for day in _DAYS].index(name[:3])
    if ahead:
        return today + timedelta(days=(wanted - today.weekday() - 1) % 7 + 1)
    return today - timedelta(days=(today.weekday() - wanted - 1) % 7 + 1)


def _written(found: re.Match[str], here: Here, *, ahead: bool) -> Iterator[date]:
    short = [month[:3] for month in _MONTHS]
    name = found["month"]
    month = int(name) if name.isdigit() else short.index(name[:3]) + 1
    if found["year"]:
        yield from _real(int(found["year"]), month, int(found["day"]))
        return
    years = [here.today.year + n for n in ((0, 1) if ahead else (0, -1))]
    days = [day for year in years for day in _real(year, month, int(found["day"]))]
    fitting = [d for d in days if (d >= here.today if ahead else d <= here.today)]
    yield from fitting[:1]


def _real(year: int, month: int, day: int) -> Iterator[date]:
    try:
        yield date(year, month, day)
    except ValueError:
        return


def _with_weekday(days: list[date], rest: str) -> tuple[list[date], str]:
    """A day of the week beside a date must be the one of that date."""
    found = _WEEKDAY.search(rest)
    if not found:
        return days, rest
    name = found[1][:3]
    fitting = [day for day in days if _DAYS[day.weekday()][:3] == name]
    return fitting, _cut(rest, found)


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
    return [(each, None) for each in clocks], _cut(plain, found)


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


def _cut(plain: str, found: re.Match[str]) -> str:
    return f"{plain[: found.start()]} {plain[found.end() :]}"


def _not_understood() -> InvalidAnswerError:
    return InvalidAnswerError(
        _("That time was not understood. Nothing was changed."),
        _(
            "Write it like 2026-11-03 22:10, 3 Nov 2026, yesterday about 9, or "
            "between 9 pm and 11 pm. Or say that you don't know."
        ),
    )
