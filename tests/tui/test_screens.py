"""Every kind of screen looks like the one on file, in two sizes of window."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from guide.actions.desk import Desk
from guide.actions.journey import Journey
from tests.tui.conftest import SeesScreen
from tests.tui.screens import (
    MAIL,
    SMALL,
    USUAL,
    Size,
    at,
    at_check,
    at_form,
    at_message,
    at_the_plan,
    filled,
    finished,
    finishing,
)

Way = Callable[[Journey], object]


def opened(target: str) -> Way:
    return lambda journey: journey.open(target)


def on(page: str) -> Way:
    return lambda journey: at(journey, page)


def after(way: Way, *choices: str) -> Way:
    def go(journey: Journey) -> None:
        way(journey)
        for choice in choices:
            journey.choose(choice)

    return go


def message(name: str) -> Way:
    return lambda journey: at_message(journey, name)


SCREENS: dict[str, tuple[Way, tuple[str, ...]]] = {
    "home": (opened("home"), ()),
    "step": (on("s-log"), ()),
    "step, its checklist": (on("s-log"), ("end",)),
    "step, ticked and not for me": (
        after(on("s-log"), "what", "who", "who"),
        ("end",),
    ),
    "question, one answer": (on("q-device-safe"), ()),
    "question, many answers": (on("q-kinds"), ()),
    "question, many ticked": (after(on("q-kinds"), "calls", "posts"), ("end",)),
    "stop": (on("t-emergency"), ()),
    "stop, its end": (on("t-emergency"), ("end",)),
    "plan": (at_the_plan, ()),
    "plan, one thing": (after(at_the_plan, "one-thing"), ()),
    "reading": (opened("page:l-this-guide"), ()),
    "all pages": (opened("contents"), ()),
    "help lines": (opened("help-lines"), ()),
    "help lines, a country": (after(opened("help-lines"), "GB"), ()),
    "letters": (opened("letters"), ()),
    "letter, closed": (opened("letter:no-contact-notice"), ()),
    "letter, may reach": (at_check, ()),
    "letter, empty": (at_form, ()),
    "letter, filled": (filled, ()),
    "letter, its last blank": (filled, ("shift+tab",)),
    "letter, F2": (filled, ("f2",)),
    "letter, finish": (finishing, ()),
    "letter, wrong recipient": (finishing, ("x", "enter")),
    "letter, finished": (finished, ()),
    "letter, what to do with it": (finished, ("end",)),
    "letter, has it left": (after(finished, "sent"), ("end",)),
    "letter, sent": (after(finished, "sent", "sure"), ()),
    "letter, save": (after(finished, "save:pdf"), ()),
    "email": (opened("tool:mail"), ()),
    "email, no such file": (opened("tool:mail"), (*"none.eml", "enter")),
    "email, abuse desk": (after(at_message, "to:0"), ()),
    "search": (opened("search"), ()),
    "search, hits": (opened("search"), tuple("poli")),
    "search, no hits": (opened("search"), tuple("qqq")),
    "review": (after(at_the_plan), ("r",)),
    "help": (opened("keys"), ()),
    "commands": (opened("commands"), ()),
    "looks": (opened("home"), ("ctrl+p", "d")),
    "why": (on("q-device-safe"), ("w",)),
    "nothing ticked": (on("q-kinds"), ("n",)),
    "at the very first": (opened("home"), ("escape",)),
    "go to": (opened("home"), ("g",)),
}
for sample in sorted(path.stem for path in MAIL.glob("*.eml")):
    SCREENS[f"email, {sample}"] = (message(f"{sample}.eml"), ())
    SCREENS[f"email, {sample}, its end"] = (message(f"{sample}.eml"), ("end",))

SIZES = [pytest.param(USUAL, id="80x24"), pytest.param(SMALL, id="60x20")]


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("name", SCREENS)
async def test_a_screen_is_the_one_on_file(
    journey: Journey, sees: SeesScreen, name: str, size: Size
) -> None:
    way, keys = SCREENS[name]
    way(journey)
    await sees(journey, *keys, size=size)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize(
    "keys",
    [
        pytest.param((), id="1 watched"),
        pytest.param(("2", "enter"), id="2 safer device"),
        pytest.param(("3", "enter"), id="3 look"),
        pytest.param(("3", "enter", "n"), id="4 leaving"),
    ],
)
async def test_the_first_minute_is_the_one_on_file(
    desk: Desk, sees: SeesScreen, keys: tuple[str, ...], size: Size
) -> None:
    await sees(Journey(desk, first_run=True), *keys, size=size)
