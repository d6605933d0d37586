"""Times as people type them; nothing is guessed silently."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guide.actions.understanding import MOST_READINGS, Here, a_day, understood
from guide.model.problems import InvalidAnswerError
from guide.model.telling import in_short, in_words

NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)  # a Friday
HERE = Here(now=NOON)


@pytest.fixture(autouse=True)
def _in_utc(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("TZ", "UTC")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.mark.parametrize(
    ("typed", "readings"),
    [
        pytest.param("2026-11-03", ["03 Nov 2026"], id="a day"),
        pytest.param("3 Nov 2026", ["03 Nov 2026"], id="a day in letters"),
        pytest.param("Nov 3rd, 2026", ["03 Nov 2026"], id="month first"),
        pytest.param("tuesday 3 november 2026", ["03 Nov 2026"], id="with its name"),
        pytest.param("3 Nov", ["03 Nov 2026"], id="no year"),
        pytest.param("31 Dec", ["31 Dec 2025"], id="no year, the last one"),
        pytest.param("today", ["20 Nov 2026"], id="today"),
        pytest.param("yesterday", ["19 Nov 2026"], id="yesterday"),
        pytest.param("2 days ago", ["18 Nov 2026"], id="days ago"),
        pytest.param("Monday", ["16 Nov 2026"], id="a day of the week"),
        pytest.param("last Friday", ["13 Nov 2026"], id="the same day, a week ago"),
        pytest.param("22:10", ["19 Nov 2026 22:10"], id="a time that is past"),
        pytest.param("09:30", ["20 Nov 2026 09:30"], id="a time of today"),
        pytest.param("3 Nov 2026 22:10", ["03 Nov 2026 22:10"], id="both"),
        pytest.param("2026-11-03T22:10", ["03 Nov 2026 22:10"], id="RFC 3339"),
        pytest.param("yesterday at 9pm", ["19 Nov 2026 21:00"], id="pm"),
        pytest.param("yesterday 9 in the evening", ["19 Nov 2026 21:00"], id="part"),
        pytest.param("yesterday noon", ["19 Nov 2026 12:00"], id="noon"),
        pytest.param(
            "about 9",
            ["20 Nov 2026 about 09:00", "19 Nov 2026 about 21:00"],
            id="morning or evening",
        ),
        pytest.param(
            "03/11/2026", ["03 Nov 2026", "11 Mar 2026"], id="which is the month"
        ),
        pytest.param("13/11/2026", ["13 Nov 2026"], id="one cannot be the month"),
        pytest.param(
            "yesterday between 9 pm and 11 pm",
            ["19 Nov 2026 21:00-23:00"],
            id="a range",
        ),
        pytest.param(
            "between 9 and 11 pm yesterday",
            ["19 Nov 2026 21:00-23:00"],
            id="a range, the other way",
        ),
        pytest.param(
            "from 3 Nov to 5 Nov", ["03 Nov 2026 - 05 Nov 2026"], id="some days"
        ),
    ],
)
def test_what_is_typed_has_these_readings(typed: str, readings: list[str]) -> None:
    assert [in_short(when) for when in understood(typed, HERE)] == readings


@pytest.mark.parametrize(
    "typed",
    [
        *("", "  ", "some day", "2026-02-30", "3 Nov 2026 25:99", "32 Nov 2026"),
        *("0001-01-01", "9999-12-31", "monday 3 nov 2026", "3 Nov 2026 or so, maybe"),
        *("a" * 100_000, "1 " * 50_000, "\x00", "22:10 22:11", "[b]today[/b]"),
    ],
)
def test_what_is_not_understood_is_refused(typed: str) -> None:
    with pytest.raises(InvalidAnswerError):
        understood(typed, HERE)


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("tomorrow", date(2026, 11, 21)),
        ("in 2 weeks", date(2026, 12, 4)),
        ("Monday", date(2026, 11, 23)),
        ("3 Nov", date(2027, 11, 3)),
        ("2026-12-01", date(2026, 12, 1)),
    ],
)
def test_a_day_to_ask_again_lies_ahead(typed: str, day: date) -> None:
    assert a_day(typed, HERE, ahead=True) == (day,)


def test_an_hour_that_came_twice_has_two_readings() -> None:
    london = Here(now=NOON, zone=ZoneInfo("Europe/London"), name="Europe/London")
    found = understood("2026-10-25 01:30", london)
    assert [in_words(when) for when in found[:2]] == [
        "Sunday 25 October 2026, 01:30 (UTC+1)",
        "Sunday 25 October 2026, 01:30 (UTC)",
    ]
    assert {when.zone for when in found} == {"Europe/London"}


def test_the_words_stay_as_they_were_typed() -> None:
    assert understood("  Yesterday about 9 PM ", HERE)[0].words == (
        "Yesterday about 9 PM"
    )


_PARTS = st.sampled_from(
    [
        *("3", "nov", "2026", "22:10", "about", "between", "and", "yesterday", "to"),
        *("9", "pm", "monday", "in", "the", "morning", "/", "-", "ago", "2", "days"),
    ]
)


@given(st.one_of(st.text(max_size=60), st.lists(_PARTS, max_size=8).map(" ".join)))
def test_anything_typed_is_understood_or_refused(typed: str) -> None:
    try:
        found = understood(typed, HERE)
    except InvalidAnswerError:
        return
    assert 0 < len(found) <= MOST_READINGS
    assert all(when.start is not None and in_words(when) for when in found)
