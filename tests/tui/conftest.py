"""Screens as text: what a reader sees, in a form a reviewer can read."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion
from syrupy.extensions.single_file import SingleFileSnapshotExtension, WriteMode

from guide.actions.desk import Desk
from guide.actions.journey import Journey
from guide.model.content import Library
from guide.tui.app import GuideApp
from tests.tui.screens import Size, fresh_desk, press, real_library, settle, text_of

SeesScreen = Callable[..., Awaitable[None]]


class ScreenFile(SingleFileSnapshotExtension):
    """One screen a file, as plain text."""

    _write_mode = WriteMode.TEXT
    file_extension = "txt"


@pytest.fixture(scope="session")
def library() -> Library:
    return real_library()


@pytest.fixture
def desk(library: Library) -> Desk:
    return fresh_desk(library)


@pytest.fixture
def journey(desk: Desk) -> Journey:
    return Journey(desk)


@pytest.fixture(autouse=True)
def _same_everywhere(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """One time zone, one folder, colours, and a reader who presses keys quickly."""
    monkeypatch.setenv("TZ", "UTC")
    time.tzset()
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setattr(Path, "cwd", lambda: Path("/media/stick"))
    monkeypatch.setattr(GuideApp, "TOO_SOON", 0.0)
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.fixture
def sees(snapshot: SnapshotAssertion) -> SeesScreen:
    """Press *keys*, then compare the screen with the one on file."""

    async def check(journey: Journey, *keys: str, size: Size) -> None:
        app = GuideApp(journey)
        async with app.run_test(size=size) as pilot:
            await settle(pilot)
            await press(pilot, *keys)
            seen = text_of(app)
        assert seen == snapshot(extension_class=ScreenFile)

    return check
