"""Starts plain mode: says that it is on and why, then talks until the reader leaves."""

from __future__ import annotations

import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from guide.actions.journey import Journey
from guide.actions.leaving import hide, leave_now
from guide.plain.lines import wrapped
from guide.plain.session import Session
from guide.plain.talk import Talk
from guide.words import _

_BLINK, _LOOK = 0.05, 5.0  # seconds


def run(journey: Journey, *, why: str) -> int:
    """The guide in plain mode, on standard input and output, until it is left.

    *why* says why this mode is on.
    """
    talk = the_talk()
    talk.tell(opening(why, saved=journey.desk.saving))
    try:
        Session(journey, talk).run()
    except EOFError:  # nobody types any more, and everything has been said
        talk.tell([""])
    leave_now()


def opening(why: str, *, saved: bool) -> list[str]:
    """The first words of plain mode."""
    kept = _("What you answer is kept in your vault.")
    none = _("Nothing is saved on this computer unless you ask for it.")
    return [
        *wrapped(_("Plain mode is on: {why}").format(why=why)),
        *wrapped(kept if saved else none),
        *wrapped(_("To leave at once, type q and Enter, or press Ctrl+C.")),
        *wrapped(
            _(
                "In danger now? Call your emergency number. Type h and Enter for "
                "help lines, ? and Enter for help."
            )
        ),
    ]


def the_talk() -> Talk:
    """The reader at standard input and output."""
    here = sys.stdin.isatty() and sys.stdout.isatty()
    secret = _ask_unseen if sys.stdin.isatty() else None
    listen = _listen if here else None
    talk = Talk(_ask, _say, parts=here, ask_secret=secret, listen=listen)
    if here:  # what was said into a pipe or a file is part of the result
        talk.hide, talk.again = hide, _again
    return talk


@contextmanager
def _again(look: Callable[[], None]) -> Iterator[None]:
    """Have *look* called while a line is waited for; what it raises ends the wait.

    Windows cannot do that: there, the first line after a long time comes too late.
    """
    if sys.platform == "win32":
        yield
    else:
        before = signal.signal(signal.SIGALRM, lambda _number, _frame: look())
        signal.setitimer(signal.ITIMER_REAL, _LOOK, _LOOK)
        try:
            yield
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
            signal.signal(signal.SIGALRM, before)


def _ask_unseen(words: str) -> str:
    from getpass import getpass

    return getpass(words)


def _ask(words: str) -> str:
    sys.stdout.write(words)
    sys.stdout.flush()
    try:
        return _line()
    finally:
        if not sys.stdin.isatty():  # where somebody types, Enter ends the line
            sys.stdout.write("\n")


def _listen(seconds: float) -> str:
    """A whole line, if one was typed; a terminal hands over nothing before Enter."""
    return _line() if _typed_within(seconds) else ""


def _typed_within(seconds: float) -> bool:
    if sys.platform == "win32":
        import msvcrt

        until = time.monotonic() + seconds
        while not msvcrt.kbhit() and time.monotonic() < until:
            time.sleep(_BLINK)
        return msvcrt.kbhit()
    else:  # noqa: RET505  a type checker skips this branch on Windows
        import select

        return bool(select.select([sys.stdin], [], [], seconds)[0])


def _line() -> str:
    line = sys.stdin.readline()
    if not line:
        raise EOFError
    return line


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
