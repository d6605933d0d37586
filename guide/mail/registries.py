"""Which registry answers who has an internet address, from the tables of IANA.

The table is ``content/data/registries.toml``. An entry with a fault is left out and
named in ``registry_problems``. What no registry gave out has none: no private,
reserved or documentation address ever leads to anybody.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from ipaddress import (
    AddressValueError,
    IPv4Network,
    IPv6Network,
    NetmaskValueError,
    ip_address,
    ip_network,
)

from guide.model.trace import Registry
from guide.words import _

_TEXTS = ("name", "where", "lookup", "hint", "checked", "source", "confidence")
_FIRST_NUMBERS = ("ipv4", "legacy")
_KEYS = frozenset((*_TEXTS, *_FIRST_NUMBERS, "ipv6"))
_LOOKUP = re.compile(r"https://[a-z0-9./-]+/ip/")
_MONTH = re.compile(r"20\d\d-(?:0[1-9]|1[0-2])")
_MOST = 223  # from 224 on: multicast and reserved
_NOT_GIVEN = frozenset({0, 10, 127})


def parse_registries(table: Mapping[str, object]) -> tuple[Registry, ...]:
    """The registries of *table* that have no fault."""
    return tuple(_registry(each) for each in _entries(table) if not any(_faults(each)))


def registry_problems(table: Mapping[str, object]) -> tuple[str, ...]:
    """What is wrong in *table*, one sentence each, for authors."""
    entries = _entries(table)
    unknown = _("the file has an unknown key '{key}'.")
    found = [unknown.format(key=key) for key in table if key != "registry"]
    if not entries:
        found.append(_("the file has no [[registry]]."))
    for place, entry in enumerate(entries, start=1):
        name = entry.get("name", _("registry {number}").format(number=place))
        found += [f"{name}: {fault}" for fault in _faults(entry)]
    return (*found, *_twice(parse_registries(table)))


def registry_for(
    address: str, registries: Sequence[Registry]
) -> tuple[Registry | None, bool]:
    """Who answers for *address*, and whether it was given out before they were there.

    None where nobody does: it is no address, or a private or reserved one.
    """
    try:
        found = ip_address(address)
    except ValueError:
        return None, False
    if not found.is_global:
        return None, False
    for registry in registries:
        for block in (*registry.blocks, *registry.legacy):
            network = _network(block)
            if found.version == network.version and found in network:
                return registry, block in registry.legacy
    return None, False


@lru_cache(maxsize=512)
def _network(block: str) -> IPv4Network | IPv6Network:
    return ip_network(block)


def _entries(table: Mapping[str, object]) -> list[Mapping[str, object]]:
    listed = table.get("registry")
    entries = listed if isinstance(listed, list) else []
    return [entry if isinstance(entry, Mapping) else {} for entry in entries]


def _faults(entry: Mapping[str, object]) -> Iterator[str]:
    unknown = _("the key '{key}' is unknown.")
    yield from (unknown.format(key=key) for key in entry if key not in _KEYS)
    text = {key: entry.get(key) for key in _TEXTS}
    for key, value in text.items():
        if not isinstance(value, str) or not value:
            yield _("'{key}' is missing or not text.").format(key=key)
    if not _LOOKUP.fullmatch(str(text["lookup"])):
        yield _("'{key}' is not well written.").format(key="lookup")
    if not _MONTH.fullmatch(str(text["checked"])):
        yield _("'checked' is not a month such as 2026-11.")
    if text["confidence"] not in ("high", "medium"):
        yield _("'confidence' is neither high nor medium.")
    yield from _wrong_blocks(entry)


def _wrong_blocks(entry: Mapping[str, object]) -> Iterator[str]:
    for key in _FIRST_NUMBERS:
        if any(not _can_be_given(x) for x in _list(entry, key)):
            yield _("'{key}' is not a list of first numbers.").format(key=key)
    if any(not _is_block(x) for x in _list(entry, "ipv6")):
        yield _("'ipv6' is not a list of blocks.")


def _list(entry: Mapping[str, object], key: str) -> list[object]:
    value = entry.get(key, [])
    return value if isinstance(value, list) else [value]


def _can_be_given(value: object) -> bool:
    if isinstance(value, bool) or not isinstance(value, int):
        return False
    return 0 < value <= _MOST and value not in _NOT_GIVEN


def _is_block(value: object) -> bool:
    try:
        return IPv6Network(str(value)).prefixlen > 0
    except (AddressValueError, NetmaskValueError, ValueError):
        return False


def _twice(registries: Sequence[Registry]) -> Iterator[str]:
    seen: dict[str, str] = {}
    for registry in registries:
        for block in (*registry.blocks, *registry.legacy):
            if block in seen:
                words = _("{name} is also at {other}.")
                fault = words.format(name=block, other=seen[block])
                yield f"{registry.name}: {fault}"
            seen[block] = registry.name


def _registry(entry: Mapping[str, object]) -> Registry:
    text = {key: str(entry.get(key, "")) for key in _TEXTS}
    ipv4, legacy = (
        tuple(f"{number}.0.0.0/8" for number in _list(entry, key))
        for key in _FIRST_NUMBERS
    )
    return Registry(
        name=text["name"],
        where=text["where"],
        lookup=text["lookup"],
        hint=text["hint"],
        blocks=(*ipv4, *map(str, _list(entry, "ipv6"))),
        legacy=legacy,
        checked=text["checked"],
        source=text["source"],
        confidence=text["confidence"],
    )
