"""Promise: nobody is led to copy a sexual picture of somebody under 18.

Not to be sure counts as under 18, and so does "everyone in it was an adult" beside a
person targeted who is not said to be 18 or older.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, product

import pytest

from guide.actions.answering import tasks
from guide.actions.desk import Desk
from guide.actions.journey import Journey
from guide.actions.places.flow import FlowPlace
from guide.actions.reading import page_blocks
from guide.interview import offered, way_on, with_derived
from guide.model.conditions import Answers
from guide.model.content import Page
from tests.promises.scripted_reader import STRANGER, change_to, set_out
from tests.promises.wandering_reader import LIBRARY, SAFE, Clock, Reader, desk_at

STOP, CAPTURE, ASKED_FIRST = "t-no-copy-minor", "s-ev-intimate", "q-image-saved"
AGES = ("adult", "minor", "unsure", "skipped")
IMAGE_AGES = ("minor", "adult", "none", "unsure")
OTHERS = ("chat", "social", "texts", "calls", "email", "web", "things", "impostor")
MAY_HOLD_PICTURES = (
    *("s-ev-chat", "s-ev-social", "s-ev-texts", "s-ev-email", "s-ev-web"),
    *("s-ev-impostor", CAPTURE, "s-ev-copies"),
)
HABITS = {
    **SAFE,
    "kinds": ("images", "messages"),
    "image_age": ("minor", "adult", "adult"),
    "age": ("adult", "adult", "adult", "minor"),
    "h-plan": ("evidence", "remove", "no-copy"),
    "store": ("drive",),
    "media": ("images", "texts"),
    "remove": ("intimate", "minor"),
    "q-saved-remove": ("no",),
}


def never_copied(age: str, image_age: str) -> bool:
    """Facts 8.3, said a second time: when nothing may be copied."""
    return image_age in ("minor", "unsure") or (image_age == "adult" and age != "adult")


def every_medium() -> Iterator[tuple[str, ...]]:
    """Every set of boxes of q-media that has pictures in it."""
    for size in range(len(OTHERS) + 1):
        for others in combinations(OTHERS, size):
            yield (*others, "images")


def leads_to(page_id: str) -> set[str]:
    """Every page with a route, an option or a safer way to *page_id*."""
    found = set()
    for page in LIBRARY.pages.values():
        question = page.question
        options = question.options if question else ()
        ends = {route.go for route in (*page.routes, *page.best)}
        ends |= {option.go for option in options}
        ends |= {question.safer} if question else set()
        found |= {page.id} if page_id in ends else set()
    return found


def facts(**said: str | tuple[str, ...]) -> Answers:
    """What follows from *said*."""
    return with_derived(LIBRARY, {k.replace("__", "-"): v for k, v in said.items()})


def test_one_page_alone_leads_to_keeping_pictures() -> None:
    """Whatever is proved of that page is proved of every way."""
    assert leads_to(CAPTURE) == {ASKED_FIRST}
    assert {p.id for p in LIBRARY.pages.values() if p.fact == "image_age"} == {
        *("q-image-age", ASKED_FIRST)
    }


def test_pictures_are_asked_about_before_any_page_on_saving() -> None:
    """Whatever else is ticked beside them, and whatever was said about them before."""
    page = LIBRARY.pages["q-media"]
    for media, image_age in product(every_medium(), IMAGE_AGES):
        assert way_on(page, facts(media=media, image_age=image_age)) == ASKED_FIRST


@pytest.mark.parametrize(("age", "image_age"), [*product(AGES, IMAGE_AGES)])
def test_no_answer_leads_past_the_stop(age: str, image_age: str) -> None:
    """Under 18 or not sure: first the stop, and never the page on keeping."""
    first, later = LIBRARY.pages["q-image-age"], LIBRARY.pages[ASKED_FIRST]
    stops = never_copied(age, image_age)
    for media in every_medium():
        said = facts(age=age, image_age=image_age, media=media)
        assert (way_on(first, said) == STOP) is stops
        assert (way_on(later, said) == STOP) is stops
        passed = facts(
            age=age, image_age=image_age, media=media, t__no__copy__minor="next"
        )
        assert way_on(later, passed) != STOP
        if stops:
            assert way_on(later, passed) != CAPTURE


@pytest.mark.parametrize("kinds", ["messages", "images", "images extortion"])
@pytest.mark.parametrize("media", ["images", "images texts impostor", "social"])
@pytest.mark.parametrize(("age", "image_age"), [*product(AGES, IMAGE_AGES)])
def test_a_whole_way_through_the_guide_stops_before_it_saves(
    age: str, image_age: str, media: str, kinds: str
) -> None:
    """The pages that were really shown, in their order."""
    desk = desk_at(Clock())
    said = {"age": age, "kinds": kinds, "image_age": image_age, "media": media}
    script = {**STRANGER, **said, "store": "drive", "extortion": "gang"}
    trip = set_out(desk).follow(script)
    trip.say("evidence").follow(script)
    assert trip.page == "h-plan", trip.seen
    asked = "images" in f"{kinds} {media}".split()
    if not (asked and never_copied(age, image_age)):
        assert STOP not in trip.seen
        assert (CAPTURE in trip.seen) is ("images" in media and image_age == "adult")
        return
    saving = [n for n, id_ in enumerate(trip.seen) if id_.startswith("s-ev-")]
    assert trip.seen.index(STOP) < min(saving, default=len(trip.seen))
    assert CAPTURE not in trip.seen
    assert "no-copy" in {option.id for option in offered(trip.here.page, desk.facts())}


def test_a_warning_given_while_saving_is_not_lost() -> None:
    """It was once: the page is reached only while its answer was not known."""
    desk = desk_at(Clock())
    script = {**STRANGER, "store": "drive", "media": "images texts"}
    trip = set_out(desk).follow(script).say("evidence").follow(script)
    assert trip.page == ASKED_FIRST
    trip.say("unsure")
    assert trip.page == STOP
    assert "image_minor" in desk.facts()
    trip.follow(script)
    assert trip.seen[-5:] == [
        *(STOP, "s-ev-texts", "s-ev-officials", "s-ev-copies", "h-plan")
    ]


def _shown(desk: Desk, page: Page) -> str:
    texts = [block.text for block in page_blocks(desk, page)]
    return " ".join([*texts, *(task.text for task in tasks(desk, page))]).lower()


@pytest.mark.parametrize(("age", "image_age"), [*product(AGES, IMAGE_AGES)])
def test_a_page_that_is_still_open_stops_telling_how_to_capture(
    age: str, image_age: str
) -> None:
    """An answer may change while the page on keeping pictures is on the screen."""
    desk = desk_at(Clock())
    script = {**STRANGER, "kinds": "images", "image_age": "adult", "media": "images"}
    script |= {"store": "drive"}
    trip = set_out(desk).follow(script).say("evidence").follow(script, until=CAPTURE)
    assert "cover or blur" in _shown(desk, trip.here.page)
    change_to(desk, "q-age-target", age)
    change_to(desk, "q-image-age", image_age)
    allowed = age == image_age == "adult"
    assert ("cover or blur" in _shown(desk, trip.here.page)) is allowed
    trip.seen.clear()
    trip.say("next").follow({**script, "age": age, "image_age": image_age})
    trip.say("evidence").follow({**script, "image_age": image_age})
    if never_copied(age, image_age):
        assert STOP in trip.seen
    if not allowed:
        assert CAPTURE not in trip.seen


def test_pictures_of_a_minor_named_for_removal_lead_to_the_stop() -> None:
    """Also when the question about age was never asked."""
    page = LIBRARY.pages["q-remove"]
    assert way_on(page, facts(remove="minor")) == STOP
    saved = LIBRARY.pages["q-saved-remove"]
    for image_age, said in product(
        ("minor", "unsure"), ("yes", "no", "skip-for-safety")
    ):
        known = facts(remove="intimate", image_age=image_age, saved_remove=said)
        assert way_on(saved, known) == STOP


@pytest.mark.parametrize("page_id", MAY_HOLD_PICTURES)
def test_every_page_on_saving_what_may_hold_pictures_warns(page_id: str) -> None:
    """A reader may come to it by search, or tick another box."""
    assert f"({STOP}.md)" in LIBRARY.pages[page_id].body


def test_a_page_read_on_its_own_shows_no_capture_either() -> None:
    """Contents and search open pages outside the flow, under the same conditions."""
    journey = Journey(desk_at(Clock()))
    journey.open(f"page:{CAPTURE}")
    shown = " ".join(block.text for block in journey.sheet().blocks).lower()
    assert "cover or blur" not in shown


def test_no_walk_is_shown_how_to_keep_pictures_of_a_minor() -> None:
    """6,000 steps of readers who keep changing what the pictures show."""
    stopped = captured = steps = 0
    for seed in range(30):
        reader = Reader(seed, HABITS)
        reader.bold = True
        for _done in reader.wander(200):
            steps += 1
            place = reader.journey.place
            said = reader.desk.facts()
            if not isinstance(place, FlowPlace):
                continue
            stopped += place.page.id == STOP
            if place.page.id != CAPTURE:
                continue
            captured += 1
            age, image_age = str(said.get("age")), str(said.get("image_age"))
            if never_copied(age, image_age):
                assert "cover or blur" not in _shown(reader.desk, place.page)
                assert "copy nothing" in _shown(reader.desk, place.page)
    assert steps == 6_000
    assert stopped > 50
    assert captured > 10
