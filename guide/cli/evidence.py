"""``guide evidence add | list | show``: the same screens, walked and printed.

At a terminal the screens ask what they always ask. Where nobody types, nothing can
be asked: then only files that need no question about pictures are kept.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from guide.cli.ending import FAILED, FINE
from guide.cli.evidence_care import Aloud, numbered
from guide.cli.record import (
    incident_numbered,
    say_sheet,
    say_whole,
    told_as_json,
    with_vault,
)
from guide.cli.starting import Wishes, surroundings
from guide.cli.writing import refuse_missing
from guide.model.problems import NeedsTerminalError
from guide.words import _

if TYPE_CHECKING:
    from guide.actions.desk import Desk

_KEPT, _LIST = "evidence-kept", "evidence"
_NOT_KEPT = frozenset({"t-no-copy-minor", "evidence-age"})


def add(wishes: Wishes, files: Sequence[str], incident: int) -> int:
    """Keep *files* and folders; 1 when one of them was not kept.

    Raises NotFoundError for a name that is not there, NeedsTerminalError where a
    question comes first and nobody is there to answer it.
    """
    for file in files:
        refuse_missing(str(Path(file).absolute()))
    # As an address no letter of a name can be taken for something else.
    typed = " ".join(Path(file).absolute().as_uri() for file in files)

    def keep(here: Desk) -> int:
        id_ = incident_numbered(here, incident).id if incident else ""
        if surroundings().terminal:
            return _asking(here, typed, id_)
        return _unasked(here, typed, id_)

    return with_vault(wishes, keep)


def _asking(here: Desk, typed: str, incident_id: str) -> int:
    """Walk the screens up to the one that says what became of it."""
    from guide.actions.journey import Journey
    from guide.actions.places.evidence_kept import KeptPlace
    from guide.plain.app import the_talk
    from guide.plain.session import Session

    journey = Journey(here)
    journey.open(f"files:incident:{incident_id}" if incident_id else _LIST)
    journey.typed(typed)
    ends = {_KEPT, _LIST, *_NOT_KEPT}
    try:
        Session(journey, the_talk()).run(lambda _s: journey.sheet().name in ends)
    except EOFError:
        raise _unanswered() from None
    if journey.sheet().name != _LIST:
        say_whole(journey.sheet())
    place = journey.place
    return FINE if isinstance(place, KeptPlace) and place.whole else FAILED


def _unasked(here: Desk, typed: str, incident_id: str) -> int:
    from guide.actions.evidence import Tie, keep
    from guide.actions.finding import find
    from guide.actions.notes import EVIDENCE, Notes
    from guide.actions.picture_gate import close_for_pictures, nothing_to_ask
    from guide.actions.places.evidence_kept import KeptPlace

    work, tie = Aloud(), Tie(incident_id=incident_id)
    found = find(here, typed, work, close_for_pictures(here))
    if found.asks:
        raise _unanswered()
    may = nothing_to_ask(here, found)
    kept = keep(here, found, may, Notes(kind=EVIDENCE), tie, work)
    place = KeptPlace(here, kept, tie)
    say_whole(place.sheet())
    return FINE if place.whole else FAILED


def _unanswered() -> NeedsTerminalError:
    return NeedsTerminalError(
        _("Nothing was kept: a question about these files comes first."),
        _("Run it in a terminal window, or keep them in the guide itself."),
    )


def list_as_json(wishes: Wishes) -> int:
    """Print what is known of every file, newest first."""

    def told(here: Desk) -> dict[str, object]:
        files = here.vault.evidence_list(limit=-1)
        return {"evidence": [asdict(each) for each in files]}

    return told_as_json(wishes, told)


def one_as_json(wishes: Wishes, number: int) -> int:
    """Print one file with everyone who touched it. Raises NotFoundError."""

    def told(here: Desk) -> dict[str, object]:
        file = numbered(here, number)
        custody = [asdict(each) for each in here.vault.custody(file.id)]
        incidents = here.vault.incidents_with(file.id)
        return {**asdict(file), "custody": custody, "incident_ids": incidents}

    return told_as_json(wishes, told)


def show_one(wishes: Wishes, number: int) -> int:
    """Print one file as its screen has it. Raises NotFoundError."""

    def show(here: Desk) -> int:
        from guide.actions.journey import Journey

        journey = Journey(here)
        journey.open(f"evidence:{numbered(here, number).id}")
        say_sheet(journey.sheet())
        return FINE

    return with_vault(wishes, show)
