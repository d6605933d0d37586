"""Lists of the data files, and the ``::: data`` lines by which a page shows them.

Promises: never raises on what a file or a page holds. Every fault is told, in words
for the author, and an entry without its source, its month or enough confidence is
left out. Nothing is read before a page asks for it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import NamedTuple

from guide.library.entries import Entry as Reader
from guide.library.entries import Problem, name_of
from guide.model.tables import Entry, Listed, View
from guide.words import _

DATA = "::: data"
ALL = ""  # the view of a page that names none
COMMANDS = frozenset({"ignore", "undo", "hide"})  # typed into a chat, as they stand
_CHECKS = ("id", "name", "check_first", "checked", "source", "confidence")


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """What one file may hold; ``sorts`` are the words its ``sort_key`` may have."""

    entries: str  # the name of its [[tables]]
    texts: tuple[str, ...]
    views: Mapping[str, View] = field(default_factory=dict)
    sort_key: str = ""
    sorts: tuple[str, ...] = ()

    def view(self, name: str) -> View | None:
        """The view *name*; without a name, all of it."""
        return View(keys=self.texts) if name == ALL else self.views.get(name)


class Shown(NamedTuple):
    """One ``::: data`` line of a page: the list, and the view of it."""

    line: int  # in the text, from 1
    table: str
    view: str


def _sorted(entries: str, texts: tuple[str, ...], key: str, *sorts: str) -> Shape:
    views = {sort: View(keys=texts, sort=sort) for sort in sorts}
    return Shape(entries=entries, texts=texts, views=views, sort_key=key, sorts=sorts)


_MAIL = ("save", "show", "filter", "block")
_PLATFORM = (
    *("quiet", "block", "notices"),
    *("report", "outside", "export", "holds", "capture", "taken_back"),
)
SHAPES: Mapping[str, Shape] = MappingProxyType(
    {
        "chat_commands": Shape(
            entries="client",
            texts=("ignore", "undo", "hide", "menu", "note"),
            views={"short": View(keys=("ignore",), brief=True)},
        ),
        "mail_services": Shape(
            entries="service",
            texts=_MAIL,
            views={
                "headers": View(keys=("save", "show")),
                "filter": View(keys=("filter", "block")),
            },
        ),
        "platforms": Shape(
            entries="platform",
            texts=_PLATFORM,
            views={
                "block": View(keys=("quiet", "block", "notices")),
                "report": View(keys=("report", "outside")),
                "export": View(keys=("export", "holds")),
                "capture": View(keys=("capture", "taken_back")),
            },
        ),
        "recording_law": _sorted(
            "place", ("law", "exception"), "rule", "one", "all", "mixed"
        ),
        "removal_routes": _sorted(
            "route",
            ("web", "who", "needs", "how", "time", "shown_to", "limits"),
            "kind",
            *("images", "minor", "search", "law", "copyright"),
        ),
        "services": _sorted(
            "service",
            ("who", "web", "reach", "note"),
            "status",
            *("open", "closed", "unverified"),
        ),
    }
)


def read_table(
    name: str, table: Mapping[str, object]
) -> tuple[tuple[Entry, ...], tuple[Problem, ...]]:
    """The entries of the file *name*, in their order, and the problems."""
    shape = SHAPES[name]
    file = Reader(name, table, (shape.entries,))
    found: dict[str, Entry] = {}
    problems = list(file.remarks)
    for place, value in enumerate(file.each(shape.entries), start=1):
        reader = Reader(name_of(place, value), value, _keys(shape), place)
        entry = _entry(reader, shape)
        if entry.id in found:
            reader.fault(_("This id is used twice."), _("Give each entry its own."))
        problems += (*reader.remarks, *reader.faults)
        if not reader.faults:
            found[entry.id] = entry
    return tuple(found.values()), (*problems, *file.faults)


def _keys(shape: Shape) -> tuple[str, ...]:
    sort = (shape.sort_key,) if shape.sort_key else ()
    return (*_CHECKS, *shape.texts, *sort)


def _entry(reader: Reader, shape: Shape) -> Entry:
    texts = {key: text for key in shape.texts if (text := reader.text(key))}
    if not texts:
        reader.fault(_("There is nothing to show."), _("Add one of its texts."))
    unsure = frozenset(reader.texts("check_first"))
    if unsure - texts.keys():
        what = _("“check_first” names a key that is not there.")
        reader.fault(what, _("Mend it."))
    if shape.sort_key:
        texts[shape.sort_key] = _sort(reader, shape)
    return Entry(
        id=reader.needed("id"),
        name=reader.needed("name"),
        texts=texts,
        unsure=unsure,
        checked=reader.checked(),
        source=reader.needed("source"),
        confidence=reader.confidence(),
    )


def _sort(reader: Reader, shape: Shape) -> str:
    sort = reader.needed(shape.sort_key)
    if sort and sort not in shape.sorts:
        reader.not_one_of(sort, shape.sort_key, shape.sorts)
    return sort


def listed(
    name: str, view_name: str, data: Mapping[str, Mapping[str, object]]
) -> tuple[Listed, ...]:
    """What a page shows of the list *name*: nothing where it cannot be read."""
    shape = SHAPES.get(name)
    view = shape.view(view_name) if shape else None
    if shape is None or view is None or name not in data:
        return ()
    return tuple(
        _as_shown(entry, view)
        for entry in read_table(name, data[name])[0]
        if view.shows(entry, shape.sort_key)
    )


def _as_shown(entry: Entry, view: View) -> Listed:
    texts = ((key, entry.texts.get(key, "")) for key in view.keys)
    return Listed(
        name=entry.name,
        texts=tuple((key, text) for key, text in texts if text),
        checked=entry.checked,
        check_first=entry.check_first(view.keys),
        brief=view.brief,
    )


def shown_in(text: str) -> Iterator[Shown]:
    """Every list that *text* shows, in order."""
    for number, line in enumerate(text.split("\n"), 1):
        if line.startswith(DATA):
            words = line.removeprefix(DATA).split(maxsplit=1)
            table, view = (*words, "", "")[:2]
            yield Shown(number, table, view.strip())


def parts(text: str) -> Iterator[str | Shown]:
    """*text* in its order: the Markdown between, and the lists it shows."""
    lines, start = text.split("\n"), 0
    for each in shown_in(text):
        yield "\n".join(lines[start : each.line - 1])
        yield each
        start = each.line
    yield "\n".join(lines[start:])
