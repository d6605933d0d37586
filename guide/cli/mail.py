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
from guide.files import path_typed
from guide.plain.lines import block_lines, said, wrapped
from guide.words import _


def explain_mail(wishes: Wishes, file: str, *, as_json: bool) -> int:
    """Print what a saved email shows: sentences for a reader, or JSON."""
    from guide.actions.places.own_service import OWN

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
        if row.value.startswith(OWN):
            continue  # a question for a screen: a command has no memory to answer to
        if row.group:
            name = _("Heading {level}").format(level=2)
            say(["", *said(name, row.group)])
        if row.note:
            say(wrapped(f"- {row.text}. {row.note}", indent="  "))
    say(["", _("To write one: guide mail complaint FILE")])
    return FINE


def table_of_mail(wishes: Wishes, file: str, *, as_json: bool) -> int:
    """Print who wrote how often to a mailbox file: lines for a reader, or JSON."""
    from guide.actions.mail_table import in_words, line_of, make_table
    from guide.cli.evidence_care import Aloud
    from guide.safety.display import show

    refuse_missing(file)
    table = make_table(desk(wishes.lang), path_typed(file), Aloud())
    if as_json:
        told = json.dumps(asdict(table), indent=2, default=_plainly)
        sys.stdout.write(told + "\n")
        return FINE
    say([*in_words(table), ""])
    for row in table.rows:
        name = show(row.sender, limit=200) or _("no sender")
        say(wrapped(f"- {name}: {line_of(row)}", indent="  "))
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
