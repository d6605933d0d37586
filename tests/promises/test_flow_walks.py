"""Promise: nobody is trapped or lost, and nothing that was said is lost either.

Random readers answer any way that can be chosen, over the shipped pages.
"""

from __future__ import annotations

import random

import pytest

from guide.actions.answering import answer, change, go_back, open_branch, resume
from guide.actions.desk import Desk
from guide.interview import locate, offered, reached_pages
from guide.model.content import AnswerKind, Page, PageKind
from guide.model.progress import Progress
from tests.promises.scripted_reader import STRANGER, Trip, set_out
from tests.promises.wandering_reader import LIBRARY, Clock, Reader, desk_at

LONGEST = 60  # answers from one hub to the next, or from the start to the plan
STOPS = ("t-emergency", "t-no-copy-minor")
LEAVES = {("t-emergency", "leave")}
BACK_TO_DANGER = {("q-still", "worse")}


def choices(desk: Desk, page: Page, chance: random.Random) -> str:
    """One way to answer *page*: an option, some boxes, "not sure" or skip."""
    question = page.question
    assert question, page.id
    ids = [option.id for option in offered(page, desk.facts())]
    if not question.required and chance.random() < 0.25:
        return chance.choice(("unsure", "skipped"))
    if question.kind is AnswerKind.MANY:
        boxes = [id_ for id_ in ids if id_ != "none"]
        some = chance.sample(boxes, chance.randint(1, min(4, len(boxes))))
        return "none" if "none" in ids and chance.random() < 0.4 else " ".join(some)
    return chance.choice([id_ for id_ in ids if (page.id, id_) not in LEAVES])


class RandomTrip:
    """A reader who goes forward, choosing any answer there is."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)  # noqa: S311  a walk, not a secret
        self.desk = desk_at(Clock())
        self.trip: Trip = set_out(self.desk)

    def step(self, *, avoid: set[tuple[str, str]] = frozenset()) -> None:  # type: ignore[assignment]  # never changed
        """Answer the page that is shown."""
        page = self.trip.here.page
        said = choices(self.desk, page, self.chance)
        while (page.id, said) in avoid:
            said = choices(self.desk, page, self.chance)
        self.trip.say(said)

    def to_the_next_hub(self) -> int:
        """How many answers it took."""
        for count in range(LONGEST):
            if self.trip.here.page.kind is PageKind.HUB:
                return count
            self.step()
        raise AssertionError(f"trapped: {self.trip.seen}")

    def new_branch(self) -> bool:
        """Open a branch that was not begun; False when there is none left."""
        hub = self.trip.here.page
        new = [o for o in offered(hub, self.desk.facts()) if _is_new(self.desk, o.go)]
        if not new:
            return False
        self.trip.say(self.chance.choice(new).id)
        return True


def _is_new(desk: Desk, page: str) -> bool:
    from guide.interview import progress_of

    return progress_of(LIBRARY, desk.facts(), page) is Progress.NEW


@pytest.mark.parametrize("block", range(10))
def test_every_way_comes_to_the_plan_and_every_branch_back_to_a_hub(block: int) -> None:
    """Whatever is answered: 400 readers, each through up to 8 branches."""
    for seed in range(block * 40, block * 40 + 40):
        reader = RandomTrip(seed)
        reader.to_the_next_hub()
        assert reader.trip.page == "h-plan", reader.trip.seen
        for _branch in range(8):
            reader.step()
            reader.to_the_next_hub()


@pytest.mark.parametrize("seed", range(60))
def test_coming_back_is_the_same_as_having_stayed(seed: int) -> None:
    """The answers are the only state: a new start stands where the reader stood."""
    reader = RandomTrip(seed)
    for _step in range(80):
        here = reader.trip.here
        if here.page.kind is PageKind.HUB:
            if not reader.new_branch():
                break
            continue
        if here.page.fact not in reader.desk.facts():
            there = resume(reader.desk).page.id
            assert there == here.page.id, reader.trip.seen
            assert locate(LIBRARY, reader.desk.facts()).page.id == there
        reader.step()


def _retrace(reader: RandomTrip, steps: int) -> None:
    """Go back some screens, then press Enter on each until here again."""
    start, here = reader.trip.here, reader.trip.here
    said = dict(reader.desk.vault.answers())
    for _step in range(steps):
        before = go_back(reader.desk, here)
        assert dict(reader.desk.vault.answers()) == said
        if before is None:
            break
        here = before
    for _step in range(LONGEST):
        if here.page.id == start.page.id:
            break
        value = said[here.page.fact]
        text = value if isinstance(value, str) else " ".join(value)
        here = answer(reader.desk, here, text)
    assert here.page.id == start.page.id, reader.trip.seen
    assert dict(reader.desk.vault.answers()) == said


@pytest.mark.parametrize("seed", range(60))
def test_back_loses_nothing_and_enter_leads_to_the_same_place(seed: int) -> None:
    """From any page, any number of screens back and through them again."""
    reader = RandomTrip(seed)
    for step in range(60):
        if reader.trip.here.page.kind is PageKind.HUB and not reader.new_branch():
            break
        if reader.trip.here.page.fact not in reader.desk.facts() and step % 3 == 0:
            _retrace(reader, reader.chance.randint(1, 12))
        if reader.trip.here.page.kind is not PageKind.HUB:
            reader.step(avoid=BACK_TO_DANGER)


@pytest.mark.parametrize("seed", range(60))
def test_another_early_answer_keeps_all_the_others(seed: int) -> None:
    """They may not count for a while; they are never thrown away."""
    reader = RandomTrip(seed)
    reader.to_the_next_hub()
    for _branch in range(3):
        reader.step()
        reader.to_the_next_hub()
    asked = reached_pages(LIBRARY, reader.desk.facts())
    early = [p for p in asked if p.kind is PageKind.QUESTION][:9]
    for page in early:
        before = dict(reader.desk.vault.answers())
        said = choices(reader.desk, page, reader.chance)
        answer(reader.desk, change(reader.desk, page.id), said)
        after = reader.desk.vault.answers()
        assert before.keys() - after.keys() <= {"danger", *STOPS}
        changed = {f for f in before if f in after and after[f] != before[f]}
        assert changed <= {page.fact}


def test_every_answer_that_counts_was_given_where_the_reader_can_go() -> None:
    """And none that can be seen is left out: 6,000 steps of wandering readers."""
    for seed in range(30):
        reader = Reader(seed + 1000)
        for _done in reader.wander(200):
            facts, answers = reader.desk.facts(), reader.desk.vault.answers()
            seen = {page.fact for page in reached_pages(LIBRARY, facts)}
            counting = {f for f in answers if f in facts}
            assert {f for f in answers if f in seen} <= counting
            # "It got worse" closes the way it was said on, and is not lost by that.
            assert counting <= seen or facts.get("still") == "worse"
            assert locate(LIBRARY, facts).page.id in LIBRARY.pages


def test_back_from_a_branch_of_a_branch_leads_to_the_plan() -> None:
    """Through the list of those who can act, one screen at a time."""
    desk = desk_at(Clock())
    trip = set_out(desk).follow(STRANGER).say("tell").say("police")
    assert trip.page == "q-police"
    back = go_back(desk, trip.here)
    assert back
    assert back.page.id == "h-report"
    above = go_back(desk, back)
    assert above
    assert above.page.id == "h-plan"


def test_whoever_leaves_comes_back_to_where_they_stood() -> None:
    """To leave from the emergency page is no answer; it was once kept as one."""
    desk = desk_at(Clock())
    trip = set_out(desk).follow({"came_for": "messages", "danger": "yes"})
    assert trip.page == "t-emergency"
    assert trip.say("leave").page == "t-exit"
    assert resume(desk).page.id == "t-emergency"
    assert answer(desk, trip.here, "next").page.id == "t-emergency"
    assert set_out(desk).say("safe-enough").page == "q-device-safe"


@pytest.mark.parametrize(
    ("page", "said", "stop"),
    [
        pytest.param("q-danger-now", "yes", "t-emergency", id="danger"),
        pytest.param("q-danger-now", "unsure", "t-emergency", id="danger not sure"),
        pytest.param("q-danger-now", "skipped", "t-emergency", id="danger skipped"),
        pytest.param("q-image-age", "minor", "t-no-copy-minor", id="under 18"),
        pytest.param("q-image-age", "unsure", "t-no-copy-minor", id="age not sure"),
        pytest.param("q-remove", "minor", "t-no-copy-minor", id="to be removed"),
    ],
)
def test_a_stop_is_shown_each_time_it_is_come_to(
    page: str, said: str, stop: str
) -> None:
    """Also when it was passed before. It was skipped then, with "in danger" as well."""
    desk = desk_at(Clock())
    script = {**STRANGER, "kinds": "images", "image_age": "minor", "danger": "yes"}
    script |= {"t-emergency": "safe-enough", "remove": "minor"}
    trip = set_out(desk).follow(script).say("remove").follow(script)
    assert trip.page == "h-plan"
    for _time in range(2):
        trip.here = answer(desk, change(desk, page), said)
        assert trip.page == stop
        assert resume(desk).page.id == stop or page == "q-remove"
        assert trip.follow(script).page == "h-plan"


def test_a_threat_a_week_later_shows_the_emergency_page_again() -> None:
    """The question is asked afresh, and so is the page that it leads to."""
    clock = Clock()
    desk = desk_at(clock)
    script = {**STRANGER, "danger": "yes", "t-emergency": "safe-enough"}
    assert set_out(desk).follow(script).page == "h-plan"
    clock.move(6.9)
    assert resume(desk).page.id == "h-plan"
    clock.move(0.1)
    trip = set_out(desk)
    assert trip.page == "q-danger-now"
    assert trip.say("yes").page == "t-emergency"
    assert trip.say("safe-enough").page == "h-plan"


def test_danger_is_asked_again_when_it_got_worse() -> None:
    """After "worse or a threat", the question about danger comes at once."""
    desk = desk_at(Clock())
    trip = set_out(desk).follow(STRANGER).say("review").say("next")
    assert trip.page == "q-still"
    assert trip.say("worse").page == "q-danger-now"
    assert resume(desk).page.id == "q-danger-now"
    assert trip.say("no").page == "h-plan"


@pytest.mark.parametrize("way", ["plan", "branch", "answer"])
def test_a_week_later_every_way_in_asks_about_danger(way: str) -> None:
    """Not only where the reader left off."""
    clock = Clock()
    desk = desk_at(clock)
    trip = set_out(desk).follow(STRANGER)
    clock.move(8)
    if way == "plan":
        here = open_branch(desk, "", "h-plan")
    elif way == "branch":
        here = open_branch(desk, "h-plan", "q-store")
    else:
        here = answer(desk, change(desk, "q-who-is-it"), "known")
    assert here.page.id == "q-danger-now"
    assert trip.desk.vault.answers()["kinds"] == ("messages",)
