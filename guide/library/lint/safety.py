"""The promises that keep people safe, as far as the flow alone can show them.

The ids are those of the shipped guide, which are stable for ever. A pack without
such a page is not asked for it, but a pack with a hub is a whole guide and is.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from itertools import chain

from guide.library.graph import FLOW, HELP, Way, WayKind, options_of, reach
from guide.library.lint.comparisons import requires
from guide.library.lint.facts import base_facts
from guide.library.lint.pack import Pack
from guide.library.lint.rules import Fault, Sentence, check
from guide.model.conditions import Answers, AnswerValue
from guide.model.content import AnswerKind, Page, PageKind
from guide.words import _

DANGER, NO_COPY = "q-danger-now", "t-no-copy-minor"
STOPS = ("t-emergency", NO_COPY)
SAVED = frozenset({"q-saved-first", "q-saved-report", "q-saved-chat", "q-saved-remove"})
BLOCKING = (
    *("s-filter-mail", "s-block-social", "s-block-phone", "s-block-chat"),
    *("s-report-platform", "s-report-admin", "s-isp-letter"),
    *("s-remove-ncii", "s-remove-host", "s-remove-search", "s-copyright"),
)
NOTICING = frozenset({"q-will-notice"})
CHANGING = ("s-accounts", "s-spyware", "s-location")
POLICE = frozenset({"s-police-prep", "s-police-go"})
IMAGES, IMAGE_FACT = "s-ev-intimate", "image_age"
ADULT, NOT_ADULT = "image_age is adult", ("minor", "unsure")


@check(
    "C601",
    "A way to a letter goes round its gate",
    means="A letter with 'gate' or 'once' is offered on a page that can be reached"
    " without the gate. It stays closed there, but the page itself tells the"
    " reader to write it, and for some that is dangerous.",
    mend="Let every way to that page have a 'when' that the gate follows from.",
    example="next:\n  - {when: notice_open, go: s-notice-write}\n"
    "  - {go: s-notice-not-now}",
)
def round_the_gate(pack: Pack) -> Iterator[Fault]:
    """A page with a gated letter, reached without the gate."""
    gates = {each.id: each.gate for each in pack.letters.values() if each.gate}
    for gate in sorted(set(gates.values()) & pack.derived.keys()):
        holders = [
            page.id
            for page in pack.pages.values()
            if any(letter.gate == gate for letter, _at in pack.letters_of(page))
        ]
        words = _("'{page}' can be reached without '{gate}'.")
        yield from _ungated(pack, gate, holders, words)


def _ungated(
    pack: Pack, gate: str, pages: Collection[str], words: str
) -> Iterator[Fault]:
    found = reach([pack.start], pack.ways, lambda way: not _gated(pack, way, gate))
    for name in sorted(found.keys() & set(pages)):
        what = words.format(page=name, gate=gate)
        fix = _("Give this way a 'when' that makes sure of it.")
        yield _at(pack, found[name], name, what, fix)


def _gated(pack: Pack, way: Way, gate: str) -> bool:
    chosen = ("", "")
    if way.chosen:
        chosen = (pack.pages[way.start].fact, way.chosen)
    return requires(way.when, chosen, gate, pack.derived)


def _at(pack: Pack, way: Way | None, name: str, what: str, fix: str) -> Fault:
    """The fault at the line of the *way* that leads to it."""
    page = pack.pages[way.start if way else name]
    line = way.line if way else 1
    if way and way.kind in (WayKind.OFFER, WayKind.SAFER):
        line = pack.key_line(
            page.path, "offers" if way.kind is WayKind.OFFER else "safer"
        )
    return Fault(page.path, line or 1, what, fix)


@check(
    "C602",
    "Pictures, without the question about age",
    means="Copying a sexual picture of anyone under 18 can be a crime. Whoever says"
    " 'under 18' or 'not sure' comes to t-no-copy-minor, and the page on keeping"
    " such pictures opens only for 'adult'. There is no way round.",
    mend="Route minor and unsure to t-no-copy-minor first, and give every way to"
    " s-ev-intimate the condition 'image_age is adult'.",
    example="next:\n  - {when: image_minor, go: t-no-copy-minor}",
)
def pictures(pack: Pack) -> Iterator[Fault]:
    """A way to keeping pictures that does not make sure of the age."""
    if IMAGES in pack.pages:
        words = _("'{page}' can be reached without knowing the age.")
        yield from _ungated(pack, ADULT, [IMAGES], words)
    for page in pack.askers.get(IMAGE_FACT, ()) if NO_COPY in pack.pages else ():
        for value in NOT_ADULT:
            ends = {
                _after(pack, page, {**x, page.fact: value}) for x in _cases(pack, page)
            }
            for end in sorted(ends - {NO_COPY}):
                words = _("'{value}' can lead to '{page}' here.")
                what = words.format(value=value, page=end)
                fix = _("Lead it to {page} first.").format(page=NO_COPY)
                yield Fault(page.path, 1, what, fix)


def _cases(pack: Pack, page: Page) -> Iterator[Answers]:
    """Nothing else known, and each answer that a route of *page* depends on."""
    yield {}
    named = (route.when.names() for route in page.routes)
    facts = {
        x for name in chain.from_iterable(named) for x in base_facts(name, pack.derived)
    }
    for fact in sorted(facts):
        for asker in pack.askers.get(fact, ()):
            if asker.kind is PageKind.QUESTION:
                yield from ({fact: _kept(asker, x.id)} for x in options_of(asker))


def _kept(page: Page, value: str) -> AnswerValue:
    many = page.question is not None and page.question.kind is AnswerKind.MANY
    return (value,) if many else value


def _after(pack: Pack, page: Page, known: Answers) -> str:
    """Where *page* leads when no more is *known*."""
    facts = dict(known)
    for name, condition in pack.derived.items():
        if condition.holds(facts):
            facts[name] = "yes"
    links = (option.go for option in options_of(page) if option.id == known[page.fact])
    routes = (route.go for route in page.routes if route.when.holds(facts))
    return next(routes, "") or next(links, "")


@check(
    "C603",
    "Block, report or remove, before it was saved",
    means="A block, a report or a removal can make proof vanish. On every way to"
    " such a page, a question first asks whether it has been saved.",
    mend="Lead through q-saved-first, q-saved-report, q-saved-chat or q-saved-remove.",
    example="- [Stop it from reaching me](q-saved-first.md) {#stop}",
)
def not_saved_first(pack: Pack) -> Iterator[Fault]:
    """A way to blocking or reporting without the question on saving."""
    words = _("'{page}' can be reached before asking if it was saved.")
    yield from _unasked(pack, BLOCKING, SAVED, words)


@check(
    "C604",
    "A change that the person may notice, without asking",
    means="New passwords or a search for spy apps can set the person off. On every"
    " way to such a page, q-will-notice comes first.",
    mend="Lead through q-will-notice.",
    example="- [I think there is a spy app](q-will-notice.md) {#spyware}",
)
def may_notice(pack: Pack) -> Iterator[Fault]:
    """A way to changing things without asking what the person would notice."""
    words = _("'{page}' can be reached before q-will-notice.")
    yield from _unasked(pack, CHANGING, NOTICING, words)


def _unasked(
    pack: Pack, pages: Collection[str], guards: frozenset[str], words: str
) -> Iterator[Fault]:
    found = reach([pack.start], pack.ways, lambda way: way.end not in guards)
    for name in (name for name in pages if name in found):
        ways = (way for start in found for way in pack.ways[start] if way.end == name)
        for way in ways:
            guarding = _(" or ").join(sorted(guards))
            fix = _("Lead through {pages}.").format(pages=guarding)
            yield _at(pack, way, name, words.format(page=name), fix)


@check(
    "C605",
    "Something is asked before danger",
    means="Whoever is in danger now is asked about that before anything else but"
    " the page to start on, because a person on the phone can do more.",
    mend="Put q-danger-now first on every way from the start.",
    example="next:\n  - {go: q-danger-now}",
)
def danger_later(pack: Pack) -> Iterator[Fault]:
    """A question or hub that comes before q-danger-now."""
    if not _whole(pack) or pack.start not in pack.pages:
        return
    flow = {
        name: tuple(way for way in ways if way.kind in FLOW)
        for name, ways in pack.ways.items()
    }
    found = reach([pack.start], flow, lambda way: way.end != DANGER)
    for name, way in found.items():
        asks = pack.pages[name].kind in (PageKind.QUESTION, PageKind.HUB)
        if asks and name not in (pack.start, DANGER):
            what = _("'{page}' comes before {danger}.")
            what = what.format(page=name, danger=DANGER)
            fix = _("Lead to {page} first.").format(page=DANGER)
            yield _at(pack, way, name, what, fix)


def _whole(pack: Pack) -> bool:
    return any(page.kind is PageKind.HUB for page in pack.pages.values())


@check(
    "C606",
    "A stop page is missing, or is no stop",
    means="t-emergency and t-no-copy-minor are of kind 'stop' in every guide: no"
    " pack can skip or replace one.",
    mend="Keep both pages, with 'kind: stop'.",
    example="kind: stop",
)
def no_stop(pack: Pack) -> Iterator[Fault]:
    """A stop page that is not there, or is of another kind."""
    for name in STOPS:
        page = pack.pages.get(name)
        if page and page.kind is not PageKind.STOP:
            line = pack.key_line(page.path, "kind")
            what = _("'{page}' is no stop.").format(page=name)
            yield Fault(page.path, line, what, _("Write kind: stop."))
        if name not in pack.names and _whole(pack):
            what = _("The stop page '{page}' is missing.").format(page=name)
            yield Fault("pack.toml", 1, what, _("Bring it back."))


@check(
    "C607",
    "A step that only opens through the police",
    means="Reporting to the police is offered, never required. Every step can be"
    " reached by somebody who does not want to.",
    mend="Give this step a way that does not pass s-police-prep or s-police-go.",
    example="- [A court, for an order](s-court.md) {#court}",
)
def police_required(pack: Pack) -> Iterator[Fault]:
    """A step that cannot be reached without the police pages."""
    found = reach([pack.start], pack.ways, lambda way: way.end not in POLICE)
    for name in sorted(set(pack.reached) & pack.pages.keys() - found.keys() - POLICE):
        page = pack.pages[name]
        if page.kind is PageKind.STEP:
            words = _("'{page}' can only be reached through the police pages.")
            what = words.format(page=name)
            yield Fault(page.path, 1, what, _("Give it another way."))


@check(
    "C608",
    "A step or hub without a way to help",
    means="Every step and every hub has a link to the help lines in its text, or"
    " the crisis line beneath it.",
    mend="Add a sentence with [help lines](help:), or 'crisis: yes' where it is"
    " about threats, blackmail or sexual images.",
    example=Sentence("The [help lines](help:) are open to you on every page."),
)
def no_help(pack: Pack) -> Iterator[Fault]:
    """A step or hub with neither a help link nor the crisis line."""
    for page in pack.pages.values():
        helps = any(x.target.startswith(HELP) for x in pack.prose[page.id].links)
        if page.kind in (PageKind.STEP, PageKind.HUB) and not (page.crisis or helps):
            what = _("There is neither a link to the help lines nor the crisis line.")
            yield Fault(page.path, 1, what, _("Add [help lines](help:)."))
