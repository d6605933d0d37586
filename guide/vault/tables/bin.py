"""The bin: 30 days in which a record can come back, then a tombstone for ever.

Nothing goes by itself and nothing goes silently. ``purge`` removes the words with
``secure_delete``, leaves the hash and the reason, and says what it removed, so that
the sealed file of a piece of evidence can be removed after it, never before.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from guide.model.problems import NotFoundError
from guide.model.records import Binned, Tombstone
from guide.vault.problems import ReasonNeededError
from guide.vault.tables.contacts import Contacts
from guide.vault.tables.records import Kind
from guide.vault.tables.table import Facts, stamp, storable, time_of

DAYS = timedelta(days=30)
_CAN_GO = (Kind.INCIDENT, Kind.EVIDENCE, Kind.CONTACT)
_OF_ALL = (
    "delete from version where kind = :kind and id = :id",
    "delete from record where kind = :kind and id = :id",
)
_OF_EACH = {
    Kind.INCIDENT: (
        "delete from exhibit where incident = :id",
        "delete from private_note where incident = :id",
    ),
    Kind.EVIDENCE: (
        "delete from custody where evidence = :id",
        "delete from evidence where id = :id",
    ),
    Kind.CONTACT: ("delete from follow_up where contact = :id",),
}


class Bin(Contacts):
    """What was thrown away, and what is left of what is gone."""

    def put_in_bin(self, kind: str, id_: str, reason: str, at: datetime) -> None:
        """Take a record out of every list; it can come back for 30 days."""
        if not reason.strip():
            raise ReasonNeededError
        known = self._known(kind)
        sql = (
            "update record set listed = 0, binned_at = ?, bin_reason = ?"
            " where kind = ? and id = ? and binned_at = ''"
        )
        values = (stamp(at), storable(reason.strip()), known, id_)
        with self._change():
            if not self._do(sql, values):
                raise NotFoundError
            self._write("bin.put", {"kind": known, "id": id_}, at)

    def restore(self, kind: str, id_: str, at: datetime) -> None:
        """Take a record out of the bin, as it was."""
        known = self._known(kind)
        sql = (
            "update record set listed = 1, binned_at = '', bin_reason = ''"
            " where kind = ? and id = ? and binned_at <> ''"
        )
        with self._change():
            if not self._do(sql, (known, id_)):
                raise NotFoundError
            self._write("bin.restore", {"kind": known, "id": id_}, at)

    def binned(self) -> tuple[Binned, ...]:
        """What is in the bin, what goes first first."""
        return tuple(self._binned("9999"))

    def overdue(self, now: datetime) -> tuple[Binned, ...]:
        """What has been in the bin for 30 days, and would go at a ``purge``."""
        return tuple(self._binned(stamp(now - DAYS)))

    def _binned(self, until: str) -> Iterator[Binned]:
        sql = (
            "select kind, id, number, title, bin_reason, binned_at from record"
            " where binned_at <> '' and binned_at <= ? order by binned_at, n"
        )
        for kind, id_, number, title, reason, at in self._rows(sql, (until,)):
            yield Binned(
                kind=str(kind),
                id=str(id_),
                number=int(str(number)),
                title=str(title),
                reason=str(reason),
                binned_at=time_of(at),
                gone_on=time_of(at) + DAYS,
            )

    def purge(self, now: datetime) -> tuple[Tombstone, ...]:
        """Remove what has been in the bin for 30 days; a tombstone of each stays."""
        return tuple(self._remove(each, now) for each in self.overdue(now))

    def _remove(self, gone: Binned, now: datetime) -> Tombstone:
        stone = Tombstone(
            kind=gone.kind,
            id=gone.id,
            number=gone.number,
            sha256=self._hash_of(gone),
            reason=gone.reason,
            binned_at=gone.binned_at,
            removed_at=now,
        )
        with self._change():
            self._do(
                "insert into tombstone values (?, ?, ?, ?, ?, ?, ?)",
                (
                    *(stone.kind, stone.id, stone.number, stone.sha256, stone.reason),
                    *(stamp(stone.binned_at), stamp(stone.removed_at)),
                ),
            )
            self._forget_words(self._known(gone.kind), gone.id)
            for sql in (*_OF_ALL, *_OF_EACH[self._known(gone.kind)]):
                self._connection.execute(sql, {"kind": gone.kind, "id": gone.id})
            facts: Facts = {"kind": stone.kind, "id": stone.id, "sha256": stone.sha256}
            self._write("bin.remove", facts, now)
        return stone

    def _hash_of(self, gone: Binned) -> str:
        """The hash of the file; of words, the one of their last wording."""
        if gone.kind == Kind.EVIDENCE:
            return self.evidence(gone.id).sha256
        return list(self._versions(self._known(gone.kind), gone.id))[-1].sha256

    def tombstones(self) -> tuple[Tombstone, ...]:
        """Everything that is gone, in the order it went."""
        sql = (
            "select kind, id, number, sha256, reason, binned_at, removed_at"
            " from tombstone order by removed_at, rowid"
        )
        return tuple(
            Tombstone(
                kind=str(kind),
                id=str(id_),
                number=int(str(number)),
                sha256=str(sha256),
                reason=str(reason),
                binned_at=time_of(binned),
                removed_at=time_of(removed),
            )
            for kind, id_, number, sha256, reason, binned, removed in self._rows(sql)
        )

    def _known(self, kind: str) -> Kind:
        """A kind that can go: people and letters never do."""
        for known in _CAN_GO:
            if known == kind:
                return known
        raise NotFoundError
