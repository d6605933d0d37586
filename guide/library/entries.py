"""One entry of a data file, read key by key, each fault in words for its author.

Promises: never raises on what a file holds. An entry without its source, its month
or enough confidence has a fault, and whoever reads it leaves it out. A key that is
not known is only a remark, and costs the entry nothing.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import TypeVar

from guide.library.months import MONTH
from guide.model.contacts import Confidence
from guide.words import _

_Word = TypeVar("_Word", bound=StrEnum)
MOST_ENTRIES = 2_000  # of a list; a longer one is cut, and said to be
_MOST_NAMED = 5  # unknown keys of one table: to find what was meant takes its time


class Problem(str):
    """A fault of one entry, on one line; and its parts.

    ``place`` counts the entries of a list from 1, and is 0 outside of lists.
    """

    __slots__ = ("fix", "place", "what", "where")
    where: str
    what: str
    fix: str
    place: int

    def __new__(cls, where: str, what: str, fix: str, place: int = 0) -> Problem:
        """The line that says where, what, and how to mend it."""
        line = super().__new__(cls, f"{where}: {what} {fix}".rstrip())
        line.where, line.what, line.fix, line.place = where, what, fix, place
        return line


class Entry:
    """One table of a file, read key by key; ``faults`` are why it is left out."""

    def __init__(
        self, where: str, value: object, keys: tuple[str, ...], place: int = 0
    ) -> None:
        self._where, self._place = where, place
        self._table = as_table(value)
        self.remarks: list[Problem] = []
        self.faults: list[Problem] = []
        if not isinstance(value, Mapping):
            what = _("This is not a table.")
            self.fault(what, _("Write it as shown in the README."))
        unknown = [key for key in self._table if key not in keys]
        for key in unknown[:_MOST_NAMED]:
            what = _("“{key}” is not a known key.").format(key=key)
            self.remarks.append(Problem(where, what, _meant(key, keys), place))

    def fault(self, what: str, fix: str) -> None:
        """Remember why this entry cannot be shown."""
        self.faults.append(Problem(self._where, what, fix, self._place))

    def has(self, key: str) -> bool:
        """Whether *key* is there, with something in it."""
        return bool(self._table.get(key))

    def text(self, key: str) -> str:
        """The text of *key*, or "" when it is not there."""
        value = self._table.get(key, "")
        if isinstance(value, str):
            return value.strip()
        what = _("“{key}” is not a text.").format(key=key)
        self.fault(what, _("Put it in quotes."))
        return ""

    def needed(self, key: str) -> str:
        """The text of *key*, which has to be there."""
        text = self.text(key)
        if not text:
            self.missing(key)
        return text

    def missing(self, key: str) -> None:
        """Remember that *key* is not there, and has to be."""
        self.fault(_("“{key}” is missing.").format(key=key), _("Add it."))

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
            what = _("“{key}” holds more than texts.").format(key=key)
            self.fault(what, _("Use quotes."))
        return found

    def each(self, key: str) -> tuple[object, ...]:
        """What a list holds, or nothing when it is not there."""
        value = self._table.get(key, [])
        if isinstance(value, list):
            if len(value) > MOST_ENTRIES:
                words = _("“{key}” holds more than {most:,}.")
                self.fault(words.format(key=key, most=MOST_ENTRIES), _("Shorten it."))
            return tuple(value[:MOST_ENTRIES])
        self.fault(_("“{key}” is not a list.").format(key=key), _("Use [ ]."))
        return ()

    def word(self, key: str, words: type[_Word], fallback: _Word) -> _Word:
        """The word of *key*, which has to be one of *words*."""
        return self._one_of(self.needed(key), key, words) or fallback

    def words(self, key: str, words: type[_Word]) -> tuple[_Word, ...]:
        """Those of *words* that a list names; it names at least one."""
        found = [self._one_of(text, key, words) for text in self.texts(key)]
        if not found:
            self.missing(key)
        return tuple(word for word in found if word)

    def _one_of(self, text: str, key: str, words: type[_Word]) -> _Word | None:
        if text in list(words):
            return words(text)
        if text:
            self.not_one_of(text, key, words)
        return None

    def not_one_of(self, text: str, key: str, words: Iterable[str]) -> None:
        """Remember that *key* has a *text* that is none of the *words*."""
        what = _("“{key}” cannot be “{text}”.").format(key=key, text=text)
        fix = _("Use one of: {words}.").format(words=", ".join(words))
        self.fault(what, fix)

    def _fits(self, text: str, key: str, shape: re.Pattern[str], like: str) -> str:
        if text and not shape.fullmatch(text):
            what = _("“{key}” is “{text}”.").format(key=key, text=text)
            self.fault(what, _("Write it like {like}.").format(like=like))
        return text

    def checked(self) -> str:
        """The month of the last check, which has to be there."""
        self.needed("checked")
        return self.shaped("checked", MONTH, "2026-11")

    def confidence(self) -> Confidence:
        """How sure the author is; low is a fault, and never shown."""
        if self.text("confidence") == "low":
            what = _("The confidence is low.")
            self.fault(what, _("Leave the entry out of the file."))
            return Confidence.MEDIUM
        return self.word("confidence", Confidence, Confidence.MEDIUM)


def name_of(place: int, value: object) -> str:
    """What a problem begins with: the id of the entry, or its place in the file."""
    return str(as_table(value).get("id") or _("line {place}").format(place=place))


def _meant(key: str, keys: Iterable[str]) -> str:
    near = difflib.get_close_matches(key, keys, n=1)
    if near:
        return _("Did you mean “{word}”?").format(word=near[0])
    return _("Take it out.")


def as_table(value: object) -> dict[str, object]:
    """*value* as a table with names; empty where it is none."""
    if not isinstance(value, Mapping):
        return {}
    return {str(key): each for key, each in value.items()}
