"""Links and names: does everything that is named exist, and once only."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain

from guide.library.aliases import ALIASES, umbrella_pages
from guide.library.graph import HELP, LETTER, PAGE, options_of
from guide.library.lint.pack import Pack, near
from guide.library.lint.rules import Fault, Sentence, check
from guide.library.pages import page_id
from guide.model.content import Letter, Page
from guide.words import _

TOOLS = frozenset(
    f"tool:{name}"
    for name in (
        *("mail", "incidents", "officials", "timeline", "evidence", "filters"),
        *("doctor", "case"),
    )
)
_OUTSIDE = ("https:", "tel:", "#")
_SAYS_CLOSED = "services"  # the list that tells closed from open; D106 reads it
_FRONT = ("before_you_send", "after")


@check(
    "C102",
    "The guide has no page to start on",
    means="'start' in pack.toml names no page, so the guide cannot open at all.",
    mend="Write the id of the first page, the name of its file without .md.",
    example='start = "home"',
)
def no_start(pack: Pack) -> Iterator[Fault]:
    """The start page of the pack is not there."""
    if pack.start not in pack.names:
        words = _("There is no page '{page}' to start on.")
        what = words.format(page=pack.start)
        fix = near(pack.start, pack.names, _('Write start = "a-page-id".'))
        lines = enumerate(pack.lines("pack.toml"), 1)
        line = next((n for n, x in lines if x.startswith("start")), 1)
        yield Fault("pack.toml", line, what, fix)


@check(
    "C103",
    "A link leads to a page that is not there",
    means="An option, a route, 'safer', an offer, a letter, an alias or a link in the"
    " text names a page that no file has. Whoever takes it would be stuck.",
    mend="Correct the name, or write the page. The folder does not matter.",
    example="- [Yes](s-log.md) {#yes}",
)
def broken_page(pack: Pack) -> Iterator[Fault]:
    """Something leads to a page that does not exist."""
    named = chain(_page_targets(pack), _letter_targets(pack), _alias_targets(pack))
    for path, line, name in named:
        if name not in pack.names:
            fix = near(name, pack.names, _("Correct the name, or write that page."))
            what = _("There is no page '{page}'.").format(page=name)
            yield Fault(path, line, what, fix)


def _page_targets(pack: Pack) -> Iterator[tuple[str, int, str]]:
    for page in pack.pages.values():
        named = [(each.go, each.line) for each in options_of(page)]
        named += [(each.go, each.line) for each in (*page.routes, *page.best)]
        yield from ((page.path, line, go) for go, line in named if go)
        if page.question and page.question.safer:
            yield page.path, pack.key_line(page.path, "safer"), page.question.safer
        for line, target in _targets(pack, page):
            if target.startswith(PAGE):
                yield page.path, line, target.removeprefix(PAGE)
            elif target.endswith(".md"):
                yield page.path, line, page_id(target)


def _alias_targets(pack: Pack) -> Iterator[tuple[str, int, str]]:
    path = f"data/{ALIASES}.toml"
    for name, page in umbrella_pages(pack.data).items():
        lines = enumerate(pack.lines(path), 1)
        line = next((n for n, x in lines if x.startswith(f'"{name}"')), 1)
        yield path, line, page


def _letter_targets(pack: Pack) -> Iterator[tuple[str, int, str]]:
    for letter in pack.letters.values():
        for key, name in zip(
            _FRONT, (letter.before_you_send, letter.after), strict=True
        ):
            if name:
                yield letter.path, pack.key_line(letter.path, key), name


def _targets(pack: Pack, page: Page) -> Iterator[tuple[int, str]]:
    """What the text links to and what is offered, with the line."""
    yield from pack.prose[page.id].links
    line = pack.key_line(page.path, "offers")
    yield from ((line, offer) for offer in page.offers)


@check(
    "C104",
    "A link leads to a letter that is not there",
    means="'letter:…' names a letter that no file in letters/ has. The offer would not"
    " be shown, and the reader would look for it.",
    mend="Correct the name: it is the name of the file without .md.",
    example="offers: [letter:provider-complaint]",
)
def broken_letter(pack: Pack) -> Iterator[Fault]:
    """Something leads to a letter that does not exist."""
    for page in pack.pages.values():
        for line, target in _targets(pack, page):
            name = target.removeprefix(LETTER)
            if target.startswith(LETTER) and name not in pack.letter_names:
                otherwise = _("Correct the name of the letter.")
                fix = near(name, pack.letter_names, otherwise)
                what = _("There is no letter '{name}'.").format(name=name)
                yield Fault(page.path, line, what, fix)


@check(
    "C105",
    "A link of a kind that the guide does not have",
    means="The guide opens pages, letters, the help lines and its tools, and shows"
    " https: and tel: without opening them. It can do nothing with this link.",
    mend="Use page.md, letter:id, help:, https:… or tel:…; in 'offers', page:id,"
    " letter:id or tool:mail.",
    example="offers: [tool:mail, page:l-headers]",
)
def strange_link(pack: Pack) -> Iterator[Fault]:
    """A link that the guide cannot open or show."""
    for page in pack.pages.values():
        line = pack.key_line(page.path, "offers")
        for offer in page.offers:
            if not offer.startswith((PAGE, LETTER)) and offer not in TOOLS:
                fix = near(offer, TOOLS, _("Write page:…, letter:… or tool:mail."))
                what = _("'{name}' cannot be offered.").format(name=offer)
                yield Fault(page.path, line, what, fix)
        for line, target in pack.prose[page.id].links:
            inside = target.endswith(".md") or target.startswith((LETTER, HELP))
            if not inside and not target.startswith(_OUTSIDE) and target not in TOOLS:
                fix = _("Write page.md, letter:id, help:, https:… or tel:….")
                what = _("'{target}' is no link here.").format(target=target)
                yield Fault(page.path, line, what, fix)


@check(
    "C106",
    "A service that has closed is named",
    means="A service on the list in words.toml is closed, inactive or replaced."
    " Somebody who turns to it loses time, and hope.",
    mend="Take it out, or name the one that took its place.",
    example=Sentence("Report Fraud took the place of an older service in 2025."),
)
def closed_service(pack: Pack) -> Iterator[Fault]:
    """A page, letter or data file names a service that is gone."""
    closed = closed_names(pack)
    paths = [each.path for each in pack.pages.values() if closed]
    paths += [each.path for each in pack.letters.values() if closed]
    paths += [f"data/{name}.toml" for name in pack.data if name != _SAYS_CLOSED]
    for path in paths:
        for number, line in enumerate(pack.lines(path), 1):
            lowered = line.lower()
            for name in (name for name in closed if name in lowered):
                if not (path.endswith(".toml") and lowered.startswith("#")):
                    what = _("'{name}' has closed.").format(name=name)
                    yield Fault(path, number, what, closed[name])


def closed_names(pack: Pack) -> dict[str, str]:
    """The services that are gone, in small letters, and what took their place."""
    return dict(_closed(pack.words.get("closed")))


def _closed(listed: object) -> Iterator[tuple[str, str]]:
    for entry in listed if isinstance(listed, list) else ():
        if isinstance(entry, dict):
            for name in entry.get("names", ()):
                yield str(name).lower(), str(entry.get("instead", _("Take it out.")))


@check(
    "C107",
    "An id is there twice",
    means="Two options, two tasks or two fields of one file have the same id. Only"
    " the first could ever be chosen, and a tick on one would tick the other.",
    mend="Give the second one an id of its own. Leave the first as it is, because"
    " answers are kept under it.",
    example="- [No, not yet](s-log.md) {#not-yet}",
)
def twice(pack: Pack) -> Iterator[Fault]:
    """Two options, tasks or fields with one id."""
    for page in pack.pages.values():
        asked = [(each.id, each.line) for each in options_of(page)]
        ticked = [(each.id, each.line) for each in page.tasks]
        yield from _twice(page, asked)
        yield from _twice(page, ticked)
    for letter in pack.letters.values():
        yield from _twice(letter, [(each.id, each.line) for each in letter.fields])


def _twice(where: Page | Letter, ids: Iterable[tuple[str, int]]) -> Iterator[Fault]:
    first: dict[str, int] = {}
    for id_, line in ids:
        if id_ in first and id_:
            words = _("'{name}' is also in line {line}.")
            what = words.format(name=id_, line=first[id_])
            yield Fault(where.path, line, what, _("Give it an id of its own."))
        first.setdefault(id_, line)
