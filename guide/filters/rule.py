"""Whose mail is filed away, and where to: what every format is written from.

A rule that holds anything unchecked cannot be made.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from guide.filters.addresses import (
    address_in,
    domain_in,
    is_official,
    is_public,
)

FOLDER = "Held"  # says nothing to whoever looks over a shoulder
MOST = 200  # addresses and domains together
_FOLDER = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9 _-]{0,38}[A-Za-z0-9])?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """File away what comes from these addresses and these whole domains.

    Raises ValueError for whatever a format could trip over.
    """

    addresses: tuple[str, ...]
    domains: tuple[str, ...] = ()
    folder: str = FOLDER
    mark_read: bool = False
    make_folder: bool = False  # where the format can

    def __post_init__(self) -> None:
        if not 1 <= len(self.addresses) + len(self.domains) <= MOST:
            raise ValueError("nothing to file away, or too much")
        if not all(each and address_in(each) == each for each in self.addresses):
            raise ValueError("an address that was not checked")
        if not all(each and domain_in(each) == each for each in self.domains):
            raise ValueError("a domain that was not checked")
        if any(map(is_public, self.domains)):
            raise ValueError("a domain that is everybody's")
        if any(map(is_official, self.domains)):
            raise ValueError("a domain of the state or a school")
        if not _FOLDER.fullmatch(self.folder):
            raise ValueError("a folder that was not checked")


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A filter as the text of a file, and which addresses it could not take."""

    text: str
    left_out: tuple[str, ...] = ()
