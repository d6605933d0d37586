"""The promise: however it ends, nothing of what was said is left outside the seals.

A canary in every field of every flow; then the program is left, fails, is killed, or
a keeping is stopped. Every file of a made-up login is searched, in many forms, and
everything that the terminal was sent after leaving.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from guide.actions.keeping import open_vault_desk
from tests.plain.talking import a_desk
from tests.promises import pty_terminal
from tests.promises.canaries import (
    PASSPHRASE,
    STEM,
    WRONG,
    canary,
    forms,
    seen_in,
    seen_on_disk,
)
from tests.promises.pty_terminal import Terminal, gone
from tests.vault.keeping_desk import kept_at
from tests.vault.working_desk import sealed_names

pytestmark = pytest.mark.skipif(
    sys.platform == "win32", reason="needs fork and a POSIX terminal"
)
CTRL_Q, ESCAPE, ENTER = b"\x11", b"\x1b", b"\r"
LEFT = b"\x1b[?1049l"
_OWN = ("HOME", "TMPDIR", "TEMP", "TMP", "SQLITE_TMPDIR", "XDG_CONFIG_HOME")
_OWN_TOO = ("XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME", "XDG_RUNTIME_DIR")
_SHARED = tuple(Path(each) for each in ("/dev/shm", "/var/tmp"))  # noqa: S108
_TEXT = f"{canary('file-text')}\n" * 3
_MAIL = (
    f"From: {canary('mail-from')}@example.com\nTo: {canary('mail-to')}@example.com\n"
    f"Subject: {canary('mail-subject')}\n\n{canary('mail-body')}\n"
)


@pytest.fixture
def login(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home, and every folder that a program may write to by itself."""
    for name in (*_OWN, *_OWN_TOO):
        folder = tmp_path / "login" / name.lower()
        folder.mkdir(parents=True)
        monkeypatch.setenv(name, str(folder))
    here = tmp_path / "login" / "cwd"
    here.mkdir()
    monkeypatch.chdir(here)
    monkeypatch.delenv("GUIDE_HOME", raising=False)
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    app = Path(__file__).with_name("canary_app.py")
    monkeypatch.setattr(pty_terminal, "APP", app)
    given = tmp_path / "login" / "given"  # what the reader had before
    given.mkdir()
    (given / f"{canary('file-name')}.txt").write_text(_TEXT)
    (given / f"{canary('mail-name')}.eml").write_text(_MAIL)
    with (given / f"{canary('large')}.bin").open("wb") as file:
        file.write(canary("large-text").encode() * 100_000)
    return tmp_path / "login"


def assert_no_canary_on_disk(login: Path) -> None:
    """But in what the reader had before, which stays as it was."""
    given = login / "given"
    found = seen_on_disk(login, *_SHARED)
    had = {str(path) for path in given.iterdir()}
    assert had <= found.keys()
    assert found.keys() == had, {k: v for k, v in found.items() if k not in had}
    assert (given / f"{canary('file-name')}.txt").read_text() == _TEXT
    assert (given / f"{canary('mail-name')}.eml").read_text() == _MAIL


def assert_all_is_kept(login: Path) -> None:
    """Or there would have been nothing to leave behind."""
    again = open_vault_desk(a_desk(), login / "notes", PASSPHRASE)
    (incident,) = again.vault.incidents()
    assert incident.account == canary("incident-account")
    (id_,) = again.vault.evidence_ids()
    assert again.vault.evidence(id_).note == canary("evidence-note")
    assert canary("no-contact-notice-my-name") in again.vault.fields().values()
    again.close()


def unlocked(terminal: Terminal, mode: str) -> None:
    """Through the door, with one wrong passphrase before the right one."""
    enter = ENTER if mode == "tui" else b"\n"
    terminal.hear(b"Passphrase")
    terminal.settle()
    terminal.type(WRONG.encode() + enter)
    terminal.hear(b"does not open this vault")
    terminal.settle()
    terminal.type(PASSPHRASE.encode() + enter)
    terminal.hear(b"Heading 1" if mode == "plain" else b"Saved")
    terminal.settle()
    assert seen_in(terminal.sent) == []  # a passphrase is not sent to a terminal


def search(terminal: Terminal, mode: str) -> None:
    """A last canary, typed at the terminal itself."""
    word = canary("typed").encode()
    if mode == "plain":
        terminal.type(b"/" + word + b"\n")
    else:
        terminal.type(b"/")
        terminal.settle()
        terminal.type(word)
    terminal.hear(word)
    terminal.settle()


def assert_the_terminal_is_empty(terminal: Terminal) -> None:
    terminal.hear(b"END")
    terminal.settle()
    assert seen_in(terminal.everything_visible.encode()) == []
    assert STEM not in terminal.title
    after = terminal.sent[terminal.sent.rindex(b"\x1b[3J") :]
    assert seen_in(after) == []


@pytest.mark.parametrize("mode", ["tui", "plain"])
def test_leaving(login: Path, mode: str) -> None:
    with Terminal(mode, str(login), "leave") as terminal:
        unlocked(terminal, mode)
        search(terminal, mode)
        terminal.type(CTRL_Q)
        assert_the_terminal_is_empty(terminal)
    assert_no_canary_on_disk(login)
    assert_all_is_kept(login)


@pytest.mark.parametrize("mode", ["tui", "plain"])
def test_a_kill(login: Path, mode: str) -> None:
    with Terminal(mode, str(login), "kill") as terminal:
        unlocked(terminal, mode)
        interface = int((login / "interface").read_text("ascii"))
        os.kill(interface, signal.SIGKILL)
        terminal.hear(b"CODE=1 SETTINGS=same END")
        assert gone(interface)
        assert seen_in(terminal.sent) == []
    assert_no_canary_on_disk(login)
    assert_all_is_kept(login)


@pytest.mark.parametrize("mode", ["tui", "plain"])
def test_a_fault_in_the_interface(login: Path, mode: str) -> None:
    with Terminal(mode, str(login), "crash") as terminal:
        unlocked(terminal, mode)
        terminal.type(b"!" if mode == "tui" else b"h\n")
        terminal.hear(b"CODE=1 SETTINGS=same END")
        assert b"KeyError" in terminal.sent
        assert seen_in(terminal.sent) == []
    assert_no_canary_on_disk(login)
    assert_all_is_kept(login)


@pytest.mark.parametrize("mode", ["tui", "plain"])
def test_stopping_a_keep(login: Path, mode: str) -> None:
    with Terminal(mode, str(login), "cancel") as terminal:
        terminal.hear(b"Begin it")
        terminal.settle()
        terminal.type(ENTER if mode == "tui" else b"1\n")
        terminal.hear(b"Please wait")
        terminal.settle(1.0)
        terminal.type(ESCAPE if mode == "tui" else b"s\n")
        terminal.hear(b"You stopped this.")
        terminal.settle()
        terminal.type(CTRL_Q)
        assert_the_terminal_is_empty(terminal)
    assert_no_canary_on_disk(login)
    assert_all_is_kept(login)
    assert len(sealed_names(login / "notes")) == 2  # of the file that was kept


def test_a_kill_in_the_midst_of_a_keep(login: Path) -> None:
    with Terminal("tui", str(login), "cancel") as terminal:
        terminal.hear(b"Begin it")
        terminal.settle()
        terminal.type(ENTER)
        terminal.hear(b"Please wait")
        terminal.settle(1.0)
        interface = int((login / "interface").read_text("ascii"))
        os.kill(interface, signal.SIGKILL)
        terminal.hear(b"CODE=1 SETTINGS=same END")
        assert gone(interface)
    assert_no_canary_on_disk(login)
    assert_all_is_kept(login)


_COMMANDS = {
    "incident add": (canary("cli-account"), "", "2026-11-03 22:10", "1"),
    "contact add": (canary("cli-office"), "2026-11-04", "1", canary("cli-person")),
    "person add": (f"@{canary('cli-handle')}",),
    "search": (canary("cli-search"),),
    "timeline": (),
    "vault check": (),
    "vault backup": (),
    "evidence list": (),
}


def test_commands(login: Path) -> None:
    """Each is asked at standard input; what they print is for the reader's eyes."""
    kept_at(a_desk(), login / "notes", PASSPHRASE).close()
    given = login / "given"
    file = str(given / f"{canary('file-name')}.txt")
    commands = [
        *((tuple(words.split()), lines) for words, lines in _COMMANDS.items()),
        (("evidence", "add", file), ()),
        (("mail", "explain", str(given / f"{canary('mail-name')}.eml")), ()),
        (("evidence", "show", "1"), ()),
    ]
    for words, lines in commands:
        secret = () if words[0] in ("search", "mail") else (PASSPHRASE,)
        done = subprocess.run(
            [sys.executable, "-m", "guide", "--vault", str(login / "notes"), *words],
            env={**os.environ, "PYTHONPATH": str(pty_terminal.REPOSITORY)},
            input="".join(f"{line}\n" for line in (*secret, *lines)).encode(),
            capture_output=True,
            timeout=60,
            check=False,
        )
        said = done.stdout + done.stderr
        assert canary("passphrase").encode() not in said
        assert b"Traceback" not in said
        assert done.returncode == (4 if words[0] == "search" else 0), (words, said)
    assert_no_canary_on_disk(login)


@pytest.mark.parametrize("form", dict.fromkeys(forms(STEM)), ids=repr)
def test_each_form_would_be_found(form: bytes, tmp_path: Path) -> None:
    """Or the tests above could not fail."""
    (tmp_path / "file").write_bytes(b"\0before" + form + b"after")
    assert len(seen_on_disk(tmp_path)) == 1


@pytest.mark.parametrize("before", ["", "a", "ab", "abc"])
def test_each_place_in_base64_would_be_found(before: str) -> None:
    import base64

    assert seen_in(base64.b64encode(f"{before}{canary('x')}yz".encode()))
