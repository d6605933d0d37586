"""Promise: before a filter is made, the guide asks whether what came is saved.

The same question as before every block; "not safe for me" goes on, and no way leads
round it.
"""

from __future__ import annotations

import pytest

from guide.actions.journey import Journey
from guide.actions.knowing import add_identifier, add_person
from guide.actions.places.flow import FlowPlace
from guide.filters import CHATS, SERVICES
from tests.tui.screens import at_the_plan, fresh_desk, real_library

TARGETS = (
    *("tool:filters", "filters"),
    *(f"filters:{each}" for each in (*SERVICES, *CHATS)),
)


@pytest.fixture
def journey() -> Journey:
    journey = Journey(fresh_desk(real_library()))
    person = add_person(journey.desk, "Some Body")
    add_identifier(journey.desk, person.id, "a@example.com")
    return journey


def page_of(journey: Journey) -> str:
    place = journey.place
    assert isinstance(place, FlowPlace)
    return place.page.id


@pytest.mark.parametrize("target", TARGETS)
def test_every_way_in_asks_first(journey: Journey, target: str) -> None:
    journey.open(target)
    sheet = journey.sheet()
    question = journey.desk.library.pages["q-saved-first"]
    assert question.question
    assert sheet.title == question.title
    theirs = [option.text for option in question.question.options]
    assert [row.text for row in sheet.rows][:3] == theirs
    assert sheet.ask is None


@pytest.mark.parametrize(
    ("answer", "onward"),
    [("saved", "filter-who"), ("unsafe", "filter-who"), ("not-saved", "page")],
)
def test_both_ways_on_and_the_way_to_save(
    journey: Journey, answer: str, onward: str
) -> None:
    journey.open("tool:filters")
    journey.choose(answer)
    sheet = journey.sheet()
    if onward == "page":
        assert sheet.title == journey.desk.library.pages["s-ev-email"].title
        journey.back()
        assert journey.sheet().name == "filter-saved"
    else:
        assert sheet.name == onward


@pytest.mark.parametrize("answer", ["yes", "skip-for-safety"])
def test_whoever_answered_in_the_guide_is_not_asked_again(
    journey: Journey, answer: str
) -> None:
    at_the_plan(journey)
    for choice in ("cut-off", "keep", answer):
        journey.choose(choice)
    assert page_of(journey) == "s-filter-mail"
    assert "tool:filters" in [row.value for row in journey.sheet().rows]
    journey.choose("tool:filters")
    assert journey.sheet().name == "filter-who"


@pytest.mark.parametrize("answer", ["no", "unsure"])
def test_whoever_has_not_saved_is_asked(journey: Journey, answer: str) -> None:
    at_the_plan(journey)
    for choice in ("cut-off", "keep", answer):
        journey.choose(choice)
    journey.open("tool:filters")
    assert journey.sheet().name == "filter-saved"
