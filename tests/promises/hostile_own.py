"""The screens of what a reader made or marked in the library. Not a test.

A checklist of their own holds the words that want to be obeyed, as if pasted; so do
the stars and bookmarks, whose titles are those of the pack.
"""

from __future__ import annotations

from guide.actions.journey import Journey
from tests.promises.hostile_pack import PACK
from tests.promises.hostile_rows import Surface, by_target
from tests.promises.hostile_world import Opened, Opener, World

_TITLE, _LINE = 120, 500  # characters, as many as they may have
_LESSON = f"pack:{PACK}/mail/passwords/beginner/s_a.md"


def a_list(*choices: str) -> Opener:
    """A checklist with two lines, then these rows chosen."""

    def opened(world: World, journey: Journey) -> Opened:
        journey.open("pack:!mine/new")
        for most in (_TITLE, _LINE, _LINE):
            journey.typed(world.said(most))
        for each in choices:
            _choose(journey, each)
        return None

    return opened


def marked(target: str, *choices: str) -> Opener:
    """A lesson with a star and a bookmark, then *target* and these rows of it."""

    def opened(world: World, journey: Journey) -> Opened:
        journey.open(_LESSON)
        if "Put a star on it" in [row.text for row in journey.sheet().rows]:
            journey.choose("star")
        journey.choose("bookmarks")
        marks = [row for row in journey.sheet().rows if row.value.startswith("here:")]
        if not marks[-1].on:
            journey.choose(marks[-1].value)
        journey.choose("go:")
        journey.open(target)
        for each in choices:
            _choose(journey, each)
        return None

    return opened


def _choose(journey: Journey, begins: str) -> None:
    rows = journey.sheet().rows
    journey.choose(next(row.value for row in rows if row.value.startswith(begins)))


OWN_THINGS = (
    Surface("own list, new", by_target(lambda w: "pack:!mine/new"), quiet=True),
    Surface("own list", a_list(), edits=True),
    Surface("own list, ticked", a_list("tick:"), edits=True),
    Surface("own list, lines", a_list("change")),
    Surface("own list, line", a_list("change", "line:"), edits=True),
    Surface("own list, name", a_list("rename"), edits=True),
    Surface("own list, removed", a_list("remove")),
    Surface("own list, copy", a_list("save-copy")),
    Surface("yours", marked("pack:!mine/all")),
    Surface("yours, taken away", marked("pack:!mine/all", "take")),
    Surface("yours in the library", marked("library")),
    Surface("bookmarks", marked(_LESSON, "bookmarks")),
)
