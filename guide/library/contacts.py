"""Emergency numbers and help lines, read from the data files of ``content/``.

Promises: never raises on what a file holds. Every fault is told, in words for
the author, and nothing doubtful gets through: an entry without its source, its
month or enough confidence is left out, for a wrong number can cost a call that
nobody repeats. Only a key that is not known costs the entry nothing.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from guide.library.entries import Entry, Problem, as_table, name_of
from guide.model.contacts import (
    INTERNATIONAL,
    Confidence,
    EmergencyNumber,
    EmergencyNumbers,
    HelpLine,
    Show,
    Topic,
)
from guide.words import _

_NUMBER = re.compile(r"[0-9 +*#()-]*[0-9][0-9 +*#()-]*", re.ASCII)
_COUNTRY = re.compile(r"[A-Z]{2}")
_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_ADDRESS = re.compile(r"([a-z0-9-]+\.)+[a-z]{2,}(/\S*)?")  # no scheme: never opened
_EMAIL = re.compile(r"[^\s@]+@([a-z0-9-]+\.)+[a-z]{2,}")

_EMERGENCY_KEYS = (
    *("name", "numbers", "silent", "text", "non_emergency", "note"),
    *("checked", "source", "confidence"),
)
_LINE_KEYS = (
    *("id", "country", "name", "for", "number", "more_numbers", "text", "chat"),
    *("web", "email", "hours", "languages", "cost", "note", "topics"),
    *("checked", "source", "confidence", "show"),
)
_ANSWERED = ("number", "text", "chat", "email")  # by somebody, so at certain hours
_WAYS = (*_ANSWERED, "web")


def read_emergency(
    table: Mapping[str, object],
) -> tuple[tuple[EmergencyNumbers, ...], tuple[Problem, ...]]:
    """The numbers of each country, in the order of the file, and the problems."""
    found: list[EmergencyNumbers] = []
    problems: list[Problem] = []
    for country, value in table.items():
        entry = Entry(country, value, _EMERGENCY_KEYS)
        numbers = _emergency_numbers(country, entry)
        problems += (*entry.remarks, *entry.faults)
        if not entry.faults:
            found.append(numbers)
    return tuple(found), tuple(problems)


def read_help_lines(
    table: Mapping[str, object],
) -> tuple[tuple[HelpLine, ...], tuple[Problem, ...]]:
    """The help lines, in the order of the file, and the problems."""
    file = Entry("helplines", table, ("countries", "line"))
    countries = as_table(table.get("countries"))
    found: list[HelpLine] = []
    seen: set[str] = set()
    problems = list(file.remarks)
    for place, value in enumerate(file.each("line"), start=1):
        entry = Entry(name_of(place, value), value, _LINE_KEYS, place)
        line = _help_line(entry, countries)
        if line.id in seen:
            entry.fault(_("This id is used twice."), _("Give each line its own."))
        seen.add(line.id)
        problems += (*entry.remarks, *entry.faults)
        if not entry.faults:
            found.append(line)
    return tuple(found), (*problems, *file.faults)


def _emergency_numbers(country: str, entry: Entry) -> EmergencyNumbers:
    if not _COUNTRY.fullmatch(country):
        entry.fault(_no_country(), "")
    if not entry.has("numbers"):
        entry.missing("numbers")
    confidence = entry.confidence()
    if confidence is Confidence.MEDIUM and not entry.has("note"):
        what = _("Of medium confidence, without a note.")
        entry.fault(what, _("Say: check first."))
    return EmergencyNumbers(
        country=country,
        name=entry.needed("name"),
        numbers=tuple(_number(entry, each) for each in entry.each("numbers")),
        silent=entry.text("silent"),
        text=entry.text("text"),
        non_emergency=entry.shaped("non_emergency", _NUMBER, "101"),
        note=entry.text("note"),
        checked=entry.checked(),
        source=entry.needed("source"),
        confidence=confidence,
    )


def _number(country: Entry, value: object) -> EmergencyNumber:
    entry = Entry("numbers", value, ("number", "for"))
    number = EmergencyNumber(
        number=entry.shaped("number", _NUMBER, "112"), who_for=entry.needed("for")
    )
    entry.needed("number")
    for problem in (*entry.remarks, *entry.faults):
        country.fault(f"{problem.where}: {problem.what}", problem.fix)
    return number


def _help_line(entry: Entry, countries: Mapping[str, object]) -> HelpLine:
    if not any(entry.has(way) for way in _WAYS):
        what = _("There is no way to reach it.")
        entry.fault(what, _("Add a number or an address."))
    country = entry.needed("country")
    answered = any(entry.has(way) for way in _ANSWERED)
    return HelpLine(
        id=entry.needed("id") and entry.shaped("id", _ID, "nz-helpline"),
        country=country,
        country_name=_country_name(entry, country, countries),
        name=entry.needed("name"),
        who_for=entry.needed("for"),
        number=entry.shaped("number", _NUMBER, "0800 123 456"),
        more_numbers=entry.each_shaped("more_numbers", _NUMBER, "0800 123 456"),
        text=entry.text("text"),
        chat=entry.shaped("chat", _ADDRESS, "example.org/chat"),
        web=entry.shaped("web", _ADDRESS, "example.org"),
        email=entry.shaped("email", _EMAIL, "help@example.org"),
        hours=entry.needed("hours") if answered else entry.text("hours"),
        languages=entry.text("languages"),
        cost=entry.text("cost"),
        note=entry.text("note"),
        topics=entry.words("topics", Topic),
        checked=entry.checked(),
        source=entry.needed("source"),
        confidence=entry.confidence(),
        show=_show(entry),
    )


def _show(entry: Entry) -> Show:
    show = entry.word("show", Show, Show.CHECK_FIRST)
    if show is Show.AS_IS and entry.text("confidence") != Confidence.HIGH:
        what = _("Only high confidence is shown as is.")
        entry.fault(what, _("Use “check first”."))
    return show


def _country_name(entry: Entry, country: str, countries: Mapping[str, object]) -> str:
    name = countries.get(country)
    if country and not isinstance(name, str):
        what = _("This country has no name.")
        entry.fault(what, _("Add it under [countries]."))
    if country != INTERNATIONAL and not _COUNTRY.fullmatch(country):
        entry.fault(_no_country(), "")
    return name if isinstance(name, str) else ""


def _no_country() -> str:
    return _("A country is two capital letters (ISO 3166-1), such as NZ.")
