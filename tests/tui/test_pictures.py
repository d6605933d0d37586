"""A picture on a page: within the width, in colours, and without them."""

from __future__ import annotations

from dataclasses import replace

import pytest
from textual.pilot import Pilot

from guide.actions.journey import Journey
from guide.model.picture import COLUMNS, LINES, Picture
from guide.model.sheet import Sheet
from guide.model.text import Block, BlockKind, paragraph
from guide.tui.app import GuideApp
from guide.tui.lines import lay_out
from guide.tui.page_view import PageView
from guide.tui.pictures import picture_lines, style_of_pixels
from tests.tui.screens import lines_of, settle

HALF = "▀"
CAPTION = "A picture, 1200 x 800, JPEG."
RED, BLUE, WHITE, BLACK = (255, 0, 0), (0, 0, 255), (255, 255, 255), (0, 0, 0)
Pixels = tuple[tuple[int, int, int], ...]


def of(*rows: Pixels) -> Picture:
    pixels = b"".join(bytes(pixel) for row in rows for pixel in row)
    return Picture(width=len(rows[0]), height=len(rows), pixels=pixels)


def widest() -> Picture:
    row = tuple((x * 3, 0, 255 - x * 3) for x in range(COLUMNS))
    return of(*[row] * LINES)


def sheet(picture: Picture) -> Sheet:
    drawn = Block(kind=BlockKind.PICTURE, text=CAPTION, picture=picture)
    return Sheet(name="x", title="Look", blocks=(drawn, paragraph("After it.")))


def shown(pilot: Pilot[int], picture: Picture) -> list[str]:
    pilot.app.query_one(PageView).show(sheet(picture))
    assert isinstance(pilot.app, GuideApp)
    return lines_of(pilot.app)


@pytest.mark.parametrize("size", [(80, 24), (60, 20), (40, 12), (200, 60)])
def test_it_is_laid_out_within_the_width(size: tuple[int, int]) -> None:
    page = lay_out(sheet(widest()), size[0], cursor=None)
    wide = [sum(len(text) for text, _style in line.pieces) for line in page.lines]
    assert max(wide) < size[0]
    drawn = [line for line in page.lines if any(HALF in t for t, _s in line.pieces)]
    assert len(drawn) == pytest.approx(min(COLUMNS, size[0] - 3) / 3, abs=1)
    assert all(line.row is None for line in drawn)


@pytest.mark.parametrize("size", [(80, 24), (60, 20)])
async def test_it_is_drawn_in_its_colours(
    journey: Journey, size: tuple[int, int]
) -> None:
    async with GuideApp(journey).run_test(size=size) as pilot:
        await settle(pilot)
        shown(pilot, of((RED, BLUE), (BLUE, RED)))
        await settle(pilot)
        strips = pilot.app.screen._compositor.render_strips()
        cells = [each for strip in strips for each in strip if HALF in each.text]
        colours = [
            (style.color.triplet, style.bgcolor.triplet)
            for each in cells
            if (style := each.style) and style.color and style.bgcolor
        ]
        assert colours == [(RED, BLUE), (BLUE, RED)]
        assert all(strip.cell_length == size[0] for strip in strips)


@pytest.mark.parametrize("size", [(80, 24), (60, 20)])
async def test_every_line_of_a_wide_one_fits_the_screen(
    journey: Journey, size: tuple[int, int]
) -> None:
    async with GuideApp(journey).run_test(size=size) as pilot:
        await settle(pilot)
        shown(pilot, widest())
        await settle(pilot)
        assert isinstance(pilot.app, GuideApp)
        lines = lines_of(pilot.app)
        assert max(map(len, lines)) == size[0]
        assert max(line.count(HALF) for line in lines) == min(COLUMNS, size[0] - 4)


async def test_without_colours_it_is_drawn_in_characters(
    journey: Journey, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with GuideApp(journey).run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        monkeypatch.setattr(pilot.app.console, "_color_system", None)
        shown(pilot, of((WHITE, BLACK), (WHITE, BLACK)))
        await settle(pilot)
        assert isinstance(pilot.app, GuideApp)
        lines = lines_of(pilot.app)
        assert not [line for line in lines if HALF in line]
        assert [line for line in lines if line.strip().startswith("@")]


async def test_no_color_leaves_only_greys(
    journey: Journey, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with GuideApp(journey).run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        shown(pilot, widest())
        await settle(pilot)
        for strip in pilot.app.screen._compositor.render_strips():
            for piece in filter(lambda each: each.text.strip(), strip):
                style = piece.style
                for colour in (style.color, style.bgcolor) if style else ():
                    assert colour
                    assert len({*colour.get_truecolor()}) == 1


def test_equal_neighbours_are_one_piece() -> None:
    (line,) = picture_lines(of((RED,) * 5, (BLUE,) * 5), 40)
    assert [text for text, _name in line] == [HALF * 5]


def test_a_smaller_one_is_the_mean_of_what_it_stands_for() -> None:
    (line,) = picture_lines(of((WHITE, BLACK, WHITE, BLACK)), 2)
    names = {name for _text, name in line}
    assert len(names) == 1
    colour = style_of_pixels(names.pop()).color
    assert colour
    assert colour.triplet == (127, 127, 127)


@pytest.mark.parametrize("width", range(1, 80, 7))
@pytest.mark.parametrize("shape", [(1, 1), (1, 48), (72, 1), (72, 48), (71, 47)])
def test_any_shape_fits_any_width(width: int, shape: tuple[int, int]) -> None:
    picture = of(*[(RED,) * shape[0]] * shape[1])
    for line in picture_lines(picture, width):
        assert sum(len(text) for text, _name in line) == min(width, shape[0])


@pytest.mark.parametrize("size", [(0, 1), (73, 1), (1, 49), (2, 2)])
def test_pixels_that_do_not_fit_are_no_picture(size: tuple[int, int]) -> None:
    with pytest.raises(ValueError, match="not a small picture"):
        Picture(width=size[0], height=size[1], pixels=b"\0" * 3)
    assert replace(of((RED,)), of=(9, 9)).of == (9, 9)
