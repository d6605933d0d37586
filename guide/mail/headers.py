"""The header lines of a message, in order, within limits.

Only the start of a message is read, and only so many lines of so much text, so
that no message can use up the computer. Bodies are never decoded. Text that
cannot be decoded is shown as it stands; nothing here raises on strange bytes.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from email.errors import HeaderParseError, MissingHeaderBodySeparatorDefect
from email.header import decode_header
from email.parser import BytesHeaderParser
from email.policy import compat32

from guide.words import _

HEADER_LIMIT = 256 * 1024  # bytes from the start of a message; callers read no more
MAX_HEADERS = 1000
MAX_VALUE = 8 * 1024  # characters of one header
MAX_SUBJECT = 1000  # characters of a decoded text that is shown


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """One header: its name in lower case, its value on one line, its place."""

    name: str
    value: str
    place: int  # 0 is the top line, the newest


def read_headers(data: bytes) -> tuple[tuple[Header, ...], tuple[str, ...]]:
    """The headers of *data*, top down, and sentences on what was left out."""
    start = data[:HEADER_LIMIT]
    message = BytesHeaderParser(policy=compat32).parsebytes(_GAP.sub(rb"\1:", start))
    raw = [(str(name), str(value)) for name, value in message.raw_items()]
    headers = tuple(
        Header(name=name.lower(), value=unfold(value), place=place)
        for place, (name, value) in enumerate(raw[:MAX_HEADERS])
    )
    cut = len(data) >= HEADER_LIMIT and not re.search(rb"\r?\n\r?\n|\r\r", start)
    odd = any(isinstance(d, MissingHeaderBodySeparatorDefect) for d in message.defects)
    return headers, _problems(raw, cut=cut, odd=odd)


# RFC 5322 section 4.5 allows it and mail programs read it; the parser would stop.
_GAP = re.compile(rb"^([!-9;-~]{1,100})[ \t]{1,100}:", re.MULTILINE)


def _problems(raw: list[tuple[str, str]], *, cut: bool, odd: bool) -> tuple[str, ...]:
    found = []
    if cut or len(raw) > MAX_HEADERS or any(len(v) > MAX_VALUE for _n, v in raw):
        found.append(
            _("The headers are unusually long. The guide read only part of them.")
        )
    if odd and not cut:
        found.append(
            _("One of the lines is not a header. The guide stopped reading there.")
        )
    return tuple(found)


_FOLD = re.compile(r"[\r\n]+[ \t]*")


def unfold(value: str) -> str:
    """*value* on one line, within MAX_VALUE (RFC 5322 section 2.2.3)."""
    line = _FOLD.sub(" ", value[:MAX_VALUE]).strip()
    octets = line.encode("utf-8", "surrogateescape")
    try:
        return octets.decode("utf-8")
    except UnicodeDecodeError:  # an undeclared 8-bit charset: Latin-1 loses no octet
        return octets.decode("latin-1")


_WORD = r"=\?[^?\s]{1,60}\?[bBqQ]\?[^?\s]*\?="
_ENCODED = re.compile(rf"{_WORD}(?:\s+{_WORD})*")


def decode_words(text: str) -> str:
    """*text* with its encoded words (RFC 2047) readable, at most MAX_SUBJECT long."""
    shown = _ENCODED.sub(lambda run: _decode_run(run.group()), text[: 4 * MAX_SUBJECT])
    whole = shown.encode("utf-8", "replace").decode("utf-8")  # no lone surrogates
    return whole if len(whole) <= MAX_SUBJECT else whole[:MAX_SUBJECT] + "…"


def _decode_run(run: str) -> str:
    try:
        parts = decode_header(run)
    except (HeaderParseError, ValueError):
        return run
    shown = "".join(
        part if isinstance(part, str) else text_of(part, charset or "us-ascii")
        for part, charset in parts
    )
    return shown or run


# The charsets of mail. Python knows more, and some of those are no charsets at all
# ("unicode_escape", "idna"), so a sender may not name just any of them.
_CHARSET = re.compile(
    r"(?:us-?ascii|utf-?(?:7|8|16)(?:[bl]e)?|iso[-_]?(?:8859|2022)[-\w]*|windows[-_]\d+"
    r"|cp\d+|koi8[-_][a-z]|gb\w*|hz(?:-gb-2312)?|big5\w*|euc[-_]\w+|shift[-_]?jis"
    r"|ks_c_5601\S*|tis-?620|mac\w*)",
    re.IGNORECASE,
)


def text_of(part: bytes, charset: str) -> str:
    """*part* by its charset; by UTF-8 where that is not one that mail has."""
    known = charset if _CHARSET.fullmatch(charset) else "utf-8"
    try:
        return part.decode(known, "replace")
    except (LookupError, ValueError):
        return part.decode("utf-8", "replace")
