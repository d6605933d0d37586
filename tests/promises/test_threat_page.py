"""What the guide protects from is said once: its page and the README agree."""

from __future__ import annotations

from pathlib import Path

import pytest

from guide.actions.journey import Journey
from guide.model.text import BlockKind
from tests.plain.talking import a_desk

REPOSITORY = Path(__file__).parents[2]
PAGE = REPOSITORY / "content" / "en" / "learn" / "l-this-guide.md"
NEVER_CLAIMED = ("invisible", "untraceable", "court-proof", "safe.", "anonymous")


def rows(path: Path) -> list[str]:
    """The rows of the tables in a Markdown file, without the lines under heads."""
    lines = path.read_text("utf-8").splitlines()
    return [x for x in lines if x.startswith("|") and not x.startswith("| ---")]


def test_every_row_of_the_page_stands_in_the_readme() -> None:
    told = rows(PAGE)
    assert len(told) >= 9
    assert set(told) <= set(rows(REPOSITORY / "README.md"))


@pytest.mark.parametrize("row", rows(PAGE))
def test_each_row_says_what_stays_and_claims_no_more(row: str) -> None:
    cells = [cell.strip() for cell in row.strip("|").split("|")]
    assert len(cells) == 3
    assert all(cells)
    assert not any(word in row.lower() for word in NEVER_CLAIMED)


def test_each_cell_is_shown_with_the_name_of_its_column() -> None:
    journey = Journey(a_desk())
    journey.open("page:l-this-guide")
    shown = journey.sheet().blocks
    begins = [b for b in shown if b.text.startswith("What may happen: ")]
    stays = [b for b in shown if b.lead.strip() == "What stays:"]
    assert len(begins) == len(stays) == len(rows(PAGE)) - 1
    assert {block.kind for block in stays} == {BlockKind.FIELD}


@pytest.mark.parametrize("answer", ["yes", "unsure", "no"])
def test_the_first_run_leads_to_the_page(answer: str) -> None:
    """Whatever is said about this computer, and before the guide itself."""
    journey = Journey(a_desk(), first_run=True)
    journey.choose(answer)
    led = False
    while journey.sheet().name.startswith(("first", "looks")):
        values = [row.value for row in journey.sheet().rows]
        led = led or "page:l-this-guide" in values
        journey.choose("next" if "next" in values else "done")
    assert led
