"""Signatures and the chain of forwarders, as they are written (RFC 6376, 8617).

Listed, not believed: whether a signature holds is for the reader's own mail service
to say. What a signature leaves open is said, for that is how one is misused.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from guide.mail.domains import registrable_domain
from guide.mail.headers import Header
from guide.model.trace import ArcSet, AuthResult, Mailbox, Signature
from guide.words import _

_MOST = 20  # signatures; honest mail has one or two
_MOST_TAGS = 40
_MOST_SETS = 50  # RFC 8617 section 4.2.1
_SHOULD_COVER = ("subject", "date", "to")
_RESULT = re.compile(r"\b(spf|dkim|dmarc|arc)\s*=\s*([a-z]{1,12})", re.IGNORECASE)


def tags(value: str) -> dict[str, str]:
    """The tags of a signature (RFC 6376 section 3.2), white space left out.

    A tag that is there twice makes it no signature: then there are none.
    """
    found: dict[str, str] = {}
    for pair in value.split(";")[:_MOST_TAGS]:
        name, equals, text = pair.partition("=")
        if not equals:
            continue
        if name.strip() in found:
            return {}
        found[name.strip()] = re.sub(r"\s+", "", text)
    return found


def signatures(
    headers: Sequence[Header], sender: Mailbox | None
) -> tuple[Signature, ...]:
    """Every DKIM-Signature in *headers*, top down."""
    lines = (x.value for x in headers if x.name == "dkim-signature")
    senders = sum(x.name == "from" for x in headers)
    read = (_signature(tags(line), sender, senders) for line in islice(lines, _MOST))
    return tuple(found for found in read if found is not None)


def _signature(
    said: dict[str, str], sender: Mailbox | None, senders: int
) -> Signature | None:
    domain = said.get("d", "").lower()
    if not domain:
        return None
    owner = registrable_domain(domain)
    covers = tuple(name.lower() for name in said.get("h", "").split(":") if name)[:99]
    length = said.get("l", "")
    return Signature(
        domain=domain[:255],
        selector=said.get("s", "")[:255],
        algorithm=said.get("a", "").lower()[:40],
        identity=said.get("i", "")[:320],
        covers=covers,
        signed_length=int(length) if re.fullmatch(r"[0-9]{1,18}", length) else None,
        aligned=bool(sender and owner and owner == sender.registrable_domain),
        weaknesses=tuple(_weaknesses(said, covers, senders)),
    )


def _weaknesses(
    said: dict[str, str], covers: tuple[str, ...], senders: int
) -> Iterator[str]:
    if "from" not in covers:
        yield _("It leaves out who the message is from, so it proves nothing.")
    elif covers.count("from") <= senders and senders > 1:
        yield _("Another From line could be added without breaking it.")
    if "l" in said:
        yield _("It covers only the start of the text. More could have been added.")
    if said.get("a", "").lower() == "rsa-sha1":
        yield _("Its method is old and no longer counts (RFC 8301).")
    if left := [name for name in _SHOULD_COVER if name not in covers]:
        yield _("It does not cover: {names}.").format(names=", ".join(left))


def could_fool(headers: Sequence[Header]) -> bool:
    """Whether a signer's name (i=) holds marks that end a comment or a result.

    They can be packed (RFC 6376 section 2.11). A service that copies them into its
    own line would write what the sender chose.
    """
    lines = (x.value for x in headers if x.name == "dkim-signature")
    return any(
        _MARKS.search(tags(line).get(tag, ""))
        for line in islice(lines, _MOST)
        for tag in ("i", "d", "s")
    )


_MARKS = re.compile(r'[()"\\]|=(?:09|20|22|28|29|3B|5C)', re.IGNORECASE)
_OPEN_ENDED = re.compile(r"(?:^|;)\s*l\s*=")


def leaves_end_open(headers: Sequence[Header], sender: Mailbox | None) -> bool:
    """Whether every signature for *sender* covers only the start of the text.

    Then somebody else can have put anything after it, and sent it on.
    """
    lines = [x.value for x in headers if x.name == "dkim-signature"]
    if not any(map(_OPEN_ENDED.search, lines)):
        return False
    aligned = [x for x in signatures(headers, sender) if x.aligned]
    return bool(aligned) and all(x.signed_length is not None for x in aligned)


def arc_chain(headers: Sequence[Header]) -> tuple[ArcSet, ...]:
    """Each whole set of the chain, oldest first."""
    sealed: dict[int, dict[str, str]] = {}
    said: dict[int, str] = {}
    signed: set[int] = set()
    for header in headers:
        if header.name not in _ARC:
            continue
        number = _instance(header.value)
        if not number:
            continue
        match header.name:
            case "arc-seal":
                sealed.setdefault(number, tags(header.value))
            case "arc-message-signature":
                signed.add(number)
            case _:
                said.setdefault(number, header.value)
    whole = sorted(sealed.keys() & said.keys() & signed)
    return tuple(_set(number, sealed[number], said[number]) for number in whole)


_ARC = frozenset({"arc-seal", "arc-message-signature", "arc-authentication-results"})
_INSTANCE = re.compile(r"(?:^|;)\s*i\s*=\s*([0-9]{1,2})\s*(?:;|$)")


def _instance(value: str) -> int:
    match = _INSTANCE.search(value)
    number = int(match.group(1)) if match else 0
    return number if 1 <= number <= _MOST_SETS else 0


def _set(number: int, seal: dict[str, str], results: str) -> ArcSet:
    found = dict.fromkeys(
        f"{method.lower()}={result.lower()}"
        for method, result in islice(_RESULT.findall(results), 20)
    )
    return ArcSet(
        instance=number,
        sealer=seal.get("d", "").lower()[:255],
        said=seal.get("cv", "").lower()[:10],
        results=tuple(found),
    )


def arc_believed(results: Sequence[AuthResult]) -> bool:
    """Whether the reader's own mail service found the chain whole."""
    said = {r.result for r in results if r.trusted and r.method == "arc"}
    return said == {"pass"}
