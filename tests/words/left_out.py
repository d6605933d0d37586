"""Which words of a screen are no translation, and are not known to be somebody's own.

In the pseudo-language no letter is a plain one. So what is plain came from the pages,
from the reader, from a file, or from a sentence that nobody translated.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from enum import Enum
from functools import cache
from pathlib import Path
from tempfile import gettempdir

from guide.library.loader import content_root
from tests.tui.screens import MAIL

_PLAIN = re.compile(r"[A-Za-z][A-Za-z']*(?: +[A-Za-z][A-Za-z']*)*")
_WORD = re.compile(r"[A-Za-z][A-Za-z']*")
_NOT_SHOWN = frozenset(
    {"name", "value", "key", "spans", "picture", "kind", "id", "state"}
)
_ENDINGS = frozenset({".md", ".toml"})
_IN_TEXT = re.compile(r"{[{%].*?[%}]}|\]\([^)]*\)|[*`_]", re.DOTALL)
# Numbers in hexadecimal, and what is typed or named the same in every language.
_SAME_EVERYWHERE = re.compile(
    r"[a-f]{1,8}|[xX]|[a-z]"  # parts of numbers, versions, keys that are letters
    r"|guide|plain|lang|vault|keyring|theme|erase|scrollback|help|lines"
    r"|read|search|letter|list|show|new|mail|explain|complaint|doctor|plan|page|json"
    r"|JPEG|PNG|PDF|UTF|SHA|DKIM|SPF|DMARC|ARC|UTC|JSON|DNS|TXT|IMAP|GB|MB|kB|TB|AM|PM"
    r"|From|Sender|Reply|Return|Path|To|Date|Message|ID|Id|Subject|List|Post|Received"
    r"|[A-Z]|F[0-9]*"
)

# The folders that the tests themselves stand in and make, with more than one at once.
_FOLDERS = frozenset(_WORD.findall(f"{Path(__file__)} {gettempdir()} popen-gw"))


def texts(value: object) -> Iterator[str]:
    """Every text of a sheet that is there to be read."""
    if isinstance(value, Enum):
        return
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for each in value:
            yield from texts(each)
    elif is_dataclass(value):
        for each in fields(value):
            if each.name not in _NOT_SHOWN:
                yield from texts(getattr(value, each.name))


def untranslated(text: str, own: re.Pattern[str]) -> list[str]:
    """The plain words of *text* that neither the content has nor *own* matches."""
    return [run for run in _PLAIN.findall(text) if not _is_known(run, own)]


@cache
def _is_known(run: str, own: re.Pattern[str]) -> bool:
    words = _WORD.findall(run)
    strange = [
        each
        for each in words
        if not (_SAME_EVERYWHERE.fullmatch(each) or own.fullmatch(each))
        and each not in _FOLDERS
    ]
    return not strange or _in_content(words) or _in_content(strange)


def _in_content(words: list[str]) -> bool:
    return f" {' '.join(words).lower()} " in _content()


@cache
def _content() -> str:
    """The words of every page, letter, list and sample message, in their order."""
    files = [p for p in content_root().rglob("*") if p.suffix in _ENDINGS]
    files += MAIL.glob("*.eml")
    said = (_IN_TEXT.sub(" ", path.read_text("utf-8")) for path in sorted(files))
    return f" {' '.join(_WORD.findall(' '.join(said))).lower()} "
