"""One time-line of incidents, notices, letters, contacts and evidence.

Lines come a page at a time from an index; counts come from days, never from every
line, so that nothing a reader waits for grows with the record. No score.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from itertools import pairwise

from guide.model.timeline import (
    EVERYTHING,
    BeforeAndAfter,
    Entry,
    EntryKind,
    Filter,
    Gap,
    Side,
    Week,
)
from guide.model.times import ABOUT, AfterNotice, Precision, When
from guide.vault.tables.bin import Bin
from guide.vault.tables.incidents import PAGE
from guide.vault.tables.letter_rows import SENT_NOTICES
from guide.vault.tables.table import Row, Values, moment, stamp, storable

_LINE = "r.kind, r.id, r.number, r.title, r.at, r.until, r.day, r.precision, r.person"
# "until" is the last moment it can have been: "about" is a day either way.
_SIDES = {
    Side.BEFORE: "r.at <> '' and r.until <= n.at",
    Side.AFTER: "r.until > n.at",
}
_THEIRS = "r.person in (select id from person where root = ?)"
_COUNT = (
    "select case when at = '' then ''"
    " when at > iif(precision = 'about', ?, ?) then 'yes'"
    " when until > ? then 'perhaps' else 'no' end as side, count(*)"
    " from record where kind = 'incident' and listed = 1"
    " and person in (select id from person where root = ?) group by side"
)


class Timeline(Bin):
    """Lines, counts by week, gaps, and the two sides of a notice."""

    def timeline(
        self, which: Filter = EVERYTHING, *, skip: int = 0, limit: int = PAGE
    ) -> tuple[Entry, ...]:
        """A page of the time-line, newest first; what has no time comes last."""
        source, values = self._source(which)
        sql = f"select {_LINE}, r.platform {source} order by r.at desc, r.n desc"
        rows = self._rows(f"{sql} limit ? offset ?", (*values, limit, skip))
        sent = self._sent_notices()
        return tuple(self._entry(row, sent) for row in rows)

    def timeline_count(self, which: Filter = EVERYTHING) -> int:
        """How many lines there are."""
        source, values = self._source(which)
        ((count,),) = self._rows(f"select count(*) {source}", values)
        return int(str(count))

    def days(self, which: Filter = EVERYTHING) -> Counter[date]:
        """How many lines there are on each day that has one, where it happened."""
        source, values = self._source(which)
        sql = f"select r.day, count(*) {source} and r.day <> '' group by r.day"
        rows = self._rows(sql, values)
        return Counter({date.fromisoformat(str(day)): int(str(n)) for day, n in rows})

    def weeks(self, which: Filter = EVERYTHING) -> tuple[Week, ...]:
        """Counts by ISO 8601 week, from the first to the last, empty ones too."""
        counts: Counter[date] = Counter()
        for day, count in self.days(which).items():
            counts[day - timedelta(days=day.weekday())] += count
        return tuple(_weeks(counts))

    def gaps(
        self, which: Filter = EVERYTHING, *, at_least: int = 1, most: int = 5
    ) -> tuple[Gap, ...]:
        """The longest stretches of whole days without a line, longest first."""
        days = sorted(self.days(which))
        gaps = [Gap(after=a, before=b) for a, b in pairwise(days)]
        long = [gap for gap in gaps if gap.days >= at_least]
        return tuple(sorted(long, key=lambda gap: -gap.days)[:most])

    def before_and_after(self, person_id: str) -> BeforeAndAfter:
        """Incidents of a person on each side of their notice."""
        root = self._root(person_id)
        sent = self._sent_notices().get(root)
        values = (stamp(sent and sent + ABOUT), stamp(sent), stamp(sent), root)
        counts = {str(side): int(str(n)) for side, n in self._rows(_COUNT, values)}
        if sent is None:  # nothing can be after a notice that was not sent
            known = sum(n for side, n in counts.items() if side)
            counts = {AfterNotice.NO: known, "": counts.get("", 0)}
        return BeforeAndAfter(
            sent_at=sent,
            before=counts.get(AfterNotice.NO, 0),
            after=counts.get(AfterNotice.YES, 0),
            perhaps_after=counts.get(AfterNotice.PERHAPS, 0),
            not_known=counts.get("", 0),
        )

    def _source(self, which: Filter) -> tuple[str, Values]:
        """The lines that *which* lets through, as SQL and its values."""
        parts: list[tuple[str, tuple[str, ...]]] = [("r.listed = 1", ())]
        if which.kinds:
            marks = ", ".join("?" * len(which.kinds))
            parts.append((f"r.kind in ({marks})", tuple(sorted(which.kinds))))
        if which.person_id:
            parts.append((_THEIRS, (self._root(which.person_id),)))
        if which.platform:
            parts.append(("r.platform = ?", (storable(which.platform),)))
        if which.first:
            parts.append(("r.day >= ?", (which.first.isoformat(),)))
        if which.last:
            last = which.last.isoformat()
            parts.append(("r.day <> '' and r.day <= ?", (last,)))
        notice = ""
        if which.side:
            notice = f" join {SENT_NOTICES} as n on n.person = r.person"
            parts.append((_SIDES[which.side], ()))
        where = " and ".join(sql for sql, _values in parts)
        values = tuple(value for _sql, each in parts for value in each)
        return f"from record as r{notice} where {where}", values

    def _entry(self, row: Row, sent: dict[str, datetime]) -> Entry:
        kind, id_, number, title, at, until, day, precision, person, platform = row
        range_ = precision == Precision.RANGE
        incident = kind == EntryKind.INCIDENT
        notice = sent.get(str(person)) if incident else None
        return Entry(
            kind=EntryKind(str(kind)),
            id=str(id_),
            number=int(str(number)),
            title=str(title),
            at=moment(at),
            until=moment(until) if range_ else None,
            day=date.fromisoformat(str(day)) if day else None,
            precision=Precision(str(precision)),
            person_id=str(person),
            platform=str(platform),
            after_notice=_when(at, until, precision).after(notice)
            if notice
            else AfterNotice.NO,
        )


def _when(at: object, until: object, precision: object) -> When:
    kind = Precision(str(precision))
    end = moment(until) if kind is Precision.RANGE else None
    return When(precision=kind, start=moment(at), end=end)


def _weeks(counts: Counter[date]) -> Iterator[Week]:
    """*counts* by Monday, with the weeks between."""
    monday, last = min(counts, default=date.max), max(counts, default=date.min)
    while monday <= last:
        year, week, _day = monday.isocalendar()
        yield Week(year=year, week=week, count=counts[monday])
        monday += timedelta(days=7)
