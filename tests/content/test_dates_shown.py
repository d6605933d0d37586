"""Promise: a page that rests on law shows the month in which somebody looked at it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from guide.actions.desk import Desk
from guide.actions.reading import page_blocks
from guide.model.content import Page
from tests.content.test_coverage import library
from tests.plain.talking import a_desk

# As in `content/README.md`: what the facts say on notices, on calls, on reporting.
LAW = ("facts 1.5", "facts 2.3", "facts 5.")
ON_LAW = sorted(
    page.id
    for page in library().pages.values()
    if any(source.startswith(LAW) for source in page.sources)
)


def said(desk: Desk, page: Page) -> str:
    return "\n".join(block.text for block in page_blocks(desk, page))


def test_there_are_pages_on_law() -> None:
    assert {"s-court", "q-call-law", "s-defamation", "l-law-us"} <= set(ON_LAW)
    assert "s-stress" not in ON_LAW


@pytest.mark.parametrize("id_", ON_LAW)
def test_a_page_on_law_shows_its_month(id_: str) -> None:
    page = library().pages[id_]
    assert page.reviewed
    assert page.reviewed in said(a_desk(), page)


def a_page(sources: tuple[str, ...], body: str) -> Page:
    page = library().pages["s-court"]
    return replace(page, sources=sources, body=body, reviewed="2026-10")


@pytest.mark.parametrize(
    ("sources", "body", "month"),
    [
        pytest.param(("facts 5.7",), "A law.", 1, id="on law"),
        pytest.param(("facts 7.8", "facts 1.5"), "A law.", 1, id="among others"),
        pytest.param(("facts 5.7",), "A law (as of 2026-10).", 1, id="says it itself"),
        pytest.param(("facts 7.8",), "No law.", 0, id="on something else"),
        pytest.param(
            ("facts 5.7",),
            "A law.\n\n::: when minor is yes\nAs of 2026-10.\n:::",
            1,
            id="says it to others only",
        ),
    ],
)
def test_the_month_is_said_once_where_it_is_needed(
    sources: tuple[str, ...], body: str, month: int
) -> None:
    assert said(a_desk(), a_page(sources, body)).count("2026-10") == month


def test_an_old_review_is_said_once_and_with_a_warning() -> None:
    later = replace(a_desk(), now=lambda: a_desk().now().replace(year=2028))
    text = said(later, a_page(("facts 5.7",), "A law."))
    assert text.count("2026-10") == 1
    assert "check first" in text
    assert later.today() > date(2028, 1, 1)
