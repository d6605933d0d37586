"""Commands that write a letter: what can be refused is, before anything is asked.

Light to import, for the letter itself is written in a process of its own.
"""

from __future__ import annotations

import os
from pathlib import Path

from guide.cli.starting import Wishes, watched
from guide.files import is_folder, path_typed
from guide.model.problems import NotFoundError, NotWrittenError
from guide.settings import read_settings, settings_file
from guide.words import _

COMPLAINT = "provider-complaint"


def new_letter(wishes: Wishes, letter_id: str, form: str, out: str) -> int:
    """Ask what the letter needs, in plain mode, then save it as it was wanted."""
    refuse_taken(out)

    def write() -> int:
        from guide.cli.letters import found_letter
        from guide.cli.opening import working_desk
        from guide.plain.letters import Wanted, write_letter

        here = working_desk(wishes)
        letter = found_letter(here, letter_id)
        wanted = Wanted(letter_id=letter.id, format=form, out=out)
        return write_letter(here, wanted, why=_line_by_line())

    return watched(write, read_settings(settings_file()).settings, raw=False)


def complain_about(wishes: Wishes, files: tuple[str, ...], form: str, out: str) -> int:
    """Write a complaint about saved emails, in plain mode, and save it."""
    for file in files:
        refuse_missing(file)
    refuse_taken(out)

    def write() -> int:
        from guide.cli.opening import working_desk
        from guide.plain.letters import Wanted, complain

        wanted = Wanted(letter_id=COMPLAINT, format=form, out=out)
        return complain(working_desk(wishes), files, wanted, why=_line_by_line())

    return watched(write, read_settings(settings_file()).settings, raw=False)


def _line_by_line() -> str:
    return _("this command asks line by line.")


def refuse_missing(file: str) -> None:
    """A file that is not there is said so, with the number for "not found"."""
    if not os.path.lexists(path_typed(file)):
        raise NotFoundError(
            _("There is no file with that name."),
            _("Check the name and the folder."),
        )


def refuse_taken(out: str) -> None:
    """Nothing is written over, and that is said before anything is asked."""
    if not out:
        return
    path = Path(out).expanduser()
    if is_folder(path):
        return
    if os.path.lexists(path):
        raise NotWrittenError(
            _("There is something with that name. It was not changed."),
            _("Choose another name."),
        )
    if not is_folder(path.absolute().parent):
        raise NotWrittenError(
            _("There is no such folder. Nothing was written."),
            _("Check the folder's name, or make the folder first."),
        )
