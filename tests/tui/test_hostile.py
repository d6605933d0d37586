"""Text that wants to be obeyed is only text, and a fault says no value."""

from __future__ import annotations

import io
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Input, TextArea

from guide.actions.journey import Journey
from guide.safety.display import FORBIDDEN
from guide.tui.app import GuideApp
from tests.tui.screens import (
    USUAL,
    at_form,
    finished,
    finishing,
    lines_of,
    paste,
    press,
    settle,
    text_of,
)

TUI = Path(__file__).parents[2] / "guide" / "tui"
SECRET = "CANARY-in-an-exception"  # noqa: S105  what a crash must not print
PASTES = {
    "escape codes": "\x1b]0;owned\x07\x1b[2J\x1b[31mred\x9b31m",
    "markup": "[b]x[/b] [/x] [@click=app.bell]press[/] [link=file:///]y",
    "bidi": "invoice\u202egnp.exe \u2066\u2069\u200b\ufeff",
    "controls": "\x00\x01\x08\x7f\x85\u2028",
    "halves": "\ud800 \udcff",
    "marks": "e" + "\u0301" * 500,
    "wide": "\u6f22\u5b57" * 300 + "\U0001f9d1\u200d\U0001f9b0",
    "templates": "{{ 7*7 }} {% for x in y %} %s {0}",
    "lines": "one\r\ntwo\nthree",
    "very long": "a" * 100_000,
}


def opened(target: str) -> Callable[[Journey], object]:
    return lambda journey: journey.open(target)


def saving(journey: Journey) -> None:
    finished(journey).choose("save:txt")


LINES: dict[str, tuple[Callable[[Journey], object], str]] = {
    "search": (opened("search"), "#typed"),
    "email": (opened("tool:mail"), "#typed"),
    "recipient": (finishing, "#typed"),
    "save": (saving, "#typed"),
    "blank": (at_form, "#f-provider_name"),
    "address": (at_form, "#f-reply_address"),
    "date": (at_form, "#f-first_date"),
    "longer": (at_form, "#f-what_happened"),
}


def assert_clean(app: GuideApp) -> None:
    forbidden = [line for line in lines_of(app) if FORBIDDEN.search(line)]
    assert not forbidden


@pytest.mark.parametrize("text", PASTES.values(), ids=PASTES)
@pytest.mark.parametrize("line", LINES)
async def test_whatever_is_pasted_is_text(
    journey: Journey,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    line: str,
    text: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    way, blank = LINES[line]
    way(journey)
    rung: list[bool] = []
    monkeypatch.setattr(GuideApp, "bell", lambda _app: rung.append(True))
    async with GuideApp(journey).run_test(size=USUAL) as pilot:
        await settle(pilot)
        entry = pilot.app.query_one(blank)
        entry.focus()
        assert isinstance(entry, Input | TextArea)
        entry.clear()
        await paste(pilot, text)
        assert_clean(await here(pilot))
        await press(pilot, "tab" if isinstance(entry, TextArea) else "enter")
        assert_clean(await here(pilot))
        await pilot.click(offset=(8, 12))
        await settle(pilot)
        assert_clean(await here(pilot))
        assert pilot.app.is_running
    assert not rung
    assert line == "save" or not list(tmp_path.iterdir())


async def here(pilot: Pilot[int]) -> GuideApp:
    await settle(pilot)
    assert isinstance(pilot.app, GuideApp)
    return pilot.app


async def test_a_refused_line_stays_as_it_was_typed(journey: Journey) -> None:
    finishing(journey)
    async with GuideApp(journey).run_test(size=USUAL) as pilot:
        await settle(pilot)
        await paste(pilot, "[b]x[/b]")
        await press(pilot, "enter")
        assert pilot.app.query_one(Input).value == "[b]x[/b]"
        assert "That is not who the letter is to." in text_of(await here(pilot))
        assert journey.sheet().name == "finish"


async def test_markup_is_shown_as_it_was_typed(journey: Journey) -> None:
    """In the blank, in the letter beside it, and in what is said below."""
    async with GuideApp(at_form(journey)).run_test(size=USUAL) as pilot:
        await settle(pilot)
        blank = pilot.app.query_one("#f-provider_name", Input)
        blank.focus()
        blank.clear()
        await paste(pilot, "[b]x[/b]")
        assert text_of(await here(pilot)).count("[b]x[/b]") >= 2


def test_no_widget_reads_markup() -> None:
    """A Static or Label reads square brackets unless it is told not to."""
    for path in TUI.glob("*.py"):
        source = path.read_text("utf-8")
        for name in ("Static(", "Label("):
            for part in source.replace(f"class Footer({name}", "").split(name)[1:]:
                if not part.startswith(("can_focus", ")")):
                    assert "markup=False" in part.split("\n\n")[0], path.name
    bars = (TUI / "bars.py").read_text("utf-8")
    assert 'super().__init__("", id=id, markup=False)' in bars


@pytest.mark.parametrize("key", ["enter", "n"])
async def test_a_fault_prints_its_place_and_no_value(
    journey: Journey, monkeypatch: pytest.MonkeyPatch, key: str
) -> None:
    secret = SECRET

    def fails(value: str) -> None:
        raise KeyError(secret, value)

    monkeypatch.setattr(journey, "choose", fails)
    journey.open("looks")
    app = GuideApp(journey)
    said = io.StringIO()
    with redirect_stderr(said), redirect_stdout(said), pytest.raises(KeyError):
        async with app.run_test(size=USUAL) as pilot:
            await settle(pilot)
            await press(pilot, key)
    assert app.return_code == 1
    reports = [str(each) for each in app._exit_renderables]
    report = "".join([*reports, said.getvalue()])
    assert "KeyError" in report
    assert ".py:" in report
    assert SECRET not in report
    assert "Traceback" not in report
    assert "secret" not in report
