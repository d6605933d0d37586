"""What incidents, evidence, contacts and letters share: a line, versions, words.

The line is for lists and the time-line, the versions are the record itself and
are only ever added to, and the words are what a search finds.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from guide.model.problems import NotFoundError
from guide.model.records import Evidence, Incident, OfficialContact
from guide.model.times import Precision, When
from guide.vault.tables import bodies
from guide.vault.tables.table import NEVER, Table, stamp, storable, time_of

_LONGEST_TITLE = 120
_LINE = (
    "update record set at = ?, until = ?, day = ?, precision = ?, person = ?,"
    " platform = ?, title = ?, listed = ?, version = ? where n = ?"
)


class Kind(StrEnum):
    """Every kind of record that has a line."""

    INCIDENT = "incident"
    EVIDENCE = "evidence"
    CONTACT = "contact"
    LETTER = "letter"
    NOTICE = "notice"
    PERSON = "person"


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A record as lists show it; ``text`` is what a search finds it by."""

    kind: Kind
    id: str
    title: str
    text: str
    when: When
    person: str = ""
    platform: str = ""
    listed: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    """One version of a record as it stands in the database."""

    number: int
    at: datetime
    why: str
    sha256: str
    body: bodies.Body


class Records(Table):
    """Lines, versions and words, written together inside one change."""

    def _put_line(self, line: Line, version: int = 0) -> None:
        """Make or replace the line of a record, and the words it is found by."""
        n = self._number_of_row(line.kind, line.id)
        when = line.when
        values = (
            *(stamp(when.start), stamp(when.latest)),
            when.day.isoformat() if when.day else NEVER,
            *(when.precision, line.person, storable(line.platform)),
            *(_title(line.title), int(line.listed), version, n),
        )
        self._do(_LINE, values)
        self._do("delete from doc where n = ?", (n,))
        self._do("insert into doc values (?, ?)", (n, storable(line.text)))

    def _forget_words(self, kind: Kind, id_: str) -> None:
        row = "select n from record where kind = ? and id = ?"
        self._do(f"delete from doc where n = ({row})", (kind, id_))  # noqa: S608  only our own words

    def _number_of_row(self, kind: Kind, id_: str) -> int:
        sql = "select n from record where kind = ? and id = ?"
        row = self._row(sql, (kind, id_))
        if row:
            return int(str(row[0]))
        sql = (
            "insert into counter values (?, 1)"
            " on conflict (kind) do update set last = last + 1 returning last"
        )
        (number,) = self._row(sql, (kind,)) or (1,)
        self._do(
            "insert into record (kind, id, number, version, at, until, day,"
            " precision, person, platform, title, listed)"
            " values (?, ?, ?, 0, '', '', '', ?, '', '', '', 0)",
            (kind, id_, int(str(number)), Precision.UNKNOWN),
        )
        return int(self._connection.last_insert_rowid())

    def _add_version(
        self,
        line: Line,
        record: Incident | Evidence | OfficialContact,
        at: datetime,
        why: str = "",
    ) -> tuple[int, str]:
        """Add a wording after those that are there: its number and its hash."""
        body, sha256 = bodies.packed(record)
        sql = "select count(*) from version where kind = ? and id = ?"
        (count,) = self._row(sql, (line.kind, line.id)) or (0,)
        number = int(str(count)) + 1
        self._do(
            "insert into version (kind, id, number, at, why, body, sha256)"
            " values (?, ?, ?, ?, ?, ?, ?)",
            (line.kind, line.id, number, stamp(at), storable(why), body, sha256),
        )
        self._put_line(line, number)
        return number, sha256

    def _versions(self, kind: Kind, id_: str) -> Iterator[Stored]:
        """Every wording of a record, the first one first."""
        sql = (
            "select number, at, why, sha256, body from version"
            " where kind = ? and id = ? order by number"
        )
        for number, at, why, sha256, body in self._rows(sql, (kind, id_)):
            yield Stored(
                number=int(str(number)),
                at=time_of(at),
                why=str(why),
                sha256=str(sha256),
                body=bodies.unpacked(body),
            )

    def _current(self, kind: Kind, id_: str) -> tuple[int, bodies.Body]:
        """The number the reader calls it by, and its latest wording."""
        sql = (
            "select r.number, v.body from record as r join version as v"
            " on v.kind = r.kind and v.id = r.id and v.number = r.version"
            " where r.kind = ? and r.id = ?"
        )
        row = self._row(sql, (kind, id_))
        if row is None:
            raise NotFoundError
        return int(str(row[0])), bodies.unpacked(row[1])

    def _page(
        self, kind: Kind, skip: int, limit: int, person_id: str = ""
    ) -> Iterator[tuple[str, int, bodies.Body]]:
        """Latest wordings, the newest moment first, without those in the bin."""
        who = "and person in (select id from person where root = ?)"
        # The page is cut out of an index before any wording is read.
        page = (
            "select n from record where kind = ? and listed = 1"  # noqa: S608  only our own words
            f" {who if person_id else ''} order by at desc, n desc limit ? offset ?"
        )
        sql = (
            "select r.id, r.number, v.body"  # noqa: S608  only our own words
            f" from ({page}) as page join record as r on r.n = page.n"
            " join version as v"
            " on v.kind = r.kind and v.id = r.id and v.number = r.version"
            " order by r.at desc, r.n desc"
        )
        someone = (person_id,) if person_id else ()
        for id_, number, body in self._rows(sql, (kind, *someone, limit, skip)):
            yield str(id_), int(str(number)), bodies.unpacked(body)

    def _refuse_used_id(self, kind: Kind, id_: str) -> None:
        """An id names one record for ever, also after it is gone."""
        sql = (
            "select 1 from version where kind = ?1 and id = ?2 union all"
            " select 1 from tombstone where kind = ?1 and id = ?2"
        )
        if self._row(sql, (kind, id_)):
            raise ValueError("this id is taken")

    def _in_bin(self, kind: Kind, id_: str) -> bool:
        sql = "select 1 from record where kind = ? and id = ? and binned_at <> ''"
        return self._row(sql, (kind, id_)) is not None


def _title(text: str) -> str:
    """The first line, short."""
    line = storable(text).strip().split("\n")[0].strip()
    return line if len(line) <= _LONGEST_TITLE else line[: _LONGEST_TITLE - 1] + "…"
