"""How handing over a bag can fail, worded for the reader. No sentence holds a name."""

from __future__ import annotations

import errno

from guide.model.problems import GuideError, InvalidAnswerError
from guide.words import _


class BagNotWrittenError(GuideError):
    """No bag was made."""

    what = "The bag was not written. Your record is unchanged."
    next_step = "Please try again, or choose another disk."


class BagStoppedError(BagNotWrittenError):
    """The reader stopped it."""

    what = "You stopped this. No bag was made, and your record is unchanged."
    next_step = "You can start it again at any time."


class PieceChangedError(BagNotWrittenError):
    """A file that is not what was kept: it must not be handed over as such."""

    what = (
        "One file does not match the fingerprint taken when you added it."
        " No bag was made."
    )
    next_step = "Verify your files in the guide. Then ask an advocate."
    exit_code = 6


class NoSuchKeyError(InvalidAnswerError):
    """What was typed is no key that a bag can be sealed to."""

    what = "This is not an age key that the guide can use. Nothing was written."
    next_step = (
        "It starts with age1 and has 62 letters and digits."
        " Ask for it again, and copy all of it."
    )


def bag_not_written(number: int | None) -> BagNotWrittenError:
    """The sentence for the ``errno`` of the place that a bag goes to."""
    match number:
        case errno.EEXIST | errno.ENOTEMPTY:
            what = _("There is something with that name. It was not changed.")
            then = _("Choose a new name for the bag.")
        case errno.ENOSPC | errno.EDQUOT:
            what = _("There is no room for the bag on this disk. No bag was made.")
            then = _("Make room, or choose another disk, and try again.")
        case errno.EFBIG:
            what = _(
                "This disk takes no file as large as one of these. No bag was made."
            )
            then = _("Use a disk with another format, such as exFAT.")
        case errno.EACCES | errno.EPERM | errno.EROFS:
            what = _("This folder cannot be written to. No bag was made.")
            then = _("Choose a folder of your own, or another disk.")
        case errno.ENOENT | errno.ENOTDIR | errno.ENODEV | errno.ENXIO | errno.ELOOP:
            what = _("The folder is not there, or not any more. No bag was made.")
            then = _("If it is on a stick, put the stick back in, and try again.")
        case errno.ENAMETOOLONG | errno.EINVAL | errno.EILSEQ:
            what = _("A bag cannot have this name. No bag was made.")
            then = _("Choose a name of plain letters and digits.")
        case _:
            what = _("The disk reported a fault, so no bag was made.")
            then = _("Try again with another disk.")
    return BagNotWrittenError(what, then)


def tell_left(error: GuideError) -> None:
    """Let *error* also say that not all of the bag could be removed again."""
    left = _(
        "A part of it may still be there, marked as not complete. Delete that folder "
        "before you give the disk to anyone."
    )
    error.next_step = f"{error.next_step} {left}"
