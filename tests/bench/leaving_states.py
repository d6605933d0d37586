"""The states that somebody may leave from, how each is reached, and the ways out.

A state that a reader reaches with keys is reached with keys, in the guide as the
command line starts it; see ``leaving_app`` for the others. Each names the ways that
must work in it, and what must still be there when the notes are opened again.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from tests.bench import leaving_homes as homes
from tests.bench.programs import HERE
from tests.vault.keeping_desk import WORDS

CTRL_Q, CTRL_C, ESC, CLICK, TYPED = "ctrl+q", "ctrl+c", "esc x3", "leave now", "q"
_KERNEL = (CTRL_Q, CTRL_C)
_ALL, _TYPING = (*_KERNEL, ESC, CLICK), (*_KERNEL, TYPED)
_ENTER, _CTRL_P, _F12 = b"\r", b"\x10", b"\x1b[24~"
_START, _DOOR = "What is happening?", "Passphrase"
_WORDS = WORDS.encode() + _ENTER


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What is typed on the way to a state, and what is to be seen after it."""

    keys: bytes = b""
    sees: str = ""
    wait: float = 0.0  # seconds
    size: tuple[int, int] | None = None  # the window gets this one


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """One state: the program, the way there, the ways out, and what must last."""

    name: str
    words: tuple[str, ...] = ("-m", "guide")
    steps: tuple[Step, ...]
    ways: tuple[str, ...] = _ALL
    prepare: Callable[[Path], None] = homes.settled
    lost: Callable[[Path], str] = homes.nothing_to_lose
    over: str = ""  # with these words on the screen the state has passed

    def command(self, home: Path) -> tuple[str, ...]:
        """What is run, with its files in *home*."""
        words = (str(home) if word == _FOLDER else word for word in self.words)
        return (sys.executable, *words)


_FOLDER = "FOLDER"
_STARTED = Step(sees=_START, wait=0.2)
_BEGUN = (Step(sees="Begin it", wait=0.1), Step(keys=_ENTER, sees="Please wait"))


def _app(state: str) -> tuple[str, ...]:
    return (str(HERE / "leaving_app.py"), state, _FOLDER)


def _keyed(name: str, *steps: Step) -> State:
    """A state that keys reach, without notes."""
    return State(name=name, steps=(_STARTED, *steps))


def _made(name: str, ways: tuple[str, ...] = _ALL) -> State:
    """A state that F12 begins, in open notes."""
    return State(
        name=name,
        words=_app(name),
        steps=(_STARTED, Step(keys=_F12, wait=0.15)),
        ways=ways,
        prepare=homes.with_notes,
        lost=homes.notes_lost,
    )


def _working(name: str) -> State:
    """A state in the midst of a large file."""
    return State(
        name=name,
        words=_app(name),
        steps=(*_BEGUN, Step(wait=0.25)),
        prepare=homes.with_a_file,
        lost=homes.half_kept,
        over="It has ended",
    )


def _at_the_door(name: str, keys: bytes, *, wait: float) -> State:
    return State(
        name=name,
        steps=(Step(sees=_DOOR, wait=0.2), Step(keys=keys, wait=wait)),
        prepare=homes.with_dear_notes,
        lost=homes.notes_lost,
        over="Saved",
    )


def _plain(name: str, *words: str) -> State:
    """Half a line is typed at the prompt of plain mode."""
    return State(
        name=name,
        words=words,
        steps=(Step(sees="q to leave:", wait=0.05), Step(keys=b"half a li", wait=0.05)),
        ways=_TYPING,
    )


_SEALING, _UNLOCKING = _working("sealing"), _at_the_door("unlocking", _WORDS, wait=0.15)
STATES: tuple[State, ...] = (
    _keyed("idle"),
    replace(
        _keyed("first-run"),
        steps=(Step(sees="use or check this computer", wait=0.2),),
        prepare=homes.nobody,
    ),
    _keyed("resized", Step(size=(64, 20), wait=0.15)),
    _keyed("dialog", Step(keys=_CTRL_P, sees="All commands", wait=0.1)),
    _keyed(
        "input",
        Step(keys=b"/", sees="Words", wait=0.1),
        Step(keys=b"police", sees="police", wait=0.1),
    ),
    replace(
        _at_the_door("writing", _WORDS, wait=0.1),
        steps=(
            Step(sees=_DOOR, wait=0.2),
            Step(keys=_WORDS, sees=_START, wait=0.3),
            Step(keys=b"gi", sees="Write down what", wait=0.3),
            Step(keys=_ENTER, sees="in your words?", wait=0.3),
            Step(keys=homes.DRAFT.encode(), sees=homes.DRAFT, wait=1.0),
        ),
        prepare=homes.with_notes,
        lost=homes.draft_lost,
        over="",
    ),
    _at_the_door("passphrase", _WORDS[:9], wait=0.1),
    _UNLOCKING,
    _made("rendering"),
    _made("blocked"),
    _made("gil", _KERNEL),
    replace(_made("committing"), lost=homes.answers_lost),
    _SEALING,
    replace(
        _working("hashing"), prepare=homes.with_a_kept_file, lost=homes.kept_file_lost
    ),
    _plain("plain", "-m", "guide", "--plain"),
    replace(
        _at_the_door("plain-passphrase", _WORDS[:9], wait=0.05),
        words=("-m", "guide", "--plain"),
        ways=_TYPING,
    ),
    replace(
        _working("plain-sealing"),
        steps=(
            Step(sees="Begin it", wait=0.1),
            Step(keys=b"1\r", sees="Please wait"),
            Step(sees="Type s and Enter", wait=0.25),
        ),
        ways=_TYPING,
    ),
    # Without fork: nobody but the guide itself can end it.
    _made("alone-idle"),
    _made("alone-rendering"),
    _made("alone-blocked", (CTRL_C, ESC, CLICK)),
    replace(_made("alone-committing"), lost=homes.answers_lost),
    _working("alone-sealing"),
    replace(
        _plain("alone-plain", *_app("alone-plain-idle")),
        ways=(CTRL_C, TYPED),
        prepare=homes.with_notes,
        lost=homes.notes_lost,
    ),
)
