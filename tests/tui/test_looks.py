"""Every look can be read: contrast, no state by colour alone, no colours at all."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from rich.color import Color
from rich.segment import Segment
from textual.pilot import Pilot

from guide.actions.journey import Journey
from guide.model.progress import TickState
from guide.model.sheet import Row, RowKind
from guide.tui.app import GuideApp
from guide.tui.lines import mark
from tests.tui.screens import (
    USUAL,
    at,
    at_check,
    at_form,
    at_message,
    at_the_plan,
    finishing,
    press,
    settle,
)

ENOUGH = 7.0  # WCAG 2.2, 1.4.6
Way = Callable[[Journey], object]
DRAWN: dict[str, tuple[Way, tuple[str, ...]]] = {
    "home": (Journey.sheet, ()),
    "boxes": (lambda journey: at(journey, "q-kinds"), ("space", "end")),
    "callout and links": (at_check, ()),
    "plan": (at_the_plan, ()),
    "trace": (at_message, ("end",)),
    "search": (lambda journey: journey.open("search"), tuple("police")),
    "an empty line": (lambda journey: journey.open("search"), ()),
    "a letter": (at_form, ("x",)),
    "selected text": (at_form, ("x", "y", "shift+home")),
    "a longer blank": (at_form, (*["tab"] * 2, "x")),
    "selected in it": (at_form, (*["tab"] * 2, "x", "y", "shift+home")),
    "a tick": (at_form, ("tab",) * 7),
    "said": (finishing, ("x", "enter")),
    "help": (lambda journey: journey.open("keys"), ()),
}


def luminance(color: Color) -> float:
    """Relative luminance as WCAG 2.2 defines it."""
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in color.get_truecolor().normalized
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: Color, other: Color) -> float:
    """Contrast ratio as WCAG 2.2 defines it.

    >>> round(contrast(Color.from_rgb(0, 0, 0), Color.from_rgb(255, 255, 255)))
    21
    """
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def drawn(pilot: Pilot[int]) -> Iterator[Segment]:
    """Every piece of text on the screen."""
    for strip in pilot.app.screen._compositor.render_strips():
        yield from (segment for segment in strip if segment.text.strip())


@pytest.mark.parametrize("name", DRAWN)
@pytest.mark.parametrize("look", ["night", "day"])
async def test_every_pair_of_colours_has_contrast(
    journey: Journey, look: str, name: str
) -> None:
    way, keys = DRAWN[name]
    way(journey)
    async with GuideApp(journey, look).run_test(size=USUAL) as pilot:
        await settle(pilot)
        await press(pilot, *keys)
        pieces = list(drawn(pilot))
    weak = {}
    for piece in pieces:
        style = piece.style
        assert style
        assert style.color
        assert style.bgcolor
        assert not style.dim
        ratio = contrast(style.color, style.bgcolor)
        if ratio < ENOUGH:
            weak[piece.text.strip()] = round(ratio, 1)
    assert len(pieces) > 5
    assert not weak


@pytest.mark.parametrize("look", ["night", "day"])
async def test_no_blink_hides_the_place_where_one_types(
    journey: Journey, look: str
) -> None:
    """The cursor stands out by its colours, 7 to 1, against the line around it."""
    at_form(journey)
    async with GuideApp(journey, look).run_test(size=USUAL) as pilot:
        await settle(pilot)
        await press(pilot, "x")
        blank = pilot.app.query_one("#f-reply_address")
        line = blank.get_component_rich_style("input--cursor")
        around = blank.rich_style
        assert line.bgcolor
        assert around.bgcolor
        assert contrast(line.bgcolor, around.bgcolor) >= ENOUGH


async def test_no_color_leaves_only_greys(
    journey: Journey, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    at_the_plan(journey)
    async with GuideApp(journey).run_test(size=USUAL) as pilot:
        await settle(pilot)
        for piece in drawn(pilot):
            for color in (
                (piece.style.color, piece.style.bgcolor) if piece.style else ()
            ):
                assert color
                assert len({*color.get_truecolor()}) == 1


async def test_the_terminal_look_shows_the_cursor_row_in_reverse(
    journey: Journey,
) -> None:
    async with GuideApp(journey, "terminal").run_test(size=USUAL) as pilot:
        await settle(pilot)
        row = next(piece for piece in drawn(pilot) if "> ( ) 1" in piece.text)
        assert row.style
        assert row.style.reverse


@pytest.mark.parametrize(
    "rows",
    [
        pytest.param(
            [Row(kind=kind, value="x", text="x", on=on) for on in (True, False)],
            id=kind,
        )
        for kind in (RowKind.CHOICE, RowKind.BOX)
    ]
    + [
        pytest.param(
            [Row(kind=RowKind.TASK, value="x", text="x", state=s) for s in TickState],
            id="task",
        )
    ],
)
def test_each_state_has_a_mark_of_its_own(rows: list[Row]) -> None:
    assert len({mark(row) for row in rows}) == len(rows)


@pytest.mark.parametrize("look", ["day", "terminal"])
async def test_a_chosen_look_is_worn_and_marked(journey: Journey, look: str) -> None:
    journey.open("looks")
    async with GuideApp(journey).run_test(size=USUAL) as pilot:
        await settle(pilot)
        await press(pilot, {"day": "2", "terminal": "3"}[look], "enter")
        assert pilot.app.theme == look
        chosen = [row.value for row in journey.sheet().rows if row.on]
        assert chosen == [f"look:{look}"]
