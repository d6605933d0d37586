"""``guide check``: each fault is found, in its line, and nothing else is."""

from __future__ import annotations

import json
import time
from datetime import date
from pathlib import Path

import pytest

from guide.actions.checking import check_content, explain, findings_json
from guide.library.lint import CHECKS, check
from guide.library.lint.comparisons import requires
from guide.library.lint.packs import PACK_CODES
from guide.library.lint.reading import grade, why_not
from guide.library.loader import Shelf
from guide.model.conditions import ALWAYS, Condition
from guide.model.problems import NotFoundError
from tests.content.faulty_flow import FLOW, WORDING
from tests.content.faulty_letters import DATA, LETTERS
from tests.content.faulty_names import LINKS, READING, RULES
from tests.content.small_packs import (
    BOTH,
    END,
    FACTS,
    FIRST,
    HELP,
    LAST,
    LETTER,
    PACK,
    THIS,
    WORDS,
    Case,
    first,
    letter,
    page,
    question,
    write_pack,
)

TODAY = date(2026, 11, 20)
CASES = (*READING, *LINKS, *RULES, *FLOW, *WORDING, *DATA, *LETTERS)


def ids(case: Case) -> str:
    return f"{case[0]} {case[1]} {case[2]}".strip()


def line_of(root: Path, path: str, beginning: str) -> int:
    """The first line that begins so, beneath the front matter if it may."""
    if not beginning:
        return 1
    lines = (root / path).read_text("utf-8", "replace").split("\n")
    return next(n for n, line in enumerate(lines, 1) if line.startswith(beginning))


@pytest.mark.parametrize("case", CASES, ids=ids)
def test_each_fault_is_found_in_its_line(tmp_path: Path, case: Case) -> None:
    code, path, beginning, files = case
    root = write_pack(tmp_path, files)
    found = check_content(TODAY, root).findings
    expected = (code, path, line_of(root, path, beginning))
    assert expected in {(each.code, each.path, each.line) for each in found}


# A fault of one kind that makes no second one says so most clearly.
ALONE = [
    case for case in CASES if case[0] not in ("C001", "C006", "C101", "C102", "C302")
]


@pytest.mark.parametrize("case", ALONE, ids=ids)
def test_one_fault_is_one_finding(tmp_path: Path, case: Case) -> None:
    root = write_pack(tmp_path, case[3])
    found = check_content(TODAY, root).findings
    assert [str(each) for each in found if each.code != case[0]] == []


def test_a_sound_pack_has_no_finding(tmp_path: Path) -> None:
    assert check_content(TODAY, write_pack(tmp_path, {})).findings == ()


# Those that need a whole guide are shown on the shipped one, in test_shipped_content.
WHOLE = {"C601", "C602", "C603", "C604", "C605", "C606", "C607"}


def test_every_code_has_a_pack_that_shows_it() -> None:
    shown = {case[0] for case in CASES} | WHOLE | {"C504"}
    assert shown == set(CHECKS)


@pytest.mark.parametrize("code", [*CHECKS, *PACK_CODES])
def test_every_code_is_explained(code: str) -> None:
    known = CHECKS.get(code) or PACK_CODES[code]
    said = explain(code.lower())
    assert all(part in said for part in (code, known.title, known.means, known.mend))
    assert len(known.means.split()) > 10


def test_an_unknown_code_is_met_with_a_near_one() -> None:
    with pytest.raises(NotFoundError, match="C103"):
        explain("C1O3")


@pytest.mark.skipif(bool(why_not()), reason="no textstat that works without network")
def test_a_hard_page_is_found(tmp_path: Path) -> None:
    words = "Comprehensive documentation necessitates considerable perseverance. " * 12
    root = write_pack(tmp_path, first(f"{words}\n\n{BOTH}"))
    found = {(each.code, each.path) for each in check_content(TODAY, root).findings}
    assert found == {("C504", FIRST)}


@pytest.mark.skipif(bool(why_not()), reason="no textstat that works without network")
def test_items_of_a_list_are_sentences_of_their_own() -> None:
    items = ["Save the message with the date and the time"] * 8
    assert grade(items) == grade([f"{item}." for item in items])


def test_faults_in_one_file_stop_no_other(tmp_path: Path) -> None:
    """The start page is unreadable and the start is wrong; the rest is checked."""
    broken: dict[str, str | bytes] = {
        "pack.toml": PACK.replace("q-first", "q-x"),
        FIRST: b"\xff",
        LAST: END.replace("why: It helps.\n", ""),
        LETTER: "no front matter",
    }
    found = check_content(TODAY, write_pack(tmp_path, broken)).findings
    assert {each.code for each in found} >= {"C001", "C102", "C508", "L001"}


def test_names_in_quotes_and_code_are_no_words_to_avoid(tmp_path: Path) -> None:
    words = '[[avoid]]\nwords = ["victim", "!"]\n'
    files = {
        WORDS: f'allow = ["Victim Support"]\n{words}',
        **first(f"Victim Support may help. Type `/ignore X!`.\n\n```\nx!\n```\n{BOTH}"),
    }
    assert check_content(TODAY, write_pack(tmp_path, files)).findings == ()


def test_a_way_is_gated_when_the_gate_follows_from_its_condition(
    tmp_path: Path,
) -> None:
    """The answer that is chosen counts, and so do the rules in facts.toml."""
    note = "en/guide/1-a/s-note.md"
    files = {
        FACTS: 'clear = "first is this"\nopen = "clear or second is yes"\n',
        FIRST: question(f"{THIS}\n- [That](q-second.md) {{#that}}"),
        "en/guide/1-a/q-second.md": page(
            '- [A](s-note.md) {#a when="clear"}\n- [Yes](s-note.md) {#yes}',
            *("kind: question", "ask: second", "required: yes"),
        ),
        note: page(HELP, "kind: step", "offers: [letter:note]"),
        LETTER: letter("Subject: A", "audience: person", "gate: open"),
    }
    root = write_pack(tmp_path, files)
    assert [x.code for x in check_content(TODAY, root).findings] == []
    second = files["en/guide/1-a/q-second.md"]
    files["en/guide/1-a/q-second.md"] = second.replace('="clear"', '="first is that"')
    found = check_content(TODAY, write_pack(tmp_path, files)).findings
    line = line_of(root, "en/guide/1-a/q-second.md", "- [A]")
    assert [(x.code, x.line) for x in found] == [("C601", line)]


def test_findings_are_written_as_json(tmp_path: Path) -> None:
    found = check_content(TODAY, write_pack(tmp_path, {LETTER: "nothing"})).findings
    listed = json.loads(findings_json(found))
    assert [set(each) for each in listed] == [{"path", "line", "code", "what", "fix"}]
    assert listed[0]["code"] == "L001"


def test_checking_twice_finds_the_same(tmp_path: Path) -> None:
    shelf = Shelf(write_pack(tmp_path, {LAST: END.replace("2026-11", "2020-01")}))
    assert check(shelf, today=TODAY) == check(shelf, today=TODAY) != ()


def many_pages(count: int) -> dict[str, str]:
    """Two thousand screens: a hub, and behind it chains of questions."""
    names = [f"q-{number}" for number in range(count)]
    hub = "\n".join(f"- [Go](q-{n}.md) {{#a{n}}}" for n in range(0, count, 20))
    files = {"en/guide/1-a/q-first.md": page(f"{HELP}\n\n{hub}", "kind: hub")}
    for number, name in enumerate(names):
        end = "s-end" if number % 20 == 19 else f"q-{(number + 1) % count}"
        before = f"fact_{max(number - 1, number // 20 * 20)}"
        when = f'when="{before} is yes"' if number % 20 else ""
        files[f"en/guide/{number // 100}-c/{name}.md"] = page(
            "A sentence that says a little.\n\n" * 8
            + f"- [Yes]({end}.md) {{#yes}}\n- [No](s-end.md) {{#no {when}}}",
            *("kind: question", f"ask: fact_{number}", "safer: s-end"),
        )
    return files


def test_two_thousand_pages_are_checked_in_seconds(tmp_path: Path) -> None:
    files = {**many_pages(2000), WORDS: '[[avoid]]\nwords = ["you must"]\n'}
    for name in ("emergency", "no-copy-minor"):
        files[f"en/guide/1-a/t-{name}.md"] = page(HELP, "kind: stop")
    root = write_pack(tmp_path, files)
    began = time.perf_counter()
    found = check_content(TODAY, root).findings
    took = time.perf_counter() - began
    assert {each.code for each in found} <= {"C301", "C605"}
    assert took < 20


def asking(fact: str, *ways: str) -> str:
    """A required question: each way is an answer, and the page it leads to."""
    pairs = (way.split(">") for way in ways)
    options = "\n".join(f"- [It]({go}.md) {{#{id_}}}" for id_, go in pairs)
    return page(options, "kind: question", f"ask: {fact}", "required: yes")


def ruled(fact: str) -> str:
    """A step with a paragraph for those who answered yes."""
    return page(f"{HELP}\n\n::: when {fact} is yes\nSo.\n:::", "kind: step")


# The rule stands on s-end; "second" is asked, or not, before the reader sees it.
ORDERS: dict[str, tuple[dict[str, str], set[str]]] = {
    "asked before": (
        {"q-first": asking("first", "a>q-two"), "q-two": asking("second", "yes>s-end")},
        set(),
    ),
    "asked on one of two ways": (
        {
            "q-first": asking("first", "a>q-two", "b>s-end"),
            "q-two": asking("second", "yes>s-end"),
        },
        set(),
    ),
    "asked behind it": (
        {
            "q-first": asking("first", "a>s-end"),
            "s-end": ruled("second").replace("\nwhy", "\nnext: [{go: q-two}]\nwhy"),
            "q-two": asking("second", "yes>s-last"),
            "s-last": END,
        },
        {"C202"},
    ),
    "asked on another way": (
        {
            "q-first": asking("first", "a>q-two", "b>s-end"),
            "q-two": asking("second", "yes>s-last"),
            "s-last": END,
        },
        {"C202"},
    ),
}


@pytest.mark.parametrize(("pages", "codes"), ORDERS.values(), ids=ORDERS)
def test_a_fact_is_known_once_its_question_can_have_been_met(
    tmp_path: Path, pages: dict[str, str], codes: set[str]
) -> None:
    placed = {f"en/guide/1-a/{name}.md": text for name, text in pages.items()}
    root = write_pack(tmp_path, {LAST: ruled("second"), **placed})
    assert {each.code for each in check_content(TODAY, root).findings} == codes


@pytest.mark.parametrize(
    ("condition", "chosen", "follows"),
    [
        ("open", ("", ""), True),
        ("clear", ("", ""), True),
        ("open or first is this", ("", ""), False),
        ("not (many has x)", ("", ""), False),
        ("many has any and not (many has x)", ("", ""), False),
        ("many has y", ("", ""), True),
        ("may", ("said", "advised"), True),
        ("may", ("said", "other"), False),
        ("", ("said", "advised"), False),
    ],
)
def test_whether_a_gate_follows_from_a_condition(
    condition: str, chosen: tuple[str, str], follows: bool
) -> None:
    rules = {
        "clear": Condition.parse("many has y"),
        "may": Condition.parse("not (many has none)"),
        "open": Condition.parse("clear or (may and said is advised)"),
    }
    asked = Condition.parse(condition) if condition else ALWAYS
    assert requires(asked, chosen, "open", rules) is follows
