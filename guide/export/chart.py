"""The evidence chart: six columns, and what is still missing. Pure.

What is missing is what the record does not hold. It says nothing about what a case
needs: a report needs no log at all (facts 2.1).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from guide.model.case import CaseIncident, ChartRow, Exhibit
from guide.model.people import Person, near_keys, same
from guide.model.times import Precision
from guide.words import _

_LONGEST = 280  # characters of an account in a cell


def chart(
    incidents: Sequence[CaseIncident],
    exhibits: Mapping[str, Exhibit],
    people: Mapping[str, Person],
) -> tuple[ChartRow, ...]:
    """A row for each of *incidents*; *exhibits* are by label, *people* by id."""
    return tuple(_row(each, exhibits, people) for each in incidents)


def to_do(rows: Sequence[ChartRow]) -> tuple[str, ...]:
    """What is missing, as a list: a line for all that miss the same."""
    missing: dict[str, list[str]] = {}
    for row in rows:
        if row.missing:
            missing.setdefault(row.missing, []).extend(row.labels)
    return tuple(f"{', '.join(labels)}: {what}" for what, labels in missing.items())


def _row(
    each: CaseIncident, exhibits: Mapping[str, Exhibit], people: Mapping[str, Person]
) -> ChartRow:
    shown = [exhibits[label] for label in each.exhibits if label in exhibits]
    person = people.get(each.incident.person_id)
    proved = _who_shown(person, shown)
    return ChartRow(
        when=each.when,
        happened=_short(each.incident.account or each.incident.what),
        shown_by=_shown_by(each, shown),
        who=each.person,
        who_shown_by=proved,
        missing=_missing(each, shown, proved),
        labels=(each.label,),
    )


def _short(text: str) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= _LONGEST else f"{plain[:_LONGEST].rstrip()}…"


def _shown_by(each: CaseIncident, shown: Sequence[Exhibit]) -> str:
    count = len(each.incident.witnesses)
    words = [exhibit.label for exhibit in shown]
    if count:
        words.append(_("a witness") if count == 1 else _("witnesses"))
    return ", ".join(words)


def _who_shown(person: Person | None, shown: Sequence[Exhibit]) -> str:
    """The exhibits in which a known address, number or account of them stands."""
    if person is None:
        return ""
    found = [
        f"{identifier.value} ({exhibit.label})"
        for identifier in person.identifiers
        for exhibit in shown
        if _names(exhibit, identifier.value, near_keys(identifier))
    ]
    return ", ".join(dict.fromkeys(found))


def _names(exhibit: Exhibit, value: str, near: frozenset[str]) -> bool:
    evidence = exhibit.evidence
    told = (evidence.source, evidence.url, evidence.note, evidence.original_name)
    text = same("\n".join((*told, exhibit.headers)))
    return any(len(key) > 3 and key in text for key in {same(value), *near})


def _missing(each: CaseIncident, shown: Sequence[Exhibit], proved: str) -> str:
    incident, gaps = each.incident, []
    if incident.when.precision is Precision.UNKNOWN:
        gaps.append(_("when it was"))
    if not (shown or incident.witnesses):
        gaps.append(_("what shows it"))
    if not each.person:
        gaps.append(_("who it was"))
    elif not proved:
        gaps.append(_("what shows who it was"))
    return ", ".join(gaps)
