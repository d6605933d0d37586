"""The record on the command line: the same screens, walked and printed.

Without a vault nothing stays between two runs, and each of these says so.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict
from datetime import date, datetime

from guide.actions.desk import Desk
from guide.actions.journey import Journey
from guide.cli.ending import FINE, note, say
from guide.cli.opening import working_desk
from guide.cli.starting import Wishes
from guide.cli.vault import quietly
from guide.model.people import Person
from guide.model.problems import GuideError, NeedsTerminalError, NotFoundError
from guide.model.records import Incident, OfficialContact
from guide.model.sheet import Sheet
from guide.plain.app import the_talk
from guide.plain.lines import block_lines, said, wrapped
from guide.plain.session import Session
from guide.words import _

_STARTS = {"incident": "new:incident", "contact": "new:contact", "person": "people"}
_CHECK, _KEEP = "check", "keep"
_RECORDS = ("incident:", "contact:", "person:", "kept:", "evidence:")


def with_vault(
    wishes: Wishes, work: Callable[[Desk], int], *, as_json: bool = False
) -> int:
    """Do *work* at the desk of the vault; without one, say why there is nothing."""

    def do() -> int:
        here = working_desk(wishes)
        try:
            if here.opened is not None:
                return work(here)
            if as_json:
                sys.stdout.write("{}\n")
            tell = note if as_json else _say_one
            tell(_("There is no vault, so nothing is kept between two runs."))
            tell(_("To begin to keep notes: guide vault new"))
            return FINE
        finally:
            here.close()

    return quietly(do)


def _say_one(words: str) -> None:
    say([words])


def add(wishes: Wishes, kind: str) -> int:
    """Ask for a record line by line, and keep it.

    What comes by standard input and ends early is kept as far as it went.
    """
    return with_vault(wishes, lambda here: _add(here, kind))


def _add(here: Desk, kind: str) -> int:
    journey = Journey(here)
    journey.open(_STARTS[kind])
    if kind == "person":
        journey.choose("add")
    talk = the_talk()
    session = Session(journey, talk)
    try:
        session.run(lambda each: each.journey.sheet().name == kind)
    except EOFError:
        _keep_what_there_is(journey)
    if journey.sheet().name == kind:
        talk.tell(block_lines(journey.sheet().blocks))
    return FINE


def _keep_what_there_is(journey: Journey) -> None:
    """Nobody types any more: keep what was told; refused where that is nothing."""
    if journey.sheet().name == "person":
        return
    try:
        if not journey.sheet().name.endswith("-check"):
            journey.choose(_CHECK)
        journey.choose(_KEEP)
    except GuideError:
        raise NeedsTerminalError(
            _("Too little was typed, so no record was made of it."),
            _("Run it in a terminal window. What was typed is offered there again."),
        ) from None


def show_list(wishes: Wishes, target: str) -> int:
    """Print a list of the record as its screen has it."""

    def show(here: Desk) -> int:
        journey = Journey(here)
        journey.open(target)
        sheet = journey.sheet()
        say_whole(sheet)
        while any(row.value == "older" for row in sheet.rows):
            journey.choose("older")
            sheet = journey.sheet()
            _say_rows(sheet)
        return FINE

    return with_vault(wishes, show)


def show_incident(wishes: Wishes, number: int) -> int:
    """Print one incident. Raises NotFoundError where there is none."""

    def show(here: Desk) -> int:
        journey = Journey(here)
        journey.open(f"incident:{incident_numbered(here, number).id}")
        say_sheet(journey.sheet())
        return FINE

    return with_vault(wishes, show)


def incident_numbered(here: Desk, number: int) -> Incident:
    """The incident with this number. Raises NotFoundError."""
    for each in here.vault.incidents(limit=-1):
        if each.number == number:
            return each
    raise NotFoundError(
        _("There is no incident with that number."),
        _("See which there are: guide incident list"),
    )


def say_sheet(sheet: Sheet) -> None:
    """Print the title and the text of a screen."""
    say(said(_("Heading {level}").format(level=1), sheet.title))
    say(block_lines(sheet.blocks))


def say_whole(sheet: Sheet) -> None:
    """Print a screen with the records that it lists."""
    say_sheet(sheet)
    say([""])
    _say_rows(sheet)


def _say_rows(sheet: Sheet) -> None:
    for row in sheet.rows:
        if row.group and row.value.startswith(_RECORDS):
            say(["", *said(_("Heading {level}").format(level=2), row.group)])
        if row.value.startswith(_RECORDS):
            more = f" ({row.note})" if row.note else ""
            say(wrapped(f"- {row.text}{more}", indent="  "))


def people_as_json(wishes: Wishes) -> int:
    """Print everybody, with what they are recognised by."""
    return told_as_json(wishes, lambda here: {"people": _values(here.vault.people())})


def incidents_as_json(wishes: Wishes) -> int:
    """Print every incident, newest first, without the private notes."""

    def told(here: Desk) -> dict[str, object]:
        return {"incidents": _values(here.vault.incidents(limit=-1))}

    return told_as_json(wishes, told)


def incident_as_json(wishes: Wishes, number: int) -> int:
    """Print one incident without its private note. Raises NotFoundError."""
    return told_as_json(wishes, lambda here: asdict(incident_numbered(here, number)))


def contacts_as_json(wishes: Wishes) -> int:
    """Print every talk and letter to an office, newest first, and what is due."""

    def told(here: Desk) -> dict[str, object]:
        due = [each.id for each in here.vault.due(here.today())]
        return {"contacts": _values(here.vault.contact_log()), "due": due}

    return told_as_json(wishes, told)


def _values(records: Iterable[Incident | OfficialContact | Person]) -> list[object]:
    return [asdict(each) for each in records]


def told_as_json(wishes: Wishes, told: Callable[[Desk], Mapping[str, object]]) -> int:
    """Print as JSON what is *told* at the desk of the vault; without one, nothing."""

    def show(here: Desk) -> int:
        sys.stdout.write(json.dumps(told(here), indent=2, default=_plainly) + "\n")
        return FINE

    return with_vault(wishes, show, as_json=True)


def timeline_as_json(wishes: Wishes) -> int:
    """Print lines, weeks, gaps and the sides of each notice; no score."""

    def told(here: Desk) -> dict[str, object]:
        vault = here.vault
        return {
            "lines": [asdict(each) for each in vault.timeline(limit=-1)],
            "weeks": [
                {"week": str(each), "count": each.count} for each in vault.weeks()
            ],
            "gaps": [{**asdict(gap), "days": gap.days} for gap in vault.gaps()],
            "notices": [
                {"person_id": each.id, **asdict(vault.before_and_after(each.id))}
                for each in vault.people()
                if vault.before_and_after(each.id).sent_at
            ],
        }

    return told_as_json(wishes, told)


def _plainly(value: object) -> str:
    return value.isoformat() if isinstance(value, (date, datetime)) else str(value)
