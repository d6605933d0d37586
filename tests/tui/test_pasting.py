"""The promise: what is pasted is text, and presses no key."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guide.tui.pasting import Pastes

START, END = "\x1b[200~", "\x1b[201~"
ACTING = [
    pytest.param("\x1b\x1b\x1b", id="leave"),
    pytest.param("x\x1b", id="back, right before the end"),
    pytest.param("\x1b[24~\x1bOP\x1b[A", id="keys"),
    pytest.param("\x1b[48;9;9;9;9t\x1b[I\x1b[O", id="reports of a terminal"),
    pytest.param(f"\x1b[{START}\x1b[<0;3;3M", id="another paste, a mouse"),
    pytest.param("\x1b]52;c;" + "q" * 90, id="longer than any key"),
    pytest.param("\x1b[201\x1b[20\x1b[2\x1b[", id="nearly the end"),
]


def cut(text: str, size: int) -> str:
    """What comes of *text* when it is read in pieces of *size*."""
    pastes = Pastes()
    pieces = (text[at : at + size] for at in range(0, len(text), size))
    return "".join(map(pastes.without_keys, pieces))


@pytest.mark.parametrize("size", [1, 2, 3, 5, 7, 1000])
@pytest.mark.parametrize("pasted", ACTING)
def test_no_key_is_left_inside_a_paste(pasted: str, size: int) -> None:
    found = cut(f"a\x1b[B{START}{pasted}{END}\x1b[C", size)
    assert found == f"a\x1b[B{START}{pasted.replace(chr(27), '␛')}{END}\x1b[C"


@pytest.mark.parametrize("key", ["\x1b", "\x1b[A", "\x1b[200", "q", "\x1b[201~"])
def test_a_key_outside_a_paste_goes_on_at_once(key: str) -> None:
    """The third Esc leaves: nothing may wait for what could follow it."""
    pastes = Pastes()
    assert pastes.without_keys(f"{START}x\x1b{END}") == f"{START}x␛{END}"
    assert pastes.without_keys(key) == key
    assert pastes.without_keys(key) == key


@settings(deadline=None)
@given(
    st.lists(st.text(alphabet="\x1b[201~x", max_size=12), max_size=6),
    st.integers(1, 9),
)
def test_nothing_is_lost_and_what_stands_outside_is_as_it_was(
    texts: list[str], size: int
) -> None:
    text = "".join(f"{each}{START}{each}{END}" for each in texts)
    found = cut(text, size)
    assert found.replace("␛", "\x1b") == text
    assert found == cut(text, len(text) or 1)
