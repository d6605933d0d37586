"""Every way things go wrong, worded for whoever must act on it.

An exception here is for the reader: ``what`` happened and the ``next_step``,
never a value of theirs. A ``Finding`` is for an author: where in ``content/``,
what, and how to mend it.
"""

from __future__ import annotations

import errno
from dataclasses import dataclass

from guide.words import _


class GuideError(Exception):
    """A failure that can be explained. ``exit_code`` is the command's status."""

    what = "Something went wrong. Nothing was lost."
    next_step = "Please try again."
    exit_code = 1

    def __init__(self, what: str = "", next_step: str = "") -> None:
        super().__init__(what or type(self).what)
        self.what = what or _(type(self).what)
        self.next_step = next_step or _(type(self).next_step)

    def __str__(self) -> str:
        return f"{self.what} {self.next_step}"


class InvalidAnswerError(GuideError):
    """What was typed cannot be an answer to this question."""

    what = "That does not answer this question. Nothing was changed."
    next_step = "Please choose one of the answers shown."


class NotFoundError(GuideError):
    """A page, letter or file that was asked for by name is not there."""

    what = "There is nothing with that name."
    next_step = "Check the spelling, or search for a word."
    exit_code = 4


class LetterClosedError(GuideError):
    """The gate of a letter is closed, or its one copy is already written."""

    what = "This letter is closed for now, because sending it could make things worse."
    next_step = "The guide can show you other ways forward."


class LockedError(GuideError):
    """Something was asked for that stays shut without the passphrase."""

    what = "This is locked. Nothing was lost."
    next_step = "Type the passphrase first."
    exit_code = 5


class UnreadableFileError(GuideError):
    """A file of the reader's that cannot be read as what it should be."""

    what = "This file could not be read. It was not changed."
    next_step = "Check the name and try again."


class NotWrittenError(GuideError):
    """A file that could not be written; nothing is left half-written."""

    what = "The file was not written. Nothing was changed."
    next_step = "Choose another folder or name and try again."


class BusyError(GuideError):
    """Something else was asked for while a long thing is at work."""

    what = "Something is still at work. Nothing was changed."
    next_step = "Wait until it has ended, or choose Stop. Ctrl+Q still leaves."


class NeedsTerminalError(GuideError):
    """An answer is needed and there is nobody to ask."""

    what = "This needs an answer, and there is no terminal to ask in."
    next_step = "Run it in a terminal window."
    exit_code = 7


class ContentError(GuideError):
    """Content that cannot be used at all, such as a missing start page."""

    what = "The pages of this guide are missing or damaged."
    next_step = "Get a fresh copy of the guide. `guide check` says what is wrong."


def not_written(number: int | None) -> NotWrittenError:
    """The sentence for the ``errno`` of a file that could not be written."""
    match number:
        case errno.EISDIR:
            what = _("There is a folder with that name. The file was not written.")
            then = _("Add a file name after the folder.")
        case errno.EEXIST:
            what = _("There is something with that name. It was not changed.")
            then = _("Choose another name.")
        case errno.EACCES | errno.EPERM | errno.EROFS:
            what = _("This folder cannot be written to. The file was not written.")
            then = _("Choose a folder of your own, such as your home folder.")
        case errno.ENOENT | errno.ENOTDIR | errno.ELOOP:
            what = _("There is no such folder. The file was not written.")
            then = _("Check the folder's name, or make the folder first.")
        case errno.ENOSPC | errno.EDQUOT | errno.EFBIG:
            what = _("There is no room for this file. It was not written.")
            then = _("Make room, or choose another disk, and try again.")
        case errno.ENAMETOOLONG:
            what = _("This name is too long. The file was not written.")
            then = _("Choose a shorter name.")
        case errno.EINVAL:
            what = _("A file cannot have this name. It was not written.")
            then = _("Choose a name of plain letters and digits.")
        case _:
            what = _("The disk reported a fault, so the file may not be complete.")
            then = _("Save it again in another place.")
    return NotWrittenError(what, then)


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One problem in one place under ``content/``; ``line`` counts from 1."""

    path: str
    line: int
    code: str
    what: str
    fix: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.code} {self.what} {self.fix}"
