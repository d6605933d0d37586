"""The promise: nothing is written but what is sealed, what is preferred, what is asked.

A file that is gone again before the program ends counts as well. Every file is noted
as it is opened, by an audit hook in Python, and where strace is there by the kernel,
with every byte that goes into it. ``test_canaries_typed`` watches both front ends in
the same way; here are the commands, and the proof that a fault would be seen.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from guide.actions.evidence_care import word_for_copy
from guide.model.content import FieldKind
from tests.content.filled_letters import letter
from tests.plain.talking import a_desk
from tests.promises import pty_terminal
from tests.promises.canaries import DAY, PASSPHRASE, canary, seen_in
from tests.promises.canary_login import (
    assert_no_canary_on_disk,
    assert_the_kernel_saw_nothing_else,
    assert_written_where_it_may,
    make_login,
    trace_all,
)
from tests.promises.traced import can_trace
from tests.vault.keeping_desk import kept_at

pytestmark = pytest.mark.skipif(
    sys.platform == "win32", reason="watches POSIX files and processes"
)
LETTER = "host-complaint"
NEW = f"{canary('new-passphrase')} under eleven moons"
BAG = f"{canary('bag-passphrase')} under fifteen moons"
_ACCOUNT = (canary("cli-account"), "", "2026-11-03 22:10", "1")


@pytest.fixture
def login(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("TZ", "UTC")
    monkeypatch.setenv("PYTHONPATH", str(pty_terminal.REPOSITORY))
    made = make_login(tmp_path, monkeypatch, "typed_app.py")
    kept_at(a_desk(), made / "notes", PASSPHRASE).close()
    return made


def in_the_letter() -> list[str]:
    """A line for each of its blanks; two where a text has more than one."""
    lines: list[str] = []
    for each in letter(LETTER).fields:
        word = canary(f"cli-{each.id}")
        match each.kind:
            case FieldKind.LONG:
                lines += [word, ""]
            case FieldKind.EMAIL:
                lines.append(f"{word}@example.com")
            case FieldKind.DATE:
                lines.append(DAY)
            case FieldKind.YESNO:
                lines.append("yes")
            case _:
                lines.append(word)
    return lines


def commands(login: Path) -> list[tuple[str, tuple[str, ...]]]:
    """Each with what is typed; a word in angles stands for a path."""
    to = f"{canary('cli-host_address')}@example.com"
    secrets = (PASSPHRASE, NEW, NEW)
    return [
        ("incident add", (PASSPHRASE, *_ACCOUNT)),
        ("evidence add <file>", (PASSPHRASE,)),
        ("evidence preview 1", (PASSPHRASE,)),
        ("evidence export 1 <plain.txt>", (PASSPHRASE, word_for_copy())),
        ("mail table <mail>", ()),
        (
            f"letter new {LETTER} --out <letter.txt>",
            (PASSPHRASE, "1", *in_the_letter(), "", to),
        ),
        ("letter export 1 --out <letter.pdf>", (PASSPHRASE,)),
        (
            "filter --format sieve",
            (PASSPHRASE, "1", to, "1", str(login / "asked/f.sieve")),
        ),
        ("case export --for police --format html <book.html>", (PASSPHRASE,)),
        ("case bag --for police <bag>", (PASSPHRASE, word_for_copy())),
        ("case bag --for police --sealed <sealed>", (PASSPHRASE, BAG, BAG)),
        ("config theme day", ()),
        ("vault copy <copy>", (PASSPHRASE,)),
        ("vault restore", (PASSPHRASE,)),
        ("vault passphrase", secrets),
        ("vault recovery", (NEW,)),
    ]


def paths(login: Path, words: str) -> list[str]:
    """The words of a command, with each path whole."""
    asked = {"<copy>": login / "copy"}
    named = ((x, asked.get(x, login / "asked" / x.strip("<>"))) for x in words.split())
    return [str(path) if word.startswith("<") else word for word, path in named]


def done(login: Path, words: list[str], typed: tuple[str, ...]) -> str:
    """Run one command beneath all that watches; what it said."""
    app = Path(__file__).with_name("typed_app.py")
    notes = ["--vault", str(login / "notes")]
    ran = subprocess.run(
        [sys.executable, str(app), str(login), *notes, *words],
        input="".join(f"{line}\n" for line in typed).encode(),
        capture_output=True,
        timeout=60,
        check=False,
    )
    said = (ran.stdout + ran.stderr).decode("utf-8", "replace")
    assert ran.returncode == 0, (words[:2], said)
    assert canary("passphrase") not in said
    return said


def test_commands_write_nothing_else(login: Path) -> None:
    for each in ("file", "mail"):  # what is typed in a shell, it shows to everybody
        (given,) = (login / "given").glob(f"{canary(f'{each}-name')}.*")
        first = b"From - Tue Nov  3 10:15:04 2026\n" if each == "mail" else b""
        (login / "asked" / each).write_bytes(first + given.read_bytes())
    traced = can_trace(login.parent)
    told: set[bool] = set()
    for words, typed in commands(login):
        if traced:
            trace_all(login)
        done(login, paths(login, words), typed)
        if traced:
            told.add(assert_the_kernel_saw_nothing_else(login))
    assert not traced or True in told
    assert_written_where_it_may(login)
    assert_no_canary_on_disk(login)
    written = {"plain.txt", "letter.txt", "letter.pdf", "f.sieve", "book.html", "bag"}
    written |= {"sealed"}
    assert {x.name for x in (login / "asked").iterdir()} == {"file", "mail", *written}
    for name in ("letter.txt", "plain.txt", "book.html"):
        assert seen_in((login / "asked" / name).read_bytes())
    settings = login / "xdg_config_home/guide/settings.toml"
    assert settings.read_text("utf-8") == 'theme = "day"\n'


_FAULTS = {
    "a file that is gone again": "open('x', 'w').write(word); os.unlink('x')",
    "a file with nothing in it": "open('x', 'w').close()",
    "a folder for such files": "import tempfile; tempfile.TemporaryDirectory()",
    "a library": "import apsw; apsw.Connection('x.db').execute('create table a (b)')",
    "another name": "open(notes + '/x', 'w').close(); os.rename(notes + '/x', 'x')",
    "plain in the vault": "open(notes + '/x', 'w').write(word)",
    "wide in the vault": "open(notes + '/x', 'wb').write(word.encode('utf-16'))",
    "memory with a name": "os.memfd_create('x')",
    "shared memory": "open('/dev/shm/guide-x', 'w'); os.unlink('/dev/shm/guide-x')",
    "an argument": "import subprocess; subprocess.run(['true', word])",
    "an environment": "os.environ['A'] = word; os.execvp('true', ['true'])",
    "a socket": "import socket; socket.socket()",
    "a datagram": "import socket; socket.socket(socket.AF_INET6, socket.SOCK_DGRAM)",
}
_AS_IT_SHOULD_BE = "open(notes + '/y', 'w').write('sealed'); print(word)"
_PYTHON = {"a file that is gone again", "a file with nothing in it", "another name"}
_PYTHON |= {"a folder for such files", "shared memory", "an argument", "an environment"}


def faulty(login: Path, code: str) -> None:
    """A program that does what the guide never may, beneath all that watches."""
    (login / "notes").mkdir(exist_ok=True)
    named = f"word, notes = {canary('x')!r}, {str(login / 'notes')!r}"
    own = f"{named}\n    {_AS_IT_SHOULD_BE}\n    {code}"
    app = Path(__file__).with_name("typed_app.py").read_text("utf-8")
    app = app.replace("from guide.__main__ import main", own)
    app = app.replace("sys.exit(main())", "sys.exit()")
    assert own in app
    (login / "faulty.py").write_text(app, "utf-8")
    subprocess.run(
        [sys.executable, str(login / "faulty.py"), str(login)],
        stdout=subprocess.PIPE,
        env={**os.environ, "A": ""},
        check=True,
    )


@pytest.mark.parametrize("fault", _FAULTS)
def test_the_kernel_would_tell(login: Path, fault: str) -> None:
    """Or the tests above could not fail."""
    if not can_trace(login.parent):
        pytest.skip("there is no strace here, or it may not look")
    trace_all(login)
    faulty(login, _FAULTS[fault])
    with pytest.raises(AssertionError):
        assert_the_kernel_saw_nothing_else(login)


def test_the_kernel_tells_nothing_that_is_not_so(login: Path) -> None:
    if not can_trace(login.parent):
        pytest.skip("there is no strace here, or it may not look")
    trace_all(login)
    faulty(login, "pass")
    assert assert_the_kernel_saw_nothing_else(login)


@pytest.mark.parametrize("fault", sorted(_PYTHON))
def test_the_audit_hook_would_tell(login: Path, fault: str) -> None:
    faulty(login, _FAULTS[fault])
    with pytest.raises(AssertionError):
        assert_written_where_it_may(login)


def test_the_audit_hook_tells_nothing_that_is_not_so(login: Path) -> None:
    faulty(login, "pass")
    assert_written_where_it_may(login)
