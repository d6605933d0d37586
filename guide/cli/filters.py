"""A filter on the command line: the same screens, line by line.

Light to import, for what is asked runs in a process of its own.
"""

from __future__ import annotations

from contextlib import suppress

from guide.cli.ending import FINE
from guide.cli.starting import Wishes, watched
from guide.settings import read_settings, settings_file


def make_filter(wishes: Wishes, form: str) -> int:
    """Ask whose mail is filed away, then show the filter, until it is left."""

    def talk() -> int:
        from guide.actions.journey import Journey
        from guide.cli.opening import working_desk
        from guide.plain.app import the_talk
        from guide.plain.session import Session

        here = working_desk(wishes)
        try:
            journey = Journey(here)
            journey.open(f"filters:{form}" if form else "filters")
            with suppress(EOFError):  # nobody types any more, and all has been said
                Session(journey, the_talk()).run()
            return FINE
        finally:
            here.close()

    return watched(talk, read_settings(settings_file()).settings, raw=False)
