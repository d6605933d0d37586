"""The spare of the key file, for the reader whose first one is lost or damaged."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from guide.actions.desk import Desk
from guide.actions.keeping import open_by_recovery, open_vault_desk
from guide.actions.ways_in import ways_are_others
from guide.model.problems import GuideError, InvalidAnswerError
from guide.vault.problems import WrongPassphraseError
from guide.vault.spare_keys import spare_is_wanted
from guide.vault.spare_restoring import put_back
from guide.words import _


@dataclass(frozen=True, slots=True, kw_only=True)
class SpareBack:
    """The spare is in its place."""

    aside: Path | None  # where what stood there is now
    others: bool  # it has not the ways in that were noted last
    problem: str = ""  # why the notes do not open even so, in sentences


def spare_in_words(folder: Path) -> str:
    """What to do while the notes in *folder* are open; nothing if all is well."""
    if not spare_is_wanted(folder):
        return ""
    return _(
        "The file vault.json is damaged or gone, and its spare is whole. Lock this, "
        "then run: guide vault restore keys"
    )


def put_spare_back(desk: Desk, folder: Path, proof: str) -> SpareBack:
    """Put the spare in the place of the key file, and look whether it opens all.

    *proof* is the passphrase or the recovery words. Nothing stays open.
    """
    aside = put_back(folder, proof)
    try:
        opened = open_by_either(desk, folder, proof)
    except GuideError as error:  # the database may be damaged as well
        return SpareBack(aside=aside, others=False, problem=str(error))
    others = ways_are_others(opened)
    opened.close()
    return SpareBack(aside=aside, others=others)


def open_by_either(desk: Desk, folder: Path, proof: str) -> Desk:
    """Open the vault in *folder* with a passphrase, or with recovery words."""
    try:
        return open_vault_desk(desk, folder, proof)
    except WrongPassphraseError:
        with suppress(InvalidAnswerError, WrongPassphraseError):
            return open_by_recovery(desk, folder, proof)
        raise
