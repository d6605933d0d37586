"""What the guide says: the typed shape of everything under ``content/``.

Plain values that know nothing of the reader and read no files; ``guide.library``
builds them and ``guide.interview`` walks them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from guide.model.conditions import ALWAYS, Condition


class PageKind(StrEnum):
    """What a screen is for."""

    QUESTION = "question"
    STEP = "step"
    STOP = "stop"  # emergency, images of minors: cannot be skipped or replaced
    HUB = "hub"
    PAGE = "page"  # to read; stands outside the flow


class AnswerKind(StrEnum):
    """How a question is answered."""

    ONE = "one"
    MANY = "many"
    TEXT = "text"
    DATE = "date"
    EMAIL = "email"
    PHONE = "phone"
    URL = "url"
    HANDLE = "handle"


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One answer that can be chosen, and where it leads."""

    id: str
    text: str
    go: str = ""
    when: Condition = ALWAYS
    only: bool = False  # clears the others in a question with many answers
    line: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What a screen asks. Its answer is kept under ``fact``."""

    fact: str
    kind: AnswerKind = AnswerKind.ONE
    options: tuple[Option, ...] = ()
    required: bool = True
    safer: str = ""  # where "Not sure" and "Skip" lead
    suggest: str = ""

    def option(self, id_: str) -> Option | None:
        """The option with this id, if there is one."""
        return next((option for option in self.options if option.id == id_), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """One line of a checklist."""

    id: str
    text: str
    when: Condition = ALWAYS
    line: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """Where to go when a condition holds; ``because`` is said to the reader."""

    go: str
    when: Condition = ALWAYS
    because: str = ""
    line: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One screen, one file. ``body`` is Markdown without its options and tasks."""

    id: str
    kind: PageKind
    title: str
    chapter: str = ""
    body: str = ""
    why: str = ""
    question: Question | None = None
    tasks: tuple[Task, ...] = ()
    routes: tuple[Route, ...] = ()
    best: tuple[Route, ...] = ()
    offers: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    reviewed: str = ""
    crisis: bool = False
    again: bool = False  # asked afresh after a week, and when the flow leads back
    lang: str = "en"
    path: str = ""

    @property
    def fact(self) -> str:
        """What its answer, or its having been passed, is kept under."""
        return self.question.fact if self.question else self.id


FORM = "me"  # the audience of a form, which the reader keeps


class FieldKind(StrEnum):
    """How a field of a letter is filled in."""

    TEXT = "text"
    LONG = "long"
    DATE = "date"
    EMAIL = "email"
    YESNO = "yesno"
    LIST = "list"  # filled from a message, never typed


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One blank in a letter. Its value is a fact, so it is asked once."""

    id: str
    label: str
    kind: FieldKind = FieldKind.TEXT
    default: str = ""
    required: bool = False
    private: bool = False  # own address, phone or new name
    from_message: bool = False  # read from the message, never typed
    why: str = ""
    line: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """A letter template. ``gate`` is the derived fact that must hold to draft it."""

    id: str
    title: str
    audience: str
    subject: str
    body: str
    fields: tuple[Field, ...] = ()
    gate: str = ""
    once: bool = False  # at most one finished copy for a person, ever
    may_reach: bool = False  # whoever gets it may hand it on to the person
    needs_message: bool = False
    before_you_send: str = ""
    after: str = ""  # the page that says what comes next
    why: str = ""
    reviewed: str = ""
    sources: tuple[str, ...] = ()
    lang: str = "en"
    path: str = ""

    @property
    def is_form(self) -> bool:
        """Whether it is for the reader alone, and is never sent."""
        return self.audience == FORM

    def field(self, id_: str) -> Field | None:
        """The field with this id, if there is one."""
        return next((each for each in self.fields if each.id == id_), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Library:
    """Everything that can be read. Pages and letters are parsed when asked for."""

    title: str
    start: str
    pages: Mapping[str, Page]
    letters: Mapping[str, Letter]
    derived: Mapping[str, Condition] = field(default_factory=dict)
    data: Mapping[str, Mapping[str, object]] = field(default_factory=dict)
    lang: str = "en"
