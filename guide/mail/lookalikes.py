"""Tricks for the eye: what is in an address that a reader cannot see.

Answers in sentences, each true by itself. A warning says that something is odd,
never that somebody is guilty: many honest domains have ``xn--`` in them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from guide.mail.domains import ascii_form, registrable_domain, unicode_form
from guide.words import _

# Domains that people know by sight, and so the ones worth imitating.
_WELL_KNOWN = frozenset(
    """
    gmail.com googlemail.com google.com outlook.com hotmail.com live.com microsoft.com
    yahoo.com aol.com icloud.com apple.com proton.me protonmail.com tuta.com
    tutanota.com fastmail.com gmx.net gmx.com web.de mail.com zoho.com mail.ru
    yandex.ru yandex.com comcast.net facebook.com instagram.com whatsapp.com
    paypal.com amazon.com linkedin.com tiktok.com
    """.split()  # noqa: SIM905  a list of this length reads better as text
)
# Letters of other scripts, and digits, that look the same in most fonts.
_SAME_LOOK = {
    "a": "\u0430\u03b1\u0251",
    "b": "\u0184\u042c",
    "c": "\u0441\u03f2",
    "d": "\u0501",
    "e": "\u0435\u0451",
    "g": "\u0261",
    "h": "\u04bb",
    "i": "\u0456\u03b9\u0131",
    "j": "\u0458",
    "k": "\u03ba\u043a",
    "l": "1|\u04cf\u0142i",
    "m": "\u043c",
    "n": "\u03b7\u0578",
    "o": "0\u043e\u03bf\u0585",
    "p": "\u0440\u03c1",
    "q": "\u051b",
    "r": "\u0433",
    "s": "5\u0455",
    "t": "\u0442\u03c4",
    "u": "\u03c5\u057d",
    "v": "\u03bd\u0475",
    "w": "\u051d\u03c9",
    "x": "\u0445\u03c7",
    "y": "\u0443\u03b3",
}
_FOLD = {ord(other): latin for latin, others in _SAME_LOOK.items() for other in others}
# Only other scripts: a digit in an address is a digit.
SAME_LOOK = {other: latin for other, latin in _FOLD.items() if other > 0x7F}
_PAIRS = (("rn", "m"), ("vv", "w"), ("cl", "d"))


def _look(domain: str) -> str:
    """How *domain* looks at a glance: one spelling for all that look alike."""
    plain = unicodedata.normalize("NFKD", unicode_form(domain).casefold())
    seen = "".join(x for x in plain if not unicodedata.combining(x)).translate(_FOLD)
    # "i" looks like "l" in some fonts only; folding both keeps gmaiI.com in.
    seen = seen.translate(_FOLD)
    for pair, one in _PAIRS:
        seen = seen.replace(pair, one)
    return seen


_LOOKS = {_look(name): name for name in _WELL_KNOWN}


def imitated(domain: str) -> str:
    """The well-known domain that *domain* looks like and is not, or ""."""
    name = registrable_domain(domain)
    if not name or name in _WELL_KNOWN:
        return ""
    worn = (known for known in sorted(_WELL_KNOWN) if f"{known}." in domain.lower())
    return _LOOKS.get(_look(name), "") or next(worn, "")


def scripts(text: str) -> frozenset[str]:
    """The scripts of the letters in *text*, by the first word of their names."""
    return frozenset(
        unicodedata.name(letter, "UNKNOWN").split(" ", 1)[0]
        for letter in text
        if letter.isalpha()
    )


_DIRECTION = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_UNSEEN_KINDS = frozenset({"Cf", "Cc", "Cs", "Co", "Cn", "Zl", "Zp"})


def domain_warnings(domain: str) -> Iterator[str]:
    """What is odd about the look of *domain*."""
    shown, written = unicode_form(domain), ascii_form(domain)
    if not shown.isascii() or "xn--" in domain.lower():
        yield _(
            "The domain has letters beyond a to z. It reads as {shown}, and "
            "computers write it as {written}."
        ).format(shown=shown, written=written or domain)
    if any(len(scripts(label)) > 1 for label in shown.split(".")):
        yield _("The domain mixes letters of several alphabets to look like another.")
    if known := imitated(domain):
        yield _("The domain looks like {known}, but it is a different one.").format(
            known=known
        )


def text_warnings(text: str) -> Iterator[str]:
    """What cannot be seen in *text*, a display name or a whole address."""
    if _DIRECTION.search(text):
        yield _("It holds hidden marks that turn the direction of the text.")
    rest = _DIRECTION.sub("", text)
    if any(unicodedata.category(x) in _UNSEEN_KINDS for x in rest):
        yield _("It holds characters that cannot be seen.")
