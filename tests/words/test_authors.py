"""What the guide says to those who write pages is translated, too."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from guide.actions.checking import check_content
from guide.library.contacts import read_emergency, read_help_lines
from guide.library.front_matter import FrontMatterError, load
from guide.library.lint import STRICT, reading
from guide.library.lint.translated import TRANSLATED
from guide.library.loader import content_root
from guide.library.reading import UnusableFileError, read_toml
from guide.library.tables import read_table
from guide.model.conditions import Condition, ConditionError
from guide.model.problems import Finding
from tests.content.faulty_flow import FLOW, WORDING
from tests.content.faulty_letters import DATA, LETTERS
from tests.content.faulty_names import LINKS, READING, RULES
from tests.content.small_packs import (
    FIRST,
    LAST,
    LETTER,
    SOUND,
    Case,
    letter,
    page,
    write_pack,
)
from tests.content.test_shipped_content import BREAKS, RECORDS, TELL
from tests.words.of_authors import OF_READERS, is_said, plain, words_of
from tests.words.pseudo import catalogue, pseudo, spoken, write

TODAY = date(2026, 11, 20)
CASES = (*READING, *LINKS, *RULES, *FLOW, *WORDING, *DATA, *LETTERS)
WHOLE = {"C601", "C602", "C603", "C604", "C605", "C606", "C607", "C608"}


@pytest.fixture(scope="module", autouse=True)
def foreign(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    folder = tmp_path_factory.mktemp("locale")
    write(folder, catalogue())
    with spoken(folder):
        yield


@pytest.mark.parametrize(
    ("said", "whole"),
    [
        (pseudo("There is no key '{key}'.").format(key="xy"), True),
        (f"NZ: {pseudo('Kept.')}", True),
        ("There is no key.", False),
        (f"{pseudo('Kept')} and more.", False),
        (pseudo("It {how}.").format(how="is lost"), False),
    ],
)
def test_what_is_left_out_is_seen(said: str, whole: bool) -> None:
    assert is_said(said, "xy NZ") is whole


def ids(case: Case) -> str:
    return f"{case[0]} {case[1]} {case[2]}".strip()


@pytest.mark.parametrize("case", CASES, ids=ids)
def test_a_finding_is_translated(tmp_path: Path, case: Case) -> None:
    root = write_pack(tmp_path, case[3])
    checked = check_content(TODAY, root)
    found = checked.findings
    assert case[0] in {each.code for each in found}
    parsed = OF_READERS if case[0] in ("C001", "L101") else ""
    assert plain(found, f"{words_of(root)} {parsed}") == []
    assert all(is_said(note, "") for note in checked.notes)


def test_the_promises_of_a_whole_guide_are_translated(tmp_path: Path) -> None:
    root = tmp_path / "content"
    shutil.copytree(content_root(), root)
    body = "A step. See the [help lines](help:)."
    (root / f"{TELL}/s-new.md").write_text(page(body, "kind: step"), "utf-8")
    for edit in BREAKS.values():
        text = (root / edit.path).read_text("utf-8")
        (root / edit.path).write_text(text.replace(edit.old, edit.new), "utf-8")
    (root / f"{RECORDS}/t-no-copy-minor.md").unlink()
    found = check_content(TODAY, root).findings
    assert {each.code for each in found} >= WHOLE
    assert plain(found, words_of(root)) == []


def test_a_translation_is_told_in_the_language_that_is_spoken(tmp_path: Path) -> None:
    lettered = letter(
        "Subject: Hi\n\n{{ name }}", "audience: police", "fields: [{id: a}]"
    )
    root = write_pack(tmp_path, {**SOUND, LETTER: lettered})
    assert (
        plain(check_content(TODAY, root, "fr").findings, words_of(root) + " fr") == []
    )
    mark = "translated_from: abc\n---\n"
    changes = {
        FIRST: ("{#this}", '{#these when="first is that"}'),
        LAST: ("help:", "https://example.com"),
        LETTER: ("name", "other"),
    }
    for path, (old, new) in changes.items():
        text = (root / path).read_text("utf-8").replace(old, new)
        place = root / path.replace("en/", "es/", 1)
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text.replace("why: It helps.\n---\n", mark), "utf-8")
    (root / "es/guide/1-a/s-odd.md").write_text((root / LAST).read_text("utf-8"))
    (root / "en/guide/1-a/s-new.md").write_text((root / LAST).read_text("utf-8"))
    found = check_content(TODAY, root, "es").findings
    assert {each.code for each in found} >= set(TRANSLATED)
    assert plain(found, words_of(root) + " abcdef " + hexes(found)) == []


def hexes(found: tuple[Finding, ...]) -> str:
    """The letters in the fingerprints that the findings name."""
    return " ".join(each.fix.rpartition(": ")[2] for each in found)


def test_what_is_looked_at_strictly_is_translated(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "_can_be_read", lambda: False)
    data = '[[entry]]\nname = "A"\n[[entry]]\nname = "B"\nchecked = "2027-01"\n'
    more = 'source = "s"\n[[entry]]\nname = "C"\nchecked = "2026-01"\n'
    root = write_pack(tmp_path, {"data/new.toml": f"{data}{more}"})
    found = check_content(TODAY, root, strictly=True).findings
    assert {each.code for each in found} >= set(STRICT)
    assert plain(found, words_of(root)) == []


ENTRIES: tuple[tuple[Callable[..., tuple[object, tuple[object, ...]]], object], ...] = (
    (read_emergency, {"nz": {"name": 1, "numbers": [{"numbr": "x"}]}, "AU": 3}),
    (read_emergency, {"NZ": {"confidence": "medium", "numbers": {}, "silent": []}}),
    (read_help_lines, {"line": [{}, {"id": "a", "country": "x", "show": "as is"}]}),
    (read_help_lines, {"line": [{"id": "A!", "confidence": "low", "topics": ["z"]}]}),
    (read_help_lines, {"line": [{"id": "a", "more_numbers": [1]}] * 2, "lines": 1}),
    (read_help_lines, {"line": [{}] * 2001}),
)


@pytest.mark.parametrize(("read", "table"), ENTRIES)
def test_a_fault_of_an_entry_is_translated(
    read: Callable[..., tuple[object, tuple[object, ...]]], table: object
) -> None:
    problems = read(table)[1]
    assert problems
    assert [each for each in map(str, problems) if not is_said(each, repr(table))] == []


def test_a_fault_of_a_list_is_translated() -> None:
    entry = {"id": "a", "status": "shut", "check_first": ["x"], "whoo": "y"}
    _entries, problems = read_table("services", {"service": [entry, entry, {}]})
    assert len(problems) > 10
    assert [each for each in map(str, problems) if not is_said(each, repr(entry))] == []


@pytest.mark.parametrize(
    "source",
    [
        *("", "a is", "a is not", "a has", "is", "(a", "a b", "a %", "(" * 40),
        *("not " * 40, "a and", "a is or", "a)"),
    ],
)
def test_a_fault_of_a_condition_is_one_sentence(source: str) -> None:
    with pytest.raises(ConditionError) as caught:
        Condition.parse(source)
    assert is_said(caught.value.told(pseudo("The condition")), source)


@pytest.mark.parametrize(
    "text",
    [
        *("a: &b c", "a: *b", "a: !!str b", "a: 1\na: 2", "? [a]\n: b", "- a"),
        *("[" * 20 + "]" * 20, "a" * 70_000, "a: [", "a: \x00"),
    ],
)
def test_a_fault_of_front_matter_is_translated(text: str) -> None:
    with pytest.raises(FrontMatterError) as caught:
        load(text)
    assert is_said(caught.value.what, f"{text[:9]} {OF_READERS}")


@pytest.mark.parametrize("text", ["a", "a" + ".a" * 40, "a = " + "[" * 2000])
def test_a_fault_of_a_table_is_translated(text: str) -> None:
    with pytest.raises(UnusableFileError) as caught:
        read_toml(text)
    assert is_said(caught.value.what, f"{text[:9]} {OF_READERS}")
    assert is_said(caught.value.fix, "")
