"""A screen before it is drawn: what both front ends show, each in its own way.

Whatever the reader can see or choose is in the sheet, so the interface and plain
mode cannot come to differ.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from guide.model.content import AnswerKind, FieldKind
from guide.model.progress import TickState
from guide.model.text import Block


class RowKind(StrEnum):
    """How a row behaves when it is chosen."""

    CHOICE = "choice"  # one of several; choosing it answers
    BOX = "box"  # a box to tick; the answer goes with a button
    TASK = "task"  # a line of a checklist, with three states
    LINK = "link"  # opens something
    BUTTON = "button"  # does something


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One line that can be chosen. ``key`` is a letter that chooses it."""

    kind: RowKind
    value: str
    text: str
    on: bool = False
    state: TickState = TickState.NOT_NOW
    key: str = ""
    note: str = ""
    group: str = ""  # a heading above the first row of its group


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """A line to type on."""

    label: str
    kind: AnswerKind = AnswerKind.TEXT
    value: str = ""
    verb: str = ""  # what Enter does with it
    live: bool = False  # what is typed acts at once, as in search
    long: bool = False  # takes more than one line
    secret: bool = False  # never shown, said back, copied or kept in a sheet


@dataclass(frozen=True, slots=True, kw_only=True)
class FormField:
    """One blank of a letter as it is shown."""

    id: str
    label: str
    kind: FieldKind
    value: str
    required: bool = False
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """The blanks of a letter beside the letter itself.

    *kept* where it is a form that the reader keeps, and no letter.
    """

    fields: tuple[FormField, ...]
    preview: tuple[Block, ...]
    missing: tuple[str, ...] = ()  # labels
    kept: bool = False

    @property
    def blanks(self) -> int:
        """How many fields are there to be filled; a yes or no always is."""
        return sum(field.kind is not FieldKind.YESNO for field in self.fields)

    @property
    def filled(self) -> int:
        """How many of them hold something."""
        typed = [field for field in self.fields if field.kind is not FieldKind.YESNO]
        return sum(bool(field.value) for field in typed)


@dataclass(frozen=True, slots=True, kw_only=True)
class Meter:
    """How far something long is; of a total of nothing, nothing is known."""

    done: int = 0
    total: int = 0

    @property
    def percent(self) -> int:
        """From 0 to 100, and 100 only at the end.

        >>> Meter(done=999, total=1000).percent, Meter(done=5).percent
        (99, 0)
        """
        if self.total <= 0:
            return 0
        return max(0, min(self.done, self.total)) * 100 // self.total


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One screen. ``copy_text`` is what the reader may copy from it."""

    name: str
    title: str
    trail: tuple[str, ...] = ()
    progress: str = ""
    blocks: tuple[Block, ...] = ()
    rows: tuple[Row, ...] = ()
    ask: Ask | None = None
    start: int = 0  # the block that is looked at first
    form: Form | None = None
    meter: Meter | None = None  # how far what is at work has come
    why: str = ""
    foot: tuple[
        Block, ...
    ] = ()  # small print: what was said so far, dates, crisis line
    copy_text: str = ""
    leaves: bool = False  # showing it is the end: the program leaves from here
