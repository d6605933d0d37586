"""How a command ends: what went wrong in two lines, and the number for the shell.

Results go to standard output, everything else to standard error. Whatever is said
here passes the text gate.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable
from io import TextIOWrapper

from guide.model.problems import GuideError
from guide.safety.display import show
from guide.words import _

FINE, FAILED, USAGE, FINDINGS, NOT_FOUND, NEEDS_TERMINAL = 0, 1, 2, 3, 4, 7


def steady_streams() -> None:
    """No character can stop the guide, whatever the terminal knows."""
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")
    if sys.stdout is None:  # started without one: nobody listens
        sys.stdout = _nowhere()
    if sys.stderr is None:
        sys.stderr = _nowhere()
    if sys.stdin is None:
        sys.stdin = open(os.devnull, encoding="utf-8")  # noqa: SIM115, PTH123  for good


def _nowhere() -> TextIOWrapper:
    return open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123  for good


def explained(command: Callable[[], int]) -> int:
    """Run *command*; a failure that can be explained is, and has its own number."""
    try:
        code = command()
        sys.stdout.flush()
    except GuideError as error:
        complain(error.what, error.next_step)
        return error.exit_code
    except BrokenPipeError:  # whoever read has heard enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FINE
    except KeyboardInterrupt:  # leaving is fine
        return FINE
    return code


def complain(what: str, next_step: str) -> None:
    """Say on standard error what happened, and what to do."""
    sys.stdout.flush()
    sys.stderr.write(f"{_('Error')}: {show(what)}\n{_('Next')}: {show(next_step)}\n")


def note(words: str) -> None:
    """Say something on standard error that is no result."""
    sys.stderr.write(show(words) + "\n")


def say(lines: Iterable[str]) -> None:
    """Write *lines* to standard output."""
    for line in lines:
        sys.stdout.write(show(line) + "\n")
