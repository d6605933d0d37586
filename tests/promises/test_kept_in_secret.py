"""The promise: what is kept is sealed, and no passphrase is left anywhere.

A vault is made, filled, locked and opened, and the program ends in every way it can.
"""

from __future__ import annotations

import base64
import os
import subprocess
import sys
from pathlib import Path

import pytest

SECRET = "quartz zebrafish under nine moons"  # noqa: S105  of vaults that live seconds
CANARY = "Zebrafish-Quartz-4471"
_WALK = """
import sys
from guide.safety.process import harden
harden()
from guide.actions.desk import keep_nothing
from guide.actions.journey import Journey
from guide.model.problems import GuideError
secret = sys.stdin.readline().rstrip()
journey = Journey(keep_nothing())
for choice in {choices!r}:
    journey.choose(choice)
journey.open("letter:no-contact-notice")
journey.fill("their_name", {canary!r})
journey.fill("their_contact", {canary!r} + "@example.com")
journey.fill("my_name", {canary!r})
journey.choose("finish")
journey.typed({canary!r} + "@example.com")
journey.open("keep")
journey.choose("next")
journey.choose("own")
journey.typed(secret)
journey.typed(secret)
journey.typed(journey.sheet().ask.value)
print("made", journey.desk.saving, flush=True)
journey.desk.vault.put_field("my_name", {canary!r} * 2)
journey.open("lock")
for wrong in (secret + " ", secret.upper()):
    try:
        journey.typed(wrong)
    except GuideError as error:
        print(error, flush=True)
journey.typed(secret)
{end}
"""
_TO_NOTICE = (
    *("messages", "next", "no", "no", "me", "go-on", "adult", "messages", "go:"),
    *("stranger", "none", "go:", "notice", "no", "yes", "none", "go:"),
)
_ENDS = {
    "left quietly": "journey.desk.close()",
    "not closed": "",
    "crashed while locked": "journey.open('lock'); raise ValueError(secret)",
    "crashed while open": "raise ValueError(journey.sheet(), secret)",
    "killed": "import os, signal; os.kill(os.getpid(), signal.SIGKILL)",
}


def _forms(word: str) -> list[bytes]:
    """How *word* could stand in a file."""
    raw = word.encode()
    return [
        raw,
        raw.upper(),
        word.encode("utf-16-le"),
        base64.b64encode(raw)[:-4],
        raw.hex().encode(),
    ]


@pytest.mark.parametrize("end", _ENDS.values(), ids=_ENDS.keys())
def test_no_file_and_no_output_holds_a_secret(end: str, tmp_path: Path) -> None:
    """Neither the passphrase nor what was kept, sealed or beside it."""
    home = tmp_path / "home"
    home.mkdir()
    script = _WALK.format(choices=_TO_NOTICE, canary=CANARY, end=end)
    environment = {
        **os.environ,
        "HOME": str(home),
        "TMPDIR": str(tmp_path),
        "GUIDE_HOME": str(home),
        "PYTHONPATH": str(Path(__file__).parents[2]),
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    ended = subprocess.run(
        [sys.executable, "-c", script],
        input=SECRET.encode() + b"\n",
        capture_output=True,
        cwd=home,
        env=environment,
        check=False,
        timeout=60,
    )
    printed = ended.stdout + ended.stderr
    assert b"made True" in printed, printed
    assert printed.count(b"does not open this vault") == 2
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert {path.parent.parent for path in files} >= {home}
    for form in _forms(SECRET):
        assert form not in printed
        assert not any(form in path.read_bytes() for path in files)
    for form in _forms(CANARY):
        assert not any(form in path.read_bytes() for path in files)
    assert not any(CANARY in path.name or SECRET in path.name for path in files)
