"""How long a pack of lessons takes to open, and its pages to be made ready.

The tree is named on the command line (``--tree=DIR``); without one, lessons that mean
nothing are made, as many and as long as those of a large library.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from guide.library.packs.copying import packed
from guide.library.packs.opening import open_pack
from tests.bench.figures import Figure, megabytes, milliseconds
from tests.bench.packs import write_lessons
from tests.bench.programs import HERE, guide
from tests.bench.reading import sees, starts
from tests.bench.terminal import Program, memory
from tests.bench.turning_app import F12, LONGEST, desk_with, lessons_to_turn

_LANGUAGES = ("ar", "es", "fa", "fr", "ru", "zh-Hant")
_LOADED, _BETWEEN = 0.7, 0.1  # seconds: what is loaded ahead; a fast typist
_WORDS, _RUBOUT = "police<<<<<<report<<<phone", b"\x7f"
_TITLE = 30  # letters: what fits before a line is broken
_TITLES = {1: "the tree", 7: "seven times its size"}


def lessons(
    rounds: int, env: Mapping[str, str], scratch: Path, tree: str
) -> list[Figure]:
    """The tree and seven times of it: opened, added, started with, and read."""
    one = Path(tree).absolute() if tree else write_lessons(scratch / "lessons")
    seven = _seven_times(one, scratch / "seven")
    rows: list[Figure] = []
    for root, times in ((one, 1), (seven, 7)):
        first, later = (500, 100) if times == 1 else (1000, 200)
        copy = _added(root, scratch)
        ways = [("open", "folder", root, first), ("open", "zip", copy, first)]
        ways.append(("kept", "its added copy", copy, later))
        for way, name, path, most in ways:
            told = [_told(env, way, path) for _round in range(rounds)]
            taken = _floats([each["seconds"] for each in told])
            worked = _floats([each["worked"] for each in told])
            what = f"open {_TITLES[times]}: {name}"
            rows.append(milliseconds(what, taken, median=most))
            rows.append(milliseconds("  of it the processor", worked))
    rows += _start(rounds, env, scratch)
    rows += [*_read(env, one), *_turned(env, one)]
    return [*rows, *_search(rounds, env, scratch, f"pack-{one.name}.zip")]


def _start(rounds: int, env: Mapping[str, str], scratch: Path) -> list[Figure]:
    """The guide itself, with the packs beside it and without, in turns."""
    bare = scratch / "without"
    bare.mkdir()
    shutil.copy(scratch / "settings.toml", bare)
    with_packs = replace(guide(), name="  with two packs added")
    without = replace(
        guide(), name="start without packs", more={"GUIDE_HOME": str(bare)}
    )
    times = starts([without, with_packs], rounds, env)
    return [milliseconds(name, taken) for name, taken in times.items()]


def _read(env: Mapping[str, str], tree: Path) -> list[Figure]:
    told = _told(env, "turn", tree)
    walk = _told(env, "walk", tree)
    turns, memory = told["turns"], told["memory"]
    good = f"{_int(walk['count']) - _int(walk['failed'])} of {walk['count']} opened"
    limits = {"median": 16.0, "p95": 33.0}
    return [
        milliseconds("a page of a lesson made ready", _floats(turns), **limits),
        megabytes("  resident after all of them", _floats([memory])[0], most=90),
        Figure(
            what="open every file",
            values=(1000 * _floats([walk["seconds"]])[0],),
            note=good,
        ),
    ]


def _turned(env: Mapping[str, str], tree: Path) -> list[Figure]:
    """One lesson after another, key to painted, the longest ones first."""
    titles = [each.title for each in lessons_to_turn(desk_with(tree), tree)]
    taken = []
    words = (sys.executable, str(HERE / "turning_app.py"), str(tree))
    with Program(words, env) as program:
        program.until(sees(guide().ready))
        time.sleep(_LOADED)
        program.press(F12, sees(titles[0][:_TITLE]))  # the pack is opened
        for title in titles[1:]:
            time.sleep(_BETWEEN)
            taken.append(program.press(F12, sees(f" {title[:_TITLE]}"))[0])
    limits = {"median": 16.0, "p95": 33.0}
    return [
        milliseconds("page turn between lessons: painted", taken, **limits),
        milliseconds("  of these the longest", taken[: LONGEST // 2], **limits),
    ]


def _search(
    rounds: int, env: Mapping[str, str], scratch: Path, copy: str
) -> list[Figure]:
    """Words typed letter by letter right after the search opens, over one tree."""
    home = scratch / "one"
    (home / "packs").mkdir(parents=True)
    shutil.copy(scratch / "settings.toml", home)
    shutil.copy(scratch / "packs" / copy, home / "packs")
    first: list[float] = []
    later: list[float] = []
    held: list[float] = []
    for _round in range(rounds):
        with Program(guide().words, {**env, "GUIDE_HOME": str(home)}) as program:
            program.until(sees(guide().ready))
            time.sleep(_LOADED)
            program.press(b"/", sees("Words"))
            taken = [_letter(program, each) for each in _WORDS]
            first += taken[:1]
            later += taken[1:]
            held.append(memory(program.drawing)[0])
    limits = {"median": 33.0, "p95": 66.0}
    return [
        milliseconds("search the tree: the first letter, painted", first, **limits),
        milliseconds("  each one after it", later, **limits),
        megabytes("  resident with the index", max(held), most=90),
    ]


def _letter(program: Program, letter: str) -> float:
    time.sleep(_BETWEEN)
    key = _RUBOUT if letter == "<" else letter.encode()
    return program.press(key)[0]


def _told(env: Mapping[str, str], way: str, path: Path) -> dict[str, object]:
    words = (sys.executable, str(HERE / "lessons_app.py"), way, str(path))
    done = subprocess.run(words, env=env, capture_output=True, text=True, check=True)
    told: dict[str, object] = json.loads(done.stdout)
    return told


def _floats(values: object) -> list[float]:
    return [float(each) for each in values] if isinstance(values, list) else []


def _int(value: object) -> int:
    return value if isinstance(value, int) else 0


def _added(root: Path, scratch: Path) -> Path:
    """The copy that ``guide pack add`` makes, where the guide looks for it."""
    folder = scratch / "packs"
    folder.mkdir(exist_ok=True)
    copy = folder / f"pack-{root.name}.zip"
    opened = open_pack(root)
    copy.write_bytes(packed(opened))
    opened.close()
    return copy


def _seven_times(tree: Path, target: Path) -> Path:
    """The English lessons again under six more languages."""
    english = tree / "en"
    for lang in ("en", *_LANGUAGES):
        shutil.copytree(english, target / lang)
    return target
