"""What the reader does with the library, kept with their notes: the levels read, too.

It lies with the blanks of letters, each thing in a place of its own, so it is sealed
with everything else, and gone with the program where there is no vault.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum

from guide.actions.desk import Desk
from guide.model.problems import GuideError
from guide.words import plural

_PREFIX = "library:"
TICKED = ("pack/", "own/")  # how the names begin that ticks of the library stand under


class Sort(StrEnum):
    """What it is that is kept."""

    FORM = "form"
    LIST = "list"
    STAR = "star"
    MARK = "mark"
    LEVEL = "level"
    PLACE = "place"


@dataclass(frozen=True, slots=True, kw_only=True)
class NotedId:
    """What a place of the library holds, taken from its name."""

    sort: Sort
    id: str


def noted(desk: Desk, sort: Sort) -> Mapping[str, str]:
    """Everything of one sort, by its id, in the order of the ids."""
    begins = _key(sort, "")
    kept = desk.vault.fields().items()
    found = {key.removeprefix(begins): x for key, x in kept if key.startswith(begins)}
    return dict(sorted(found.items()))


def put_noted(desk: Desk, sort: Sort, id_: str, value: str) -> None:
    """Keep *value* under *id_*; nothing, to forget it."""
    desk.vault.put_field(_key(sort, id_), value)


def noted_id(field_id: str) -> NotedId | None:
    """What lies in this field, where it is something of the library."""
    if not field_id.startswith(_PREFIX):
        return None
    sort, _colon, id_ = field_id.removeprefix(_PREFIX).partition(":")
    return NotedId(sort=Sort(sort), id=id_) if sort in list(Sort) else None


def _key(sort: Sort, id_: str) -> str:
    return f"{_PREFIX}{sort}:{id_}"


def in_words(sort: Sort, count: int) -> str:
    """How many of one sort there are, as it is said."""
    words = {
        Sort.FORM: plural("{count} form", "{count} forms", count),
        Sort.LIST: plural("{count} checklist", "{count} checklists", count),
        Sort.STAR: plural("{count} star", "{count} stars", count),
        Sort.MARK: plural("{count} bookmark", "{count} bookmarks", count),
        Sort.LEVEL: plural("{count} level", "{count} levels", count),
        Sort.PLACE: plural("{count} place read", "{count} places read", count),
    }
    return words[sort]


def remember_level(desk: Desk, name: str, subject: str, level: str) -> None:
    """Remember which level of *subject* was read last: for good, where that is kept."""
    levels = desk.lessons.levels
    levels[f"{name}/{subject}"] = level
    if not desk.saving:
        return
    there = noted(desk, Sort.LEVEL)
    with suppress(GuideError):  # to read on matters more
        for of, read in levels.items():  # those of before the vault was opened, too
            if there.get(of) != read:
                put_noted(desk, Sort.LEVEL, of, read)


def last_level(desk: Desk, name: str, subject: str) -> str:
    """The level of *subject* that was read last, or nothing."""
    of = f"{name}/{subject}"
    if of in desk.lessons.levels or not desk.vault.on_disk:
        return desk.lessons.levels.get(of, "")
    return noted(desk, Sort.LEVEL).get(of, "")
