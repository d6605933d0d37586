"""How making, opening or changing a vault can fail, worded for the reader.

No sentence here holds a passphrase, a key, a name or a path.
"""

from __future__ import annotations

import errno

from guide.model.problems import GuideError, InvalidAnswerError
from guide.words import _


class WeakPassphraseError(InvalidAnswerError):
    """A new passphrase that cannot be taken."""

    what = "This passphrase is too short. Nothing was changed."
    next_step = "Use at least 12 characters, or take the six words offered."


class WrongPassphraseError(GuideError):
    """No key slot opens with what was typed."""

    what = "That does not open this vault. Nothing in it was changed."
    next_step = (
        "Check capital letters, spaces and the keyboard layout, and try again."
        " You can try as often as you like."
    )
    exit_code = 5


class VaultInUseError(GuideError):
    """Another window or program holds this vault."""

    what = "This vault is already open in another window. Nothing was changed."
    next_step = "Close the other window, or go on there."
    exit_code = 5


class NoVaultError(GuideError):
    """There is no vault in the folder that was named."""

    what = "There is no vault in this folder. Nothing was changed."
    next_step = "Choose the folder that holds your vault, or make a new one."
    exit_code = 4


class DamagedVaultError(GuideError):
    """Something of the vault is missing, or is not what was written."""

    what = "Part of this vault is damaged or missing. Nothing in it was changed."
    next_step = (
        "Copy the whole folder to another disk before anything else."
        " Then open a backup, or ask an advocate for help."
    )
    exit_code = 6


class NewerVaultError(GuideError):
    """The vault was written by a later guide than this one."""

    what = "This vault was made by a newer guide. Nothing in it was changed."
    next_step = "Get the newest guide, and open it with that."


class PlaceRefusedError(GuideError):
    """A folder in which no vault can be made or opened safely."""

    what = "A vault cannot be made in this place. Nothing was changed."
    next_step = "Choose a new folder of your own."


class ReadOnlyVaultError(GuideError):
    """A change was asked of a vault that can only be read here."""

    what = "This vault can only be read here, so nothing was changed."
    next_step = "Copy its folder to a disk that you can write to, and open the copy."


class LastWayInError(GuideError):
    """The last passphrase of a vault cannot be taken away."""

    what = "This is the last passphrase of this vault, so it stays."
    next_step = "Change it instead."


class NoSuchSlotError(GuideError):
    """There is no way into the vault with that name, or no room for another."""

    what = "This vault has no such way in. Nothing was changed."
    next_step = "Look at the list of ways in, and choose one of them."
    exit_code = 4


class NotSealedError(GuideError):
    """The database would not be sealed: nothing is written into it."""

    what = "The database could not be sealed, so nothing was written."
    next_step = "Install the guide again, and try once more."


class NoMemoryError(GuideError):
    """Making a key of a passphrase needs 64 MiB, and they are not to be had."""

    what = "There is too little free memory to open a vault. Nothing was changed."
    next_step = "Close other programs, and try again."


class VaultDiskError(GuideError):
    """The disk refused a read or a write of a part of the vault."""

    what = "The disk refused. What was kept before is unchanged."
    next_step = "Check the disk, and try again."


def disk_problem(number: int | None) -> VaultDiskError:
    """The sentence for the ``errno`` of a disk."""
    match number:
        case errno.ENOSPC | errno.EDQUOT | errno.EFBIG:
            what = _("There is no room on this disk. What was kept before is safe.")
            then = _("Make room on the disk, and try again.")
        case errno.EACCES | errno.EPERM | errno.EROFS:
            what = _("This computer does not let the guide write here.")
            then = _("Choose a folder of your own, or another disk.")
        case errno.ENOENT | errno.ENOTDIR | errno.ENODEV | errno.ENXIO:
            what = _("The folder is not there any more. It may be on a stick.")
            then = _("Put the stick back in, and open the vault again.")
        case errno.ENAMETOOLONG | errno.EINVAL | errno.EILSEQ:
            what = _("A folder cannot have this name. Nothing was changed.")
            then = _("Choose a name of plain letters and digits.")
        case _:
            what = _("The disk reported a fault. What was kept before is unchanged.")
            then = _("Copy the vault to another disk, and open the copy.")
    return VaultDiskError(what, then)


class NotKeptError(GuideError):
    """A file that was not taken into the vault; the reader still has it as it was."""

    what = "The file was not kept. The file itself was not changed."
    next_step = "Please try again."


class StoppedError(GuideError):
    """The reader stopped something that takes long."""

    what = "You stopped this. What was kept before is unchanged."
    next_step = "You can start it again at any time."


class EvidenceChangedError(GuideError):
    """A kept file that is not the one that was kept."""

    what = "This file does not match the fingerprint taken when you added it."
    next_step = "Keep it, do not send it on yet, and ask an advocate."
    exit_code = 6


class EvidenceMissingError(GuideError):
    """A file that was kept and is not in its place any more."""

    what = "A file that was kept is not in the vault's folder any more."
    next_step = "Look for it in your second copy of the folder. Change nothing else."
    exit_code = 6


class NoBackupError(GuideError):
    """A backup that is not there, or that does not open."""

    what = "This backup is missing or damaged. Nothing was changed."
    next_step = "Use the other backup, or your second copy of the folder."
    exit_code = 6


class IdentifierTakenError(GuideError):
    """An address, number or account that already belongs to somebody else."""

    what = "This already belongs to somebody else in your record. Nothing was changed."
    next_step = (
        "If they are one person, you can join the two."
        " If not, take it back from the other person first."
    )


class NotJoinedError(GuideError):
    """A change that would make one person of two who each have the same notice."""

    what = "Each of these has a notice of their own, so nothing was changed."
    next_step = (
        "If one of the notices never left, set that one aside first."
        " If both were sent, they stay apart here, and both stay closed."
    )


class LetterLeftError(GuideError):
    """A letter that was sent: it cannot be set aside any more."""

    what = "This letter was sent, so it cannot be set aside. Nothing was changed."
    next_step = "If it never left, write a note about that in your record."


class AlreadyKeptError(GuideError):
    """The very same file is in the vault already; ``evidence_id`` names it."""

    what = "This file is already in your vault, byte for byte. Nothing was lost."
    next_step = "Open the one you have. You can note there that it came again."

    def __init__(self, evidence_id: str) -> None:
        super().__init__()
        self.evidence_id = evidence_id


class ReasonNeededError(InvalidAnswerError):
    """Something that is only done with a reason, and none was given."""

    what = "This needs a reason, in a word or two. Nothing was changed."
    next_step = "Write why. It stays with the record."
