"""What every writer does to characters before it prints them.

Nothing a reader typed disappears: what paper cannot show becomes U+FFFD, which
it can. The exceptions are a byte order mark, which is no character, and the
spelling of a line break.
"""

from __future__ import annotations

import re
import unicodedata

_BREAKS = re.compile("\r\n|[\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
# Controls, lone surrogates (an undecodable file name) and noncharacters: XML 1.0
# section 2.2 and PDF/UA refuse them, and UTF-8 has no surrogates.
_UNPRINTABLE = re.compile(
    "[\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef"
    + "".join(chr(plane << 16 | end) for plane in range(17) for end in (0xFFFE, 0xFFFF))
    + "]"
)
_MARK = "\ufeff"
_TAB = 4
_AS_BEFORE = ("en", "he")  # what a line without a letter falls back to


def clean(text: str) -> str:
    r"""The *text* as any format can hold it, with ``\n`` as its only control.

    >>> clean("one\r\ntwo\x07")
    'one\ntwo\ufffd'
    """
    text = _BREAKS.sub("\n", text).replace(_MARK, "").expandtabs(_TAB)
    return _UNPRINTABLE.sub("\N{REPLACEMENT CHARACTER}", text)


def one_line(text: str) -> str:
    """The *text* on one line, for a header or a title: breaks become spaces."""
    return " ".join(clean(text).split())


def runs_right_to_left(text: str, lang: str = "") -> bool:
    """Whether a paragraph starts at the right (UAX #9, rules P2 and P3).

    The first letter with a direction decides; without one, the language does.
    """
    for character in text:
        match unicodedata.bidirectional(character):
            case "R" | "AL":
                return True
            case "L":
                return False
    return subtags(lang)[0] in _RIGHT_TO_LEFT


def runs_of(text: str, lang: str) -> list[tuple[bool, str]]:
    r"""The lines of *text*, with whether they run leftward, equals in a row together.

    A line is a paragraph to whoever reads it (UAX #9, P1). One without a letter runs
    as the line before it.

    >>> runs_of("one\n\N{HEBREW LETTER ALEF}!\n12", "en")
    [(False, 'one'), (True, 'א!\n12')]
    """
    runs: list[tuple[bool, list[str]]] = []
    for line in text.split("\n"):
        rtl = runs_right_to_left(line, _AS_BEFORE[runs[-1][0]] if runs else lang)
        if runs and runs[-1][0] == rtl:
            runs[-1][1].append(line)
        else:
            runs.append((rtl, [line]))
    return [(rtl, "\n".join(lines)) for rtl, lines in runs]


def subtags(lang: str) -> tuple[str, str]:
    """The language and the region of a BCP 47 tag; English if it is not one.

    >>> subtags("zh-Hant-TW")
    ('zh', 'TW')
    """
    language, *rest = lang.replace("_", "-").split("-")
    if not re.fullmatch("[A-Za-z]{2,3}", language):
        return "en", ""
    regions = (part.upper() for part in rest if re.fullmatch("[A-Za-z]{2}", part))
    return language.lower(), next(regions, "")


_RIGHT_TO_LEFT = frozenset(
    ("ar", "ckb", "dv", "fa", "he", "ku", "ps", "sd", "ug", "ur", "yi")
)
