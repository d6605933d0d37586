"""Where the reader is, and what could come next.

The only state is the answers: going back, changing an early answer and coming
back next week are one calculation, so they cannot disagree. Pure.

A screen that is passed keeps a value like any answer. The flow runs from the start
page to a hub, the plan; from there a chosen branch runs until it leads back.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from types import MappingProxyType

from guide.model.conditions import SKIPPED, UNSURE, Answers, AnswerValue
from guide.model.content import AnswerKind, Library, Option, Page, PageKind
from guide.model.problems import ContentError
from guide.model.progress import NextBest, Plan, PlanItem, Position, Progress

YES = "yes"
_RESERVED = (UNSURE, SKIPPED)


@dataclass(frozen=True, slots=True)
class Walk:
    """The pages passed, and where it stopped: a page's id, or "" for the hub."""

    passed: tuple[str, ...]
    here: str


def facts_of(
    library: Library, answers: Answers, given: Answers = MappingProxyType({})
) -> dict[str, AnswerValue]:
    """What is known: the answers that still count, and what follows from them.

    An answer counts while its screen can be reached from the others. What was said
    before an earlier answer changed is kept by the vault, but not used here. *given*
    are facts that no screen asks, such as a notice that was sent; they always count.
    """
    counting = _reachable(library, answers, given)
    while True:
        facts = with_derived(library, {**counting, **given})
        said = (page.fact for page in reached_pages(library, facts))
        # A screen that is reached only while its own answer is unknown would ask for
        # ever, and a warning given there would be lost: the answer counts.
        missed = next((f for f in said if f in answers and f not in counting), "")
        if not missed:
            return facts
        counting[missed] = answers[missed]


def _reachable(
    library: Library, answers: Answers, given: Answers
) -> dict[str, AnswerValue]:
    """The most answers of which each one's screen is reached from the others."""
    while True:
        facts = with_derived(library, {**answers, **given})
        reached = {page.fact for page in reached_pages(library, facts)}
        counting = {fact: answers[fact] for fact in answers if fact in reached}
        if len(counting) == len(answers):
            return counting
        answers = counting


def with_derived(library: Library, answers: Answers) -> dict[str, AnswerValue]:
    """*answers* and every derived fact that holds, as ``yes``."""
    facts = {name: answers[name] for name in answers if name not in library.derived}
    for name, condition in library.derived.items():
        if condition.holds(facts):
            facts[name] = YES
    return facts


def reached_pages(library: Library, facts: Answers) -> Iterator[Page]:
    """Every page of the flow that these facts lead to, in the order of the flow."""
    waiting, seen = [library.start], {""}
    while waiting:
        id_ = waiting.pop()
        if id_ in seen or id_ not in library.pages:
            continue
        seen.add(id_)
        page = library.pages[id_]
        yield page
        if page.kind is PageKind.HUB:
            waiting += [option.go for option in reversed(offered(page, facts))]
        elif (onward := way_on(page, facts)) is not None:
            waiting.append(onward)


def offered(page: Page, facts: Answers) -> tuple[Option, ...]:
    """The options of *page* whose condition holds."""
    options = page.question.options if page.question else ()
    return tuple(option for option in options if option.when.holds(facts))


def way_on(page: Page, facts: Answers) -> str | None:
    """The page that comes after *page*; "" is the hub; None while unanswered.

    An option that is not offered any more is no answer: its question is asked again.
    """
    question, value = page.question, facts.get(page.fact)
    if question is None or value is None:
        return None
    said = (value,) if isinstance(value, str) else value
    if any(word in _RESERVED and not question.option(word) for word in said):
        return question.safer
    chosen = question.option(value) if isinstance(value, str) else None
    if question.kind is AnswerKind.ONE and not _still_offered(chosen, facts):
        return None
    for route in page.routes:
        if route.when.holds(facts):
            return route.go
    return chosen.go if chosen else ""


def _still_offered(chosen: Option | None, facts: Answers) -> bool:
    return chosen is not None and chosen.when.holds(facts)


def ends(page: Page) -> bool:
    """Whether the flow ends on *page*: a stop that leads nowhere, as when leaving."""
    options = page.question.options if page.question else ()
    leads = page.routes or any(option.go for option in options)
    return page.kind is PageKind.STOP and not leads


def walk(library: Library, facts: Answers, start: str) -> Walk:
    """Follow answered pages from *start* to one without an answer, or to a hub."""
    passed: list[str] = []
    here = start
    while here in library.pages and here not in passed:
        page = library.pages[here]
        if page.kind is PageKind.HUB:
            return Walk(tuple(passed), here)
        onward = way_on(page, facts)
        if onward is None:
            return Walk(tuple(passed), here)
        passed.append(here)
        here = onward
    return Walk(tuple(passed), "")


def locate(library: Library, facts: Answers) -> Position:
    """Work out the reader's position from what is known alone."""
    route = walk(library, facts, library.start)
    history = list(route.passed)
    hubs: list[str] = []
    here = route.here
    while here in library.pages and library.pages[here].kind is PageKind.HUB:
        entry = _entry(library.pages[here], facts)
        hubs.append(here)
        branch = walk(library, facts, entry) if entry else Walk((), "")
        if not branch.here or branch.here in hubs:
            return Position(page=library.pages[here], history=tuple(history))
        history += [here, *branch.passed]
        here = branch.here
    if here not in library.pages:
        # A way that ends or goes round keeps the reader on the last screen of it,
        # where another answer can be chosen.
        if not history:
            raise ContentError
        here = history.pop()
    return _position(library, facts, here, tuple(history), stepping=False)


def _entry(hub: Page, facts: Answers) -> str:
    chosen = facts.get(hub.fact)
    return next((o.go for o in offered(hub, facts) if o.id == chosen), "")


def _position(
    library: Library,
    facts: Answers,
    here: str,
    history: tuple[str, ...],
    *,
    stepping: bool,
) -> Position:
    about = len(_since_hub(library, history)) + 1 + _ahead(library, facts, here)
    return Position(
        page=library.pages[here], history=history, stepping=stepping, of_about=about
    )


def _since_hub(library: Library, history: tuple[str, ...]) -> tuple[str, ...]:
    hubs = [
        n for n, id_ in enumerate(history) if library.pages[id_].kind is PageKind.HUB
    ]
    return history[hubs[-1] + 1 :] if hubs else history


def steps_taken(library: Library, position: Position) -> int:
    """Which step this is, counted from the start or from the last hub."""
    return len(_since_hub(library, position.history)) + 1


def _ahead(library: Library, facts: Answers, here: str) -> int:
    """About how many screens are left, taking the first way where none is chosen."""
    seen = {here}
    count = 0
    while here in library.pages:
        page = library.pages[here]
        here = _likely(page, facts)
        if page.kind is PageKind.HUB or here in seen or here not in library.pages:
            break
        if library.pages[here].kind is PageKind.HUB:
            break
        seen.add(here)
        count += 1
    return count


def _likely(page: Page, facts: Answers) -> str:
    onward = way_on(page, facts)
    if onward is not None:
        return onward
    if page.routes:
        return page.routes[-1].go
    options = page.question.options if page.question else ()
    return options[-1].go if options else ""


def step_on(library: Library, facts: Answers, position: Position) -> Position:
    """Where an answer leads. In a single step unless the way is known further on.

    What a hub opened is gone through a screen at a time, also screens that were seen
    on the way to the plan, such as "talk to someone first". It ends where it would
    only ask again what was asked on that way.
    """
    page = position.page
    onward = way_on(page, facts) or ""
    branch = any(library.pages[id_].kind is PageKind.HUB for id_ in position.history)
    if onward not in library.pages or not (position.stepping or branch):
        return locate(library, facts)
    target = library.pages[onward]
    spine = walk(library, facts, library.start).passed
    joins = target.kind is PageKind.QUESTION if branch else page.id not in spine
    if target.kind is PageKind.HUB or (joins and onward in spine):
        return locate(library, facts)
    if onward in position.history:
        return locate(library, facts)
    history = (*position.history, page.id)
    return _position(library, facts, onward, history, stepping=True)


def step_to(library: Library, facts: Answers, here: str, *history: str) -> Position:
    """Open the page *here*, whether or not it has been passed before."""
    return _position(library, facts, here, history, stepping=True)


def step_back(library: Library, facts: Answers, position: Position) -> Position | None:
    """The page before this one, its answer untouched; None at the very start."""
    if not position.history:
        return None
    *before, last = position.history
    return _position(library, facts, last, tuple(before), stepping=True)


def plan(library: Library, facts: Answers, hub: Page) -> Plan:
    """The reader's to-do: every branch of *hub*, and the one to offer first."""
    items = tuple(
        PlanItem(
            option_id=option.id,
            page_id=option.go,
            text=option.text,
            progress=progress_of(library, facts, option.go),
        )
        for option in offered(hub, facts)
    )
    return Plan(items=items, next_best=_next_best(library, facts, hub))


def progress_of(library: Library, facts: Answers, entry: str) -> Progress:
    """How far the branch is that begins at *entry*."""
    route = walk(library, facts, entry)
    if not route.passed:
        return Progress.NEW
    if route.here and library.pages[route.here].kind is not PageKind.HUB:
        return Progress.UNDER_WAY
    return Progress.DONE


def _next_best(library: Library, facts: Answers, hub: Page) -> NextBest | None:
    for route in hub.best:
        if route.go not in library.pages or not route.when.holds(facts):
            continue
        page = library.pages[route.go]
        if progress_of(library, facts, route.go) is not Progress.DONE:
            return NextBest(page_id=page.id, title=page.title, because=route.because)
    return None
