"""``guide vault …`` and starting with a vault, as a shell sees it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pexpect
import pytest

from tests.plain.talking import TO_THE_NOTICE, TO_THE_PLAN
from tests.unit.test_cli import FILLED, REPOSITORY, an_environment, run
from tests.vault.keeping_desk import CONTACT, OTHER, WORDS

_TWICE = f"{WORDS}\n{WORDS}\n"


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with a vault in it, made by the command."""
    home = tmp_path_factory.mktemp("home")
    made = run(home, "vault", "new", typed=_TWICE)
    assert made.returncode == 0, made.stderr
    assert "Made:" in made.stdout
    assert WORDS not in made.stdout + made.stderr
    return home


def test_a_vault_is_private_and_holds_no_word_of_it(template: Path) -> None:
    folder = template / "notes"
    assert folder.stat().st_mode & 0o077 == 0
    for path in folder.rglob("*"):
        assert path.stat().st_mode & 0o077 == 0
        assert not path.is_file() or WORDS.encode() not in path.read_bytes()


@pytest.mark.parametrize(
    ("words", "typed", "code", "on_stdout", "on_stderr"),
    [
        pytest.param(("check",), WORDS, 0, "matches its journal", "", id="check"),
        pytest.param(("check",), OTHER, 5, "", "does not open", id="wrong"),
        pytest.param(("check",), "", 7, "", "nobody is there", id="nobody"),
        pytest.param(("backup",), WORDS, 0, "Backed up:", "same disk", id="backup"),
        pytest.param(("recovery",), WORDS, 0, "10. ", "on paper", id="recovery"),
        pytest.param(("new",), _TWICE, 1, "", "something in this folder", id="twice"),
        pytest.param(("restore", "c"), "", 2, "", "one of these: a, b", id="name"),
        pytest.param((), "", 0, "passphrase", "", id="help"),
    ],
)
def test_each_command_says_what_it_did(
    template: Path,
    words: tuple[str, ...],
    typed: str,
    code: int,
    on_stdout: str,
    on_stderr: str,
) -> None:
    done = run(template, "vault", *words, typed=typed)
    out = " " + done.stdout
    assert (done.returncode, on_stdout in out) == (code, True), done.stderr
    assert on_stderr in done.stderr
    assert not typed or typed.strip() not in done.stdout + done.stderr


def test_a_backup_is_put_back(tmp_path: Path) -> None:
    run(tmp_path, "vault", "new", typed=_TWICE)
    assert run(tmp_path, "vault", "restore", typed=WORDS).returncode == 6
    assert run(tmp_path, "vault", "backup", typed=WORDS).returncode == 0
    done = run(tmp_path, "vault", "restore", typed=WORDS)
    assert (done.returncode, "Restored." in done.stdout) == (0, True)
    assert run(tmp_path, "vault", "check", typed=WORDS).returncode == 0


def test_the_passphrase_is_changed(tmp_path: Path) -> None:
    run(tmp_path, "vault", "new", typed=_TWICE)
    typed = f"{WORDS}\n{OTHER}\n{OTHER}\n"
    assert run(tmp_path, "vault", "passphrase", typed=typed).returncode == 0
    assert run(tmp_path, "vault", "check", typed=WORDS).returncode == 5
    assert run(tmp_path, "vault", "check", typed=OTHER).returncode == 0


def test_a_damaged_vault_ends_with_6(tmp_path: Path) -> None:
    run(tmp_path, "vault", "new", typed=_TWICE)
    database = tmp_path / "notes" / "vault.db"
    data = bytearray(database.read_bytes())
    data[len(data) // 2] ^= 1
    database.write_bytes(bytes(data))
    done = run(tmp_path, "vault", "check", typed=WORDS)
    assert done.returncode == 6
    assert "damaged or missing" in done.stdout


def test_a_named_folder_without_a_vault_ends_with_4(tmp_path: Path) -> None:
    done = run(tmp_path, "--vault", str(tmp_path / "x"), "--plain", typed="")
    assert done.returncode == 4
    assert "There is no vault" in done.stderr


def test_the_guide_asks_first_and_opens(template: Path) -> None:
    """The first thing said after the opening is a line for a passphrase."""
    done = run(template, "--plain", typed=f"{OTHER}\n{WORDS}\nq\n")
    assert done.returncode == 0
    assert "does not open this vault" in done.stdout
    assert WORDS not in done.stdout
    assert done.stdout.index("Passphrase") < done.stdout.index("My notes are kept")


def test_keep_nothing_does_not_ask(template: Path) -> None:
    done = run(template, "--plain", "--keep-nothing", typed="q\n")
    assert done.returncode == 0
    assert "Passphrase" not in done.stdout
    assert "Keep my notes" not in done.stdout


def _with_descriptor(home: Path, secret: str, *words: str, typed: str = "") -> str:
    reading, writing = os.pipe()
    os.write(writing, secret.encode())
    os.close(writing)
    done = subprocess.run(
        [sys.executable, "-m", "guide", "--passphrase-fd", str(reading), *words],
        cwd=REPOSITORY,
        env=an_environment(home),
        input=typed.encode(),
        capture_output=True,
        pass_fds=(reading,),
        timeout=60,
        check=False,
    )
    os.close(reading)
    said = done.stdout + done.stderr
    assert b"Traceback" not in said
    return f"{done.returncode}\n{said.decode()}"


@pytest.mark.parametrize(
    ("secret", "code"),
    [
        pytest.param(f"{WORDS}\n", "0", id="right"),
        pytest.param(WORDS, "0", id="without an end of line"),
        pytest.param(f"{OTHER}\n", "5", id="wrong"),
        pytest.param("", "7", id="empty"),
    ],
)
def test_a_passphrase_comes_through_a_descriptor(
    template: Path, secret: str, code: str
) -> None:
    said = _with_descriptor(template, secret, "--plain", typed="q\n")
    assert said.split("\n")[0] == code
    assert not secret or secret.strip() not in said
    assert ("My notes are kept" in said) is (code == "0")


def test_an_answer_is_there_at_the_next_start(tmp_path: Path) -> None:
    """Given in one run, offered to go on from in the next."""
    run(tmp_path, "vault", "new", typed=_TWICE)
    first = run(tmp_path, "--plain", typed=f"{WORDS}\n1\nq\n")
    assert "Saved on this computer: yes." in first.stdout
    second = run(tmp_path, "--plain", typed=f"{WORDS}\nq\n")
    assert "Enter to keep your answer" in second.stdout


@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")
def test_a_passphrase_is_not_shown_where_it_is_typed(template: Path) -> None:
    """In a real terminal, line by line; and typing goes on being shown after it."""
    shell = pexpect.spawn(
        sys.executable,
        ["-m", "guide", "--plain"],
        cwd=str(REPOSITORY),
        env=an_environment(template),
        encoding="utf-8",
        timeout=30,
        dimensions=(50, 90),
    )
    shell.expect("Passphrase, or a number[^:]*: ")  # the prompt, not the heading
    shell.sendline(WORDS)
    shell.expect("Type a number")
    seen = shell.before or ""
    assert WORDS not in seen
    assert "Taken." in seen
    shell.sendline("q")
    shell.expect(pexpect.EOF)
    assert WORDS not in (shell.before or "")
    assert CONTACT not in (shell.before or "")
    shell.close()
    assert shell.exitstatus == 0


def test_a_letter_written_by_a_command_is_kept_too(tmp_path: Path) -> None:
    """Asked for again, the once-only notice is the same one, and only copied."""
    run(tmp_path, "vault", "new", typed=_TWICE)
    out = str(tmp_path / "one.txt")
    asked = ("letter", "new", "no-contact-notice", "--format", "txt", "--out", out)
    typed = "\n".join([WORDS, *TO_THE_PLAN, *TO_THE_NOTICE, *FILLED, ""])
    first = run(tmp_path, *asked, typed=typed)
    assert first.returncode == 0, first.stderr
    assert Path(out).exists()
    second = run(tmp_path, *asked[:-1], str(tmp_path / "two.txt"), typed=f"{WORDS}\n")
    assert second.returncode == 0
    assert "Field 1" not in second.stdout
    assert Path(out).read_bytes() == (tmp_path / "two.txt").read_bytes()
    wrong = run(tmp_path, *asked[:-1], str(tmp_path / "three.txt"), typed=f"{OTHER}\n")
    assert wrong.returncode == 5
    assert not (tmp_path / "three.txt").exists()


def made_at(home: Path) -> Path:
    run(home, "vault", "new", typed=_TWICE)
    return home / "notes"


def test_a_vault_is_copied_and_the_copy_opens(tmp_path: Path) -> None:
    made_at(tmp_path)
    copy = str(tmp_path / "stick" / "copy")
    done = run(tmp_path, "vault", "copy", copy, typed=WORDS)
    assert done.returncode == 0, done.stderr
    assert "The copy is complete, and was read back." in done.stdout
    assert "100 % done" in done.stderr
    checked = run(tmp_path, "--vault", copy, "vault", "check", typed=WORDS)
    assert checked.returncode == 0, checked.stderr
    again = run(tmp_path, "vault", "copy", copy, typed=WORDS)
    assert again.returncode == 0
    inside = run(tmp_path, "vault", "copy", str(tmp_path), typed=WORDS)
    assert inside.returncode == 1
    assert "Nothing was copied." in inside.stderr


def test_the_keyring_is_a_sentence_where_there_is_none(tmp_path: Path) -> None:
    """Headless, and it asks for no passphrase before it knows."""
    made_at(tmp_path)
    before = (tmp_path / "notes" / "vault.json").read_bytes()
    state = run(tmp_path, "vault", "keyring", typed="")
    assert (state.returncode, state.stdout) == (0, "The keyring is off.\n")
    done = run(tmp_path, "vault", "keyring", "on", typed="")
    assert done.returncode == 1
    assert "keyring" in done.stderr
    assert "Traceback" not in done.stderr
    off = run(tmp_path, "vault", "keyring", "off", typed=WORDS)
    assert off.returncode == 0
    assert (tmp_path / "notes" / "vault.json").read_bytes() == before
    assert run(tmp_path, "vault", "keyring", "up", typed="").returncode == 2


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        pytest.param(f"{OTHER}\nremove everything\n", 5, id="passphrase"),
        pytest.param(f"{WORDS}\nyes\n", 1, id="sentence"),
        pytest.param(f"{WORDS}\n", 7, id="no sentence"),
        pytest.param("", 7, id="nobody"),
    ],
)
def test_nothing_is_removed_without_every_answer(
    template: Path, typed: str, code: int
) -> None:
    done = run(template, "vault", "destroy", typed=typed)
    assert done.returncode == code, done.stderr
    assert "can hurt a case" in done.stderr
    assert "What is lost for good:" in done.stdout
    assert run(template, "vault", "check", typed=WORDS).returncode == 0


def test_a_vault_is_removed_and_what_is_foreign_stays(tmp_path: Path) -> None:
    folder = made_at(tmp_path)
    (folder / "diary.txt").write_text("mine")
    done = run(tmp_path, "vault", "destroy", typed=f"{WORDS}\nremove everything\n")
    assert done.returncode == 0, done.stderr
    assert "It stays: diary.txt" in done.stdout
    assert [x.name for x in folder.iterdir()] == ["diary.txt"]
    assert run(tmp_path, "vault", "destroy", typed=WORDS).returncode == 4


def test_a_removal_that_was_cut_short_is_finished_without_a_passphrase(
    tmp_path: Path,
) -> None:
    folder = made_at(tmp_path)
    (folder / "unfinished").write_bytes(b"removing\n")
    (folder / "backup" / "keys.json").unlink()  # a removal begins with it
    (folder / "vault.json").write_bytes(b"\xff" * 500)  # noise, as a removal writes it
    (folder / "vault.json").rename(folder / "vault.json.part")
    made = run(tmp_path, "vault", "new", typed=_TWICE)
    assert made.returncode == 1
    assert "guide vault destroy" in made.stderr
    unsaid = run(tmp_path, "vault", "destroy", typed="")
    assert unsaid.returncode == 7
    assert folder.exists()
    done = run(tmp_path, "vault", "destroy", typed="remove everything\n")
    assert "Was that you?" in done.stderr
    assert done.returncode == 0, done.stderr
    assert not folder.exists()


@pytest.mark.parametrize("damage", ["gone", "torn"])
def test_the_spare_of_the_key_file_is_put_back(tmp_path: Path, damage: str) -> None:
    folder = made_at(tmp_path)
    whole = (folder / "vault.json").read_bytes()
    refused = run(tmp_path, "vault", "restore", "keys", typed=WORDS)
    assert refused.returncode == 1
    assert "The spare is no better than the key file." in refused.stderr
    (folder / "vault.json").unlink()
    if damage == "torn":
        (folder / "vault.json").write_bytes(whole[:200])
    told = run(tmp_path, "vault", "check", typed=WORDS)
    assert told.returncode == 6
    assert "guide vault restore keys" in told.stderr
    wrong = run(tmp_path, "vault", "restore", "keys", typed=OTHER)
    assert wrong.returncode == 5
    done = run(tmp_path, "vault", "restore", "keys", typed=WORDS)
    assert done.returncode == 0, done.stderr
    assert "The spare of the key file is in its place." in done.stdout
    assert ("Put aside: " in done.stdout) == (damage == "torn")
    assert (folder / "vault.json").read_bytes() == whole
    assert run(tmp_path, "vault", "check", typed=WORDS).returncode == 0


def test_a_spare_with_other_ways_in_is_told(tmp_path: Path) -> None:
    """An older one, planted; and a database that is damaged as well."""
    folder = made_at(tmp_path)
    old = (folder / "backup" / "keys.json").read_bytes()
    run(tmp_path, "vault", "passphrase", typed=f"{WORDS}\n{OTHER}\n{OTHER}\n")
    assert run(tmp_path, "vault", "restore", "keys", typed=WORDS).returncode == 1
    (folder / "backup" / "keys.json").write_bytes(old)
    (folder / "vault.json").unlink()
    done = run(tmp_path, "vault", "restore", "keys", typed=WORDS)
    assert done.returncode == 0, done.stderr
    assert "not the ones that were noted last" in done.stderr


def test_with_the_database_damaged_too_the_next_step_is_said(tmp_path: Path) -> None:
    folder = made_at(tmp_path)
    run(tmp_path, "vault", "backup", typed=WORDS)
    (folder / "vault.json").unlink()
    (folder / "vault.db").write_bytes(b"\xff" * 5000)
    done = run(tmp_path, "vault", "restore", "keys", typed=WORDS)
    assert done.returncode == 6
    assert "in its place" in done.stdout
    assert run(tmp_path, "vault", "restore", typed=WORDS).returncode == 0
    assert run(tmp_path, "vault", "check", typed=WORDS).returncode == 0


def test_a_damaged_vault_ends_with_6_at_the_door_of_a_command(tmp_path: Path) -> None:
    folder = made_at(tmp_path)
    run(tmp_path, "vault", "backup", typed=WORDS)
    (folder / "vault.db").write_bytes(b"\xff" * 5000)
    assert run(tmp_path, "timeline", typed=WORDS).returncode == 6
    assert run(tmp_path, "vault", "restore", typed=WORDS).returncode == 0
    assert run(tmp_path, "timeline", typed=WORDS).returncode == 0


_WITH_KEYRING = (
    "printf 'of this test' | gnome-keyring-daemon --unlock --components=secrets"
    ' >/dev/null 2>&1; exec "$@"'
)


def _in_a_session(home: Path, *words: str) -> pexpect.spawn[str]:
    """A command at a terminal, in a session with a real keyring."""
    runtime = home / "run"
    runtime.mkdir(mode=0o700, exist_ok=True)
    guide = [sys.executable, "-m", "guide", *words]
    shell = ["--", "sh", "-c", _WITH_KEYRING, "sh", *guide]
    return pexpect.spawn(
        "dbus-run-session",
        shell,
        cwd=str(REPOSITORY),
        env={
            **an_environment(home),
            "HOME": str(home),
            "XDG_RUNTIME_DIR": str(runtime),
        },
        encoding="utf-8",
        timeout=30,
        dimensions=(50, 90),
    )


def test_a_command_opens_it_with_a_real_keyring(tmp_path: Path) -> None:
    """Turned on once, at a terminal; then nothing is asked. Off, it asks again."""
    tools = ("dbus-run-session", "gnome-keyring-daemon")
    if any(shutil.which(each) is None for each in tools):
        pytest.skip("no Secret Service is installed here")
    made_at(tmp_path)
    on = _in_a_session(tmp_path, "vault", "keyring", "on")
    if on.expect(["Whoever can use this login", "no desktop", pexpect.EOF]):
        pytest.skip("no session bus can be started here")
    on.expect("Passphrase: ")
    on.sendline(WORDS)
    on.expect(r"The keyring of this login \(Secret Service\) can open")
    on.expect(pexpect.EOF)
    check = _in_a_session(tmp_path, "vault", "check")
    assert check.expect(["matches its journal", "Passphrase"]) == 0
    check.expect(pexpect.EOF)
    piped = run(tmp_path, "vault", "check", typed=OTHER)
    assert piped.returncode == 5  # where nobody types, a line is the passphrase
    off = _in_a_session(tmp_path, "vault", "keyring", "off")
    off.expect("Passphrase: ")
    off.sendline(WORDS)
    off.expect("opens your notes no more")
    off.expect(pexpect.EOF)
    asks = _in_a_session(tmp_path, "vault", "check")
    asks.expect("Passphrase: ")
    asks.sendline(WORDS)
    asks.expect("matches its journal")
    asks.expect(pexpect.EOF)  # so that the session ends, and its keyring with it
