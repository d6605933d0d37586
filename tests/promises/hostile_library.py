"""The screens of lessons that somebody else wrote, with a pack that means harm.

Not a test.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from guide.actions.journey import Journey
from guide.actions.packs import kept_at
from guide.model.sheet import Sheet
from tests.promises.hostile_own import OWN_THINGS
from tests.promises.hostile_pack import PACK
from tests.promises.hostile_rows import Surface, by_choices, by_target
from tests.promises.hostile_world import Opened, Opener, World, finish_work


def at(path: str = "", *texts: str) -> Opener:
    """The screen of *path* in the pack, then the rows that begin like *texts*."""

    def opened(world: World, journey: Journey) -> Opened:
        journey.open(f"pack:{PACK}/{path}" if path else f"pack:{PACK}")
        for text in texts:
            journey.choose(row_of(journey.sheet(), text))
        return None

    return opened


def row_of(sheet: Sheet, text: str) -> str:
    """The first row whose value holds *text*."""
    found = [row.value for row in sheet.rows if text in row.value]
    assert found, (text, sheet.rows)
    return found[0]


def looked_up(world: World, journey: Journey) -> Opened:
    """A word that is not there, typed in the glossary."""
    journey.open(f"pack:{PACK}/!words")
    journey.typing(world.said())
    return None


def filled_in(*texts: str) -> Opener:
    """A form with such an answer in it, then the rows that begin like *texts*."""

    def opened(world: World, journey: Journey) -> Opened:
        at(_FORM, "fill")(world, journey)
        journey.typed(world.said(9000))  # a form takes no more than 20,000
        journey.open(f"pack:{PACK}/{_FORM}")
        for text in texts:
            journey.choose(row_of(journey.sheet(), text))
        return None

    return opened


def saved(world: World, journey: Journey) -> Opened:
    """In a folder with such a name."""
    at(_FORM, "save-copy", "save:txt")(world, journey)
    journey.typed((world.new_folder() / "form").as_uri())
    return None


def picture(world: World, journey: Journey) -> Opened:
    """A picture of a lesson, drawn."""
    at(f"{_LEVEL}/s_a.md", "draw:")(world, journey)
    finish_work(journey)
    return None


def found(*choices: str) -> Opener:
    """A word that stands in every lesson, then these rows chosen."""

    def opened(world: World, journey: Journey) -> Opened:
        journey.open("search")
        journey.typing("ordinary")
        journey.typed("ordinary")
        for each in choices:
            journey.choose(each)
        return None

    return opened


def found_within(world: World, journey: Journey) -> Opened:
    """A word that stands in every lesson, in one of them."""
    at(f"{_LEVEL}/s_a.md", "lesson-find")(world, journey)
    journey.typing("ordinary")
    return None


def came_back(world: World, journey: Journey) -> Opened:
    """From a page in the middle of a lesson, so that it can be gone on with."""
    at(f"{_LEVEL}/s_a.md", "lesson-contents", "jump:")(world, journey)
    journey.choose(row_of(journey.sheet(), "next"))
    journey.back()
    journey.open(f"pack:{PACK}/{_LEVEL}/s_b.md")
    return None


def looked_at(place: Callable[[World], Path]) -> Opener:
    """What is said of the lessons at *place*, before they are added."""

    def opened(world: World, journey: Journey) -> Opened:
        journey.open("packs")
        journey.choose("add")
        journey.typed(place(world).as_uri())
        finish_work(journey)
        return None

    return opened


_LEVEL = "mail/passwords/beginner"
_FORM = "forms/f_a.yml"
LESSONS = (
    Surface("library", by_target(lambda w: "library")),
    Surface("pack", at()),
    Surface("pack, module", at("mail")),
    Surface("pack, subject", at("mail/passwords")),
    Surface("pack, level", at(_LEVEL)),
    Surface("pack, lesson", at(f"{_LEVEL}/s_a.md")),
    Surface("pack, lesson, next page", at(f"{_LEVEL}/s_a.md", "next")),
    Surface("pack, lesson without a title", at("mail/s_untitled.md")),
    Surface("pack, link to nothing", at(f"{_LEVEL}/s_a.md", "/?umbrella")),
    Surface("pack, picture", picture),
    Surface("pack, checklist", at(f"{_LEVEL}/c_a.yml")),
    Surface("pack, checklist, ticked", at(f"{_LEVEL}/c_a.yml", "tick:")),
    Surface("pack, words", at("!words")),
    Surface("pack, word looked up", looked_up, edits=True),
    Surface("pack, forms", at("forms")),
    Surface("pack, form", at(_FORM)),
    Surface("pack, form, filled", filled_in()),
    Surface("pack, form, emptied", filled_in("empty")),
    Surface("pack, form, item", at(_FORM, "fill"), edits=True),
    Surface("pack, form, copy", at(_FORM, "save-copy")),
    Surface("pack, form, where", at(_FORM, "save-copy", "save:txt"), edits=True),
    Surface("pack, form, saved", saved),
    Surface("search, by others", found()),
    Surface("search, where", found("filters")),
    Surface("pack, lesson, contents", at(f"{_LEVEL}/s_a.md", "lesson-contents")),
    Surface("pack, lesson, jumped", at(f"{_LEVEL}/s_a.md", "lesson-contents", "jump:")),
    Surface("pack, lesson, find", found_within, edits=True),
    Surface("pack, lesson, come back from", came_back),
    *OWN_THINGS,
    Surface("packs", by_target(lambda w: "packs")),
    Surface("packs, one", by_choices("packs", f"one:{PACK}")),
    Surface("packs, one that does not open", by_choices("packs", "one:broken")),
    Surface("packs, removing", by_choices("packs", f"one:{PACK}", "remove")),
    Surface("packs, adding", by_choices("packs", "add"), quiet=True),
    Surface("packs, looked at", looked_at(lambda w: w.lessons)),
    Surface("packs, here already", looked_at(lambda w: kept_at(PACK))),
    Surface("width", by_target(lambda w: "width"), quiet=True),
)
