"""``guide incident``, ``contact``, ``person``, ``timeline``, as a shell sees them."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tests.unit.test_cli import run
from tests.vault.keeping_desk import WORDS

CANARY = "a-canary-of-the-log"


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with a vault, an incident, a talk and a person in it."""
    home = tmp_path_factory.mktemp("home")
    assert run(home, "vault", "new", typed=f"{WORDS}\n{WORDS}\n").returncode == 0
    text = f"{WORDS}\n{CANARY}\nsecond line\n\n2026-11-03 22:10\n1\nemail\n"
    added = run(home, "incident", "add", typed=text)
    assert added.returncode == 0, added.stderr
    assert "Written down as incident 1. Kept in your vault." in added.stdout
    text = f"{WORDS}\nPolice\n2026-11-04\n1\nSomebody\n"
    assert run(home, "contact", "add", typed=text).returncode == 0
    assert run(home, "person", "add", typed=f"{WORDS}\n@somebody\n").returncode == 0
    return home


@pytest.fixture
def home(template: Path, tmp_path: Path) -> Path:
    """A copy of it."""
    copy = tmp_path / "home"
    shutil.copytree(template, copy)
    return copy


ALL = [
    ("person", "add"),
    ("person", "list"),
    ("incident", "add"),
    ("incident", "list"),
    ("incident", "show", "1"),
    ("contact", "add"),
    ("contact", "list"),
    ("timeline",),
]


@pytest.mark.parametrize("words", ALL, ids=" ".join)
def test_without_a_vault_each_says_that_nothing_stays(
    tmp_path: Path, words: tuple[str, ...]
) -> None:
    done = run(tmp_path, *words)
    assert done.returncode == 0
    assert "There is no vault, so nothing is kept between two runs." in done.stdout
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("person", "list"), "- @somebody"),
        (("incident", "list"), f'- 03 Nov 2026 22:10  email  "{CANARY}"'),
        (("incident", "show", "1"), f"{CANARY}\nsecond line"),
        (("contact", "list"), "- 04 Nov 2026  Police"),
        (("timeline",), f"- 03 Nov 2026 22:10  email  {CANARY}"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_what_was_kept_is_printed(
    home: Path, words: tuple[str, ...], said: str
) -> None:
    done = run(home, *words, typed=f"{WORDS}\n")
    assert done.returncode == 0, done.stderr
    assert said in done.stdout


def test_the_timeline_as_json_has_no_score(home: Path) -> None:
    done = run(home, "timeline", "--json", typed=f"{WORDS}\n")
    told = json.loads(done.stdout)
    assert [each["title"] for each in told["lines"]] == ["Police", CANARY]
    assert told["weeks"] == [{"week": "2026-W45", "count": 2}]
    assert set(told) == {"lines", "weeks", "gaps", "notices"}


def test_the_timeline_as_json_without_a_vault_is_json(tmp_path: Path) -> None:
    done = run(tmp_path, "timeline", "--json")
    assert json.loads(done.stdout) == {}
    assert "There is no vault" in done.stderr


def test_an_incident_that_is_not_there_has_its_own_number(home: Path) -> None:
    done = run(home, "incident", "show", "9", typed=f"{WORDS}\n")
    assert done.returncode == 4


def test_a_wrong_passphrase_shows_nothing(home: Path) -> None:
    done = run(home, "incident", "list", typed="not this one at all\n")
    assert done.returncode == 5
    assert CANARY not in done.stdout + done.stderr


@pytest.mark.parametrize("kind", ["incident", "contact", "person"])
def test_nothing_typed_adds_nothing(home: Path, kind: str) -> None:
    done = run(home, kind, "add", typed=f"{WORDS}\n")
    assert done.returncode == 7
    left = run(home, "timeline", "--json", typed=f"{WORDS}\n")
    assert len(json.loads(left.stdout)["lines"]) == 2


def test_no_word_of_it_is_on_the_disk(home: Path) -> None:
    for path in home.rglob("*"):
        assert not path.is_file() or CANARY.encode() not in path.read_bytes()
