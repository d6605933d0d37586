"""The words of a pack, text by text, as they are looked for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from guide.library.packs.lessons import read_checklist, read_form, where
from guide.library.packs.opening import OpenPack
from guide.library.packs.texts import lesson_source
from guide.library.search import Entry, Found, plain
from guide.model.pack import Kind, Listed, Pack, Part, PartKind


def entries(opened: OpenPack, pack: Pack) -> Iterator[Entry]:
    """Everything in *pack*, read one by one as it is asked for."""
    for module in pack.modules:
        for entry in _of_part(opened, module, glossary=module.glossary):
            yield replace(entry, pack=pack.about.name)
    for form in pack.forms:
        yield replace(_entry(opened, form, Found.FORM), pack=pack.about.name)


def _of_part(
    opened: OpenPack, part: Part, subject: str = "", *, glossary: bool
) -> Iterator[Entry]:
    is_level = part.kind is PartKind.LEVEL
    level = part.path.rpartition("/")[2] if is_level else ""
    subject = subject if is_level else part.title
    for item in part.items:
        kind = Found(item.kind)
        if glossary and item.kind is Kind.LESSON:
            kind = Found.GLOSSARY
        yield replace(_entry(opened, item, kind), level=level, subject=subject)
    for inner in part.parts:
        yield from _of_part(opened, inner, subject, glossary=glossary)


def _entry(opened: OpenPack, item: Listed, kind: Found) -> Entry:
    return Entry(
        name=item.path,
        title=item.title,
        body=plain(*_texts(opened, item)),
        kind=kind,
    )


def _texts(opened: OpenPack, item: Listed) -> Iterator[str]:
    match item.kind:
        case Kind.LESSON:
            yield lesson_source(opened.tree, where(item)).body
        case Kind.CHECKLIST:
            yield from (line.text for line in read_checklist(opened.tree, item).lines)
        case Kind.FORM:
            for screen in read_form(opened.tree, item).screens:
                yield screen.title
                for each in screen.items:
                    yield from (each.label, each.hint, *each.options)
