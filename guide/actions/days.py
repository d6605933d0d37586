"""Days as people say them: "yesterday", "2 weeks ago", "3 Nov 2026". Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone, tzinfo

from guide.model.problems import InvalidAnswerError
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
            raise not_understood() from None
        return tuple({each.isoformat(): each for each in both}.values())

    def _placed(self, naive: datetime) -> datetime:
        placed = naive.replace(tzinfo=self.zone) if self.zone else naive.astimezone()
        offset = placed.utcoffset() or timedelta()
        return naive.replace(tzinfo=timezone(offset), fold=0)


def days_in(plain: str, here: Here, *, ahead: bool = False) -> tuple[list[date], str]:
    """The days *plain* can mean, and what is left of it."""
    for pattern in _WRITTEN:
        if found := pattern.search(plain):
            rest = cut(plain, found)
            return _with_weekday([*_written(found, here, ahead=ahead)], rest)
    if found := _SLASHED.search(plain):
        a, b, year = map(int, found.groups())
        days = [*_real(year, b, a), *_real(year, a, b)]
        return _with_weekday(list(dict.fromkeys(days)), cut(plain, found))
    return _spoken(plain, here, ahead=ahead)


def _spoken(plain: str, here: Here, *, ahead: bool) -> tuple[list[date], str]:
    for name, away in _NAMED.items():
        if re.search(rf"\b{name}\b", plain):
            return [here.today + timedelta(days=away)], plain.replace(name, "", 1)
    for pattern, sign in ((_AGO, -1), (_AHEAD, 1)):
        if found := pattern.search(plain):
            count = _COUNTS.get(found[1]) or int(found[1])
            away = sign * count * (7 if found[2] == "week" else 1)
            return [here.today + timedelta(days=away)], cut(plain, found)
    if found := _WEEKDAY.search(plain):
        return [_near(here.today, found[1], ahead=ahead)], cut(plain, found)
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
    return fitting, cut(rest, found)


def cut(plain: str, found: re.Match[str]) -> str:
    """What is left of *plain* without what was found."""
    return f"{plain[: found.start()]} {plain[found.end() :]}"


def not_understood() -> InvalidAnswerError:
    """The refusal of words that mean no time."""
    return InvalidAnswerError(
        _("That time was not understood. Nothing was changed."),
        _(
            "Write it like 2026-11-03 22:10, 3 Nov 2026, yesterday about 9, or "
            "between 9 pm and 11 pm. Or say that you don't know."
        ),
    )
