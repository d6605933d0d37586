"""Moments, days and numbers as they are told, the same everywhere. Pure."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta

from guide.model.times import Precision, When
from guide.words import _

_LAST_MINUTE = time(23, 59)


def months() -> tuple[str, ...]:
    """The names of the months."""
    return (
        *(_("January"), _("February"), _("March"), _("April"), _("May"), _("June")),
        *(_("July"), _("August"), _("September"), _("October"), _("November")),
        _("December"),
    )


def short_months() -> tuple[str, ...]:
    """The names of the months as lists show them, for lists are narrow."""
    named = _("Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec").split()
    return (*named,) if len(named) == len(months()) else months()


def weekdays() -> tuple[str, ...]:
    """The names of the days, Monday first."""
    return (
        *(_("Monday"), _("Tuesday"), _("Wednesday"), _("Thursday"), _("Friday")),
        *(_("Saturday"), _("Sunday")),
    )


def the_day(day: date) -> str:
    """A day with its name, so that a wrong one is noticed.

    >>> the_day(date(2026, 11, 3))
    'Tuesday 3 November 2026'
    """
    return _("{weekday} {day} {month} {year}").format(
        weekday=weekdays()[day.weekday()],
        day=day.day,
        month=months()[day.month - 1],
        year=day.year,
    )


def long_day(day: date) -> str:
    """A day as no country can misread it.

    >>> long_day(date(2026, 11, 3))
    '3 November 2026'
    """
    return _("{day} {month} {year}").format(
        day=day.day, month=months()[day.month - 1], year=day.year
    )


def the_month(day: date) -> str:
    """The month that *day* is in.

    >>> the_month(date(2026, 11, 3))
    'November 2026'
    """
    return _("{month} {year}").format(month=months()[day.month - 1], year=day.year)


def short_day(day: date) -> str:
    """A day as lists show it, always as wide.

    >>> short_day(date(2026, 11, 3))
    '03 Nov 2026'
    """
    return _("{day:02} {short_month} {year}").format(
        day=day.day, short_month=short_months()[day.month - 1], year=day.year
    )


def the_minute(at: datetime) -> str:
    """A moment to the minute, with its zone."""
    return _("{day}, {time} ({zone})").format(
        day=the_day(at.date()), time=f"{at:%H:%M}", zone=the_zone(at)
    )


def the_zone(at: datetime) -> str:
    """The offset of *at* from UTC (RFC 3339), as people write it.

    >>> from datetime import UTC
    >>> the_zone(datetime(2026, 1, 1, tzinfo=UTC))
    'UTC'
    """
    minutes = int((at.utcoffset() or timedelta()).total_seconds() // 60)
    hours, rest = divmod(abs(minutes), 60)
    sign = "+" if minutes >= 0 else "-"
    return f"UTC{sign}{hours}{f':{rest:02}' if rest else ''}" if minutes else "UTC"


def is_whole_day(when: When) -> bool:
    """Whether only the day is known."""
    if not when.start or not when.end or when.precision is not Precision.RANGE:
        return False
    times = (when.start.time(), when.end.time())
    return times == (time(0), _LAST_MINUTE) and when.start.date() == when.end.date()


def in_words(when: When) -> str:
    """A time as well as it is known, in whole words."""
    if when.start is None:
        return _("not known")
    if is_whole_day(when):
        words = _("{day}, some time that day ({zone})")
        return words.format(day=the_day(when.start.date()), zone=the_zone(when.start))
    told = the_minute(when.start)
    if when.end:
        return _("between {start} and {end}").format(
            start=told, end=the_minute(when.end)
        )
    if when.precision is Precision.ABOUT:
        return _("about {time}").format(time=told)
    return told


def in_short(when: When) -> str:
    """A time as lists show it."""
    if when.start is None:
        return _("time not known")
    day = short_day(when.start.date())
    if is_whole_day(when):
        return day
    if when.end and when.end.date() != when.start.date():
        return f"{day} - {short_day(when.end.date())}"
    if when.precision is Precision.ABOUT:
        return _("{day} about {time}").format(day=day, time=f"{when.start:%H:%M}")
    end = f"-{when.end:%H:%M}" if when.end else ""
    return f"{day} {when.start:%H:%M}{end}"


def one_decimal(number: float) -> str:
    """A number with one digit behind the point, or what stands for the point.

    >>> one_decimal(2)
    '2.0'
    """
    # Translators: how one and a half is written: in many languages, with a comma
    found = re.fullmatch(r"1(\D)5", _("1.5"))
    return f"{number:.1f}".replace(".", found[1] if found else ".")


def whole_number(number: int) -> str:
    """A number with its thousands apart, by the sign that the language has there.

    >>> whole_number(1234567)
    '1,234,567'
    """
    # Translators: how one thousand is written, if with a point, a space or no sign
    found = re.fullmatch(r"1(\D?)000", _("1,000"))
    return f"{number:,}".replace(",", found[1] if found else ",")
