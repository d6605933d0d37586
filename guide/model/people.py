"""The person or account that this is about, and how they can be recognised.

Two identifiers with one ``key`` are one identifier. Everything looser than that
(a dot or a tag in a mail address, a handle inside a link) is only *near*: it is
shown to the reader, who alone can say whether it is the same person.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

_NUMBER = re.compile(r"\+?[\d\s()/\u2010\u2013-]+")
_SCHEME = re.compile(r"^[a-z][a-z0-9+.-]*:/*")
_SAME_HOST = {"googlemail.com": "gmail.com"}
_FEWEST_DIGITS = 7
_NATIONAL_DIGITS = 9


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
        return folded(self.value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody the reader's record is about; "unknown" is a person too.

    ``unknown``: the label is only a way to tell them apart, not a name.
    """

    id: str
    label: str
    identifiers: tuple[Identifier, ...] = ()
    unknown: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PastName:
    """What a person was called in the record, and from when."""

    person_id: str
    label: str
    since: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownIdentifier:
    """An identifier with its history; one taken back stays readable."""

    person_id: str  # as it was added, before any merge
    identifier: Identifier
    added_at: datetime
    withdrawn_at: datetime | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Merge:
    """The reader said that two people are one; their records stay as they were."""

    kept_id: str
    merged_id: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class NearMatch:
    """Somebody in the record who may be the same: what is ``like`` what of theirs."""

    person_id: str
    like: Identifier
    identifier: Identifier
    exact: bool


def same(text: str) -> str:
    """Fold case, width and spaces, so that one name typed twice is one name.

    >>> same(" Person@Example.COM ") == same("person@example.com")
    True
    """
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def folded(value: str) -> str:
    """The key of an identifier: ``same``, and a phone number without its spacing.

    Numbers are told by their look, not by their kind, because a reader may type a
    number where a handle is asked for.

    >>> folded("+44 (7700) 900-123")
    '+447700900123'
    >>> folded("Some One")
    'some one'
    """
    text = same(value)
    digits = re.sub(r"\D", "", text)
    if _NUMBER.fullmatch(text) and len(digits) >= _FEWEST_DIGITS:
        return "+" * text.startswith("+") + digits
    return text


def near_keys(identifier: Identifier) -> frozenset[str]:
    """What an identifier shares with others that only look different.

    >>> dotted = Identifier(kind=IdentifierKind.EMAIL, value="a.b+c@example.com")
    >>> plain = Identifier(kind=IdentifierKind.EMAIL, value="ab@example.com")
    >>> bool(near_keys(dotted) & near_keys(plain))
    True
    """
    text = _bare(identifier.value)
    keys = {text, _mailbox(text), _number(text)}
    if identifier.kind is IdentifierKind.URL or _SCHEME.match(text):
        keys |= _link(text)
    return frozenset(keys - {""})


def _bare(value: str) -> str:
    """Without accents, invisible characters, spaces and a leading ``@``."""
    spread = unicodedata.normalize("NFKD", same(value))
    kept = (c for c in spread if unicodedata.category(c) not in ("Mn", "Cf", "Zs"))
    return "".join(kept).lstrip("@")


def _mailbox(text: str) -> str:
    local, at, host = text.rpartition("@")
    if not at:
        return ""
    local = local.partition("+")[0].replace(".", "")
    return f"{local}@{_SAME_HOST.get(host, host)}"


def _number(text: str) -> str:
    """The end of a phone number, which is alike at home and from abroad."""
    digits = re.sub(r"\D", "", text)
    plain = not re.search(r"[^\d\s()+/.\u2010\u2013-]", text)
    return digits[-_NATIONAL_DIGITS:] if plain and len(digits) > _FEWEST_DIGITS else ""


def _link(text: str) -> set[str]:
    """A link without what does not change where it leads, and its last name."""
    address = re.split(r"[?#]", _SCHEME.sub("", text))[0].rstrip("/")
    address = re.sub(r"^(www|m)\.", "", address)
    last = address.rpartition("/")[2] if "/" in address else ""
    return {address, last.lstrip("@")}
