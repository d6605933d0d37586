"""Addresses in a header (RFC 5322 section 3.4), and what is odd about them.

The domain is what stands after the LAST ``@`` outside the display name; the
display name is only a claim. Encoded words are decoded after the address has
been found, so nothing hidden in one can move the address.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice, pairwise

from guide.mail.domains import ascii_form, registrable_domain
from guide.mail.headers import decode_words
from guide.mail.lexer import Kind, Token, tokens
from guide.mail.lookalikes import domain_warnings, text_warnings
from guide.model.trace import Mailbox
from guide.words import _

MOST_MAILBOXES = 100  # mailboxes of one header
_LONGEST_ADDRESS = 320  # RFC 5321: 64 + @ + 255
_IN_NAME = re.compile(r"[^\s<>()\[\]\",;:@]{1,64}@([^\s<>()\[\]\",;:@]{1,253})")


def parse_mailboxes(text: str) -> tuple[Mailbox, ...]:
    """Every mailbox in *text*, those inside groups too; none for an empty group."""
    found = (_mailbox(entry) for entry in _entries(tokens(text, "<>,:;")))
    return tuple(islice((box for box in found if box is not None), MOST_MAILBOXES))


def reads_as_address(address: str) -> bool:
    """Whether nobody could take *address* for words of the guide itself.

    >>> reads_as_address("a@example.com"), reads_as_address('"It is safe."@example.com')
    (True, False)
    """
    return not re.search(r'[\s"()<>,;:\\]', address)


def _entries(found: Sequence[Token]) -> Iterator[list[Token]]:
    """Split at commas and semicolons; a colon ends the name of a group."""
    entry: list[Token] = []
    in_angle = False
    for token in found:
        mark = token.text if token.kind is Kind.SPECIAL else ""
        in_angle = mark == "<" or (in_angle and mark != ">")
        if in_angle or mark not in {",", ";", ":"}:
            entry.append(token)
            continue
        if mark != ":":
            yield entry
        entry = []
    yield entry


def _mailbox(entry: list[Token]) -> Mailbox | None:
    angles = _angles(entry)
    if angles:
        address, name = _spec(angles[-1]), _name(entry[: entry.index(angles[0][0]) - 1])
    else:
        address, name = _bare(entry)
    if not address and not name:
        return None
    domain = address.rpartition("@")[2].rstrip(".") if "@" in address else ""
    odd_form = len(angles) > 1 or any(x.kind is Kind.BROKEN for x in entry)
    return Mailbox(
        display_name=name,
        address=address,
        domain=domain,
        registrable_domain=registrable_domain(domain),
        warnings=tuple(_warnings(name, address, domain, odd_form=odd_form)),
    )


def _angles(entry: list[Token]) -> list[list[Token]]:
    """What stands between each < and its >; an empty pair is left out."""
    opened: list[list[Token]] = []
    inside = False
    for token in entry:
        if token.kind is Kind.SPECIAL and token.text in "<>":
            inside = token.text == "<"
            if inside:
                opened.append([])
        elif inside:
            opened[-1].append(token)
    return [angle for angle in opened if angle]


def _spec(angle: Sequence[Token]) -> str:
    """The address alone: no comments, no source route (RFC 5321 appendix C)."""
    kept = "".join(token.raw for token in angle if token.kind is not Kind.COMMENT)
    route = kept.startswith("@") and ":" in kept
    return (kept.rpartition(":")[2] if route else kept)[:_LONGEST_ADDRESS]


def _bare(entry: list[Token]) -> tuple[str, str]:
    """An address without angle brackets; its name may stand in a comment."""
    words = [x for x in entry if x.kind in {Kind.WORD, Kind.QUOTED, Kind.LITERAL}]
    glued = [token.raw for token in words[:1]]
    for before, token in pairwise(words):
        if before.start + len(before.raw) == token.start:
            glued[-1] += token.raw
        else:
            glued.append(token.raw)
    address = next((word for word in reversed(glued) if "@" in word), "")
    rest = [word for word in glued if word != address]
    comments = [token.text for token in entry if token.kind is Kind.COMMENT]
    return address[:_LONGEST_ADDRESS], decode_words(" ".join(rest + comments))


def _name(entry: Sequence[Token]) -> str:
    return decode_words(" ".join(token.text for token in entry)).strip()


def _warnings(name: str, address: str, domain: str, *, odd_form: bool) -> Iterator[str]:
    if odd_form or address.count("@") > 1:
        yield _("The address is written in an unusual way. Check it letter by letter.")
    if not domain:
        yield _("There is no complete address here.")
    shown = _IN_NAME.findall(name)
    if any(ascii_form(other) != ascii_form(domain) for other in shown) or (
        shown and address.lower() not in name.lower()
    ):
        yield _("The name shows another address than the real one.")
    yield from text_warnings(name + address)
    yield from domain_warnings(domain)
