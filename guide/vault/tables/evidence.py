"""The rows about kept files, and who touched them when (chain of custody).

A row is written in the change that makes a sealed file real. Name, size and hash
are frozen; what the reader says about a file is corrected by adding. Custody
events are only ever added.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from guide.model.problems import NotFoundError
from guide.model.records import CustodyAction, CustodyEvent, Evidence, Version
from guide.model.times import exactly
from guide.vault.problems import AlreadyKeptError
from guide.vault.tables import bodies
from guide.vault.tables.incidents import PAGE, Incidents
from guide.vault.tables.records import Kind, Line
from guide.vault.tables.table import (
    Facts,
    fingerprint,
    new_salt,
    stamp,
    storable,
    time_of,
)
from guide.words import _


class EvidenceRows(Incidents):
    """Evidence, its history and its custody events."""

    def add_evidence(self, evidence: Evidence, by: str = "") -> Evidence:
        """Make a sealed file part of the record, with "acquired" as its first event.

        Raises AlreadyKeptError, which names the other one, for the same bytes twice.
        """
        if same := self.evidence_with_hash(evidence.sha256):
            raise AlreadyKeptError(same)
        self._refuse_used_id(Kind.EVIDENCE, evidence.id)
        if evidence.person_id:
            self._some_root(evidence.person_id)
        with self._change():
            self._do(
                "insert into evidence values (?, ?, ?)",
                (evidence.id, evidence.sha256, evidence.size),
            )
            self._put_evidence(evidence, evidence.acquired_at, "")
            event = CustodyEvent(
                evidence_id=evidence.id,
                at=evidence.acquired_at,
                action=CustodyAction.ACQUIRED,
                by=by or evidence.acquired_by,
                detail=evidence.source,
            )
            self._add_custody(event)
        return self.evidence(evidence.id)

    def evidence_with_hash(self, sha256: str) -> str:
        """The id of the evidence with these bytes, also in the bin; empty if none."""
        row = self._row("select id from evidence where sha256 = ?", (sha256,))
        return str(row[0]) if row else ""

    def describe_evidence(self, evidence: Evidence, why: str, at: datetime) -> Evidence:
        """Correct what is said about a file. What the file *is* cannot be changed."""
        before = self.evidence(evidence.id)
        self._refuse_in_bin(Kind.EVIDENCE, evidence.id)
        corrected = replace(
            before,
            captured_at=evidence.captured_at,
            acquired_by=evidence.acquired_by,
            source=evidence.source,
            url=evidence.url,
            note=evidence.note,
            person_id=evidence.person_id,
            sensitive=evidence.sensitive,
        )
        if corrected.person_id:
            self._some_root(corrected.person_id)
        if corrected != before:
            with self._change():
                self._put_evidence(corrected, at, why)
        return self.evidence(evidence.id)

    def _put_evidence(self, evidence: Evidence, at: datetime, why: str) -> None:
        number, sha256 = self._add_version(_line(evidence), evidence, at, why)
        facts: Facts = {
            "evidence": evidence.id,
            "version": number,
            "sha256": sha256,
            "file_sha256": evidence.sha256,
            "size": evidence.size,
        }
        type_ = "evidence.add" if number == 1 else "evidence.describe"
        self._write(type_, facts, at)

    def evidence(self, id_: str) -> Evidence:
        """One piece of evidence as it is described now, also one in the bin."""
        number, body = self._current(Kind.EVIDENCE, id_)
        return replace(bodies.evidence(id_, body), number=number)

    def evidence_list(
        self, *, skip: int = 0, limit: int = PAGE
    ) -> tuple[Evidence, ...]:
        """A page of the evidence, the newest first, without what is in the bin."""
        return tuple(
            replace(bodies.evidence(id_, body), number=number)
            for id_, number, body in self._page(Kind.EVIDENCE, skip, limit)
        )

    def evidence_ids(self) -> tuple[str, ...]:
        """Every piece there is a sealed file of, also in the bin, oldest first."""
        rows = self._rows("select id from evidence order by rowid")
        return tuple(str(id_) for (id_,) in rows)

    def evidence_totals(self) -> tuple[int, int]:
        """How many files are kept, and how many bytes they have together."""
        sql = "select count(*), coalesce(sum(size), 0) from evidence"
        ((count, size),) = self._rows(sql)
        return int(str(count)), int(str(size))

    def evidence_history(self, id_: str) -> tuple[Version[Evidence], ...]:
        """Every description of a piece of evidence, the first one first."""
        number, _body = self._current(Kind.EVIDENCE, id_)
        return tuple(
            Version(
                number=each.number,
                at=each.at,
                why=each.why,
                sha256=each.sha256,
                record=replace(bodies.evidence(id_, each.body), number=number),
            )
            for each in self._versions(Kind.EVIDENCE, id_)
        )

    def incidents_with(self, evidence_id: str) -> tuple[str, ...]:
        """The ids of the incidents that name this piece now."""
        sql = "select incident from exhibit where evidence = ? order by incident"
        return tuple(str(id_) for (id_,) in self._rows(sql, (evidence_id,)))

    def note_custody(self, event: CustodyEvent) -> None:
        """Note one touch of a piece of evidence."""
        if not self._row("select 1 from evidence where id = ?", (event.evidence_id,)):
            raise NotFoundError
        with self._change():
            self._add_custody(event)

    def note_same_file(
        self, evidence_id: str, source: str, by: str, at: datetime
    ) -> None:
        """Note that a file that is kept already came in once more."""
        came_again = _("the same file came again: {source}").format(source=source)
        self.note_custody(
            CustodyEvent(
                evidence_id=evidence_id,
                at=at,
                action=CustodyAction.ACQUIRED,
                by=by,
                detail=came_again,
            )
        )

    def _add_custody(self, event: CustodyEvent) -> None:
        salt = new_salt()
        by, detail = storable(event.by), storable(event.detail)
        self._do(
            "insert into custody (evidence, at, action, by, detail, salt)"
            " values (?, ?, ?, ?, ?, ?)",
            (event.evidence_id, stamp(event.at), event.action, by, detail, salt),
        )
        facts: Facts = {
            "evidence": event.evidence_id,
            "action": event.action,
            "event": int(self._connection.last_insert_rowid()),
            "sha256": fingerprint(salt, f"{stamp(event.at)}\n{by}\n{detail}"),
        }
        self._write("evidence.custody", facts, event.at)

    def custody(self, evidence_id: str) -> tuple[CustodyEvent, ...]:
        """Every touch of a piece of evidence, in the order it was noted."""
        sql = "select at, action, by, detail from custody where evidence = ? order by n"
        return tuple(
            CustodyEvent(
                evidence_id=evidence_id,
                at=time_of(at),
                action=CustodyAction(str(action)),
                by=str(by),
                detail=str(detail),
            )
            for at, action, by, detail in self._rows(sql, (evidence_id,))
        )


def _line(evidence: Evidence) -> Line:
    told = (
        *(evidence.original_name, evidence.note, evidence.source, evidence.url),
        *(evidence.acquired_by, evidence.captured_at.words),
    )
    captured = evidence.captured_at
    return Line(
        kind=Kind.EVIDENCE,
        id=evidence.id,
        title=evidence.original_name,
        text="\n".join(filter(None, told)),
        when=captured if captured.start else exactly(evidence.acquired_at),
        person=evidence.person_id,
    )
