"""A vault and files in which every field says what wants to be obeyed. Not a test.

Everything is put there by the actions that a reader would use, as far as a reader
could: what comes from outside is never typed.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TypeAlias

from guide.actions.desk import Desk, keep_nothing
from guide.actions.evidence import describe, mark_sensitive
from guide.actions.journey import Journey
from guide.actions.knowing import add_identifier, add_person, rename, take_back
from guide.actions.notes import CONTACT, EVIDENCE, INCIDENT, Notes, remember
from guide.actions.places.place import Begin, Move, Place, Show
from guide.actions.recording import keep_contact, keep_incident, put_in_bin
from guide.model.content import FieldKind
from guide.model.problems import GuideError
from guide.model.times import When, exactly
from tests.promises.hostile_pack import add_lessons
from tests.promises.hostile_samples import samples
from tests.promises.payloads import Words
from tests.vault.evidence_desk import keep_all, orphaned
from tests.vault.keeping_desk import TO_THE_NOTICE, kept_at

NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
ABOUT = {
    INCIDENT: [
        "account",
        "platform",
        "where",
        "who",
        "witnesses",
        "effect",
        "done",
        "told",
        "note",
    ],
    CONTACT: [
        "organisation",
        "person",
        "badge_number",
        "channel",
        "reference",
        "outcome",
    ],
    EVIDENCE: ["source", "url", "by", "note"],
}
SHORT = 1000
ADDRESS, HANDLE = "zed@example.com", "@zed_example"


@dataclass
class World:
    """One desk with all of it, and the ids by which its records are opened."""

    words: Words
    home: Path
    desk: Desk = field(init=False)
    journey: Journey = field(init=False)
    lessons: Path = field(init=False)  # the folder that the pack came from
    person: str = ""
    incident: str = ""
    contact: str = ""
    files: dict[str, str] = field(default_factory=dict)
    turn: int = 0

    def __post_init__(self) -> None:
        self._settle_in()
        desk = replace(keep_nothing(), now=lambda: NOON)
        self.lessons = add_lessons(self.words, self.home)
        self.desk = kept_at(desk, self.home / self.name(whole=True))
        self.journey = Journey(self.desk)
        for each in (_people, _letters, _records, _files, _bin, _begun):
            each(self)

    def said(self, most: int = 0) -> str:
        """All payloads, another one first each time."""
        self.turn += 1
        return self.words.said(self.turn, most=most)

    def label(self) -> str:
        """What somebody is called, or is known by: short, and never twice."""
        return f"{self.said(280)}{self.turn}"

    def name(self, *, whole: bool = False) -> str:
        """The same as the name of a file or folder."""
        self.turn += 1
        return f"{self.words.name(self.turn, whole=whole)}{self.turn}"

    def afresh(self) -> Journey:
        """A journey at its first screen."""
        self.journey = Journey(self.desk)
        return self.journey

    def done(self, move: Move) -> Place:
        """The place that *move* leads to, after what is long has ended."""
        match move:
            case Begin(work):
                work.run()
                return work.outcome()
            case Show(place):
                return place
            case _:
                raise AssertionError(move)

    def file(self, ending: str, data: bytes) -> Path:
        """A new file with such a name."""
        path = self.home / "given" / f"{self.name()}{ending}"
        path.write_bytes(data)
        return path

    def new_folder(self) -> Path:
        """A folder with such a name, to save something in."""
        folder = self.home / "more" / self.name()
        folder.mkdir(parents=True)
        return folder

    def _settle_in(self) -> None:
        """The folder that the guide runs in, its settings and a history."""
        here = self.home / self.name()
        (self.home / "given").mkdir(parents=True)
        here.mkdir()
        os.chdir(here)
        os.environ |= {"HOME": str(here), "GUIDE_HOME": str(here)}
        (here / "settings.toml").write_text('theme = "night"\n')
        history = f"guide read {self.words.one_line()}\n"
        (here / ".bash_history").write_text(history, "utf-8", "replace")


def notes(world: World, kind: str, when: When | None = None) -> Notes:
    """A record with hostile words in each of its fields."""
    values = {each: world.said() for each in ABOUT[kind]}
    if kind == INCIDENT:
        home = f"{world.said(30)} 12 Long Street"  # what a case should not tell
        values |= {"who": f"person:{world.person}", "effect": home}
    said = when or exactly(NOON - timedelta(days=3), words=world.said(100))
    return Notes(kind=kind, values=values, when=said)


def _people(world: World) -> None:
    desk = world.desk
    world.person = add_person(desk, world.label()).id
    rename(desk, world.person, world.label())
    for text in (ADDRESS, HANDLE, f"https://{world.said(200)}", world.label()):
        add_identifier(desk, world.person, text)
    wrong = desk.vault.person(world.person).identifiers[-1]
    take_back(desk, world.person, wrong, world.said())
    add_identifier(desk, world.person, world.label())
    add_person(desk, world.label())


def _letters(world: World) -> None:
    """The notice, open and written; a form; a complaint half filled."""
    journey = world.journey
    for choice in TO_THE_NOTICE:
        journey.choose(choice)
    for letter in ("no-contact-notice", "safety-plan", "platform-report"):
        journey.open(f"letter:{letter}")
        fill(world, journey)
    for letter in ("no-contact-notice", "safety-plan"):
        _finish(world, letter)


def fill(world: World, journey: Journey) -> None:
    """Hostile words in every blank of the form on top that takes them."""
    form = journey.sheet().form
    for each in form.fields if form else ():
        text = ADDRESS if each.kind is FieldKind.EMAIL else world.said()
        with suppress(GuideError):  # a date or a yes: they take no words
            journey.fill(each.id, text[:SHORT])
            journey.fill(each.id, text)  # some take no more than that


def _finish(world: World, letter: str) -> None:
    from guide.actions.writing import finish, recipient

    desk, kind = world.desk, world.desk.library.letters[letter]
    finish(desk, kind, recipient(desk, kind))


def _records(world: World) -> None:
    desk = world.desk
    world.incident = keep_incident(desk, notes(world, INCIDENT)).id
    again = replace(notes(world, INCIDENT), of=world.incident)
    keep_incident(desk, again, world.said())
    promised = Notes(
        kind=CONTACT,
        values={
            **notes(world, CONTACT).values,
            "promised": world.said(),
            "follow_up": "2026-11-19",
        },
        when=exactly(NOON - timedelta(days=9)),
    )
    world.contact = keep_contact(desk, promised).id
    again = replace(promised, of=world.contact)
    keep_contact(desk, again, world.said())


def _files(world: World) -> None:
    desk = world.desk
    for kind, data in samples(world.words).items():
        path = world.file(f".{kind}", data)
        (kept,) = keep_all(desk, path).kept
        world.files[kind] = kept.id
    file = world.files["txt"]
    describe(desk, replace(notes(world, EVIDENCE), of=file), world.said())
    mark_sensitive(desk, world.files["png"], sensitive=True)
    lost = world.file(".txt", b"a file of its own")
    orphaned(desk, lost)


def _bin(world: World) -> None:
    desk = world.desk
    gone = keep_incident(desk, notes(world, INCIDENT)).id
    put_in_bin(desk, INCIDENT, gone, world.said())
    other = keep_contact(desk, notes(world, CONTACT)).id
    put_in_bin(desk, CONTACT, other, world.said())


def _begun(world: World) -> None:
    """Records that were begun and not kept, at their first step."""
    for kind, step in ((INCIDENT, "account"), (CONTACT, "organisation")):
        remember(world.desk, replace(notes(world, kind), step=step))


Opened: TypeAlias = "Place | None"
Opener: TypeAlias = Callable[[World, Journey], Opened]


def finish_work(journey: Journey) -> None:
    """Do what was begun, here and now."""
    if journey.work and not journey.work.finished:
        journey.work.run()
    journey.follow_work()
