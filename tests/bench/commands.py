"""Commands that need no screen, and letters."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable, Mapping

from guide.actions.desk import keep_nothing
from tests.bench.figures import Figure, milliseconds
from tests.bench.programs import ROOT, guide

_COMMANDS = (("--help",), ("read", "s-log"), ("search", "police"), ("letter", "list"))
_LETTER, _MESSAGE = "provider-complaint", "tests/mail_samples/forged_bank.eml"


def commands(rounds: int, env: Mapping[str, str]) -> list[Figure]:
    """The wall time of each, and that none of them loads Textual."""
    times: dict[tuple[str, ...], list[float]] = {words: [] for words in _COMMANDS}
    for number in range(rounds + 1):
        for words, taken in times.items():
            began = time.perf_counter()
            subprocess.run(
                guide(*words).words, env=env, capture_output=True, check=True
            )
            if number:
                taken.append(time.perf_counter() - began)
    return [_command(words, taken, env) for words, taken in times.items()]


def _command(
    words: tuple[str, ...], taken: list[float], env: Mapping[str, str]
) -> Figure:
    timed = (sys.executable, "-X", "importtime", *guide(*words).words[1:])
    said = subprocess.run(timed, env=env, capture_output=True, text=True, check=True)
    row = milliseconds(f"guide {' '.join(words)}", taken, median=150)
    note = "and LOADS TEXTUAL" if "| textual" in said.stderr.replace("  ", "") else ""
    return Figure(what=row.what, values=row.values, reach=row.reach, note=note)


def letters(rounds: int) -> list[Figure]:
    """One letter as text and as PDF, once everything is loaded."""
    from guide.actions.reporting import message_fields, open_message
    from guide.actions.writing import draft
    from guide.letters.formats import write

    desk = keep_nothing()
    letter = desk.library.letters[_LETTER]
    read = message_fields(open_message(str(ROOT / _MESSAGE)))
    paper = draft(desk, letter, read).paper
    texts = _timed(rounds, lambda: write(draft(desk, letter, read).paper, "txt"))
    pdfs = _timed(rounds, lambda: write(paper, "pdf"))
    return [
        milliseconds("letter: drafted, as text", texts, median=5),
        milliseconds("letter: PDF, warm", pdfs, median=150),
    ]


def _timed(rounds: int, action: Callable[[], bytes]) -> list[float]:
    action()
    times = []
    for _round in range(rounds):
        began = time.perf_counter()
        action()
        times.append(time.perf_counter() - began)
    return times
