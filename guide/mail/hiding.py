"""Finding an address in a text in whatever form it stands, and hiding it.

An address is found as it is, with a tag, as a link or a bounce writes it, as
entities, in base64 or hexadecimal, and as one of the usual fingerprints of it.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import html
import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from guide.mail.domains import ascii_form, unicode_form

HIDDEN = "[redacted]"
_AT = r"\s{0,3}(?:@|%40|=40|=|&\#64;|&\#x40;|&commat;|[(\[{]at[)\]}]|\bat\b)\s{0,3}"
_RUN = re.compile(r"[A-Za-z0-9+/_-]{12,}={0,2}")
_HEX = re.compile(r"(?:[0-9A-Fa-f]{2}){8,}")
_PERCENT = re.compile(r"%([0-9A-Fa-f]{2})")
_QUERY = re.compile(r"(https?://[^\s?#<>\"']{1,500}[?#])[^\s<>\"')\]]+", re.IGNORECASE)
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co"})
_HASHES = ("md5", "sha1", "sha256")


@dataclass(frozen=True)
class Mask:
    """Hides the addresses *own*; equal ones become equal tokens, by a secret *key*."""

    own: Sequence[str]
    key: bytes = field(repr=False)
    _found: re.Pattern[str] | None = field(init=False, repr=False)

    def __post_init__(self) -> None:
        """One pattern for every form of every address."""
        forms = {form for address in self.own for form in _forms(address)}
        pattern = re.compile("|".join(sorted(forms)), re.IGNORECASE) if forms else None
        object.__setattr__(self, "_found", pattern)

    def token(self, text: str, domain: str = "@redacted.invalid") -> str:
        """The token for *text* (RFC 6590): whoever lacks the key learns nothing."""
        mark = hmac.new(self.key, text.casefold().encode("utf-8", "replace"), "sha256")
        return "redacted-" + mark.hexdigest()[:16] + domain

    def hide(self, text: str) -> str:
        """*text* without any of the addresses, and without what follows a link's ?."""
        shown = _QUERY.sub(rf"\1{HIDDEN}", _visible(text))
        for peel in _PEELS:
            peeled = peel(shown)
            if peeled != shown and self._plainly(peeled) and not self._plainly(shown):
                shown = peeled
        if self._found:
            shown = self._found.sub(lambda found: self.token(_bare(found[0])), shown)
        shown = _RUN.sub(self._unpacked, shown)
        return _HEX.sub(self._unpacked, shown)

    def sees(self, text: str) -> bool:
        """Whether *text* holds one of the addresses in any form that is known."""
        shown = _visible(text)
        peeled = (shown, *(peel(shown) for peel in _PEELS))
        if any(self._plainly(each) for each in peeled):
            return True
        return any(
            self._packed(run[0])
            for form in (_RUN, _HEX)
            for run in form.finditer(shown)
        )

    def _plainly(self, text: str) -> bool:
        return bool(self._found and self._found.search(text))

    def _unpacked(self, found: re.Match[str]) -> str:
        return HIDDEN if self._packed(found[0]) else found[0]

    def _packed(self, run: str) -> bool:
        return any(self._plainly(inside) for inside in _insides(run))


def _forms(address: str) -> Iterator[str]:
    local, _at, domain = address.strip().casefold().rpartition("@")
    if not local or not domain:
        return
    base = local.partition("+")[0] or local
    for name in {domain, ascii_form(domain) or domain, unicode_form(domain)}:
        yield re.escape(base) + r"(?:\+[^\s@<>\"']{0,64})?" + _AT + re.escape(name)
    for each in {local, base}:
        whole = f"{each}@{domain}".encode("utf-8", "replace")
        for kind in _HASHES:
            yield hashlib.new(kind, whole, usedforsecurity=False).hexdigest()


def _bare(found: str) -> str:
    """One token for an address, however it was written."""
    return re.sub(r"\+[^@%=&\s]*", "", re.sub(_AT, "@", found.casefold(), count=1))


def _visible(text: str) -> str:
    """*text* without what has no shape: it could part an address and not be seen."""
    return "".join(
        each
        for each in text
        if each in "\n\t" or unicodedata.category(each) not in _UNSEEN
    )


def _unquoted(text: str) -> str:
    return _PERCENT.sub(lambda found: chr(int(found[1], 16)), text)


def _unfolded(text: str) -> str:
    return re.sub(r"=\n", "", text)


def _one_shape(text: str) -> str:
    return unicodedata.normalize("NFKC", text)


_PEELS: tuple[Callable[[str], str], ...] = (
    _one_shape,
    html.unescape,
    _unquoted,
    _unfolded,
)


def _insides(run: str) -> Iterator[str]:
    """What a run of letters may stand for: base64 from any place on, hexadecimal."""
    if _HEX.fullmatch(run):
        yield bytes.fromhex(run).decode("latin-1")
    plain = run.rstrip("=").replace("-", "+").replace("_", "/")
    for start in range(4):
        part = plain[start:]
        part = part[: len(part) - (len(part) % 4 == 1)]
        try:
            inside = base64.b64decode(part + "=" * (-len(part) % 4))
        except (binascii.Error, ValueError):
            continue
        yield inside.decode("latin-1")
        yield inside.replace(b"\0", b"").decode("latin-1")
