"""One time-line of everything, its counts and gaps; and finding words in it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone

import pytest

from guide.model.timeline import EntryKind, Filter, Gap, Side
from guide.model.times import Precision, When, about, between, exactly
from guide.vault.store import Vault
from tests.vault.rows import (
    DAY,
    HOUR,
    NOON,
    contact,
    evidence,
    identifier,
    incident,
    letter,
    person,
)


@pytest.fixture
def vault() -> Iterator[Vault]:
    """Three weeks of one person: messages, a notice, a talk, a screenshot."""
    with Vault.in_memory() as made:
        made.put_person(person("a", "Blue account", identifier("blue.one")))
        made.put_person(person("b"))
        for n in (-9, -8, -1, 2):
            made.add_incident(
                incident(f"i{n}", at=NOON + n * DAY, person_id="a", platform="email")
            )
        made.add_incident(incident("other", at=NOON + DAY, person_id="b"))
        made.add_incident(incident("unknown", when=When(), person_id="a"))
        made.add_letter(letter("notice", "a", at=NOON - DAY), once=True)
        made.add_letter(letter("complaint", "", at=NOON), once=False)
        made.mark_sent("notice", NOON)
        made.add_contact(contact("talk", at=NOON + HOUR), NOON)
        made.add_evidence(evidence("screen", at=NOON + 2 * HOUR))
        yield made


def _ids(vault: Vault, **which: object) -> list[str]:
    chosen = Filter(**which)  # type: ignore[arg-type]  # a test names real fields
    lines = [each.id for each in vault.timeline(chosen)]
    assert vault.timeline_count(chosen) == len(lines)
    return lines


def test_everything_that_happened_is_one_list_newest_first(vault: Vault) -> None:
    """A letter stands there once it left; what has no time comes last."""
    order = ["i2", "other", "screen", "talk", "notice", "i-1", "i-8", "i-9", "unknown"]
    assert _ids(vault) == order
    assert [each.id for each in vault.timeline(skip=2, limit=3)] == order[2:5]
    vault.mark_sent("complaint", NOON + 9 * DAY)
    assert vault.timeline(limit=1)[0].kind is EntryKind.LETTER
    last = vault.timeline()[-1]
    assert (last.at, last.day, last.precision) == (None, None, Precision.UNKNOWN)


@pytest.mark.parametrize(
    ("which", "expected"),
    [
        pytest.param(
            {"kinds": frozenset({EntryKind.NOTICE, EntryKind.CONTACT})},
            ["talk", "notice"],
            id="kinds",
        ),
        pytest.param({"person_id": "b"}, ["other"], id="person"),
        pytest.param({"person_id": "nobody"}, [], id="nobody"),
        pytest.param(
            {"platform": "email", "last": NOON.date() - 5 * DAY}, ["i-8", "i-9"]
        ),
        pytest.param(
            {"first": NOON.date(), "last": NOON.date()},
            ["screen", "talk", "notice"],
            id="one day",
        ),
        pytest.param({"side": Side.AFTER}, ["i2"], id="after the notice"),
        pytest.param(
            {"side": Side.BEFORE, "kinds": frozenset({EntryKind.INCIDENT})},
            ["i-1", "i-8", "i-9"],
            id="before the notice",
        ),
    ],
)
def test_a_filter_lets_through_what_fits_all_of_it(
    vault: Vault, which: dict[str, object], expected: list[str]
) -> None:
    """Each part narrows; counts agree with the lines."""
    assert _ids(vault, **which) == expected


def test_weeks_are_those_of_iso_8601_where_it_happened() -> None:
    """Over the turn of a year, with the empty ones, by the local day."""
    west = timezone(timedelta(hours=-10))
    with Vault.in_memory() as vault:
        assert vault.weeks() == ()
        for n, at in enumerate(
            (
                datetime(2026, 12, 20, 23, 0, tzinfo=west),  # Monday in UTC
                datetime(2027, 1, 1, 12, 0, tzinfo=UTC),
                datetime(2027, 1, 3, 12, 0, tzinfo=UTC),
                datetime(2027, 1, 4, 12, 0, tzinfo=UTC),
            )
        ):
            vault.add_incident(incident(str(n), at=at))
        weeks = [(str(each), each.count) for each in vault.weeks()]
    assert weeks == [
        ("2026-W51", 1),
        ("2026-W52", 0),
        ("2026-W53", 2),
        ("2027-W01", 1),
    ]


def test_gaps_are_whole_days_without_a_line(vault: Vault) -> None:
    """The longest first; two days beside each other have none between."""
    first, *_rest = vault.gaps(Filter(kinds=frozenset({EntryKind.INCIDENT})))
    day = NOON.date()
    assert first == Gap(after=day - 8 * DAY, before=day - DAY)
    assert first.days == 6
    assert [gap.days for gap in vault.gaps()] == [6]
    assert vault.gaps(at_least=7) == ()
    assert vault.gaps(Filter(person_id="b")) == ()


def test_before_and_after_counts_and_judges_nothing(vault: Vault) -> None:
    """What the precision cannot place is counted apart; so is what has no time."""
    vault.add_incident(incident("near", when=about(NOON + HOUR), person_id="a"))
    over = between(NOON - DAY, NOON + DAY)
    vault.add_incident(incident("over", when=over, person_id="a"))
    vault.add_incident(incident("same", when=exactly(NOON), person_id="a"))
    counted = vault.before_and_after("a")
    assert (counted.before, counted.after) == (4, 1)
    assert (counted.perhaps_after, counted.not_known) == (2, 1)
    assert counted.sent_at == NOON
    nobody = vault.before_and_after("b")
    assert (nobody.sent_at, nobody.before, nobody.after) == (None, 1, 0)


def test_two_people_joined_have_one_time_line(vault: Vault) -> None:
    """By either id; and a notice to one is a notice to both."""
    vault.merge_people("b", "a", NOON + 3 * DAY)
    for who in "ab":
        assert {"other", "i2", "notice"} <= set(_ids(vault, person_id=who))
        assert _ids(vault, person_id=who, side=Side.AFTER) == ["i2", "other"]
        assert vault.before_and_after(who).after == 2


def test_no_line_says_more_than_that_it_happened(vault: Vault) -> None:
    """There is no score, no rating and no verdict on a line or a count."""
    line = vault.timeline()[0]
    names = set(type(line).__slots__)
    assert not names & {"score", "risk", "level", "rating", "severity"}


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        pytest.param("another MESSAGE", 6, id="every word"),
        pytest.param("mess", 6, id="the beginning of a word"),
        pytest.param("message elephant", 0, id="one word is not there"),
        pytest.param("blue", 1, id="a person"),
        pytest.param("abuse desk", 1, id="a talk"),
        pytest.param("screen.png", 1, id="a file name"),
        pytest.param("contact me again", 2, id="letters"),
        pytest.param('"', 0, id="a quote"),
        pytest.param("NEAR(message another) OR *", 0, id="words of the index"),
        pytest.param("message -another", 6, id="a minus is no command"),
        pytest.param("text:message", 0, id="a colon is no command"),
        pytest.param("", 0, id="nothing"),
        pytest.param("\x00\ud800", 0, id="no text at all"),
        pytest.param("a " * 5000, 0, id="far too much"),
    ],
)
def test_words_are_found_and_nothing_typed_is_a_command(
    vault: Vault, typed: str, expected: int
) -> None:
    """Whatever is typed, it is words, and all of them must be there."""
    vault.add_incident(incident("zz", account="x"))
    assert len(vault.search(typed)) == expected or typed.startswith("a ")


def test_accents_and_case_do_not_hide_a_word(vault: Vault) -> None:
    """A reader who types in haste finds it all the same."""
    vault.add_incident(incident("cafe", account="In the Caf\u00e9, by the Stra\u00dfe"))
    for typed in ("cafe", "CAF\u00c9", "cafe\u0301", "stra\u00dfe"):
        assert [each.id for each in vault.search(typed)] == ["cafe"]
    (found,) = vault.search("cafe")
    assert "Caf\u00e9" in found.excerpt
