"""What one letter at a prompt does, on any page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guide.model.conditions import SKIPPED, UNSURE
from guide.model.problems import NotFoundError
from guide.model.sheet import Sheet
from guide.plain.lines import said
from guide.plain.prompts import help_lines
from guide.words import _

if TYPE_CHECKING:
    from guide.plain.session import Session

_OPENS = {"h": "help-lines", "!": "help-lines", "r": "review"}
_ALSO = {"back": "b", "help": "?", "skip": "s", "leave": "q", "quit": "q", "exit": "q"}


def command(session: Session, sheet: Sheet, typed: str) -> bool:
    """Do what the sign *typed* stands for; False when it is no sign."""
    sign = typed.lower()
    if not sheet.ask:
        sign = _ALSO.get(sign, sign)
    if sign in _OPENS:
        session.journey.open(_OPENS[sign])
    elif _moves(session, sheet, sign):
        pass
    elif sign == "/" or (sign.startswith("/") and not sheet.ask):
        _search(session, typed[1:].strip())
    elif sign == "g" or (sign.startswith("g ") and not sheet.ask):
        _go(session, sign[1:].strip())
    else:
        return _says(session, sheet, sign)
    return True


def _moves(session: Session, sheet: Sheet, sign: str) -> bool:
    match sign:
        case "q":
            session.journey.open("leave")
        case "b":
            session.back()
        case "s":
            session.skip(sheet, SKIPPED)
        case "u":
            session.skip(sheet, UNSURE)
        case _:
            return False
    return True


def _says(session: Session, sheet: Sheet, sign: str) -> bool:
    match sign:
        case "?":
            session.talk.tell(help_lines(forms=sheet.form is not None))
        case "w":
            why = sheet.why or _("There is no more to say about this one.")
            session.talk.tell(said(_("Why we ask"), why))
        case "p":
            session.again()
        case "y":
            session.talk.tell(_to_copy(sheet))
        case _:
            return False
    return True


def _to_copy(sheet: Sheet) -> list[str]:
    if not sheet.copy_text:
        return [_("There is no text to copy on this page.")]
    begins, ends = _("The text to copy begins."), _("The text to copy has ended.")
    return ["", begins, "", *sheet.copy_text.strip().split("\n"), "", ends]


def _search(session: Session, words: str) -> None:
    session.journey.open("search")
    if words:
        session.journey.typed(words)


def _go(session: Session, place: str) -> None:
    place = place or session.talk.ask(_go_words()).strip().lower()
    if not place:
        return
    for name, target in _places().items():
        if name.startswith(place):
            session.journey.open(target)
            session.again()
            return
    raise NotFoundError(_("There is no place with that name."), _go_words() + ".")


def _go_words() -> str:
    return _("Go to: {places}").format(places=", ".join(_places()))


def _places() -> dict[str, str]:
    return {
        _("home"): "home",
        _("plan"): "plan",
        _("letters"): "letters",
        _("incidents"): "incidents",
        _("evidence"): "evidence",
        _("timeline"): "timeline",
        _("officials"): "officials",
        _("mail"): "tool:mail",
        _("contents"): "contents",
        _("library"): "library",
        _("keep"): "keep",
        _("commands"): "commands",
        _("case"): "case",
    }
