"""Emergency numbers and help lines, read from the data files of ``content/``.

Promises: never raises on what a file holds. Every fault is told, in words for
the author, and nothing doubtful gets through: an entry without its source, its
month or enough confidence is left out, for a wrong number can cost a call that
nobody repeats. Only a key that is not known costs the entry nothing.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping
from datetime import date
from enum import StrEnum
from typing import TypeVar

from guide.model.contacts import (
    INTERNATIONAL,
    Confidence,
    EmergencyNumber,
    EmergencyNumbers,
    HelpLine,
    Show,
    Topic,
)

_Word = TypeVar("_Word", bound=StrEnum)

_MONTH = re.compile(r"(\d{4})-(0[1-9]|1[0-2])", re.ASCII)
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


class _Entry:
    """One table of a file, read key by key; ``faults`` are why it is left out."""

    def __init__(self, where: str, value: object, keys: tuple[str, ...]) -> None:
        self._where = where
        self._table = _table(value)
        self.remarks: list[str] = []
        self.faults: list[str] = []
        if not isinstance(value, Mapping):
            self.fault("This is not a table. Write it as shown in the README.")
        for key in self._table:
            if key not in keys:
                self.remarks.append(f"{where}: {_unknown_key(key, keys)}")

    def fault(self, sentence: str) -> None:
        """Remember why this entry cannot be shown."""
        self.faults.append(f"{self._where}: {sentence}")

    def has(self, key: str) -> bool:
        """Whether *key* is there, with something in it."""
        return bool(self._table.get(key))

    def text(self, key: str) -> str:
        """The text of *key*, or "" when it is not there."""
        value = self._table.get(key, "")
        if isinstance(value, str):
            return value.strip()
        self.fault(f"“{key}” is not a text. Put it in quotes.")
        return ""

    def needed(self, key: str) -> str:
        """The text of *key*, which has to be there."""
        text = self.text(key)
        if not text:
            self.fault(f"“{key}” is missing. Add it.")
        return text

    def shaped(self, key: str, shape: re.Pattern[str], like: str) -> str:
        """The text of *key*, which has the *shape* if it is there at all."""
        return self._fits(self.text(key), key, shape, like)

    def each_shaped(
        self, key: str, shape: re.Pattern[str], like: str
    ) -> tuple[str, ...]:
        """The texts of a list, each of which has the *shape*."""
        return tuple(self._fits(text, key, shape, like) for text in self.texts(key))

    def texts(self, key: str) -> tuple[str, ...]:
        """The texts of a list, or nothing when it is not there."""
        values = self.each(key)
        found = tuple(text for text in values if isinstance(text, str))
        if len(found) < len(values):
            self.fault(f"“{key}” holds more than texts. Use quotes.")
        return found

    def each(self, key: str) -> tuple[object, ...]:
        """What a list holds, or nothing when it is not there."""
        value = self._table.get(key, [])
        if isinstance(value, list):
            return tuple(value)
        self.fault(f"“{key}” is not a list. Use [ ].")
        return ()

    def word(self, key: str, words: type[_Word], fallback: _Word) -> _Word:
        """The word of *key*, which has to be one of *words*."""
        return self._one_of(self.needed(key), key, words) or fallback

    def words(self, key: str, words: type[_Word]) -> tuple[_Word, ...]:
        """Those of *words* that a list names; it names at least one."""
        found = [self._one_of(text, key, words) for text in self.texts(key)]
        if not found:
            self.fault(f"“{key}” is missing. Add it.")
        return tuple(word for word in found if word)

    def _one_of(self, text: str, key: str, words: type[_Word]) -> _Word | None:
        if text in list(words):
            return words(text)
        if text:
            known = ", ".join(words)
            self.fault(f"“{key}” cannot be “{text}”. Use one of: {known}.")
        return None

    def _fits(self, text: str, key: str, shape: re.Pattern[str], like: str) -> str:
        if text and not shape.fullmatch(text):
            self.fault(f"“{key}” is “{text}”. Write it like {like}.")
        return text

    def checked(self) -> str:
        """The month of the last check, which has to be there."""
        self.needed("checked")
        return self.shaped("checked", _MONTH, "2026-11")

    def confidence(self) -> Confidence:
        """How sure the author is; low is a fault, and never shown."""
        if self.text("confidence") == "low":
            self.fault("The confidence is low. Leave the entry out of the file.")
            return Confidence.MEDIUM
        return self.word("confidence", Confidence, Confidence.MEDIUM)


def read_emergency(
    table: Mapping[str, object],
) -> tuple[tuple[EmergencyNumbers, ...], tuple[str, ...]]:
    """The numbers of each country, in the order of the file, and the problems."""
    found: list[EmergencyNumbers] = []
    problems: list[str] = []
    for country, value in table.items():
        entry = _Entry(country, value, _EMERGENCY_KEYS)
        numbers = _emergency_numbers(country, entry)
        problems += (*entry.remarks, *entry.faults)
        if not entry.faults:
            found.append(numbers)
    return tuple(found), tuple(problems)


def read_help_lines(
    table: Mapping[str, object],
) -> tuple[tuple[HelpLine, ...], tuple[str, ...]]:
    """The help lines, in the order of the file, and the problems."""
    file = _Entry("helplines", table, ("countries", "line"))
    countries = _table(table.get("countries"))
    found: list[HelpLine] = []
    seen: set[str] = set()
    problems = list(file.remarks)
    for place, value in enumerate(file.each("line"), start=1):
        entry = _Entry(_name_of(place, value), value, _LINE_KEYS)
        line = _help_line(entry, countries)
        if line.id in seen:
            entry.fault("This id is used twice. Give each line its own.")
        seen.add(line.id)
        problems += (*entry.remarks, *entry.faults)
        if not entry.faults:
            found.append(line)
    return tuple(found), (*problems, *file.faults)


def stale(checked: str, today: date) -> bool:
    """Whether the check is more than 12 months old, or cannot be read.

    >>> stale("2026-11", date(2027, 11, 30)), stale("2026-11", date(2027, 12, 1))
    (False, True)
    """
    month = _MONTH.fullmatch(checked)
    if not month:
        return True
    years, months = today.year - int(month[1]), today.month - int(month[2])
    return years * 12 + months > 12


def _emergency_numbers(country: str, entry: _Entry) -> EmergencyNumbers:
    if not _COUNTRY.fullmatch(country):
        entry.fault("A country is two capital letters (ISO 3166-1), such as NZ.")
    if not entry.has("numbers"):
        entry.fault("“{key}” is missing. Add it.".format(key="numbers"))
    confidence = entry.confidence()
    if confidence is Confidence.MEDIUM and not entry.has("note"):
        entry.fault("Of medium confidence, without a note. Say: check first.")
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


def _number(country: _Entry, value: object) -> EmergencyNumber:
    entry = _Entry("numbers", value, ("number", "for"))
    number = EmergencyNumber(
        number=entry.shaped("number", _NUMBER, "112"), who_for=entry.needed("for")
    )
    entry.needed("number")
    for problem in (*entry.remarks, *entry.faults):
        country.fault(problem)
    return number


def _help_line(entry: _Entry, countries: Mapping[str, object]) -> HelpLine:
    if not any(entry.has(way) for way in _WAYS):
        entry.fault("There is no way to reach it. Add a number or an address.")
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


def _show(entry: _Entry) -> Show:
    show = entry.word("show", Show, Show.CHECK_FIRST)
    if show is Show.AS_IS and entry.text("confidence") != Confidence.HIGH:
        entry.fault("Only high confidence is shown as is. Use “check first”.")
    return show


def _country_name(entry: _Entry, country: str, countries: Mapping[str, object]) -> str:
    name = countries.get(country)
    if country and not isinstance(name, str):
        entry.fault("This country has no name. Add it under [countries].")
    if country != INTERNATIONAL and not _COUNTRY.fullmatch(country):
        entry.fault("A country is two capital letters (ISO 3166-1), such as NZ.")
    return name if isinstance(name, str) else ""


def _name_of(place: int, value: object) -> str:
    return str(_table(value).get("id") or f"line {place}")


def _unknown_key(key: str, keys: Iterable[str]) -> str:
    near = difflib.get_close_matches(key, keys, n=1)
    if near:
        return f"“{key}” is not a known key. Did you mean “{near[0]}”?"
    return f"“{key}” is not a known key. Take it out."


def _table(value: object) -> dict[str, object]:
    if not isinstance(value, Mapping):
        return {}
    return {str(key): each for key, each in value.items()}
