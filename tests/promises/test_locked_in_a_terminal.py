"""In a real terminal: the passphrase is never sent to it, and leaving closes the door.

The interface runs as the command line starts it, hardened and under the supervisor.
"""

from __future__ import annotations

import sys
from pathlib import Path

import pexpect
import pytest

from guide.actions.keeping import open_vault_desk
from tests.plain.talking import a_desk
from tests.unit.test_cli import REPOSITORY, an_environment
from tests.vault.keeping_desk import NOON, OTHER, WORDS, kept_at

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs a pty")
CTRL_L, CTRL_Q = "\x0c", "\x11"
CANARY = "Zebrafish-Quartz-4471"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A home with a vault in it, and a name in the vault."""
    kept = kept_at(a_desk(), tmp_path / "notes")
    kept.vault.put_field("my_name", CANARY)
    kept.vault.put_answer("kinds", ("messages",), NOON)
    kept.close()
    return tmp_path


def begun(home: Path) -> pexpect.spawn[str]:
    shown = pexpect.spawn(
        sys.executable,
        ["-m", "guide", "--tui"],
        cwd=str(REPOSITORY),
        env=an_environment(home),
        encoding="utf-8",
        timeout=30,
        dimensions=(24, 80),
    )
    shown.logfile_read = Sent()
    return shown


class Sent:
    """Everything that was sent to the terminal."""

    def __init__(self) -> None:
        self.text = ""

    def write(self, text: str) -> None:
        self.text += text

    def flush(self) -> None:
        """Nothing waits."""


def test_a_passphrase_is_typed_wrong_then_right_and_locked_again(home: Path) -> None:
    """Whatever is typed, the terminal gets none of it; and the next start is free."""
    shown = begun(home)
    shown.expect("Passphrase")
    shown.send(OTHER + "\r")
    shown.expect("does not open this vault")
    shown.send(WORDS + "\r")
    shown.expect("Saved")
    shown.send(CTRL_L)
    shown.expect("Locked")
    shown.send(CTRL_Q)
    shown.expect(pexpect.EOF)
    shown.close()
    assert shown.exitstatus == 0
    sent = shown.logfile_read
    assert isinstance(sent, Sent)
    for secret in (OTHER, WORDS, CANARY, WORDS[:8], OTHER[:8]):
        assert secret not in sent.text
    open_vault_desk(a_desk(), home / "notes", WORDS).close()


def test_leaving_while_it_is_open_lets_go_of_it_and_loses_nothing(home: Path) -> None:
    shown = begun(home)
    shown.expect("Passphrase")
    shown.send(WORDS + "\r")
    shown.expect("Saved")
    shown.send(CTRL_Q)
    shown.expect(pexpect.EOF)
    shown.close()
    assert shown.exitstatus == 0
    again = open_vault_desk(a_desk(), home / "notes", WORDS)
    assert again.vault.fields() == {"my_name": CANARY}
    again.close()
