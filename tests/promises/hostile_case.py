"""The screens that hand a case over, with hostile words in all of the record.

Not a test.
"""

from __future__ import annotations

import json
from dataclasses import asdict

from guide.actions.case_choice import Choice
from guide.actions.journey import Journey
from guide.actions.stamping import Stamp
from guide.model.case import Recipient
from tests.promises.hostile_files import confirmed
from tests.promises.hostile_rows import Surface, by_choices
from tests.promises.hostile_world import Opened, Opener, World, finish_work

_LAWYER = str(Recipient.LAWYER)


def preview(*choices: str) -> Opener:
    """What would leave for the one who gets most, then these rows chosen."""
    return by_choices("case", _LAWYER, *choices)


def given(*choices: str) -> Opener:
    """Something under such a name that was written, then these rows chosen."""

    def opened(world: World, journey: Journey) -> Opened:
        from guide.actions.given import remember, waiting
        from guide.actions.handing_over import case_for

        choice = Choice(recipient=Recipient.LAWYER)
        if not waiting(world.desk):
            case = case_for(world.desk, choice)
            remember(world.desk, case, world.name(), files=True)
        journey.open("case")
        if choices:
            journey.choose(f"given:{waiting(world.desk)[0].id}")
        for each in choices[1:]:
            journey.choose(each)
        return None

    return opened


def written(*choices: str) -> Opener:
    """A file, or a folder, in a folder with such a name."""

    def opened(world: World, journey: Journey) -> Opened:
        preview(*choices)(world, journey)
        if choices[-1] == "plain":
            journey.typed(confirmed())
        journey.typed((world.new_folder() / "it").as_uri())
        finish_work(journey)
        return None

    return opened


def where(world: World, journey: Journey) -> Opened:
    """Where a plain folder with the files goes."""
    preview("bag", "plain")(world, journey)
    journey.typed(confirmed())
    return None


def sealed(world: World, journey: Journey) -> Opened:
    """A folder with the files, for somebody's key only, in such a folder."""
    from pyrage.x25519 import Identity

    preview("bag", "key")(world, journey)
    journey.typed(str(Identity.generate().to_public()))
    journey.typed((world.new_folder() / "it").as_uri())
    finish_work(journey)
    return None


def stamped(*choices: str) -> Opener:
    """A time-stamp of an authority that calls itself so."""

    def opened(world: World, journey: Journey) -> Opened:
        at = world.desk.now().isoformat()
        stamp = Stamp(
            id="00", head="", asked_at=at, request="", when=at, who=world.said()
        )
        world.desk.vault.put_field("time-stamp:00", json.dumps(asdict(stamp)))
        by_choices("case", "stamps", *choices)(world, journey)
        return None

    return opened


def asked(world: World, journey: Journey) -> Opened:
    """A request that was saved in a folder with such a name."""
    by_choices("case", "stamps", "ask")(world, journey)
    journey.typed((world.new_folder() / "it.tsq").as_uri())
    return None


CASES = (
    Surface("case", given()),
    Surface("case, given", given("")),
    Surface("case, to whom", given("", "yes"), quiet=True),
    Surface("case, preview", preview(), quiet=True),
    Surface("case, items", preview("items")),
    Surface("case, stays", preview("stays")),
    Surface("case, left out", preview("items", "E-001", "done", "stays")),
    Surface("case, places", preview("read")),
    Surface("case, taken out", preview("read", "take:0", "done"), quiet=True),
    Surface("case, fewer", preview("fewer"), quiet=True),
    Surface("case, format", preview("book"), quiet=True),
    Surface("case, where", preview("book", "csv"), edits=True),
    Surface("case, written", written("book", "html")),
    Surface("case, receipt", preview("sheet"), quiet=True),
    Surface("case, receipt, where", preview("sheet", "txt"), edits=True),
    Surface("case, receipt, written", written("sheet", "txt")),
    Surface("case, bag", preview("bag"), quiet=True),
    Surface("case, bag, plain", preview("bag", "plain"), quiet=True),
    Surface("case, bag, words", preview("bag", "words"), quiet=True),
    Surface("case, bag, key", preview("bag", "key"), quiet=True),
    Surface("case, bag, where", where, edits=True),
    Surface("case, bag, written", written("bag", "plain"), short=True),
    Surface("case, bag, sealed", sealed, short=True),
    Surface("case, stamps", stamped()),
    Surface("case, stamp, ask", stamped("ask"), edits=True),
    Surface("case, stamp, asked", asked),
    Surface("case, stamp, reply", stamped("reply"), quiet=True),
)
