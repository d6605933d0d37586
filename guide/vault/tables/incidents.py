"""What happened (form F01). A correction adds a wording; the first one stays.

Whether contact came after the notice is worked out each time, from the person, the
time and how well the time is known. The private note is read by
``private_note`` alone: no list, search, time-line or export comes across it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from guide.model.problems import InvalidAnswerError, NotFoundError
from guide.model.records import Incident, PrivateNote, Version
from guide.model.times import AfterNotice, When
from guide.vault.tables import bodies
from guide.vault.tables.letter_rows import SENT_NOTICES
from guide.vault.tables.letters import Letters
from guide.vault.tables.records import Kind, Line
from guide.vault.tables.table import Facts, stamp, storable, time_of
from guide.words import _

PAGE = 100


class Incidents(Letters):
    """Incidents, their history and their private notes."""

    def add_incident(self, incident: Incident, note: str = "") -> Incident:
        """Write down something that happened; its number comes back with it."""
        self._refuse_used_id(Kind.INCIDENT, incident.id)
        with self._change():
            self._put_incident(incident, incident.recorded_at, "")
            if note:
                self.put_private_note(incident.id, note, incident.recorded_at)
        return self.incident(incident.id)

    def correct_incident(self, incident: Incident, why: str, at: datetime) -> Incident:
        """Add a better wording. When it was first written down does not change."""
        before = self.incident(incident.id)
        self._refuse_in_bin(Kind.INCIDENT, incident.id)
        corrected = replace(incident, recorded_at=before.recorded_at)
        if corrected != before:
            with self._change():
                self._put_incident(corrected, at, why)
        return self.incident(incident.id)

    def _put_incident(self, incident: Incident, at: datetime, why: str) -> None:
        self._refuse_unknown_ids(incident)
        line = _line(incident)
        number, sha256 = self._add_version(line, incident, at, why)
        self._do("delete from exhibit where incident = ?", (incident.id,))
        for evidence_id in dict.fromkeys(incident.evidence_ids):
            self._do("insert into exhibit values (?, ?)", (incident.id, evidence_id))
        facts: Facts = {"incident": incident.id, "version": number, "sha256": sha256}
        type_ = "incident.add" if number == 1 else "incident.correct"
        self._write(type_, facts, at)

    def _refuse_unknown_ids(self, incident: Incident) -> None:
        """A person or a file that the record does not hold cannot be named in it."""
        if incident.person_id:
            self._some_root(incident.person_id)
        for id_ in incident.evidence_ids:
            sql = (
                "select 1 from evidence where id = ?1 union all"
                " select 1 from tombstone where kind = 'evidence' and id = ?1"
            )
            if not self._row(sql, (id_,)):
                raise NotFoundError

    def _refuse_in_bin(self, kind: Kind, id_: str) -> None:
        if self._in_bin(kind, id_):
            raise InvalidAnswerError(
                _("This is in the bin. Nothing was changed."),
                _("Take it out of the bin first."),
            )

    def incident(self, id_: str) -> Incident:
        """An incident as it is worded now, also one in the bin."""
        number, body = self._current(Kind.INCIDENT, id_)
        return self._read(id_, number, body, self._sent_notices())

    def incidents(
        self, *, skip: int = 0, limit: int = PAGE, person_id: str = ""
    ) -> tuple[Incident, ...]:
        """A page of the log, the newest moment first, those without a time last."""
        sent = self._sent_notices()
        root = self._root(person_id)
        if person_id and not root:
            return ()
        page = self._page(Kind.INCIDENT, skip, limit, root)
        return tuple(self._read(id_, n, body, sent) for id_, n, body in page)

    def incident_count(self) -> int:
        """How many incidents there are, without those in the bin."""
        sql = "select count(*) from record where kind = ? and listed = 1"
        ((count,),) = self._rows(sql, (Kind.INCIDENT,))
        return int(str(count))

    def history(self, id_: str) -> tuple[Version[Incident], ...]:
        """Every wording of an incident, the first one first."""
        number, _body = self._current(Kind.INCIDENT, id_)
        sent = self._sent_notices()
        return tuple(
            Version(
                number=each.number,
                at=each.at,
                why=each.why,
                sha256=each.sha256,
                record=self._read(id_, number, each.body, sent),
            )
            for each in self._versions(Kind.INCIDENT, id_)
        )

    def _read(
        self,
        id_: str,
        number: int,
        body: bodies.Body,
        sent: Mapping[str, datetime],
    ) -> Incident:
        found = bodies.incident(id_, body)
        after = self._after_notice(found.person_id, found.when, sent)
        return replace(found, number=number, after_notice=after)

    def _sent_notices(self) -> dict[str, datetime]:
        """When each person was sent a once-only letter first, by who they are now."""
        sql = f"select person, at from {SENT_NOTICES}"  # noqa: S608  only our own words
        return {str(id_): time_of(at) for id_, at in self._rows(sql)}

    def _after_notice(
        self, person_id: str, when: When, sent: Mapping[str, datetime]
    ) -> AfterNotice:
        at = sent.get(person_id)
        return when.after(at) if at else AfterNotice.NO

    def put_private_note(self, incident_id: str, text: str, at: datetime) -> None:
        """Keep a note for the reader alone, replacing the one before; empty: none.

        The journal learns that there was a change, and nothing of the words.
        """
        self._current(Kind.INCIDENT, incident_id)
        with self._change():
            self._do("delete from private_note where incident = ?", (incident_id,))
            if text:
                self._do(
                    "insert into private_note (incident, text, at) values (?, ?, ?)",
                    (incident_id, storable(text), stamp(at)),
                )
            self._write("incident.note", {"incident": incident_id}, at)

    def private_note(self, incident_id: str) -> PrivateNote | None:
        """The note that never leaves the vault."""
        sql = "select text, at from private_note where incident = ?"
        row = self._row(sql, (incident_id,))
        if row is None:
            return None
        return PrivateNote(
            incident_id=incident_id, at=time_of(row[1]), _text=str(row[0])
        )


def _line(incident: Incident) -> Line:
    told = (
        *(incident.account, incident.what, incident.where, incident.platform),
        *(incident.effect, incident.done, incident.when.words),
        *(*incident.witnesses, *incident.reported_to),
    )
    return Line(
        kind=Kind.INCIDENT,
        id=incident.id,
        title=incident.what or incident.account,
        text="\n".join(filter(None, told)),
        when=incident.when,
        person=incident.person_id,
        platform=incident.platform,
    )
