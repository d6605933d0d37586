"""Promise: what must come first comes first, on every way through the shipped pages.

A way is taken whatever its condition says, so each proof holds for every answer. To
show that a page always comes before another, it is taken out: then nothing leads to
the other any more.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

import pytest

from guide.actions.answering import tasks
from guide.actions.journey import Journey
from guide.actions.places.letter_form import FormPlace
from guide.actions.places.letters import ReachPlace, letter_place
from guide.actions.places.mail import MailPlace
from guide.actions.reading import page_blocks
from guide.model.content import Page, PageKind
from tests.promises.scripted_reader import STRANGER, set_out
from tests.promises.wandering_reader import LIBRARY, Clock, desk_at

PLAN = "h-plan"
SAVED_FIRST = {"q-saved-first", "q-saved-report", "q-saved-chat", "q-saved-remove"}
BLOCK_REPORT_REMOVE = (
    *("s-filter-mail", "s-block-social", "s-block-phone", "s-block-chat"),
    *("s-report-platform", "s-report-admin", "s-find-isp", "s-isp-letter"),
    *("s-remove-ncii", "s-remove-host", "s-remove-search", "s-copyright"),
    *("s-doxx", "s-defamation"),
)
CHANGES = ("s-accounts", "s-spyware", "s-location", "s-home-tech")
POLICE = {"q-police", "s-police-prep", "s-police-go"}
PAGES = {id_: LIBRARY.pages[id_] for id_ in LIBRARY.pages}
FLOW = {id_: page for id_, page in PAGES.items() if page.kind is not PageKind.PAGE}
SAMPLES = Path(__file__).parents[1] / "mail_samples"
LINK = re.compile(r"\(([a-z0-9-]+)\.md\)")


def ways(page: Page) -> set[str]:
    """Every page that any answer to *page* can lead to."""
    question = page.question
    found = {route.go for route in page.routes}
    if not any(route.when.source == "" for route in page.routes) and question:
        found |= {option.go for option in question.options}
    if question and not question.required:
        found.add(question.safer)
    return found - {""}


def reach(without: Iterable[str] = (), *, links: bool = False) -> set[str]:
    """Every page that can be come to from the start, were some pages not there."""
    out, found, waiting = set(without), set(), [LIBRARY.start]
    while waiting:
        id_ = waiting.pop()
        if id_ in found or id_ in out or id_ not in PAGES:
            continue
        found.add(id_)
        page = PAGES[id_]
        waiting += ways(page)
        if links:
            waiting += [
                o.partition(":")[2] for o in page.offers if o.startswith("page:")
            ]
            waiting += LINK.findall(page.body)
    return found


def test_every_page_can_be_come_to() -> None:
    """By answers, or by a link or an offer on a page that can be come to."""
    assert set(PAGES) - reach(links=True) == set()


def test_every_page_leads_on_to_the_plan() -> None:
    """No page of the flow is a dead end but the one for leaving."""
    leads = {PLAN}
    while True:
        more = {i for i, p in FLOW.items() if ways(p) & leads or _returns(p)} - leads
        if not more:
            break
        leads |= more
    assert set(FLOW) - leads == {"t-exit"}


def _returns(page: Page) -> bool:
    """A step without a way on goes back to the hub that opened it."""
    return page.kind is PageKind.STEP and not ways(page)


def test_no_page_before_the_plan_ends_the_way() -> None:
    """Only what a hub opens may return to it; before the plan there is none."""
    before = reach({PLAN})
    assert {id_ for id_ in before if _returns(PAGES[id_])} == set()


def test_danger_is_asked_before_anything_else() -> None:
    """Invariant 8. The first screen and the welcome ask nothing about it."""
    assert reach({"q-danger-now"}) == {"home", "start-welcome"}
    assert PAGES["q-danger-now"].again
    assert PAGES["q-danger-now"].question.safer == "t-emergency"  # type: ignore[union-attr]  # a question


@pytest.mark.parametrize("page_id", BLOCK_REPORT_REMOVE)
def test_saving_is_asked_about_before(page_id: str) -> None:
    """Invariant 3: nothing is blocked, reported or removed before it is saved."""
    assert page_id in reach()
    assert page_id not in reach(SAVED_FIRST)


@pytest.mark.parametrize("page_id", sorted(SAVED_FIRST))
def test_safety_may_come_before_saving(page_id: str) -> None:
    """Invariant 3: to go on without saving is one of the answers."""
    question = PAGES[page_id].question
    assert question
    assert question.option("skip-for-safety")


@pytest.mark.parametrize("page_id", CHANGES)
@pytest.mark.parametrize("first", ["q-will-notice", "q-device-safe"])
def test_a_change_the_person_may_notice_is_thought_over_first(
    page_id: str, first: str
) -> None:
    """Invariant 5."""
    assert page_id in reach()
    assert page_id not in reach({first})


def test_everything_can_be_come_to_without_the_police() -> None:
    """Invariant 10: reporting is offered and never required."""
    assert reach(links=True) - reach(POLICE, links=True) == POLICE
    lost = reach() - reach(POLICE - {"q-police"})
    assert lost == POLICE - {"q-police"}


def test_the_pages_of_the_notice_have_two_doors_and_each_has_its_condition() -> None:
    """Invariant 1. What opens each door is proved over every answer elsewhere."""
    doors = {id_ for id_, page in FLOW.items() if "s-notice-write" in ways(page)}
    assert doors == {"q-notice-safe", "s-notice-not-now"}
    safe, not_now = PAGES["q-notice-safe"], PAGES["s-notice-not-now"].question
    opens = [r.when.source for r in safe.routes if r.go == "s-notice-write"]
    assert opens == ["notice_clear"]
    assert safe.routes[-1].go == "s-notice-not-now"
    advised = not_now.option("advised") if not_now else None
    assert advised
    assert advised.when.source == "notice_can_unlock"
    assert "s-notice-send" not in reach({"s-notice-write"})


RECORDING = re.compile(r"\brecord (only )?(your own|own|the) call|\brecord calls", re.I)


@pytest.mark.parametrize("said", ["may", "no", "unsure", "skipped", ""])
def test_recording_calls_is_spoken_of_only_where_it_may_be(said: str) -> None:
    """Invariant 6, on every page, for every answer about the law."""
    desk = desk_at(Clock())
    if said:
        desk.vault.put_answer("call_law", said, desk.now())
    for page in FLOW.values():
        with_law = {"call_law": said} if said else {}
        shown = [t.text for t in page.tasks if t.when.holds(with_law)]
        if said != "may":
            assert "record-own" not in {task.id for task in tasks(desk, page)}
            shown += [
                b.text for b in page_blocks(desk, page) if page.id == "s-ev-calls"
            ]
            assert not [text for text in shown if RECORDING.search(text)], page.id
        elif page.id == "s-ev-calls":
            assert any(RECORDING.search(text) for text in shown)


@pytest.mark.parametrize(
    ("page_id", "words"),
    [
        pytest.param("s-ev-calls", "Record only your own calls", id="recording"),
        pytest.param("s-notice-write", "Write it with the letter", id="the notice"),
        pytest.param("s-notice-send", "Send it in the place", id="sending it"),
    ],
)
def test_a_page_read_on_its_own_keeps_its_conditions(page_id: str, words: str) -> None:
    """Contents and search open it for a reader who answered nothing."""
    journey = Journey(desk_at(Clock()))
    journey.open(f"page:{page_id}")
    shown = " ".join(block.text for block in journey.sheet().blocks)
    assert words not in shown


def test_a_letter_that_may_reach_the_person_says_so_before_it_is_written() -> None:
    """Invariant 7, through the screens, for each letter that others may hand on."""
    journey = Journey(desk_at(Clock()))
    journey.open("letter:provider-complaint")
    assert isinstance(journey.place, MailPlace)
    journey.typed(str(SAMPLES / "genuine_from_gmail.eml"))
    journey.choose("to:0")
    journey.choose("provider-complaint")
    assert isinstance(journey.place, ReachPlace)
    assert journey.sheet().form is None
    journey.choose("go-on")
    assert isinstance(journey.place, FormPlace)
    set_out(journey.desk).follow(STRANGER)  # opens what is for adults
    for letter in LIBRARY.letters.values():
        if letter.may_reach:
            assert isinstance(letter_place(journey.desk, letter.id), ReachPlace)


def test_whoever_else_gets_a_letter_may_hand_it_on() -> None:
    """Invariant 7: no letter to a company is without the check."""
    outside = {"provider", "platform", "host", "chat", "search"}
    for letter in LIBRARY.letters.values():
        assert letter.may_reach or letter.audience not in outside, letter.id


def words_of(page: Page) -> list[str]:
    """Every sentence, option and task of *page*."""
    question = page.question
    texts = [page.title, page.why, *(task.text for task in page.tasks)]
    texts += [option.text for option in question.options] if question else []
    texts += [route.because for route in page.best]
    body = " ".join(page.body.replace(">", " ").split())
    return [*texts, *re.split(r"(?<=[.:?])\s+", body)]


PROMISES = re.compile(
    r"\blow risk\b|\bsafe now\b|\bwill stop\b|\bwill be removed\b|\bguarantee|"
    r"\b100 ?%|\bcompletely safe\b|\buntraceable\b|\banonymous(ly)?\b|\bwill go away\b",
    re.I,
)
DELETING = re.compile(
    r"^(?:please |then |now |you (?:can|could|may) |some people )*"
    r"(?:delete|erase|discard|destroy|throw away|empty|mark .* as spam|wipe)\b",
    re.I,
)


def test_the_search_for_phrases_finds_them() -> None:
    """A check that finds nothing has to be able to find something."""
    for text in ("Delete the messages.", "You can delete them", "Please erase it"):
        assert DELETING.search(text)
    for text in ("It will stop soon", "This is anonymous", "You are safe now"):
        assert PROMISES.search(text)
    assert not DELETING.search("Do not delete them yet")


@pytest.mark.parametrize("page_id", sorted(PAGES))
def test_a_page_promises_nothing_and_deletes_nothing(page_id: str) -> None:
    """Invariants 4 and 9, in every sentence of the page."""
    for text in words_of(PAGES[page_id]):
        assert not PROMISES.search(text), text
        assert not DELETING.search(text), text


@pytest.mark.parametrize("letter_id", sorted(LIBRARY.letters))
def test_a_letter_promises_nothing(letter_id: str) -> None:
    """Invariant 9."""
    letter = LIBRARY.letters[letter_id]
    assert not PROMISES.search(f"{letter.body} {letter.why}")


@pytest.mark.parametrize(
    "page_id",
    [i for i, p in FLOW.items() if p.kind in (PageKind.STEP, PageKind.HUB)],
)
def test_every_step_and_hub_shows_somebody_to_turn_to(page_id: str) -> None:
    """Invariant 11: a link to the help lines, or the crisis line beneath."""
    page = PAGES[page_id]
    assert page.crisis or "(help:)" in page.body


@pytest.mark.parametrize("page_id", sorted(FLOW))
def test_a_hard_page_shows_the_crisis_line(page_id: str) -> None:
    """Invariant 11: threats, demands and sexual pictures, wherever they are named."""
    page = PAGES[page_id]
    named = {"extort", "no-copy", "image", "intimate", "ncii", "crisis", "emergency"}
    if any(part in page_id for part in named):
        assert page.crisis


@pytest.mark.parametrize("page_id", sorted(FLOW))
def test_not_sure_and_skip_are_there_or_the_question_says_why(page_id: str) -> None:
    """Nothing is compulsory; a question without a skip has its own "not sure"."""
    page = PAGES[page_id]
    if page.kind is not PageKind.QUESTION or page_id == LIBRARY.start:
        return
    assert page.question
    if page.question.required:
        assert page.question.option("unsure")
    else:
        assert page.question.safer in PAGES
