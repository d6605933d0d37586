"""What the keys and the mouse do, everywhere and inside a line of text."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from textual.pilot import Pilot
from textual.widgets import Input, TextArea

from guide.actions.journey import Journey
from guide.tui.app import GuideApp
from guide.tui.bars import Footer, hint
from guide.tui.page_view import PageView
from tests.tui.screens import (
    MAIL,
    SMALL,
    TINY,
    USUAL,
    WIDE,
    Size,
    after,
    at,
    at_form,
    at_the_plan,
    filled,
    finished,
    finishing,
    paste,
    press,
    settle,
    text_of,
)


@asynccontextmanager
async def showing(journey: Journey, size: Size = USUAL) -> AsyncIterator[Pilot[int]]:
    """The interface over *journey*, drawn and ready for keys."""
    async with GuideApp(journey).run_test(size=size) as pilot:
        await settle(pilot)
        yield pilot


def app_of(pilot: Pilot[int]) -> GuideApp:
    assert isinstance(pilot.app, GuideApp)
    return pilot.app


def row_of(pilot: Pilot[int]) -> str:
    row = app_of(pilot).page.row
    return row.value if row else ""


async def test_escape_goes_back_and_never_quits(journey: Journey) -> None:
    journey.open("letters")
    journey.open("contents")
    async with showing(journey) as pilot:
        names = []
        for _press in range(4):
            app_of(pilot).action_step_back()
            await settle(pilot)
            names.append(journey.sheet().name)
        assert names == ["letters", "home", "home", "home"]
        assert "This is the first screen." in text_of(app_of(pilot))
        assert app_of(pilot).is_running


async def test_backspace_goes_back_outside_a_line_of_text(journey: Journey) -> None:
    journey.open("letters")
    async with showing(journey) as pilot:
        await press(pilot, "backspace")
        assert journey.sheet().name == "home"


async def test_backspace_in_a_line_deletes_and_stays(journey: Journey) -> None:
    journey.open("search")
    async with showing(journey) as pilot:
        await press(pilot, "a", "b", "backspace", "backspace", "backspace")
        assert pilot.app.query_one(Input).value == ""
        assert journey.sheet().name == "search"


@pytest.mark.parametrize("where", ["search", "tool:mail"])
async def test_letters_typed_on_a_line_are_no_commands(
    journey: Journey, where: str
) -> None:
    typed = "rwygnjkhl/?!123 "
    journey.open(where)
    name = journey.sheet().name
    async with showing(journey) as pilot:
        await press(pilot, *typed)
        assert pilot.app.query_one(Input).value == typed
        assert journey.sheet().name == name


async def test_letters_typed_into_a_letter_are_no_commands(journey: Journey) -> None:
    async with showing(at_form(journey)) as pilot:
        blank = pilot.app.query_one("#f-what_happened", TextArea)
        blank.focus()
        await press(pilot, *"frwgh12 ")
        assert blank.text == "frwgh12 "
        assert journey.sheet().form


async def test_a_digit_goes_to_its_row_and_enter_chooses_it(journey: Journey) -> None:
    async with showing(after(journey, "messages", "next")) as pilot:
        await press(pilot, "2")
        assert row_of(pilot) == "no"
        await press(pilot, "enter")
        assert journey.sheet().name == "q-device-safe"


@pytest.mark.parametrize(
    ("keys", "row"),
    [
        pytest.param(("down", "down"), "threats", id="arrows"),
        pytest.param(("j", "j", "k"), "calls", id="j and k"),
        pytest.param(("end",), "skipped", id="end"),
        pytest.param(("end", "home"), "messages", id="home"),
        pytest.param(("up",), "messages", id="up at the top"),
    ],
)
async def test_the_cursor_moves_by_rows(
    journey: Journey, keys: tuple[str, ...], row: str
) -> None:
    async with showing(at(journey, "q-kinds")) as pilot:
        await press(pilot, *keys)
        assert row_of(pilot) == row


async def test_space_ticks_a_box_that_is_seen(journey: Journey) -> None:
    async with showing(at(journey, "q-kinds")) as pilot:
        await press(pilot, "space")
        assert "> [x] 1" in text_of(app_of(pilot))
        await press(pilot, "space")
        assert "> [ ] 1" in text_of(app_of(pilot))


async def test_space_reads_on_where_no_box_is_seen(journey: Journey) -> None:
    async with showing(at(journey, "start-welcome")) as pilot:
        top = app_of(pilot).page.scroll_offset.y
        await press(pilot, "space")
        assert app_of(pilot).page.scroll_offset.y > top
        assert not journey.desk.vault.ticks("start-welcome")


async def test_enter_on_a_row_further_down_reads_on_first(journey: Journey) -> None:
    """Nothing is chosen or ticked that was not on the screen."""
    async with showing(after(journey, "messages", "next", "yes"), SMALL) as pilot:
        page = app_of(pilot).page
        assert hint(page) == "Read on"
        tops = [page.scroll_offset.y]
        while hint(page) == "Read on":
            await press(pilot, "enter")
            tops.append(page.scroll_offset.y)
            assert journey.sheet().name == "t-emergency"
            assert 0 < tops[-1] - tops[-2] < SMALL[1]
        await press(pilot, "enter")
        assert journey.sheet().name == "q-device-safe"


async def test_page_down_and_up(journey: Journey) -> None:
    async with showing(at(journey, "t-emergency")) as pilot:
        page = app_of(pilot).page
        await press(pilot, "pagedown")
        assert page.scroll_offset.y > 0
        await press(pilot, "pageup")
        assert page.scroll_offset.y == 0


@pytest.mark.parametrize(
    ("letter", "name"),
    [("h", "home"), ("p", "h-plan"), ("l", "letters"), ("a", "contents")],
)
async def test_g_and_a_letter_go_there(
    journey: Journey, letter: str, name: str
) -> None:
    at_the_plan(journey).open("help-lines")
    journey.choose("GB")
    async with showing(journey) as pilot:
        await press(pilot, "g", letter)
        assert journey.sheet().name == name


async def test_a_letter_does_one_thing_only(journey: Journey) -> None:
    """In the list of commands r is a row, and everywhere it is a key."""
    async with showing(journey) as pilot:
        await press(pilot, "ctrl+p", "r")
        assert journey.sheet().name == "review"
        await press(pilot, "backspace")
        assert journey.sheet().name == "commands"


async def test_g_takes_the_next_letter_for_itself(journey: Journey) -> None:
    async with showing(journey) as pilot:
        await press(pilot, "g", "r")
        assert journey.sheet().name == "home"


async def test_a_click_on_a_row_chooses_it(journey: Journey) -> None:
    async with showing(after(journey, "messages", "next")) as pilot:
        lines = text_of(app_of(pilot)).split("\n")
        y = next(n for n, line in enumerate(lines) if "( ) 2" in line)
        await pilot.click(offset=(6, y))
        await settle(pilot)
        assert journey.sheet().name == "q-device-safe"


@pytest.mark.parametrize(
    ("word", "name"),
    [("Help", "keys"), ("Esc Back", "letters"), ("Enter Open", "s-notice-not-now")],
)
async def test_a_click_on_a_word_of_the_footer(
    journey: Journey, word: str, name: str
) -> None:
    journey.open("letters")
    journey.open("letter:no-contact-notice")
    async with showing(journey) as pilot:
        line = text_of(app_of(pilot)).rstrip().split("\n")[-1]
        await pilot.click(offset=(line.index(word) + 1, USUAL[1] - 1))
        await settle(pilot)
        assert journey.sheet().name == name


async def test_search_follows_every_key(journey: Journey) -> None:
    journey.open("search")
    async with showing(journey) as pilot:
        await press(pilot, "q", "q")
        assert "No page has these words." in text_of(app_of(pilot))
        await press(pilot, "backspace", "backspace", *"police")
        assert "20 of " in text_of(app_of(pilot))


async def test_search_opens_what_was_found_last(journey: Journey) -> None:
    """Also when Enter comes before the list has caught up."""
    journey.open("search")
    async with showing(journey) as pilot:
        await press(pilot, *"police")
        pilot.app.query_one(Input).value = "crisis"
        await pilot.press("enter")
        await settle(pilot)
        opened = journey.sheet().name
        await press(pilot, "escape")
        assert f"page:{opened}" == journey.sheet().rows[0].value


async def test_tab_goes_from_the_line_to_the_rows_and_back(journey: Journey) -> None:
    journey.open("tool:mail")
    async with showing(journey) as pilot:
        assert "  1 Read" in text_of(app_of(pilot))
        await press(pilot, "tab")
        assert isinstance(pilot.app.focused, PageView)
        assert "> 1 Read" in text_of(app_of(pilot))
        assert "Enter Open" in text_of(app_of(pilot))
        await press(pilot, "tab")
        assert isinstance(pilot.app.focused, Input)
        assert "> 1 Read" not in text_of(app_of(pilot))


@pytest.mark.parametrize("sizes", [(SMALL, USUAL), (WIDE, TINY), (TINY, WIDE)])
async def test_a_new_size_loses_nothing_typed(
    journey: Journey, sizes: tuple[Size, Size]
) -> None:
    async with showing(at_form(journey)) as pilot:
        pilot.app.query_one("#f-sign_name").focus()
        await press(pilot, "a", "b")
        for size in sizes:
            await pilot.resize_terminal(*size)
            await settle(pilot)
        await press(pilot, "c")
        assert pilot.app.query_one("#f-sign_name", Input).value == "abc"
        assert journey.desk.vault.fields()["sign_name"] == "abc"


async def test_f2_shows_the_letter_and_comes_back_to_the_same_blank(
    journey: Journey,
) -> None:
    async with showing(filled(journey), SMALL) as pilot:
        pilot.app.query_one("#f-reply_address").focus()
        await press(pilot, "f2")
        assert "To the abuse team at Gmail," in text_of(app_of(pilot))
        assert "F2 Fill in" in text_of(app_of(pilot))
        await press(pilot, "f2")
        assert pilot.app.focused
        assert pilot.app.focused.id == "f-reply_address"


async def test_a_window_made_wide_while_the_letter_is_shown(journey: Journey) -> None:
    async with showing(filled(journey), SMALL) as pilot:
        await press(pilot, "f2")
        await pilot.resize_terminal(*USUAL)
        await settle(pilot)
        assert "Check it and finish" in text_of(app_of(pilot))
        assert "To the abuse team" in text_of(app_of(pilot))


async def test_tab_walks_every_blank_and_ends_at_the_buttons(journey: Journey) -> None:
    async with showing(at_form(journey), SMALL) as pilot:
        form = journey.sheet().form
        assert form
        met = []
        for _tab in range(len(form.fields) + 2):
            focused = pilot.app.focused
            assert focused
            met.append(focused.id)
            assert focused.region.bottom <= pilot.app.query_one("#why").region.y
            await press(pilot, "tab")
        assert {f"f-{field.id}" for field in form.fields} <= {*met}
        assert "buttons" in met


async def test_a_date_nobody_can_read_is_said_when_the_blank_is_left(
    journey: Journey,
) -> None:
    async with showing(at_form(journey)) as pilot:
        pilot.app.query_one("#f-first_date").focus()
        await press(pilot, *"soon", "tab")
        assert "2026-03-09" in text_of(app_of(pilot))
        assert pilot.app.query_one("#f-first_date", Input).value == "soon"


async def test_y_copies_what_the_sheet_says(journey: Journey) -> None:
    async with showing(finished(journey)) as pilot:
        await press(pilot, "y")
        assert pilot.app.clipboard == journey.sheet().copy_text
        assert "Copied, if your terminal allows it." in text_of(app_of(pilot))


async def test_y_says_when_there_is_nothing_to_copy(journey: Journey) -> None:
    async with showing(journey) as pilot:
        await press(pilot, "y")
        assert pilot.app.clipboard == ""
        assert "There is nothing to copy" in text_of(app_of(pilot))


async def test_a_second_press_in_fright_chooses_nothing(
    journey: Journey, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It was meant for the page before; nobody has read the new one yet."""
    monkeypatch.setattr(GuideApp, "TOO_SOON", 60.0)
    async with showing(after(journey, "messages", "next", "no")) as pilot:
        await press(pilot, "2", "enter", "enter", "enter")
        assert journey.sheet().name == "q-who-you-are"


async def test_a_second_press_in_fright_saves_no_file(
    journey: Journey, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(GuideApp, "TOO_SOON", 60.0)
    async with showing(finished(journey)) as pilot:
        await press(pilot, "end", "1", "enter", "enter")
        assert journey.sheet().name == "save"
        assert "not written" not in text_of(app_of(pilot))


async def test_ticking_quickly_is_never_too_soon(
    journey: Journey, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(GuideApp, "TOO_SOON", 60.0)
    async with showing(at(journey, "q-kinds")) as pilot:
        await press(pilot, "1", "space", "2", "space", "3", "space")
        assert text_of(app_of(pilot)).count("[x]") == 3


async def test_a_line_asked_for_and_left_at_once_does_not_come_after_all(
    journey: Journey,
) -> None:
    async with showing(journey) as pilot:
        app = app_of(pilot)
        for target in ("search", "tool:mail", "search"):
            app.action_open(target)
        for _screen in range(3):
            app.action_step_back()
        await settle(pilot)
        assert not pilot.app.query("#entry")
        assert pilot.app.focused is app.page


async def test_two_lines_in_a_row_leave_one(journey: Journey) -> None:
    async with showing(journey) as pilot:
        app = app_of(pilot)
        app.action_open("search")
        await settle(pilot)
        app.action_open("tool:mail")
        app.action_open("search")
        await settle(pilot)
        assert len(pilot.app.query("#entry")) == 1
        assert pilot.app.focused is pilot.app.query_one(Input)


@pytest.mark.parametrize("size", [USUAL, SMALL, TINY, WIDE])
@pytest.mark.parametrize(
    "way", [Journey.sheet, finishing, filled, finished, at_the_plan]
)
async def test_the_way_out_is_first_in_a_short_footer(
    journey: Journey, way: object, size: Size
) -> None:
    assert callable(way)
    way(journey)
    async with showing(journey, size) as pilot:
        footer = str(pilot.app.query_one(Footer).content)
        assert footer.startswith("^q Leave now  ")
        assert len(footer) <= 55
        assert len(footer.split("  ")) <= 5


async def test_a_saved_email_opens_from_its_typed_name(journey: Journey) -> None:
    journey.open("tool:mail")
    async with showing(journey) as pilot:
        await paste(pilot, f"'{MAIL / 'forged_bank.eml'}' ")
        await press(pilot, "enter")
        assert journey.sheet().name == "trace"
        assert pilot.app.focused is app_of(pilot).page


async def test_single_letters_can_be_turned_off(journey: Journey) -> None:
    """Then no letter acts, and each function key beside one still does."""
    app = GuideApp(journey, letters=False)
    async with app.run_test(size=USUAL) as pilot:
        await settle(pilot)
        await press(pilot, "r", "w", "slash", "exclamation_mark", "l", "g", "h", "j")
        assert journey.sheet().name == "home"
        assert app.page.row == journey.sheet().rows[0]
        for key, name in [("f3", "search"), ("escape", "home"), ("f7", "review")]:
            await press(pilot, key)
            assert journey.sheet().name == name


async def test_each_letter_has_a_function_key(journey: Journey) -> None:
    async with showing(journey) as pilot:
        for key, name in [("f6", "help-lines"), ("f1", "keys")]:
            await press(pilot, key)
            assert journey.sheet().name == name
