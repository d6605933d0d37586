"""Starts plain mode: says that it is on and why, then talks until the reader leaves."""

from __future__ import annotations

import sys

from guide.actions.journey import Journey
from guide.actions.leaving import leave_now
from guide.plain.lines import wrapped
from guide.plain.session import Session
from guide.plain.talk import Talk
from guide.words import _


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
    return Talk(_ask, _say, parts=here, ask_secret=secret)


def _ask_unseen(words: str) -> str:
    from getpass import getpass

    return getpass(words)


def _ask(words: str) -> str:
    sys.stdout.write(words)
    sys.stdout.flush()
    line = sys.stdin.readline()
    if not sys.stdin.isatty():  # where somebody types, Enter ends the line
        sys.stdout.write("\n")
    if not line:
        raise EOFError
    return line


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
