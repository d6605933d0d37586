"""A copy of a message without the reader's own addresses, in the way of RFC 6590.

The copy is written anew, so that nothing slips through: the header lines that show
the way, and the text. Every other line and part is left out. An address becomes a
keyed token, the same one wherever it stands. What cannot be masked is refused.
The reader's name can still stand in the text; who offers this says so.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from email.header import Header as WrittenHeader
from quopri import encodestring

from guide.mail.headers import Header, decode_words, read_headers, text_of
from guide.mail.hiding import HIDDEN, Mask
from guide.mail.parts import Part, octets, parts
from guide.mail.plain_text import text_of_html
from guide.model.problems import NotWrittenError
from guide.words import _

_MOST_TEXT = 512 * 1024  # bytes of one part
# The lines that show who sent it and which way it came. All others are left out: a
# service packs the recipient into many of them, in forms that nobody can read.
_KEPT = frozenset(
    [
        "received",
        "from",
        "sender",
        "reply-to",
        "return-path",
        "date",
        "subject",
        "message-id",
        "list-id",
        "list-owner",
        "authentication-results",
        "received-spf",
        "user-agent",
        "x-mailer",
        "x-originating-ip",
        "x-sender-ip",
        "x-yahoo-post-ip",
        "x-aol-ip",
        "x-source-ip",
        "auto-submitted",
    ]
)
_TO_THE_READER = frozenset({"to", "cc"})
_FOR = re.compile(r"\bfor\s+<?[^\s<>;]{1,320}>?", re.IGNORECASE)
_ID = re.compile(r"\bid\s+[^\s;]{1,200}", re.IGNORECASE)
_BY_COMMENT = re.compile(r"(\bby\s+[^\s()]{1,255})\s{1,9}\([^()]{0,500}\)", re.I)
_BY_NAMELESS = re.compile(r"\bby\s+[^\s().;\[\]]{1,255}(?=[\s;(]|$)", re.IGNORECASE)
_BY_MASKED = re.compile(r"(\bby\s+redacted-[^\s()]{1,255})\s{1,9}\([^()]{0,500}\)")
_LONGEST = 900  # octets of a line that no relay cuts (RFC 5322 section 2.1.1)


def masked(
    data: bytes,
    own: Sequence[str],
    key: bytes,
    boundary: int | None,
    domains: Sequence[str] = (),
) -> bytes:
    """*data* without any of *own*; *boundary* is the last hop that can be believed.

    Nor is any name within *domains* in it. Raises NotWrittenError where one of them
    would still be there.
    """
    mask = Mask(own, key, domains)
    headers, _cut = read_headers(data)
    head = "".join(_lines(headers, mask, boundary))
    texts = [_part(data, each, mask) for each in parts(data)] or [""]
    body = f"\n{'-' * 40}\n".join(texts)
    copy = head + _ENDING + encodestring(body.encode()).decode("ascii")
    written = copy.replace("\r\n", "\n").replace("\n", "\r\n").encode("ascii")
    if _still_there(written, mask):
        raise NotWrittenError(
            _("Your address could not be masked everywhere, so no copy was made."),
            _("Send the complaint without the message, or send it unaltered."),
        )
    return written


_ENDING = (
    "MIME-Version: 1.0\n"
    "Content-Type: text/plain; charset=utf-8\n"
    "Content-Transfer-Encoding: quoted-printable\n\n"
)


def _lines(
    headers: Sequence[Header], mask: Mask, boundary: int | None
) -> Iterator[str]:
    hop = -1
    for header in headers:
        hop += header.name == "received"
        if header.name in _TO_THE_READER:
            yield _written(header.name.title(), mask.token(header.value))
        elif header.name in _KEPT:
            value = mask.hide(decode_words(header.value))
            if header.name == "received" and boundary is not None:
                # Above the boundary is the way inside the reader's own house.
                inside = hop < boundary
                value = HIDDEN if inside else _way(value, mask, trusted=hop == boundary)
            elif header.name == "received":
                value = _way(value, mask, trusted=False)
            yield _written(header.name.title(), value)


def _way(value: str, mask: Mask, *, trusted: bool) -> str:
    """A Received line; the number of the reader's own service is a routing token."""
    value = _FOR.sub(lambda found: f"for <{mask.token(found[0])}>", value)
    if trusted:
        value = _ID.sub(lambda found: f"id {mask.token(found[0], '')}", value)
        value = _BY_COMMENT.sub(r"\1", value)  # it may tell the server's address
        value = _BY_NAMELESS.sub(f"by {HIDDEN}", value)  # it may be a computer at home
    return _BY_MASKED.sub(r"\1", value)


def _written(name: str, value: str) -> str:
    shown = " ".join(value.split())
    kind = "us-ascii" if shown.isascii() else "utf-8"
    line = WrittenHeader(shown, kind, header_name=name, maxlinelen=76).encode()
    folded = [part[:_LONGEST] for part in line.split("\n") if part.strip()]
    return f"{name}: " + "\n".join(folded or [""]) + "\n"


def _part(data: bytes, part: Part, mask: Mask) -> str:
    whole = data[part.start : part.end]
    text = octets(data, part, _MOST_TEXT)
    if part.kind not in ("text/plain", "text/html") or part.name:
        return _left_out(part, whole)
    shown = text_of(text, part.charset or "utf-8")
    if part.kind == "text/html":
        shown = text_of_html(shown)
    cut = _("[Cut here: the text is longer.]") if len(text) >= _MOST_TEXT else ""
    return mask.hide(shown) + cut


def _left_out(part: Part, whole: bytes) -> str:
    kind = part.kind if re.fullmatch(r"[a-z0-9.+-]+/[a-z0-9.+-]+", part.kind) else "?"
    words = _("[Left out: {kind}, {count} bytes in the message, SHA-256 {sha256}]")
    sha256 = hashlib.sha256(whole).hexdigest()
    return words.format(kind=kind, count=len(whole), sha256=sha256) + "\n"


def _still_there(written: bytes, mask: Mask) -> bool:
    """Whether any form of an own address is in the copy, read as others read it."""
    headers, _cut = read_headers(written)
    read = [decode_words(header.value) for header in headers]
    read += [octets(written, x, len(written)).decode("utf-8") for x in parts(written)]
    return any(mask.sees(each) for each in (*read, written.decode("ascii")))
