"""What kind of internet address one is, by the registries that set blocks aside.

Pure tables (RFC 6890 and what it lists): nothing is looked up. An address that
carries another inside (6to4, NAT64) is judged by that one; Teredo only ever comes
from somebody's line, so it never counts as a computer of the reader's own service.
"""

from __future__ import annotations

import ipaddress
import re
from functools import lru_cache
from typing import TypeAlias

from guide.model.trace import AddressKind
from guide.words import _

_Network: TypeAlias = ipaddress.IPv4Network | ipaddress.IPv6Network


def _nets(*blocks: str) -> tuple[_Network, ...]:
    return tuple(ipaddress.ip_network(block) for block in blocks)


# RFC 5737, 3849 and 9637: addresses for writing about, so no sender has one.
EXAMPLES = _nets(
    "192.0.2.0/24",
    "198.51.100.0/24",
    "203.0.113.0/24",
    "2001:db8::/32",
    "3fff::/20",
)
_KINDS: tuple[tuple[AddressKind, tuple[_Network, ...]], ...] = (
    (AddressKind.LOOPBACK, _nets("127.0.0.0/8", "::1/128")),
    (AddressKind.HOME, _nets("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16")),
    (AddressKind.SHARED, _nets("100.64.0.0/10")),  # RFC 6598
    (AddressKind.LINK_LOCAL, _nets("169.254.0.0/16", "fe80::/10")),
    (AddressKind.UNIQUE_LOCAL, _nets("fc00::/7")),  # RFC 4193
    (AddressKind.EXAMPLE, EXAMPLES),
    (AddressKind.SIX_TO_FOUR, _nets("2002::/16")),  # RFC 3056
    (AddressKind.TEREDO, _nets("2001::/32")),  # RFC 4380
    (AddressKind.TRANSLATED, _nets("64:ff9b::/96")),  # RFC 6052
)


@lru_cache(maxsize=4096)
def address_kind(ip: str) -> AddressKind:
    """The kind of *ip*, an address in its standard form."""
    address = ipaddress.ip_address(ip)
    for kind, nets in _KINDS:
        if any(address.version == net.version and address in net for net in nets):
            return kind
    odd = address.is_multicast or address.is_reserved
    if odd or not address.is_global:
        return AddressKind.RESERVED
    return AddressKind.PUBLIC


def inside(ip: str) -> str:
    """The IPv4 address that *ip* carries: of a 6to4, Teredo or NAT64 user, or ""."""
    address = ipaddress.ip_address(ip)
    if not isinstance(address, ipaddress.IPv6Address):
        return ""
    match address_kind(ip):
        case AddressKind.SIX_TO_FOUR:
            return str(address.sixtofour or "")
        case AddressKind.TEREDO:
            return str(address.teredo[1]) if address.teredo else ""
        case AddressKind.TRANSLATED:
            return str(ipaddress.IPv4Address(int(address) & 0xFFFFFFFF))
        case _:
            return ""


@lru_cache(maxsize=4096)
def is_private(ip: str, *, examples: bool = False) -> bool:
    """Whether *ip* can belong to nobody on the open internet.

    That is all of RFC 1918, 6598 and 4193, loopback, link-local, multicast and
    reserved. So are the addresses set aside for examples, unless *examples* says
    that this message is one: then they stand for public addresses.
    """
    kind = address_kind(ip)
    if kind is AddressKind.EXAMPLE:
        return not examples
    if kind in {AddressKind.SIX_TO_FOUR, AddressKind.TRANSLATED}:
        return is_private(inside(ip), examples=examples)
    return kind not in {AddressKind.PUBLIC, AddressKind.TEREDO}


def kind_words(ip: str, *, examples: bool = False) -> str:
    """What is worth saying about *ip* to somebody who may act on it, or ""."""
    kind = address_kind(ip)
    if kind is AddressKind.EXAMPLE and examples:
        return ""
    words = {
        AddressKind.PUBLIC: "",
        AddressKind.HOME: _("an inner address, as homes and offices use"),
        AddressKind.LOOPBACK: _("the computer itself"),
        AddressKind.SHARED: _("an inner address of a provider that many people share"),
        AddressKind.LINK_LOCAL: _("an address inside one room or one cable"),
        AddressKind.UNIQUE_LOCAL: _("an address inside one network"),
        AddressKind.EXAMPLE: _("an address for examples, which nobody has"),
        AddressKind.RESERVED: _("an address that nobody can have"),
        AddressKind.SIX_TO_FOUR: _("a tunnel (6to4) of {ip}"),
        AddressKind.TEREDO: _("a tunnel (Teredo) of {ip}"),
        AddressKind.TRANSLATED: _("a translated form (NAT64) of {ip}"),
    }
    return words[kind].format(ip=inside(ip))


# Names that say of themselves that they are a way out of the Tor network. Nothing
# is looked up, and anybody can name a computer so: a hint, and no more.
_TOR = re.compile(
    r"(?:^|[.-])(?:tor-?exit(?:-?node)?|exit-?node|tor-?relay|torexit\d*|tor\d*)"
    r"(?=[.-]|\d|$)|\.(?:exit|onion)$",
    re.IGNORECASE,
)


def looks_like_tor(name: str) -> bool:
    """Whether a computer's *name* says that it hides people (the Tor network).

    >>> looks_like_tor("tor-exit-3.example.org"), looks_like_tor("doctor.example.org")
    (True, False)
    """
    return bool(_TOR.search(name.rstrip(".")))
