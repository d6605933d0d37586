"""Whether what the guide says of somebody's files is one translated sentence.

A finding holds names and words of the pack that it is about. They are all that may be
plain in it.
"""

from __future__ import annotations

import re
from pathlib import Path

from guide.library.contacts import _LINE_KEYS as ENTRY_KEYS
from guide.library.letters import FIELD_KEYS, LETTER_KEYS
from guide.library.lint.facts import GIVEN
from guide.library.lint.links import TOOLS
from guide.library.packs.about import _KEYS as PACK_KEYS
from guide.library.pages import PAGE_KEYS
from guide.library.tables import SHAPES
from guide.model.contacts import Confidence, Show, Topic
from guide.model.content import AnswerKind, FieldKind, PageKind
from guide.model.pack import ItemKind
from guide.model.problems import Finding
from tests.words.pseudo import BEGINS, ENDS

WORD = re.compile(r"[A-Za-z]+")
# One sentence; before it may stand which entry it is about.
_SAID = re.compile(
    f"(?:(?:[^{BEGINS}{ENDS}]*|{BEGINS}[^{BEGINS}{ENDS}]*{ENDS}): )?{BEGINS}.*{ENDS}",
    re.DOTALL,
)
_SYNTAX = re.compile(r"{[^{}]*}")  # of a file, and no blank of the sentence
# What others are called, and what is written in a file of content, in any language.
NAMES = " ".join(
    (
        "is has and or not go md toml yml UTF TOML KiB s c f x en textstat test Const",
        "Add For helpline helplines nz help line lines page letter tool https tel when",
        "because start base from only translated Subject README step stop unsure",
        "skipped",
        *(*PAGE_KEYS, *LETTER_KEYS, *FIELD_KEYS, *PACK_KEYS, *GIVEN, *TOOLS),
        *(*PageKind, *AnswerKind, *FieldKind, *ItemKind, *Topic, *Show, *Confidence),
        *(*ENTRY_KEYS, "numbers", *SHAPES),
        *(each for shape in SHAPES.values() for each in (*shape.texts, *shape.views)),
    )
)
# A fault in YAML, TOML or Jinja is told in the words of the program that reads it.
OF_READERS = (
    "mapping values are not allowed in this context while parsing a flow node did not"
    " find expected content Expected after a key in a value pair at line column end of"
    " an array declaration document control characters are not allowed"
)


def is_said(words: str, own: str) -> bool:
    """Whether *words* are one translated sentence, plain only in what is *own*."""
    known = {*WORD.findall(own), *WORD.findall(NAMES)}
    plain = {*WORD.findall(_SYNTAX.sub("", words))}
    return bool(_SAID.fullmatch(words)) and plain <= known


def plain(findings: tuple[Finding, ...], own: str) -> list[str]:
    """The findings that are not translated, whole."""
    return [
        str(each)
        for each in findings
        if not is_said(each.what, own) or not (each.fix == "" or is_said(each.fix, own))
    ]


def words_of(root: Path) -> str:
    """Every word of the files under *root*, and of their names."""
    files = [path for path in root.rglob("*") if path.is_file()]
    names = " ".join(path.relative_to(root).as_posix() for path in files)
    return " ".join(
        [names, *(x.read_bytes().decode("utf-8", "replace") for x in files)]
    )
