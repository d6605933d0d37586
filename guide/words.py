"""The words of the program: the only place that loads a catalogue.

Every sentence that a reader meets passes through ``_`` or ``plural``, so a
catalogue in another language can take its place. Pages and letters are not
here: they are content, one file a language.
"""

from __future__ import annotations

import gettext
from pathlib import Path

_FOLDER = Path(__file__).parent / "locale"
_catalogue: gettext.NullTranslations = gettext.NullTranslations()


def speak(*languages: str) -> None:
    """Use the first of *languages* that has a catalogue, else English."""
    global _catalogue  # noqa: PLW0603  one language a process, set once at start
    _catalogue = gettext.translation("guide", _FOLDER, languages, fallback=True)


def _(sentence: str) -> str:
    """The *sentence* in the reader's language."""
    return _catalogue.gettext(sentence)


def plural(one: str, many: str, count: int) -> str:
    """The sentence that fits *count*; it may hold ``{count}``."""
    return _catalogue.ngettext(one, many, count).format(count=count)
