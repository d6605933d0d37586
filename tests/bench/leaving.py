"""How long it takes until the screen is empty after Ctrl+Q, in every state."""

from __future__ import annotations

import time
from collections.abc import Mapping

from tests.bench.figures import Figure, milliseconds
from tests.bench.programs import in_state
from tests.bench.reading import sees
from tests.bench.terminal import Program

_CTRL_Q, _CTRL_Z = b"\x11", b"\x1a"
_WIPED = b"\x1b[3J"  # the last that the wipe sends
STATES = ("idle", "rendering", "blocked")


def leaving(rounds: int, env: Mapping[str, str]) -> list[Figure]:
    """The three states in turns."""
    times: dict[str, list[float]] = {state: [] for state in STATES}
    for _round in range(rounds):
        for state in STATES:
            times[state].append(_leave(state, env))
    return [
        milliseconds(f"leave now, {state}: key to blank", taken, p99=100)
        for state, taken in times.items()
    ]


def _leave(state: str, env: Mapping[str, str]) -> float:
    command = in_state("", state)
    with Program(command.words, env) as program:
        program.until(sees(command.ready))
        program.settle()
        if state != "idle":
            program.send(_CTRL_Z)
            time.sleep(0.15)
        return program.until_bytes(_WIPED, program.send(_CTRL_Q))
