"""Promise: the request to remove an intimate image is never for somebody under 18.

There the stop and the reporting lines are the way. Not to be sure counts as under 18,
as everywhere, and so does an age that nobody asked about.
"""

from __future__ import annotations

from itertools import product

import pytest

from guide.actions.desk import Desk
from guide.actions.journey import Journey
from guide.actions.places.letter_closed import ClosedPlace
from guide.actions.places.letters import ReachPlace, letter_place
from guide.actions.writing import draft, fill, finish
from guide.interview import way_on, with_derived
from guide.model.conditions import Answers
from guide.model.problems import InvalidAnswerError, LetterClosedError
from tests.promises.scripted_reader import STRANGER, change_to, set_out
from tests.promises.wandering_reader import LIBRARY, Clock, desk_at

LETTER = LIBRARY.letters["intimate-image-removal"]
GATE, PAGE, STOP = "takedown_open", "s-remove-ncii", "t-no-copy-minor"
AGES = ("", "adult", "minor", "unsure", "skipped")
IMAGE_AGES = ("", "adult", "none", "minor", "unsure")
REMOVES = ("", "intimate", "minor", "host", "unsure", "skipped")


def facts(**said: str) -> Answers:
    """What follows from *said*; "" is no answer."""
    return with_derived(LIBRARY, {fact: x for fact, x in said.items() if x})


def may_be_under_18(age: str, image_age: str, remove: str) -> bool:
    """Written apart from facts.toml, so that the two cannot be wrong together."""
    images = image_age in ("minor", "unsure")
    return age != "adult" or images or remove == "minor"


@pytest.mark.parametrize(
    ("age", "image_age", "remove"), [*product(AGES, IMAGE_AGES, REMOVES)]
)
def test_the_gate_holds_for_adults_alone(age: str, image_age: str, remove: str) -> None:
    """By every answer that says something about an age."""
    known = facts(age=age, image_age=image_age, remove=remove)
    assert LETTER.gate == GATE
    assert (GATE in known) is not may_be_under_18(age, image_age, remove)


@pytest.mark.parametrize(("age", "image_age"), [*product(AGES, IMAGE_AGES)])
def test_the_way_to_the_page_passes_the_same_gate(age: str, image_age: str) -> None:
    """That they are 18 or over is not enough where another answer speaks against it."""
    known = facts(age=age, image_age=image_age, remove="intimate", saved_remove="yes")
    young = may_be_under_18(age, image_age, "intimate")
    assert way_on(LIBRARY.pages["q-saved-remove"], known) == (STOP if young else PAGE)


def desk_where(**said: str) -> Desk:
    """A desk at which a reader came to the plan, with these answers on the way."""
    desk = desk_at(Clock())
    set_out(desk).follow({**STRANGER, **said})
    return desk


@pytest.mark.parametrize("age", ["adult", "minor", "unsure", "skipped"])
@pytest.mark.parametrize("image_age", ["adult", "minor", "unsure"])
def test_a_reader_who_came_the_whole_way_gets_what_fits(
    age: str, image_age: str
) -> None:
    """Asked for by its name, as the list of letters does."""
    desk = desk_where(age=age, image_age=image_age, kinds="images")
    place = letter_place(desk, LETTER.id)
    if may_be_under_18(age, image_age, ""):
        assert isinstance(place, ClosedPlace)
        with pytest.raises(LetterClosedError):
            draft(desk, LETTER)
    else:
        assert isinstance(place, ReachPlace)
        assert draft(desk, LETTER).paper.subject


def test_nobody_who_was_not_asked_can_write_it() -> None:
    """An answer that was never given is not a safe one."""
    assert isinstance(letter_place(desk_at(Clock()), LETTER.id), ClosedPlace)


def test_what_is_closed_shows_the_way_for_somebody_under_18() -> None:
    """Not the words for a letter to the person: silence is no answer to an image."""
    journey = Journey(desk_where(age="minor"))
    journey.open(f"letter:{LETTER.id}")
    rows = [row.value for row in journey.sheet().rows]
    assert rows == [f"page:{STOP}", f"page:{PAGE}", "plan"]
    said = " ".join(block.text for block in journey.sheet().blocks)
    assert "Not sending anything" not in said
    journey.choose(rows[0])
    assert journey.sheet().name == STOP


def test_an_answer_that_changes_closes_an_open_request() -> None:
    """The blanks were open before; the text can no longer be finished."""
    desk = desk_where(age="adult")
    for field in LETTER.fields:
        if field.required:
            fill(desk, LETTER, field.id, "reader@example.com")
    change_to(desk, "q-age-target", "unsure")
    with pytest.raises(LetterClosedError):
        finish(desk, LETTER, "reader@example.com")
    assert desk.vault.letters() == ()


def test_a_letter_goes_to_its_own_audience() -> None:
    """What was typed for the mail provider is not whom the police letter is to."""
    desk = desk_where(age="adult")
    desk.vault.put_field("provider_name", "Example Mail")
    desk.vault.put_field("provider_address", "abuse@example.com")
    assert draft(desk, LIBRARY.letters["provider-complaint"]).paper.mail_to
    for letter in LIBRARY.letters.values():
        if letter.audience not in ("provider", "person"):
            paper = draft(desk, letter).paper
            assert "Example Mail" not in paper.to, letter.id
            assert paper.mail_to == "", letter.id


def test_whom_it_is_to_is_typed_again_as_it_is_shown() -> None:
    """A name with a hidden character is shown with it, and typed as it is shown."""
    desk = desk_where(age="adult")
    for field in LETTER.fields:
        if field.required:
            fill(desk, LETTER, field.id, "reader@example.com")
    fill(desk, LETTER, "platform_name", "Exa\u202emple")
    with pytest.raises(InvalidAnswerError):
        finish(desk, LETTER, "Example")
    assert finish(desk, LETTER, "Exa\u27e8202E\u27e9mple").paper.to.startswith("Exa")
