"""``guide case``, as a shell sees it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.unit.bag_samples import is_valid
from tests.unit.test_cli import run
from tests.vault.keeping_desk import WORDS

TYPED = f"{WORDS}\n"
CANARY = "a-canary-in-a-file"


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with a vault, an incident, and a file that belongs to it."""
    home = tmp_path_factory.mktemp("home")
    assert run(home, "vault", "new", typed=TYPED * 2).returncode == 0
    told = f"{WORDS}\nThey wrote.\n\n2026-11-03 22:10\n1\nemail\n"
    assert run(home, "incident", "add", typed=told).returncode == 0
    file = tmp_path_factory.mktemp("files") / "words.txt"
    file.write_text(CANARY)
    added = run(home, "evidence", "add", str(file), "--incident", "1", typed=TYPED)
    assert added.returncode == 0, added.stderr
    return home


@pytest.fixture
def home(template: Path, tmp_path: Path) -> Path:
    copy = tmp_path / "home"
    shutil.copytree(template, copy)
    return copy


def test_the_preview_lists_each_thing_and_writes_nothing(home: Path) -> None:
    before = sorted(home.rglob("*"))
    said = run(home, "case", "preview", "--for", "police", typed=TYPED)
    assert said.returncode == 0, said.stderr
    assert "I-001  They wrote." in said.stdout
    assert "E-001  words.txt" in said.stdout
    assert "Could the person read this?" in said.stdout
    assert sorted(home.rglob("*")) == before


@pytest.mark.parametrize("form", ["pdf", "docx", "html", "csv", "json"])
def test_the_book_is_written_once_and_never_over_something(
    home: Path, tmp_path: Path, form: str
) -> None:
    words = ("case", "export", "--for", "lawyer", "--format", form)
    target = tmp_path / f"book.{form}"
    said = run(home, *words, str(target), typed=TYPED)
    assert said.returncode == 0, said.stderr
    assert str(target) in said.stdout
    assert "not sealed" in said.stderr
    whole = target.read_bytes()
    again = run(home, *words, str(target), typed=TYPED)
    assert again.returncode == 1
    assert target.read_bytes() == whole


def test_a_bag_asks_for_the_words(home: Path, tmp_path: Path) -> None:
    words = ("case", "bag", "--for", "lawyer", str(tmp_path / "bag"))
    said = run(home, *words, typed=f"{WORDS}\nyes\n")
    assert said.returncode != 0
    assert "ask them first" not in said.stderr
    assert not (tmp_path / "bag").exists()
    said = run(home, *words, typed=f"{WORDS}\nplain copy\n")
    assert said.returncode == 0, said.stderr
    assert is_valid(tmp_path / "bag")


def test_a_bag_for_whoever_may_not_keep_proof_says_so(
    home: Path, tmp_path: Path
) -> None:
    words = ("case", "bag", "--for", "advocate", str(tmp_path / "bag"))
    said = run(home, *words, typed=f"{WORDS}\nno\n")
    assert "ask them first" in " ".join(said.stderr.split())
    assert not (tmp_path / "bag").exists()


def test_a_bag_may_be_asked_for_without_a_pdf(home: Path, tmp_path: Path) -> None:
    words = ("case", "bag", "--for", "lawyer", "--no-pdf", str(tmp_path / "bag"))
    said = run(home, *words, typed=f"{WORDS}\nplain copy\n")
    assert said.returncode == 0, said.stderr
    assert is_valid(tmp_path / "bag")
    names = {each.name for each in (tmp_path / "bag" / "data").iterdir()}
    assert "case-book.html" in names
    assert "case-book.pdf" not in names


def test_a_sealed_bag_holds_no_plain_word(home: Path, tmp_path: Path) -> None:
    words = ("case", "bag", "--for", "lawyer", "--sealed", str(tmp_path / "bag"))
    secret = "seven grey geese left"  # noqa: S105  of a bag that lives seconds
    wrong = run(home, *words, typed=f"{WORDS}\n{secret}\nother\n")
    assert wrong.returncode != 0
    said = run(home, *words, typed=f"{WORDS}\n{secret}\n{secret}\n")
    assert said.returncode == 0, said.stderr
    whole = b"".join(each.read_bytes() for each in (tmp_path / "bag").iterdir())
    assert CANARY.encode() not in whole
    assert secret not in said.stdout + said.stderr


def test_a_wrong_key_is_refused(home: Path, tmp_path: Path) -> None:
    words = ("case", "bag", "--for", "lawyer", "--key", "age1", str(tmp_path / "bag"))
    said = run(home, *words, typed=TYPED)
    assert said.returncode != 0
    assert "age1" in said.stderr
    assert not (tmp_path / "bag").exists()


@pytest.mark.parametrize("form", ["pdf", "docx", "txt"])
def test_the_receipt_is_written(home: Path, tmp_path: Path, form: str) -> None:
    target = tmp_path / f"receipt.{form}"
    words = ("case", "receipt", "--for", "police", "--format", form, str(target))
    said = run(home, *words, typed=TYPED)
    assert said.returncode == 0, said.stderr
    assert target.exists()


def test_without_a_recipient_it_says_what_is_missing(home: Path) -> None:
    said = run(home, "case", "preview", typed=TYPED)
    assert said.returncode == 2
    assert "police" in said.stderr or "--for" in said.stderr
