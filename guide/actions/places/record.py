"""Which screen of the reader's record a target names."""

from __future__ import annotations

from collections.abc import Callable

from guide.actions.desk import Desk
from guide.actions.places.bin import BinPlace
from guide.actions.places.filters import filters_for, filters_place
from guide.actions.places.incidents import (
    IncidentPlace,
    IncidentsPlace,
    new_incident,
)
from guide.actions.places.officials import (
    ContactPlace,
    OfficialsPlace,
    new_contact,
    reminder_place,
)
from guide.actions.places.people import PeoplePlace, PersonPlace
from guide.actions.places.place import Place
from guide.actions.places.timeline import TimelinePlace
from guide.model.problems import NotFoundError


def record_place(desk: Desk, target: str) -> Place:
    """The screen named *target*, such as ``incidents`` or ``incident:ID``.

    Raises NotFoundError where there is none, or no such record.
    """
    target = target.removeprefix("tool:")
    if target in _NAMED:
        return _NAMED[target](desk)
    kind, _colon, id_ = target.partition(":")
    if kind not in _ONE:
        raise NotFoundError
    place = _ONE[kind](desk, id_)
    place.sheet()  # a record that is not there is said before anything moves
    return place


# What is in files is slow to load; a reader of the log does not wait for it.


def _files(desk: Desk, of: str = "") -> Place:
    from guide.actions.places.evidence import evidence_place

    return evidence_place(desk, of)


def _file(desk: Desk, id_: str) -> Place:
    from guide.actions.places.evidence_file import FilePlace

    return FilePlace(desk, id_)


def _case(desk: Desk) -> Place:
    from guide.actions.places.case import case_place

    return case_place(desk)


def _orphans(desk: Desk) -> Place:
    from guide.actions.places.evidence_care import OrphansPlace

    return OrphansPlace(desk)


_NAMED: dict[str, Callable[[Desk], Place]] = {
    "incidents": IncidentsPlace,
    "officials": OfficialsPlace,
    "timeline": TimelinePlace,
    "people": PeoplePlace,
    "bin": BinPlace,
    "evidence": _files,
    "keep-file": _files,
    "orphans": _orphans,
    "filters": filters_place,
    "case": _case,
    "new:incident": new_incident,
    "new:contact": new_contact,
}
_ONE: dict[str, Callable[[Desk, str], Place]] = {
    "incident": IncidentPlace,
    "contact": ContactPlace,
    "remind": reminder_place,
    "person": PersonPlace,
    "evidence": _file,
    "files": _files,
    "filters": filters_for,
}
