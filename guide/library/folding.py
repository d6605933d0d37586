r"""Words as they are looked for: one form for all the ways to write the same.

Case, accents, the forms of Arabic letters, the marks on them and the digits of every
script are made alike. A sign of Chinese or Japanese stands alone as a word, so that a
word of any length is found inside a line that has no blanks. Pure.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

# What Unicode does not take apart, and readers do.
_ALIKE = dict(
    zip(
        "\u0671\u0649\u06cc\u06d2\u06a9\u0629\u06c1\u06be\u0131øłđðħ\u2019",
        "\u0627\u064a\u064a\u064a\u0643\u0647\u0647\u0647iolddh'",
        strict=True,
    )
)
_ALIKE |= {"\u0640": "", "\u200d": "", "\xad": "", "\u200c": " "}
_ALIKE |= {"æ": "ae", "œ": "oe", "þ": "th"}
_WITHOUT_BLANKS = re.compile(
    "[\u0e00-\u0eff\u1780-\u17ff\u2e80-\u2fdf\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf"
    "\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
)
_JOINER = "\u200c"  # keeps two letters apart that stand in one word
_WORD = re.compile(
    "[^\\W_]+(?:[\u0300-\u036f\u0483-\u0489\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed\u200c\u200d\xad]+[^\\W_]*)*"
)
_BEYOND = re.compile("[^\0-\x7f][^a-z]*")
_GAP = "\0"


def folded(text: str) -> str:
    """*text* in the one form, its words apart by what is no letter.

    >>> folded("Contraseña"), folded("\u0623\u064e\u0631\u0634"), folded("密码")
    ('contrasena', '\u0627\u0631\u0634', ' 密  码 ')
    """
    if text.isascii():
        return text.lower()
    text = unicodedata.normalize("NFC", text)
    if _JOINER in text:
        # Persian writes one word in two pieces or in one; whoever looks, too.
        whole = (each for each in text.split() if _JOINER in each)
        text = f"{text} {' '.join(whole).replace(_JOINER, '')}"
    text = text.lower()
    # Most of a text in Latin letters needs no table, which is slow.
    return _BEYOND.sub(lambda run: run[0].translate(_FOLDED), text)


def words_in(text: str) -> list[str]:
    """The words of what was typed, each as it was typed.

    >>> words_in("my e-mail, 密码")
    ['my', 'e', 'mail', '密码']
    """
    return _WORD.findall(unicodedata.normalize("NFC", text))


def ways(word: str) -> tuple[tuple[str, ...], ...]:
    """The runs of folded words that *word* may stand as, one behind the other."""
    parts = tuple(_pieces(word.translate(_FOLDED)))
    whole = word.replace(_JOINER, "")
    if whole == word or not parts:
        return (parts,) if parts else ()
    return (parts, tuple(_pieces(whole.translate(_FOLDED))))


def _pieces(text: str) -> Iterator[str]:
    yield from re.findall(r"[^\W_]+", text)


def place_of(text: str, words: list[str]) -> int:
    """Where the first of *words* begins in *text*; -1 where none stands there.

    Only for showing: a sign that becomes two, such as ß, may not be found.
    """
    runs = ["".join(run) for word in words for run in ways(word)[:1] if run]
    if not runs:
        return -1
    low = text.lower() if text.isascii() else text
    if len(low) != len(text) or not text.isascii():
        low = text.translate(_IN_PLACE)
    gaps = f"{_GAP}*"
    either = "|".join(gaps.join(map(re.escape, run)) for run in runs)
    found = re.search(f"(?<![^\\W_])(?:{either})", low) or re.search(either, low)
    return found.start() if found else -1


class _Folded(dict[int, str]):
    """How each character is looked for: a table for ``str.translate``."""

    def __missing__(self, code: int) -> str:
        self[code] = _folded(chr(code))
        return self[code]


class _InPlace(dict[int, str]):
    """The same, a character for a character, so that places stay."""

    def __missing__(self, code: int) -> str:
        known = _FOLDED[code]
        # A blank stays one; what is not looked for at all is a gap.
        self[code] = (known.strip() or known or _GAP)[0]
        if chr(code) == _JOINER:
            self[code] = _GAP
        return self[code]


def _folded(character: str) -> str:
    if character in _ALIKE:
        return _ALIKE[character]
    return _WITHOUT_BLANKS.sub(r" \g<0> ", _simple(character))


def _simple(character: str) -> str:
    apart = unicodedata.normalize(
        "NFKD", unicodedata.normalize("NFKD", character).casefold()
    )
    return "".join(_letter(each) for each in apart)


def _letter(character: str) -> str:
    if unicodedata.category(character) == "Mn":
        return ""
    if character.isdecimal():
        return str(unicodedata.decimal(character))
    return _ALIKE.get(character, character)


_FOLDED, _IN_PLACE = _Folded(), _InPlace()
