"""What a terminal was sent, understood as far as our own front ends ever speak.

``text_in`` takes away every sequence that they use and refuses all others: there is
no list of what is forbidden that could be too short. Not a test.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Callable

from guide.safety.display import FORBIDDEN
from guide.safety.terminal import _RESET

# Colours as Textual writes them; no blinking, no concealing.
_COLOUR = r"(?:|[0-479]|2[1-479]|[34]8;2;\d+;\d+;\d+|[34]8;5;\d+|[349][0-79]|10[0-7])"
_PATTERNS = {
    "colour": rf"\x1b\[(?:{_COLOUR})(?:;{_COLOUR})*m",
    "cursor": r"\x1b\[(\d+);(\d+)H",
    "home": r"\x1b\[H",
    # The mouse, the other screen, focus, bracketed paste, lines that are not broken.
    "on": r"\x1b\[\?(?:1000|1003|1015|1006|1049|1004|2004)h",
    "cursor hidden": r"\x1b\[\?25l",
    "no wrapping": r"\x1b\[\?7l",
    # Textual asks at its start whether these two modes are known.
    "asked": r"\x1b\[\?(?:2026|2048)\$p",
    "at once": r"\x1b\[\?2026[hl]",
    "pointer": r"\x1b\]22;(?:default|pointer|text)\x07",
    "copied": r"\x1b\]52;c;([A-Za-z0-9+/=]*)\x07",
    "erased": r"\x1b\[J",
}
_OURS = re.compile("|".join(f"(?:{each})" for each in _PATTERNS.values()))
_CURSOR = re.compile(_PATTERNS["cursor"])
_COPIED = re.compile(_PATTERNS["copied"])
# What the one write at the end begins with: nothing hostile stands in or after it.
_WIPE = re.compile(re.escape(_RESET.decode("ascii")))
_AROUND = 60


def text_in(sent: bytes, size: tuple[int, int] = (0, 0)) -> str:
    """The words in *sent*, with a line break where the cursor was moved.

    Raises AssertionError at the first sequence or character that is not ours, with
    what stands around it. Without a *size* no sequence at all is ours: plain mode.
    """
    text = sent.decode("utf-8")
    text = text[: wiped.start()] if (wiped := _WIPE.search(text)) else text
    bare = _OURS.sub(_taken(size), text) if any(size) else text
    for found in FORBIDDEN.finditer(bare.replace("\r", "").replace("\n", "")):
        raise AssertionError(_near(bare.replace("\r", "").replace("\n", ""), found))
    assert "\r" not in bare.replace("\r\n", "")
    return bare


def copied_in(sent: bytes) -> list[str]:
    """Every text that was handed to the clipboard."""
    found = _COPIED.findall(sent.decode("utf-8"))
    return [base64.b64decode(each).decode("utf-8") for each in found]


def _taken(size: tuple[int, int]) -> Callable[[re.Match[str]], str]:
    def taken(found: re.Match[str]) -> str:
        cursor = _CURSOR.fullmatch(found[0])
        if cursor is None:
            return ""
        line, column = int(cursor[1]), int(cursor[2])
        inside = 1 <= column <= size[0] + 1 and 1 <= line <= size[1] + 1
        return "\n" if inside else found[0]

    return taken


def _near(text: str, found: re.Match[str]) -> str:
    start = max(0, found.start() - _AROUND)
    return f"{found[0]!r} was sent in {text[start : found.end() + _AROUND]!r}"
