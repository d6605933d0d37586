"""What only `guide check --strict` looks for: before pages are handed to readers.

It takes nothing on trust. What could not be looked at is a finding, too, so that
"0 problems" means that everything was checked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from guide.library.lint.pack import Pack
from guide.library.lint.rules import Check, Fault, check
from guide.model.content import Letter, Page
from guide.words import _

_MONTH = re.compile(r"\d{4}-(?:0[1-9]|1[0-2])")
_DATED = re.compile(rf'^\s*checked\s*=\s*"({_MONTH.pattern})"')
_SURE = ("high", "medium")
# Tables that only give names to names; there is nothing in them to go out of date.
_NAMES = frozenset({("aliases", "umbrella"), ("helplines", "countries")})

not_looked_at = Check(
    code="S101",
    title="Something could not be looked at",
    means="A check was left out on this computer, so nobody knows what it would find."
    " Without --strict this is only said.",
    mend="Install what the sentence names, and check again.",
    example="python3 -m tests",
)


@check(
    "S102",
    "An entry without its month, its source or enough confidence",
    means="Every entry of a data file says when it was checked, where it is from and"
    " how sure it is. This looks at every data file, also at one that no other check"
    " knows yet.",
    mend="Check it at its source and write all three. Leave out what is not sure.",
    example='checked = "2026-11"\nsource = "facts 5.2"\nconfidence = "high"',
)
def doubtful_entry(pack: Pack) -> Iterator[Fault]:
    """An entry of any data file that is undated, unsourced or of low confidence."""
    for name in sorted(pack.data):
        path = f"data/{name}.toml"
        for place, entry in _entries(name, pack.data[name]):
            if what := _doubt(entry):
                line = _line(pack.lines(path), place)
                fix = _("Leave out what is less sure.")
                yield Fault(path, line, f"{_called(entry, place)}: {what}", fix)


def _entries(
    name: str, table: object
) -> Iterator[tuple[tuple[str, int], Mapping[str, object]]]:
    """Each entry, with the name of its table and its place among those."""
    for key, value in table.items() if isinstance(table, Mapping) else ():
        several = value if isinstance(value, list | tuple) else [value]
        for place, entry in enumerate(several):
            if isinstance(entry, Mapping) and (name, key) not in _NAMES:
                yield (key, place), entry


def _doubt(entry: Mapping[str, object]) -> str:
    if not _MONTH.fullmatch(str(entry.get("checked", ""))):
        return _("'checked' is missing, or is not a month.")
    if not str(entry.get("source", "")).strip():
        return _("'source' is missing.")
    if entry.get("confidence") not in _SURE:
        return _("'confidence' is neither high nor medium.")
    return ""


def _called(entry: Mapping[str, object], place: tuple[str, int]) -> str:
    return str(entry.get("name") or entry.get("id") or f"{place[0]} {place[1] + 1}")


def _line(lines: list[str], place: tuple[str, int]) -> int:
    heads = (f"[{place[0]}]", f"[[{place[0]}]]")
    found = [n for n, line in enumerate(lines, 1) if line.strip() in heads]
    return found[place[1]] if place[1] < len(found) else 1


@check(
    "S103",
    "A month that has not come yet",
    means="Nobody can have looked at it then. With such a month, a page or an entry"
    " would never be called old.",
    mend="Write the month of the day on which you checked it.",
    example="reviewed: 2026-11",
)
def not_come_yet(pack: Pack) -> Iterator[Fault]:
    """A review or a check that lies ahead."""
    now = f"{pack.today:%Y-%m}"
    files: list[Page | Letter] = [*pack.pages.values(), *pack.letters.values()]
    for each in files:
        if _MONTH.fullmatch(each.reviewed) and each.reviewed > now:
            yield _ahead(each.path, pack.key_line(each.path, "reviewed"), each.reviewed)
    for name in sorted(pack.data):
        path = f"data/{name}.toml"
        for number, line in enumerate(pack.lines(path), 1):
            month = _DATED.match(line)
            if month and month[1] > now:
                yield _ahead(path, number, month[1])


def _ahead(path: str, line: int, month: str) -> Fault:
    what = _("{month} has not come yet.").format(month=month)
    return Fault(path, line, what, _("Write the month of today."))
