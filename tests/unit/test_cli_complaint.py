"""``guide mail complaint FILE...``: several messages, and forms for machines."""

from __future__ import annotations

import json
from email import message_from_bytes, policy
from pathlib import Path

import pytest

from guide.library.loader import Shelf, content_root
from tests.unit.test_cli import SAMPLE, run

FORGED = "tests/mail_samples/forged_bank.eml"
FILLED = {
    "provider_name": "Gmail",
    "provider_address": "abuse@example.com",
    "reply_address": "me@example.com",
    "what_happened": "14 times",
}


def answers() -> str:
    """The desk, the complaint, the caution; the blanks in their order, and the end."""
    letter = Shelf(content_root()).library().letters["provider-complaint"]
    blanks = [FILLED.get(x.id, "") for x in letter.fields if not x.from_message]
    blanks[blanks.index("14 times")] += "\n"  # an empty line ends a long text
    return "\n".join(["1", "1", "1", *blanks, "", "abuse@example.com", ""])


@pytest.mark.parametrize("form", ["eml", "arf.eml", "xarf.json"])
def test_several_files_make_one_complaint(tmp_path: Path, form: str) -> None:
    """One of another account stays out, and that is said."""
    words = ("mail", "complaint", SAMPLE, FORGED, "--out", str(tmp_path))
    done = run(tmp_path / "home", *words, "--format", form, typed=answers())
    assert "it is from another address" in done.stdout
    assert (done.returncode, done.stderr) == (0, "")
    (file,) = [each for each in tmp_path.iterdir() if each.is_file()]
    assert file.name.endswith(f".{form}")
    assert file.name.count(form) == 1
    made = file.read_bytes()
    if form == "xarf.json":
        assert json.loads(made)["Occurrences"] == 1
        return
    mail = message_from_bytes(made, policy=policy.default)
    held = [x for x in mail.walk() if x.get_content_type() == "message/rfc822"]
    assert len(held) == 1
    assert Path(SAMPLE).read_bytes() in made


def test_a_file_that_is_not_there_is_named_before_anything_is_asked(
    tmp_path: Path,
) -> None:
    """Also when it is the second one."""
    done = run(tmp_path, "mail", "complaint", SAMPLE, "missing.eml")
    assert done.returncode == 4
    assert done.stdout == ""
