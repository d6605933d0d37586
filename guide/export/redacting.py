"""A twin of a case without certain words; each place where they stood is marked. Pure.

The record itself is never touched. Only words are taken out: nobody can look through
pictures or through the files themselves, so a twin draws no picture and takes no
originals along.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import fields, is_dataclass, replace
from enum import Enum
from typing import TypeVar

from guide.model.case import TAKEN_OUT, Case

_Value = TypeVar("_Value")
# These prove or name something; none of them is the reader's words.
_KEPT = frozenset({"id", "label", "sha256", "head", "public_key", "lang", "media_type"})


def redact(case: Case, words: Collection[str]) -> Case:
    """*case* without *words*, whatever their case and spacing. Longer ones go first."""
    pattern = _pattern(words)
    if pattern is None:
        return case
    clean = _clean(case, pattern)
    drawn = tuple(replace(each, drawn=False) for each in clean.exhibits)
    return replace(clean, exhibits=drawn, redacted=True)


def _pattern(words: Collection[str]) -> re.Pattern[str] | None:
    parts = [r"\s+".join(map(re.escape, each.split())) for each in words]
    known = sorted({each for each in parts if each}, key=len, reverse=True)
    return re.compile("|".join(known), re.IGNORECASE) if known else None


def _clean(value: _Value, pattern: re.Pattern[str]) -> _Value:
    """The same value, every text in it cleaned, however deep."""
    cleaned: object = value
    if isinstance(value, Enum) or value is None:
        pass
    elif isinstance(value, str):
        cleaned = pattern.sub(TAKEN_OUT, value)
    elif isinstance(value, tuple):
        cleaned = tuple(_clean(each, pattern) for each in value)
    elif is_dataclass(value) and not isinstance(value, type):
        changes = {
            field.name: _clean(getattr(value, field.name), pattern)
            for field in fields(value)
            if field.init and field.name not in _KEPT
        }
        cleaned = replace(value, **changes)
    return cleaned  # type: ignore[return-value]  # of the type it was given
