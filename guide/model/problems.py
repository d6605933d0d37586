"""Every way things go wrong, worded for whoever must act on it.

An exception here is for the reader: ``what`` happened and the ``next_step``,
never a value of theirs. A ``Finding`` is for an author: where in ``content/``,
what, and how to mend it.
"""

from __future__ import annotations

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


class NeedsTerminalError(GuideError):
    """An answer is needed and there is nobody to ask."""

    what = "This needs an answer, and there is no terminal to ask in."
    next_step = "Run it in a terminal window."
    exit_code = 7


class ContentError(GuideError):
    """Content that cannot be used at all, such as a missing start page."""

    what = "The pages of this guide are missing or damaged."
    next_step = "Get a fresh copy of the guide. `guide check` says what is wrong."


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
