"""The record in the interface: what is written down, and how it looks."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from textual.widgets import Input, TextArea

from guide.actions.desk import Desk
from guide.actions.journey import Journey
from guide.actions.knowing import add_person
from guide.actions.notes import CONTACT, INCIDENT, Notes
from guide.actions.recording import PERSON, keep_contact, keep_incident
from guide.model.times import about, exactly
from guide.safety.display import FORBIDDEN
from guide.tui.app import GuideApp
from tests.tui.conftest import SeesScreen
from tests.tui.screens import (
    NOON,
    SMALL,
    USUAL,
    Size,
    lines_of,
    paste,
    press,
    settle,
    text_of,
)
from tests.tui.test_hostile import PASTES
from tests.tui.test_screens import SIZES, Way, after, opened
from tests.vault.rows import letter, person

DAY = timedelta(days=1)


def with_a_record(journey: Journey) -> Journey:
    """*journey*, with a notice sent, incidents around it and a talk that is due."""
    desk = journey.desk
    desk.vault.put_person(person("p", "Some Body"))
    desk.vault.add_letter(letter("n", "p", at=NOON - 6 * DAY), once=True)
    desk.vault.mark_sent("n", NOON - 5 * DAY)
    unknown = add_person(desk, "@withheld")
    for days, who, words in (
        (40, "p", "Waited at my door.\nTwo hours."),
        (9, unknown.id, "Withheld number, silence."),
        (1, "p", "A new account again."),
    ):
        _keep(desk, days, who, words)
    keep_contact(
        desk,
        Notes(
            kind=CONTACT,
            values={
                "organisation": "Police",
                "reference": "R-1",
                "follow_up": "2026-11-19",
            },
            when=exactly(NOON - 4 * DAY),
        ),
    )
    return journey


def _keep(desk: Desk, days: int, who: str, words: str) -> None:
    make = about if days == 9 else exactly
    values = {"account": words, "platform": "email", "who": f"{PERSON}{who}"}
    when = make(NOON - days * DAY, words="then")
    keep_incident(desk, Notes(kind=INCIDENT, values=values, when=when))


def recorded(target: str, *choices: str) -> Way:
    def go(journey: Journey) -> None:
        with_a_record(journey).open(target)
        for choice in choices:
            journey.choose(choice)

    return go


def the_newest(*choices: str) -> Way:
    def go(journey: Journey) -> None:
        newest = with_a_record(journey).desk.vault.incidents()[0]
        journey.open(f"incident:{newest.id}")
        for choice in choices:
            journey.choose(choice)

    return go


def understood(journey: Journey) -> None:
    after(opened("new:incident"), "skipped")(journey)
    journey.typed("yesterday about 9")


def to_come(journey: Journey) -> None:
    after(opened("new:incident"), "skipped")(journey)
    journey.typed("3 Nov 2027 22:10")


def looked_over(journey: Journey) -> None:
    opened("new:incident")(journey)
    journey.typed("A call.\nThen silence.")
    journey.choose("unsure")
    journey.choose("check")


def in_the_bin(journey: Journey) -> None:
    the_newest("to-bin")(journey)
    journey.typed("It was somebody else")
    journey.open("bin")


SCREENS: dict[str, tuple[Way, tuple[str, ...]]] = {
    "home, something is due": (recorded("home"), ("end",)),
    "log, empty": (opened("incidents"), ()),
    "log": (recorded("incidents"), ()),
    "log, whose": (recorded("incidents", "filter"), ()),
    "incident, first prompt": (opened("new:incident"), ()),
    "incident, written": (opened("new:incident"), (*"A call.", "enter", *"Twice.")),
    "incident, tab": (opened("new:incident"), (*"A call.", "tab")),
    "incident, who": (recorded("new:incident", *["skipped"] * 4), ()),
    "incident, understood": (understood, ()),
    "incident, to come": (to_come, ()),
    "incident, looked over": (looked_over, ()),
    "incident, throw away": (after(looked_over, "drop"), ("end",)),
    "incident": (the_newest(), ()),
    "incident, its end": (the_newest(), ("end",)),
    "incident, correct": (the_newest("correct"), ()),
    "incident, why corrected": (the_newest("correct", "keep"), ()),
    "incident, to the bin": (the_newest("to-bin"), ()),
    "bin": (in_the_bin, ()),
    "officials, empty": (opened("officials"), ()),
    "officials": (recorded("officials"), ()),
    "contact, first prompt": (opened("new:contact"), ()),
    "people": (recorded("people"), ()),
    "person": (recorded("person:p"), ()),
    "person, the same": (recorded("person:p", "join"), ()),
    "timeline, empty": (opened("timeline"), ()),
    "timeline": (recorded("timeline"), ()),
    "timeline, its end": (recorded("timeline"), ("end",)),
    "timeline, filter": (recorded("timeline", "filter"), ()),
    "timeline, only contacts": (recorded("timeline", "filter", "kind:contact"), ()),
}


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("name", SCREENS)
async def test_a_screen_of_the_record_is_the_one_on_file(
    journey: Journey, sees: SeesScreen, name: str, size: Size
) -> None:
    way, keys = SCREENS[name]
    way(journey)
    await sees(journey, *keys, size=size)


@pytest.mark.parametrize("size", [USUAL, SMALL])
async def test_a_whole_incident_is_written_with_the_keys(
    journey: Journey, size: Size
) -> None:
    app = GuideApp(journey)
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        await press(pilot, "i", "n")
        await press(pilot, *"He wrote", "enter", *"again!", "tab", "enter")
        await press(pilot, *"yesterday 22:10", "enter", "enter")
        await press(pilot, *"email", "enter", "enter")
        await press(pilot, *"@somebody", "enter")
        for _prompt in ("witnesses", "effect", "done", "told", "note"):
            assert isinstance(pilot.app.query_one("#typed"), TextArea)
            await press(pilot, "tab", "enter")
        assert journey.sheet().name == "incident-check"
        await press(pilot, "k")
        assert "Incident 1" in text_of(app)
    (kept,) = journey.desk.vault.incidents()
    assert kept.account == "He wrote\nagain!"
    assert kept.platform == "email"
    assert kept.when.words == "yesterday 22:10"
    assert journey.desk.vault.person(kept.person_id).label == "@somebody"


async def test_going_home_in_the_middle_of_a_word_loses_nothing(
    journey: Journey,
) -> None:
    async with GuideApp(journey).run_test(size=USUAL) as pilot:
        await settle(pilot)
        await press(pilot, "i", "n", *"Half a wo", "tab", "g", "h")
        assert journey.sheet().name != "incident-account"
        await press(pilot, "i", "n")
        assert pilot.app.query_one("#typed", TextArea).text == "Half a wo"


async def test_back_from_the_first_prompt_keeps_what_was_typed(
    journey: Journey,
) -> None:
    async with GuideApp(journey).run_test(size=USUAL) as pilot:
        await settle(pilot)
        await press(pilot, "i", "n", *"Half", "escape")
        assert "Go on with what you began" in text_of_app(pilot.app)
        await press(pilot, "n")
        assert pilot.app.query_one("#typed", TextArea).text == "Half"


def text_of_app(app: object) -> str:
    assert isinstance(app, GuideApp)
    return text_of(app)


@pytest.mark.parametrize("text", PASTES.values(), ids=PASTES)
async def test_whatever_is_pasted_into_an_incident_is_text(
    journey: Journey, text: str
) -> None:
    """Every prompt in turn; then the list, the record and the time-line."""
    app = GuideApp(journey)
    async with app.run_test(size=USUAL) as pilot:
        await settle(pilot)
        journey.open("new:incident")
        for _prompt in range(10):
            app.show_sheet()
            await settle(pilot)
            entry = pilot.app.query_one("#typed")
            entry.focus()
            assert isinstance(entry, Input | TextArea)
            await paste(pilot, text)
            assert not [line for line in lines_of(app) if FORBIDDEN.search(line)]
            wants = journey.sheet().name.removeprefix("incident-")
            if wants == "when" or (wants == "who" and len(text) > 300):
                journey.choose("skipped")
            else:
                try_to_answer(journey, wants, entry)
        assert journey.sheet().name == "incident-check"
        journey.choose("keep")
        (kept,) = journey.desk.vault.incidents()
        typed = text.encode("utf-8", "replace").decode("utf-8")
        lines = typed.splitlines()
        assert [*filter(None, kept.account.splitlines())] == [*filter(None, lines)]
        assert kept.where == " ".join(lines)
        number = kept.id
        for target in ("incidents", f"incident:{number}", "timeline", "people"):
            journey.open(target)
            app.show_sheet()
            await settle(pilot)
            assert not [line for line in lines_of(app) if FORBIDDEN.search(line)]
        assert pilot.app.is_running


def try_to_answer(journey: Journey, wants: str, entry: Input | TextArea) -> None:
    if isinstance(entry, TextArea):
        journey.choose("next")  # what was pasted is there already
        return
    journey.typed(entry.value)
    assert journey.sheet().name != f"incident-{wants}"


async def test_what_is_due_stands_on_top_of_the_list(journey: Journey) -> None:
    with_a_record(journey).open("officials")
    groups = [row.group for row in journey.sheet().rows if row.group]
    assert groups[0] == "Due: ask again"


def test_nothing_needs_a_clock_of_its_own(journey: Journey) -> None:
    later = replace(journey.desk, now=lambda: NOON + 400 * DAY)
    with_a_record(Journey(later)).open("timeline")
