"""Asking and answering: going on, going back, changing, ticking."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from guide.actions.desk import Desk
from guide.interview import (
    ends,
    locate,
    offered,
    plan,
    reached_pages,
    step_back,
    step_on,
    step_to,
    way_on,
)
from guide.model.answers import parse_answer
from guide.model.conditions import SKIPPED, UNSURE, AnswerValue
from guide.model.content import Page, PageKind, Task
from guide.model.problems import InvalidAnswerError, NotFoundError
from guide.model.progress import Answered, Plan, Position, TickState
from guide.model.text import whole
from guide.words import _

ASK_AGAIN_AFTER = timedelta(days=7)
_NEXT_STATE = {
    TickState.NOT_NOW: TickState.DONE,
    TickState.DONE: TickState.NOT_FOR_ME,
    TickState.NOT_FOR_ME: TickState.NOT_NOW,
}


def home(desk: Desk) -> Position:
    """The first screen, whether or not it was answered. No other page is read."""
    return Position(page=desk.library.pages[desk.library.start], stepping=True)


def resume(desk: Desk) -> Position:
    """Where the reader left off. After a week some questions are asked afresh."""
    _ask_again(desk)
    return locate(desk.library, desk.facts())


def due(desk: Desk) -> tuple[str, ...]:
    """The facts of the questions whose answers are a week old and asked afresh."""
    pages = reached_pages(desk.library, desk.facts())
    asked = {
        page.fact: desk.vault.answered_at(page.fact) for page in pages if page.again
    }
    now = desk.now()
    return tuple(f for f, at in asked.items() if at and now - at >= ASK_AGAIN_AFTER)


def _ask_again(desk: Desk) -> bool:
    """Take back what is due, by whichever way the reader came in; say if any was."""
    old = due(desk)
    for fact in old:
        desk.vault.forget_answer(fact)
    return bool(old)


def answer(desk: Desk, position: Position, text: str) -> Position:
    """Keep *text* as the answer to the page of *position*, and move on.

    Raises InvalidAnswerError, keeping nothing, when it cannot be an answer.
    """
    page = position.page
    if page.question is None:
        raise InvalidAnswerError
    value = parse_answer(page.question, whole(text), desk.facts())
    if out := _way_out(desk, page, value):
        return step_to(desk.library, desk.facts(), out, *position.history, page.id)
    desk.vault.put_answer(page.fact, value, desk.now())
    _ask_again(desk)
    facts = desk.facts()
    onward = way_on(page, facts) or ""
    if page.kind is PageKind.HUB:
        return open_branch(desk, page.id, onward)
    return _lead_on(desk, position, onward)


def _lead_on(desk: Desk, position: Position, onward: str) -> Position:
    target = desk.library.pages.get(onward)
    if target and (target.again or target.kind is PageKind.STOP):
        desk.vault.forget_answer(target.fact)
    facts = desk.facts()
    if target and target.kind is PageKind.STOP:
        # Whoever says "in danger" a second time sees the page a second time.
        history = (*position.history, position.page.id)
        shown = step_to(desk.library, facts, target.id, *history)
        return replace(shown, stepping=position.stepping)
    if target and target.again:
        return locate(desk.library, facts)
    return step_on(desk.library, facts, position)


def _way_out(desk: Desk, page: Page, value: AnswerValue) -> str:
    """The page *value* leaves by, or "".

    Leaving says nothing about the situation, so it is not kept: whoever comes back
    stands where they were, and not at the door.
    """
    chosen = page.question.option(str(value)) if page.question else None
    leaves = chosen and chosen.go in desk.library.pages
    return (
        chosen.go if chosen and leaves and ends(desk.library.pages[chosen.go]) else ""
    )


def open_branch(desk: Desk, hub: str, entry: str) -> Position:
    """Open the page *entry* from the hub, whether or not it was passed before."""
    _remember_branch(desk, hub, entry)
    if _ask_again(desk) or entry not in desk.library.pages:
        return locate(desk.library, desk.facts())
    facts = desk.facts()
    above = _hubs_above(desk, hub)
    if desk.library.pages[entry].kind is PageKind.HUB:
        history = (*above, hub) if hub else ()
        return Position(page=desk.library.pages[entry], history=history)
    return step_to(desk.library, facts, entry, *above, hub)


def _hubs_above(desk: Desk, hub: str) -> tuple[str, ...]:
    """The hub that *hub* was opened from, so that Back leads there."""
    hubs = [
        p for p in reached_pages(desk.library, desk.facts()) if p.kind is PageKind.HUB
    ]
    return tuple(
        page.id
        for page in hubs
        if page.id != hub
        and any(option.go == hub for option in offered(page, desk.facts()))
    )[:1]


def _remember_branch(desk: Desk, hub: str, entry: str) -> None:
    question = desk.library.pages[hub].question if hub in desk.library.pages else None
    for option in question.options if question else ():
        if option.go == entry:
            desk.vault.put_answer(hub, option.id, desk.now())


def go_back(desk: Desk, position: Position) -> Position | None:
    """The page before, with its answer as it was; None at the very start."""
    return step_back(desk.library, desk.facts(), position)


def change(desk: Desk, page_id: str) -> Position:
    """Open an earlier question, to answer it differently."""
    if page_id not in desk.library.pages:
        raise NotFoundError
    return Position(page=desk.library.pages[page_id])


def tick(desk: Desk, page: Page, task_id: str) -> TickState:
    """Move one task on: not now, done, not for me, and round again."""
    state = _NEXT_STATE[ticks(desk, page)[task_id]]
    desk.vault.put_tick(page.id, task_id, state)
    return state


def ticks(desk: Desk, page: Page) -> dict[str, TickState]:
    """The state of each task of *page* that applies to this reader."""
    kept = desk.vault.ticks(page.id)
    return {task.id: kept.get(task.id, TickState.NOT_NOW) for task in tasks(desk, page)}


def tasks(desk: Desk, page: Page) -> tuple[Task, ...]:
    """The checklist of *page* as it applies to this reader."""
    facts = desk.facts()
    return tuple(task for task in page.tasks if task.when.holds(facts))


def the_plan(desk: Desk) -> tuple[Page, Plan] | None:
    """The plan and the page it stands on; None until the questions led there."""
    facts = desk.facts()
    pages = reached_pages(desk.library, facts)
    hub = next((page for page in pages if page.kind is PageKind.HUB), None)
    return (hub, plan(desk.library, facts, hub)) if hub else None


def review(desk: Desk) -> tuple[Answered, ...]:
    """Every question answered so far, in the order of the flow."""
    facts = desk.facts()
    return tuple(
        Answered(page_id=page.id, title=page.title, answer=said(page, facts[page.fact]))
        for page in reached_pages(desk.library, facts)
        if page.kind is PageKind.QUESTION and page.fact in facts
    )


def said(page: Page, value: AnswerValue) -> str:
    """An answer in the words that it was given in."""
    values = (value,) if isinstance(value, str) else value
    words = {UNSURE: _("Not sure"), SKIPPED: _("Skipped")}
    if page.question:
        words |= {option.id: option.text for option in page.question.options}
    return "; ".join(words.get(each, each) for each in values)
