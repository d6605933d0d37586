"""A large case in several volumes, each small enough for any computer. Pure.

Laying out one page costs memory until the last page is done, and no library joins
PDFs that a screen reader can read. So a long book becomes several whole ones.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from guide.model.case import Case, CaseIncident, Exhibit, Part
from guide.words import _

MOST = 300  # incidents and exhibits of one volume
_LONG, _HEAVY = 50_000, 10  # so many letters count as so many records
# What is about the whole case, and stands in the first volume.
_ONCE = frozenset({Part.SUMMARY, Part.TIMELINE, Part.CONTACTS, Part.LETTERS})


def volumes(case: Case, most: int = MOST) -> tuple[Case, ...]:
    """*case* in order, each record in exactly one volume; one where it is small."""
    parts = _shared_out((*case.incidents, *case.exhibits), most)
    if len(parts) < 2:
        return (case,)
    return tuple(
        _volume(case, records, number, len(parts))
        for number, records in enumerate(parts, 1)
    )


def _shared_out(
    records: tuple[CaseIncident | Exhibit, ...], most: int
) -> list[tuple[CaseIncident | Exhibit, ...]]:
    parts: list[list[CaseIncident | Exhibit]] = []
    held = most
    for record in records:
        weight = _weight(record)
        if held + weight > most:
            parts.append([])
            held = 0
        parts[-1].append(record)
        held += weight
    return [tuple(part) for part in parts]


def _weight(record: CaseIncident | Exhibit) -> int:
    """How many ordinary records it stands for: a text without end takes many pages."""
    return 1 + _HEAVY * (len(repr(record)) // _LONG)


def _volume(
    case: Case, records: tuple[CaseIncident | Exhibit, ...], number: int, count: int
) -> Case:
    incidents = tuple(each for each in records if isinstance(each, CaseIncident))
    exhibits = tuple(each for each in records if isinstance(each, Exhibit))
    labels = {each.label for each in incidents}
    words = _("{title}, volume {number} of {count}")
    later = number > 1
    return replace(
        case,
        title=words.format(title=case.title, number=number, count=count),
        parts=frozenset(_parts(case, incidents, exhibits, later=later)),
        incidents=incidents,
        exhibits=exhibits,
        chart=tuple(row for row in case.chart if labels.intersection(row.labels)),
        to_do=() if later else case.to_do,
        contacts=() if later else case.contacts,
        letters=() if later else case.letters,
    )


def _parts(
    case: Case,
    incidents: tuple[CaseIncident, ...],
    exhibits: tuple[Exhibit, ...],
    *,
    later: bool,
) -> Iterator[Part]:
    """Those that this volume has something of."""
    empty = set(_ONCE) if later else set()
    if not incidents:
        empty |= {Part.LOG, Part.CHART}
    if not exhibits:
        empty |= {Part.EXHIBITS, Part.PRINTED}
    yield from case.parts - empty
