"""A made-up login for canaries: what the reader had, and where a program may write.

Not a test.
"""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from guide.actions.keeping import open_vault_desk
from tests.plain.talking import a_desk
from tests.promises import pty_terminal
from tests.promises.canaries import PASSPHRASE, canary, seen_in, seen_on_disk
from tests.promises.traced import read_trace, tracing

_OWN = ("HOME", "TMPDIR", "TEMP", "TMP", "SQLITE_TMPDIR", "XDG_CONFIG_HOME")
_OWN_TOO = ("XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME", "XDG_RUNTIME_DIR")
_SHARED = tuple(Path(each) for each in ("/dev/shm", "/var/tmp"))  # noqa: S108
_SAMPLE = pty_terminal.REPOSITORY / "tests/mail_samples/genuine_from_gmail.eml"
_TEXT = f"{canary('file-text')}\n" * 3
_NOWHERE = re.compile(r"/dev/(null|tty|ptmx|pts/\d+)")
NAMED = frozenset({"os.mkdir", "os.rename", "os.link", "os.symlink"})
STARTED = frozenset({"subprocess.Popen", "os.posix_spawn", "os.exec", "os.putenv"})


def make_login(folder: Path, patch: pytest.MonkeyPatch, app: str) -> Path:
    """A home, every folder that a program may write to by itself, and *app* to run.

    ``given`` is what the reader had before, ``asked`` is for what they ask for.
    """
    login = folder / "login"
    for name in (*_OWN, *_OWN_TOO):
        own = login / name.lower()
        own.mkdir(parents=True)
        patch.setenv(name, str(own))
    for name in ("cwd", "asked"):
        (login / name).mkdir()
    patch.chdir(login / "cwd")
    patch.delenv("GUIDE_HOME", raising=False)
    patch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    patch.setattr(pty_terminal, "APP", Path(__file__).with_name(app))
    _give(login / "given")
    return login


def _give(given: Path) -> None:
    given.mkdir()
    (given / f"{canary('file-name')}.txt").write_text(_TEXT)
    (given / f"{canary('mail-name')}.eml").write_text(_mail())
    with (given / f"{canary('large')}.bin").open("wb") as file:
        file.write(canary("large-text").encode() * 100_000)


def _mail() -> str:
    """The sample, with a canary in each part that somebody reads."""
    head, _end, body = _SAMPLE.read_text("utf-8").partition("\n\n")
    kept = [x for x in head.split("\n") if not x.startswith(("From:", "Subject:"))]
    sender = f"{canary('mail-from')} <{canary('mail-address')}@gmail.com>"
    lines = (*kept, f"From: {sender}", f"Subject: {canary('mail-subject')}")
    return "\n".join((*lines, "", body, canary("mail-body"), ""))


def assert_no_canary_on_disk(login: Path) -> None:
    """But in what the reader had before, which stays as it was, or asked for."""
    given = login / "given"
    found = seen_on_disk(login, *_SHARED)
    had = {str(path) for path in given.iterdir()}
    assert had <= found.keys()
    asked = {str(path) for path in (login / "asked").rglob("*")}
    left = {k: v for k, v in found.items() if k not in had | asked}
    assert left == {}
    assert (given / f"{canary('file-name')}.txt").read_text() == _TEXT
    assert (given / f"{canary('mail-name')}.eml").read_text() == _mail()


def all_kept(folder: Path) -> str:
    """Everything that the vault gives back to whoever has its passphrase."""
    desk = open_vault_desk(a_desk(), folder, PASSPHRASE)
    vault = desk.vault
    incidents = vault.incidents()
    notes = [vault.private_note(each.id) for each in incidents]
    kept = (
        *(vault.fields(), vault.people(), vault.letters(), incidents),
        [note.reveal() for note in notes if note],
        [vault.evidence(each) for each in vault.evidence_ids()],
        [vault.contact(x.id) for x in vault.contact_log() if ":" not in x.id],
    )
    desk.close()
    return repr(kept)


def assert_written_where_it_may(login: Path) -> None:
    """Every file that was ever opened to be written, gone by now or not."""
    notes = (login / "written").read_bytes()
    assert seen_in(notes) == []
    events = [json.loads(line) for line in notes.splitlines()]
    for event, *words in events:
        if event == "open":
            assert may_be_written(login, words[0]), words
        elif event in NAMED:
            assert all(may_be_written(login, name) for name in names(login, words)), (
                words
            )
        else:
            assert event in STARTED or _is_memory(event, words), (event, words)
    assert any(event == "open" for event, *_words in events)


def names(login: Path, words: list[str]) -> list[str]:
    """The paths among the words of an event, from where the program runs."""
    paths = (each for each in words if not each.lstrip("-").isdecimal())
    return [str(login / "cwd" / each) for each in paths]


def may_be_written(login: Path, name: str) -> bool:
    """Whether it is sealed, a copy of what is sealed, or what the reader asked for."""
    path = Path(name)
    if _NOWHERE.fullmatch(name) or path in (login, login / "interface"):
        return True
    kept = ("notes", "copy", "asked", "xdg_config_home/guide")
    return any(path.is_relative_to(login / each) for each in kept)


def trace_all(login: Path) -> None:
    """Let the kernel's own notes be taken, too, beside the login."""
    words = tracing(login.with_name("trace"))
    (login / "trace").write_text(json.dumps(words), "utf-8")


def assert_the_kernel_saw_nothing_else(login: Path) -> bool:
    """No other file, no canary in one, in memory or in a command, no network.

    Whether a canary was seen at all: at the terminal, or in what was asked for.
    """
    found = read_trace(login.with_name("trace"))
    own = str(login / "written")  # the notes of the audit hook
    opened = [x for x in (*found.opened, *found.named) if x != own]
    assert [x for x in opened if not may_be_written(login, x)] == []
    assert found.memory == []
    assert [x for x in found.sockets if not x.startswith("AF_UNIX")] == []
    assert [x for x in found.started if seen_in(x)] == []
    into_files = {x: data for x, data in found.written.items() if _is_file(login, x)}
    assert {x: seen_in(data) for x, data in into_files.items() if seen_in(data)} == {}
    return bool(seen_in(b"".join(found.written.values())))


def _is_file(login: Path, name: str) -> bool:
    """Where bytes stay; not a terminal, a pipe, or what the reader asked for."""
    asked = Path(name).is_relative_to(login / "asked")
    return name.startswith("/") and not _NOWHERE.fullmatch(name) and not asked


def _is_memory(event: str, words: list[str]) -> bool:
    """A mapping of memory, and of no file."""
    return event == "mmap.__new__" and words[0] == "-1"
