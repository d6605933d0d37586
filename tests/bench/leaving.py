"""How long it takes until the screen is empty, from every state and by every way.

In a bare terminal and inside tmux, one state after another, the ways in turns. All
else that a press must leave behind is looked at each time; see ``leaving_press``.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.bench.figures import Figure, milliseconds, table
from tests.bench.leaving_press import Press, TooLateError, pressed
from tests.bench.leaving_states import STATES, State
from tests.bench.leaving_tmux import TmuxWindow, why_not
from tests.bench.leaving_window import NotSeenError, Window

NAMES = tuple(state.name for state in STATES)
_LIMITS = {"p99": 100.0, "most": 150.0}


def leaving(
    rounds: int, env: Mapping[str, str], names: Sequence[str] = ()
) -> list[Figure]:
    """The states of these *names*, or all; each row is said as soon as it is there."""
    kinds: list[type[Window]] = [Window, TmuxWindow]
    if reason := why_not():
        sys.stderr.write(f"Not inside tmux: {reason}.\n")
        kinds.remove(TmuxWindow)
    rows: list[Figure] = []
    for state in STATES:
        for kind in kinds if state.name in (names or NAMES) else ():
            presses = _presses(kind, state, rounds, env)
            rows += (new := [*_rows(kind, state, presses)])
            sys.stderr.write(table(new) + "\n\n")
    return rows


def _presses(
    kind: type[Window], state: State, rounds: int, env: Mapping[str, str]
) -> list[Press]:
    presses: list[Press] = []
    with TemporaryDirectory() as folder:
        home = Path(folder)
        state.prepare(home)
        for number in range(rounds):
            way = state.ways[number % len(state.ways)]
            try:
                press = pressed(kind, state, way, home, env)
            except (NotSeenError, TooLateError) as error:
                press = Press(way=way, seconds=1.0, wrong=(str(error),))
            presses.append(press)
            for wrong in press.wrong:
                sys.stderr.write(f"{state.name}, {way}: {wrong}\n")
    return presses


def _rows(
    kind: type[Window], state: State, presses: Sequence[Press]
) -> Iterator[Figure]:
    """All presses, what was wrong with them, and then each way by itself.

    What the terminal itself holds back is in the row of its way alone.
    """
    what = f"leave, {state.name}{kind.WHERE}"
    taken = [press.seconds for press in presses if press.way not in kind.HOLDS_BACK]
    yield milliseconds(f"{what}: key to blank", taken, **_LIMITS)
    wrong = sum(bool(press.wrong) for press in presses)
    none = (("median", 0.0),)
    yield Figure(
        what=f"  of {len(presses)}, anything wrong",
        values=(float(wrong),),
        unit="",
        reach=none,
    )
    for way in dict.fromkeys(press.way for press in presses):
        own = [press.seconds for press in presses if press.way == way]
        held = kind.HOLDS_BACK.get(way, 0.0)
        note = f"with nothing after it the terminal waits {held:.0f} ms" if held else ""
        yield replace(milliseconds(f"  by {way}", own), note=note)
