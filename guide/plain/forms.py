"""The blanks of a letter, asked one after another; then the letter itself.

Enter keeps what is there, a hyphen empties it. Whatever can be typed at other
prompts can be typed here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from guide.model.content import FieldKind
from guide.model.problems import GuideError
from guide.model.sheet import Form, FormField, Sheet
from guide.plain.commands import command
from guide.plain.lines import block_lines, said, wrapped
from guide.plain.prompts import usual
from guide.words import _

if TYPE_CHECKING:
    from guide.plain.session import Session

EMPTY = "-"
_YES_NO = {"y": "yes", "n": "no"}


class FormTalk:
    """Asks for the blanks of the form on top of the journey."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._asked: set[str] = set()

    def is_new(self, sheet: Sheet) -> bool:
        """Whether this form's blanks have not been asked for yet."""
        return sheet.form is not None and sheet.name not in self._asked

    def walk(self, sheet: Sheet) -> None:
        """Ask for each blank in turn, and say the letter at the end."""
        self._asked.add(sheet.name)
        fields = sheet.form.fields if sheet.form else ()
        words = _("Each field is asked for. Enter keeps what is there, - empties it.")
        self._session.talk.tell(["", *wrapped(words)])
        self._ask_each(sheet, list(range(1, len(fields) + 1)))

    def fill_missing(self, sheet: Sheet) -> None:
        """Ask for what the letter cannot do without."""
        form = sheet.form
        missing = form.missing if form else ()
        fields = enumerate(form.fields if form else (), 1)
        self._ask_each(sheet, [n for n, each in fields if each.label in missing])

    def change(self, sheet: Sheet, number: int) -> None:
        """Ask for one blank."""
        self._ask_each(sheet, [number])

    def _ask_each(self, sheet: Sheet, numbers: list[int]) -> None:
        at = 0
        while 0 <= at < len(numbers):
            step = self._ask_one(sheet, numbers[at])
            if step is None:  # the reader went elsewhere
                return
            at += step
        if at < 0:
            self._session.back()
        else:
            self._session.again()

    def _ask_one(self, sheet: Sheet, number: int) -> int | None:
        """Ask for one blank: 1 to go on, -1 to go back, 0 to ask again."""
        now = self._session.journey.sheet().form
        if now is None:
            return None
        field = now.fields[number - 1]
        self._session.talk.tell(_asking(field, number, len(now.fields)))
        typed = self._session.talk.ask(_prompt(field)).strip()
        if self._session.journey.touch():  # the reader was away, and all is locked
            return None
        match typed:
            case "" | "s" | "u":
                return 1
            case "b":
                return -1
            case "w":
                why = field.why or _("There is no more to say about this one.")
                self._session.talk.tell(said(_("Why we ask"), why))
                return 0
            case _:
                return self._take(sheet, field, typed)

    def _take(self, sheet: Sheet, field: FormField, typed: str) -> int | None:
        answer = _YES_NO.get(typed) if field.kind is FieldKind.YESNO else None
        try:
            sign = answer is None and len(typed) == 1
            if sign and command(self._session, sheet, typed):
                return 0 if typed in ("?", "y", "p") else None
            text = self._whole(field, answer or typed)
            self._session.journey.fill(field.id, text)
        except GuideError as error:
            self._session.tell_error(error)
            return 0
        said_back = text.replace("\n", " ") or _("empty")
        self._session.talk.tell(said(_("Choice"), said_back))
        return 1

    def _whole(self, field: FormField, typed: str) -> str:
        if typed == EMPTY:
            return ""
        text = typed.removeprefix("=")
        if field.kind is not FieldKind.LONG:
            return text
        return "\n".join([text, *self._session.more_lines()])


def _asking(field: FormField, number: int, count: int) -> list[str]:
    place = _("Field {number} of {count}").format(number=number, count=count)
    needed = _("It is needed.") if field.required else _("It can stay empty.")
    lines = ["", *said(place, f"{field.label}. {needed}")]
    if field.why:
        lines += wrapped(field.why)
    return [*lines, *said(_("Now"), field.value or _("empty"))]


def _prompt(field: FormField) -> str:
    match field.kind:
        case FieldKind.YESNO:
            what = _("Type yes or no")
        case FieldKind.DATE:
            what = _("Type a date such as 2026-03-09")
        case FieldKind.LONG:
            what = _("Type one or more lines")
        case _:
            what = _("Type it")
    enter = _("Enter to keep it") if field.value else _("Enter to leave it empty")
    return f"{what}, {enter}, {usual()}"


def field_lines(form: Form) -> list[str]:
    """Every blank with its number and value, what is missing, and the letter."""
    lines = ["", *said(_("Heading {level}").format(level=2), _("The fields"))]
    for number, field in enumerate(form.fields, 1):
        value = field.value.replace("\n", " ") or _("empty")
        lines += wrapped(
            f"{number}. {field.label}: {value}", indent="     ", first="  "
        )
    if form.missing:
        lines += said(_("Still missing"), "; ".join(form.missing))
    title = _("The form as it is now") if form.kept else _("The letter as it is now")
    lines += ["", *said(_("Heading {level}").format(level=2), title)]
    return lines + block_lines(form.preview)
