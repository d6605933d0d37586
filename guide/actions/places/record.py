"""Which screen of the reader's record a target names."""

from __future__ import annotations

from collections.abc import Callable

from guide.actions.desk import Desk
from guide.actions.places.bin import BinPlace
from guide.actions.places.incidents import (
    IncidentPlace,
    IncidentsPlace,
    new_incident,
)
from guide.actions.places.officials import ContactPlace, OfficialsPlace, new_contact
from guide.actions.places.people import PeoplePlace, PersonPlace
from guide.actions.places.place import Place
from guide.actions.places.timeline import TimelinePlace
from guide.model.problems import NotFoundError


def record_place(desk: Desk, target: str) -> Place:
    """The screen named *target*, such as ``incidents`` or ``incident:ID``.

    Raises NotFoundError where there is none, or no such record.
    """
    named: dict[str, Callable[[Desk], Place]] = {
        "incidents": IncidentsPlace,
        "officials": OfficialsPlace,
        "timeline": TimelinePlace,
        "people": PeoplePlace,
        "bin": BinPlace,
        "new:incident": new_incident,
        "new:contact": new_contact,
    }
    target = target.removeprefix("tool:")
    if target in named:
        return named[target](desk)
    kind, _colon, id_ = target.partition(":")
    one: dict[str, Callable[[Desk, str], Place]] = {
        "incident": IncidentPlace,
        "contact": ContactPlace,
        "person": PersonPlace,
    }
    if kind not in one:
        raise NotFoundError
    place = one[kind](desk, id_)
    place.sheet()  # a record that is not there is said before anything moves
    return place
