"""The person or account that this is about, and how they can be recognised."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from enum import StrEnum


class IdentifierKind(StrEnum):
    """What sort of name an identifier is."""

    EMAIL = "email"
    PHONE = "phone"
    HANDLE = "handle"
    URL = "url"
    IP = "ip"


@dataclass(frozen=True, slots=True, kw_only=True)
class Identifier:
    """One address, number or account of a person."""

    kind: IdentifierKind
    value: str
    service: str = ""

    @property
    def key(self) -> str:
        """The same for the same identifier, however it was typed."""
        return same(self.value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody the reader's record is about; "unknown" is a person too."""

    id: str
    label: str
    identifiers: tuple[Identifier, ...] = ()


def same(text: str) -> str:
    """Fold case, width and spaces, so that one name typed twice is one name.

    >>> same(" Person@Example.COM ") == same("person@example.com")
    True
    """
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())
