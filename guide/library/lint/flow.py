"""The flow: every page can be reached, and nobody gets stuck in one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from guide.library.graph import FLOW, Way, always, options_of, settled
from guide.library.lint.pack import Pack
from guide.library.lint.rules import Fault, check
from guide.model.content import AnswerKind, Option, Page, PageKind
from guide.words import _

_MOST_NAMED = 5


@check(
    "C301",
    "No way leads to this page",
    means="Nothing that the start page leads to has an option, a route, an offer or"
    " a link to this page, so nobody will ever see it.",
    mend="Link to it where it helps, or take it out.",
    example="offers: [page:l-headers]",
)
def unreachable(pack: Pack) -> Iterator[Fault]:
    """A page that nobody can get to."""
    if pack.start not in pack.pages:
        return  # C102: from nowhere, nothing can be reached
    for page in pack.pages.values():
        if page.id not in pack.reached:
            what = _("No way leads to '{page}'.").format(page=page.id)
            yield Fault(page.path, 1, what, _("Link to it, or take it out."))


@check(
    "C302",
    "An answer leads nowhere",
    means="This question has an answer without a link, and no 'next' that takes it"
    " on. (A step is different: without a way on it leads back to the hub.)",
    mend="Give the option a link, or add 'next' with a last route without 'when'.",
    example="- [No](s-log.md) {#no}",
)
def dead_end(pack: Pack) -> Iterator[Fault]:
    """A question with an answer that has no way on."""
    for page in _asking(pack):
        if page.routes and page.kind is not PageKind.HUB:
            continue  # C306
        if _by_options(page):
            for option in _without_link(page):
                what = _("The option '{name}' leads nowhere.").format(name=option.id)
                yield Fault(page.path, option.line, what, _("Link it to a page."))
        else:
            fix = _("Add 'next:' with a route, such as - {go: page-id}.")
            yield Fault(page.path, 1, _("This question has no way on."), fix)


@check(
    "C303",
    "A circle that never ends",
    means="These pages lead to each other and to nothing else: no hub, no last"
    " step. The reader would go round for ever.",
    mend="Let one of them lead out: to the hub, or to a step without 'next'.",
    example="next:\n  - {go: h-plan}",
)
def circle(pack: Pack) -> Iterator[Fault]:
    """Pages that only lead to each other."""
    flow = _flow(pack)
    leaving = _reaches_an_end(pack, flow)
    told: set[frozenset[str]] = set()
    for start in sorted(flow.keys() - leaving):
        members = _circle_from(start, flow)
        if members and members not in told:
            told.add(members)
            first = min(members)
            named = ", ".join(sorted(members)[:_MOST_NAMED])
            what = _("These pages lead only to each other: {names}.")
            what, fix = what.format(names=named), _("Let one of them lead out.")
            yield Fault(pack.pages[first].path, 1, what, fix)


def _flow(pack: Pack) -> dict[str, tuple[Way, ...]]:
    return {
        name: tuple(x for x in ways if x.kind in FLOW and x.end in pack.ways)
        for name, ways in pack.ways.items()
    }


def _reaches_an_end(pack: Pack, flow: Mapping[str, tuple[Way, ...]]) -> set[str]:
    before: dict[str, list[str]] = {name: [] for name in flow}
    for name, ways in flow.items():
        for way in ways:
            before[way.end].append(name)
    waiting = [page.id for page in pack.pages.values() if _ends(page, flow[page.id])]
    found = set(waiting)
    while waiting:
        new = [name for name in before[waiting.pop()] if name not in found]
        found.update(new)
        waiting += new
    return found


def _ends(page: Page, ways: tuple[Way, ...]) -> bool:
    """Whether the flow can stop here: at a hub, or at a step that leads back."""
    if page.kind is PageKind.HUB or not ways:
        return True
    asks = page.kind is PageKind.QUESTION
    return not asks and not settled(page) and bool(_without_link(page))


def _circle_from(start: str, flow: Mapping[str, tuple[Way, ...]]) -> frozenset[str]:
    passed: dict[str, None] = {}
    here = start
    while here not in passed and flow[here]:
        passed[here] = None
        here = flow[here][0].end
    names = list(passed)
    return frozenset(names[names.index(here) :]) if here in passed else frozenset()


@check(
    "C304",
    "A question has no safer way",
    means="'Not sure' and 'Skip' are built in and lead to the page under 'safer'."
    " Without it, whoever does not want to answer is stuck.",
    mend="Add 'safer:' with the page that is right when nothing is known. Only"
    " where an answer cannot be left out, write 'required: yes'.",
    example="safer: s-talk-first",
)
def no_safer_way(pack: Pack) -> Iterator[Fault]:
    """A question that can be skipped, and leads nowhere then."""
    for page in _questions(pack):
        question = page.question
        if question and not question.required and not question.safer:
            what = _("'Not sure' and 'Skip' lead nowhere.")
            yield Fault(page.path, 1, what, _("Add 'safer: page-id'."))


@check(
    "C305",
    "A required question also has a safer way",
    means="'required: yes' leaves out 'Not sure' and 'Skip', so 'safer' is never"
    " used. One of the two is a slip.",
    mend="Take out 'required' if the question can be skipped; else 'safer'.",
    example="required: yes",
)
def required_and_safer(pack: Pack) -> Iterator[Fault]:
    """'required' and 'safer' in one question."""
    for page in _questions(pack):
        if page.question and page.question.required and page.question.safer:
            line = pack.key_line(page.path, "safer")
            what = _("'safer' is never used, because the question is required.")
            yield Fault(page.path, line, what, _("Take out one of the two."))


@check(
    "C306",
    "The routes do not cover every answer",
    means="Every route has a 'when', and an answer has no link of its own that"
    " could catch the rest. Somebody can fall between them.",
    mend="Add a last route without 'when'. Let it be the careful one.",
    example="next:\n  - {when: kinds has threats, go: s-talk-first}\n  - {go: h-plan}",
)
def uncaught(pack: Pack) -> Iterator[Fault]:
    """Routes that all have a condition, and nothing for the rest."""
    for page in _asking(pack):
        if page.kind is PageKind.HUB or not page.routes or settled(page):
            continue
        if not _by_options(page) or _without_link(page):
            line = page.routes[-1].line
            what = _("The last route has a 'when', and nothing catches the rest.")
            fix = _("Add a last route: - {go: page-id}.")
            yield Fault(page.path, line, what, fix)


@check(
    "C307",
    "'only' where it does nothing, or is missing",
    means="'only' marks the one answer that clears the others, in a question with"
    " many answers. Elsewhere it does nothing; and without it, 'none' could be"
    " ticked beside the others.",
    mend="Keep 'only' for 'none of these' in a question with 'answer: many'.",
    example="- [ ] None of these {#none only}",
)
def only_misused(pack: Pack) -> Iterator[Fault]:
    """'only' outside a list of answers, on all of them, or left out on none."""
    for page in pack.pages.values():
        many = _kind(page) is AnswerKind.MANY
        options = options_of(page)
        listed = [(each.id, each.line, each.only) for each in options]
        listed += [(each.id, each.line, False) for each in page.tasks]
        for id_, line, only in listed:
            marked = only or _marked(pack, page, line)
            if marked and not many:
                what = _("'only' does nothing here.")
                yield Fault(page.path, line, what, _("Take it out."))
            if many and id_ == "none" and not marked:
                what = _("'none' does not clear the others.")
                yield Fault(page.path, line, what, _("Write {#none only}."))
        if many and options and all(option.only for option in options):
            what = _("Every answer clears the others.")
            yield Fault(page.path, 1, what, _("Use 'answer: one'."))


def _marked(pack: Pack, page: Page, line: int) -> bool:
    lines = pack.lines(page.path)
    attributes = lines[line - 1].rpartition("{")[2] if 0 < line <= len(lines) else ""
    return attributes.split('when="')[0].rstrip("} ").endswith(" only")


@check(
    "C308",
    "A question without answers",
    means="This question asks for one answer, or for many, and lists none.",
    mend="Add the answers: '- [Text](page.md) {#id}' for one, '- [ ] Text {#id}'"
    " with 'answer: many' for many. For an answer that is typed, say its kind.",
    example="answer: date",
)
def no_answers(pack: Pack) -> Iterator[Fault]:
    """A question of one or many answers that lists none."""
    for page in pack.pages.values():
        hub = page.kind is PageKind.HUB
        bare = hub and all(not option.line for option in options_of(page))
        if bare or (
            page.kind is PageKind.QUESTION and _listed(page) and not options_of(page)
        ):
            fix = _("Add answers, each with an id in {#…}.")
            yield Fault(page.path, 1, _("There is nothing to choose from."), fix)


@check(
    "C309",
    "A route that is never taken",
    means="The first route that fits is taken. One without 'when' always fits, so"
    " those beneath it are never looked at.",
    mend="Put the route without 'when' last.",
    example="next:\n  - {when: minor, go: s-minor-first}\n  - {go: q-kinds}",
)
def shadowed_route(pack: Pack) -> Iterator[Fault]:
    """A route beneath one that always fits."""
    for page in pack.pages.values():
        for routes in (page.routes, page.best):
            for route in routes[:-1]:
                if always(route.when):
                    what = _(
                        "This route always fits, so those beneath are never taken."
                    )
                    yield Fault(page.path, route.line, what, _("Put it last."))


def _questions(pack: Pack) -> Iterator[Page]:
    return (x for x in pack.pages.values() if x.kind is PageKind.QUESTION)


def _asking(pack: Pack) -> Iterator[Page]:
    """Questions and hubs that have answers; the others are C308."""
    for page in pack.pages.values():
        asks = page.kind in (PageKind.QUESTION, PageKind.HUB)
        if asks and (options_of(page) or not _listed(page)):
            yield page


def _kind(page: Page) -> AnswerKind:
    return page.question.kind if page.question else AnswerKind.ONE


def _listed(page: Page) -> bool:
    return _kind(page) in (AnswerKind.ONE, AnswerKind.MANY)


def _by_options(page: Page) -> bool:
    return page.question is not None and _kind(page) is AnswerKind.ONE


def _without_link(page: Page) -> list[Option]:
    return [option for option in options_of(page) if not option.go]
