"""Keeping what the reader says: making a vault, opening it, locking it again.

Whatever was said before moves into a new vault as it is: answers with their times,
ticks, people, letters. From then on everything is written as soon as it is said, so
closing asks nothing. No passphrase is held here longer than a call.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from guide.actions.desk import Desk
from guide.files import path_typed, write_whole
from guide.model.problems import GuideError, InvalidAnswerError
from guide.vault import folder as place
from guide.vault.problems import NoVaultError
from guide.vault.whereabouts import default_folder, is_vault
from guide.words import _

if TYPE_CHECKING:
    from guide.vault.keys import Argon2Profile
    from guide.vault.opening import OpenVault


def vault_folder(chosen: str = "") -> Path:
    """The folder of the vault: *chosen*, else in ``GUIDE_HOME``, else the usual one."""
    if chosen:
        return Path(chosen).expanduser().absolute()
    return default_folder()


def folder_typed(text: str) -> Path:
    """The folder that the reader typed or dropped."""
    return path_typed(text).absolute()


def vault_there(folder: Path) -> bool:
    """Whether there is a vault in *folder* to be opened."""
    return is_vault(folder)


def refuse_without_vault(folder: Path) -> None:
    """Say what is missing in *folder* where no vault can be opened there."""
    if not is_vault(folder):
        place.check_folder(folder)
        raise NoVaultError


def make_vault(
    desk: Desk,
    folder: Path,
    passphrase: str,
    again: str,
    now: datetime,
    *,
    profile: Argon2Profile | None = None,
) -> Desk:
    """Make a vault in *folder*; the desk that has everything *desk* had, kept.

    Raises InvalidAnswerError where the two are not the same, WeakPassphraseError,
    PlaceRefusedError or VaultDiskError; *desk* is as it was then.
    """
    from guide.vault.keys import DESKTOP
    from guide.vault.opening import create_vault

    refuse_different(passphrase, again)
    opened = create_vault(folder, passphrase, profile=profile or DESKTOP, now=now)
    try:
        kept = _desk_of(desk, opened)
        desk.vault.move_into(opened)
    except BaseException:
        opened.connection.close()
        place.take_back(folder)
        opened.close()
        raise
    desk.close()
    return kept


def refuse_different(passphrase: str, again: str) -> None:
    """Refuse a passphrase that was typed in two ways."""
    from guide.vault.passphrases import passphrase_bytes

    same = secrets.compare_digest(passphrase_bytes(passphrase), passphrase_bytes(again))
    if not same:
        raise InvalidAnswerError(
            _("That is not the passphrase you chose. Nothing was changed."),
            _("Type it once more, or go back to see or change it."),
        )


def open_vault_desk(desk: Desk, folder: Path, passphrase: str) -> Desk:
    """Open the vault in *folder*: the library and clock of *desk*, and what is kept.

    Raises WrongPassphraseError, VaultInUseError, NoVaultError, DamagedVaultError;
    nothing is counted, and *desk* is as it was.
    """
    from guide.vault.opening import open_vault

    return opened_desk(desk, folder, lambda: open_vault(folder, passphrase))


def open_by_recovery(desk: Desk, folder: Path, words: str) -> Desk:
    """Open the vault in *folder* with the words of its recovery sheet."""
    from guide.vault.opening import open_with_recovery
    from guide.vault.passphrases import misread_words

    if unknown := misread_words(words):
        numbers = ", ".join(str(number) for number in unknown[:10])
        what = _("These words are on no recovery sheet: number {numbers}.")
        raise InvalidAnswerError(
            what.format(numbers=numbers), _("Look at them on the paper, and try again.")
        )
    return opened_desk(desk, folder, lambda: open_with_recovery(folder, words))


def opened_desk(desk: Desk, folder: Path, way: Callable[[], OpenVault]) -> Desk:
    """Sit at the vault in *folder*, which *way* opens.

    What was written down at *desk* is in it then; what was answered waits to be
    asked about.
    """
    import apsw

    from guide.vault.tables.table import worded

    refuse_without_vault(folder)
    opened = way()
    try:
        kept = _desk_of(desk, opened)
        if not (desk.vault.on_disk or desk.untouched):
            from guide.actions.bringing import with_meanwhile

            kept = with_meanwhile(desk, kept)
    except apsw.Error as error:  # damaged where nothing has looked until now
        opened.close()
        raise worded(error) from None
    except BaseException:
        opened.close()
        raise
    desk.close()
    return kept


def _desk_of(desk: Desk, opened: OpenVault) -> Desk:
    from guide.vault.journal import Journal, prepare
    from guide.vault.sealed_listing import clean_parts
    from guide.vault.store import Vault

    if not opened.read_only:
        prepare(opened.connection)
    journal = Journal(opened.connection, opened.root.signing_key())
    vault = Vault(opened.connection, on_disk=True, journal=journal)
    if not opened.read_only:
        with suppress(GuideError):  # no leftover is worth refusing to open a vault
            clean_parts(opened, frozenset(vault.evidence_ids()))
    return replace(desk, vault=vault, opened=opened)


def change_passphrase(
    desk: Desk,
    current: str,
    new: str,
    again: str,
    *,
    profile: Argon2Profile | None = None,
) -> None:
    """Let *new* open the vault instead of *current*, which may be recovery words."""
    from guide.actions.ways_in import note_ways
    from guide.vault import changing
    from guide.vault.keys import DESKTOP

    refuse_different(new, again)
    opened = vault_of(desk)
    changing.change_passphrase(opened, current, new, profile=profile or DESKTOP)
    note_ways(desk)


def recovery_sheet(
    desk: Desk, proof: str, *, profile: Argon2Profile | None = None
) -> tuple[str, ...]:
    """Ten new words that open the vault, for paper; an earlier sheet ends here."""
    from guide.actions.ways_in import note_ways
    from guide.vault import changing
    from guide.vault.keys import DESKTOP

    opened = vault_of(desk)
    words = changing.add_recovery(opened, proof, profile=profile or DESKTOP)
    note_ways(desk)
    return words


def has_recovery(desk: Desk) -> bool:
    """Whether there is a recovery sheet for the vault."""
    from guide.vault.changing import slots
    from guide.vault.slots import SlotKind

    return any(way.kind is SlotKind.RECOVERY for way in slots(vault_of(desk)))


def prove(desk: Desk, proof: str) -> None:
    """Refuse whoever does not know the passphrase or the recovery words."""
    from guide.vault import changing

    changing.prove(vault_of(desk), proof)


def vault_of(desk: Desk) -> OpenVault:
    """The vault that is open on the disk. Raises NoVaultError where none is."""
    if desk.opened is None:
        raise NoVaultError(
            _("Nothing is kept yet, so there is nothing to change."),
            _("Choose “Keep my notes” first."),
        )
    return desk.opened


def refuse_inside_vault(desk: Desk, target: Path) -> None:
    """Refuse a place for a plain copy that is in the folder where all is sealed."""
    if desk.opened is None:
        return
    with suppress(OSError, ValueError, RuntimeError):
        if target.resolve().is_relative_to(desk.opened.folder.resolve()):
            raise InvalidAnswerError(
                _("That is inside the vault's own folder. No copy was written."),
                _("Choose another folder."),
            )


def sheet_text(words: tuple[str, ...]) -> str:
    """The recovery words as they are printed: numbered, and what they are for."""
    lines = [f"{number:>2}. {word}" for number, word in enumerate(words, 1)]
    return "\n".join([_("Recovery words"), "", *lines, ""])


def save_sheet(words: tuple[str, ...], typed: str) -> Path:
    """Write the recovery words as a text file; nothing that exists is replaced."""
    return write_whole(path_typed(typed), sheet_text(words).encode("utf-8"))


def six_words() -> str:
    """A passphrase of six words, drawn by chance."""
    from guide.vault import passphrases

    return passphrases.six_words()


def strength_in_words(passphrase: str) -> str:
    """How strong a new passphrase looks. Raises WeakPassphraseError."""
    from guide.vault import passphrases

    passphrases.refuse_unfit(passphrase)
    return passphrases.in_words(passphrases.strength(passphrase))
