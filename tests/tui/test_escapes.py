"""The promise: the third Esc leaves, in whatever pieces a terminal hands it over."""

from __future__ import annotations

import pytest

from guide.tui.escapes import Escapes

ESC = "\x1b"
LEAVING = [
    pytest.param([ESC, ESC, ESC], id="one after another"),
    pytest.param([ESC * 2, ESC], id="as tmux hands them over"),
    pytest.param([ESC * 2, f"{ESC}t"], id="tmux, and a letter was typed after them"),
    pytest.param([ESC * 3 + "t"], id="all at once, and a letter"),
    pytest.param([ESC * 2, f"{ESC}{ESC}[A"], id="tmux, and an arrow after them"),
    pytest.param([ESC, "", ESC, "", ESC], id="with nothing read between them"),
]
STAYING = [
    pytest.param([f"{ESC}[A"] * 5, id="arrows"),
    pytest.param([f"{ESC}OP"] * 5, id="function keys"),
    pytest.param([f"{ESC}b"] * 5, id="Alt and a letter, to go a word back"),
    pytest.param([f"{ESC}{ESC}[A"] * 5, id="Alt and an arrow in some terminals"),
    pytest.param([ESC * 2, f"{ESC}[A"], id="two presses and an arrow"),
    pytest.param([ESC, "[A"] * 5, id="arrows in two pieces"),
    pytest.param(["a\u241b\u241b\u241b"], id="pasted"),
]


def left(pieces: list[str], step: float) -> bool:
    """Whether any of *pieces* leaves, *step* seconds after one another."""
    escapes = Escapes()
    return any(escapes.heard(piece, 5 + n * step) for n, piece in enumerate(pieces))


@pytest.mark.parametrize("pieces", LEAVING)
def test_the_third_leaves(pieces: list[str]) -> None:
    assert left(pieces, 0.04)
    assert left(pieces, 0.3)


@pytest.mark.parametrize("pieces", STAYING)
def test_what_is_no_third_press_stays(pieces: list[str]) -> None:
    assert not left(pieces, 0.04)


def test_presses_that_lie_apart_stay() -> None:
    assert not left([ESC] * 5, 1.5)
    assert not left([ESC * 2, f"{ESC}t"], 2.5)
