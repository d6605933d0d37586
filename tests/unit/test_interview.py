"""Where the reader is: worked out from the answers and from nothing else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guide.interview import (
    ends,
    facts_of,
    locate,
    plan,
    reached_pages,
    step_back,
    step_on,
    step_to,
    steps_taken,
    walk,
    way_on,
)
from guide.model.conditions import Answers, AnswerValue, Condition
from guide.model.content import (
    Library,
    Option,
    Page,
    PageKind,
    Question,
    Route,
)
from guide.model.problems import ContentError
from guide.model.progress import Progress
from tests.unit.small_guides import library, page

GUIDE = library(
    {
        "hello": "kind: step\nnext:\n  - {go: age}\n---\n",
        "age": "kind: question\nask: age\nsafer: young\n---\n"
        "- [Yes](young.md) {#minor}\n- [No](kinds.md) {#adult}",
        "young": "kind: step\nnext:\n  - {go: kinds}\n---\n",
        "kinds": "kind: question\nask: kinds\nanswer: many\nsafer: plan\nnext:\n"
        "  - {when: kinds has threats, go: danger}\n  - {go: plan}\n---\n"
        "- [ ] Threats {#threats}\n- [ ] Calls {#calls}\n- [ ] None {#none only}",
        "danger": "kind: stop\n---\n- [Go on](plan.md) {#go-on}\n"
        "- [Out](out.md) {#out}",
        "out": "kind: stop\n---\n",
        "plan": "kind: hub\nbest:\n"
        "  - {when: kinds has threats, go: talk, because: x}\n"
        "  - {when: kinds has any, go: save, because: y}\n---\n"
        "- [Talk](talk.md) {#talk}\n- [Save](save.md) {#save}\n"
        '- [Block](block.md) {#block when="kinds has calls"}\n'
        "- [Tell](tell.md) {#tell}",
        "talk": "kind: step\n---\n",
        "save": "kind: question\nask: store\nrequired: yes\n---\n"
        "- [Here](copies.md) {#here}\n- [I do not know](talk.md) {#unsure}",
        "copies": "kind: step\n---\n",
        "block": "kind: step\nnext:\n  - {go: plan}\n---\n",
        "tell": "kind: hub\n---\n- [Police](police.md) {#police}",
        "police": "kind: step\n---\n",
    },
    alone="not (age is minor)",
)
BEGUN: Answers = {"hello": "next", "age": "adult", "kinds": ("calls",)}


@pytest.mark.parametrize(
    ("answers", "here", "history"),
    [
        pytest.param({}, "hello", (), id="nothing said"),
        pytest.param({"hello": "next"}, "age", ("hello",), id="one passed"),
        pytest.param({"age": "adult"}, "hello", (), id="out of order"),
        pytest.param(BEGUN, "plan", ("hello", "age", "kinds"), id="the plan"),
        pytest.param(
            {**BEGUN, "age": "minor"}, "young", ("hello", "age"), id="changed early"
        ),
        pytest.param(
            {**BEGUN, "age": "skipped"}, "young", ("hello", "age"), id="skipped"
        ),
        pytest.param(
            {**BEGUN, "plan": "save"}, "save", (*BEGUN, "plan"), id="in a branch"
        ),
        pytest.param(
            {**BEGUN, "plan": "save", "store": "here"},
            *("copies", (*BEGUN, "plan", "save")),
            id="further on",
        ),
        pytest.param(
            {**BEGUN, "plan": "talk", "talk": "next"}, "plan", (*BEGUN,), id="done"
        ),
        pytest.param(
            {**BEGUN, "plan": "tell"}, "tell", (*BEGUN, "plan"), id="a hub in a hub"
        ),
        pytest.param(
            {**BEGUN, "plan": "tell", "tell": "police", "police": "next"},
            *("tell", (*BEGUN, "plan")),
            id="done there",
        ),
        pytest.param(
            {**BEGUN, "kinds": ("none",), "plan": "block"},
            *("plan", (*BEGUN,)),
            id="a branch that is not offered any more",
        ),
    ],
)
def test_the_position_follows_from_the_answers(
    answers: Answers, here: str, history: tuple[str, ...]
) -> None:
    """Going back, changing and coming back next week are one calculation."""
    position = locate(GUIDE, facts_of(GUIDE, answers))
    assert (position.page.id, position.history) == (here, history)


@pytest.mark.parametrize(
    ("page_id", "value", "onward"),
    [
        pytest.param("age", "adult", "kinds", id="an option"),
        pytest.param("age", "unsure", "young", id="not sure is the safer way"),
        pytest.param("age", "skipped", "young", id="skip is the safer way"),
        pytest.param("age", None, None, id="unanswered"),
        pytest.param("age", "gone", None, id="an option that is gone asks again"),
        pytest.param("kinds", ("unsure",), "plan", id="boxes not sure"),
        pytest.param("kinds", ("calls", "threats"), "danger", id="the first route"),
        pytest.param("kinds", ("calls",), "plan", id="the last route"),
        pytest.param("save", "unsure", "talk", id="an option of its own for not sure"),
        pytest.param("copies", "next", "", id="back to the hub"),
    ],
)
def test_each_answer_has_one_way_on(
    page_id: str, value: AnswerValue | None, onward: str | None
) -> None:
    """And nothing said has none."""
    at = GUIDE.pages[page_id]
    assert way_on(at, {} if value is None else {at.fact: value}) == onward


def test_an_option_that_is_not_offered_any_more_is_no_answer() -> None:
    """What it opened is closed again, and the question is asked again."""
    asked = page(
        "q",
        "kind: step\nask: q\n---\n- [On](a.md) {#on}\n"
        '- [Advised](b.md) {#advised when="known"}',
    )
    assert way_on(asked, {"q": "advised", "known": "yes"}) == "b"
    assert way_on(asked, {"q": "advised"}) is None


def test_an_answer_counts_while_its_question_can_be_reached() -> None:
    """Afterwards it is kept aside, and counts again when the way leads back."""
    said = {**BEGUN, "age": "minor", "young": "next", "store": "here"}
    assert facts_of(GUIDE, said)["store"] == "here"
    early = facts_of(GUIDE, {**said, "kinds": ("threats",)})
    assert early["kinds"] == ("threats",)
    assert "store" not in early
    assert "young" not in facts_of(GUIDE, {**said, "age": "adult"})
    assert facts_of(GUIDE, said, {"sent": "yes"})["sent"] == "yes"


def test_what_follows_from_the_answers_is_never_taken_from_them() -> None:
    """A derived fact cannot be answered."""
    assert "alone" not in facts_of(
        GUIDE, {"hello": "next", "age": "minor", "alone": "yes"}
    )
    assert facts_of(GUIDE, {})["alone"] == "yes"


def test_an_answer_is_not_lost_when_it_closes_the_way_it_was_given_on() -> None:
    """Else the question would be asked for ever, and a warning be forgotten."""
    guide = library(
        {
            "a": "kind: question\nask: a\nsafer: plan\nnext:\n"
            "  - {when: not asked, go: b}\n  - {go: plan}\n---\n- [x](b.md) {#x}",
            "b": "kind: question\nask: b\nsafer: plan\n---\n- [bad](plan.md) {#bad}",
            "plan": "kind: hub\n---\n- [c](c.md) {#c}",
            "c": "kind: step\n---\n",
        },
        asked="b is bad",
    )
    said = {"a": "x", "b": "bad", "plan": "c", "c": "next"}
    facts = facts_of(guide, said)
    assert {f: facts[f] for f in said} == said
    assert locate(guide, facts).page.id == "plan"


def test_the_branches_of_a_hub_are_reached_while_they_are_offered() -> None:
    """In the order of the flow, each once."""
    seen = [p.id for p in reached_pages(GUIDE, facts_of(GUIDE, BEGUN))]
    assert seen == [
        *("hello", "age", "kinds", "plan", "talk", "save", "block", "tell", "police")
    ]
    less = {**BEGUN, "kinds": ("none",)}
    assert "block" not in {p.id for p in reached_pages(GUIDE, facts_of(GUIDE, less))}


def test_back_and_on_again_show_one_screen_at_a_time() -> None:
    """The answers stay, and the same page comes in the end."""
    facts = facts_of(GUIDE, BEGUN)
    here = locate(GUIDE, facts)
    seen = []
    while before := step_back(GUIDE, facts, here):
        here = before
        seen.append(here.page.id)
    assert seen == ["kinds", "age", "hello"]
    assert steps_taken(GUIDE, here) == 1
    for id_ in ("age", "kinds", "plan"):
        here = step_on(GUIDE, facts, here)
        assert here.page.id == id_
    assert here == locate(GUIDE, facts)


def test_a_branch_is_counted_from_its_hub() -> None:
    """Step 1 of about 2, not step 5 of about 6."""
    here = step_to(GUIDE, facts_of(GUIDE, BEGUN), "save", "plan")
    assert steps_taken(GUIDE, here) == 1
    assert here.of_about == 2


def test_the_plan_offers_the_first_best_step_that_is_not_done() -> None:
    """And says how far each branch is."""
    said = {**BEGUN, "kinds": ("threats", "calls"), "danger": "go-on"}
    hub = GUIDE.pages["plan"]
    first = plan(GUIDE, facts_of(GUIDE, said), hub)
    assert first.next_best
    assert first.next_best.page_id == "talk"
    later = plan(GUIDE, facts_of(GUIDE, {**said, "talk": "next", "store": "here"}), hub)
    assert later.next_best
    assert later.next_best.page_id == "save"
    progress = {item.option_id: item.progress for item in later.items}
    assert progress["talk"] is Progress.DONE
    assert progress["save"] is Progress.UNDER_WAY
    assert progress["block"] is Progress.NEW
    assert later.done == 1


def test_a_way_that_ends_keeps_the_reader_on_its_last_screen() -> None:
    """There another answer can be chosen; it was an error once, for good."""
    assert ends(GUIDE.pages["out"])
    assert not ends(GUIDE.pages["danger"])
    said = {**BEGUN, "kinds": ("threats",), "danger": "out", "out": "next"}
    assert locate(GUIDE, facts_of(GUIDE, said)).page.id == "out"


def test_a_guide_without_its_first_page_says_so() -> None:
    """In words, and not for ever."""
    empty = Library(title="", start="gone", pages={}, letters={})
    with pytest.raises(ContentError):
        locate(empty, {})


IDS = [f"p{n}" for n in range(6)]
GO = st.sampled_from([*IDS, "missing", ""])
OPTIONS = st.lists(GO, min_size=1, max_size=3)
KINDS = st.sampled_from(
    [PageKind.QUESTION, PageKind.QUESTION, PageKind.STEP, PageKind.STOP, PageKind.HUB]
)
WHEN = st.sampled_from(["p0 is o0", "not (p1 is o1)", "p2 has any", "p3 is not o0"])


@st.composite
def guides(draw: st.DrawFn) -> Library:
    """Any six pages, with circles, broken links and ways that end."""
    pages = {}
    for id_ in IDS:
        options = tuple(
            Option(id=f"o{n}", text="x", go=go, when=Condition.parse(draw(WHEN)))
            for n, go in enumerate(draw(OPTIONS))
        )
        routes = (Route(go=draw(GO), when=Condition.parse(draw(WHEN))),)
        pages[id_] = Page(
            id=id_,
            kind=draw(KINDS),
            title=id_,
            question=Question(fact=id_, options=options, safer=draw(GO)),
            routes=routes if draw(st.booleans()) else (),
        )
    return Library(title="", start="p0", pages=pages, letters={})


SAID = st.dictionaries(
    st.sampled_from(IDS), st.sampled_from(["o0", "o1", "o2", "unsure", "gone"])
)


@given(guides(), SAID)
def test_no_content_whatever_makes_it_go_round_for_ever(
    guide: Library, said: dict[str, str]
) -> None:
    """A page is always found, its history has no page twice before a hub."""
    facts = facts_of(guide, said)
    here = locate(guide, facts)
    assert here.page.id in guide.pages
    assert len(here.history) <= 2 * len(IDS) ** 2
    for id_ in IDS:
        passed = walk(guide, facts, id_).passed
        assert len(passed) == len(set(passed))
        step_on(guide, facts, step_to(guide, facts, id_))
    counting = {f for f in said if f in facts}
    assert {p.fact for p in reached_pages(guide, facts)} & said.keys() <= counting
