"""The plan with what was ticked off in each of its branches, to be read at once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from guide.actions.answering import tasks, the_plan, ticks
from guide.actions.desk import Desk
from guide.interview import walk
from guide.model.content import Page, Task
from guide.model.progress import Plan, PlanItem, TickState


@dataclass(frozen=True, slots=True, kw_only=True)
class Checklist:
    """The tasks of one page that apply to this reader, each with its state."""

    page: Page
    tasks: tuple[tuple[Task, TickState], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Branch:
    """One branch of the plan, with the checklists passed in it so far."""

    item: PlanItem
    checklists: tuple[Checklist, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class WholePlan:
    """The plan, the page it stands on, and its branches in safe order."""

    page: Page
    plan: Plan
    branches: tuple[Branch, ...]


def whole_plan(desk: Desk) -> WholePlan | None:
    """Everything in the plan; None until the questions led to one.

    It only looks: no question is asked afresh and nothing is changed.
    """
    found = the_plan(desk)
    if found is None:
        return None
    hub, plan = found
    branches = tuple(
        Branch(item=item, checklists=tuple(_checklists(desk, item.page_id)))
        for item in plan.items
    )
    return WholePlan(page=hub, plan=plan, branches=branches)


def _checklists(desk: Desk, entry: str) -> Iterator[Checklist]:
    route = walk(desk.library, desk.facts(), entry)
    for id_ in dict.fromkeys((*route.passed, route.here)):
        page = desk.library.pages.get(id_)
        if page is None or not (mine := tasks(desk, page)):
            continue
        states = ticks(desk, page)
        yield Checklist(page=page, tasks=tuple((t, states[t.id]) for t in mine))
