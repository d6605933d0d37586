"""``guide evidence``, as a shell and a terminal see it."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import sys
from pathlib import Path

import pexpect
import pytest

from tests.unit.test_cli import REPOSITORY, an_environment, run
from tests.vault.keeping_desk import WORDS

CANARY = "a-canary-in-a-file"
TEXT = f"{CANARY}\nThe second line.\n".encode()
PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(64)
TYPED = f"{WORDS}\n"


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with a vault, an incident, and a file that belongs to it."""
    home = tmp_path_factory.mktemp("home")
    assert run(home, "vault", "new", typed=TYPED * 2).returncode == 0
    told = f"{WORDS}\nThey wrote.\n\n2026-11-03 22:10\n1\nemail\n"
    assert run(home, "incident", "add", typed=told).returncode == 0
    file = tmp_path_factory.mktemp("files") / "words.txt"
    file.write_bytes(TEXT)
    added = run(home, "evidence", "add", str(file), "--incident", "1", typed=TYPED)
    assert added.returncode == 0, added.stderr
    assert "1 file is kept, byte for byte." in added.stdout
    assert file.read_bytes() == TEXT
    return home


@pytest.fixture
def home(template: Path, tmp_path: Path) -> Path:
    """A copy of it."""
    copy = tmp_path / "home"
    shutil.copytree(template, copy)
    return copy


@pytest.fixture
def files(tmp_path: Path) -> Path:
    """Texts only, in a folder in a folder."""
    folder = tmp_path / "files" / "deep er"
    folder.mkdir(parents=True)
    (folder / "one.txt").write_text("one", "utf-8")
    (folder.parent / "it's two.txt").write_text("two", "utf-8")
    return folder.parent


def known(home: Path) -> list[dict[str, object]]:
    listed = run(home, "evidence", "list", "--json", typed=TYPED)
    assert listed.returncode == 0, listed.stderr
    found = json.loads(listed.stdout)["evidence"]
    assert isinstance(found, list)
    return found


def sealed(home: Path) -> list[Path]:
    return sorted((home / "notes" / "sealed").iterdir())


@pytest.mark.parametrize(
    "words",
    [
        ("list",),
        ("show", "1"),
        ("verify",),
        ("preview", "1"),
        ("export", "1", "copy.txt"),
    ],
    ids=" ".join,
)
def test_without_a_vault_each_says_that_nothing_is_kept(
    tmp_path: Path, words: tuple[str, ...]
) -> None:
    done = run(tmp_path, "evidence", *words)
    assert done.returncode == 0
    assert "There is no vault, so nothing is kept between two runs." in done.stdout
    assert not list(tmp_path.iterdir())


def test_what_is_kept_is_listed_and_shown(home: Path) -> None:
    listed = run(home, "evidence", "list", typed=TYPED)
    assert "words.txt" in listed.stdout
    shown = run(home, "evidence", "show", "1", typed=TYPED)
    assert hashlib.sha256(TEXT).hexdigest() in shown.stdout.replace("\n", "")
    assert "Incidents: 1" in shown.stdout
    assert CANARY not in listed.stdout + shown.stdout


def test_as_json_it_comes_with_everyone_who_touched_it(home: Path) -> None:
    (file,) = known(home)
    assert file["original_name"] == "words.txt"
    assert file["sha256"] == hashlib.sha256(TEXT).hexdigest()
    run(home, "evidence", "verify", "1", typed=TYPED)
    shown = run(home, "evidence", "show", "1", "--json", typed=TYPED)
    told = json.loads(shown.stdout)
    assert [each["action"] for each in told["custody"]] == ["acquired", "verified"]
    assert len(told["incident_ids"]) == 1


def test_a_folder_is_kept_with_all_in_it(home: Path, files: Path) -> None:
    done = run(home, "evidence", "add", str(files), typed=TYPED)
    assert done.returncode == 0, done.stderr
    assert {each["original_name"] for each in known(home)} == {
        "words.txt",
        "one.txt",
        "it's two.txt",
    }


def test_several_names_are_kept_whatever_is_in_them(home: Path, files: Path) -> None:
    """A name is never taken apart at a blank or a quote, nor for a way to say two."""
    odd = files / "file:x 'y\" \n.txt"
    odd.write_text("odd", "utf-8")
    names = [str(odd), str(files / "it's two.txt")]
    done = run(home, "evidence", "add", *names, typed=TYPED)
    assert done.returncode == 0, done.stderr
    assert len(known(home)) == 3


def test_the_same_file_again_is_noted_and_not_kept_twice(
    home: Path, tmp_path: Path
) -> None:
    again = tmp_path / "again.txt"
    again.write_bytes(TEXT)
    before = sealed(home)
    done = run(home, "evidence", "add", str(again), typed=TYPED)
    assert done.returncode == 0
    assert "was in your vault already" in done.stdout
    assert sealed(home) == before


@pytest.mark.parametrize("name", ["picture.png", "picture.txt"])
def test_nobody_there_to_be_asked_keeps_no_picture(
    home: Path, files: Path, name: str
) -> None:
    """Not even the texts beside it; what comes by a pipe is no answer."""
    (files / name).write_bytes(PICTURE)
    before = sealed(home)
    typed = f"{WORDS}\n4\n4\nno\n\n\n\n\n"
    done = run(home, "evidence", "add", str(files), typed=typed)
    assert done.returncode == 7
    assert "a question about these files comes first" in done.stderr
    assert sealed(home) == before


def test_what_cannot_be_kept_is_said_and_the_rest_is_kept(
    home: Path, files: Path
) -> None:
    os.mkfifo(files / "pipe")
    done = run(home, "evidence", "add", str(files), typed=TYPED)
    assert done.returncode == 1
    assert "pipe" in done.stdout
    assert len(known(home)) == 3


@pytest.mark.parametrize(
    ("words", "code"),
    [
        pytest.param(("add", "/nowhere/at/all"), 4, id="no such file"),
        pytest.param(("show", "9"), 4, id="no such number"),
        pytest.param(("verify", "9"), 4, id="nothing to verify"),
        pytest.param(("preview", "9"), 4, id="nothing to look into"),
        pytest.param(("add",), 2, id="no name"),
    ],
)
def test_a_failure_has_its_own_number(
    home: Path, words: tuple[str, ...], code: int
) -> None:
    done = run(home, "evidence", *words, typed=TYPED)
    assert done.returncode == code
    assert "Traceback" not in done.stderr


def test_all_is_verified_and_a_changed_file_is_named(home: Path, files: Path) -> None:
    run(home, "evidence", "add", str(files), typed=TYPED)
    good = run(home, "evidence", "verify", typed=TYPED)
    assert (good.returncode, good.stdout) == (0, "3 files are intact.\n")
    first = known(home)[-1]
    path = home / "notes" / "sealed" / f"{first['id']}.age"
    data = bytearray(path.read_bytes())
    data[-1] ^= 1
    path.write_bytes(data)
    for words in (("verify",), ("verify", "1")):
        bad = run(home, "evidence", *words, typed=TYPED)
        assert bad.returncode == 6
        assert "It does not match its fingerprint." in bad.stdout
    looked = run(home, "evidence", "preview", "1", typed=TYPED)
    assert looked.returncode == 6
    assert CANARY not in looked.stdout


def test_a_look_is_printed_and_noted(home: Path) -> None:
    done = run(home, "evidence", "preview", "1", typed=TYPED)
    assert done.returncode == 0, done.stderr
    assert CANARY in done.stdout
    shown = run(home, "evidence", "show", "1", "--json", typed=TYPED)
    actions = [each["action"] for each in json.loads(shown.stdout)["custody"]]
    assert actions == ["acquired", "viewed"]


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        pytest.param("plain copy\n", 0, id="confirmed"),
        pytest.param("yes\n", 1, id="other words"),
        pytest.param("", 7, id="nobody there"),
    ],
)
def test_a_plain_copy_needs_its_words(
    home: Path, tmp_path: Path, typed: str, code: int
) -> None:
    target = tmp_path / "copy.txt"
    done = run(home, "evidence", "export", "1", str(target), typed=TYPED + typed)
    assert done.returncode == code
    assert "is not sealed" in done.stderr
    assert target.exists() == (code == 0)
    if code == 0:
        assert target.read_bytes() == TEXT
        again = run(home, "evidence", "export", "1", str(target), typed=TYPED + typed)
        assert again.returncode == 1


def test_no_word_of_it_is_on_the_disk(home: Path) -> None:
    run(home, "evidence", "preview", "1", typed=TYPED)
    for path in home.rglob("*"):
        data = path.read_bytes() if path.is_file() else b""
        assert CANARY.encode() not in data
        assert b"words.txt" not in data


def at_terminal(home: Path, *words: str) -> pexpect.spawn[str]:
    command = ["-m", "guide", "evidence", "add", *words]
    asked = pexpect.spawn(
        sys.executable,
        command,
        cwd=str(REPOSITORY),
        env=an_environment(home),
        encoding="utf-8",
        timeout=30,
        dimensions=(50, 80),
    )
    asked.expect("Passphrase")
    asked.sendline(WORDS)
    return asked


@pytest.mark.skipif(sys.platform == "win32", reason="needs a pty")
@pytest.mark.parametrize("answer", ["1", "2"], ids=["yes", "not sure"])
def test_at_a_terminal_the_question_comes_first_and_ends_it(
    home: Path, files: Path, answer: str
) -> None:
    (files / "picture.png").write_bytes(PICTURE)
    before = sealed(home)
    asked = at_terminal(home, str(files))
    asked.expect("What was found")
    asked.expect("Type a number")
    asked.sendline("1")
    asked.expect("Might it show someone under 18")
    asked.expect("Type a number")
    asked.sendline(answer)
    asked.expect(pexpect.EOF)
    asked.close()
    assert asked.exitstatus == 1
    assert sealed(home) == before


@pytest.mark.skipif(sys.platform == "win32", reason="needs a pty")
def test_at_a_terminal_everything_can_be_skipped(home: Path, files: Path) -> None:
    (files / "picture.png").write_bytes(PICTURE)
    asked = at_terminal(home, str(files), "--incident", "1")
    asked.expect("What was found")
    asked.expect("Type a number")
    asked.sendline("1")
    asked.expect("Might it show someone under 18")
    asked.expect("Type a number")
    asked.sendline("4")
    for _question in range(5):
        asked.expect("Skip this")
        asked.expect("q to leave")
        asked.sendline("s")
    asked.expect("Keep this")
    asked.expect("q to leave")
    asked.sendline("1")
    asked.expect(pexpect.EOF)
    asked.close()
    assert asked.exitstatus == 0
    assert len(known(home)) == 4
