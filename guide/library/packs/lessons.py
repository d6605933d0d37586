"""Opens one lesson, checklist or form of a pack: its words, ready to be shown.

Promises: never raises on what a file holds. What cannot be used is a finding, and the
rest is there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from guide.library.front_matter import Value
from guide.library.packs.limits import MOST_OF_A_KIND
from guide.library.packs.problems import ITEM
from guide.library.packs.texts import lesson_source, yaml_of
from guide.library.packs.tree import Tree
from guide.library.pages import parse_page
from guide.model.pack import (
    CheckLine,
    Checklist,
    FormItem,
    FormScreen,
    ItemKind,
    Lesson,
    Listed,
    PackForm,
)
from guide.words import _

_LONG, _LONGEST, _MOST_LINES = 5_000, 12_000, 150
_NO_SPACE = re.compile(r"^(#{1,6})(?=[^#\s])", re.MULTILINE)
# Repeats have an end: a line of blanks must not keep the program busy.
_APART = re.compile(
    r"\](?:[ \t]{1,8}|[ \t]{0,8}\n[ \t]{0,8})\((?=(?:umbrella|https?)://)"
)
_CONTAINER = re.compile(r"^:::.*$\n?", re.MULTILINE)
_MOST_ITEMS = 2_000


def read_lesson(tree: Tree, listed: Listed) -> Lesson:
    """A lesson of an Umbrella tree, in pages."""
    source = lesson_source(tree, where(listed))
    return Lesson(listed=listed, pages=tuple(pages(mended(source.body))))


def read_page(tree: Tree, listed: Listed) -> Lesson:
    """A page of a pack in our own format: its text, its answers, its tasks."""
    source = lesson_source(tree, where(listed))
    stem = listed.path.rpartition("/")[2].removesuffix(".md")
    body = f"---\ntitle: x\nkind: page\n---\n{source.body}"
    page, _findings = parse_page(
        body, id_=stem, chapter="", lang=listed.lang, path=where(listed)
    )
    answers = re.findall(r"^- (\[[^\]\n]*\]\([^)\n]*\))", source.body, re.MULTILINE)
    text = _CONTAINER.sub("", page.body)
    if answers:
        text = f"{text}\n\n" + "\n".join(f"- {each}" for each in answers)
    tasks = tuple(task.text for task in page.tasks)
    return Lesson(listed=listed, pages=tuple(pages(mended(text))), tasks=tasks)


def where(listed: Listed) -> str:
    """The file of *listed*, from the top of the pack."""
    return f"{listed.lang}/{listed.path}"


def mended(text: str) -> str:
    r"""*text* with the slips that Umbrella's own app reads past.

    >>> mended("#Heading\nSee [it] (https://example.com)")
    '# Heading\nSee [it](https://example.com)'
    """
    return _APART.sub("](", _NO_SPACE.sub(r"\1 ", text)).expandtabs(4)


def pages(text: str) -> Iterator[str]:
    """*text* in pages, so that even the longest lesson turns at once.

    A page ends before a heading where it can, else between paragraphs.
    """
    page: list[str] = []
    size, fenced = 0, False
    for line in _cut(text.strip("\n")):
        fenced ^= line.lstrip().startswith(("```", "~~~"))
        if page and _ends_before(line, page, size, fenced=fenced):
            yield "\n".join(page).strip("\n")
            page, size = [], 0
        page.append(line)
        size += len(line) + 1
    yield "\n".join(page).strip("\n")


def _cut(text: str) -> Iterator[str]:
    """The lines of *text*; one that goes on for ever is cut, at a blank if it can."""
    for line in text.split("\n"):
        rest = line
        while len(rest) > _LONGEST:
            at = rest.rfind(" ", _LONG, _LONGEST) + 1 or _LONGEST
            yield rest[:at]
            rest = rest[at:]
        yield rest


def _ends_before(line: str, page: Sequence[str], size: int, *, fenced: bool) -> bool:
    if size >= 2 * _LONGEST or len(page) >= 2 * _MOST_LINES:
        return True
    if fenced:
        return False
    if size >= _LONG and line.startswith("#"):
        return True
    enough = size >= _LONGEST or len(page) >= _MOST_LINES
    return enough and not page[-1].strip() and line[:1] not in (" ", "\t")


def read_checklist(tree: Tree, listed: Listed) -> Checklist:
    """A checklist, its headings and what it asks to check."""
    path = where(listed)
    entries = yaml_of(tree, path).get("list", [])
    if not isinstance(entries, list) or not entries:
        tree.findings.add(ITEM, path, _("There is no list in it."), _add("list"))
        return Checklist(listed=listed, lines=())
    lines = tuple(_check_lines(tree, path, entries[:_MOST_ITEMS]))
    return Checklist(listed=listed, lines=lines)


def _check_lines(tree: Tree, path: str, entries: list[Value]) -> Iterator[CheckLine]:
    good = 0
    for number, entry in enumerate(entries, 1):
        if isinstance(entry, dict) and len(entry) == 1:
            ((key, text),) = entry.items()
            if key in ("label", "check") and isinstance(text, str) and text.strip():
                good += 1
                yield CheckLine(text=" ".join(text.split()), heading=key == "label")
                continue
        if number - good > MOST_OF_A_KIND:
            continue
        words = _("Line {number} of the list is neither 'check' nor 'label'.")
        fix = _("Write '- check: …' or '- label: …'.")
        tree.findings.add(ITEM, path, words.format(number=number), fix)


def read_form(tree: Tree, listed: Listed) -> PackForm:
    """A form, its screens and their items."""
    path = where(listed)
    screens = yaml_of(tree, path).get("screens", [])
    found: list[FormScreen] = []
    for number, screen in enumerate(screens if isinstance(screens, list) else [], 1):
        if not isinstance(screen, dict) or not isinstance(screen.get("items"), list):
            what = _("Screen {number} has no items.").format(number=number)
            tree.findings.add(ITEM, path, what, _add("items"))
            continue
        items = tuple(_items(tree, path, screen["items"], number))
        found.append(FormScreen(title=_text(screen, "title"), items=items))
    if not found:
        what = _("There is no screen in it.")
        tree.findings.add(ITEM, path, what, _add("screens"))
    return PackForm(listed=listed, screens=tuple(found))


def _add(key: str) -> str:
    return _("Add '{key}:'.").format(key=key)


def _items(tree: Tree, path: str, items: Value, screen: int) -> Iterator[FormItem]:
    for number, item in enumerate(items if isinstance(items, list) else [], 1):
        place = {"number": number, "screen": screen}
        if not isinstance(item, dict):
            words = _("Item {number} of screen {screen} is no item.")
            fix = _("Give it a type.")
            tree.findings.add(ITEM, path, words.format(**place), fix)
            continue
        label = _text(item, "label")
        if not label:
            words = _("Item {number} of screen {screen} has no label.")
            tree.findings.add(ITEM, path, words.format(**place), _add("label"))
        yield FormItem(
            kind=_kind(tree, path, _text(item, "type"), place),
            label=label or _text(item, "name"),
            name=_text(item, "name"),
            hint=_text(item, "hint"),
            options=tuple(_options(tree, path, item.get("options", []), place)),
        )


def _kind(tree: Tree, path: str, word: str, place: dict[str, int]) -> ItemKind:
    if word in list(ItemKind):
        return ItemKind(word)
    words = _("Item {number} of screen {screen} is of no known type.")
    fix = _("Use: {words}.").format(words=", ".join(ItemKind))
    tree.findings.add(ITEM, path, words.format(**place), fix)
    return ItemKind.LONG


def _options(
    tree: Tree, path: str, options: Value, place: dict[str, int]
) -> Iterator[str]:
    for option in options if isinstance(options, list) else []:
        if isinstance(option, dict) and (label := _text(option, "label")):
            yield label
        else:
            words = _("Item {number} of screen {screen} has an option without a label.")
            tree.findings.add(ITEM, path, words.format(**place), _add("label"))


def _text(values: dict[str, Value], key: str) -> str:
    value = values.get(key, "")
    return " ".join(value.split()) if isinstance(value, str) else ""
