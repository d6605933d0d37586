"""Emergency numbers and help lines: what ships is right, and faults are told."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest

from guide.library.contacts import read_emergency, read_help_lines
from guide.library.months import stale
from guide.model.contacts import EmergencyNumbers, HelpLine, Show, Topic

DATA = Path(__file__).parents[2] / "content" / "data"


def shipped(name: str) -> dict[str, object]:
    return tomllib.loads((DATA / name).read_text(encoding="utf-8"))


EMERGENCY, EMERGENCY_PROBLEMS = read_emergency(shipped("emergency.toml"))
LINES, LINE_PROBLEMS = read_help_lines(shipped("helplines.toml"))
ENTRIES: tuple[EmergencyNumbers | HelpLine, ...] = (*EMERGENCY, *LINES)


def digits(number: str) -> str:
    return re.sub(r"[^0-9*#]", "", number)


def numbers_of(entry: EmergencyNumbers | HelpLine) -> tuple[str, ...]:
    if isinstance(entry, HelpLine):
        return tuple(number for number in (entry.number, *entry.more_numbers) if number)
    numbers = (*(each.number for each in entry.numbers), entry.non_emergency)
    return tuple(number for number in numbers if number)


def test_the_shipped_files_hold_no_problem() -> None:
    assert (EMERGENCY_PROBLEMS, LINE_PROBLEMS) == ((), ())


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda each: each.name)
def test_every_entry_says_when_and_where_it_was_checked(
    entry: EmergencyNumbers | HelpLine,
) -> None:
    assert re.fullmatch(r"20\d\d-\d\d", entry.checked)
    assert entry.source.startswith("facts ")
    assert entry.confidence in ("high", "medium")


def test_many_countries_have_an_emergency_number_and_a_line_shown_as_is() -> None:
    as_is = {line.country for line in LINES if line.show is Show.AS_IS}
    assert len(as_is & {entry.country for entry in EMERGENCY}) >= 12


def test_no_id_and_no_number_of_a_country_ships_twice() -> None:
    assert len({line.id for line in LINES}) == len(LINES)
    numbers = [(line.country, digits(n)) for line in LINES for n in numbers_of(line)]
    assert sorted(set(numbers)) == sorted(numbers)


def test_every_line_of_medium_confidence_says_check_first() -> None:
    medium = [line for line in LINES if line.confidence == "medium"]
    assert {line.show for line in medium} == {Show.CHECK_FIRST}
    notes = [entry.note for entry in EMERGENCY if entry.confidence == "medium"]
    assert all("first" in note for note in notes)


def test_each_topic_has_a_line_to_show() -> None:
    assert {topic for line in LINES for topic in line.topics} == set(Topic)


def test_numbers_hold_only_what_a_telephone_has() -> None:
    numbers = [n for entry in ENTRIES for n in numbers_of(entry)]
    assert [n for n in numbers if not re.fullmatch(r"[0-9 +*#()-]+", n)] == []


# Typed again from the sources, one by one, never copied from the files.
@pytest.mark.parametrize(
    ("country", "expected"),
    [
        ("AU", ["000", "112", "106"]),
        ("BR", ["190"]),
        ("CH", ["112", "117"]),
        ("DE", ["112"]),
        ("ES", ["112"]),
        ("FR", ["112", "17"]),
        ("GB", ["999", "112", "101"]),
        ("IE", ["999", "112"]),
        ("IN", ["112"]),
        ("JP", ["110", "119", "#9110"]),
        ("KR", ["112"]),
        ("MX", ["911"]),
        ("NZ", ["111", "105"]),
        ("PK", ["15"]),
        ("TR", ["112"]),
        ("UA", ["102", "112"]),
        ("US", ["911"]),
        ("ZA", ["10111", "112"]),
    ],
)
def test_the_emergency_numbers_are_the_right_ones(
    country: str, expected: list[str]
) -> None:
    (entry,) = [entry for entry in EMERGENCY if entry.country == country]
    assert [digits(number) for number in numbers_of(entry)] == expected


@pytest.mark.parametrize(
    ("line_id", "expected"),
    [
        ("us-ndvh", "18007997233"),
        ("us-988", "988"),
        ("us-rainn", "18006564673"),
        ("us-ccri", "8448782274"),
        ("us-ncmec", "18008435678"),
        ("ca-kidshelpphone", "18006686868"),
        ("gb-stalking", "08088020300"),
        ("gb-samaritans", "116123"),
        ("gb-refuge", "08082000247"),
        ("gb-images", "03456000459"),
        ("gb-childline", "08001111"),
        ("ie-womensaid", "1800341900"),
        ("ie-samaritans", "116123"),
        ("au-1800respect", "1800737732"),
        ("au-lifeline", "131114"),
        ("nz-1737", "1737"),
        ("nz-womensrefuge", "0800733843"),
        ("de-hilfetelefon", "116016"),
        ("at-frauenhelpline", "0800222555"),
        ("be-ecoute", "080030030"),
        ("br-180", "180"),
        ("es-016", "016"),
        ("fr-3018", "3018"),
        ("fr-3919", "3919"),
        ("in-ncw", "14490"),
        ("it-1522", "1522"),
        ("jp-dvsoudan", "0120279889"),
        ("ke-1195", "1195"),
        ("kr-1366", "1366"),
        ("my-wao", "0330008858"),
        ("nl-veiligthuis", "08002000"),
        ("pk-drf", "080039393"),
        ("ro-line", "0800500333"),
        ("sg-navh", "18007770000"),
        ("tr-morcati", "02122925231"),
        ("ua-1547", "1547"),
        ("za-gbv", "0800428428"),
    ],
)
def test_the_help_lines_have_the_right_numbers(line_id: str, expected: str) -> None:
    (line,) = [line for line in LINES if line.id == line_id]
    assert digits(line.number) == expected


COUNTRY: Mapping[str, object] = {
    "name": "Nowhere",
    "numbers": [{"number": "112", "for": "police"}],
    "checked": "2026-11",
    "source": "facts 1.6",
    "confidence": "high",
}
LINE: Mapping[str, object] = {
    "id": "nz-line",
    "country": "NZ",
    "name": "A line",
    "for": "Anyone",
    "number": "0800 123",
    "hours": "hours vary",
    "topics": ["stalking"],
    "checked": "2026-11",
    "source": "facts 6.2",
    "confidence": "high",
    "show": "as is",
}


def file_of(*lines: object) -> dict[str, object]:
    return {"countries": {"NZ": "New Zealand"}, "line": list(lines)}


def test_a_country_is_read_whole() -> None:
    (entry,), problems = read_emergency({"NZ": {**COUNTRY, "silent": "Press 55."}})
    assert problems == ()
    assert (entry.country, entry.name, entry.silent) == ("NZ", "Nowhere", "Press 55.")
    assert [(each.number, each.who_for) for each in entry.numbers] == [
        ("112", "police")
    ]


def test_a_line_is_read_whole() -> None:
    more = {"more_numbers": ["111 222"], "chat": "example.org/chat"}
    (line,), problems = read_help_lines(file_of({**LINE, **more}))
    assert problems == ()
    assert (line.country_name, line.who_for) == ("New Zealand", "Anyone")
    assert (line.more_numbers, line.chat) == (("111 222",), "example.org/chat")
    assert line.topics == (Topic.STALKING,)


FAULTS = [
    pytest.param({"confidence": "low"}, "confidence is low", id="low confidence"),
    pytest.param({"confidence": ""}, "“confidence” is missing", id="no confidence"),
    pytest.param({"confidence": "sure"}, "cannot be “sure”", id="odd confidence"),
    pytest.param({"checked": ""}, "“checked” is missing", id="no date"),
    pytest.param({"checked": "2026-13"}, "“2026-13”", id="no such month"),
    pytest.param({"checked": 2026}, "not a text", id="a date that is a number"),
    pytest.param({"source": ""}, "“source” is missing", id="no source"),
    pytest.param({"name": "  "}, "“name” is missing", id="an empty name"),
]


@pytest.mark.parametrize(
    ("change", "told"),
    [
        *FAULTS,
        pytest.param({"numbers": []}, "“numbers” is missing", id="no numbers"),
        pytest.param({"numbers": "112"}, "not a list", id="numbers without a list"),
        pytest.param({"numbers": ["112"]}, "not a table", id="a bare number"),
        pytest.param(
            {"numbers": [{"number": "one", "for": "x"}]}, "“one”", id="letters"
        ),
        pytest.param({"confidence": "medium"}, "without a note", id="no note"),
        pytest.param({"non_emergency": "x"}, "“x”", id="odd other number"),
    ],
)
def test_a_doubtful_country_is_told_and_left_out(
    change: Mapping[str, object], told: str
) -> None:
    found, problems = read_emergency({"NZ": {**COUNTRY, **change}})
    assert found == ()
    assert any(told in problem and "NZ" in problem for problem in problems)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        *FAULTS,
        pytest.param({"confidence": "medium"}, "Only high confidence", id="as is"),
        pytest.param({"show": "hide"}, "cannot be “hide”", id="odd show"),
        pytest.param({"topics": []}, "“topics” is missing", id="no topic"),
        pytest.param({"topics": ["cats"]}, "cannot be “cats”", id="odd topic"),
        pytest.param({"topics": ["men", 7]}, "Use quotes", id="a topic of digits"),
        pytest.param({"country": "ZZ"}, "has no name", id="unknown country"),
        pytest.param({"country": "nz"}, "two capital letters", id="small letters"),
        pytest.param({"number": ""}, "no way to reach it", id="no way to reach it"),
        pytest.param({"number": "0800-HELP"}, "“0800-HELP”", id="letters"),
        pytest.param({"more_numbers": ["x"]}, "“x”", id="more letters"),
        pytest.param({"chat": "https://example.org"}, "“chat”", id="a scheme"),
        pytest.param({"email": "example.org"}, "“email”", id="no at sign"),
        pytest.param({"id": "NZ line"}, "“id”", id="odd id"),
        pytest.param({"hours": ""}, "“hours” is missing", id="no hours"),
    ],
)
def test_a_doubtful_line_is_told_and_left_out(
    change: Mapping[str, object], told: str
) -> None:
    found, problems = read_help_lines(file_of({**LINE, **change}))
    assert found == ()
    assert any(told in problem for problem in problems)


def test_an_unknown_key_is_told_with_the_one_that_was_meant() -> None:
    lines, problems = read_help_lines(file_of({**LINE, "languges": "English"}))
    assert [line.id for line in lines] == ["nz-line"]
    assert "Did you mean “languages”?" in problems[0]
    _, problems = read_emergency({"NZ": {**COUNTRY, "xyzzy": "English"}})
    assert "“xyzzy” is not a known key" in problems[0]


def test_a_second_line_with_the_same_id_is_told_and_left_out() -> None:
    lines, problems = read_help_lines(file_of(LINE, {**LINE, "name": "Another"}))
    assert [line.name for line in lines] == ["A line"]
    assert "used twice" in problems[0]


@pytest.mark.parametrize(
    "table",
    [{"NZ": 1}, {"NZ": []}, {"line": 1}, {"line": [1]}, {"line": [{}], "countries": 1}],
    ids=str,
)
def test_nonsense_is_told_and_never_raises(table: dict[str, object]) -> None:
    for found, problems in (read_emergency(table), read_help_lines(table)):
        assert found == ()
        assert problems


@pytest.mark.parametrize(
    ("checked", "expected"),
    [
        pytest.param("2026-11", False, id="this month"),
        pytest.param("2025-11", False, id="twelve months"),
        pytest.param("2025-10", True, id="thirteen months"),
        pytest.param("soon", True, id="not a month"),
    ],
)
def test_a_check_goes_stale_after_twelve_months(checked: str, expected: bool) -> None:
    assert stale(checked, date(2026, 11, 30)) is expected
