"""The keys of one file's front matter, read by name and kind, faults collected."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from enum import StrEnum
from typing import TypeVar

from guide.library.front_matter import Value
from guide.model.problems import Finding
from guide.words import _

Kind = TypeVar("Kind", bound=StrEnum)
_MOST_NAMED = 50  # unknown keys: to find what was meant by each takes its time


class Keys:
    """Front matter with its place in the file, so a fault can be pointed at."""

    def __init__(
        self,
        values: dict[str, Value],
        path: str,
        text: str,
        known: Iterable[str],
        findings: list[Finding],
    ) -> None:
        self.path, self.lines = path, text.split("\n")
        self._values, self._findings = values, findings
        unknown = [key for key in values if key not in known]
        for key in unknown[:_MOST_NAMED]:
            self._unknown(key, known)

    def _unknown(self, key: str, known: Iterable[str]) -> None:
        near = difflib.get_close_matches(key, list(known), n=1)
        fix = _("Remove it.")
        if near:
            fix = _("Did you mean '{word}'?").format(word=near[0])
        what = _("There is no key '{key}'.").format(key=key)
        self.fault("C002", what, fix, self.line_of(key))

    def fault(self, code: str, what: str, fix: str, line: int = 1) -> None:
        """Report one problem at *line*."""
        self._findings.append(Finding(self.path, line, code, what, fix))

    def line_of(self, key: str) -> int:
        """The line that *key* stands on, or 1."""
        starts = (n for n, x in enumerate(self.lines, 1) if x.startswith(f"{key}:"))
        return next(starts, 1)

    def text(self, key: str, *, needed: bool = False) -> str:
        """The text under *key*, or nothing."""
        value = self._values.get(key, "")
        if not isinstance(value, str):
            what = _("'{key}' is not a text.").format(key=key)
            fix = _("Write one text after the colon.")
            self.fault("C005", what, fix, self.line_of(key))
            return ""
        if needed and not value.strip():
            what = _("'{key}' is missing.").format(key=key)
            self.fault("C006", what, _("Add '{key}: …'.").format(key=key))
        return value.strip()

    def yes(self, key: str) -> bool:
        """Whether *key* says yes; anything but yes and no is a fault."""
        value = self.text(key)
        if value not in ("", "yes", "no"):
            what = _("'{key}' is not yes or no.").format(key=key)
            self.fault("C005", what, _("Write yes or no."), self.line_of(key))
        return value == "yes"

    def choice(self, key: str, kinds: type[Kind], default: Kind) -> Kind:
        """The member of *kinds* that *key* names."""
        value = self.text(key)
        if not value:
            return default
        if value not in [kind.value for kind in kinds]:
            what = _("There is no {key} '{value}'.").format(key=key, value=value)
            fix = _("Use one of: {words}.").format(words=", ".join(kinds))
            self.fault("C005", what, fix, self.line_of(key))
            return default
        return kinds(value)

    def values_of(self, key: str) -> list[Value]:
        """The list under *key*; a single value counts as a list of one."""
        value = self._values.get(key, [])
        if isinstance(value, str):
            return [value] if value else []
        return value if isinstance(value, list) else [value]

    def texts(self, key: str) -> tuple[str, ...]:
        """The list of texts under *key*."""
        values = self.values_of(key)
        if not all(isinstance(value, str) for value in values):
            what = _("'{key}' is not a list of texts.").format(key=key)
            fix = _("Write a list of texts: [one, two].")
            self.fault("C005", what, fix, self.line_of(key))
        return tuple(value for value in values if isinstance(value, str))
