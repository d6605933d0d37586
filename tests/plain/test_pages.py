"""Every page of the content can be heard, whole, and nothing in it can act."""

from __future__ import annotations

import pytest

from guide.actions.calling import countries
from guide.actions.journey import Journey
from guide.actions.places.flow import FlowPlace
from guide.interview import step_to
from guide.library.loader import Shelf, content_root
from guide.model.reading_width import USUAL
from guide.model.sheet import Sheet
from guide.safety.display import FORBIDDEN
from tests.plain.talking import Reader, a_desk, talk

PAGES = tuple(Shelf(content_root()).pages)
SCREENS = ("letters", "contents", "help-lines", "search", "review", "keys", "tool:mail")


def words_of(sheet: Sheet) -> str:
    """Everything on a sheet, as one text."""
    blocks = [block.text for block in (*sheet.blocks, *sheet.foot)]
    rows = [text for row in sheet.rows for text in (row.text, row.note, row.group)]
    return " ".join([sheet.title, sheet.progress, *sheet.trail, *blocks, *rows])


def assert_heard(reader: Reader, sheet: Sheet) -> None:
    heard = set(reader.heard.replace("(", " ").replace(")", " ").split())
    said = {word.rstrip(".,:?") for word in heard} | heard
    missing = {
        word
        for word in words_of(sheet).replace("(", " ").replace(")", " ").split()
        if word not in said and word.rstrip(".,:?") not in said
    }
    assert missing == set()
    assert not any(FORBIDDEN.search(line) for line in reader.lines)
    told = [line for line in reader.lines if not line.endswith(": ")]
    assert all(len(line) <= USUAL + 2 or " " not in line.strip() for line in told)


@pytest.mark.parametrize("page", PAGES)
def test_every_page_is_heard_when_it_is_read(page: str) -> None:
    journey = Journey(a_desk())
    journey.open(f"page:{page}")
    sheet = journey.sheet()
    assert_heard(talk(journey=journey), sheet)


@pytest.mark.parametrize("page", PAGES)
def test_every_page_is_heard_in_the_flow(page: str) -> None:
    """With its question, its tasks, its ways on and its small print."""
    desk = a_desk()
    journey = Journey(desk)
    position = step_to(desk.library, desk.facts(), page)
    journey._places = [FlowPlace(desk, position)]
    sheet = journey.sheet()
    assert_heard(talk(journey=journey), sheet)


@pytest.mark.parametrize("screen", SCREENS)
def test_every_other_screen_is_heard(screen: str) -> None:
    journey = Journey(a_desk())
    journey.open(screen)
    assert_heard(talk(journey=journey), journey.sheet())


def test_the_help_lines_of_every_country_are_heard() -> None:
    for code in countries(a_desk()):
        journey = Journey(a_desk())
        journey.open("help-lines")
        journey.choose(code)
        assert_heard(talk(journey=journey), journey.sheet())
