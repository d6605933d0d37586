"""Saved emails on the command line. The file is named, and only ever read."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from datetime import datetime

from guide.actions.journey import Journey
from guide.actions.reporting import complaints, open_message, the_story
from guide.cli.ending import FINE, say
from guide.cli.starting import Wishes, desk
from guide.cli.writing import refuse_missing
from guide.plain.lines import block_lines, said, wrapped
from guide.words import _


def explain_mail(wishes: Wishes, file: str, *, as_json: bool) -> int:
    """Print what a saved email shows: sentences for a reader, or JSON."""
    refuse_missing(file)
    if as_json:
        sys.stdout.write(_as_json(wishes, file) + "\n")
        return FINE
    journey = Journey(desk(wishes.lang))
    journey.open("tool:mail")
    journey.typed(file)
    sheet = journey.sheet()
    say(said(_("Heading {level}").format(level=1), sheet.title))
    say(block_lines(sheet.blocks))
    for row in sheet.rows:
        if row.group:
            name = _("Heading {level}").format(level=2)
            say(["", *said(name, row.group)])
        if row.note:
            say(wrapped(f"- {row.text}. {row.note}", indent="  "))
    say(["", _("To write one: guide mail complaint FILE")])
    return FINE


def _as_json(wishes: Wishes, file: str) -> str:
    """Values as they stand in the message: JSON itself escapes what is not text."""
    message = open_message(file)
    found = complaints(desk(wishes.lang), message)
    said_here = {
        "story": the_story(message),
        "trace": asdict(message.trace),
        "complaints": [asdict(each) for each in found],
    }
    return json.dumps(said_here, indent=2, default=_plainly)


def _plainly(value: object) -> str:
    return value.isoformat() if isinstance(value, datetime) else str(value)
