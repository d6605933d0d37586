"""Real vaults for the tests: made, opened elsewhere, on disks of every kind."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from guide.vault.changing import add_keyring
from guide.vault.keys import CHEAPEST
from guide.vault.opening import (
    OpenVault,
    create_vault,
)

TYPED = "Zoë's heron ate my left shoe"


OTHER = "nine calm otters sort the mail"


NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)


ROOT = Path(__file__).resolve().parents[2]
CANARY = "a-canary-that-nobody-else-would-write"


def made(folder: Path, typed: str = TYPED) -> OpenVault:
    return create_vault(folder, typed, profile=CHEAPEST, now=NOW)


def word(vault: OpenVault) -> str:
    """What the vault keeps; the vault is closed with it."""
    with vault:
        rows = vault.connection.execute("select text from word").fetchall()
        return str(rows[0][0])


def keyring_secret(vault: OpenVault) -> bytes:
    """The secret of a new keyring slot."""
    handed_over: list[bytes] = []
    add_keyring(vault, TYPED, handed_over.append)
    return handed_over[0]


def bytes_of(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


_START = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from guide.model.problems import GuideError
from guide.vault.changing import change_passphrase
from guide.vault.keys import CHEAPEST
from guide.vault.opening import create_vault, open_vault
folder, typed, other = Path(sys.argv[1]), sys.argv[2], sys.argv[3]
now = datetime(2026, 11, 20, tzinfo=UTC)
"""


OPEN = """
try:
    vault = open_vault(folder, typed)
    print("open", flush=True)
    sys.stdin.readline()
    vault.close()
except GuideError as error:
    print(type(error).__name__, flush=True)
"""


def elsewhere(script: str, folder: Path, *more: str) -> subprocess.Popen[str]:
    """*script* in a process of its own."""
    return subprocess.Popen(
        [sys.executable, "-c", _START + script, str(folder), TYPED, OTHER, *more],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


@contextmanager
def mounted(place: Path, *options: str) -> Iterator[None]:
    if os.geteuid() != 0 or sys.platform != "linux":
        pytest.skip("only root can mount a disk")
    place.mkdir(exist_ok=True)
    if subprocess.run(["mount", *options, str(place)], check=False).returncode:
        pytest.skip("mounting is not allowed here")
    try:
        yield
    finally:
        subprocess.run(["umount", "-l", str(place)], check=True)


@contextmanager
def read_only(folder: Path) -> Iterator[None]:
    """*folder* on a disk that cannot be written to."""
    if os.geteuid() != 0:
        folder.chmod(0o500)
        yield
        folder.chmod(0o700)
        return
    with mounted(folder, "--bind", str(folder)):
        remount = ["mount", "-o", "remount,bind,ro", str(folder)]
        subprocess.run(remount, check=True)
        yield
