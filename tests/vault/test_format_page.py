"""The format page is enough to open a vault without this program."""

from __future__ import annotations

import re
import secrets
import shutil
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pyrage
import pytest

import guide.vault
from guide.vault.changing import add_recovery
from guide.vault.journal import Journal, prepare
from guide.vault.key_file import MOST_BYTES, MOST_SLOTS
from guide.vault.keys import DATABASE_INFO, DESKTOP, KEYRING_INFO, SIGNING_INFO
from guide.vault.opening import create_vault
from guide.vault.slots import DEAREST, FORMAT, MOST_WORK, VERSION, SlotKind

PAGE = Path(guide.vault.__file__).with_name("VAULT_FORMAT.md").read_text("utf-8")
TYPED = "Zoë's heron ate  my left shoe "
NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
EVIDENCE = b"\x00 every byte counts \r\n\xff" + secrets.token_bytes(200_000)

needs_age = pytest.mark.skipif(
    shutil.which("age") is None, reason="age is not installed"
)


def _block(kind: str, holding: str) -> str:
    """The one code block of the page that holds those words."""
    blocks = re.findall(rf"^```{kind}\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
    (found,) = [block for block in blocks if holding in block]
    return str(found)


@pytest.fixture(scope="module")
def sealed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A real vault at its real price, closed, and the words of its sheet."""
    folder = tmp_path_factory.mktemp("format") / "vault"
    with create_vault(folder, TYPED, now=NOW) as vault:
        words = add_recovery(vault, TYPED)
        recipient = pyrage.x25519.Recipient.from_str(vault.root.age_recipient())
        path = folder / "sealed" / f"{'ab' * 16}.age"
        path.write_bytes(pyrage.encrypt(EVIDENCE, [recipient]))
        vault.connection.execute("create table incident (text)")
        prepare(vault.connection)
        journal = Journal(vault.connection, vault.root.signing_key())
        for n in range(3):
            with vault.connection:
                journal.append("test.entry", {"n": n}, NOW)
    for name in ("unlock.py", "tables.py", "journal.py"):
        (folder / name).write_text(_block("python", f"# {name}"), "utf-8")
    return folder, " ".join(words)


def _run(folder: Path, command: str, typed: str) -> subprocess.CompletedProcess[bytes]:
    """As in a terminal of someone else: no part of this program in reach."""
    path = f"{Path(sys.executable).parent}:/usr/bin:/bin"
    return subprocess.run(
        ["sh", "-c", command],
        cwd=folder,
        env={"PATH": path, "ID": "ab" * 16, "PYTHONWARNINGS": "ignore"},
        input=typed.encode() + b"\n",
        capture_output=True,
        check=False,
        start_new_session=True,  # no terminal, so that getpass reads what is piped
    )


def _line(holding: str) -> str:
    """The one command of the page that holds those words."""
    (found,) = [
        line
        for block in re.findall(r"^```sh\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
        for line in block.splitlines()
        if holding in line
    ]
    return str(found)


@needs_age
def test_the_age_command_opens_a_sealed_file(sealed: tuple[Path, str]) -> None:
    """With the command of the page as it stands there."""
    folder, _words = sealed
    done = _run(folder, _line("-o original"), TYPED)
    assert done.returncode == 0, done.stderr
    assert (folder / "original").read_bytes() == EVIDENCE


def test_a_few_lines_of_python_open_the_database(sealed: tuple[Path, str]) -> None:
    """With the command of the page as it stands there."""
    folder, _words = sealed
    done = _run(folder, _line("tables.py"), TYPED)
    assert done.returncode == 0, done.stderr
    assert done.stdout.decode().split() == ["origin", "incident", "journal"]


def test_the_journal_can_be_checked(sealed: tuple[Path, str]) -> None:
    """Every hash and every signature, and a changed entry is found."""
    folder, _words = sealed
    done = _run(folder, _line("journal.py"), TYPED)
    assert done.returncode == 0, done.stderr
    assert [line[:2] for line in done.stdout.splitlines()] == [b"1 ", b"2 ", b"3 "]
    forged = (folder / "journal.py").read_text("utf-8")
    forged = forged.replace("+ previous + body", "+ previous + body[1:]")
    (folder / "forged.py").write_text(forged, "utf-8")
    done = _run(folder, "python3 unlock.py all | python3 forged.py", TYPED)
    assert b"entry 1 is not right" in done.stderr


def test_the_recovery_sheet_opens_it_too(sealed: tuple[Path, str]) -> None:
    """With the one change that the page names."""
    folder, words = sealed
    script = (folder / "unlock.py").read_text("utf-8")
    changed = script.replace('KIND = "passphrase"', 'KIND = "recovery"')
    assert changed != script
    (folder / "recover.py").write_text(changed, "utf-8")
    right = _run(folder, "python3 unlock.py identity", TYPED)
    assert right.stdout.startswith(b"AGE-SECRET-KEY-1")
    assert _run(folder, "python3 recover.py identity", words).stdout == right.stdout


def test_a_wrong_passphrase_opens_nothing(sealed: tuple[Path, str]) -> None:
    """Without the space at its end it is another passphrase."""
    folder, _words = sealed
    done = _run(folder, "python3 unlock.py identity", TYPED.rstrip())
    assert done.returncode == 1
    assert done.stdout == b""


@pytest.mark.parametrize(
    "said",
    [
        *(info.decode() for info in (DATABASE_INFO, SIGNING_INFO, KEYRING_INFO)),
        f'`"{FORMAT}"`',
        f"`{VERSION}`; a reader refuses a higher one",
        f"at most {MOST_BYTES // 1024} KiB",
        f"1 to {MOST_SLOTS} key slots",
        f"`memory_kib` is at most {DEAREST.memory_kib}",
        f"`passes` and `lanes` at most {DEAREST.passes}",
        f"at most {MOST_WORK} of `memory_kib` \u00d7 `passes`",
        f"{DESKTOP.memory_kib}, {DESKTOP.passes} and {DESKTOP.lanes}",
        *(f"`{kind}`" for kind in SlotKind),
    ],
)
def test_the_page_says_what_the_program_does(said: str) -> None:
    """Every number and name of the format that the program holds too."""
    assert said in " ".join(PAGE.split())
