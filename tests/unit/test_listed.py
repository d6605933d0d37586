"""What a page shows of a list: its entries in their place, with month and doubt."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guide.actions.desk import Desk, keep_nothing
from guide.actions.journey import Journey
from guide.actions.listed import with_lists
from guide.actions.reading import page_blocks
from guide.actions.searching import Search
from guide.library.markdown import MOST_BLOCKS
from guide.library.search import Wanted
from guide.library.tables import DATA, SHAPES, Shown, listed, parts
from guide.model.text import Block, BlockKind
from guide.plain.lines import block_lines
from tests.unit.small_guides import library, page

FILES = Path(__file__).parents[2] / "content" / "data"
NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)

FINE: Mapping[str, object] = {
    "id": "one",
    "name": "One",
    "status": "open",
    "who": "Anyone.",
    "checked": "2026-11",
    "source": "facts 6.3",
    "confidence": "high",
}


def shipped(name: str) -> dict[str, object]:
    return tomllib.loads((FILES / f"{name}.toml").read_text(encoding="utf-8"))


@given(st.lists(st.sampled_from(["a", "", DATA, f"{DATA} x y", f" {DATA} x", ":::"])))
def test_parts_are_the_text_again_with_each_list_in_its_place(lines: list[str]) -> None:
    text = "\n".join(lines)
    again = [
        text.split("\n")[p.line - 1] if isinstance(p, Shown) else p for p in parts(text)
    ]
    words = [line for part in again for line in part.split("\n") if line]
    assert words == [line for line in lines if line]


def a_desk(text: str, **data: Mapping[str, object]) -> tuple[Desk, tuple[Block, ...]]:
    """A guide of one page with this *text*, on a day that does not change."""
    made = library({"s-one": f"kind: page\n---\n{text}"})
    made = replace(made, data=data)
    desk = replace(keep_nothing(), library=made, now=lambda: NOON)
    return desk, page_blocks(desk, made.pages["s-one"])


def lines_of(blocks: tuple[Block, ...]) -> list[str]:
    return [f"{block.lead}{block.text}" for block in blocks]


SECOND = {**FINE, "id": "two", "name": "Two", "status": "closed"}
SERVICES: Mapping[str, object] = {"service": [FINE, SECOND]}


def test_a_list_stands_between_the_text_in_its_place() -> None:
    _desk, blocks = a_desk(
        "Before.\n\n::: data services open\n\nAfter.", services=SERVICES
    )
    assert lines_of(blocks) == [
        "Before.",
        "One",
        "Who it is for: Anyone.",
        "Checked 2026-11.",
        "After.",
    ]


def test_an_entry_is_a_heading_one_below_that_of_the_text() -> None:
    text = "# A\n\n::: data services open\n\n### B\n\n::: data services closed"
    blocks = a_desk(text, services=SERVICES)[1]
    heads = [(b.text, b.level) for b in blocks if b.kind is BlockKind.HEADING]
    assert heads == [("A", 1), ("One", 2), ("B", 3), ("Two", 4)]


@pytest.mark.parametrize(
    ("changed", "last"),
    [
        ({}, "Checked 2026-11."),
        (
            {"confidence": "medium"},
            "Check first: this may differ for you. Checked 2026-11.",
        ),
        (
            {"check_first": ["who"]},
            "Check first: this may differ for you. Checked 2026-11.",
        ),
        ({"checked": "2025-10"}, "Checked 2025-10, so check it first."),
    ],
    ids=["high", "medium", "one text", "old"],
)
def test_the_month_and_the_doubt_are_said(
    changed: dict[str, object], last: str
) -> None:
    data = {"service": [{**FINE, **changed}]}
    assert lines_of(a_desk("::: data services", services=data)[1])[-1] == last


def test_a_doubt_about_what_is_not_shown_is_not_said() -> None:
    entry = {**FINE, "block": "B.", "export": "E.", "check_first": ["export"]}
    data = {
        "platform": [{k: v for k, v in entry.items() if k not in {"status", "who"}}]
    }
    (block,) = listed("platforms", "block", {"platforms": data})
    (export,) = listed("platforms", "export", {"platforms": data})
    assert (block.check_first, export.check_first) == (False, True)


@pytest.mark.parametrize("services", [{}, {"service": 3}, {"service": [SECOND]}])
def test_a_list_that_cannot_be_read_is_not_passed_over(
    services: Mapping[str, object],
) -> None:
    blocks = a_desk("Before.\n\n::: data services open", services=services)[1]
    assert lines_of(blocks)[-1] == "The list that belongs here cannot be shown."


def test_a_list_without_its_file_is_not_passed_over() -> None:
    blocks = a_desk("::: data services open")[1]
    assert lines_of(blocks) == ["The list that belongs here cannot be shown."]


def test_a_list_obeys_the_condition_it_stands_in() -> None:
    text = "::: when role is helper\nFor helpers.\n\n::: data services\n:::\nFor all."
    assert lines_of(a_desk(text, services=SERVICES)[1]) == ["For all."]


def test_a_short_list_is_a_line_each_with_the_oldest_month() -> None:
    clients = shipped("chat_commands")
    lines = lines_of(a_desk("::: data chat_commands short", chat_commands=clients)[1])
    assert lines[0] == "mIRC: /ignore NAME"
    assert "Twitch chat: /block NAME  (check first)" in lines
    assert lines[-1] == "Checked 2026-11."


def test_a_command_is_marked_as_typed_and_nothing_else_is() -> None:
    clients = shipped("chat_commands")
    blocks = a_desk("::: data chat_commands", chat_commands=clients)[1]
    typed = [b.text[s.start : s.end] for b in blocks for s in b.spans]
    assert typed
    assert all(text.startswith("/") for text in typed)


def test_every_text_of_every_list_has_a_name_before_it() -> None:
    desk = keep_nothing()
    for name, shape in SHAPES.items():
        for view in ("", *shape.views):
            text = f"::: data {name} {view}"
            shown = tuple(with_lists(desk, text, lambda _text: ()))
            fields = [each for each in shown if each.kind is BlockKind.FIELD]
            assert fields, text
            assert all(
                block.lead.strip(": ") or "hecked" in block.text for block in fields
            )


def test_every_shipped_page_with_a_list_is_shown_whole() -> None:
    desk = keep_nothing()
    pages = [p for p in desk.library.pages.values() if DATA in p.body]
    assert len(pages) >= 8
    for each in pages:
        blocks = page_blocks(desk, each)
        assert len(blocks) <= MOST_BLOCKS, each.id
        assert not [b.text for b in blocks if ":::" in b.text], each.id


def test_a_list_is_heard_in_the_plain_interface() -> None:
    journey = Journey(replace(keep_nothing(), now=lambda: NOON))
    journey.open("page:l-blocking")
    heard = "\n".join(block_lines(journey.sheet().blocks))
    assert "Heading 3: Instagram" in heard
    assert "The quiet way: Restrict them." in heard
    assert "Type: /ignore NAME!*@* ALL" in heard


def test_what_stands_in_a_list_is_found_by_searching() -> None:
    search = Search(keep_nothing())
    search.finish()
    hits = search.find(Wanted(text="WeeChat without log")).hits
    assert "page:l-blocking" in {hit.target for hit in hits}


def test_the_first_screen_reads_no_list() -> None:
    program = (
        "import sys\n"
        "from guide.actions.desk import keep_nothing\n"
        "from guide.actions.journey import Journey\n"
        "Journey(keep_nothing()).sheet()\n"
        "print(*(m for m in sys.modules if m in"
        " ('guide.actions.listed', 'guide.library.tables', 'guide.model.tables')))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == []


def test_a_page_without_a_list_is_read_as_before() -> None:
    made = page("s-two", "kind: page\n---\nOne **two**.\n\n- three")
    desk = keep_nothing()
    assert [b.text for b in page_blocks(desk, made)] == ["One two.", "three"]
