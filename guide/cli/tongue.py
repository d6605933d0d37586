"""Which language the pages are in: the first one wished for that is there."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from guide.words import ENGLISH, _
from guide.words.wishes import wished

TAKE_A_VALUE = frozenset({"--vault", "--passphrase-fd", "--pack"})


def flag_among(words: Sequence[str]) -> str:
    """The language that the ``--lang`` before the command names, or "".

    Known before anything else is read: the help of every command is in it.
    """
    rest = iter(words)
    for word in rest:
        if word.startswith("--lang="):
            return word.partition("=")[2]
        if word == "--lang":
            return next(rest, "")
        if word in TAKE_A_VALUE:
            next(rest, "")
        elif not word.startswith("-") or word == "--":
            return ""
    return ""


def content_language(content: Path, flag: str = "") -> str:
    """The first language wished for that the pages are in."""
    known = (tag for tag in wished(flag) if (content / tag).is_dir())
    return next(known, ENGLISH)


def missing_language(content: Path, flag: str) -> str:
    """What to say when the language of the flag is not there yet; "" if it is."""
    if not flag or content_language(content, flag) in wished(flag)[:2]:
        return ""
    return _("The pages are not in that language yet, so they are in English.")
