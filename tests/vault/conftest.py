"""A real vault for whoever asks for one."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.vault.making import CANARY, made


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A closed vault with one word in it."""
    place = tmp_path / "vault"
    with made(place) as vault:
        vault.connection.execute("create table word (text)")
        vault.connection.execute("insert into word values (?)", (CANARY,))
    return place


@pytest.fixture
def stick(tmp_path: Path) -> Iterator[Path]:
    """A disk of 24 MB, where this login may mount one."""
    place = tmp_path / "stick"
    place.mkdir()
    mount = shutil.which("mount")
    if sys.platform != "linux" or mount is None:
        pytest.skip("needs mount")
    command = [mount, "-t", "tmpfs", "-o", "size=24m,mode=0700", "none", str(place)]
    if subprocess.run(command, check=False, capture_output=True).returncode:
        pytest.skip("may not mount here")
    yield place
    subprocess.run(["umount", "-l", str(place)], check=True)
