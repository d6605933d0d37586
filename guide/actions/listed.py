"""The lists of the data files as blocks: each entry with the month of its check.

Only a page that has a list in it needs this; it is read when such a page is shown.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

from guide.actions.desk import Desk
from guide.library.months import stale
from guide.library.tables import COMMANDS, Shown, listed, parts
from guide.model.tables import Listed
from guide.model.text import Block, BlockKind, Span, heading, paragraph
from guide.words import _


def with_lists(
    desk: Desk, text: str, written: Callable[[str], tuple[Block, ...]]
) -> Iterator[Block]:
    """The blocks of *text*: what is *written*, and each list in its place."""
    level = 1  # the title of the screen
    for part in parts(text):
        if isinstance(part, str):
            blocks = written(part)
            heads = [each.level for each in blocks if each.kind is BlockKind.HEADING]
            level = heads[-1] if heads else level
            yield from blocks
        else:
            yield from _list(desk, part, level + 1)


def _list(desk: Desk, shown: Shown, level: int) -> Iterator[Block]:
    entries = listed(shown.table, shown.view, desk.library.data)
    if not entries:
        yield paragraph(_("The list that belongs here cannot be shown."))
    for entry in entries:
        yield from _line(entry) if entry.brief else _entry(entry, level, desk.today())
    if entries and entries[0].brief:
        oldest = min(entry.checked for entry in entries)
        yield _checked(oldest, desk.today(), check_first=False)


def _line(entry: Listed) -> Iterator[Block]:
    unsure = _("(check first)")
    for key, text in entry.texts:
        whole = f"{text}  {unsure}" if entry.check_first else text
        yield _field(f"{entry.name}: ", whole, len(text) if key in COMMANDS else 0)


def _entry(entry: Listed, level: int, today: date) -> Iterator[Block]:
    yield heading(entry.name, level)
    labels = _labels()
    for key, text in entry.texts:
        yield _field(f"{labels[key]}: ", text, len(text) if key in COMMANDS else 0)
    yield _checked(entry.checked, today, check_first=entry.check_first)


def _field(lead: str, text: str, typed: int = 0) -> Block:
    """A line whose first *typed* letters are to be typed as they stand."""
    spans = (Span(start=0, end=typed, style="code"),) if typed else ()
    return Block(kind=BlockKind.FIELD, lead=lead, text=text, spans=spans)


def _checked(month: str, today: date, *, check_first: bool) -> Block:
    if stale(month, today):
        words = _("Checked {month}, so check it first.")
    elif check_first:
        words = _("Check first: this may differ for you. Checked {month}.")
    else:
        words = _("Checked {month}.")
    return _field("", words.format(month=month))


def _labels() -> dict[str, str]:
    """What stands before each text; a test holds them against the lists."""
    return {
        **_label_chat(),
        "save": _("Save it"),
        "show": _("See the headers"),
        "filter": _("File it away"),
        "block": _("Block"),
        "quiet": _("The quiet way"),
        "notices": _("What they may notice"),
        "report": _("Report"),
        "outside": _("Without an account"),
        "export": _("Ask for your data"),
        "holds": _("What it holds"),
        "capture": _("When you save it"),
        "taken_back": _("What they can take back"),
        "law": _("The rule"),
        "exception": _("Exceptions"),
        "web": _("Web"),
        "who": _("Who it is for"),
        "reach": _("How to reach it"),
        "needs": _("What it asks for"),
        "how": _("How it works"),
        "time": _("How long it may take"),
        "shown_to": _("Who may see it"),
        "limits": _("Its limits"),
    }


def _label_chat() -> dict[str, str]:
    return {
        "ignore": _("Type"),
        "undo": _("To undo it"),
        "hide": _("Hide it and keep the log"),
        "menu": _("In the menu"),
        "note": _("Note"),
    }
