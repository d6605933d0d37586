"""A language that nobody speaks: every sentence has accents, is longer, and is marked.

What comes out without its marks was never translated; what is cut was never tried
with a language that needs more room than English.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import write_po

from guide import words
from tests.words.template import sentences

LANGUAGE = "xx"
BEGINS, ENDS = "⟦", "⟧"
LONGER = 0.4
_PLAIN = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
_ACCENTED = "ÅßÇÐÉƑĜĤÎĴĶĿṀÑÖÞǪŔŠŢÛṼŴẊÝŽåƀçðéƒĝĥîĵķļɱñöþǫŕšţûṽŵẋýž"
_ACCENTS = str.maketrans(_PLAIN, _ACCENTED)
_BLANK = re.compile(r"({[^{}]*})")
_FILLING = "öñé ţŵö "


def pseudo(sentence: str) -> str:
    """*sentence* in that language; what stands around it and its blanks stay.

    >>> pseudo("Go on"), pseudo("{count} page ")
    ('⟦Ĝö öñ öñ⟧', '⟦{count} þåĝé öñé⟧ ')
    """
    core = sentence.strip()
    before, after = sentence.split(core, 1)
    parts = _BLANK.split(core)
    said = "".join(x if _BLANK.match(x) else x.translate(_ACCENTS) for x in parts)
    letters = sum(len(x) for x in parts if not _BLANK.match(x))
    more = round(letters * LONGER)
    filling = (_FILLING * (more // len(_FILLING) + 1))[:more].strip()
    return f"{before}{BEGINS}{said} {filling}{ENDS}{after}"


def catalogue() -> Catalog:
    """The whole template in that language."""
    made = sentences()
    for message in made:
        if isinstance(message.id, tuple):
            message.string = tuple(map(pseudo, message.id))
        elif message.id:
            message.string = pseudo(str(message.id))
    return made


def write(folder: Path, catalog: Catalog) -> Path:
    """*catalog* as a translator would put it under *folder*."""
    place = folder / LANGUAGE / "LC_MESSAGES" / "guide.po"
    place.parent.mkdir(parents=True)
    made = BytesIO()
    write_po(made, catalog, no_location=True)
    place.write_bytes(made.getvalue())
    return place


@contextmanager
def spoken(folder: Path) -> Iterator[None]:
    """The program speaks the catalogue under *folder* meanwhile, then English again."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(words, "_FOLDER", folder)
        words.speak(LANGUAGE)
        assert words.spoken() == LANGUAGE
        yield
        words.speak()
