"""Asking and answering: what is kept, what is asked afresh, what Back leads to."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from guide.actions.answering import (
    answer,
    change,
    due,
    go_back,
    open_branch,
    resume,
    review,
    the_plan,
    tick,
    ticks,
)
from guide.actions.desk import Desk
from guide.model.problems import GuideError, InvalidAnswerError, NotFoundError
from guide.model.progress import TickState
from guide.vault.store import Vault
from tests.unit.small_guides import library

GUIDE = library(
    {
        "danger": "kind: question\nask: danger\nsafer: stop\nagain: yes\n---\n"
        "- [Yes](stop.md) {#yes}\n- [No](kinds.md) {#no}",
        "stop": "kind: stop\n---\n- [On](kinds.md) {#on}\n- [Out](out.md) {#out}",
        "out": "kind: stop\n---\n",
        "kinds": "kind: question\nask: kinds\nanswer: many\nsafer: plan\nnext:\n"
        "  - {go: plan}\n---\n- [ ] Threats {#threats}\n- [ ] Calls {#calls}",
        "plan": "kind: hub\n---\n- [Save](save.md) {#save}\n"
        "- [Still](still.md) {#still}\n- [Tell](tell.md) {#tell}\n"
        "- [Stop](stop.md) {#stop}",
        "save": "kind: step\nnext:\n  - {go: copies}\n---\n"
        '- [ ] One {#one}\n- [ ] Two {#two when="kinds has calls"}',
        "copies": "kind: step\n---\n",
        "still": "kind: question\nask: still\nsafer: plan\n---\n"
        "- [Worse](danger.md) {#worse}\n- [No](copies.md) {#no}",
        "tell": "kind: hub\n---\n- [Police](police.md) {#police}",
        "police": "kind: step\n---\n",
    }
)


class Clock:
    """Stands still until it is moved."""

    now = datetime(2026, 11, 2, 12, tzinfo=UTC)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def desk(clock: Clock) -> Iterator[Desk]:
    """A reader who has come to the plan."""
    with Vault.in_memory() as vault:
        here = Desk(library=GUIDE, vault=vault, now=lambda: clock.now)
        for text in ("no", "threats"):
            answer(here, resume(here), text)
        yield here


def test_an_answer_is_kept_and_leads_on(desk: Desk) -> None:
    """And a refused one keeps nothing and moves nothing."""
    assert desk.vault.answers() == {"danger": "no", "kinds": ("threats",)}
    assert resume(desk).page.id == "plan"
    for text in ("", "gone", "9"):
        with pytest.raises(InvalidAnswerError):
            answer(desk, change(desk, "kinds"), text)
    assert desk.vault.answers()["kinds"] == ("threats",)


@pytest.mark.parametrize(("days", "asked"), [(6.99, False), (7, True), (400, True)])
def test_after_a_week_danger_is_asked_afresh(
    desk: Desk, clock: Clock, days: float, *, asked: bool
) -> None:
    """The rest of what was said stays, and one answer leads back to it."""
    clock.now += timedelta(days=days)
    assert due(desk) == (("danger",) if asked else ())
    assert resume(desk).page.id == ("danger" if asked else "plan")
    assert ("danger" in desk.vault.answers()) is not asked
    if asked:
        assert answer(desk, resume(desk), "no").page.id == "plan"


def test_a_stop_is_shown_whenever_an_answer_leads_to_it(desk: Desk) -> None:
    """Also the second time, from the way to the plan and from a branch."""
    for _time in range(2):
        stop = answer(desk, change(desk, "danger"), "yes")
        assert stop.page.id == "stop"
        assert resume(desk).page.id == "stop"
        assert answer(desk, stop, "on").page.id == "plan"


def test_leaving_from_a_stop_is_not_kept(desk: Desk) -> None:
    """An earlier answer there stays as it was."""
    stop = answer(desk, change(desk, "danger"), "yes")
    answer(desk, stop, "on")
    before = dict(desk.vault.answers())
    out = answer(desk, open_branch(desk, "plan", "stop"), "out")
    assert out.page.id == "out"
    assert {**before, "plan": "stop"} == desk.vault.answers()
    assert resume(desk).page.id == "plan"
    back = go_back(desk, out)
    assert back
    assert back.page.id == "stop"


def test_worse_asks_about_danger_at_once(desk: Desk) -> None:
    """Whatever was said about it a minute ago."""
    here = open_branch(desk, "plan", "still")
    assert answer(desk, here, "worse").page.id == "danger"
    assert "danger" not in desk.vault.answers()
    assert desk.vault.answers()["still"] == "worse"


def test_a_branch_is_opened_from_its_beginning_and_remembered(desk: Desk) -> None:
    """Done or not, and back leads to the hub it was opened from."""
    here = answer(desk, resume(desk), "save")
    assert here.page.id == "save"
    assert resume(desk).page.id == "save"
    for id_ in ("copies", "plan"):
        here = answer(desk, here, "next")
        assert here.page.id == id_
    again = open_branch(desk, "plan", "save")
    assert again.page.id == "save"
    assert answer(desk, again, "next").page.id == "copies"
    nested = answer(desk, answer(desk, resume(desk), "tell"), "police")
    assert nested.history == ("plan", "tell")


def test_a_page_that_is_not_there_is_said_in_words(desk: Desk) -> None:
    """And a branch that is not there leads back to where the reader stood."""
    with pytest.raises(NotFoundError):
        change(desk, "gone")
    assert open_branch(desk, "plan", "gone").page.id == "plan"


def test_a_task_goes_round_its_three_states(desk: Desk) -> None:
    """Only those tasks that apply to this reader are there."""
    page = GUIDE.pages["save"]
    assert ticks(desk, page) == {"one": TickState.NOT_NOW}
    states = [tick(desk, page, "one") for _time in range(3)]
    assert states == [TickState.DONE, TickState.NOT_FOR_ME, TickState.NOT_NOW]
    answer(desk, change(desk, "kinds"), "calls")
    assert list(ticks(desk, page)) == ["one", "two"]


def test_the_review_lists_what_counts_in_the_words_it_was_given_in(desk: Desk) -> None:
    """Questions only, in the order of the flow."""
    answer(desk, change(desk, "kinds"), "calls threats")
    said = [(each.page_id, each.answer) for each in review(desk)]
    assert said == [("danger", "No"), ("kinds", "Threats; Calls")]
    answer(desk, change(desk, "kinds"), "skipped")
    assert review(desk)[1].answer == "Skipped"


def test_there_is_a_plan_once_the_questions_led_to_it(desk: Desk) -> None:
    """And none before."""
    found = the_plan(desk)
    assert found
    assert found[0].id == "plan"
    desk.vault.forget_answer("danger")
    assert the_plan(desk) is None


def test_a_page_to_read_takes_no_answer(desk: Desk) -> None:
    """Refused like any other, and kept nowhere."""
    guide = library({"read": "kind: page\n---\n"})
    other = Desk(library=guide, vault=desk.vault, now=desk.now)
    with pytest.raises(GuideError):
        answer(other, change(other, "read"), "next")
