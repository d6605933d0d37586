"""Starting, turning pages and searching, timed from outside."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from guide.actions.desk import keep_nothing
from guide.model.content import Page
from tests.bench.figures import Figure, megabytes, milliseconds, ratio
from tests.bench.packs import write_pack
from tests.bench.programs import ROOT, Command, bare, guide, in_state, peers
from tests.bench.terminal import Program, Sees, memory

Environment = Mapping[str, str]
_TOO_SOON = 0.22  # seconds in which the guide takes a second key for a slip
_ENTER, _BACK, _DOWN = b"\r", b"\x7f", b"\x1b[B"
_LONG = 2_700  # bytes: the longest pages there are


def sees(words: str) -> Sees:
    """Whether *words* are on the screen; any text at all if there are none."""
    return lambda text: words in text if words else bool(text.strip())


def starts(
    commands: Sequence[Command], rounds: int, env: Environment
) -> dict[str, list[float]]:
    """Seconds from the start of each to its first useful text, taken in turns."""
    times: dict[str, list[float]] = {command.name: [] for command in commands}
    for number in range(rounds + 1):
        for command in commands:
            with Program(command.words, {**env, **command.more}) as program:
                taken = program.until(sees(command.ready))
            if number:  # the first one compiles
                times[command.name].append(taken)
    return times


def cold_start(rounds: int, env: Environment) -> list[Figure]:
    page = ROOT / "content" / "README.md"
    ours, least, others = guide(), bare(), peers(page)
    times = starts([least, ours, *others], rounds, env)
    limit = ratio("  of a bare Textual app", times[ours.name], times[least.name], 1.25)
    rows = [milliseconds(f"cold start: {name}", taken) for name, taken in times.items()]
    return [rows[0], rows[1], limit, *rows[2:]]


def growth(rounds: int, env: Environment, scratch: Path) -> list[Figure]:
    shipped = in_state()
    many = {pages: write_pack(scratch, pages) for pages in (2_000, 10_000)}
    packs = [
        Command(
            name=f"{pages} pages",
            words=(*shipped.words, str(root)),
            ready=shipped.ready,
        )
        for pages, root in many.items()
    ]
    times = starts([shipped, *packs], rounds, env)
    figures = [milliseconds("start with the shipped pages", times[shipped.name])]
    for pack in packs:
        what = f"  with {pack.name} more"
        figures.append(ratio(what, times[pack.name], times[shipped.name], 1.1))
    return figures


@dataclass(slots=True)
class Turns:
    """Pages opened, each with seconds until painted and until the last byte."""

    opened: list[tuple[Page, float, float]] = field(default_factory=list)
    back: list[float] = field(default_factory=list)
    memory: tuple[float, float] = (0.0, 0.0)


def page_turns(turns: int, env: Environment) -> list[Figure]:
    """Every page opened from the list of all pages, and back to the list."""
    taken = _turned(turns, env)
    painted = [seen for _page, seen, _last in taken.opened]
    long = [seen for page, seen, _last in taken.opened if _bytes(page) > _LONG]
    last = [last for _page, _seen, last in taken.opened]
    resident, proportional = taken.memory
    limits = {"median": 16.0, "p95": 33.0}
    return [
        milliseconds("page turn: opened, painted", painted, **limits),
        milliseconds("  of these the longest", long, **limits),
        milliseconds("  to the last byte", last),
        milliseconds("  back to the list, painted", taken.back, **limits),
        megabytes("memory after them, resident", resident, median=60),
        megabytes("memory after them, proportional", proportional),
    ]


def _turned(turns: int, env: Environment) -> Turns:
    taken = Turns()
    pages = [*keep_nothing().library.pages.values()]
    with Program(guide().words, env) as program:
        program.until(sees(guide().ready))
        time.sleep(1)  # what is loaded ahead
        program.press(b"a", sees("All pages"))
        for number in range((turns + 1) // 2):
            row = number % len(pages)
            if row:
                program.press(_DOWN * row)
            _turn(program, pages[row], taken)
        taken.memory = memory(program.drawing)
    return taken


def _turn(program: Program, page: Page, taken: Turns) -> None:
    title = f" {page.title[:40]}"
    time.sleep(_TOO_SOON)
    seen, last = program.press(_ENTER, lambda x: title in x and "> Read" in x)
    taken.opened.append((page, seen, last))
    time.sleep(_TOO_SOON)
    taken.back.append(program.press(_BACK, sees("All pages"))[0])


def _bytes(page: Page) -> int:
    return len(page.body.encode())


def searching(rounds: int, env: Environment) -> list[Figure]:
    """A word typed letter by letter; the first letter makes the index."""
    first: list[float] = []
    later: list[float] = []
    for number in range(rounds):
        with Program(guide().words, env) as program:
            program.until(sees(guide().ready))
            time.sleep(0.7)
            program.press(b"/", sees("Words"))
            for word in ("police", "report"):
                for letter in word:
                    time.sleep(0.1)
                    taken, _last = program.press(letter.encode())
                    (later if len(first) > number else first).append(taken)
                program.press(_BACK * len(word))
    return [
        milliseconds("search: the first letter, painted", first),
        milliseconds("  each one after it", later, median=33, p95=66),
    ]
