"""What is pasted is text: inside a paste no Esc is a key, and none begins one.

A terminal puts a sign before a paste and one after it. Most take Esc out of what lies
between, some do not; then Textual would press keys that the pasted text names. Here
each becomes the picture of itself, which the reader can see.
"""

from __future__ import annotations

from collections.abc import Iterator

_ESC, _SHOWN = "\x1b", "\u241b"
_START, _END = "\x1b[200~", "\x1b[201~"


class Pastes:
    """Goes along with what is typed, piece by piece, wherever a piece is cut."""

    def __init__(self) -> None:
        self._inside = False
        self._before = ""  # outside: what was handed on last, if a sign began there
        self._held = ""  # inside: what may be the beginning of the sign at its end

    def without_keys(self, text: str) -> str:
        """*text*, with no Esc inside a paste but the one that ends it."""
        return "".join(self._pieces(text))

    def _pieces(self, text: str) -> Iterator[str]:
        while text:
            if self._inside:
                piece, text = self._inner(text)
            else:
                piece, text = self._outer(text)
            yield piece

    def _outer(self, text: str) -> tuple[str, str]:
        """As it is, up to where a paste begins; and the rest."""
        seen = self._before + text
        at = seen.find(_START)
        if at < 0:
            self._before = seen[1 - len(_START) :]
            return text, ""
        self._inside, cut = True, at + len(_START) - len(self._before)
        self._before = ""
        return text[:cut], text[cut:]

    def _inner(self, text: str) -> tuple[str, str]:
        """Without its keys, up to where the paste ends; and the rest."""
        words, end, rest = (self._held + text).partition(_END)
        self._held = "" if end else _beginning_at_the_end_of(words)
        self._inside = not end
        words = words.removesuffix(self._held) if self._held else words
        return words.replace(_ESC, _SHOWN) + end, rest


def _beginning_at_the_end_of(words: str) -> str:
    """As much of the last sign as *words* ends with."""
    lengths = range(len(_END) - 1, 0, -1)
    return next((_END[:n] for n in lengths if words.endswith(_END[:n])), "")
