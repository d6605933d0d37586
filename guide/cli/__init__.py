"""The command line: ``guide`` and what can follow it.

``main`` hardens the process before anything else is loaded. Without a word after
``guide`` the interface starts, and neither click nor a command is imported.
"""

from __future__ import annotations

import os
import sys

from guide.safety.process import harden, start_afresh


def main(argv: list[str] | None = None) -> int:
    """Run one command and give its exit code; never a traceback."""
    if argv is None:
        start_afresh()
    harden()
    from guide.cli.ending import explained, steady_streams

    steady_streams()
    words = sys.argv[1:] if argv is None else argv
    return explained(lambda: _run(words))


def _run(words: list[str]) -> int:
    from guide.cli.starting import Wishes, start
    from guide.cli.tongue import flag_among
    from guide.words.wishes import speak_as_wished

    speak_as_wished(flag_among(words))
    if not words and "_GUIDE_COMPLETE" not in os.environ:
        return start(Wishes())
    from guide.cli.commands import run

    return run(words)
