"""Passphrases: what is typed, made into bytes; what is offered; how strong it is.

What is typed is used as it is, after Unicode's NFKC: no space is trimmed and no
letter changes case, so what the reader wrote down is what opens the vault. Words
come from the EFF's long list, drawn with ``secrets``. Nothing here is kept.
"""

from __future__ import annotations

import re
import secrets
import unicodedata
from collections.abc import Sequence
from enum import StrEnum
from functools import cache
from importlib.resources import files
from itertools import pairwise

from guide.vault.problems import NotSealedError, WeakPassphraseError
from guide.words import _

SHORTEST = 12
# Python puts combining marks in order in quadratic time: 1 MB of them would take
# many minutes. Whatever is longer than this was never accepted as a passphrase.
LONGEST = 1000
PASSPHRASE_WORDS = 6
RECOVERY_WORDS = 10

_LIST_SIZE = 7776  # five throws of a die, so 12.9 bits a word
_KEYBOARDS = ("qwertyuiop", "asdfghjkl", "zxcvbnm", "qwertzuiop", "azertyuiop")
_RUNS = ("abcdefghijklmnopqrstuvwxyz", "01234567890", *_KEYBOARDS)
_BETWEEN = re.compile(r"[\s,;]+")
_NUMBER = re.compile(r"\d{1,2}[.):]?")


class Strength(StrEnum):
    """How hard a passphrase is to guess, as far as its form tells."""

    TOO_SHORT = "too short"
    EASY = "easy"
    FAIR = "fair"
    STRONG = "strong"


def passphrase_bytes(typed: str) -> bytes:
    """The bytes that a key is derived from: NFKC (UAX #15), then UTF-8.

    Anything that can be typed has bytes, so that a wrong passphrase of any length
    or form costs the same derivation as the right one.
    """
    if len(typed) <= LONGEST:
        typed = unicodedata.normalize("NFKC", typed)
    return typed.encode("utf-8", "surrogatepass")


def recovery_bytes(typed: str | Sequence[str]) -> bytes:
    """The bytes of recovery words, however they were copied from the sheet."""
    return " ".join(_sheet_words(typed)).encode("utf-8", "surrogatepass")


def misread_words(typed: str) -> tuple[int, ...]:
    """Which of the recovery words, counted from 1, are on no sheet at all."""
    words = _sheet_words(typed)
    return tuple(n for n, word in enumerate(words, 1) if word not in _known_words())


def refuse_unfit(passphrase: str) -> None:
    """Refuse a new passphrase that is too short, too long or cannot be typed again."""
    if len(unicodedata.normalize("NFKC", passphrase[:LONGEST])) < SHORTEST:
        raise WeakPassphraseError
    if len(passphrase) > LONGEST:
        raise WeakPassphraseError(
            _("This passphrase is too long to type again. Nothing was changed."),
            _("Use at most 1000 characters, or take the six words offered."),
        )
    # Controls, and halves of characters, come from a paste that went wrong.
    if any(unicodedata.category(letter) in ("Cc", "Cs") for letter in passphrase):
        raise WeakPassphraseError(
            _("This passphrase holds a character that no keyboard types again."),
            _("Type it by hand, or take the six words offered."),
        )


def six_words() -> str:
    """A new passphrase of six words, 77 bits, with one space between them."""
    return " ".join(_drawn(PASSPHRASE_WORDS))


def recovery_words() -> tuple[str, ...]:
    """Ten new words, 129 bits, for a sheet of paper."""
    return _drawn(RECOVERY_WORDS)


def strength(passphrase: str) -> Strength:
    """How strong *passphrase* looks: its length, listed words and plain patterns.

    It cannot know names and dates of the reader's life; ``in_words`` says so.
    """
    text = unicodedata.normalize("NFKC", passphrase[:LONGEST]).lower()
    if len(text) < SHORTEST:
        return Strength.TOO_SHORT
    words = text.split()
    if len(words) > 1 and _known_words().issuperset(words):
        return _strength_of_words(len(set(words)))
    if _is_pattern(text):
        return Strength.EASY
    return Strength.STRONG if len(text) >= 20 else Strength.FAIR


def in_words(how: Strength) -> str:
    """The *strength* as a sentence that promises no more than it knows."""
    match how:
        case Strength.TOO_SHORT:
            return _("Too short: use at least 12 characters.")
        case Strength.EASY:
            return _("Easy to guess: a program can find this pattern.")
        case Strength.FAIR:
            return _("Fair. Names, dates or a known saying would make it weak.")
        case Strength.STRONG:
            return _("Strong, unless it is a saying or about your life.")


def _strength_of_words(different: int) -> Strength:
    if different >= PASSPHRASE_WORDS:
        return Strength.STRONG
    return Strength.FAIR if different >= 4 else Strength.EASY


def _is_pattern(text: str) -> bool:
    """A repeat, a run along the keyboard, or little else than digits."""
    letters = "".join(text.split())
    repeated = bool(letters) and letters in (letters + letters)[1:-1]
    digits = sum(letter.isdigit() for letter in letters)
    steps = sum(_is_step(a, b) for a, b in pairwise(letters))
    return (
        repeated
        or len(set(letters)) < 6
        or digits * 3 > len(letters) * 2
        or steps * 2 > len(letters)
    )


def _is_step(a: str, b: str) -> bool:
    return a == b or any(a + b in run or b + a in run for run in _RUNS)


def _sheet_words(typed: str | Sequence[str]) -> list[str]:
    """Lower case, without the numbers and the marks between the words."""
    whole = typed if isinstance(typed, str) else " ".join(typed)
    if len(whole) <= LONGEST:
        whole = unicodedata.normalize("NFKC", whole)
    words = _BETWEEN.split(whole.lower())
    return [word for word in words if word and not _NUMBER.fullmatch(word)]


def _drawn(count: int) -> tuple[str, ...]:
    words = _word_list()
    return tuple(secrets.choice(words) for _each in range(count))


@cache
def _known_words() -> frozenset[str]:
    return frozenset(_word_list())


@cache
def _word_list() -> tuple[str, ...]:
    """The EFF's long list (2016), refused if one word of it is missing."""
    source = files("xkcdpass").joinpath("static", "eff-long")
    words = tuple(source.read_text("utf-8").split())
    if len(words) != _LIST_SIZE or len(set(words)) != _LIST_SIZE:
        raise NotSealedError(
            _("The list of words is not complete, so no words were drawn."),
            _("Install the guide again, or type a passphrase of your own."),
        )
    return words
