"""One press: into a state, out of it, and everything that is wrong afterwards."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from tests.bench.leaving_states import CLICK, CTRL_C, CTRL_Q, ESC, TYPED, State, Step
from tests.bench.leaving_window import Window

_ATTEMPTS = 5  # on a busy machine the file is kept before the finger is down
_BETWEEN = 0.04  # seconds between two presses of Esc: a hurried finger
# What the fingers were still typing. With a kernel's key it may come in one piece.
_MORE, _LATE = b"typed-with\r", b"typed-after\r"
_ESC = b"\x1b"
_CLEAR_LINE = b"\x15"  # what stands on a line of plain mode goes first


class TooLateError(RuntimeError):
    """The state had passed before the press; nothing can be said about it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Press:
    """One way out of a state, how long it took, and what was wrong, in words."""

    way: str
    seconds: float
    wrong: tuple[str, ...]


def pressed(
    kind: type[Window], state: State, way: str, home: Path, env: Mapping[str, str]
) -> Press:
    """Leave *state* by *way* once, with what it needs in *home*."""
    for _attempt in range(_ATTEMPTS):
        with suppress(TooLateError):
            return _once(kind, state, way, home, env)
    raise TooLateError(state.name)


def _once(
    kind: type[Window], state: State, way: str, home: Path, env: Mapping[str, str]
) -> Press:
    with arrived(kind, state, home, env) as window:
        if state.over and state.over in window.shown():
            raise TooLateError(state.name)
        since = _leave(window, way)
        window.until_wiped()
        window.type(_LATE)
        window.until_shell()
        seconds = window.blank_from() - since
        window.until_end()
        wrong = window.remains()
    lost = state.lost(home)
    return Press(
        way=way,
        seconds=seconds,
        wrong=(*wrong, *([f"lost: {lost}"] if lost else [])),
    )


@contextmanager
def arrived(
    kind: type[Window], state: State, home: Path, env: Mapping[str, str]
) -> Iterator[Window]:
    """A window in which the guide is in *state*."""
    given = {**env, "GUIDE_HOME": str(home)}
    with kind(state.command(home), given) as window:
        for step in state.steps:
            _take(window, step)
        yield window


def _take(window: Window, step: Step) -> None:
    if step.size:
        window.resize(*step.size)
    if step.keys:
        window.type(step.keys)
    if step.sees:
        window.wait_for(step.sees)
    time.sleep(step.wait)


def _leave(window: Window, way: str) -> float:
    """Do it; when the last of it was typed."""
    if way == ESC:
        for _press in range(2):
            window.type(_ESC)
            time.sleep(_BETWEEN)
    click = f"\x1b[<0;4;{window.screen.lines}".encode()
    keys = {
        CTRL_Q: b"\x11" + _MORE,
        CTRL_C: b"\x03" + _MORE,
        ESC: _ESC,
        CLICK: click + b"M" + click + b"m",
        TYPED: _CLEAR_LINE + b"q\r",
    }
    return window.type(keys[way])
