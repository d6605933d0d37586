"""The texts of a pack: bytes into characters, front matter and YAML, faults collected.

Promises: never raises on what a file holds. A text that cannot be read is empty, and
one that is oddly written is read as far as it goes.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable, Mapping
from itertools import islice
from typing import NamedTuple

from guide.library.front_matter import FrontMatterError, Value, load
from guide.library.packs.limits import MOST_OF_A_KIND
from guide.library.packs.problems import (
    EMPTY,
    ENCODING,
    FRONT,
    KEY,
    LEFT_OUT,
    NEEDED,
    Findings,
)
from guide.library.packs.tree import Tree
from guide.model.problems import GuideError
from guide.words import _

_FENCE = "---"
_WIDE = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_FARTHEST_FENCE = 400  # lines: beyond it, a fence is a rule of the text
# Front matter that no rule of YAML changes: read a hundred times as fast. Anything
# that may be more is left to YAML; a test holds the two against each other.
_PLAIN = re.compile(
    r"---\n(?:[a-z]+: (?!(?:.*: |.*:\n|.* #))[A-Za-z0-9][^\n\"'#:{}\[\]&*!|>%@`\\]*\n)+"
    r"---(?:\n|\Z)"
)


class Source(NamedTuple):
    """One text: its front matter, its body, and the line that the body begins on."""

    keys: Mapping[str, Value]
    body: str
    first_line: int


def text_of(tree: Tree, path: str) -> str:
    """The text at *path*, with LF alone; "" when it cannot be read."""
    try:
        data = tree.read(path)
    except GuideError:
        what, fix = _("The file cannot be read."), _("Check that it is a plain file.")
        tree.findings.add(LEFT_OUT, path, what, fix)
        return ""
    text = _decoded(data, path, tree.findings)
    if not text.strip():
        what, fix = _("The file is empty."), _("Write it, or remove it.")
        tree.findings.add(EMPTY, path, what, fix)
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _decoded(data: bytes, path: str, findings: Findings) -> str:
    fix = _("Save it as UTF-8, without a byte order mark.")
    if data.startswith(_WIDE):
        findings.add(ENCODING, path, _("The file is UTF-16, not UTF-8."), fix)
        return data.decode("utf-16", "replace")
    if data.startswith(codecs.BOM_UTF8):
        findings.add(ENCODING, path, _("The file begins with a byte order mark."), fix)
        data = data.removeprefix(codecs.BOM_UTF8)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        findings.add(ENCODING, path, _("The file is not UTF-8."), fix)
        return data.decode("utf-8", "replace")


def lesson_source(tree: Tree, path: str) -> Source:
    """A lesson with its first front matter cut off, and only that one."""
    text = text_of(tree, path)
    if plain := _PLAIN.match(text):
        head = plain[0].rstrip("\n").split("\n")[1:-1]
        keys: dict[str, Value] = {}
        for line in head:
            key, _colon, value = line.partition(": ")
            keys[key] = value.rstrip()
        if len(keys) == len(head):
            return Source(keys, text[plain.end() :], len(head) + 3)
    return _by_yaml(tree, path, text)


def _by_yaml(tree: Tree, path: str, text: str) -> Source:
    lines = text.split("\n")
    if lines[0].rstrip() != _FENCE:
        if text.strip():
            what = _("The file does not begin with a line of '---'.")
            fix = _("Add 'index' and 'title' in it.")
            tree.findings.add(FRONT, path, what, fix)
        return Source({}, text, 1)
    fences = (n for n, x in enumerate(lines[1:_FARTHEST_FENCE], 1) if _is_fence(x))
    end = next(fences, 0)
    if not end:
        what = _("The front matter has no closing line of '---'.")
        tree.findings.add(FRONT, path, what, _("Add the line."))
        return Source({}, "\n".join(lines[1:]), 2)
    keys = _loaded(tree, path, "\n".join(lines[1:end]), 2)
    return Source(keys, "\n".join(lines[end + 1 :]), end + 2)


def _is_fence(line: str) -> bool:
    return line.rstrip() == _FENCE


def yaml_of(tree: Tree, path: str) -> Mapping[str, Value]:
    """The keys of a YAML file, none where it cannot be read."""
    return _loaded(tree, path, text_of(tree, path), 1)


def _loaded(tree: Tree, path: str, text: str, first: int) -> Mapping[str, Value]:
    try:
        return load(text, first_line=first)
    except FrontMatterError as error:
        fix = _("Write one key and its value on each line.")
        tree.findings.add(FRONT, path, error.what, fix, error.line)
        return {}


class Keyed:
    """The keys of one file by name: a missing or unknown one is a finding."""

    def __init__(
        self,
        tree: Tree,
        path: str,
        keys: Mapping[str, Value],
        known: Iterable[str],
    ) -> None:
        self._tree, self._path, self._keys = tree, path, keys
        unknown = (key for key in keys if key not in known)
        for key in islice(unknown, MOST_OF_A_KIND):
            words = _("There is no key '{key}'. It may have been translated.")
            fix = _("Use: {words}.").format(words=", ".join(known))
            tree.findings.add(KEY, path, words.format(key=key[:40]), fix)

    def text(self, key: str, *, needed: bool = False) -> str:
        """The text of *key*, or ""."""
        value = self._keys.get(key, "")
        if not isinstance(value, str):
            what = _("'{key}' is not a text.").format(key=key)
            fix = _("Write one text after the colon.")
            self._tree.findings.add(KEY, self._path, what, fix)
            return ""
        if needed and not value.strip():
            what = _("'{key}' is missing.").format(key=key)
            fix = _("Add '{key}: …'.").format(key=key)
            self._tree.findings.add(NEEDED, self._path, what, fix)
        return " ".join(value.split())

    def number(self, key: str) -> int | None:
        """The whole number of *key*; None, and a finding, where there is none."""
        value = self.text(key, needed=True)
        if re.fullmatch(r"-?[0-9]{1,9}", value, re.ASCII):
            return int(value)
        if value:
            what = _("'{key}' is not a whole number.").format(key=key)
            fix = _("Write '{key}: 1'.").format(key=key)
            self._tree.findings.add(NEEDED, self._path, what, fix)
        return None
