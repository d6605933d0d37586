"""``guide evidence verify | preview | export``: kept files after they were kept.

Results go to standard output, progress and cautions to standard error.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

from guide.actions.working import Work
from guide.cli.ending import FINE, note, say
from guide.cli.record import say_sheet, with_vault
from guide.cli.starting import Wishes
from guide.cli.vault_care import Told
from guide.model.problems import BusyError, NeedsTerminalError, NotFoundError
from guide.words import _, plural

if TYPE_CHECKING:
    from guide.actions.desk import Desk
    from guide.actions.places.place import Place
    from guide.model.records import Evidence

DAMAGED = 6


class Aloud(Work):
    """Says on standard error how far something is that a command does by itself."""

    def __init__(self) -> None:
        super().__init__("", _done_elsewhere)
        self._told = Told()

    def progress(self, done: int, total: int) -> None:
        """A line for each tenth."""
        self._told.tell(done, total)


def _done_elsewhere(_work: Work) -> Place:
    raise BusyError


def numbered(here: Desk, number: int) -> Evidence:
    """The kept file with this number. Raises NotFoundError."""
    for each in here.vault.evidence_list(limit=-1):
        if each.number == number:
            return each
    raise NotFoundError(
        _("There is no file with that number."),
        _("See which there are: guide evidence list"),
    )


def verify(wishes: Wishes, number: int) -> int:
    """Verify one file, or every one if *number* is 0; 6 when one is damaged."""
    return with_vault(wishes, _one(number) if number else _every)


def _one(number: int) -> Callable[[Desk], int]:
    def check(here: Desk) -> int:
        from guide.actions.evidence_care import state_in_words, verify_one
        from guide.vault.sealed_reading import FileState

        state = verify_one(here, numbered(here, number).id, Aloud())
        say([state_in_words(state)])
        return FINE if state is FileState.INTACT else DAMAGED

    return check


def _every(here: Desk) -> int:
    from guide.actions.evidence_care import state_in_words, verify_every

    checked = verify_every(here, Aloud())
    many = plural(
        "{count} file is intact.", "{count} files are intact.", checked.intact
    )
    say([many])
    words = _("File {number}: {state}")
    for file, state in checked.others:
        say([words.format(number=file.number, state=state_in_words(state))])
    return DAMAGED if checked.others else FINE


def preview(wishes: Wishes, number: int) -> int:
    """Print the first of what is in a file; pictures are told in words."""

    def look(here: Desk) -> int:
        from guide.actions.journey import Journey

        journey = Journey(here)
        journey.open(f"evidence:{numbered(here, number).id}")
        journey.choose("look")  # the screen knows what may be looked at, and when
        if journey.work is not None:
            journey.work.run()
            journey.follow_work()
        say_sheet(journey.sheet())
        return FINE

    return with_vault(wishes, look)


def export(wishes: Wishes, number: int, target: str) -> int:
    """Write a plain copy as *target*, once the reader typed that they want one."""

    def copy(here: Desk) -> int:
        from guide.actions.evidence_care import copy_out, word_for_copy
        from guide.safety.display import show_path

        file = numbered(here, number)
        note(_("A plain copy is not sealed: whoever finds it can open it."))
        note(_("A deleted file can often be brought back."))
        words = _("To have one, type: {words}")
        note(words.format(words=word_for_copy()))
        typed = sys.stdin.readline()
        if not typed:
            raise NeedsTerminalError(
                _("The words were not typed, so no copy was written."),
                _("Run it in a terminal window."),
            )
        path = copy_out(here, file.id, target, typed.rstrip("\r\n"), Aloud())
        say([f"{_('Saved')}: {show_path(path)}"])
        return FINE

    return with_vault(wishes, copy)
