"""One DKIM signature checked against a key record that the reader has (RFC 6376).

Nothing is looked up: the record comes from a file. With ``cryptography``, which the
vault needs anyway; the libraries that do this bring a resolver along, and the guide
must not hold one. Whatever is not surely understood is UNKNOWN, never HOLDS.
"""

from __future__ import annotations

import binascii
import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass

from guide.mail.headers import HEADER_LIMIT
from guide.mail.signed import tags
from guide.model.trace import KeyCheck

_LARGEST = 16 * 1024 * 1024  # bytes of a message; a check holds several copies
_LONGEST_RECORD = 8 * 1024
_FEWEST_BITS = 1024  # RFC 8301 section 3.2
_QUOTED = re.compile(r'"((?:[^"\\]|\\.)*+)"')
_BLANK = re.compile(rb"\n\r?\n")
_B_TAG = re.compile(rb"([;:]\s*b\s*=)[^;]*")
# Only where a line begins: sought everywhere, one long word would take minutes.
_FIELD = re.compile(
    rb"^[!-9;-~]+[ \t]*:[^\r\n]*\r\n(?:[ \t][^\r\n]*\r\n)*", re.MULTILINE
)
_METHODS = {"rsa-sha256": "rsa", "ed25519-sha256": "ed25519"}
_FORMS = ("simple", "relaxed")


def check_signature(data: bytes, number: int, record: str) -> KeyCheck:
    """Whether signature *number* of *data*, from the top, holds for the key *record*.

    HOLDS: what it covers is as it was when somebody with that key signed it.
    """
    if len(data) > _LARGEST or not _BLANK.search(data[:HEADER_LIMIT]):
        return KeyCheck.UNKNOWN
    found = _message(data)
    signed = [field for field in found.fields if field.name == b"dkim-signature"]
    if number >= len(signed):
        return KeyCheck.UNKNOWN
    said = tags(signed[number].raw.partition(b":")[2].decode("latin-1"))
    key = _key_record(record)
    if not _is_understood(said, key):
        return KeyCheck.UNKNOWN
    header_form, _slash, body_form = said.get("c", "simple/simple").partition("/")
    body = _body(found.text, body_form or "simple")
    if "l" in said:
        if int(said["l"]) > len(body):
            return KeyCheck.BROKEN
        body = body[: int(said["l"])]
    if hashlib.sha256(body).digest() != _octets(said["bh"]):
        return KeyCheck.BROKEN
    covered = _covered(found.fields, signed[number], said["h"], header_form)
    return _verified(said, key, covered)


@dataclass(frozen=True, slots=True)
class _Field:
    name: bytes
    raw: bytes


@dataclass(frozen=True, slots=True)
class _Message:
    fields: tuple[_Field, ...]
    text: bytes


def _message(data: bytes) -> _Message:
    """Headers and text with the line ends of the wire; files often have others."""
    wire = data.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")
    head, _gap, text = wire.partition(b"\r\n\r\n")
    fields = (match.group() for match in _FIELD.finditer(head + b"\r\n"))
    return _Message(
        tuple(_Field(x.partition(b":")[0].strip().lower(), x) for x in fields), text
    )


def _key_record(record: str) -> Mapping[str, str]:
    """The tags of a TXT record, also as ``dig`` prints it, in quoted pieces."""
    text = record[:_LONGEST_RECORD]
    pieces = _QUOTED.findall(text)
    whole = "".join(pieces) if pieces else text
    return tags(re.sub(r"\\(.)", r"\1", whole))


def _is_understood(said: Mapping[str, str], key: Mapping[str, str]) -> bool:
    covers = [name.lower() for name in said.get("h", "").split(":")]
    forms = said.get("c", "simple/simple").split("/")
    method = _METHODS.get(said.get("a", "").lower(), "")
    return (
        said.get("v") == "1"
        and all(said.get(tag) for tag in ("b", "bh", "d", "s"))
        and "from" in covers
        and len(forms) <= 2
        and all(form in _FORMS for form in forms)
        and re.fullmatch(r"[0-9]{1,12}", said.get("l", "0")) is not None
        and _is_for(said, key, method)
    )


def _is_for(said: Mapping[str, str], key: Mapping[str, str], method: str) -> bool:
    """Whether *key* may be used for such a signature (RFC 6376 section 3.6.1)."""
    domain = said["d"].lower()
    agent = said.get("i", f"@{domain}").rpartition("@")[2].lower()
    strict = "s" in key.get("t", "").split(":")
    return (
        bool(method)
        and key.get("v", "DKIM1") == "DKIM1"
        and bool(key.get("p"))  # an empty one was taken back
        and key.get("k", "rsa") == method
        and "sha256" in key.get("h", "sha256").split(":")
        and bool({"*", "email"} & set(key.get("s", "*").split(":")))
        and (agent == domain or (agent.endswith(f".{domain}") and not strict))
    )


def _body(text: bytes, form: str) -> bytes:
    """RFC 6376 section 3.4.3 and 3.4.4."""
    if form == "relaxed":
        text = text.replace(b"\t", b" ")
        while b"  " in text:  # halves each run; a pattern takes far longer
            text = text.replace(b"  ", b" ")
        text = text.replace(b" \r\n", b"\r\n")
        text = text[:-1] if text.endswith(b" ") else text
    end = _end_of_text(text)
    if end:
        return text[:end] + b"\r\n"
    return b"" if form == "relaxed" else b"\r\n"


def _end_of_text(text: bytes) -> int:
    """Where the empty lines at the end begin; a CR alone is no end of a line."""
    kept = len(text.rstrip(b"\r\n"))
    tail = text[kept:]
    if tail.endswith(b"\r"):
        return len(text)
    return kept + tail.rfind(b"\r\r") + 1


def _header(raw: bytes, form: str) -> bytes:
    """RFC 6376 section 3.4.1 and 3.4.2."""
    if form == "simple":
        return raw
    name, _colon, value = raw.partition(b":")
    flat = re.sub(rb"[ \t]+", b" ", value.replace(b"\r\n", b"")).strip(b" ")
    return name.strip().lower() + b":" + flat + b"\r\n"


def _covered(fields: tuple[_Field, ...], own: _Field, names: str, form: str) -> bytes:
    """What was signed: each named field from the bottom up, then the signature."""
    left: dict[bytes, list[bytes]] = {}
    for field in fields:
        if field is not own:
            left.setdefault(field.name, []).append(field.raw)
    wanted = [name.encode("latin-1").lower() for name in names.split(":")]
    taken = [left[name].pop() for name in wanted if left.get(name)]
    empty = _B_TAG.sub(rb"\1", own.raw.removesuffix(b"\r\n"), count=1) + b"\r\n"
    last = _header(empty, form).removesuffix(b"\r\n")
    return b"".join(_header(raw, form) for raw in taken) + last


def _octets(text: str) -> bytes:
    try:
        return binascii.a2b_base64(text, strict_mode=True)
    except (binascii.Error, ValueError):
        return b""


def _verified(
    said: Mapping[str, str], key: Mapping[str, str], covered: bytes
) -> KeyCheck:
    from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
    from cryptography.hazmat.primitives.asymmetric import ed25519, padding, rsa
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.serialization import load_der_public_key

    signature, public = _octets(said["b"]), _octets(key["p"])
    try:
        if key.get("k", "rsa") == "ed25519":
            edwards = ed25519.Ed25519PublicKey.from_public_bytes(public)
            edwards.verify(signature, hashlib.sha256(covered).digest())
            return KeyCheck.HOLDS
        loaded = load_der_public_key(public)
        if not isinstance(loaded, rsa.RSAPublicKey) or loaded.key_size < _FEWEST_BITS:
            return KeyCheck.UNKNOWN
        loaded.verify(signature, covered, padding.PKCS1v15(), SHA256())
    except InvalidSignature:
        return KeyCheck.BROKEN
    except (ValueError, TypeError, UnsupportedAlgorithm):
        return KeyCheck.UNKNOWN
    return KeyCheck.HOLDS
