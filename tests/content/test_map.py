"""``guide map``: every screen, every way, and a diagram that can be drawn."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from guide.actions.checking import draw_map
from guide.library.graph import MapFormat, WayKind, branch_map, ways_of
from guide.library.loader import Shelf, content_root
from guide.model.content import Library
from tests.content.small_packs import BOTH, FIRST, LAST, question, write_pack

FORMATS: tuple[MapFormat, ...] = ("mermaid", "dot")
MERMAID = (
    r"flowchart TD",
    r'  subgraph "[^"]*"',
    r"  end",
    r'    n\d+(?:\{\{"[^"]+"\}\}|\["[^"]+"\]|\(\["[^"]+"\]\)|\[\["[^"]+"\]\])',
    r'    n\d+\("[^"]+"\)',
    r'  n\d+ (?:-->|-\.->)(?:\|"[^"|]+"\|)? n\d+',
)
TEXT = r'"(?:[^"\\]|\\.)*"'
DOT = (
    r"digraph guide \{",
    r"  (?:rankdir=TB|node \[fontname=sans\]);",
    rf"  subgraph {TEXT} \{{",
    rf"    label={TEXT};",
    rf"    n\d+ \[shape=\w+, label={TEXT}\];",
    rf"  n\d+ -> n\d+ \[style=\w+, label={TEXT}\];",
    r"  \}|\}",
)
GRAMMAR = {"mermaid": MERMAID, "dot": DOT}
NODE = {"mermaid": r'"([\w-]+)<br/>', "dot": r'label="([\w-]+)\\n'}


@pytest.fixture(scope="module")
def library() -> Library:
    return Shelf(content_root()).library()


@pytest.mark.parametrize("form", FORMATS)
def test_the_map_holds_every_page_once(library: Library, form: MapFormat) -> None:
    drawn = re.findall(NODE[form], draw_map(library, form))
    assert sorted(drawn) == sorted(library.pages)


@pytest.mark.parametrize("form", FORMATS)
def test_every_line_of_the_map_is_one_that_can_be_drawn(
    library: Library, form: MapFormat
) -> None:
    known = re.compile("|".join(f"(?:{each})" for each in GRAMMAR[form]))
    lines = draw_map(library, form).rstrip("\n").split("\n")
    assert [line for line in lines if not known.fullmatch(line)] == []


@pytest.mark.parametrize("form", FORMATS)
def test_quotes_and_brackets_in_a_title_break_no_map(
    tmp_path: Path, form: MapFormat
) -> None:
    title = "title: 'Say \"no\\\" <b>; # or ]} | end'"
    text = question(BOTH).replace("title: A page", title)
    drawn = branch_map(Shelf(write_pack(tmp_path, {FIRST: text})).library(), form)
    known = re.compile("|".join(f"(?:{each})" for each in GRAMMAR[form]))
    assert [x for x in drawn.strip("\n").split("\n") if not known.fullmatch(x)] == []


@pytest.mark.parametrize("form", FORMATS)
def test_the_map_is_the_same_each_time(form: MapFormat) -> None:
    drawn = {draw_map(Shelf(content_root()).library(), form) for _time in range(2)}
    assert len(drawn) == 1


def test_ways_are_drawn_with_the_answer_that_takes_them(tmp_path: Path) -> None:
    drawn = branch_map(Shelf(write_pack(tmp_path, {})).library(), "mermaid").split("\n")
    assert [line for line in drawn if line.startswith("  n")] == [
        '  n0 -->|"this"| n1',
        '  n0 -->|"that"| n1',
        '  n0 -.->|"not sure"| n1',
    ]


def test_a_link_that_a_route_overrules_is_no_way(tmp_path: Path) -> None:
    """The flow takes the first route that fits before any link of an option."""
    routed = question(BOTH.replace("s-end", "q-first"), "next:\n  - {go: s-end}")
    library = Shelf(write_pack(tmp_path, {FIRST: routed})).library()
    ways = [(way.kind, way.end) for way in ways_of(library.pages["q-first"])]
    assert ways == [(WayKind.NEXT, "s-end"), (WayKind.SAFER, "s-end")]


@pytest.mark.parametrize("form", FORMATS)
def test_a_way_to_nowhere_is_left_out_of_the_map(
    tmp_path: Path, form: MapFormat
) -> None:
    broken = question(BOTH.replace("s-end", "s-gone"))
    drawn = branch_map(Shelf(write_pack(tmp_path, {FIRST: broken})).library(), form)
    assert "gone" not in drawn
    assert LAST.endswith("s-end.md") and "s-end" in drawn
