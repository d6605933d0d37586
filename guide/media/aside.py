"""The same question of a large file, asked in the second process.

A search through megabytes of text holds the interpreter for most of a second, and
the screen could not be left in that time. The second process has one of its own.
"""

from __future__ import annotations

import os
from pathlib import Path

from guide.media.child import NoAnswerError, ask
from guide.media.looking_worker import SOMEBODY
from guide.media.somebody import could_be_settled, may_show_somebody

HERE = 256 << 10  # up to this size it takes a few hundredths of a second
_NO, _MOST = b"no", 3


def may_show_somebody_aside(name: str, start: bytes, whole: bool) -> bool:
    """As ``may_show_somebody``; True, too, where the second process gives no answer."""
    if len(start) <= HERE or not could_be_settled(name, start):
        return may_show_somebody(name, start, whole)
    try:
        named = os.fsencode(name)
        said = ask(
            SOMEBODY,
            named + b"\0" + start,
            most=_MOST,
            columns=int(whole),
            library=str(Path(__file__).parents[2]),
        )
    except (NoAnswerError, UnicodeEncodeError):
        return True
    return said != _NO
