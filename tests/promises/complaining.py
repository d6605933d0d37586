"""A reader who complains: a message to them, the desk, the letter, its file."""

from __future__ import annotations

import base64
import json
from email import message_from_bytes, policy
from pathlib import Path

from guide.actions.desk import keep_nothing
from guide.actions.journey import Journey
from guide.model.sheet import Sheet

OWN = "reader.example@example.com"
WHEN = "; Tue, 03 Nov 2026 10:15:02 +0100"


def saved(
    folder: Path,
    name: str,
    *more: str,
    sender: str = "somebody@sender.example",
    result: str = "pass",
    source: str = "203.0.113.9",
    text: str = "I know you.",
) -> tuple[Path, bytes]:
    """A message to the reader as a file, and its bytes."""
    lines = (
        f"Delivered-To: {OWN}",
        f"Authentication-Results: mx.example.com; dmarc={result}"
        f" header.from={sender.partition('@')[2]}",
        f"Received: from x (unknown [{source}]) by mx.example.com for <{OWN}>{WHEN}",
        f"From: {sender}",
        f"To: Reader <{OWN}>",
        f"Message-ID: <{name}@sender.example>",
        "Date: Tue, 03 Nov 2026 10:15:02 +0100",
        *more,
        "",
        f"Dear {OWN}, {text}",
        "",
    )
    path = folder / f"{name}.eml"
    path.write_bytes("\r\n".join(lines).encode())
    return path, path.read_bytes()


def opened(path: Path) -> Journey:
    """A reader who has opened the message in *path*."""
    journey = Journey(keep_nothing())
    journey.open("tool:mail")
    journey.typed(str(path))
    return journey


def choose_desk(journey: Journey, name: str) -> None:
    """Choose the desk called *name*, by its words."""
    row = next(r for r in journey.sheet().rows if r.text.endswith(name))
    journey.choose(row.value)


def finished(journey: Journey, how: str) -> Journey:
    """Write the complaint in the way *how*, up to the finished letter."""
    journey.choose(how)
    if journey.sheet().name == "may-reach":
        journey.choose("go-on")
    blanks = {"reply_address": "safe@example.org", "what_happened": "14 messages"}
    blanks |= {"provider_address": "abuse@sender.example"}
    for blank, value in blanks.items():
        journey.fill(blank, value)
    journey.choose("finish")
    journey.typed("abuse@sender.example")
    assert journey.sheet().name == "finished"
    return journey


def as_file(journey: Journey, ending: str, folder: Path) -> bytes:
    """The finished letter saved with *ending*."""
    path = folder / f"out-{ending}"
    journey.choose(f"save:{ending}")
    journey.typed(str(path))
    return Path(f"{path}.{ending}").read_bytes()


def words(sheet: Sheet) -> str:
    return "\n".join(block.lead + block.text for block in sheet.blocks)


def every_way_to_read(data: bytes) -> str:
    """The bytes, every part of them, and what is packed in them."""
    said = [data.decode("utf-8", "replace")]
    if data.startswith(b"{"):
        loaded = json.loads(data)
        said += [json.dumps(loaded, ensure_ascii=False)]
        inner = [base64.b64decode(x["Content"]) for x in loaded["Evidence"]]
        return "\n".join([*said, *map(every_way_to_read, inner)])
    mail = message_from_bytes(data, policy=policy.default)
    for part in mail.walk():
        said += [f"{k}: {v}" for k, v in part.items()]
        if not part.is_multipart():
            content = part.get_content()
            said.append(content if isinstance(content, str) else repr(content))
    return "\n".join(said)


def opened_at_desk(path: Path) -> Journey:
    journey = opened(path)
    choose_desk(journey, "sender.example")
    return journey
