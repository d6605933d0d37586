"""The guide with a canary in every field: ``python canary_app.py MODE HOME END``.

Not a test: ``test_canaries`` runs it in a terminal of its own, hardened and under the
supervisor. Everything is said at a real vault; then it is locked, and the reader goes
on from its door. END ``cancel`` begins to keep a file instead, and waits in it.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from guide.safety import leave, process

if TYPE_CHECKING:
    from guide.actions.desk import Desk
    from guide.actions.journey import Journey


def interface() -> int:
    """Loaded after the supervisor split off."""
    from guide.actions.desk import keep_nothing
    from guide.actions.journey import Journey
    from tests.promises.canaries import PASSPHRASE
    from tests.vault.keeping_desk import kept_at

    mode, home, end = sys.argv[1], Path(sys.argv[2]), sys.argv[3]
    (home / "interface").write_text(str(os.getpid()), "ascii")
    journey = Journey(kept_at(keep_nothing(), home / "notes", PASSPHRASE))
    say_everything(journey, home / "given")
    if end == "cancel":
        wait_in_a_keep(journey, home)
    else:
        journey.lock()
    if end == "crash":
        setattr(journey, "open", broken)  # noqa: B010  a fault, on demand
    if mode == "plain":
        from guide.plain.app import run as talk

        return talk(journey, why="you asked for it.")
    from guide.tui.app import run as draw

    return draw(journey)


def say_everything(journey: Journey, given: Path) -> None:
    """Answers, letters, a person, an incident, a talk, a file, a mail, a search."""
    from tests.promises.canaries import LETTERS, canary
    from tests.vault.keeping_desk import TO_THE_NOTICE

    for choice in TO_THE_NOTICE:
        journey.choose(choice)
    for letter in LETTERS:
        fill_in(journey, letter)
    write_down(journey.desk, given)
    journey.open("tool:mail")
    journey.typed(str(given / f"{canary('mail-name')}.eml"))
    assert canary("mail-subject") in repr(journey.sheet())
    journey.open("search")
    journey.typed(canary("search"))
    journey.sheet()


def fill_in(journey: Journey, letter: str) -> None:
    """A canary in every blank, or what it takes instead of words."""
    from guide.model.content import FieldKind
    from tests.promises.canaries import DAY, canary

    journey.open(f"letter:{letter}")
    form = journey.sheet().form
    assert form is not None
    filled = 0
    for field in form.fields:
        word = canary(f"{letter}-{field.id}")
        others = {
            FieldKind.EMAIL: f"{word}@example.com",
            FieldKind.DATE: DAY,
            FieldKind.YESNO: "yes",
        }
        journey.fill(field.id, others.get(field.kind, word))
        filled += 1
    assert filled


def write_down(desk: Desk, given: Path) -> None:
    """The record, and a file with its description."""
    from guide.actions.evidence import describe
    from guide.actions.knowing import add_person
    from guide.actions.notes import CONTACT, EVIDENCE, INCIDENT, Notes
    from guide.actions.recording import keep_contact, keep_incident
    from guide.model.times import exactly
    from tests.promises.canaries import ABOUT, canary
    from tests.vault.evidence_desk import keep_all

    def notes(kind: str, of: str = "") -> Notes:
        values = {name: canary(f"{kind}-{name}") for name in ABOUT[kind].split()}
        when = exactly(desk.now(), words=canary(f"{kind}-when"))
        return Notes(kind=kind, of=of, values=values, when=when)

    add_person(desk, canary("person"))
    add_person(desk, f"@{canary('handle')}")
    keep_incident(desk, notes(INCIDENT))
    keep_contact(desk, notes(CONTACT))
    (file,) = keep_all(desk, given / f"{canary('file-name')}.txt").kept
    describe(desk, notes(EVIDENCE, file.id), canary("evidence-why"))


def wait_in_a_keep(journey: Journey, home: Path) -> None:
    """On top: a screen from which a large file is kept, up to its middle."""
    from tests.vault.working_desk import Beginning, keeping

    file = next((home / "given").glob("*.bin"))
    keep = Beginning(lambda: keeping(journey.desk, file, waits_at=40))
    journey._places.append(keep)


def broken(target: str) -> None:
    """A fault that holds what was typed, and whatever else Python would show."""
    from tests.promises.canaries import canary

    private = canary("exception")
    raise KeyError(private, target)


if __name__ == "__main__":
    process.harden()
    sys.exit(leave.supervised(interface, raw=sys.argv[1] != "plain"))
