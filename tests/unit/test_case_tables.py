"""The log as CSV and JSON, read back as other programs read them."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace

import pytest

from guide.export.tables import log_csv, log_json
from guide.model.case import Case, Part
from tests.unit.case_samples import WHOLE

RISKY = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "\uff1d1"]


def rows_of(case: Case) -> list[dict[str, str]]:
    text = log_csv(case).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def with_account(text: str) -> Case:
    told = replace(WHOLE.incidents[0].incident, account=text)
    return replace(WHOLE, incidents=(replace(WHOLE.incidents[0], incident=told),))


def test_the_csv_has_a_row_for_each_incident() -> None:
    data = log_csv(WHOLE)
    assert data.startswith(b"\xef\xbb\xbf")
    assert data.endswith(b"\r\n")
    rows = rows_of(WHOLE)
    assert [row["label"] for row in rows] == ["I-001", "I-002", "I-003", "I-004"]
    first = rows[0]
    assert first["start"] == "2026-11-03T22:10:00+01:00"
    assert first["witnesses"] == "a neighbour\nmy sister"
    assert first["what_happened"] == WHOLE.incidents[0].incident.account
    assert first["apostrophe_added"] == ""


@pytest.mark.parametrize("text", RISKY)
def test_no_cell_is_run_as_a_formula_and_each_change_is_named(text: str) -> None:
    (row,) = rows_of(with_account(text))
    assert row["what_happened"] == f"'{text}"
    assert row["apostrophe_added"] == "what_happened"
    for value in row.values():
        assert not value.startswith(tuple("=+-@\t\r\n\uff1d"))


@pytest.mark.parametrize(
    "text", ['"', ",", "a\r\nb", "'=1", " =1", "\ud800", "\0", ";"]
)
def test_other_words_come_back_as_they_were(text: str) -> None:
    (row,) = rows_of(with_account(text))
    assert row["what_happened"] == text.replace("\ud800", "\ufffd")
    assert row["apostrophe_added"] == ""
    told = json.loads(log_json(with_account(text)))
    assert told["incidents"][0]["what_happened"] == text


def test_the_json_holds_the_whole_log() -> None:
    told = json.loads(log_json(WHOLE))
    assert list(told) == [
        "form",
        "title",
        "made_at",
        "journal_head",
        "public_key",
        "redacted",
        "incidents",
        "contacts",
        "letters",
        "exhibits",
    ]
    counts = {name: len(told[name]) for name in list(told)[-4:]}
    assert counts == {"incidents": 4, "contacts": 1, "letters": 1, "exhibits": 4}
    assert told["incidents"][0]["exhibits"] == ["E-001", "E-002"]
    assert told["incidents"][3]["start"] is None
    assert told["exhibits"][0]["custody"][4]["what"] == "handed over"
    assert told["exhibits"][0]["sha256"] == WHOLE.exhibits[0].evidence.sha256


def test_the_keys_are_those_that_the_docstring_names() -> None:
    told = json.loads(log_json(WHOLE))
    documented = str(log_json.__doc__)
    for key in told["incidents"][0]:
        assert f"``{key}``" in documented
    assert list(rows_of(WHOLE)[0])[:-1] == list(told["incidents"][0])


@pytest.mark.parametrize(
    ("part", "name"),
    [
        (Part.LOG, "incidents"),
        (Part.CONTACTS, "contacts"),
        (Part.LETTERS, "letters"),
        (Part.EXHIBITS, "exhibits"),
    ],
)
def test_a_part_that_is_not_chosen_is_not_there(part: Part, name: str) -> None:
    told = json.loads(log_json(replace(WHOLE, parts=frozenset(Part) - {part})))
    assert told[name] == []
    if part is Part.LOG:
        assert rows_of(replace(WHOLE, parts=frozenset())) == []


def test_what_stays_behind_is_not_there() -> None:
    for data in (log_csv(WHOLE), log_json(WHOLE)):
        assert b"E-009" not in data


def test_the_same_case_is_the_same_bytes() -> None:
    assert log_csv(WHOLE) == log_csv(WHOLE)
    assert log_json(WHOLE) == log_json(WHOLE)
