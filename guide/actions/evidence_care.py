"""Kept files after they were kept: verified, copied out, found again, gone for ever.

Every touch is noted in the history of the file. Nothing here changes a kept file.
"""

from __future__ import annotations

import errno
import os
import unicodedata
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from guide.actions.desk import Desk
from guide.actions.evidence import evidence_of
from guide.actions.keeping import prove, refuse_inside_vault, vault_of
from guide.actions.notes import EVIDENCE
from guide.actions.picture_gate import refuse_plain_copy
from guide.files import path_typed
from guide.model.people import same
from guide.model.problems import GuideError, InvalidAnswerError, not_written
from guide.model.records import CustodyAction, CustodyEvent, Evidence, Tombstone
from guide.vault.problems import (
    AlreadyKeptError,
    EvidenceChangedError,
    EvidenceMissingError,
    ReadOnlyVaultError,
    disk_problem,
)
from guide.vault.sealed_export import export_file
from guide.vault.sealed_folder import places_of
from guide.vault.sealed_listing import Orphan, missing, remove_file
from guide.vault.sealed_listing import orphans as sealed_orphans
from guide.vault.sealed_reading import FileState, verify_all, verify_file
from guide.words import _

if TYPE_CHECKING:
    from guide.actions.working import Work

_HIDDEN = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
_NOT_IN_NAMES = '/\\:*?"<>|'
_LONGEST_NAME = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """What was verified: how many are intact, and every one that is not."""

    intact: int = 0
    others: tuple[tuple[Evidence, FileState], ...] = ()


def verify_one(desk: Desk, id_: str, work: Work) -> FileState:
    """Open and hash one file from the disk; what was found is noted."""
    file = desk.vault.evidence(id_)
    state = verify_file(
        vault_of(desk), file, progress=work.progress, cancelled=work.stopped
    )
    _note_check(desk, id_, state)
    return state


def one_checked(desk: Desk, id_: str, state: FileState) -> Checked:
    """What was found of one file, told like many."""
    if state is FileState.INTACT:
        return Checked(intact=1)
    return Checked(others=((desk.vault.evidence(id_), state),))


def verify_every(desk: Desk, work: Work) -> Checked:
    """The same for every file there is, also in the bin.

    What was verified before it is stopped stays noted.
    """
    files = {id_: desk.vault.evidence(id_) for id_ in desk.vault.evidence_ids()}
    intact, others = 0, []
    found = verify_all(
        vault_of(desk),
        tuple(files.values()),
        progress=work.progress,
        cancelled=work.stopped,
    )
    for id_, state in found:
        _note_check(desk, id_, state)
        if state is FileState.INTACT:
            intact += 1
        else:
            others.append((files[id_], state))
    return Checked(intact=intact, others=tuple(others))


def state_in_words(state: FileState) -> str:
    """What was found, in a sentence that says what to do next."""
    return {
        FileState.INTACT: _("Intact: the same bytes as when it was kept."),
        FileState.CHANGED: _(
            "It does not match its fingerprint. Keep it, do not send it on yet, and "
            "look for it in your second copy."
        ),
        FileState.RECORD_CHANGED: _(
            "The file is intact. The note that is sealed beside it is damaged."
        ),
        FileState.MISSING: _(
            "It is not in the vault's folder any more. Look for it in your second copy."
        ),
        FileState.UNREADABLE: _(
            "The disk could not read it. Copy the vault to another disk, and verify "
            "it there."
        ),
    }[state]


def _note_check(desk: Desk, id_: str, state: FileState) -> None:
    if desk.saving:
        _note(desk, id_, CustodyAction.VERIFIED, str(state))


def _note(desk: Desk, id_: str, action: CustodyAction, detail: str) -> None:
    desk.vault.note_custody(
        CustodyEvent(
            evidence_id=id_, at=desk.now(), action=action, by="", detail=detail
        )
    )


def word_for_copy() -> str:
    """What is typed to say that a plain copy is wanted."""
    return _("plain copy")


def refuse_unconfirmed(typed: str) -> None:
    """Refuse anything but the words that were asked for."""
    if same(typed) != same(word_for_copy()):
        raise InvalidAnswerError(
            _("No copy was written, because it was not confirmed."),
            _("Type the words as they are shown, or go back."),
        )


def copy_out(desk: Desk, id_: str, typed: str, confirmed: str, work: Work) -> Path:
    """Write a plain copy of a file where the reader *typed*, whole or not at all.

    *confirmed* is what they typed to say that they want one. Nothing that exists is
    replaced, and a copy that cannot be noted is taken back.
    """
    refuse_unconfirmed(confirmed)
    file = desk.vault.evidence(id_)
    refuse_plain_copy(desk, file)
    if not desk.saving:
        raise ReadOnlyVaultError
    target = _target(desk, file, typed)
    export_file(
        vault_of(desk),
        file,
        target,
        progress=work.progress,
        cancelled=work.stopped,
    )
    try:
        _note(desk, id_, CustodyAction.EXPORTED, str(target))
    except BaseException:
        with suppress(OSError):
            target.unlink()
        raise
    return target


def _target(desk: Desk, file: Evidence, typed: str) -> Path:
    target = path_typed(typed).absolute()
    if os.path.isdir(target):  # noqa: PTH112  never raises
        target /= plain_name(file)
    if any(unicodedata.category(each) in _HIDDEN for each in target.name):
        raise not_written(errno.EINVAL)
    refuse_inside_vault(desk, target)
    return target


def plain_name(file: Evidence) -> str:
    """A name for a copy that every system takes, close to its own."""
    bad = _HIDDEN | {"Co", "Cn"}
    kept = "".join(
        "_" if each in _NOT_IN_NAMES or unicodedata.category(each) in bad else each
        for each in file.original_name
    )
    stem, dot, ending = kept.strip(" .").rpartition(".")
    short = f"{stem[: _LONGEST_NAME - len(ending)]}{dot}{ending}"[:_LONGEST_NAME]
    return short or _("file {number}").format(number=file.number)


def orphans(desk: Desk) -> tuple[Orphan, ...]:
    """Sealed files that are in no list: one that a crash or a full disk left so.

    What was removed for ever is none of them.
    """
    gone = {stone.id for stone in desk.vault.tombstones() if stone.kind == EVIDENCE}
    known = {*desk.vault.evidence_ids(), *gone}
    return sealed_orphans(vault_of(desk), known)


def not_on_disk(desk: Desk) -> int:
    """How many kept files have no sealed file in the folder any more."""
    return len(missing(vault_of(desk), desk.vault.evidence_ids()))


def adopt(desk: Desk, id_: str, work: Work) -> Evidence:
    """Take a sealed file back into the list, from the record beside it.

    All of it is verified first. Raises EvidenceChangedError, EvidenceMissingError,
    and AlreadyKeptError where the same bytes are in the list already.
    """
    found = next((each for each in orphans(desk) if each.id == id_), None)
    if found is None:
        raise EvidenceMissingError
    if found.kept is None:
        raise EvidenceChangedError
    evidence = evidence_of(found.kept)
    refuse_plain_copy(desk, evidence)  # no more of what may show somebody is taken in
    if not desk.saving:
        raise ReadOnlyVaultError
    state = verify_file(
        vault_of(desk), found.kept, progress=work.progress, cancelled=work.stopped
    )
    _refuse_damaged(state)
    if there := desk.vault.evidence_with_hash(evidence.sha256):
        raise AlreadyKeptError(there)
    return desk.vault.add_evidence(evidence)


def _refuse_damaged(state: FileState) -> None:
    match state:
        case FileState.MISSING:
            raise EvidenceMissingError
        case FileState.UNREADABLE:
            raise disk_problem(errno.EIO)
        case FileState.CHANGED | FileState.RECORD_CHANGED:
            raise EvidenceChangedError
        case _:
            pass


def empty_bin(desk: Desk, proof: str) -> tuple[tuple[Tombstone, ...], bool]:
    """Remove for ever what has been in the bin for 30 days.

    What went, and whether every sealed file of it is gone from the disk, too. A
    tombstone of each stays: its number, its hash, and why it went. Raises
    WrongPassphraseError: at a screen left open, a clock that is set forward would
    make 30 days of a minute.
    """
    if desk.opened is not None:
        prove(desk, proof)
    gone = desk.vault.purge(desk.now())
    return gone, remove_sealed(desk)


def left_to_remove(desk: Desk) -> bool:
    """Whether a sealed file is still there that was to be gone for ever."""
    if desk.opened is None:
        return False
    stones = [each for each in desk.vault.tombstones() if each.kind == EVIDENCE]
    there = (places_of(desk.opened, stone.id) for stone in stones)
    return any(each.data.exists() or each.record.exists() for each in there)


def remove_sealed(desk: Desk) -> bool:
    """Take away the sealed file of everything that has a tombstone; whether all went.

    Done again at each emptying: a crash or a pulled stick may have come between.
    """
    if desk.opened is None:
        return True
    stones = [each for each in desk.vault.tombstones() if each.kind == EVIDENCE]
    try:
        for stone in stones:
            remove_file(desk.opened, stone.id)
    except GuideError:
        return False
    return True
