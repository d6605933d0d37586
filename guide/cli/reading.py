"""Reading and finding without the interface: plain text, one page, then the end."""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from difflib import get_close_matches

from guide.actions.desk import Desk
from guide.actions.journey import Journey
from guide.cli.ending import FINE, say
from guide.cli.starting import LIBRARY, Wishes, desk, sitting
from guide.library.aliases import page_for
from guide.model.problems import NotFoundError
from guide.model.sheet import Row, Sheet
from guide.plain.lines import block_lines, said, wrapped
from guide.safety.display import show
from guide.words import _

HELP_LINES, CONTENTS, PACK = "help-lines", "contents", "pack:"
_TOOLS = {
    "mail": "guide mail explain FILE",
    "incidents": "guide incident list",
    "officials": "guide contact list",
    "case": "guide case preview",
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
    if page.startswith(PACK) or page == LIBRARY:
        return _read_pack(wishes, page)
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


def _read_pack(wishes: Wishes, page: str) -> int:
    """Print the packs, what stands in one of them, or one lesson, whole."""
    from guide.actions.places.library_whole import whole_sheet

    here = sitting(wishes)
    say(readable(here, whole_sheet(here, page)))
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
        case "pack":  # as a shell takes it: its words are somebody else's
            return f"guide read {shlex.quote(show(row.value))}"
        case "letter":
            return f"guide letter show {id_}"
        case "tool":
            return _TOOLS.get(id_, "guide help")
        case _:
            return "guide read help-lines"
