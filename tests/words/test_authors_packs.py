"""What the guide says of packs, and of its codes, is translated; all of it."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from guide.actions.checking import explain
from guide.actions.packs import check_pack
from guide.cli.authors import check_pages, explain_code
from guide.cli.packs import check_one
from guide.library.lint import CHECKS, EVERY_CODE, STRICT
from guide.library.lint.packs import PACK_CODES
from guide.library.lint.rules import Sentence
from guide.library.lint.translated import TRANSLATED
from guide.library.packs.limits import LARGEST_FILE
from guide.library.packs.problems import PackRefusedError
from guide.model.problems import NotFoundError
from tests.content.small_packs import LETTER, first, write_pack
from tests.unit.small_packs import OWN, UMBRELLA, Files, as_folder, as_zip, lesson
from tests.unit.test_packs import ODD
from tests.words.of_authors import OF_READERS, WORD, is_said, plain, words_of
from tests.words.pseudo import BEGINS, ENDS, catalogue, pseudo, spoken, write
from tests.words.template import GUIDE, OF_CHECKS, OF_ERRORS, SAYS


@pytest.fixture(scope="module", autouse=True)
def foreign(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    folder = tmp_path_factory.mktemp("locale")
    write(folder, catalogue())
    with spoken(folder):
        yield


FORM = "title: X\nscreens:\n- items:\n  - x\n  - type: odd\n    options: [a]\n"
MORE_ODD: tuple[tuple[str, str, Files], ...] = (
    *ODD,
    ("P001", "cannot be seen", {"en/mail/s_\u200b.md": lesson("X")}),
    (
        "P002",
        "in our own format",
        {**OWN, "en/learn/s-two.md": OWN["en/learn/l-read.md"]},
    ),
    ("P005", "nothing to read", {"en/mail/s_x.md": lesson("X", 1, "")}),
    ("P006", "pack.toml", {"pack.toml": "format ="}),
    ("P003", "long pack.toml", {"pack.toml": f'title = "{"x" * 5000}"'}),
    ("P007", "pack.toml", {"pack.toml": 'titel = "X"\nformat = "umbrella"'}),
    (
        "P009",
        "in our own format",
        {**OWN, "es/learn/l-x.md": "---\ntitle: X\n---\nY\n"},
    ),
    ("P013", "odd items", {"en/forms/f_x.yml": FORM}),
    ("P014", "our own format", OWN),
    ("P015", "our own format", {**OWN, "en/learn/notes.txt": "x"}),
    ("P015", "too many", {f"en/mail/{n}.txt": "x" for n in range(2100)}),
)


@pytest.mark.parametrize(
    ("code", "files"), [pytest.param(c, f, id=f"{c} {i}") for c, i, f in MORE_ODD]
)
def test_what_is_odd_in_a_pack_is_translated(
    tmp_path: Path, code: str, files: Files
) -> None:
    root = as_folder(
        tmp_path / "lessons", {**(UMBRELLA if files != OWN else {}), **files}
    )
    report = check_pack(str(root), walks=True)
    assert code in {each.code for each in report.findings}
    assert plain(report.findings, f"{words_of(root)} {OF_READERS}") == []


def test_every_code_of_a_pack_has_a_pack_that_shows_it() -> None:
    assert {code for code, _id, _files in MORE_ODD} == set(PACK_CODES)


def test_why_a_pack_is_refused_is_translated(tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
    (tmp_path / "two" / "x.zip").write_bytes(b"PK")
    as_zip(tmp_path / "three.zip", {"../x.md": "x"})
    for place in ("one", "two", "two/x.zip", "three.zip"):
        with pytest.raises(PackRefusedError) as caught:
            check_pack(str(tmp_path / place), walks=False)
        assert WORD.findall(f"{caught.value.what} {caught.value.next_step}") in (
            [],
            ["en"],
        )


@pytest.mark.parametrize("code", EVERY_CODE)
def test_a_code_is_explained_in_the_language(
    code: str, capsys: pytest.CaptureFixture[str]
) -> None:
    known = EVERY_CODE[code]
    example = known._example
    if isinstance(example, Sentence):
        example = pseudo(example)
    mend = pseudo("How to mend it: {mend}").replace("{mend}", pseudo(known._mend))
    parts = (f"{code}: {pseudo(known._title)}", pseudo(known._means), mend)
    shown = "\n".join(f"    {line}" for line in example.split("\n"))
    assert explain_code(code) == 0
    said = capsys.readouterr().out.rstrip("\n")
    assert said == "\n\n".join((*parts, pseudo("For example:"), shown))


def test_an_unknown_code_is_met_in_the_language() -> None:
    with pytest.raises(NotFoundError) as caught:
        explain("C1O3")
    assert is_said(caught.value.what, "")
    assert is_said(caught.value.next_step, "C")


def test_what_the_commands_print_is_translated(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = write_pack(tmp_path / "pages", {**first("No options."), LETTER: "nothing"})
    lessons = as_folder(tmp_path / "lessons", {**UMBRELLA, "en/mail/s_x.md": "x"})
    assert check_pages(str(root), "es", as_json=False) == 3
    assert check_one(str(lessons), walks=True, as_json=False) == 3
    printed = capsys.readouterr()
    for line in printed.out.splitlines():
        said = re.fullmatch(rf"[\w./-]+:\d+: \w\d+ {BEGINS}.*{ENDS}", line)
        assert said, line
    assert not re.search(r"^[A-Za-z]", printed.err, re.MULTILINE), printed.err


def test_the_size_in_the_words_is_the_size_that_holds() -> None:
    assert f"{LARGEST_FILE // 1024} KiB" in PACK_CODES["P003"]._means
    assert {*CHECKS, *STRICT, *TRANSLATED, *PACK_CODES} == {*EVERY_CODE}


# What stands in a file of content, of a diagram or of a database: no sentence.
OF_NO_READER = re.compile(
    r"\s*(?:create|insert|select|from|order by|and \(|group by)\b.*"
    r"|is not|not \(x is x.*|image_age is adult|digraph guide .*|---\ntitle: x\n.*",
    re.DOTALL,
)
SEVERAL_WORDS = re.compile(r"[A-Za-z]{2,}[ ,;:]+[a-z]+")
SOURCES = [
    *sorted((GUIDE / "library").rglob("*.py")),
    *(GUIDE / "model" / "conditions.py", GUIDE / "actions" / "checking.py"),
    GUIDE / "letters" / "templates.py",
]


def left_in(source: str) -> list[str]:
    """What is several words long, and neither translated nor a docstring."""
    tree = ast.parse(source)
    parts = [each for node in ast.walk(tree) for each in translated(node)]
    known = {id(each) for part in parts for each in ast.walk(part)}
    return [
        f"{each.lineno}: {each.value}"
        for each in ast.walk(tree)
        if isinstance(each, ast.Constant) and isinstance(each.value, str)
        if id(each) not in known and SEVERAL_WORDS.search(each.value)
        if not OF_NO_READER.fullmatch(each.value)
    ]


@pytest.mark.parametrize("path", SOURCES, ids=lambda x: x.relative_to(GUIDE).as_posix())
def test_no_sentence_for_authors_is_left_out(path: Path) -> None:
    assert left_in(path.read_text("utf-8")) == []


@pytest.mark.parametrize(
    ("source", "left"),
    [
        ("add('It is so.')", 1),
        ("add(f'It is {so}.')", 1),
        ("_('It is {how}.').format(how='very odd')", 1),
        ("_('It is so.')", 0),
        ("def x():\n    'It is so.'", 0),
    ],
)
def test_a_sentence_that_is_not_translated_is_seen(source: str, left: int) -> None:
    assert len(left_in(source)) == left


def translated(node: ast.AST) -> Iterator[ast.expr]:
    """What *node* has translated, or what is no text of the program."""
    match node:
        case ast.Call(func=ast.Name(id=name), args=said) if name in SAYS:
            yield from said
        case ast.Call(func=ast.Name(id="Check" | "check"), keywords=given, args=said):
            yield from said[1:2]
            yield from (x.value for x in given if x.arg in {*OF_CHECKS, "example"})
        case ast.Call(func=ast.Name(id="Sentence"), args=said):
            yield from said
        case ast.Assign(targets=[ast.Name(id=name)], value=value) if name in OF_ERRORS:
            yield value
        case ast.Expr(value=ast.Constant() as docstring):
            yield docstring
