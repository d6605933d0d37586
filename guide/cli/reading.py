"""Reading and finding without the interface: plain text, one page, then the end."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from difflib import get_close_matches

from guide.actions.desk import Desk
from guide.actions.journey import Journey
from guide.actions.searching import Search, nothing_found
from guide.cli.ending import FINE, say
from guide.cli.starting import Wishes, desk
from guide.library.aliases import page_for
from guide.model.problems import NeedsTerminalError, NotFoundError
from guide.model.sheet import Row, Sheet
from guide.plain.lines import block_lines, said, wrapped
from guide.words import _

HELP_LINES, CONTENTS = "help-lines", "contents"
_TOOLS = {
    "mail": "guide mail explain FILE",
    "incidents": "guide incident list",
    "officials": "guide contact list",
    "timeline": "guide timeline",
    "evidence": "guide evidence list",
    "filters": "guide filter",
    "doctor": "guide doctor",
}
_NAMED = (HELP_LINES, CONTENTS, "letters", "search", "tool:mail", "doctor")


def target(here: Desk, page: str) -> str:
    """Where a journey finds *page*. Raises NotFoundError with the nearest name."""
    if page in here.library.pages:
        return f"page:{page}"
    if page in _NAMED:
        return page
    close = get_close_matches(page, [*here.library.pages, *_NAMED], n=1)
    if close:
        words = _("Did you mean: {word}?").format(word=close[0])
        raise NotFoundError(_("There is no page with that name."), words)
    raise NotFoundError(
        _("There is no page with that name."),
        _("All names: guide read contents. To search: guide search"),
    )


def read_page(wishes: Wishes, page: str) -> int:
    """Print one page, with the names of the pages that it leads to."""
    here = desk(wishes.lang)
    journey = Journey(here)
    page = page_for(here.library, page) or page
    name, _colon, country = page.partition(":")
    journey.open(target(here, HELP_LINES if name == "help" else page))
    if country:
        codes = [row.value for row in journey.sheet().rows]
        if country.upper() not in codes and country not in codes:
            raise NotFoundError(
                _("There are no help lines for that country here."),
                _("See which there are: guide read help-lines"),
            )
        journey.choose(country if country in codes else country.upper())
    say(readable(here, journey.sheet()))
    return FINE


def readable(here: Desk, sheet: Sheet) -> Iterator[str]:
    """A sheet as a page to read, and what to type to read on."""
    yield from said(_("Heading {level}").format(level=1), sheet.title)
    yield from block_lines(sheet.blocks)
    yield from _answers(here, sheet.name)
    if sheet.rows and sheet.name != CONTENTS:
        countries = sheet.name == HELP_LINES
        title = _("Countries") if countries else _("To read on")
        yield ""
        yield from said(_("Heading {level}").format(level=2), title)
    for row in sheet.rows:
        if row.group and sheet.name == CONTENTS:
            yield ""
            yield from said(_("Heading {level}").format(level=2), row.group)
        yield from wrapped(row.text, indent="  ")
        yield f"  {_command(sheet, row)}"


def _answers(here: Desk, page_id: str) -> Iterator[str]:
    page = here.library.pages.get(page_id)
    question = page.question if page else None
    if question is None or len(question.options) < 2:
        return
    yield ""
    yield from said(_("Heading {level}").format(level=2), _("Answers in the guide"))
    for option in question.options:
        yield from wrapped(f"- {option.text}", indent="  ")


def _command(sheet: Sheet, row: Row) -> str:
    kind, _colon, id_ = row.value.partition(":")
    if sheet.name == HELP_LINES:
        return f"guide read help:{row.value}"
    match kind:
        case "page":
            return f"guide read {id_}"
        case "letter":
            return f"guide letter show {id_}"
        case "tool":
            return _TOOLS.get(id_, "guide help")
        case _:
            return "guide read help-lines"


def find(wishes: Wishes, words: str) -> int:
    """Print the pages that hold all of *words*; ask for them when there are none.

    Raises NotFoundError when no page does.
    """
    asked = words.strip() or _asked()
    hits = Search(desk(wishes.lang)).find(asked)
    if not hits:
        what, _dot, then = nothing_found(asked).partition(". ")
        raise NotFoundError(what + ".", then)
    for hit in hits:
        say([hit.title, f"  guide read {hit.page_id}"])
        say([*wrapped(hit.excerpt.strip(), indent="  ", first="  "), ""])
    return FINE


def _asked() -> str:
    """Words typed here are in no list of past commands."""
    if sys.stdin.isatty():
        sys.stderr.write(_("Words to look for: "))
        sys.stderr.flush()
    words = sys.stdin.readline().strip()
    if not words:
        raise NeedsTerminalError(
            _("No words were given to look for."),
            _("Type them after the command: guide search WORDS"),
        )
    return words
