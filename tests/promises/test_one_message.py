"""The promise: a complaint carries one message, and nobody else's mail."""

from __future__ import annotations

from pathlib import Path

from guide.actions.desk import keep_nothing
from guide.actions.journey import Journey

SAMPLES = Path(__file__).parent.parent / "mail_samples"
FIRST = (SAMPLES / "genuine_from_gmail.eml").read_bytes()
OTHER = b"From: friend@example.org\r\nSubject: PRIVATE-LETTER\r\n\r\nNot for them.\r\n"


def test_a_mailbox_file_gives_its_first_message_and_no_other(tmp_path: Path) -> None:
    """Thunderbird and Takeout save whole mailboxes; the rest stays with the reader."""
    mailbox = tmp_path / "All mail.mbox"
    parting = b"From sender@example.com Tue Nov  3 10:15:04 2026\n"
    mailbox.write_bytes(parting + FIRST + b"\n" + parting + OTHER)
    journey = Journey(keep_nothing())
    journey.open("tool:mail")
    journey.typed(str(mailbox))
    for choice in ("to:0", "provider-complaint", "go-on"):
        journey.choose(choice)
    for blank in ("provider_name", "reply_address", "what_happened"):
        journey.fill(blank, "someone@example.com")
    journey.fill("provider_address", "abuse@example.com")
    journey.choose("finish")
    journey.typed("abuse@example.com")
    journey.choose("save:eml")
    journey.typed(str(tmp_path / "complaint"))
    written = (tmp_path / "complaint.eml").read_bytes()
    assert b"CAexample0001@mail.gmail.com" in written
    assert b"PRIVATE-LETTER" not in written
