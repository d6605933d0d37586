"""The words of an HTML text, with its links beside them. Nothing is drawn or loaded."""

from __future__ import annotations

import html
import re

# Each ends at the next "<", and possessively: text made to be nearly a tag, over and
# over, would else be read through to its end for each of them.
_NOT_WORDS = re.compile(
    r"<(script|style|head|title)\b[^<>]*+>.*?(?:</\1\s{0,9}>|\Z)|<!--.*?(?:-->|\Z)",
    re.IGNORECASE | re.DOTALL,
)
_BREAK = re.compile(r"<(?:br|/?p|/?div|/?tr|/?li|/?h[1-6])\b[^<>]*+>", re.IGNORECASE)
_LINK = re.compile(
    r"<a\b[^<>]{0,500}?\bhref\s{0,9}=\s{0,9}[\"']?([^\"'\s<>]{1,1000}+)[^<>]*+>",
    re.IGNORECASE,
)
_TAG = re.compile(r"<[^>]*(?:>|\Z)")
_EMPTY = re.compile(r"\n[ \t]*(?:\n[ \t]*)+")


def text_of_html(source: str) -> str:
    r"""What *source* says, a link as its address before its words.

    >>> text_of_html('<p>one&amp;two</p><a href="https://example.com/x">here</a>')
    'one&two\n[https://example.com/x] here'
    """
    words = _NOT_WORDS.sub("", source)
    words = _LINK.sub(r"[\1] ", _BREAK.sub("\n", words))
    return _EMPTY.sub("\n\n", html.unescape(_TAG.sub("", words))).strip()
