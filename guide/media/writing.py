"""Bytes that are writing, and the text that they are.

UTF-8, UTF-16 with its mark, or an older code of one byte a letter. What holds
bytes that no writing has is no text here. Pure; no bytes make anything here fail.
"""

from __future__ import annotations

import re
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE, getincrementaldecoder

_MARKS = (BOM_UTF16_LE, BOM_UTF16_BE)
# Logs of chat programs and terminals hold bells, escapes and codes for colours
# (IRC). In UTF-8, which no picture is by accident, those are no sign of one.
_NEVER = re.compile(rb"[\x00\x05\x06\x0b\x0e\x10\x12-\x15\x17-\x1a\x1c\x7f]")
_CONTROL = re.compile(rb"[\x00-\x07\x0b\x0e-\x1a\x1c-\x1f\x7f]")
_CONTROL_LETTERS = re.compile("[\x00-\x07\x0b\x0e-\x1a\x1c-\x1f\x7f\ufffe\uffff]")
_MOST_UNKNOWN = 50  # one word in so many letters may be one that Unicode does not name
_FEW = 3
_MOST_CODES = 4  # one byte in so many may be a code


def reads_as_text(data: bytes, *, whole: bool) -> bool:
    """Whether *data* is writing and nothing else; *whole*: no more bytes follow."""
    return _text(data, whole=whole) is not None


def as_text(data: bytes) -> str:
    """*data* as text, as well as it can be: no byte is an error."""
    text = _text(data, whole=False)
    if text is None:
        text = data.decode("utf-8", "replace")
    return text.removeprefix("\ufeff")


def _text(data: bytes, *, whole: bool) -> str | None:
    if data.startswith(_MARKS):
        return _utf16(data, whole=whole)
    codes = sum(1 for _code in _CONTROL.finditer(data))
    if _NEVER.search(data) or codes > len(data) // _MOST_CODES:
        return None
    decoder = getincrementaldecoder("utf-8")()
    try:
        return decoder.decode(data.removeprefix(BOM_UTF8), final=whole)
    except UnicodeDecodeError:
        return None if codes else data.decode("latin-1")


def _utf16(data: bytes, *, whole: bool) -> str | None:
    decoder = getincrementaldecoder("utf-16")()
    try:
        text = decoder.decode(data, final=whole)
    except UnicodeDecodeError:
        return None
    if _CONTROL_LETTERS.search(text):
        return None
    unknown = sum(not word.isprintable() for word in text.split())
    return text if unknown <= len(text) // _MOST_UNKNOWN + _FEW else None
