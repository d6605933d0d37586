"""One Received header, as a hop (RFC 5321 section 4.4).

Servers write these lines in many dialects. What the receiver saw for itself, the
address and the name it looked up, is kept apart from what the sender called
itself. A field that is not clearly there stays empty: nothing is guessed.
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Mapping, Sequence

from guide.mail.dates import written_date
from guide.mail.lexer import Kind, Token, tokens
from guide.mail.networks import address_kind, is_private
from guide.model.trace import Hop

_LONGEST_FIELD = 255
_CLAUSES = frozenset({"from", "by", "via", "with", "id", "for"})


def parse_received(value: str, *, examples: bool = False) -> Hop:
    """The hop in one unfolded Received header; *examples* as in ``is_private``."""
    found = tokens(value, ";")
    ends = [token.start for token in found if token.raw == ";"]
    end = ends[-1] if ends else len(value)
    clauses = _clauses([token for token in found if token.start < end])
    helo, name, ip = _sender(clauses)
    by = clauses.get("by", ())
    return Hop(
        from_=_plain(helo),
        tcp_info=_plain(name),
        ip=ip,
        by=_plain(_first(by)),
        by_ip=_address_in(by)[1],
        with_=_plain(_words(clauses.get("with", ()))),
        id=_plain(_first(clauses.get("id", ()))),
        at=written_date(value[end + 1 :]),
        private=bool(ip) and is_private(ip, examples=examples),
        kind=address_kind(ip) if ip else None,
        raw=value,
    )


def _clauses(found: Sequence[Token]) -> Mapping[str, Sequence[Token]]:
    """Each clause with its tokens; the word after a keyword is always its value."""
    clauses: dict[str, list[Token]] = {}
    current: list[Token] = []
    for token in found:
        keyword = token.text.lower() if token.kind is Kind.WORD else ""
        waiting = bool(clauses) and not current
        if keyword in _CLAUSES and keyword not in clauses and not waiting:
            current = clauses[keyword] = []
        else:
            current.append(token)
    return clauses


def _first(clause: Sequence[Token]) -> str:
    """The value of a clause. A server that names itself "[ip]" has that as name."""
    values = (x.text for x in clause if x.kind in {Kind.WORD, Kind.LITERAL})
    return next(values, "")


def _words(clause: Sequence[Token]) -> str:
    return " ".join(token.text for token in clause if token.kind is Kind.WORD)


def _comments(clause: Sequence[Token]) -> list[str]:
    return [token.text for token in clause if token.kind is Kind.COMMENT]


# Anchored: a comment may quote what a sender chose, such as a certificate's name.
_HELO = re.compile(
    r"\s*(\[[^\]]*\](?::\d+)?\s+)?(?:account \S+ |(?:ident|port)=\S+ ){0,2}"
    r"(?:helo|ehlo)[= ]\s*(\S+)",
    re.I,
)
_BRACKETED = re.compile(
    r"\s*(?:\S*@)?([^\s\[\]@]*)\s*\[(?:ipv6:)?([0-9a-f:.]+)(?:%[^\]]*)?\]", re.I
)


def _sender(clauses: Mapping[str, Sequence[Token]]) -> tuple[str, str, str]:
    """What the sender called itself, its confirmed name, its address.

    Most servers write ``from HELO (name [ip])``. Exim writes ``from name ([ip]
    helo=x)`` and qmail ``from name (HELO x) (ip)``: there the outer word is what the
    receiver saw. Whoever has an address can give it any name, and qmail asks no
    further, so that name is not confirmed.
    """
    clause = clauses.get("from", ())
    outer, comments = _first(clause), _comments(clause)
    name, ip = _address_in(clause)
    said = next(filter(None, map(_HELO.match, comments)), None)
    helo = said.group(2) if said else ""
    if helo or _is_exim(clauses):
        ip = ip or _address(outer)
        unsure = _address(outer) or (said and not said.group(1) and comments[1:])
        name, outer = ("" if unsure else outer), helo or outer
    if any("may be forged" in text for text in comments):  # Sendmail: not confirmed
        name = ""
    return outer, _host(name), ip


def _is_exim(clauses: Mapping[str, Sequence[Token]]) -> bool:
    own = (text for key in ("by", "with") for text in _comments(clauses.get(key, ())))
    return any(text.startswith("Exim") for text in own)


def _address_in(clause: Sequence[Token]) -> tuple[str, str]:
    """The name and address in the last comment that has an address.

    The last, because a HELO that the sender chose stands before what the receiver
    adds; and for the same reason whatever follows HELO inside a comment is left out.
    """
    for comment in reversed(_comments(clause)):
        helo = _HELO.match(comment)
        text = (helo.group(1) or "") if helo else comment
        match = _BRACKETED.match(text)
        if match and "@" in text[match.end() :]:  # all before it is what ident said
            match = _BRACKETED.match(text.rpartition("@")[2])
        if match and (ip := _address(match.group(2))):
            return match.group(1), ip
        if ip := _address(text.strip().rpartition("@")[2]):
            return "", ip
    return "", ""


def _address(text: str) -> str:
    """*text* as an IP address in its standard form, or ""."""
    bare = re.sub(r"^ipv6:", "", text.strip("[] "), flags=re.IGNORECASE)
    try:
        ip = ipaddress.ip_address(bare.partition("%")[0])
    except ValueError:
        return ""
    mapped = ip.ipv4_mapped if isinstance(ip, ipaddress.IPv6Address) else None
    return str(mapped or ip)


def _host(name: str) -> str:
    host = name.rstrip(".").lower()
    return "" if host in {"unknown", "localhost"} or "." not in host else host


def _plain(text: str) -> str:
    """Fit for a letter: no character that prints as nothing, within limits."""
    shown = "".join(x if x.isprintable() else "\ufffd" for x in text)
    return shown[:_LONGEST_FIELD]
