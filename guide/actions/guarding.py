"""Looking after a vault: backing up its database, putting it back, checking it all."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from guide.actions.desk import Desk, forgetful
from guide.actions.ways_in import others_in_words, ways_are_others
from guide.model.problems import NotFoundError
from guide.vault import backup
from guide.vault.journal import Journal
from guide.vault.journal_checks import Trouble
from guide.vault.opening import (
    OpenVault,
    UnlockedVault,
    by_passphrase,
    by_recovery,
    unlock,
)
from guide.vault.problems import NoBackupError, NoVaultError, WrongPassphraseError
from guide.vault.sealed_listing import orphans
from guide.vault.tables.agreement import Fault
from guide.words import _

NAMES = tuple(name.removesuffix(".db") for name in backup.NAMES)


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """What a check found: ``damage`` and ``notes`` in sentences, and the journal's end.

    Whoever wrote the end down on paper can tell later that nothing was cut off.
    """

    damage: tuple[str, ...]
    notes: tuple[str, ...]
    head: str


def back_up(desk: Desk) -> Path:
    """Write the database into the older of its two backups; where that is."""
    if desk.opened is None:
        raise NoVaultError
    desk.opened.end_beside()
    return backup.back_up(desk.opened).path


def last_backup(desk: Desk) -> datetime | None:
    """When the newest backup was made, as the disk says; None if there is none."""
    there = backup.backups(desk.opened.folder) if desk.opened else ()
    return there[0].made_at if there else None


def back_up_beside(desk: Desk) -> None:
    """Begin today's backup if one is due, beside the reader; it never says anything.

    Raises DamagedVaultError where the database turns out to be damaged.
    """
    from guide.vault import own_backups

    if desk.opened is not None:
        own_backups.back_up_beside(desk.opened, desk.now())


@dataclass(frozen=True, slots=True, kw_only=True)
class Offered:
    """The backup that can take the place of a damaged database."""

    name: str
    made_at: datetime | None
    files_since: int  # kept since then: they are there, and not in its lists


def newest_good_backup(folder: Path, proof: str) -> Offered | None:
    """The newest backup that opens and is whole, or None. Nothing is changed.

    Raises WrongPassphraseError, and DamagedVaultError where the keys are damaged.
    """
    held = _unlocked(folder, proof)
    try:
        return _newest_good(held)
    finally:
        held.close()


def newest_good_of(desk: Desk) -> Offered | None:
    """The same of the vault that is open at *desk*."""
    return _newest_good(desk.opened) if desk.opened else None


def _newest_good(held: UnlockedVault | OpenVault) -> Offered | None:
    key = held.root.database_key()
    for each in backup.backups(held.folder):
        if backup.is_good(each.path, key, held.id):
            known = backup.sealed_ids(each.path, key, held.id)
            return Offered(
                name=each.path.stem,
                made_at=each.made_at,
                files_since=len(orphans(held, known)),
            )
    return None


def put_back(desk: Desk, folder: Path, proof: str, name: str) -> Desk:
    """Put the backup *name* in the place of a damaged database, and open that.

    What was there before stays beside it. *desk* is closed.
    """
    from guide.actions.keeping import open_by_recovery, open_vault_desk

    desk.close()
    restore_backup(folder, proof, name)
    free = forgetful(desk)
    try:
        return open_vault_desk(free, folder, proof)
    except WrongPassphraseError:
        return open_by_recovery(free, folder, proof)


def restore_backup(folder: Path, proof: str, name: str = "") -> Path | None:
    """Put the backup *name*, or the newest good one, in the place of the database.

    Gives where the database from before is now. *proof* is the passphrase or the
    recovery words.
    """
    held = _unlocked(folder, proof)
    try:
        key = held.root.database_key()
        there = [x for x in backup.backups(folder) if name in ("", x.path.stem)]
        good = (x for x in there if backup.is_good(x.path, key, held.id))
        chosen = next(good, None)
        if chosen is None:
            raise NoBackupError
        return backup.restore(folder, chosen.path, key, held.id)
    finally:
        held.close()


def _unlocked(folder: Path, proof: str) -> UnlockedVault:
    try:
        return unlock(folder, by_passphrase(proof))
    except WrongPassphraseError:
        return unlock(folder, by_recovery(proof))


def check_vault(desk: Desk) -> Looked:
    """Read every page; hold the journal against itself, the tables against it."""
    if desk.opened is None:
        raise NotFoundError
    opened = desk.opened
    journal = Journal(opened.connection, opened.root.signing_key())
    notes: list[str] = []
    damage: list[str] = []
    if not backup.is_whole(opened.connection):
        damage.append(_("A part of the database is damaged or missing."))
    for problem in journal.check():
        sentence = _trouble(problem.trouble).format(number=problem.sequence)
        (damage if problem.trouble.damages else notes).append(sentence)
    if not damage:
        damage += _disagreements(desk, journal)
    if ways_are_others(desk):
        notes.append(others_in_words())
    head = "" if damage else journal.head()
    return Looked(damage=tuple(damage), notes=tuple(notes), head=head)


def _disagreements(desk: Desk, journal: Journal) -> Iterator[str]:
    words = {
        Fault.MISSING: _("The journal tells of something that is gone: {what}."),
        Fault.CHANGED: _("Something is not as it was written: {what}."),
        Fault.EXTRA: _("Something is there that the journal does not know: {what}."),
    }
    for each in desk.vault.disagreements(journal.entries()):
        yield words[each.fault].format(what=f"{each.what} {each.id}")


def _trouble(trouble: Trouble) -> str:
    other = _("The end that was written down is not in this journal.")
    words = {
        Trouble.UNREADABLE: _("The journal cannot be read."),
        Trouble.UNGUARDED: _("The journal has lost what keeps it from being changed."),
        Trouble.MISSING: _("Entries are gone before number {number}."),
        Trouble.CHANGED: _("Entry number {number} is not what was written."),
        Trouble.SIGNATURE: _("Entry number {number} was not signed by this vault."),
        Trouble.CLOCK_BACK: _("Before entry number {number} the clock went back."),
        Trouble.CLOCK_SET: _("Before entry number {number} the clock was set."),
    }
    return words.get(trouble, other)
