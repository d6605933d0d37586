"""What somebody else wrote to be read here: a pack of lessons, checklists and forms.

Plain values. A pack is no part of the guide: nothing in it has the shape of a page, a
gate, a letter or a help line of ours, so nothing in it can take the place of one.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum


class Shape(StrEnum):
    """In which of the two formats a pack is written."""

    OWN = "guide"
    UMBRELLA = "umbrella"


class PartKind(StrEnum):
    """How deep a folder of lessons stands."""

    MODULE = "module"
    SUBJECT = "subject"
    LEVEL = "level"


class Kind(StrEnum):
    """What one file of a pack is."""

    LESSON = "lesson"
    CHECKLIST = "checklist"
    FORM = "form"


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """Who made a pack, under which licence, and when; "" where it does not say."""

    name: str  # its own name here: everything in it stands under this
    title: str
    author: str = ""
    licence: str = ""
    date: str = ""
    base: str = "en"
    languages: tuple[str, ...] = ()
    shape: Shape = Shape.UMBRELLA


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """One file by its title; what it says is read when it is opened.

    ``path`` stands below the folder of the language, so it names the same lesson
    in every language; ``lang`` is the one that it will be shown in.
    """

    kind: Kind
    path: str
    title: str
    lang: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A module, a subject or a level, with what stands in it in its order."""

    kind: PartKind
    path: str
    title: str
    about: str = ""
    parts: tuple[Part, ...] = ()
    items: tuple[Listed, ...] = ()
    glossary: bool = False  # its lessons are terms, in the order of their titles

    def everything(self) -> Iterator[Listed]:
        """All that stands in it, at any depth, in its order."""
        yield from self.items
        for part in self.parts:
            yield from part.everything()

    def lessons(self) -> tuple[Listed, ...]:
        """The lessons that stand in it directly."""
        return tuple(each for each in self.items if each.kind is Kind.LESSON)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pack:
    """A pack as it is read in one language."""

    about: About
    lang: str
    modules: tuple[Part, ...] = ()
    forms: tuple[Listed, ...] = ()

    def everything(self) -> Iterator[Listed]:
        """Every lesson, checklist and form, in the order they are shown."""
        for module in self.modules:
            yield from module.everything()
        yield from self.forms

    def find(self, path: str) -> Listed | None:
        """What stands at *path*."""
        return next((each for each in self.everything() if each.path == path), None)

    def part(self, path: str) -> Part | None:
        """The module, subject or level at *path*."""
        return next((each for each in self.all_parts() if each.path == path), None)

    def all_parts(self) -> Iterator[Part]:
        """Every module, and then what stands in it."""
        for module in self.modules:
            yield module
            for subject in module.parts:
                yield subject
                yield from subject.parts

    def glossary(self) -> Part | None:
        """The module whose lessons are terms."""
        return next((each for each in self.modules if each.glossary), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Lesson:
    """A lesson: its Markdown, in pages short enough to turn at once."""

    listed: Listed
    pages: tuple[str, ...]
    tasks: tuple[str, ...] = ()  # what it asks to be ticked off


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckLine:
    """A line of a checklist: something to check, or a heading over what follows."""

    text: str
    heading: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Checklist:
    """A list of things to check, in their order."""

    listed: Listed
    lines: tuple[CheckLine, ...]

    @property
    def checks(self) -> int:
        """How many lines can be ticked; a heading cannot."""
        return sum(not line.heading for line in self.lines)


class ItemKind(StrEnum):
    """How one item of a form is filled in."""

    TEXT = "text_input"
    LONG = "text_area"
    MANY = "multiple_choice"
    ONE = "single_choice"
    LABEL = "label"  # only read


@dataclass(frozen=True, slots=True, kw_only=True)
class FormItem:
    """One item of a form. Names repeat, so its place is what tells it apart."""

    kind: ItemKind
    label: str
    name: str = ""
    hint: str = ""
    options: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FormScreen:
    """Items that are asked together."""

    title: str
    items: tuple[FormItem, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PackForm:
    """A form of a pack: its screens in their order."""

    listed: Listed
    screens: tuple[FormScreen, ...]
