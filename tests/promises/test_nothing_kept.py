"""The promise: nothing the reader answers is kept, and nothing is left behind."""

from __future__ import annotations

import base64
import os
import subprocess
import sys
from pathlib import Path

import pytest

CANARY = "Zebrafish-Quartz-4471"
_WALK = """
import sys
from guide.safety.process import harden
harden()
from guide.actions.desk import keep_nothing
from guide.actions.journey import Journey
journey = Journey(keep_nothing())
for choice in {choices!r}:
    journey.choose(choice)
journey.open("letter:no-contact-notice")
journey.fill("their_name", {canary!r})
journey.fill("their_contact", {canary!r} + "@example.com")
journey.fill("my_name", {canary!r})
journey.choose("finish")
journey.typed({canary!r} + "@example.com")
journey.sheet()
journey.open("search")
journey.typed({canary!r})
journey.sheet()
{end}
"""
_TO_NOTICE = (
    *("messages", "next", "no", "no", "me", "go-on", "adult", "messages", "go:"),
    *("stranger", "none", "go:", "notice", "no", "yes", "none", "go:"),
)
_ENDS = {
    "left quietly": "",
    "crashed": "raise ValueError(journey.sheet())",
    "killed": "import os, signal; os.kill(os.getpid(), signal.SIGKILL)",
}


def _forms() -> list[bytes]:
    """The canary as it could stand in a file."""
    raw = CANARY.encode()
    return [
        raw,
        CANARY.encode("utf-16-le"),
        base64.b64encode(raw)[:-4],
        raw.hex().encode(),
    ]


@pytest.mark.parametrize("end", _ENDS.values(), ids=_ENDS.keys())
def test_nothing_is_left_on_disk_or_printed(end: str, tmp_path: Path) -> None:
    """However the program ends, no file and no output holds what was answered."""
    home = tmp_path / "home"
    home.mkdir()
    script = _WALK.format(choices=_TO_NOTICE, canary=CANARY, end=end)
    root = Path(__file__).parents[2]
    environment = {
        **os.environ,
        "HOME": str(home),
        "TMPDIR": str(tmp_path),
        "PYTHONPATH": str(root),
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    for name in [name for name in environment if name.startswith("XDG_")]:
        del environment[name]
    ended = subprocess.run(
        [sys.executable, "-c", "import sys; exec(sys.stdin.read())"],
        input=script.encode(),
        capture_output=True,
        cwd=home,
        env=environment,
        check=False,
        timeout=60,
    )
    assert (ended.returncode == 0) is (end == "")
    printed = ended.stdout + ended.stderr
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert files == []
    for form in _forms():
        assert form not in printed
