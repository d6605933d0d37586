"""Domain names: who owns them, both their forms, and what they imitate.

Ownership comes from the Public Suffix List that ships with ``publicsuffixlist``;
nothing is looked up. The list changes over time: a name may have moved since.
"""

from __future__ import annotations

import ipaddress
import re
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from publicsuffixlist import PublicSuffixList

# Names that belong to nobody outside one house (RFC 6761, 6762, 8375, and custom).
_HOME_NAMES = frozenset(
    {"local", "localdomain", "localhost", "internal", "lan", "home", "corp", "arpa"}
)
_LONGEST_NAME = 253  # RFC 1035
_LONGEST_LABEL = 63


@lru_cache(maxsize=2)
def _suffixes(*, icann: bool) -> PublicSuffixList:
    from publicsuffixlist import PublicSuffixList  # lazily: it reads 300 KB

    return PublicSuffixList(only_icann=icann)


@lru_cache(maxsize=1024)
def ascii_form(domain: str) -> str:
    """*domain* as computers write it (``xn--``, RFC 5891), "" if it cannot be one."""
    name = domain.strip().strip(".").lower()
    labels = re.split("[.\u3002\uff0e\uff61]", name)  # the dots of IDNA (RFC 3490)
    if len(name) > _LONGEST_NAME or any(len(x) > _LONGEST_LABEL for x in labels):
        return ""
    try:
        return ".".join(
            x if x.isascii() else x.encode("idna").decode("ascii") for x in labels
        ).lower()
    except UnicodeError:
        return ""


@lru_cache(maxsize=1024)
def unicode_form(domain: str) -> str:
    """*domain* as a reader sees it, with each ``xn--`` label spelt out."""
    return ".".join(_spelt_out(label) for label in domain.lower().split("."))


def _spelt_out(label: str) -> str:
    if not label.startswith("xn--") or len(label) > _LONGEST_LABEL:
        return label
    try:
        return label[4:].encode("ascii").decode("punycode")
    except (UnicodeError, ValueError, OverflowError):
        return label


def registrable_domain(domain: str) -> str:
    """The part of *domain* that somebody registered, "" when there is none.

    By both sections of the Public Suffix List, so ``x.github.io`` is its own.

    >>> registrable_domain("mail.shop.example.co.uk")
    'example.co.uk'
    """
    return _registered(domain, icann=False)


def owner_domain(domain: str) -> str:
    """The same, by the ICANN section alone: who runs it, ``github.io`` above."""
    return _registered(domain, icann=True)


@lru_cache(maxsize=2048)
def _registered(domain: str, *, icann: bool) -> str:
    name = ascii_form(domain)
    labels = name.split(".")
    if not all(re.fullmatch(r"[a-z0-9_-]+", label) for label in labels):
        return ""
    if labels[-1] in _HOME_NAMES or labels[-1].isdigit() or _is_address(name):
        return ""
    return _suffixes(icann=icann).privatesuffix(name) or ""


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True
