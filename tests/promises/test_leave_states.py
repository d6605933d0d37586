"""Leaving, from every state that the guide can be in, seen from outside.

The states and the ways out are those of ``tests.bench.leaving_states``, a few presses
each; ``python -m tests.bench leave`` presses hundreds of times and says how long it
took. Times are generous here. Everything else is exact: the screen, what scrolled away
and the title are empty, the terminal is as it was found, no key reaches the shell, the
guide ends with 0, and whatever was acknowledged is there when the notes are opened.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest
from _pytest.mark import ParameterSet

from tests.bench.leaving_press import pressed
from tests.bench.leaving_states import CLICK, CTRL_C, CTRL_Q, ESC, STATES, State
from tests.bench.leaving_tmux import TmuxWindow, why_not
from tests.bench.leaving_window import Window
from tests.bench.programs import environment

pytestmark = pytest.mark.skipif(
    sys.platform == "win32", reason="needs fork and a POSIX terminal"
)
SOON = 0.5  # seconds; see above
IN_TMUX = ("idle", "writing", "rendering", "sealing", "plain")


@pytest.fixture(scope="module")
def env(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """One for all, so that no program compiles what another has compiled."""
    return environment(tmp_path_factory.mktemp("scratch"))


@pytest.fixture(scope="module")
def homes(tmp_path_factory: pytest.TempPathFactory) -> Callable[[State], Path]:
    """What a state needs on the disk, made once; each press leaves it as it was."""

    @cache
    def home(state: State) -> Path:
        folder = tmp_path_factory.mktemp("home")
        state.prepare(folder)
        return folder

    return home


def some_of_all() -> Iterator[ParameterSet]:
    """Each state: one of the kernel's two keys, and all the other ways."""
    for number, state in enumerate(STATES):
        left_out = (CTRL_Q, CTRL_C)[number % 2]
        for way in state.ways:
            if way != left_out:
                yield pytest.param(state, way, id=f"{state.name}-{way}")


def test_every_state_has_a_name_of_its_own() -> None:
    """They are asked for by name."""
    names = [state.name for state in STATES]
    assert len({*names}) == len(names)
    assert {*IN_TMUX} <= {*names}


@pytest.mark.parametrize(("state", "way"), [*some_of_all()])
def test_leaving_is_at_once_and_leaves_nothing(
    homes: Callable[[State], Path], env: dict[str, str], state: State, way: str
) -> None:
    """In a bare terminal."""
    left(Window, homes(state), env, state, way)


@pytest.mark.skipif(bool(why_not()), reason=why_not() or "tmux is there")
@pytest.mark.parametrize("name", IN_TMUX)
def test_so_it_is_inside_tmux(
    homes: Callable[[State], Path], env: dict[str, str], name: str
) -> None:
    """With its own screen, its own scrollback and its own title."""
    [state] = [state for state in STATES if state.name == name]
    left(TmuxWindow, homes(state), env, state, CTRL_Q)


@pytest.mark.skipif(bool(why_not()), reason=why_not() or "tmux is there")
@pytest.mark.parametrize("way", [ESC, CLICK])
def test_tmux_neither_swallows_esc_nor_a_click(
    homes: Callable[[State], Path], env: dict[str, str], way: str
) -> None:
    """It holds Esc back, and hands the last one over with what was typed next."""
    left(TmuxWindow, homes(STATES[0]), env, STATES[0], way)


def left(
    kind: type[Window], home: Path, env: dict[str, str], state: State, way: str
) -> None:
    """Leave, and look at everything."""
    press = pressed(kind, state, way, home, env)
    assert press.wrong == ()
    assert press.seconds < SOON
