"""``guide check --strict``: nothing is taken on trust; the shipped pages pass it."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from guide.actions import checking
from guide.actions.checking import check_content, explain
from guide.library.lint import CHECKS, STRICT
from guide.library.lint.reading import why_not
from guide.library.loader import content_root
from tests.content.small_packs import END, LAST, LETTER, lettered, write_pack
from tests.unit.test_cli import run

TODAY = date(2026, 11, 20)
KNOWN = 'checked = "2026-11"\nsource = "facts 1"\nconfidence = "high"\n'
NEW = "data/new_list.toml"  # a file that no check knows


def strict(root: Path) -> list[tuple[str, str, int]]:
    """What only the strict check finds there."""
    usual = set(check_content(TODAY, root).findings)
    found = set(check_content(TODAY, root, strictly=True).findings) - usual
    return [(each.code, each.path, each.line) for each in sorted(found)]


def doubts(root: Path) -> list[tuple[str, str, int]]:
    """The same, whether or not textstat is here."""
    return [each for each in strict(root) if each[0] != "S101"]


def test_the_shipped_content_passes() -> None:
    found = check_content(TODAY, content_root(), strictly=True).findings
    assert [str(each) for each in found if each.code != "S101"] == []
    assert bool(why_not()) == any(each.code == "S101" for each in found)


def test_a_sound_pack_passes(tmp_path: Path) -> None:
    assert doubts(write_pack(tmp_path, {NEW: f'[[entry]]\nname = "A"\n{KNOWN}'})) == []


@pytest.mark.parametrize(
    "entry",
    [
        pytest.param(KNOWN.replace('checked = "2026-11"\n', ""), id="undated"),
        pytest.param(KNOWN.replace("2026-11", "last year"), id="no month"),
        pytest.param(KNOWN.replace("2026-11", "2026-13"), id="a month there is not"),
        pytest.param(KNOWN.replace('source = "facts 1"\n', ""), id="no source"),
        pytest.param(KNOWN.replace("facts 1", "  "), id="an empty source"),
        pytest.param(KNOWN.replace("high", "low"), id="low confidence"),
        pytest.param(KNOWN.replace("high", "none"), id="a guess"),
        pytest.param(KNOWN.replace('confidence = "high"\n', ""), id="no confidence"),
    ],
)
@pytest.mark.parametrize(
    ("head", "line"),
    [
        pytest.param(
            f'# A list\n[[entry]]\nname = "A"\n{KNOWN}\n[[entry]]\n', 8, id="a"
        ),
        pytest.param(f"[A]\n{KNOWN}\n[B]\n", 6, id="by name"),
    ],
)
def test_a_doubtful_entry_is_found_in_its_line(
    tmp_path: Path, head: str, line: int, entry: str
) -> None:
    root = write_pack(tmp_path, {NEW: f'{head}name = "B"\n{entry}'})
    assert doubts(root) == [("S102", NEW, line)]


def test_names_of_names_need_no_month(tmp_path: Path) -> None:
    """A country's name in its language, and another guide's link, do not age."""
    files = {"data/aliases.toml": '[umbrella]\n"a/b" = "s-end"\n'}
    assert doubts(write_pack(tmp_path, files)) == []


@pytest.mark.parametrize(
    ("path", "files"),
    [
        pytest.param(LAST, {LAST: END.replace("2026-11", "2026-12")}, id="a page"),
        pytest.param(
            LETTER,
            {
                name: text.replace("2026-11", "2027-01") if name == LETTER else text
                for name, text in lettered(
                    "Subject: A\n\nB.", "audience: person"
                ).items()
            },
            id="a letter",
        ),
        pytest.param(
            NEW,
            {NEW: f'[[entry]]\nname = "A"\n{KNOWN.replace("2026-11", "2062-11")}'},
            id="an entry",
        ),
    ],
)
def test_a_month_to_come_is_found(
    tmp_path: Path, path: str, files: dict[str, str]
) -> None:
    root = write_pack(tmp_path, files)
    lines = (root / path).read_text("utf-8").split("\n")
    dated = ("reviewed: ", "checked = ")
    line = next(n for n, text in enumerate(lines, 1) if text.startswith(dated))
    assert doubts(root) == [("S103", path, line)]


def test_what_was_not_looked_at_is_a_finding(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without it, "0 problems" would say too much. The usual check only notes it."""
    monkeypatch.setattr(checking, "why_not", lambda: "Reading level: left out.")
    root = write_pack(tmp_path, {})
    usual, strictly = (check_content(TODAY, root, strictly=s) for s in (False, True))
    assert (usual.findings, usual.notes) == ((), ("Reading level: left out.",))
    assert [str(each) for each in strictly.findings] == [
        "pack.toml:1: S101 Reading level: left out. "
        "Install what the sentence names, and check again."
    ]
    assert strictly.notes == ()


@pytest.mark.parametrize(
    ("code", "files"),
    [
        pytest.param("C505", {LAST: END.replace("2026-11", "2025-10")}, id="old"),
        pytest.param("C506", {LAST: END.replace("2026-11", "soon")}, id="undated"),
        pytest.param("D103", {NEW: KNOWN.replace("2026", "2024")}, id="an old entry"),
    ],
)
def test_what_is_old_or_undated_is_found_without_it(
    tmp_path: Path, code: str, files: dict[str, str]
) -> None:
    root = write_pack(tmp_path, files)
    assert code in {each.code for each in check_content(TODAY, root).findings}


@pytest.mark.parametrize("code", STRICT)
def test_every_strict_code_is_explained(code: str) -> None:
    known = STRICT[code]
    said = explain(code.lower())
    assert all(part in said for part in (code, known.title, known.means, known.mend))
    assert code not in CHECKS


def test_the_codes_are_those_that_are_shown_here() -> None:
    assert list(STRICT) == ["S101", "S102", "S103"]


def test_a_shell_asks_for_it_by_name(tmp_path: Path) -> None:
    root = write_pack(tmp_path / "pack", {NEW: '[[entry]]\nname = "A"\n'})
    usual = run(tmp_path / "home", "check", str(root), "--json")
    strictly = run(tmp_path / "home", "check", str(root), "--json", "--strict")
    assert "S102" not in usual.stdout
    assert "S102" in {each["code"] for each in json.loads(strictly.stdout)}
    assert strictly.returncode == 3
