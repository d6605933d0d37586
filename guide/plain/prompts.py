"""What can be typed now, in the fewest words: they are heard at every prompt."""

from __future__ import annotations

from collections.abc import Sequence

from guide.model.sheet import Row, RowKind, Sheet
from guide.plain.lines import is_question
from guide.words import _

LOCK = "\x0c"  # Ctrl+L, where a terminal hands it on
_SHORT = 30
NEXT, GO = "next", "go:"  # the rows that only lead on, and answer nothing else


def prompt(sheet: Sheet, rows: Sequence[Row]) -> str:
    """The words before the place where the reader types."""
    if not (rows or sheet.ask or sheet.form):
        return _("Enter or b for back, ? for help, q to leave")
    parts = [_what(sheet, rows), _enter(sheet, rows), usual()]
    words = ", ".join(part for part in parts if part)
    return words[:1].upper() + words[1:]


def usual() -> str:
    """What can be typed at every prompt."""
    return _("b for back, ? for help, q to leave")


def _what(sheet: Sheet, rows: Sequence[Row]) -> str:
    if sheet.form:
        return _("Type a number")
    if any(row.kind is RowKind.BOX for row in rows):
        return _("Type numbers to tick")
    if sheet.ask:
        short = len(sheet.ask.label) <= _SHORT and not is_question(sheet)
        what = sheet.ask.label if short else _("Type it")
        return _("{what}, or a number").format(what=what) if rows else what
    return _("Type a number")


def _enter(sheet: Sheet, rows: Sequence[Row]) -> str:
    if sheet.form:
        missing = sheet.form.missing
        return _("Enter for what is missing") if missing else _("Enter to finish")
    if sheet.ask:
        keeps = sheet.ask.value and not sheet.ask.live
        return _("Enter to use what is there") if keeps else ""
    row = by_enter(sheet, rows)
    if row is None:
        return ""
    kept = row.kind is RowKind.CHOICE and row.on
    return _("Enter to keep your answer") if kept else _("Enter to go on")


def by_enter(sheet: Sheet, rows: Sequence[Row]) -> Row | None:
    """The row that Enter alone chooses: the answer so far, or the one way on.

    Never one that does something: that takes its number.
    """
    if sheet.form:
        return next((row for row in rows if row.kind is RowKind.BUTTON), None)
    chosen = [row for row in rows if row.kind is RowKind.CHOICE and row.on]
    ways = [row for row in rows if row.value in (NEXT, GO)]
    return next(iter([*chosen, *ways]), None)


def help_lines(*, forms: bool) -> list[str]:
    """What each sign at a prompt does."""
    signs = {
        _("A number"): _("chooses that line. Some pages take several: 1 3 4"),
        _("The first letters of a line"): _("choose it too, if they fit one only"),
        "b": _("back"),
        "s": _("skip this question"),
        "u": _("not sure"),
        "w": _("why we ask"),
        "p": _("say this page once more"),
        "r": _("review what you said, and change it"),
        "/ " + _("and a word"): _("search"),
        "g": _("go to: home, plan, incidents, timeline, letters, mail, …"),
        "h " + _("or") + " !": _("help lines"),
        "y": _("say the text to copy"),
        "lock": _("close what is kept, until the passphrase is typed"),
        "q": _("leave now. Ctrl+C leaves at once, too"),
        "=": _("in front of an answer: takes it as it is, as in =q"),
    }
    if forms:
        signs["-"] = _("empties a field. Enter alone keeps it")
    told = [f"{sign}: {what}." for sign, what in signs.items()]
    return ["", *told, _("Nothing you type here is sent to anyone.")]
