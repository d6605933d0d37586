"""Keeping files as evidence: byte for byte, sealed, with what the reader says of them.

A file is kept by the protocol of the vault, one after the other; whatever cannot be
kept is said with its reason, and the rest is kept. Keeping needs a leave that only
the question about pictures gives (``guide.actions.picture_gate``).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from guide.actions.desk import Desk
from guide.actions.evidence_words import captured_of, claims_of, details_of
from guide.actions.finding import Found, FoundFile, Refused, looked_at
from guide.actions.keeping import vault_of
from guide.actions.notes import EVIDENCE, Notes, forget
from guide.actions.picture_gate import MayKeep, refuse_unasked
from guide.actions.vault_facts import size_in_words
from guide.model.problems import GuideError
from guide.model.records import Evidence
from guide.model.text import whole
from guide.safety.display import show_path
from guide.vault.disk import DISK, Disk
from guide.vault.kept import KeptFile, KeptRecord, moment
from guide.vault.problems import (
    AlreadyKeptError,
    NotKeptError,
    ReadOnlyVaultError,
    StoppedError,
)
from guide.vault.sealed_files import keep_file
from guide.words import _, plural

if TYPE_CHECKING:
    from guide.actions.working import Work


@dataclass(frozen=True, slots=True, kw_only=True)
class Tie:
    """What a file belongs to: an incident, a talk with an office, or nothing yet."""

    incident_id: str = ""
    contact_id: str = ""

    def __bool__(self) -> bool:
        return bool(self.incident_id or self.contact_id)


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """What became of an intake. ``again`` are files that were in the vault before."""

    kept: tuple[Evidence, ...] = ()
    again: tuple[Evidence, ...] = ()
    refused: tuple[Refused, ...] = ()
    stopped: tuple[str, ...] = field(default=(), repr=False)  # names, not kept
    not_tied: str = ""  # why they could not be tied to what they belong to


@dataclass(slots=True)
class _Intake:
    """One intake while it is at work."""

    desk: Desk
    may: MayKeep
    asked: bool
    said: Notes
    tie: Tie
    work: Work
    disk: Disk
    done: int = 0  # bytes of the files that are done with
    kept: list[Evidence] = field(default_factory=list)
    again: list[Evidence] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)


def keep(  # noqa: PLR0913  who keeps what, by whose leave, and what is said of it
    desk: Desk,
    found: Found,
    may: MayKeep,
    said: Notes,
    tie: Tie,
    work: Work,
    *,
    disk: Disk = DISK,
) -> Kept:
    """Keep every file in *found*, each whole or not at all, and say what became of it.

    Raises NotAskedError without a leave given for these very files, StopHereError
    where the reader has said meanwhile what closes it, ReadOnlyVaultError. To stop
    keeps what was finished; the names of the others are given back.
    """
    asked = refuse_unasked(desk, found, may)
    vault_of(desk)
    if not desk.saving:
        raise ReadOnlyVaultError
    intake = _Intake(desk, may, asked, said, tie, work, disk)
    left = iter(found.files)
    stopped: list[str] = []
    for number, file in enumerate(left, 1):
        try:
            _say(work, file, number, len(found.files))
            _keep_one(intake, file, found.size * 2)
        except StoppedError:
            stopped = [show_path(each.path.name) for each in (file, *left)]
        intake.done += file.size * 2
    return Kept(
        kept=tuple(intake.kept),
        again=tuple(intake.again),
        refused=(*found.refused, *intake.refused),
        stopped=tuple(stopped),
        not_tied=_tied(desk, tie, (*intake.kept, *intake.again)),
    )


def _say(work: Work, file: FoundFile, number: int, count: int) -> None:
    if work.stopped():
        raise StoppedError
    name = show_path(file.path.name)
    words = _("Keeping {name}, byte for byte, and reading it back")
    several = _("Keeping {number} of {count}: {name}")
    text = several if count > 1 else words
    work.say(text.format(name=name, number=number, count=count))


def _keep_one(intake: _Intake, file: FoundFile, total: int) -> None:
    desk, name = intake.desk, file.path.name
    record = KeptRecord(
        name=name,
        acquired_at=desk.now().astimezone(),
        source=intake.said.value("source"),
        details=details_of(intake.said, file, sensitive=intake.may.sensitive),
    )
    try:
        _refuse_if_another(intake, file)
        keep_file(
            vault_of(desk),
            file.path,
            record,
            accept=lambda kept: _accept(desk, file, kept),
            commit=lambda kept: intake.kept.append(
                desk.vault.add_evidence(evidence_of(kept))
            ),
            progress=lambda done, _all: intake.work.progress(intake.done + done, total),
            cancelled=intake.work.stopped,
            disk=intake.disk,
        )
    except StoppedError:
        raise
    except AlreadyKeptError as same:
        _note_again(intake, file, same.evidence_id)
    except GuideError as error:
        shown = show_path(name)
        intake.refused.append(Refused(name=shown, why=error.what, then=error.next_step))


def _refuse_if_another(intake: _Intake, file: FoundFile) -> None:
    """The question was about the file as it was then, so it must still be that one."""
    now = looked_at(file.path, file.inside)
    same = (file.identity, file.size, file.modified_ns)
    is_same = (now.identity, now.size, now.modified_ns) == same
    if not is_same or (now.looked.asks and not intake.asked):
        raise _changed()


def _accept(desk: Desk, file: FoundFile, kept: KeptFile) -> None:
    """The last look before it is real: the same file, and not kept already."""
    if (kept.size, kept.modified_at) != (file.size, moment(file.modified_ns)):
        raise _changed()
    if same := desk.vault.evidence_with_hash(kept.sha256):
        raise AlreadyKeptError(same)


def _changed() -> NotKeptError:
    return NotKeptError(
        _("The file was not kept, because it changed since you chose it."),
        _("Choose it again."),
    )


def evidence_of(kept: KeptFile) -> Evidence:
    """The row for a sealed file: what it is, and what its record says of it."""
    record, said = kept.record, kept.record.details
    return Evidence(
        id=kept.id,
        original_name=record.name,
        media_type=said.get("media_type", "application/octet-stream"),
        size=kept.size,
        sha256=kept.sha256,
        acquired_at=record.acquired_at,
        claims=claims_of(said),
        captured_at=captured_of(said),
        acquired_by=said.get("by", ""),
        source=record.source,
        url=said.get("url", ""),
        note=said.get("note", ""),
        sensitive=said.get("sensitive") == "yes",
    )


def _note_again(intake: _Intake, file: FoundFile, evidence_id: str) -> None:
    desk, said = intake.desk, intake.said
    source = ", ".join(filter(None, [show_path(file.path.name), said.value("source")]))
    desk.vault.note_same_file(evidence_id, source, said.value("by"), desk.now())
    intake.again.append(desk.vault.evidence(evidence_id))


def _tied(desk: Desk, tie: Tie, files: tuple[Evidence, ...]) -> str:
    """Tie all of *files* at once; why not, if that was refused. They stay kept."""
    try:
        tie_files(desk, tie, tuple(each.id for each in files))
    except GuideError as error:
        return str(error)
    return ""


def tie_files(desk: Desk, tie: Tie, ids: tuple[str, ...]) -> None:
    """Say in an incident or a talk that these files belong to it, in a new wording."""
    if not ids:
        return
    vault, now, why = desk.vault, desk.now(), _("files added")
    if tie.incident_id:
        incident = vault.incident(tie.incident_id)
        all_ids = tuple(dict.fromkeys((*incident.evidence_ids, *ids)))
        vault.correct_incident(replace(incident, evidence_ids=all_ids), why, now)
    if tie.contact_id:
        contact = vault.contact(tie.contact_id)
        all_ids = tuple(dict.fromkeys((*contact.evidence_ids, *ids)))
        vault.correct_contact(replace(contact, evidence_ids=all_ids), why, now)


def files_of(desk: Desk, tie: Tie) -> tuple[str, ...]:
    """The ids of the files that an incident or a talk names, as far as they stand."""
    named: tuple[str, ...] = ()
    if tie.incident_id:
        named = desk.vault.incident(tie.incident_id).evidence_ids
    elif tie.contact_id:
        named = desk.vault.contact(tie.contact_id).evidence_ids
    there = set(desk.vault.evidence_ids())
    binned = {each.id for each in desk.vault.binned()}
    return tuple(each for each in named if each in there and each not in binned)


def notes_of_evidence(desk: Desk, id_: str) -> Notes:
    """What is said about a file now, ready to be corrected."""
    kept = desk.vault.evidence(id_)
    values: Mapping[str, str] = {
        "source": kept.source,
        "url": kept.url,
        "by": kept.acquired_by,
        "note": kept.note,
        "when": kept.captured_at.words,
    }
    return Notes(
        kind=EVIDENCE,
        of=id_,
        values={k: v for k, v in values.items() if v},
        when=kept.captured_at,
    )


def describe(desk: Desk, notes: Notes, why: str = "") -> Evidence:
    """Correct what is said about a file; the wording before stays readable."""
    said = replace(
        desk.vault.evidence(notes.of),
        source=notes.value("source"),
        url=notes.value("url"),
        acquired_by=notes.value("by"),
        note=notes.value("note"),
        captured_at=notes.when,
    )
    result = desk.vault.describe_evidence(said, whole(why).strip(), desk.now())
    forget(desk, notes)
    return result


def mark_sensitive(desk: Desk, id_: str, *, sensitive: bool) -> Evidence:
    """Say that a file is intimate: then it is never drawn, nor handed over in bulk."""
    said = replace(desk.vault.evidence(id_), sensitive=sensitive)
    why = _("marked as intimate") if sensitive else _("not marked as intimate")
    return desk.vault.describe_evidence(said, why, desk.now())


def count_and_size(count: int, size: int) -> str:
    """How many files, and how big they are together."""
    files = plural("{count} file", "{count} files", count)
    return f"{files}, {size_in_words(size)}"


def totals(desk: Desk) -> tuple[int, int]:
    """How many files are in the list, and how many bytes; the bin is not counted."""
    count, size = desk.vault.evidence_totals()
    gone = [e for e in desk.vault.binned() if e.kind == EVIDENCE]
    return count - len(gone), size - sum(desk.vault.evidence(e.id).size for e in gone)
