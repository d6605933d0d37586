"""Promise: the three umbrella:// links of source 003 lead to our own pages."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from guide.actions.checking import check_content
from guide.actions.desk import Desk
from guide.actions.places.offers import links_in
from guide.library.aliases import page_for, umbrella_pages
from guide.model.content import Library
from guide.vault.store import Vault
from tests.content.small_packs import write_pack
from tests.content.test_coverage import library
from tests.unit.small_guides import page
from tests.unit.test_cli import run

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
SOURCE_003 = {
    "umbrella://assess-your-risk/security-planning": ("l-risk", "how likely"),
    "umbrella://information/managing-information": (
        "l-managing-information",
        "from whom",
    ),
    "umbrella://stress/stress/beginner": ("l-stress", "signs"),
}


@pytest.mark.parametrize("link", SOURCE_003)
def test_each_link_finds_a_page_on_its_subject(link: str) -> None:
    name, about = SOURCE_003[link]
    assert page_for(library(), link) == name
    found = library().pages[name]
    assert found.kind == "page"
    assert about in found.body.casefold()


@pytest.mark.parametrize("link", SOURCE_003)
@pytest.mark.parametrize("after", ["", "/", ".", ",", "/beginner", "/expert/s_a.md"])
def test_any_level_and_any_end_of_a_sentence_lead_there(link: str, after: str) -> None:
    assert page_for(library(), link + after) == SOURCE_003[link][0]


@pytest.mark.parametrize(
    "link",
    [
        "umbrella://",
        "umbrella:///",
        "umbrella://stress",
        "umbrella://stress/stresses",
        "umbrella://tools/messaging",
        "https://stress/stress",
        "stress/stress",
        "l-stress",
        "umbrella://../../pack.toml",
    ],
)
def test_anything_else_leads_nowhere(link: str) -> None:
    assert page_for(library(), link) == ""


def test_a_link_in_a_text_can_be_chosen_and_a_strange_one_cannot() -> None:
    text = (
        "kind: page\n---\n[Plan](umbrella://assess-your-risk/security-planning) and"
        " [other](umbrella://tools/messaging)."
    )
    desk = Desk(library=library(), vault=Vault.in_memory(), now=lambda: NOON)
    assert [row.value for row in links_in(desk, page("x", text))] == ["page:l-risk"]


def test_guide_read_opens_the_page_of_a_link(tmp_path: Path) -> None:
    done = run(tmp_path, "read", "umbrella://stress/stress/beginner")
    assert done.returncode == 0
    assert library().pages["l-stress"].title in done.stdout
    assert run(tmp_path, "read", "umbrella://tools/messaging").returncode == 4


@pytest.mark.parametrize(
    "data", [{}, {"aliases": {}}, {"aliases": {"umbrella": "stress"}}]
)
def test_a_file_that_is_missing_or_wrong_names_nothing(
    data: dict[str, dict[str, object]],
) -> None:
    small = Library(title="", start="", pages={}, letters={}, data=data)
    assert umbrella_pages(data) == {}
    assert page_for(small, "umbrella://stress/stress") == ""


def test_an_alias_to_no_page_is_a_finding_and_leads_nowhere(tmp_path: Path) -> None:
    lines = '[umbrella]\n"stress/stress" = "l-gone"\n'
    root = write_pack(tmp_path, {"data/aliases.toml": lines})
    found = check_content(NOON.date(), root).findings
    assert [(each.code, each.path, each.line) for each in found] == [
        ("C103", "data/aliases.toml", 2)
    ]
    gone = {"aliases": {"umbrella": {"stress/stress": "l-gone"}}}
    small = Library(title="", start="", pages={}, letters={}, data=gone)
    assert page_for(small, "umbrella://stress/stress") == ""
