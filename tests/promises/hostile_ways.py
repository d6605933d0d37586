"""Ways to the screens of records, letters, filters and the vault. Not a test."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from guide.actions.filtering import Known
from guide.actions.journey import Journey
from guide.actions.notes import INCIDENT
from guide.actions.places.place import Place
from tests.promises.hostile_world import Opened, Opener, World, notes

if TYPE_CHECKING:
    from guide.actions.places.writing_down import StepPlace, Writing


def a_kept_letter(world: World) -> str:
    """One finished letter by its name."""
    return f"kept:{world.desk.vault.letters_ever()[0].id}"


def form(letter: str) -> Opener:
    def opened(world: World, journey: Journey) -> Opened:
        from guide.actions.places.letter_form import FormPlace

        kind = world.desk.library.letters[letter]
        return FormPlace(world.desk, kind, None)

    return opened


def finishing(world: World, journey: Journey) -> Place:
    from guide.actions.places.letter_form import FinishPlace

    letter = world.desk.library.letters["platform-report"]
    return FinishPlace(world.desk, letter, None)


def reach(world: World, journey: Journey) -> Place:
    from guide.actions.places.letters import ReachPlace

    letter = world.desk.library.letters["school-notice"]
    return ReachPlace(world.desk, letter, None)


def closed(world: World, journey: Journey) -> Place:
    from guide.actions.places.letter_closed import ClosedPlace
    from guide.model.problems import LetterClosedError

    letter = world.desk.library.letters["no-contact-notice"]
    return ClosedPlace(letter, LetterClosedError())


def notice(*choices: str) -> Opener:
    def opened(world: World, journey: Journey) -> Opened:
        journey.open("letter:no-contact-notice")
        for choice in choices:
            journey.choose(choice)
        return None

    return opened


def known(world: World) -> Known:
    from guide.actions.filtering import known_of

    return known_of(world.desk, world.person)


def a_filter(world: World, journey: Journey) -> Place:
    from guide.actions.places.filters import ServicePlace

    return ServicePlace(world.desk, known(world), journey.place).onward("sieve")


def saved_filter(world: World, journey: Journey) -> Opened:
    from guide.actions.places.filter_made import FilterPlace

    made = a_filter(world, journey)
    assert isinstance(made, FilterPlace)
    path = world.new_folder() / "a.sieve"
    return made.save(path.as_uri())


def save_filter(world: World, journey: Journey) -> Place:
    from guide.actions.places.filter_made import FilterPlace, SaveFilterPlace
    from guide.filters import service_named

    made = a_filter(world, journey)
    assert isinstance(made, FilterPlace)
    return SaveFilterPlace(made, service_named("sieve"))


def domains(world: World, journey: Journey) -> Place:
    from guide.actions.places.filter_made import DomainsPlace, FilterPlace

    made = a_filter(world, journey)
    assert isinstance(made, FilterPlace)
    return DomainsPlace(made, (world.said(),))


def a_chat(world: World, journey: Journey) -> Place:
    from guide.actions.places.filter_chat import ChatPlace

    return ChatPlace("irssi", Known(names=("zed",)), journey.place)


def services(world: World, journey: Journey) -> Place:
    from guide.actions.places.filters import ServicePlace

    return ServicePlace(world.desk, known(world), journey.place)


def who(world: World, journey: Journey) -> Place:
    from guide.actions.places.filters import WhoPlace

    return WhoPlace(world.desk)


def saved_first(world: World, journey: Journey) -> Place:
    from guide.actions.places.filters import SavedPlace, WhoPlace

    return SavedPlace(WhoPlace(world.desk))


def a_step(kind: str, step: str) -> Opener:
    def opened(world: World, journey: Journey) -> Opened:
        from guide.actions.places.writing_down import StepPlace

        return StepPlace(writing(world), replace(notes(world, kind), step=step))

    return opened


def writing(world: World) -> Writing:
    from guide.actions.places.place import Stay
    from guide.actions.places.writing_down import Writing

    return Writing(desk=world.desk, trail=world.said(), keep=lambda _n, _w: Stay())


def last_look(kind: str) -> Opener:
    def opened(world: World, journey: Journey) -> Opened:
        from guide.actions.places.writing_down import LookPlace

        return LookPlace(writing(world), notes(world, kind))

    return opened


def corrected(world: World, journey: Journey) -> Place:
    from guide.actions.places.correcting import WhyPlace

    return WhyPlace(writing(world), notes(world, INCIDENT), journey.place)


def asked_when(world: World) -> StepPlace:
    from guide.actions.places.writing_down import StepPlace

    return StepPlace(writing(world), replace(notes(world, INCIDENT), step="when"))


def a_moment(world: World, journey: Journey) -> Place:
    from guide.actions.days import Here
    from guide.actions.places.moment import MomentPlace
    from guide.model.times import exactly

    here = Here(now=world.desk.now())
    found = (exactly(world.desk.now()),)
    return MomentPlace(asked_when(world), world.said(), here, found)


def a_zone(world: World, journey: Journey) -> Place:
    from guide.actions.places.moment import ZonePlace

    return ZonePlace(asked_when(world), world.said())


def a_day(world: World, journey: Journey) -> Place:
    from guide.actions.places.moment import DayPlace

    found = (world.desk.today(),)
    return DayPlace(asked_when(world), world.said(), found)


def same_person(other: int) -> Opener:
    def opened(world: World, journey: Journey) -> Opened:
        from guide.actions.places.people import SamePlace

        people = [e.id for e in world.desk.vault.people() if e.id != world.person]
        return SamePlace(world.desk, world.person, people[0] if other else "")

    return opened


def wrong_reason(world: World, journey: Journey) -> Place:
    from guide.actions.places.person_known import WrongReasonPlace

    wrong = world.desk.vault.person(world.person).identifiers[-1]
    return WrongReasonPlace(world.desk, world.person, wrong, journey.place)


def timeline_filter(world: World, journey: Journey) -> Place:
    from guide.actions.places.timeline import FilterPlace
    from guide.model.timeline import EVERYTHING

    return FilterPlace(world.desk, EVERYTHING)


def reason(world: World, journey: Journey) -> Place:
    from guide.actions.places.bin import ReasonPlace

    return ReasonPlace(world.desk, INCIDENT, world.incident, journey.place)


def a_why(world: World, journey: Journey) -> Place:
    from guide.actions.places.reading import WhyPlace
    from guide.model.sheet import Sheet

    title, why = world.said(200), world.said()
    return WhyPlace(Sheet(name="x", title=title, why=why))
