"""A real vault for whoever asks for one."""

from __future__ import annotations

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
