"""What is sealed beside a file: all that was said of it, as plain texts.

From these the row can be made again when the database is lost, or when it did not
take the row in the first place.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime

from guide.actions.finding import FoundFile
from guide.actions.notes import Notes
from guide.model.problems import InvalidAnswerError
from guide.model.records import Claim, Evidence
from guide.model.telling import short_day
from guide.model.times import Precision, When
from guide.safety.display import show, show_path
from guide.words import _


def details_of(said: Notes, file: FoundFile, *, sensitive: bool) -> dict[str, str]:
    """What is known and said of *file*, for the record sealed beside it."""
    details = {
        "media_type": file.looked.media_type,
        "claims": _packed_claims(file.looked.claims),
        "url": said.value("url"),
        "by": said.value("by"),
        "note": _note(said, file),
        "captured": _packed_when(said.when) if said.when.words else "",
        "sensitive": "yes" if sensitive else "",
    }
    return {name: text for name, text in details.items() if text}


def _note(said: Notes, file: FoundFile) -> str:
    words = _("It was in the folder {folder}.")
    where = words.format(folder=show_path(file.inside)) if file.inside else ""
    return "\n".join(filter(None, [said.value("note"), where]))


def claims_of(details: Mapping[str, str]) -> tuple[Claim, ...]:
    """The times that the file says about itself."""
    try:
        found = json.loads(details.get("claims", "[]"))
        return tuple(
            Claim(what=str(what), value=str(value), at=_moment(str(at)))
            for what, value, at in found
        )
    # A record that this guide did not write.
    except (ValueError, TypeError, RecursionError):
        return ()


def captured_of(details: Mapping[str, str]) -> When:
    """When the reader said that it was saved."""
    try:
        precision, start, end, zone, words = json.loads(details.get("captured", "[]"))
        return When(
            precision=Precision(precision),
            start=_moment(start),
            end=_moment(end),
            zone=str(zone),
            words=str(words),
        )
    except (ValueError, TypeError, RecursionError, InvalidAnswerError):
        return When()


def _packed_claims(claims: tuple[Claim, ...]) -> str:
    each = [[c.what, c.value, c.at.isoformat() if c.at else ""] for c in claims]
    return json.dumps(each) if each else ""


def _packed_when(when: When) -> str:
    moments = [each.isoformat() if each else "" for each in (when.start, when.end)]
    return json.dumps([when.precision, *moments, when.zone, when.words])


def _moment(text: str) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def line_of(found: Evidence) -> str:
    """A file in one line: its number, its name, and when it came in."""
    at = found.acquired_at.astimezone()
    name = show(found.original_name, limit=60)
    words = _("File {number}: {name}").format(number=found.number, name=name)
    day, time = short_day(at.date()), f"{at:%H:%M}"
    return _("{file}, {day} {time}").format(file=words, day=day, time=time)
