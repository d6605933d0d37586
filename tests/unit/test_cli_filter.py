"""``guide filter``, as a shell sees it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.promises.filter_readers import read_sieve
from tests.unit.test_cli import run
from tests.vault.keeping_desk import WORDS


def test_it_asks_and_saves(tmp_path: Path) -> None:
    target = tmp_path / "f.sieve"
    typed = f"1\na@example.com\nSave it as a file\n{target}\n"
    done = run(tmp_path, "filter", "--format", "sieve", typed=typed)
    assert done.returncode == 0, done.stderr
    assert "Have you saved what they sent?" in done.stdout
    assert f"Saved: {target}." in done.stdout
    read = read_sieve(target.read_bytes().decode("ascii"))
    assert read.whose == {"a@example.com"}
    assert target.stat().st_mode & 0o077 == 0


def test_somebody_in_the_vault_is_chosen_and_nothing_is_left_behind(
    tmp_path: Path,
) -> None:
    home = tmp_path / "home"
    home.mkdir()
    assert run(home, "vault", "new", typed=f"{WORDS}\n{WORDS}\n").returncode == 0
    added = run(home, "person", "add", typed=f"{WORDS}\ncanary@example.com\n")
    assert added.returncode == 0, added.stderr
    done = run(home, "filter", "--format", "sieve", typed=f"{WORDS}\n1\n1\n")
    assert done.returncode == 0, done.stderr
    assert 'address :all :is "from" ["canary@example.com"]' in done.stdout
    for path in home.rglob("*"):
        assert not path.is_file() or b"canary" not in path.read_bytes()


def test_without_a_format_the_service_is_asked(tmp_path: Path) -> None:
    done = run(tmp_path, "filter", typed="1\na@example.com\n")
    assert done.returncode == 0, done.stderr
    assert "Where do their messages reach you?" in done.stdout
    assert not list(tmp_path.iterdir())


def test_a_format_that_does_not_fit_is_asked_for_again(tmp_path: Path) -> None:
    """A chat name is no mail address, so no mail service can take it."""
    done = run(tmp_path, "filter", "--format", "gmail", typed="1\nsomebody\n")
    assert "Where do their messages reach you?" in done.stdout


@pytest.mark.parametrize("words", [("a@example.com",), ("--format", "reject")])
def test_no_address_is_an_argument(tmp_path: Path, words: tuple[str, ...]) -> None:
    done = run(tmp_path, "filter", *words)
    assert done.returncode == 2
    assert "a@example.com" not in done.stdout + done.stderr


def test_nobody_there_to_answer_makes_nothing(tmp_path: Path) -> None:
    done = run(tmp_path, "filter")
    assert "The filter" not in done.stdout
    assert not list(tmp_path.iterdir())
