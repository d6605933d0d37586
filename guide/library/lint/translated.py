"""What `guide check --lang` looks for: a translation beside what it is made from.

A translation has the same tree, the same names and the same ways; only words differ.
Its ``translated_from`` is the fingerprint of the text that it was made from.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from hashlib import sha256
from pathlib import Path

from guide.library.lint.everything import Everything
from guide.library.lint.rules import Check, Fault
from guide.library.loader import Shelf
from guide.library.reading import UnusableFileError, read_text
from guide.model.content import FieldKind, Letter, Page
from guide.model.problems import Finding
from guide.words import _

TRANSLATED_FROM = "translated_from"
_MARK = re.compile(rf"^{TRANSLATED_FROM}:\s*(\S*)", re.MULTILINE)
_REVIEWED = "reviewed:"  # that somebody looked again changes no word
_LINK = re.compile(r"\]\((?!https?:)([^()\s]*)\)")
_CONTAINER = re.compile(r"^::: .*$", re.MULTILINE)
_TAG = re.compile(r"{[{%].*?[%}]}")
_LONG = 12

missing = Check(
    code="T101",
    title="A file that is not translated",
    means="Readers of the language see it in the base language, and it says so."
    " Nothing is broken by it.",
    mend="Copy the file to the same place under the language, and translate its words.",
    example="es/guide/1-start/q-danger-now.md",
)
older = Check(
    code="T102",
    title="A translation of an older text",
    means="The text was changed after it was translated, or the translation does not"
    " say what it was made from. It may tell a reader what is no longer right.",
    mend="Compare both, mend the translation, and write the fingerprint named.",
    example=f"{TRANSLATED_FROM}: 0123456789ab",
)
other = Check(
    code="T103",
    title="A translation that leads elsewhere",
    means="Options, conditions, links, fields and gates are the same in every language."
    " Here they differ, so readers of this language would be led another way.",
    mend="Copy everything but the words from the base language.",
    example="- [Sí](s-notice-after.md) {#yes}",
)
unknown = Check(
    code="T104",
    title="A translation of nothing",
    means="There is no file of this name in the base language. It may have been renamed"
    " or removed there.",
    mend="Give it the name that it has there, or remove it.",
    example="es/learn/l-evidence.md",
)
TRANSLATED: Mapping[str, Check] = {
    each.code: each for each in (missing, older, other, unknown)
}


def check_translation(root: Path, lang: str) -> tuple[Finding, ...]:
    """Everything that is missing, old or different in *lang* under *root*."""
    base = Everything(root)
    if lang == base.base:
        return ()
    if Shelf(root, lang).lang != lang:
        what = _("There is no folder '{name}'.").format(name=lang)
        fix = _("Begin with a copy of one page.")
        return (Finding("pack.toml", 1, missing.code, what, fix),)
    there = Everything(root, lang)
    faults = [*_of(base, there)]
    read = (each for each in there.findings if each.path.startswith(f"{lang}/"))
    return tuple(sorted({*faults, *read}))


def _of(base: Everything, there: Everything) -> Iterator[Finding]:
    originals, translations = _all(base), _all(there)
    for name, made in translations.items():
        first = originals.get(name)
        if first is None:
            what = _("The base language has no such file.")
            yield Finding(made.path, 1, unknown.code, what, unknown.mend)
        elif made.lang == base.base:
            what = _("It is not in '{lang}' yet.").format(lang=there.lang)
            yield Finding(first.path, 1, missing.code, what, missing.mend)
        else:
            for code, fault in _compared(base.root, first, made):
                yield Finding(fault.path, fault.line, code, fault.what, fault.fix)


def _all(shelf: Everything) -> dict[str, Page | Letter]:
    library = shelf.library()
    return {**library.pages, **shelf.sound_letters(library)}


def _compared(
    root: Path, first: Page | Letter, made: Page | Letter
) -> Iterator[tuple[str, Fault]]:
    ours, theirs = shape(first), shape(made)
    for part in ours:
        if theirs.get(part) != ours[part]:
            what = _differs(part).format(path=first.path)
            yield other.code, Fault(made.path, 1, what, other.mend)
    now, then = fingerprint(root / first.path), _said(root / made.path)
    if now and now != then:
        changed = _("{path} was changed since.").format(path=first.path)
        mark = f"{TRANSLATED_FROM}: {now}"
        fix = _("Compare both, then write {mark}").format(mark=mark)
        what = changed if then else _("It names no text.")
        yield older.code, Fault(made.path, 1, what, fix)


def _differs(part: str) -> str:
    """That one part of the `shape` is another one; a name for whoever shapes more."""
    return {
        "keys": _("The keys are not those of {path}."),
        "options": _("The options are not those of {path}."),
        "tasks": _("The tasks are not those of {path}."),
        "routes": _("The routes are not those of {path}."),
        "links": _("The links are not those of {path}."),
        "containers": _("The containers are not those of {path}."),
        "fields": _("The fields are not those of {path}."),
        "defaults": _("The defaults are not those of {path}."),
        "blanks": _("The blanks are not those of {path}."),
    }[part]


def fingerprint(path: Path) -> str:
    """What tells one wording of the file at *path* from another; "" if unreadable."""
    try:
        lines = read_text(path).split("\n")
    except UnusableFileError:
        return ""
    words = (line.rstrip() for line in lines if not line.startswith(_REVIEWED))
    return sha256("\n".join(words).strip().encode()).hexdigest()[:_LONG]


def _said(path: Path) -> str:
    try:
        found = _MARK.search(read_text(path))
    except UnusableFileError:
        return ""
    return found[1] if found else ""


def shape(text: Page | Letter) -> Mapping[str, object]:
    """Everything of a page or letter that is no word of it."""
    return _page(text) if isinstance(text, Page) else _letter(text)


def _page(page: Page) -> Mapping[str, object]:
    asked = page.question
    options = asked.options if asked else ()
    routes = (page.routes, page.best)
    return {
        "keys": (
            *(page.kind, page.crisis, page.again, page.offers),
            asked and (asked.fact, asked.kind, asked.required),
            asked and (asked.safer, asked.suggest),
        ),
        "options": [(x.id, x.go, x.when.source, x.only) for x in options],
        "tasks": [(each.id, each.when.source) for each in page.tasks],
        "routes": [[(x.go, x.when.source) for x in each] for each in routes],
        "links": sorted(_LINK.findall(page.body)),
        "containers": _CONTAINER.findall(page.body),
    }


def _letter(letter: Letter) -> Mapping[str, object]:
    fields = letter.fields
    return {
        "keys": (
            *(letter.audience, letter.once, letter.gate, letter.may_reach),
            *(letter.needs_message, letter.before_you_send, letter.after),
        ),
        "fields": [
            (x.id, x.kind, x.required, x.private, x.from_message) for x in fields
        ],
        "defaults": [x.default for x in fields if x.kind is FieldKind.YESNO],
        "blanks": sorted(_TAG.findall(f"{letter.subject}\n{letter.body}")),
    }
