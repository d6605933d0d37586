"""``guide pack …`` and ``--pack``, as a shell sees them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.unit.small_packs import OWN, UMBRELLA, as_folder, as_zip, lesson
from tests.unit.test_cli import run


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


def test_adding_listing_and_removing(tmp_path: Path, home: Path) -> None:
    place = str(as_zip(tmp_path / "Our Lessons.zip", OWN))
    made = run(home, "pack", "add", place)
    assert made.returncode == 0, made.stderr
    assert "Author: A group" in made.stdout
    assert "not part of the guide" in made.stderr
    assert "Others who use this computer can find it." in made.stderr
    assert run(home, "pack", "add", place).returncode == 1
    assert run(home, "pack", "add", place, "--replace").returncode == 0
    assert run(home, "pack", "add", place, "--name", "Two").returncode == 0
    shown = run(home, "pack", "list").stdout
    assert "neighbours\n  Neighbours\n  Author: A group\n  Licence: CC0" in shown
    told = json.loads(run(home, "pack", "list", "--json").stdout)
    assert [each["name"] for each in told] == ["neighbours", "two"]
    kept = home / "packs" / "two.zip"
    for typed, code in (("no\n", 0), ("", 7)):
        asked = run(home, "pack", "remove", "two", typed=typed)
        assert (asked.returncode, kept.exists()) == (code, True), asked.stderr
    gone = run(home, "pack", "remove", "two", typed="yes\n")
    assert (gone.returncode, kept.exists()) == (0, False)
    assert run(home, "pack", "remove", "two", typed="yes\n").returncode == 4
    assert Path(place).exists()


def test_what_is_odd_is_said_in_plain_words(tmp_path: Path, home: Path) -> None:
    place = str(as_folder(tmp_path / "lessons", {**UMBRELLA, "en/x.zip": b"PK"}))
    made = run(home, "pack", "add", place)
    assert "8 lessons, 1 checklist, 1 form" in made.stdout
    assert "1 problem in it." in made.stderr
    assert "1 file is not used" in made.stderr


def test_removing_a_pack_leaves_the_notes(tmp_path: Path, home: Path) -> None:
    notes = home / "notes"
    notes.mkdir(parents=True)
    (notes / "vault.json").write_text("{}")
    place = str(as_folder(tmp_path / "notes", UMBRELLA))
    assert run(home, "pack", "add", place).returncode == 0
    assert run(home, "pack", "remove", "notes", typed="yes\n").returncode == 0
    assert (notes / "vault.json").read_text() == "{}"


def test_a_check_walks_through_everything(tmp_path: Path, home: Path) -> None:
    place = str(as_folder(tmp_path / "lessons", UMBRELLA))
    found = run(home, "pack", "check", place)
    assert (found.returncode, found.stdout) == (0, "")
    walked = run(home, "pack", "check", place, "--walk")
    assert walked.returncode == 3
    assert walked.stdout.startswith("en/mail/passwords/beginner/s_long.md:9: P011 ")
    assert "12 of 12 opened." in walked.stderr
    told = json.loads(run(home, "pack", "check", place, "--walk", "--json").stdout)
    assert told["opened"] == {"lesson": 10, "checklist": 1, "form": 1}
    assert told["failed"] == []
    assert not home.exists(), "a check left something behind"


def test_a_check_prints_no_character_that_acts(tmp_path: Path, home: Path) -> None:
    files = {
        **UMBRELLA,
        "en/mail/s_\x1b[2J.md": lesson("x"),
        "en/mail/s_a.md": "\x1b]0",
    }
    place = str(as_folder(tmp_path / "lessons", files))
    for more in ((), ("--walk",), ("--json",)):
        found = run(home, "pack", "check", place, *more)
        assert found.returncode == 3
        assert "\x1b" not in found.stdout + found.stderr


@pytest.mark.parametrize(
    ("words", "code"),
    [
        pytest.param(("check", "nothing"), 4, id="no such place"),
        pytest.param(("add", "nothing"), 4, id="nothing to add"),
        pytest.param(("remove", "nothing"), 4, id="nothing to remove"),
        pytest.param(("add", __file__), 1, id="no zip"),
        pytest.param(("ad",), 2, id="a slip"),
        pytest.param((), 0, id="help"),
    ],
)
def test_what_cannot_be_done_is_said(
    home: Path, words: tuple[str, ...], code: int
) -> None:
    done = run(home, "pack", *words)
    assert done.returncode == code
    assert "Traceback" not in done.stderr
    assert not home.exists()


def test_a_pack_named_for_one_run_opens_the_library(tmp_path: Path, home: Path) -> None:
    place = str(as_folder(tmp_path / "lessons", OWN))
    heard = run(home, "--plain", "--pack", place, typed="1\nq\n").stdout
    assert "Library" in heard
    assert "Not part of the guide: Neighbours. Author: A group." in heard
    assert not (home / "packs").exists()


def test_the_guide_starts_without_loading_what_opens_packs(
    tmp_path: Path, home: Path
) -> None:
    place = str(as_folder(tmp_path / "lessons", UMBRELLA))
    assert run(home, "pack", "add", place).returncode == 0
    code = (
        "import sys; from guide.cli.starting import Wishes, journey;"
        "rows = journey(Wishes(), first_run=False).sheet().rows;"
        "assert 'library' in [row.value for row in rows];"
        "print(*[m for m in sys.modules if m.startswith('guide') and 'pack' in m])"
    )
    env = {**os.environ, "GUIDE_HOME": str(home)}
    words = [sys.executable, "-c", code]
    done = subprocess.run(words, env=env, capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["guide.actions.pack_shelf"]


def test_a_lesson_is_printed_whole(tmp_path: Path, home: Path) -> None:
    body = "\n\n".join(f"# Part {n}\n\n" + "Words here. " * 450 for n in range(6))
    tricky = "en/mail/s_it's $(x).md"
    files = {**UMBRELLA, "en/mail/s_x.md": lesson("Parts", 9, body)}
    place = str(as_folder(tmp_path / "x", {**files, tricky: lesson("Odd", 3)}))
    run(home, "pack", "add", place, "--name", "lessons")
    shown = run(home, "read", "library").stdout
    assert "guide read pack:lessons" in shown
    assert "guide read pack:lessons/mail" in run(home, "read", "pack:lessons").stdout
    part = run(home, "read", "pack:lessons/mail").stdout
    assert """guide read 'pack:lessons/mail/s_it'"'"'s $(x).md'""" in part
    read = run(home, "read", "pack:lessons/mail/s_x.md")
    assert read.returncode == 0, read.stderr
    assert read.stdout.startswith("Heading 1: Parts\n\nNot part of the guide: ")
    assert read.stdout.count("Words here.") == 2700
    assert "Next page" not in read.stdout
    checks = "mail/passwords/beginner/c_check.yml"
    assert "[ ] Write none" in run(home, "read", f"pack:lessons/{checks}").stdout
    for missing in ("pack:lessons/none", "pack:none", "pack:"):
        assert run(home, "read", missing).returncode == 4
    told = run(home, "--pack", place, "read", "pack:this-run/mail/s_why.md")
    assert "Some words." in told.stdout


def test_codes_of_packs_are_explained(home: Path) -> None:
    for words in (
        ("check", "--explain", "P001"),
        ("pack", "check", "--explain", "p011"),
    ):
        told = run(home, *words)
        assert told.returncode == 0
        assert "How to mend it:" in told.stdout
    assert run(home, "pack", "check").returncode == 2
    assert run(home, "pack", "check", "--explain", "P999").returncode == 4


def test_every_code_a_pack_can_have_is_explained() -> None:
    from guide.library.lint.packs import PACK_CODES
    from guide.library.packs import problems

    codes = {
        value
        for name, value in vars(problems).items()
        if name.isupper() and isinstance(value, str) and value.startswith("P0")
    }
    assert codes == set(PACK_CODES)
