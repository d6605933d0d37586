"""A vault whose key file is lost or damaged: what happened, and its spare.

Nothing is put back without being asked for, and what was there stays beside it.
"""

from __future__ import annotations

from pathlib import Path

from guide.actions.desk import Desk
from guide.actions.places.place import Move, Place, Sit
from guide.actions.places.vault_open import VaultPlace
from guide.actions.spare_keys import open_by_either
from guide.model.sheet import Ask, Row, RowKind, Sheet
from guide.model.text import Block, item, paragraph
from guide.vault.spare_keys import KeysTrouble, spare_is_wanted, trouble_of_keys
from guide.vault.spare_restoring import put_back
from guide.words import _

SPARE = "spare"


def lost_keys_sheet(folder: Path, *, name: str, title: str, more: Row) -> Sheet | None:
    """What is shown in the place of a door that no passphrase can open; else None."""
    trouble = trouble_of_keys(folder)
    if trouble is None:
        return None
    spare = spare_is_wanted(folder)
    put = Row(kind=RowKind.BUTTON, value=SPARE, text=_("Put back the spare of it"))
    return Sheet(
        name=name,
        title=title,
        blocks=(paragraph(_what_happened(trouble)), *_what_helps(spare=spare)),
        rows=(put, more) if spare else (more,),
    )


def _what_happened(trouble: KeysTrouble) -> str:
    if trouble is KeysTrouble.MISSING:
        return _(
            "Your notes are here, but the file that opens them is gone: vault.json. "
            "The guide changed nothing. A faulty disk or another person can do that."
        )
    return _(
        "Your notes are here, but the file that opens them cannot be read: vault.json. "
        "The guide changed nothing. A faulty disk or another person can do that."
    )


def _what_helps(*, spare: bool) -> list[Block]:
    """They are not to be forgotten, and nothing is to be sent twice meanwhile."""
    there = _("The guide kept a spare of that file. You can put it back here.")
    copy = _("Copy it back from your second copy, or a backup of the computer.")
    only = _("Keep the folder. Without that file, nobody can open it.")
    keep = _("Keep the folder, whatever you choose.")
    sent = _("The guide cannot see now what you sent. Do not send a notice again.")
    said = (there, keep, sent) if spare else (copy, only, sent)
    return [item(each) for each in said]


class SpareKeysPlace(Place):
    """Asks for the passphrase that the spare opens with, and puts it back."""

    def __init__(self, desk: Desk, folder: Path, before: Place | None = None) -> None:
        self._desk, self._folder, self._before = desk, folder, before
        self.shuts = before.shuts if before else True

    def sheet(self) -> Sheet:
        words = _(
            "The file that opens your notes, vault.json, is not what was written, or "
            "is gone. The guide wrote a spare of it beside your backups."
        )
        proof = _("Your passphrase shows that the spare is yours. It stays the same.")
        aside = _("What is in its place now stays in the folder, under another name.")
        ask = Ask(
            label=_("Passphrase, or recovery words"), verb=_("Put it back"), secret=True
        )
        return Sheet(
            name="spare-keys",
            title=_("Put back the spare"),
            blocks=(paragraph(words), item(proof), item(aside)),
            ask=ask,
        )

    def typed(self, text: str) -> Move:
        from guide.actions.places.vault_door import through

        desk, folder = self._desk, self._folder
        put_back(folder, text)
        found = through(
            desk, folder, lambda: open_by_either(desk, folder, text), proof=text
        )
        if not isinstance(found, Desk):
            return found
        said = _("The spare is in its place, and opens your notes.")
        return Sit(found, over=VaultPlace(found, said))

    def back(self) -> Place | None:
        from guide.actions.places.vault_door import DoorPlace

        return self._before or DoorPlace(self._desk, self._folder)
