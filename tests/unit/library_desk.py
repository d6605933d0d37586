"""A desk beside which a small pack was added, and a reader who walks through it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from guide.actions.desk import Desk
from guide.actions.journey import Journey
from guide.actions.packs import add_pack, read_pack
from guide.model.sheet import Sheet
from tests.plain.talking import a_desk
from tests.unit.small_packs import UMBRELLA, Files, as_folder


@pytest.fixture(autouse=True)
def portable(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GUIDE_HOME", str(tmp_path / "home"))


def added(tmp_path: Path, files: Files = UMBRELLA, name: str = "lessons") -> Desk:
    """A desk beside which one pack was added."""
    opened = read_pack(str(as_folder(tmp_path / name, files)), name)
    add_pack(opened)
    return a_desk()


def opened_at(desk: Desk, target: str) -> Journey:
    journey = Journey(desk)
    journey.open(target)
    return journey


def chosen(journey: Journey, *texts: str) -> Sheet:
    """The sheet after choosing the rows that begin with *texts*, one by one."""
    for text in texts:
        rows = journey.sheet().rows
        journey.choose(next(r.value for r in rows if r.text.startswith(text)))
    return journey.sheet()


def texts(sheet: Sheet) -> list[str]:
    return [row.text for row in sheet.rows]


def words(sheet: Sheet) -> str:
    return "\n".join(block.text for block in sheet.blocks)


def every_sheet(journey: Journey) -> Iterator[Sheet]:
    """Every screen of the packs that choosing can lead to."""
    waiting, seen = ["library"], {"library"}
    while waiting:
        journey.open(waiting.pop())
        sheet = journey.sheet()
        yield sheet
        waiting += [
            row.value
            for row in sheet.rows
            if row.value.startswith("pack:") and row.value not in seen
        ]
        seen |= {row.value for row in sheet.rows}
