"""Data files: nothing doubtful in them, and nothing that nobody checked for a year."""

from __future__ import annotations

import re
from collections.abc import Iterator

from guide.library.contacts import read_emergency, read_help_lines, stale
from guide.library.lint.pack import Pack
from guide.library.lint.rules import Fault, check

_FILES = ("emergency", "helplines")
_CHECKED = re.compile(r'^\s*checked\s*=\s*"(\d{4}-\d\d)"')
_PLACE = re.compile(r"line (\d+)")


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
    """What the readers of numbers and help lines object to."""
    for name in _FILES:
        for problem in _problems(pack, name):
            path = f"data/{name}.toml"
            entry, _colon, sentence = problem.partition(": ")
            line = entry_line(pack, path, entry)
            what, _stop, fix = sentence.partition(". ")
            yield Fault(path, line, f"{entry}: {what.rstrip('.')}.", fix)


def _problems(pack: Pack, name: str) -> tuple[str, ...]:
    table = pack.data.get(name)
    if table is None:
        return ()
    read = read_emergency if name == "emergency" else read_help_lines
    return read(table)[1]


def entry_line(pack: Pack, path: str, entry: str) -> int:
    """The line of the entry that a problem begins with, or 1."""
    lines = pack.lines(path)
    heads = [n for n, x in enumerate(lines, 1) if x.startswith("[[")]
    if (place := _PLACE.fullmatch(entry)) and int(place[1]) <= len(heads):
        return heads[int(place[1]) - 1]
    signs = (f"[{entry}]", f'id = "{entry}"', f'name = "{entry}"')
    return next((n for n, x in enumerate(lines, 1) if x.rstrip() in signs), 1)


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
                what = f"Last checked in {month[1]}."
                yield Fault(path, number, what, "Check it, and write the new month.")
