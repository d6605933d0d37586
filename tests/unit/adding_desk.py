"""Lessons that somebody was handed, and a reader who adds them inside the guide."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from guide.actions.journey import Journey
from guide.model.sheet import Sheet
from guide.model.text import copy_line
from tests.promises.hostile_world import finish_work
from tests.unit.library_desk import chosen
from tests.unit.small_packs import OWN, Files

NEWER: Files = {
    **OWN,
    "pack.toml": str(OWN["pack.toml"]).replace("2026-11", "2027-01"),
    "en/learn/l-new.md": "---\ntitle: New here\nkind: page\n---\nNew words.\n",
}
OF_ANOTHER: Files = {
    **OWN,
    "pack.toml": str(OWN["pack.toml"]).replace("A group", "Somebody else"),
}


def at_the_line(journey: Journey) -> Journey:
    """At the line for the folder, by the way that is always there."""
    journey.open("commands")
    chosen(journey, "Add or remove lessons", "Add lessons")
    return journey


def looked_at(journey: Journey, place: Path | str) -> Sheet:
    """What the guide says of the lessons at *place*, before anything is added."""
    at_the_line(journey)
    journey.typed(str(place))
    finish_work(journey)
    return journey.sheet()


def added_inside(journey: Journey, place: Path | str) -> Sheet:
    """The screen after adding them."""
    looked_at(journey, place)
    return finished(journey, "Add these lessons")


def finished(journey: Journey, *texts: str) -> Sheet:
    """The screen after choosing these rows and whatever they began."""
    chosen(journey, *texts)
    finish_work(journey)
    return journey.sheet()


def said(sheet: Sheet) -> str:
    """All that stands on a screen above its rows."""
    return "\n".join(copy_line(block) for block in sheet.blocks)


def everything_in(folder: Path) -> Mapping[str, bytes | None]:
    """Every file beneath *folder*, byte for byte, and every folder."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        if path.is_file()
        else None
        for path in folder.rglob("*")
    }
