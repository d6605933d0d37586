"""The words of the program: the only place that loads a catalogue.

Every sentence that a reader meets passes through ``_`` or ``plural``, so a
catalogue in another language can take its place. Pages and letters are not
here: they are content, one file a language.

A catalogue is ``guide/locale/<language>/LC_MESSAGES/guide.mo``, made when the guide
is packed, or the ``guide.po`` it is made from. English needs neither. A catalogue
that cannot be read is as good as none: the guide is in English then.
"""

from __future__ import annotations

import gettext
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path

ENGLISH = "en"
_FOLDER = Path(__file__).parents[1] / "locale"
_ENGLISH = gettext.NullTranslations()
_readers: gettext.NullTranslations = _ENGLISH
_spoken = ENGLISH
_for_now: ContextVar[gettext.NullTranslations | None] = ContextVar("_for_now")


def speak(*languages: str) -> None:
    """Use the first of *languages* that has a catalogue, else English."""
    global _readers, _spoken
    _readers, _spoken = _ENGLISH, ENGLISH
    for language in languages:
        if found := _read(_FOLDER / language / "LC_MESSAGES"):
            _readers, _spoken = found, language.replace("_", "-")
            return


def spoken() -> str:
    """The language that the program speaks, as a tag such as ``pt-BR``."""
    return _spoken


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Meanwhile, and in this thread alone, the sentences are in *language*.

    For what is written to somebody who may not read the reader's own.
    """
    name = language.replace("-", "_")
    found = None if name == ENGLISH else _read(_FOLDER / name / "LC_MESSAGES")
    before = _for_now.set(found or _ENGLISH)
    try:
        yield
    finally:
        _for_now.reset(before)


def _(sentence: str) -> str:
    """The *sentence* in the reader's language."""
    return (_for_now.get(None) or _readers).gettext(sentence)


def plural(one: str, many: str, count: int) -> str:
    """The sentence that fits *count*; it may hold ``{count}``."""
    words = (_for_now.get(None) or _readers).ngettext(one, many, count)
    return words.format(count=count)


def _read(folder: Path) -> gettext.NullTranslations | None:
    """The catalogue in *folder*, if there is one that can be read."""
    compiled, source = folder / "guide.mo", folder / "guide.po"
    if not (compiled.is_file() or source.is_file()):
        return None
    import struct

    from guide.words.po import catalogue

    try:
        if compiled.is_file():
            with compiled.open("rb") as file:
                return gettext.GNUTranslations(file)
        # Only in a checkout, where nothing was packed.
        return catalogue(source.read_text(encoding="utf-8"))
    except (OSError, ValueError, LookupError, struct.error):
        return None
