"""What kind of message one is: from a list, automatic, a bounce, passed on.

By its own headers, which anybody can write. So a kind explains how a message looks;
it never makes anything in it more believable.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from guide.mail.headers import Header
from guide.mail.parts import Part, content_type, header_of, octets, parts
from guide.model.trace import Nature

_LOOK = 64 * 1024  # bytes of text in which the mark of a forward is looked for
_LONGEST_ENCODED = 16 * 1024 * 1024  # bytes
_LIST = ("list-id", "list-post", "mailing-list")
_AUTOMATIC = ("x-autoreply", "x-autorespond", "x-auto-response-suppress")
_RESENT = (
    *("resent-from", "resent-to", "resent-date", "resent-sender"),
    *("x-forwarded-to", "x-forwarded-encrypted"),
)
_DAEMON = re.compile(r"\b(?:mailer-daemon|postmaster|mail-daemon)@", re.IGNORECASE)
# What mail programs write above a message that they forward in the text.
_FORWARDED = re.compile(
    rb"^[> \t]{0,9}(?:-{2,40} ?(?:Forwarded message|Original Message|Forwarded Message"
    rb"|Weitergeleitete Nachricht|Urspr(?:\xc3\xbc|\xfc|ue)ngliche Nachricht"
    rb"|Message transf(?:\xc3\xa9|\xe9)r(?:\xc3\xa9|\xe9)|Message d'origine"
    rb"|Mensaje reenviado|Mensaje original|Messaggio inoltrato) ?-{2,40}"
    rb"|Begin forwarded message:|Anfang der weitergeleiteten Nachricht:"
    rb"|D(?:\xc3\xa9|\xe9)but du message transf(?:\xc3\xa9|\xe9)r(?:\xc3\xa9|\xe9)"
    rb"|Inizio messaggio inoltrato:|Inicio del mensaje reenviado:)",
    re.IGNORECASE | re.MULTILINE,
)


def natures(headers: tuple[Header, ...], data: bytes) -> tuple[Nature, ...]:
    """Every kind that *data*, with these *headers*, shows signs of."""
    return tuple(dict.fromkeys(_found(headers, data)))


def _found(headers: tuple[Header, ...], data: bytes) -> Iterator[Nature]:
    names = {header.name for header in headers}
    kind, said = content_type(header_of(headers, "content-type"))
    # What a report holds is the message that could not be delivered.
    if kind != "multipart/report" and _holds(data):
        yield Nature.HOLDS_MESSAGE
    if _is_forwarded(data):
        yield Nature.FORWARDED
    if _is_bounce(headers, kind, said.get("report-type", "").lower()):
        yield Nature.BOUNCE
    elif _is_automatic(headers, names, kind):
        yield Nature.AUTOMATIC
    if names & set(_LIST):
        yield Nature.LIST
    if names & set(_RESENT):
        yield Nature.RESENT


def _no_return(headers: tuple[Header, ...]) -> bool:
    return header_of(headers, "return-path").replace(" ", "") == "<>"


def _is_bounce(headers: tuple[Header, ...], kind: str, report: str) -> bool:
    if kind == "multipart/report" and report == "delivery-status":
        return True
    daemon = _DAEMON.search(header_of(headers, "from"))
    return _no_return(headers) and bool(daemon)


def _is_automatic(headers: tuple[Header, ...], names: set[str], kind: str) -> bool:
    said = header_of(headers, "auto-submitted").partition(";")[0].strip().lower()
    if said and said != "no":
        return True
    hasty = header_of(headers, "precedence").strip().lower() == "auto_reply"
    report = kind == "multipart/report"
    return hasty or report or _no_return(headers) or bool(names & set(_AUTOMATIC))


def _is_message(part: Part) -> bool:
    return part.kind in {"message/rfc822", "message/global"} or (
        part.name.lower().endswith(".eml")
    )


def _holds(data: bytes) -> bool:
    return any(_is_message(part) for part in parts(data))


def _is_forwarded(data: bytes) -> bool:
    for part in parts(data):
        if part.kind.startswith("text/"):
            return bool(_FORWARDED.search(octets(data, part, _LOOK)))
    return False


def attached_message(data: bytes) -> bytes:
    """The one message that *data* holds as an attachment, or b"" (RFC 2046, 5.2.1).

    None of several: which one is meant is for the reader to say. Nor one that is
    both encoded, against that section, and longer than any such email is: decoding
    what somebody made to be slow would stop the program.
    """
    found = [part for part in parts(data) if _is_message(part)]
    if len(found) != 1:
        return b""
    size = found[0].end - found[0].start
    encoded = found[0].encoding in ("base64", "quoted-printable")
    if encoded and size > _LONGEST_ENCODED:
        return b""
    return octets(data, found[0], size)
