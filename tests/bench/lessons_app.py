"""One thing done with a pack of lessons, in a fresh process: what it took, as JSON.

Not a test: ``lessons_app.py open | kept | turn | walk PATH``.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path


def opened(path: Path, *, kept: bool) -> dict[str, object]:
    """From nothing to every title in its order, the imports among it."""
    start, work = time.perf_counter(), time.process_time()
    from guide.library.packs.opening import open_kept, open_pack

    found = open_kept(path) if kept else open_pack(path)
    count = sum(1 for _each in found.read_in("en").everything())
    seconds, worked = time.perf_counter() - start, time.process_time() - work
    return {"seconds": seconds, "worked": worked, "count": count}


def turned(path: Path) -> dict[str, object]:
    """Every page of every lesson made ready, in order; and the memory at the end."""
    from guide.actions.desk import keep_nothing
    from guide.actions.journey import Journey
    from guide.actions.loading import load_ahead
    from guide.actions.places.library_items import NEXT

    desk = keep_nothing()
    desk.lessons.named = str(path)
    journey = Journey(desk)
    load_ahead()
    journey.open("pack:this-run")
    taken: list[float] = []
    lessons = _lessons(journey)
    for target in lessons:
        start = time.perf_counter()
        journey.open(target)
        sheet = journey.sheet()
        taken.append(time.perf_counter() - start)
        while any(row.text == "Next page" for row in sheet.rows):
            start = time.perf_counter()
            journey.choose(NEXT)
            sheet = journey.sheet()
            taken.append(time.perf_counter() - start)
        journey.back()
    return {"turns": taken, "memory": _resident(), "count": len(lessons)}


def _lessons(journey: object) -> list[str]:
    from guide.actions.journey import Journey
    from guide.actions.packs import pack_of

    assert isinstance(journey, Journey)
    pack = pack_of(journey.desk, "this-run").read_in("en")
    return [f"pack:this-run/{each.path}" for each in pack.everything()]


def walked(path: Path) -> dict[str, object]:
    """Everything opened, in every language."""
    from guide.library.packs.opening import open_pack
    from guide.library.packs.walking import walk

    start = time.perf_counter()
    found = walk(open_pack(path))
    seconds = time.perf_counter() - start
    return {
        "seconds": seconds,
        "count": found.listed,
        "failed": len(found.failed),
    }


def _resident() -> float:
    for line in Path("/proc/self/status").read_text("ascii").split("\n"):
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    return 0.0


def main(what: str, place: str) -> None:
    match what:
        case "turn":
            told = turned(Path(place))
        case "walk":
            told = walked(Path(place))
        case _:
            told = opened(Path(place), kept=what == "kept")
    sys.stdout.write(json.dumps(told) + "\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
