"""Reads a catalogue as translators write it: ``guide.po``, by the rules of gettext.

For a checkout, where nothing was compiled. A translation that is marked unsure, or
that has other blanks than its sentence, is left out: the sentence stays in English.
"""

from __future__ import annotations

import gettext
import io
import re
import struct
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from string import Formatter

LOCALE = Path(__file__).parents[1] / "locale"
_LINE = re.compile(r'(?:(msgid|msgid_plural|msgstr(?:\[\d\])?)\s+)?"((?:[^"\\]|\\.)*)"')
_ESCAPED = re.compile(r"\\(.)")
_MEANT = {"n": "\n", "t": "\t", "r": "\r"}
_FUZZY, _ENCODING = "fuzzy", "Content-Type"


def catalogue(text: str) -> gettext.GNUTranslations:
    """The catalogue written in *text*. Raises ValueError when it is not one."""
    return gettext.GNUTranslations(io.BytesIO(_compiled(dict(_usable(text)))))


def translated(language: str) -> tuple[int, int] | None:
    """How many sentences are in *language*, and how many there are.

    None where the template is not there: it is in a checkout only.
    """
    name = language.replace("-", "_")
    if not name.replace("_", "").isalnum():  # a path
        return None
    try:
        template = (LOCALE / "guide.pot").read_text(encoding="utf-8")
    except OSError:
        return None
    try:
        source = LOCALE / name / "LC_MESSAGES" / "guide.po"
        there = dict(_usable(source.read_text(encoding="utf-8")))
    except (OSError, ValueError):
        there = {}
    known = {_key(entry) for _fuzzy, entry in _entries(template)} - {""}
    return len(known & there.keys()), len(known)


def same_blanks(sentence: str, translated: str) -> bool:
    """Whether both have the same blanks to fill, in any order.

    >>> same_blanks("{done} of {all}", "{all}: {done}"), same_blanks("{name}", "{nom}")
    (True, False)
    """
    try:
        return _blanks(sentence) == _blanks(translated)
    except ValueError:
        return False


def _blanks(text: str) -> set[str]:
    return {f"{name}:{form}" for _, name, form, _ in Formatter().parse(text) if name}


def fits(one: str, many: str | None, said: Sequence[str]) -> bool:
    """Whether *said* is a whole translation that has the blanks of its sentence.

    Each plural form may leave the number out: "no files", "one file", "both files".
    """
    if not said or not all(said):
        return False
    if many is None:
        return same_blanks(one, said[0])
    number = "{count}"
    return all(same_blanks(many + number, each + number) for each in said)


def _usable(text: str) -> Iterator[tuple[str, str]]:
    head = ""
    for fuzzy, entry in _entries(text):
        one, many = entry.get("msgid", ""), entry.get("msgid_plural")
        said = [entry[name] for name in sorted(entry) if name.startswith("msgstr")]
        if not one:
            head = said[0]
        elif not fuzzy and fits(one, many, said):
            yield _key(entry), "\0".join(said)
    # The head tells the rule of the plural forms. What it says of the encoding was
    # true of the file, and what is made of it is in UTF-8.
    lines = [line for line in head.split("\n") if not line.startswith(_ENCODING)]
    yield "", "\n".join([f"{_ENCODING}: text/plain; charset=UTF-8", *lines])


def _key(entry: Mapping[str, str]) -> str:
    """Under which gettext looks a sentence up; "" is the head."""
    return "\0".join(entry[x] for x in ("msgid", "msgid_plural") if x in entry)


def _entries(text: str) -> Iterator[tuple[bool, Mapping[str, str]]]:
    """Each sentence with its translations, and whether those are marked unsure."""
    entry: dict[str, str] = {}
    fuzzy, name = False, ""
    for line in map(str.strip, text.split("\n")):
        found = _LINE.fullmatch(line)
        # A comment, an empty line or the next sentence ends what was begun.
        if name.startswith("msgstr") and (found is None or found[1] == "msgid"):
            yield fuzzy, entry
            entry, fuzzy, name = {}, False, ""
        if found is None:
            if line and not line.startswith("#"):
                raise ValueError(line)
            fuzzy |= line.startswith("#,") and _FUZZY in line
            continue
        name = found[1] or name
        entry[name] = entry.get(name, "") + _ESCAPED.sub(_meant, found[2])
    if name.startswith("msgstr"):
        yield fuzzy, entry


def _meant(found: re.Match[str]) -> str:
    return _MEANT.get(found[1], found[1])


def _compiled(messages: Mapping[str, str]) -> bytes:
    """*messages* as the bytes that gettext reads: a head, two tables, the texts."""
    pairs = [(key.encode(), messages[key].encode()) for key in sorted(messages)]
    size, texts = len(pairs), b""
    tables: tuple[list[int], list[int]] = ([], [])
    first = 28 + 16 * size
    for pair in pairs:
        for table, each in zip(tables, pair, strict=True):
            table += [len(each), first + len(texts)]
            texts += each + b"\0"
    head = struct.pack("<7I", 0x950412DE, 0, size, 28, 28 + 8 * size, 0, 0)
    return head + struct.pack(f"<{4 * size}I", *tables[0], *tables[1]) + texts
