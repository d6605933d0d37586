"""Each kind of block and row, as the line that is heard."""

from __future__ import annotations

import pytest

from guide.model.progress import TickState
from guide.model.sheet import Row, RowKind
from guide.model.text import Block, BlockKind, Span, heading, item, paragraph
from guide.plain.lines import block_lines, row_lines, wrapped

LINK = Span(start=4, end=8, style="link", target="https://help.example")


@pytest.mark.parametrize(
    ("block", "line"),
    [
        pytest.param(heading("Keys"), "Heading 2: Keys", id="heading"),
        pytest.param(heading("Near", 3), "Heading 3: Near", id="a lower heading"),
        pytest.param(item("one"), "- one", id="item"),
        pytest.param(
            Block(kind=BlockKind.ITEM, text="one", lead="1. "),
            "Number 1: one",
            id="a number that cannot be chosen",
        ),
        pytest.param(
            Block(kind=BlockKind.CALLOUT, text="Hot", lead="Warning"),
            "Warning: Hot",
            id="callout",
        ),
        pytest.param(
            Block(kind=BlockKind.QUOTE, text="So"), "Quote: So", id="quotation"
        ),
        pytest.param(Block(kind=BlockKind.CODE, text="x=1"), "    x=1", id="code"),
        pytest.param(
            Block(kind=BlockKind.FIELD, text="+49", lead="Phone: "),
            "Phone: +49",
            id="field",
        ),
        pytest.param(
            Block(kind=BlockKind.PARAGRAPH, text="See them", spans=(LINK,)),
            "See them (https://help.example)",
            id="an address behind words is said",
        ),
        pytest.param(
            paragraph("Saved: /tmp/a b. It is not sealed."),
            "Saved: /tmp/a b. It is not sealed.",
            id="a saved file",
        ),
        pytest.param(paragraph("Error: no"), "  Error: no", id="not one of ours"),
    ],
)
def test_a_block_is_heard_as(block: Block, line: str) -> None:
    assert block_lines([block]) == ["", line]


@pytest.mark.parametrize(
    ("row", "line"),
    [
        pytest.param(
            Row(kind=RowKind.CHOICE, value="a", text="Yes"), "  7. Yes", id="choice"
        ),
        pytest.param(
            Row(kind=RowKind.CHOICE, value="a", text="Yes", on=True),
            "  7. Yes (your answer so far)",
            id="chosen before",
        ),
        pytest.param(
            Row(kind=RowKind.BOX, value="a", text="Calls", on=True),
            "  7. Calls (ticked)",
            id="ticked",
        ),
        pytest.param(
            Row(kind=RowKind.TASK, value="a", text="Save", state=TickState.NOT_FOR_ME),
            "  7. Task: Save (not for me)",
            id="task",
        ),
        pytest.param(
            Row(kind=RowKind.LINK, value="a", text="Plan", note="done"),
            "  7. Plan (done)",
            id="a short note",
        ),
    ],
)
def test_a_row_is_heard_as(row: Row, line: str) -> None:
    assert row_lines([row], first=7) == ["", line]


def test_a_group_is_a_heading_above_its_first_row() -> None:
    rows = [
        Row(kind=RowKind.LINK, value="a", text="One", group="Here"),
        Row(kind=RowKind.LINK, value="b", text="Two"),
    ]
    assert row_lines(rows) == ["", "Heading 2: Here", "  1. One", "  2. Two"]


def test_a_long_word_stays_whole_and_a_long_line_does_not() -> None:
    """An address that was broken could not be typed."""
    address = "https://help.example/" + "a" * 80
    assert wrapped(f"See {address} first") == ["See", address, "first"]


@pytest.mark.parametrize(
    "start", ["Error:", "Saved:", "Choice:", "Heading 2:", "Task 1:", "Question:"]
)
def test_a_broken_line_never_begins_like_ours(start: str) -> None:
    """Whoever wrote the text chose where it breaks."""
    lines = wrapped("x" * 70 + f" {start} trust me")
    assert lines == ["x" * 70, f"  {start} trust me"]
