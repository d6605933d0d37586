"""What every test of the interface starts from, presses and reads."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TypeAlias

from textual import events
from textual.pilot import Pilot

from guide.actions.desk import Desk
from guide.actions.journey import Journey
from guide.actions.places.flow import FlowPlace
from guide.library.loader import Shelf, content_root
from guide.model.content import AnswerKind, Library, PageKind
from guide.model.progress import Position
from guide.tui.app import GuideApp
from guide.vault.store import Vault

Size: TypeAlias = tuple[int, int]
MAIL = Path(__file__).parents[1] / "mail_samples"
NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
USUAL, SMALL, WIDE, TINY = (80, 24), (60, 20), (200, 60), (40, 12)
_CALM = ("no", "none", "unknown", "adult", "me")
MOST_QUESTIONS = 40


def real_library() -> Library:
    """The pages and letters that are shipped."""
    return Shelf(content_root(), "en").library()


def fresh_desk(library: Library) -> Desk:
    """Nothing kept, nothing answered, and a clock that stands still."""
    return Desk(library=library, vault=Vault.in_memory(), now=lambda: NOON)


def lines_of(app: GuideApp) -> list[str]:
    """Every line as the terminal gets it, after the wall."""
    strips = app.screen._compositor.render_strips()
    return [strip.text for strip in strips]


def text_of(app: GuideApp) -> str:
    return "\n".join(line.rstrip() for line in lines_of(app)) + "\n"


async def settle(pilot: Pilot[int]) -> None:
    """Wait until everything asked for has been drawn."""
    for _time in range(3):
        await pilot.pause()


async def press(pilot: Pilot[int], *keys: str) -> None:
    for key in keys:
        await pilot.press(key)
        await settle(pilot)


async def paste(pilot: Pilot[int], text: str) -> None:
    """As the terminal hands over a bracketed paste."""
    pilot.app.post_message(events.Paste(text))
    await settle(pilot)


def at(journey: Journey, page_id: str) -> Journey:
    """*journey*, with the page of the flow on the screen."""
    page = journey.desk.library.pages[page_id]
    journey._places = [FlowPlace(journey.desk, Position(page=page))]
    return journey


def after(journey: Journey, *choices: str) -> Journey:
    """*journey* after these choices, one on each screen."""
    for choice in choices:
        journey.choose(choice)
    return journey


def at_the_plan(journey: Journey) -> Journey:
    """*journey* after the first questions, each with a calm answer."""
    journey.choose("messages")
    for _question in range(MOST_QUESTIONS):
        place = journey.place
        assert isinstance(place, FlowPlace)
        if place.page.kind is PageKind.HUB:
            return journey
        question = place.page.question
        assert question
        ids = [option.id for option in question.options]
        calm = next((each for each in _CALM if each in ids), ids[0])
        journey.choose(calm)
        if question.kind is AnswerKind.MANY:
            journey.choose("go:")
    raise AssertionError("the questions never led to the plan")


def at_message(journey: Journey, name: str = "genuine_from_gmail.eml") -> Journey:
    """*journey*, with a saved email opened."""
    journey.open("tool:mail")
    journey.typed(str(MAIL / name))
    return journey


def at_check(journey: Journey) -> Journey:
    """*journey*, at the check before a letter that may reach the person."""
    at_message(journey).choose("to:0")
    journey.choose("provider-complaint")
    return journey


def choose_first(journey: Journey) -> None:
    """What Enter does at once on the screen on top."""
    journey.choose(journey.sheet().rows[0].value)


def at_form(journey: Journey) -> Journey:
    """*journey*, at the empty form of the complaint."""
    choose_first(at_check(journey))
    return journey


def filled(journey: Journey) -> Journey:
    """*journey*, at the form with all that is needed."""
    at_form(journey)
    journey.fill("reply_address", "a.person@example.com")
    journey.fill("what_happened", "14 messages in 9 days.")
    journey.fill("message_count", "14")
    return journey


def finishing(journey: Journey) -> Journey:
    """*journey*, asked for the last time who the letter is to."""
    filled(journey).choose("finish")
    return journey


def finished(journey: Journey) -> Journey:
    """*journey*, with the complaint finished and kept."""
    finishing(journey).typed("Gmail")
    return journey
