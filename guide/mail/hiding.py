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
from contextlib import suppress
from dataclasses import dataclass, field

from guide.mail.domains import ascii_form, unicode_form
from guide.mail.lookalikes import SAME_LOOK

HIDDEN = "[redacted]"
_AT = (
    r"\s{0,3}(?:@|%40|=40|&\#0{0,5}64;?|&\#x0{0,5}40;?|&commat;|\+AEA-?|[=%#!~|/:*.-]"
    r"|[(\[{<]\s?(?:at|@)\s?[)\]}>]|[._-]at[._-]|\bat\b)\s{0,3}"
)
_DOT = (
    r"(?:\.|=2E|%2E|&\#0{0,5}46;?|&\#x0{0,5}2E;?|&period;"
    r"|\s{0,2}[(\[{]\s?(?:dot|\.)\s?[)\]}]\s{0,2}|\sdot\s|[_-]dot[_-])"
)
# At these, one mailbox has several domains; at Gmail, dots in its name are nothing.
_DOTLESS = frozenset({"gmail.com", "googlemail.com"})
_SAME_BOX = (
    _DOTLESS,
    frozenset({"proton.me", "protonmail.com", "protonmail.ch", "pm.me"}),
    frozenset({"icloud.com", "me.com", "mac.com"}),
    frozenset({"yandex.ru", "yandex.com", "ya.ru"}),
)
_RUN = re.compile(r"[A-Za-z0-9+/_-]{12,}={0,2}")
_HEX = re.compile(r"(?:[0-9A-Fa-f]{2}){8,}")
_PERCENT = re.compile(r"%([0-9A-Fa-f]{2})")
_ESCAPED = re.compile(r"=([0-9A-F]{2})|\\u([0-9A-Fa-f]{4})")
_QUERY = re.compile(r"(https?://[^\s?#<>\"']{1,500}[?#])[^\s<>\"')\]]+", re.IGNORECASE)
# Letters packed on lines of their own; only from where one begins, or it takes long.
_FOLDED_RUN = re.compile(
    r"(?<![A-Za-z0-9+/_-])(?:[A-Za-z0-9+/_-]{2,}+[ \t]{0,9}\n[ \t]{0,9}){1,}+"
    r"[A-Za-z0-9+/_-]{2,}+={0,2}"
)
_BASE32 = re.compile(r"[A-Za-z2-7]{16,}")
_RUNS = (_FOLDED_RUN, _RUN, _HEX)
_DOTLESS_I = {0x130: "i", 0x131: "i"}  # to a pattern, the same as "i"
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co"})
# Letters and marks, to Unicode, that print as nothing (its Default_Ignorable list).
_BLANK = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\ufe00-\ufe0f\uffa0"
    "\U000e0100-\U000e01ef]"
)
_KINDS = ("md5", "sha1", "sha256")


@dataclass(frozen=True, slots=True)
class _Known:
    """One address or domain that is looked for, in each of its forms."""

    told: str  # what its token is made from
    keys: tuple[str, ...]  # one of them is in any text that holds it
    pattern: str


@dataclass(frozen=True)
class Mask:
    """Hides the addresses *own*; equal ones become equal tokens, by a secret *key*."""

    own: Sequence[str]
    key: bytes = field(repr=False)
    domains: Sequence[str] = ()  # so few people have an address there that they tell
    _all: tuple[_Known, ...] = field(init=False, repr=False)
    _hashes: frozenset[str] = field(init=False, repr=False)
    _made: dict[tuple[_Known, ...], re.Pattern[str]] = field(
        init=False, repr=False, default_factory=dict
    )

    def __post_init__(self) -> None:
        """What to look for, once."""
        own = [each.strip().casefold() for each in self.own]
        known = [each for address in own for each in _known(address)]
        known += [_domain(each.casefold()) for each in self.domains if each]
        object.__setattr__(self, "_all", tuple(dict.fromkeys(known)))
        hashes = frozenset(each for address in own for each in _hashes(address))
        object.__setattr__(self, "_hashes", hashes)

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
        if pattern := self._pattern(shown):
            shown = pattern.sub(self._token_for, shown)
        for form in _RUNS:
            shown = form.sub(self._unpacked, shown)
        return shown

    def sees(self, text: str) -> bool:
        """Whether *text* holds one of the addresses in any form that is known."""
        shown = _visible(text)
        peeled = (shown, *(peel(shown) for peel in _PEELS))
        if any(self._plainly(each) for each in peeled):
            return True
        return any(
            self._packed(run[0]) for form in _RUNS for run in form.finditer(shown)
        )

    def _plainly(self, text: str) -> bool:
        pattern = self._pattern(text)
        return bool(pattern and pattern.search(text))

    def _pattern(self, text: str) -> re.Pattern[str] | None:
        """For what *text* may hold at all: looking for everything takes far longer."""
        folded = text.casefold().translate(_DOTLESS_I)
        wanted = tuple(x for x in self._all if any(key in folded for key in x.keys))
        if wanted and wanted not in self._made:
            whole = "|".join(each.pattern for each in wanted)
            self._made[wanted] = re.compile(whole, re.IGNORECASE)
        return self._made.get(wanted)

    def _token_for(self, found: re.Match[str]) -> str:
        text = found[0]
        for each in self._all:
            if re.fullmatch(each.pattern, text, re.IGNORECASE):
                at = "@" in each.told
                return self.token(each.told) if at else self.token(text, ".invalid")
        return HIDDEN

    def _unpacked(self, found: re.Match[str]) -> str:
        return HIDDEN if self._packed(found[0]) else found[0]

    def _packed(self, run: str, *, twice: bool = True) -> bool:
        if run.casefold() in self._hashes:
            return True
        return any(
            self._plainly(inside)
            or (
                twice
                and any(self._packed(x, twice=False) for x in _RUN.findall(inside))
            )
            for inside in _insides(run)
        )


def _known(address: str) -> Iterator[_Known]:
    local, _at, domain = address.rpartition("@")
    if not local or not domain:
        return
    base = local.partition("+")[0] or local
    same = next((names for names in _SAME_BOX if domain in names), frozenset({domain}))
    for name in sorted({*same, ascii_form(domain) or domain, unicode_form(domain)}):
        box = _dotless(base) if name in _DOTLESS else _dotted(base)
        forms = (
            box + r"(?:\+[^\s@<>\"']{0,64})?" + _AT + _dotted(name),
            re.escape(name) + r"[=%#!~|/:]" + box,
            re.escape(f"{base}@{name}"[::-1]),
        )
        key = name.partition(".")[0].translate(_DOTLESS_I)
        told = f"{base}@{domain}"
        yield _Known(told=told, keys=(key, key[::-1]), pattern="|".join(forms))


def _domain(domain: str) -> _Known:
    """*domain*, and every computer's name in it."""
    key = domain.partition(".")[0].translate(_DOTLESS_I)
    name = rf"(?:[\w-]{{1,63}}\.){{0,8}}{re.escape(domain)}"
    pattern = rf"(?<![\w.-]){name}(?![\w-])"
    return _Known(told=domain, keys=(key,), pattern=pattern)


def _hashes(address: str) -> Iterator[str]:
    local, _at, domain = address.rpartition("@")
    for each in {local, local.partition("+")[0] or local}:
        whole = f"{each}@{domain}".encode("utf-8", "replace")
        for kind in _KINDS:
            yield hashlib.new(kind, whole, usedforsecurity=False).hexdigest()


def _dotted(text: str) -> str:
    return _DOT.join(map(re.escape, text.split(".")))


def _dotless(text: str) -> str:
    """The name of a box where dots are nothing, with any of them."""
    return r"\.?".join(re.escape(each) for each in text if each != ".")


def _visible(text: str) -> str:
    """*text* without what has no shape: it could part an address and not be seen."""
    return "".join(
        each
        for each in _BLANK.sub("", text)
        if each in "\n\t" or unicodedata.category(each) not in _UNSEEN
    )


def _unquoted(text: str) -> str:
    return _PERCENT.sub(lambda found: chr(int(found[1], 16)), text)


def _unescaped(text: str) -> str:
    """Without what quoted-printable, JSON and many languages put for a letter."""
    return _ESCAPED.sub(lambda found: chr(int(found[1] or found[2], 16)), text)


def _unfolded(text: str) -> str:
    return re.sub(r"=\n", "", text)


def _one_shape(text: str) -> str:
    return unicodedata.normalize("NFKC", text)


def _one_look(text: str) -> str:
    return text.translate(SAME_LOOK)


_PEELS: tuple[Callable[[str], str], ...] = (
    _one_shape,
    _one_look,
    html.unescape,
    _unquoted,
    _unescaped,
    _unfolded,
)


def _insides(run: str) -> Iterator[str]:
    """What a run of letters may stand for: base64 from any place on, hexadecimal."""
    run = "".join(run.split())
    if _HEX.fullmatch(run):
        yield bytes.fromhex(run).decode("latin-1")
    if _BASE32.fullmatch(bare := run.rstrip("=")):
        with suppress(binascii.Error):
            whole = base64.b32decode(bare.upper() + "=" * (-len(bare) % 8))
            yield whole.decode("latin-1")
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
