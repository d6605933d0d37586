"""The promise: no text from outside is obeyed, on any screen of either front end.

Every screen there is comes up in a real terminal with hostile words in every field,
and the terminal is sent nothing that the front ends would not send by themselves.
"""

from __future__ import annotations

import ast
import importlib
import inspect
import os
import pkgutil
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from guide.actions import places
from guide.actions.journey import Journey
from guide.actions.places import record, targets
from guide.actions.places.place import Place
from guide.safety.display import FORBIDDEN
from tests.promises.hostile_places import FIXED, SURFACES
from tests.promises.hostile_pty import TALL, WIDE, screens, tour
from tests.promises.hostile_rows import Surface
from tests.promises.hostile_world import World
from tests.promises.payloads import (
    ESCAPES,
    FEWEST,
    MARK,
    PAYLOADS,
    Words,
    made_visible,
    swallowed,
)
from tests.promises.terminal_stream import copied_in, text_in

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs a pty")
# What acts, with something after it: half a sequence could be the start of ours.
_WHOLE = re.compile(rf"{FORBIDDEN.pattern}.{{2}}", re.DOTALL)
# Rooms that are being built, and have no row so far.
OWED: tuple[str, ...] = ()
OTHER_NAMES = {"tool:doctor": "another name of doctor"}
_LONGEST = 50_000
MODES = ("tui", "plain")
ENDLESS = (
    *(
        "incident",
        "contact",
        "person",
        "timeline",
        "evidence",
        "file, txt",
        "inside, txt",
    ),
    *("message", "letter, form", "letter, finished", "people", "bin", "files, found"),
)
ALONE = [
    pytest.param(number, 1, id=name, marks=pytest.mark.long)
    for number, name in enumerate(PAYLOADS)
]
ALL = pytest.param(0, len(PAYLOADS) - 1, id="all but the long one")


@dataclass(frozen=True, slots=True)
class Opened:
    """The screen on top, and the names that were asked for on the way to it."""

    place: Place
    asked: tuple[str, ...]


@pytest.mark.parametrize(("first", "count"), [ALL, *ALONE])
@pytest.mark.parametrize("mode", MODES)
def test_no_screen_obeys_what_it_shows(
    tmp_path: Path, mode: str, first: int, count: int
) -> None:
    sent, code = tour(mode, tmp_path, first, count)
    assert_nothing_acts(sent, code, mode, first, count)


@pytest.mark.parametrize("mode", MODES)
def test_no_screen_obeys_a_line_without_an_end(tmp_path: Path, mode: str) -> None:
    number = len(PAYLOADS) - 1
    sent, code = tour(mode, tmp_path, number, 1, *ENDLESS)
    assert_nothing_acts(sent, code, mode, number, 1, ENDLESS)


def assert_nothing_acts(
    sent: bytes,
    code: int,
    mode: str,
    first: int,
    count: int,
    only: tuple[str, ...] = (),
) -> None:
    payloads = list(PAYLOADS.values())[first : first + count]
    assert code == 0, sent[-2000:]
    text = text_in(sent, (WIDE, TALL) if mode == "tui" else (0, 0))
    assert "Traceback" not in text
    for each in filter(_WHOLE.search, payloads):
        assert each.encode("utf-8", "surrogatepass") not in sent
    shown = screens(text, before=mode == "plain")
    assert_each_is_shown(shown, payloads, only, heard=mode == "plain")
    for copied in copied_in(sent):
        assert not FORBIDDEN.search(copied.replace("\n", ""))


def assert_each_is_shown(
    shown: dict[str, str], payloads: list[str], only: tuple[str, ...], *, heard: bool
) -> None:
    """What acts is made visible and not only taken away; or nothing was tested.

    What is *heard* comes screen by screen; what is drawn may overlap a little. One
    alone does not fit everywhere (no NUL in a name, no bell in a text): then the mark
    before it has to be there, and on many screens the payload itself.
    """
    visible, gone = made_visible(payloads), swallowed(payloads)
    wrong: dict[str, object] = {}
    alone = len(payloads) == 1 and not only
    longest = max(map(len, payloads))
    if alone:
        shows = [
            name for name, there in shown.items() if any(x in there for x in visible)
        ]
        # No file and no database can hold a half: it comes in where words are typed.
        part = 8 if any("\ud800" <= sign <= "\udfff" for sign in payloads[0]) else 6
        assert len(shows) > len(SURFACES) // part, sorted(shows)
        visible = visible | {MARK}
    for each in SURFACES:
        if (only and each.name not in only) or (each.short and longest > _LONGEST):
            continue
        there = shown[each.name]
        if each.quiet and MARK in there and heard:
            wrong[each.name] = "shows it"
        elif silently := [x for x in gone if x in there and not each.edits]:
            wrong[each.name] = silently
        elif not (each.quiet or each.edits or any(x in there for x in visible)):
            wrong[each.name] = "nothing is made visible"
    assert not wrong, wrong


def test_there_are_enough_payloads() -> None:
    assert len(ESCAPES) >= FEWEST
    assert all(FORBIDDEN.search(each) for each in ESCAPES.values())


def place_classes() -> Iterator[type[Place]]:
    """Every kind of screen that is programmed."""
    for module in pkgutil.iter_modules(places.__path__, f"{places.__name__}."):
        loaded = importlib.import_module(module.name)
        for name, found in inspect.getmembers(loaded, inspect.isclass):
            mine = found.__module__ == module.name and not name.startswith("_")
            if mine and issubclass(found, Place) and found is not Place:
                yield found


def names_of(source: object) -> set[str]:
    """Every name and kind of a target in a function: what it looks up or matches."""
    tree = ast.parse(inspect.getsource(source))  # type: ignore[arg-type]  # a module
    found = set()
    for node in ast.walk(tree):
        match node:
            case ast.Dict(keys=keys):
                found |= {each.value for each in keys if isinstance(each, ast.Constant)}
            case ast.MatchValue(value=ast.Constant(value=value)):
                found.add(value)
    return {each for each in found if isinstance(each, str)}


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Opened]]:
    """What each row opens: the screens on top of each other, and the names asked for.

    In this process, which is left in the folder that it was in.
    """
    before, environment = Path.cwd(), dict(os.environ)
    world = World(Words([*ESCAPES.values()]), tmp_path_factory.mktemp("home"))
    yield {each.name: all_opened(world, each) for each in SURFACES}
    os.chdir(before)
    os.environ.clear()
    os.environ |= environment


def all_opened(world: World, surface: Surface) -> Opened:
    journey = world.afresh()
    asked: list[str] = []
    real = targets.place_for

    def remembered(journey: Journey, target: str) -> Place:
        asked.append(target)
        return real(journey, target)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(targets, "place_for", remembered)
        place = surface.open(world, journey)
    return Opened(place or journey.place, tuple(asked))


def test_every_kind_of_screen_has_a_row(opened: dict[str, Opened]) -> None:
    """A new kind of screen fails here until somebody says what it shows."""
    seen = {named(type(each.place)) for each in opened.values()}
    assert not seen & FIXED.keys()
    kinds = {named(each) for each in place_classes()}
    kinds = {each for each in kinds if not each.startswith(OWED)}
    assert kinds == seen | FIXED.keys()


def test_every_target_has_a_row(opened: dict[str, Opened]) -> None:
    """So does a new name that a screen can be opened by."""
    asked = {name for each in opened.values() for name in each.asked}
    known = asked | {name.partition(":")[0] for name in asked}
    wanted = names_of(targets) | names_of(record)
    assert len(wanted) > 25
    assert wanted - known == OTHER_NAMES.keys()


def named(kind: type[Place]) -> str:
    return f"{kind.__module__.rpartition('.')[2]}.{kind.__name__}"
