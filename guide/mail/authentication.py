"""What a mail service found when it checked a message (RFC 8601, 8617).

Anybody can write such a line. It counts only if it stands above the hop at which
the reader's own service took the message in, and bears that service's name:
whatever a sender wrote lies below that hop.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from guide.mail.domains import registrable_domain
from guide.mail.headers import Header
from guide.mail.lexer import Kind, Token, tokens
from guide.model.trace import AuthResult, Mailbox, Verdict

_NAMES = frozenset({"authentication-results", "arc-authentication-results"})
_MOST_RESULTS = 200
_APPLE = "icloud.com"
_APPLES = frozenset({"dmarc.icloud.com", "dkim-verifier.icloud.com", "spf.icloud.com"})
_APPLES_BLOCK = ("x-icl-", "x-arc-", "x-dmarc-", "received-spf", "authentication-")
# Microsoft leaves its own name out of these lines, against RFC 8601 section 2.2.
_NAMELESS = "outlook.com"


def is_results(header: Header) -> bool:
    """Whether *header* holds authentication results."""
    return header.name in _NAMES


def authserv_id(header: Header) -> str:
    """The name of whoever wrote *header*, "" when it bears none."""
    return _id_of(_statements(header)[0])


def auth_results(
    headers: Sequence[Header], place: int | None, own: frozenset[str]
) -> tuple[AuthResult, ...]:
    """Every result in *headers*; trusted: above *place*, by a name in *own*."""
    found: list[AuthResult] = []
    beneath = _apples(headers, place) if _APPLE in own else frozenset()
    for header in filter(is_results, headers):
        above = place is not None and header.place < place
        ours = above or header.place in beneath
        found.extend(_results(header, own if ours else frozenset()))
        if len(found) >= _MOST_RESULTS:
            break
    return tuple(found[:_MOST_RESULTS])


def _apples(headers: Sequence[Header], place: int | None) -> frozenset[int]:
    """Where iCloud wrote its own checks: right beneath the line of arrival.

    It writes all of these, always, so of each the first is its own; one that a
    sender brought along comes after it. Without all three none counts.
    """
    first: dict[str, int] = {}
    for header in headers[(len(headers) if place is None else place + 1) :]:
        if not header.name.startswith(_APPLES_BLOCK):
            break
        if is_results(header):
            first.setdefault(authserv_id(header), header.place)
    return frozenset(first[name] for name in _APPLES if first.keys() >= _APPLES)


def _statements(header: Header) -> list[list[Token]]:
    """The parts between semicolons, comments left out; the first is the name."""
    parts: list[list[Token]] = [[]]
    for token in tokens(header.value, ";="):
        if token.raw == ";":
            parts.append([])
        elif token.kind is not Kind.COMMENT:
            parts[-1].append(token)
    arc = header.name.startswith("arc-") and len(parts) > 1
    return parts[1:] if arc else parts  # ARC puts "i=1;" first (RFC 8617 4.1.1)


def _id_of(first: Sequence[Token]) -> str:
    named = bool(first) and not any(token.raw == "=" for token in first)
    return first[0].text.lower().rstrip(".") if named else ""


def _results(header: Header, own: frozenset[str]) -> Iterator[AuthResult]:
    parts = _statements(header)
    name = _id_of(parts[0])
    whole = not any(token.kind is Kind.BROKEN for part in parts for token in part)
    trusted = whole and _is_ours(name, own)
    for part in parts[1:] if name else parts:
        pairs = list(_pairs(part))
        if not pairs:
            continue
        method, result = pairs[0]
        marks = [(key, value) for key, value in pairs[1:] if "." in key]
        for key, value in marks or [("", "")]:
            ptype, _dot, name_of = key.partition(".")
            yield AuthResult(
                authserv_id=name,
                method=re.split(r"/", method)[0],
                result=result.lower(),
                ptype=ptype,
                property=name_of,
                value=value,
                trusted=trusted,
            )


def _is_ours(name: str, own: frozenset[str]) -> bool:
    if not name:
        return _NAMELESS in own
    return name in own or registrable_domain(name) in own


def _pairs(part: Sequence[Token]) -> Iterator[tuple[str, str]]:
    """Each ``key=value``.

    A value runs on to the next gap, so an ``=`` inside one, which a sender may have
    put there, never starts another pair.
    """
    place = 1
    while place < len(part) - 1:
        if part[place].raw != "=":
            place += 1
            continue
        key, end = part[place - 1].text.lower(), place + 1
        while end + 1 < len(part) and _touch(part[end], part[end + 1]):
            end += 1
        yield key, "".join(token.text for token in part[place + 1 : end + 1])
        place = end + 2


def _touch(before: Token, after: Token) -> bool:
    return before.start + len(before.raw) == after.start


def verdict(results: Sequence[AuthResult], sender: Mailbox | None) -> Verdict:
    """How far *sender* can be believed, by the trusted *results* alone.

    RFC 7489 section 6.6.2: dmarc is about the domain in From. RFC 6376: a valid
    signature speaks for the domain that signed, so it counts when that is aligned.
    RFC 7208: spf speaks for the return path, and alone it never proves From.
    """
    trusted = [result for result in results if result.trusted]
    if sender is None or not sender.registrable_domain or not trusted:
        return Verdict.UNKNOWN
    dmarc = {r.result for r in trusted if r.method == "dmarc"}
    if "fail" in dmarc:
        return Verdict.UNKNOWN if "pass" in dmarc else Verdict.FAILED
    named = [r for r in trusted if (r.method, r.property) == ("dmarc", "from")]
    if any(_domain(r.value) != sender.registrable_domain for r in named):
        return Verdict.UNKNOWN  # it speaks of another From than the one shown
    if "pass" in dmarc or _signed(trusted, sender):
        return Verdict.GENUINE
    return Verdict.FAILED if _all_failed(trusted) else Verdict.UNKNOWN


def _signed(results: Sequence[AuthResult], sender: Mailbox) -> bool:
    return any(
        r.method == "dkim"
        and r.result == "pass"
        and r.ptype == "header"
        and r.property in {"d", "i"}
        and _domain(r.value) == sender.registrable_domain
        for r in results
    )


def sent_by(results: Sequence[AuthResult], sender: Mailbox | None) -> bool:
    """Whether the trusted *results* say that the domain of *sender* sent it (spf)."""
    return sender is not None and any(
        r.trusted
        and (r.method, r.result, r.property) == ("spf", "pass", "mailfrom")
        and _domain(r.value) == sender.registrable_domain
        for r in results
    )


def _all_failed(results: Sequence[AuthResult]) -> bool:
    said = {r.result for r in results if r.method in {"spf", "dkim"}}
    return "pass" not in said and bool(said & {"fail", "softfail", "hardfail"})


def _domain(value: str) -> str:
    return registrable_domain(value.rpartition("@")[2].strip(" <>"))
