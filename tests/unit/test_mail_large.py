"""A mailbox of 2 GiB costs time, and no more memory than a small one."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from tests.bench.mailbox import LARGE, MESSAGES, table, write_mailbox

MOST_MEGABYTES = 256


@pytest.mark.long
@pytest.mark.skipif(sys.platform != "linux", reason="the file has holes in it")
def test_a_mailbox_of_two_gigabytes_is_read_as_a_stream(tmp_path: Path) -> None:
    """Every message is counted; the whole program stays within its memory."""
    path = write_mailbox(tmp_path / "large.mbox", MESSAGES, LARGE)
    assert path.stat().st_size >= LARGE
    _seconds, held = table(path, os.environ)
    assert held < MOST_MEGABYTES
