"""``guide check --lang``: what is missing, old or leads elsewhere in a translation."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from guide.actions.checking import check_content, explain
from guide.actions.journey import Journey
from guide.library.lint import CHECKS, STRICT
from guide.library.lint.translated import TRANSLATED, fingerprint
from guide.library.loader import Shelf
from guide.model.text import BlockKind
from tests.content.small_packs import FIRST, LAST, LETTER, SOUND, letter, write_pack
from tests.tui.screens import fresh_desk
from tests.unit.test_cli import run

TODAY = date(2026, 11, 20)
NOTE = letter(
    "Subject: Hi\n\nDear {{ name }}",
    "audience: police",
    "fields: [{id: name, label: Name}]",
)
PAGES = {**SOUND, LETTER: NOTE}


def put(root: Path, name: str, text: str) -> None:
    place = root / name.replace("en/", "es/", 1)
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text(text, encoding="utf-8")


def translate(root: Path, name: str, **words: str) -> None:
    """Copy *name*, say what it was made from, and put other words in."""
    text = (root / name).read_text(encoding="utf-8")
    for one, another in words.items():
        text = text.replace(one, another)
    mark = f"translated_from: {fingerprint(root / name)}"
    put(root, name, text.replace("---\n", f"---\n{mark}\n", 1))


def found(root: Path, lang: str = "es") -> list[tuple[str, str]]:
    usual = check_content(TODAY, root).findings
    checked = check_content(TODAY, root, lang).findings
    assert set(usual) <= set(checked)
    return [(x.code, x.path) for x in checked if x not in usual]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A small pack, the whole of it translated."""
    root = write_pack(tmp_path / "pack", PAGES)
    for name in (FIRST, LAST, LETTER):
        translate(root, name, **{"Which?": "¿Cuál?", "The end": "El fin"})
    return root


def in_es(name: str) -> str:
    return name.replace("en/", "es/", 1)


def test_a_whole_translation_is_no_finding(root: Path) -> None:
    assert found(root) == []
    assert found(root, "en") == []


def test_a_file_that_is_missing_is_named(root: Path) -> None:
    (root / in_es(LAST)).unlink()
    (root / in_es(LETTER)).unlink()
    assert found(root) == [("T101", LAST), ("T101", LETTER)]


@pytest.mark.parametrize("lang", ["fr", "../en", "pack.toml"])
def test_a_language_that_is_not_there_is_one_finding(root: Path, lang: str) -> None:
    assert found(root, lang) == [("T101", "pack.toml")]


def test_a_text_that_was_changed_since_is_old_in_the_translation(root: Path) -> None:
    with (root / LAST).open("a", encoding="utf-8") as file:
        file.write("\nOne thing more.\n")
    assert found(root) == [("T102", in_es(LAST))]


def test_a_text_that_was_only_looked_at_again_is_not_old(root: Path) -> None:
    text = (root / LAST).read_text(encoding="utf-8")
    (root / LAST).write_text(text.replace("2026-11", "2026-10"), encoding="utf-8")
    assert found(root) == []


def test_a_translation_that_names_no_text_may_be_old(root: Path) -> None:
    put(root, LAST, (root / LAST).read_text(encoding="utf-8"))
    assert found(root) == [("T102", in_es(LAST))]


@pytest.mark.parametrize(
    ("name", "one", "another"),
    [
        pytest.param(FIRST, "{#this}", "{#esto}", id="the id of an option"),
        pytest.param(FIRST, "(s-end.md) {#that}", "(q-first.md) {#that}", id="its way"),
        pytest.param(FIRST, "safer: s-end", "safer: q-first", id="the safer way"),
        pytest.param(LAST, "(help:)", "(help:US)", id="a link"),
        pytest.param(LAST, "kind: step", "kind: stop", id="its kind"),
        pytest.param(LETTER, "kind: letter", "kind: letter\ngate: g", id="a gate"),
        pytest.param(LETTER, "{{ name }}", "X", id="a blank"),
    ],
)
def test_what_is_no_word_is_the_same_in_every_language(
    root: Path, name: str, one: str, another: str
) -> None:
    """A letter that lost its gate on the way would be open to everybody."""
    translate(root, name, **{one: another})
    assert ("T103", in_es(name)) in found(root)


def test_a_translation_of_nothing_is_named(root: Path) -> None:
    put(root, "en/learn/l-gone.md", (root / LAST).read_text(encoding="utf-8"))
    assert ("T104", "es/learn/l-gone.md") in found(root)


def test_a_file_that_cannot_be_read_is_a_finding_too(root: Path) -> None:
    put(root, LAST, "no front matter")
    assert ("C001", in_es(LAST)) in found(root)


@pytest.mark.parametrize("code", TRANSLATED)
def test_every_code_is_explained(code: str) -> None:
    known = TRANSLATED[code]
    said = explain(code.lower())
    assert all(part in said for part in (code, known.title, known.means, known.mend))
    assert code not in {**CHECKS, **STRICT}


def test_a_shell_asks_for_it_by_name(root: Path, tmp_path: Path) -> None:
    (root / in_es(LAST)).unlink()
    done = run(tmp_path / "home", "check", str(root), "--lang", "es", "--json")
    assert "T101" in {each["code"] for each in json.loads(done.stdout)}
    assert "sentences of the program" in done.stderr
    assert done.returncode == 3


def test_a_screen_that_is_not_translated_says_so(root: Path) -> None:
    """And the one beside it, which is, does not."""
    (root / in_es(LAST)).unlink()
    journey = Journey(fresh_desk(Shelf(root, "es").library()))
    shown = {}
    for name in ("q-first", "s-end"):
        journey.open(f"page:{name}")
        said = [b.text for b in journey.sheet().blocks if b.kind is BlockKind.CALLOUT]
        shown[name] = said
    assert shown["q-first"] == []
    assert shown["s-end"] == ["This page is not translated yet. Its language is: en."]
