"""The text gate: everything not shipped with this program passes ``show``.

Mail, names, file names, packs and messages of the operating system may hold
characters that move the cursor, reorder a line or cannot be seen. ``show`` makes
each of them visible and drops none; ``strip_forbidden`` is the second wall, on
the lines an interface is about to draw.

Kept as they are, because ordinary writing needs them: the joiners U+200C and
U+200D where RFC 5892, A.1 and A.2, allow them (Persian, Urdu, Indic scripts), and
the emoji selectors U+FE0E and U+FE0F after a symbol. Letters of right-to-left
scripts are letters: a terminal that reorders them is not overruled.
"""

from __future__ import annotations

import os
import re
import unicodedata
from functools import cache
from itertools import groupby

MOST_MARKS = 4
_SHORTEST, _ROOM_FOR_COUNT = 40, 20

FORBIDDEN = re.compile(
    "[\x00-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f"
    "\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\u3164\ufe00-\ufe0d\ufeff\uffa0"
    "\ufff0-\ufffb\ud800-\udfff\ue000-\uf8ff\U0001bca0-\U0001bca3"
    "\U0001d173-\U0001d17a\U000e0000-\U0010ffff]"
)
"""What no line may hold. ``show`` lets none of it through, but for line breaks
when asked."""

_ORDINARY = re.compile("[ -~]*")
_ORDINARY_LINES = re.compile("[ -~\n]*")
_HIDDEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
_MARKS = frozenset({"Mn", "Mc", "Me"})
_BLANK_PATTERN = "\u2800"  # braille with no dots: a symbol to Unicode
_ZWNJ, _ZWJ = "\u200c", "\u200d"
_IN_CONTEXT = frozenset({_ZWNJ, _ZWJ, "\ufe0e", "\ufe0f"})
_CONTEXTUAL = re.compile("[\u200c\u200d\ufe0e\ufe0f]")
_VIRAMA = 9  # its canonical combining class
_ARABIC_FORMS = (*range(0xFB50, 0xFE00), *range(0xFE70, 0xFF00))


def show(text: str, *, multiline: bool = False, limit: int = 20_000) -> str:
    r"""*text* in a form that is safe to draw and hides nothing.

    Control characters become their pictures, other hidden ones their number,
    more than four marks on one letter a count, and what is beyond *limit* a count
    too. With *multiline*, line breaks stay and CRLF is one. Showing what was
    shown changes nothing. *limit* is at least 40.

    >>> show("invoice\u202egnp.exe")
    'invoice⟨202E⟩gnp.exe'
    """
    limit = max(limit, _SHORTEST)
    ordinary = _ORDINARY_LINES if multiline else _ORDINARY
    if len(text) <= limit and ordinary.fullmatch(text):
        return text
    shown = _gate(text[:limit], multiline=multiline)
    if len(text) <= limit and len(shown) <= limit:
        return shown
    kept = shown[: limit - _ROOM_FOR_COUNT].rstrip(_ZWNJ)
    more = max(0, len(text) - limit) + len(shown) - len(kept)
    return f"{kept}… ⟨+{more}⟩"


def show_path(path: str | bytes | os.PathLike[str]) -> str:
    r"""The name of a file, safe to draw; bytes that are no text show as numbers.

    >>> show_path(b"caf\xe9")
    'caf⟨DCE9⟩'
    """
    return show(os.fsdecode(path))


def strip_forbidden(line: str) -> str:
    """*line* without what no line may hold: the last wall before the terminal."""
    return FORBIDDEN.sub("", line)


class _Shown(dict[int, str]):
    """How each character is shown: a table for ``str.translate``, filled by use."""

    def __missing__(self, code: int) -> str:
        self[code] = _shown(chr(code))
        return self[code]


def _shown(character: str) -> str:
    if character == "\n" or character in _IN_CONTEXT:
        return character  # decided later, by what stands around it
    if character < " ":
        return chr(0x2400 + ord(character))
    if character == "\x7f":
        return "\u2421"
    hidden = unicodedata.category(character) in _HIDDEN
    if hidden or character == _BLANK_PATTERN or FORBIDDEN.match(character):
        return _number(character)
    return character


_TABLE = _Shown()


def _number(character: str) -> str:
    return f"⟨{ord(character):04X}⟩"


def _gate(text: str, *, multiline: bool) -> str:
    breaks = ("\r\n", "\n") if multiline else ("\n", "\u240a")
    text = text.replace(*breaks)
    text = _few_marks(text.translate(_TABLE))
    return _CONTEXTUAL.sub(_kept_or_number, text)


def _few_marks(text: str) -> str:
    """Four marks on a letter at most, and none on a letter outside *text*."""
    shown: list[str] = []
    for clings, run in groupby(text, _clings):
        piece = "".join(run)
        if clings:
            lonely = (not shown or shown[-1].endswith("\n")) and _is_mark(piece[0])
            piece = "\u25cc" * lonely + _first_marks(piece)
        shown.append(piece)
    return "".join(shown)


def _first_marks(run: str) -> str:
    """*run* as far as its fourth mark, and a count of what comes after."""
    marks = [at for at, character in enumerate(run) if _is_mark(character)]
    if len(marks) <= MOST_MARKS:
        return run
    enough = marks[MOST_MARKS - 1] + 1
    return f"{run[:enough]}⟨+{len(run) - enough}⟩"


def _clings(character: str) -> bool:
    return character in _IN_CONTEXT or unicodedata.category(character) in _MARKS


def _is_mark(character: str) -> bool:
    return character not in _IN_CONTEXT and _clings(character)


def _kept_or_number(found: re.Match[str]) -> str:
    character = found[0]
    if _belongs(character, found.string, found.start()):
        return character
    return _number(character)


def _belongs(character: str, text: str, at: int) -> bool:
    """RFC 5892, A.1 and A.2, and the selectors that choose the look of a symbol."""
    if at == 0:
        return False
    before = text[at - 1]
    if character not in (_ZWNJ, _ZWJ):
        return unicodedata.category(before) == "So"
    if unicodedata.combining(before) == _VIRAMA:
        return True
    return (
        character == _ZWNJ
        and _letter(text, at, step=-1) in _joining("<initial>")
        and _letter(text, at, step=1) in _joining("<final>")
    )


def _letter(text: str, at: int, *, step: int) -> str:
    """The nearest letter on one side, past the marks on it; '' if there is none."""
    at += step
    while 0 <= at < len(text) and unicodedata.category(text[at]) == "Mn":
        at += step
    return text[at] if 0 <= at < len(text) else ""


@cache
def _joining(form: str) -> frozenset[str]:
    """Letters of Arabic script with this *form*, so that they join on that side.

    From the presentation forms: the Joining_Type of RFC 5892 is not in the
    standard library. A letter missing here only shows its joiner as a number.
    """
    forms = (unicodedata.decomposition(chr(code)).split() for code in _ARABIC_FORMS)
    return frozenset(
        chr(int(parts[1], 16))
        for parts in forms
        if len(parts) == 2 and parts[0] == form
    )
