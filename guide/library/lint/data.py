"""Data files: nothing doubtful in them, nothing unchecked for a year, none unread."""

from __future__ import annotations

import re
from collections.abc import Iterator

from guide.library.contacts import read_emergency, read_help_lines
from guide.library.entries import Problem
from guide.library.lint.links import closed_names
from guide.library.lint.pack import Pack, near
from guide.library.lint.rules import Fault, check
from guide.library.months import stale
from guide.library.tables import ALL, SHAPES, Shown, read_table, shown_in
from guide.model.content import Page
from guide.words import _

_FILES = ("emergency", "helplines", *SHAPES)
_CHECKED = re.compile(r'^\s*checked\s*=\s*"(\d{4}-\d\d)"')


@check(
    "D101",
    "An entry of a data file cannot be shown",
    means="A number, a month, a source or a word is missing or not well written."
    " The entry is left out, because a wrong number can cost a call that nobody"
    " repeats.",
    mend="Mend what is named. The head of the file lists its keys.",
    example='checked = "2026-11"',
)
def faulty_contact(pack: Pack) -> Iterator[Fault]:
    """What the readers of numbers, help lines and other lists object to."""
    for name in _FILES:
        for problem in _problems(pack, name):
            path = f"data/{name}.toml"
            line = entry_line(pack, path, problem.where, problem.place)
            yield Fault(path, line, f"{problem.where}: {problem.what}", problem.fix)


def _problems(pack: Pack, name: str) -> tuple[Problem, ...]:
    table = pack.data.get(name)
    if table is None:
        return ()
    if name in SHAPES:
        return read_table(name, table)[1]
    read = read_emergency if name == "emergency" else read_help_lines
    return read(table)[1]


def entry_line(pack: Pack, path: str, entry: str, place: int = 0) -> int:
    """The line of the entry of this name, else of the one in this place, or 1."""
    lines = pack.lines(path)
    heads = [n for n, x in enumerate(lines, 1) if x.startswith("[[")]
    otherwise = heads[place - 1] if 0 < place <= len(heads) else 1
    signs = (f"[{entry}]", f'id = "{entry}"', f'name = "{entry}"')
    return next((n for n, x in enumerate(lines, 1) if x.rstrip() in signs), otherwise)


@check(
    "D103",
    "An entry of a data file was last checked a long time ago",
    means="More than 12 months have passed since somebody looked whether it is"
    " still right. The screen says so to the reader.",
    mend="Check it at its source, correct it, and write the month of today.",
    example='checked = "2026-11"',
)
def old_entry(pack: Pack) -> Iterator[Fault]:
    """An entry whose last check is more than a year ago."""
    for name in pack.data:
        path = f"data/{name}.toml"
        for number, line in enumerate(pack.lines(path), 1):
            month = _CHECKED.match(line)
            if month and stale(month[1], pack.today):
                what = _("Last checked in {month}.").format(month=month[1])
                fix = _("Check it, and write the new month.")
                yield Fault(path, number, what, fix)


@check(
    "D104",
    "A page shows a list that is not there",
    means="'::: data' names a file or a part of it that the guide does not have. The"
    " reader would see that something is missing.",
    mend="Write the name of the file and of its part, on one line of its own.",
    example="::: data platforms block",
)
def missing_list(pack: Pack) -> Iterator[Fault]:
    """A list or a view that does not exist, or has no entry."""
    for page, shown in _shown(pack):
        shape = SHAPES.get(shown.table)
        if shape is None or shown.table not in pack.data:
            known = SHAPES.keys() & pack.data.keys()
            fix = near(shown.table, known, _("Take it out."))
            what = _("There is no list '{name}'.").format(name=shown.table)
            yield Fault(page.path, shown.line, what, fix)
        elif shape.view(shown.view) is None:
            otherwise = _("Take the second word out.")
            fix = near(shown.view, shape.views.keys(), otherwise)
            words = _("'{name}' has no part '{part}'.")
            what = words.format(name=shown.table, part=shown.view)
            yield Fault(page.path, shown.line, what, fix)


def _shown(pack: Pack) -> Iterator[tuple[Page, Shown]]:
    for page in pack.pages.values():
        for shown in shown_in("\n".join(pack.lines(page.path))):
            yield page, shown


@check(
    "D105",
    "A list that no page shows",
    means="A data file, or a part of it, was written and checked, and nobody can"
    " read it.",
    mend="Show it on a page with '::: data', or take it out.",
    example="::: data services open",
)
def unread_list(pack: Pack) -> Iterator[Fault]:
    """A list, or a part of it, that is on no page."""
    shown = {(each.table, each.view) for _page, each in _shown(pack)}
    for name in sorted(SHAPES.keys() & pack.data.keys()):
        views = SHAPES[name].views or (ALL,)
        for view in views:
            if not shown & {(name, view), (name, ALL)}:
                words = f"{name} {view}".strip()
                what = _("No page shows '{name}'.").format(name=words)
                fix = _("Write '::: data {name}'.").format(name=words)
                yield Fault(f"data/{name}.toml", 1, what, fix)


@check(
    "D106",
    "A service that has closed is listed as open",
    means="Its name is on the list of closed services in words.toml. Somebody who"
    " turns to it loses time, and hope.",
    mend="Write its status as closed or unverified, or take it out.",
    example='status = "closed"',
)
def open_and_closed(pack: Pack) -> Iterator[Fault]:
    """A service with the status open whose name is on the list of closed ones."""
    name, closed = "services", closed_names(pack)
    entries = read_table(name, pack.data[name])[0] if name in pack.data else ()
    for entry in entries:
        said = " ".join((entry.name, *entry.texts.values())).lower()
        if entry.texts.get("status") == "open":
            for gone in (gone for gone in closed if gone in said):
                path = f"data/{name}.toml"
                line = entry_line(pack, path, entry.id)
                what = _("'{name}' has closed.").format(name=gone)
                yield Fault(path, line, what, closed[gone])
