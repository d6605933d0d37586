"""Keys that come before the screen they are meant for: they wait, and none is lost."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest
from textual import events
from textual.pilot import Pilot
from textual.widgets import Input

from guide.actions.journey import Journey
from guide.tui.app import GuideApp
from guide.tui.frame import Frame
from tests.tui.screens import after, press, settle
from tests.tui.test_keys import app_of, showing

NAMED = {"\r": "enter", "\x1b": "escape", "/": "slash"}


def send(pilot: Pilot[int], typed: str) -> None:
    """All of it at once, as a terminal hands it over."""
    for character in typed:
        key = NAMED.get(character, character)
        event = events.Key(key, character)
        event.set_sender(pilot.app)
        pilot.app.post_message(event)


async def come(pilot: Pilot[int], is_so: Callable[[], bool]) -> None:
    """Wait until it *is_so*, and stays so once nothing more is to come."""
    until = time.monotonic() + 10
    while not is_so() and time.monotonic() < until:
        await pilot.pause(0.02)
    await settle(pilot)
    assert is_so()


async def stands(pilot: Pilot[int], text: str) -> None:
    """Wait until *text* stands on the line."""
    await come(pilot, lambda: [each.value for each in pilot.app.query(Input)] == [text])


def values(journey: Journey) -> dict[str, str]:
    form = journey.sheet().form
    assert form
    return {field.id: field.value for field in form.fields if field.value}


async def test_letters_right_after_the_slash_are_searched(journey: Journey) -> None:
    async with showing(journey) as pilot:
        send(pilot, "/police")
        await stands(pilot, "police")
        assert journey.sheet().name == "search"


async def test_each_blank_gets_its_own_words(journey: Journey) -> None:
    journey.open("letter:police-summary")
    async with showing(journey) as pilot:
        before = values(journey)
        send(pilot, "A. Person\ra@example.com\r555\r")
        wanted = before | {
            "legal_name": "A. Person",
            "reply_address": "a@example.com",
            "safe_phone": "555",
        }
        await come(pilot, lambda: values(journey) == wanted)


async def test_a_paste_right_after_enter_is_the_next_blank(journey: Journey) -> None:
    journey.open("letter:police-summary")
    async with showing(journey) as pilot:
        for event in (
            events.Key("x", "x"),
            events.Key("enter", "\r"),
            events.Paste("a@example.com"),
        ):
            event.set_sender(pilot.app)
            pilot.app.post_message(event)
        await come(pilot, lambda: "a@example.com" in values(journey).values())
        assert values(journey)["legal_name"] == "x"
        assert values(journey)["reply_address"] == "a@example.com"


async def test_back_keeps_its_place_among_the_keys(journey: Journey) -> None:
    async with showing(journey) as pilot:
        send(pilot, "/po\x1b/li")
        await stands(pilot, "li")


async def test_a_second_enter_that_waited_chooses_nothing(
    journey: Journey, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody has read the page that it would choose on, however slowly it came."""
    monkeypatch.setattr(GuideApp, "TOO_SOON", 60.0)
    async with showing(after(journey, "messages", "next", "no")) as pilot:
        await press(pilot, "2")
        send(pilot, "\r\r\r")
        await settle(pilot)
        assert journey.sheet().name == "q-who-you-are"


async def test_a_second_enter_passes_no_blank(
    journey: Journey, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The words after it stand in the first one, as they were meant."""
    monkeypatch.setattr(GuideApp, "TOO_SOON", 60.0)
    journey.open("letters")
    place = next(
        number
        for number, row in enumerate(journey.sheet().rows)
        if row.value == "letter:police-summary"
    )
    async with showing(journey) as pilot:
        for _row in range(place):
            await press(pilot, "down")
        send(pilot, "\r\rA. Person\ra@example.com\r")
        await come(pilot, lambda: bool(app_of(pilot).query("FormView")))
        await come(pilot, lambda: "a@example.com" in values(journey).values())
        assert values(journey)["legal_name"] == "A. Person"
        assert values(journey)["reply_address"] == "a@example.com"


async def test_enter_after_words_is_never_too_soon(
    journey: Journey, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It ends what was typed on the line; nobody meant it for the page before."""
    monkeypatch.setattr(GuideApp, "TOO_SOON", 60.0)
    journey.open("officials")
    async with showing(journey) as pilot:
        send(pilot, "nSome Office\r")
        await come(pilot, lambda: journey.sheet().name == "contact-when")


async def test_nothing_waits_for_ever(
    journey: Journey, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A line that never comes: after a second the keys do what they do on a page."""

    async def never(*_given: object) -> None:
        """Mount nothing."""

    monkeypatch.setattr(Frame, "_mount_entry", never)
    async with showing(journey) as pilot:
        send(pilot, "/\x1b")
        names = [journey.sheet().name]
        until = time.monotonic() + 10
        while names[-2:] != ["search", "home"] and time.monotonic() < until:
            await pilot.pause(0.02)
            if journey.sheet().name != names[-1]:
                names.append(journey.sheet().name)
        assert names == ["home", "search", "home"]
