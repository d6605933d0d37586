"""One reader, one journey, line by line: say a sheet, ask, hand the answer on."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import suppress

from guide.actions.journey import Journey
from guide.model.conditions import SKIPPED, UNSURE
from guide.model.problems import GuideError, InvalidAnswerError
from guide.model.sheet import Row, RowKind, Sheet
from guide.plain.commands import command
from guide.plain.forms import FormTalk
from guide.plain.hearing import Hearing
from guide.plain.lines import exactly, is_question, said, state_words, ticked
from guide.plain.prompts import GO, LOCK, by_enter, prompt
from guide.plain.talk import AwayError, Talk
from guide.plain.waiting import soon_over, wait_for_work
from guide.words import _

LOOK, PLAIN = "look:", "plain"
_NUMBERS = re.compile(r"[\s,]*\d{1,4}(?:[\s,]+\d{1,4})*[\s,]*")
_PERIOD = (".", "?", "!", ":")


class Session:
    """Talks until the reader leaves. ``EOFError`` says that nobody answers."""

    def __init__(self, journey: Journey, talk: Talk) -> None:
        self.journey, self.talk = journey, talk
        self._form = FormTalk(self)
        self._hearing = Hearing(self._form.is_new)
        self._to_hide = False  # something from the notes may stand in the window
        talk.look = self._lock_if_away

    def run(self, lead: Callable[[Session], bool] = lambda _session: False) -> None:
        """Turn after turn, until the reader leaves or *lead* says that all is done."""
        while not self.journey.left and not lead(self):
            self.turn()

    def turn(self) -> None:
        """Say what is new, ask, and do what was typed.

        Once all is locked, nothing that was said before can be read in the window.
        """
        self._hide_what_is_locked()
        with suppress(AwayError):
            self._turn()

    def _lock_if_away(self) -> None:
        if self.journey.lock_if_idle():
            raise AwayError

    def _hide_what_is_locked(self) -> None:
        shut = self.journey.is_shut
        if shut and self._to_hide:
            self.talk.hide()
            self.again()
        self._to_hide = not shut

    def _turn(self) -> None:
        if self.journey.place.waits and soon_over(self):
            return
        sheet = self.journey.sheet()
        self.talk.tell(self._hearing.hear(sheet))
        if sheet.leaves:
            self.journey.open("leave")
            return
        if self.journey.place.waits:
            wait_for_work(self)
            return
        early = self.talk.take_early().strip()
        if sheet.form and self._form.is_new(sheet) and not early:
            self._form.walk(sheet)
            return
        words = prompt(sheet, sheet.rows)
        if sheet.ask and sheet.ask.secret:
            self._take_if_there(sheet, self.talk.ask_secret(words))
        else:
            short = sheet.ask is None and sheet.form is None
            self._take_if_there(sheet, early or self.talk.ask(words, short=short))

    def _take_if_there(self, sheet: Sheet, typed: str) -> None:
        """Do what was typed, unless the reader was away so long that all is locked."""
        if self.journey.touch():
            self.again()
        else:
            wanted = typed.strip().lower() == "lock" and not sheet.ask
            self.take(sheet, LOCK if wanted else typed)

    def again(self) -> None:
        """Say the whole screen at the next turn."""
        self._hearing.forget()

    def more_lines(self) -> list[str]:
        """The lines up to an empty one."""
        lines: list[str] = []
        with suppress(EOFError):  # the end of what is typed ends the text, too
            while line := self.talk.ask(_("More, or Enter to end")).strip():
                lines.append(line)
        return lines

    def take(self, sheet: Sheet, typed: str) -> None:
        """Do what *typed* asks for. A refusal is said, and nothing has moved."""
        typed, secret = typed.strip(), typed
        try:
            if LOCK in secret:
                self.journey.open("lock")
            elif sheet.ask and sheet.ask.secret:
                self._take_secret(sheet, secret)
            elif sheet.ask and typed.startswith("="):
                self._answer(sheet, typed[1:])
            elif not command(self, sheet, typed):
                self._choose_or_answer(sheet, typed)
        except GuideError as error:
            self.tell_error(error)

    def _take_secret(self, sheet: Sheet, typed: str) -> None:
        """A sign or a number, else a secret: as it was typed, and not said back."""
        sign = typed.strip()
        if len(sign) == 1 and command(self, sheet, sign):
            return
        if len(sign) == 1 and sign.isdecimal() and sheet.rows:
            self._by_numbers(sheet, [int(sign)])
        elif sign:
            self.journey.typed(typed)
            self.talk.tell([_("Taken. It is not said back.")])

    def tell_error(self, error: GuideError) -> None:
        """Say what went wrong and what to do."""
        self.talk.tell(said(_("Error"), f"{error.what} {error.next_step}"))

    def _choose_or_answer(self, sheet: Sheet, typed: str) -> None:
        if _NUMBERS.fullmatch(typed) and (sheet.rows or sheet.form):
            numbers = [int(each) for each in typed.replace(",", " ").split()]
            if all(1 <= n <= self._count(sheet) for n in numbers) or not sheet.ask:
                self._by_numbers(sheet, numbers)
                return
        if sheet.ask and (typed or not sheet.ask.live):
            self._answer(sheet, typed or sheet.ask.value)
        elif not typed:
            self._by_enter(sheet)
        else:
            self._by_letters(sheet, typed)

    @staticmethod
    def _count(sheet: Sheet) -> int:
        return len(sheet.rows) + (len(sheet.form.fields) if sheet.form else 0)

    def _by_numbers(self, sheet: Sheet, numbers: list[int]) -> None:
        last = self._count(sheet)
        if not all(1 <= number <= last for number in numbers):
            words = _("Please choose a number from 1 to {last}.")
            raise InvalidAnswerError(next_step=words.format(last=last))
        fields = len(sheet.form.fields) if sheet.form else 0
        if len(numbers) == 1 and numbers[0] <= fields:
            self._form.change(sheet, numbers[0])
            return
        rows = [(sheet.rows[n - fields - 1], n) for n in dict.fromkeys(numbers)]
        if len(rows) > 1 and any(row.kind is not RowKind.BOX for row, _n in rows):
            raise InvalidAnswerError(next_step=_("Please choose one number here."))
        for row, number in rows:
            self.choose(row, number)
        if rows[0][0].kind is RowKind.BOX:
            self.talk.tell([ticked(self.journey.sheet().rows)])

    def _by_enter(self, sheet: Sheet) -> None:
        if sheet.form and sheet.form.missing:
            self._form.fill_missing(sheet)
            return
        row = by_enter(sheet, sheet.rows)
        if row is not None:
            self.choose(row, sheet.rows.index(row) + 1)
        elif not sheet.rows:
            self.back()
        else:
            raise InvalidAnswerError

    def _by_letters(self, sheet: Sheet, typed: str) -> None:
        known = typed.casefold()
        found = [
            (row, number)
            for number, row in enumerate(sheet.rows, 1)
            if len(typed) > 1 and row.text.casefold().startswith(known)
        ]
        exact = [pair for pair in found if pair[0].text.casefold() == known]
        found = exact or found
        if len(found) != 1:
            raise InvalidAnswerError(
                next_step=_("Type one of the numbers, or ? for help.")
            )
        self.choose(*found[0])

    def choose(self, row: Row, number: int) -> None:
        """Choose *row*, and say back what was chosen."""
        boxes = [box.text for box in self.journey.sheet().rows if _is_ticked(box)]
        self.journey.choose(row.value)
        if row.value == GO:
            self._say_choice("; ".join(boxes), saved=True)
            return
        match row.kind:
            case RowKind.TASK:
                state = state_words(self._row(row).state)
                name = _("Task {number}").format(number=number)
                self.talk.tell(said(name, f"{state}."))
            case RowKind.BOX:
                state = _("ticked") if self._row(row).on else _("not ticked")
                self.talk.tell(said(_("Choice"), f"{row.text}: {state}."))
            case _:
                self._say_choice(row.text, saved=row.kind is RowKind.CHOICE)
        if row.value.startswith(LOOK):
            self._keep_plain()

    def _say_choice(self, text: str, *, saved: bool) -> None:
        words = text if text.endswith(_PERIOD) else f"{text}."
        if saved:
            kept = _("yes") if self.journey.desk.saving else _("no")
            words += " " + _("Saved on this computer: {kept}.").format(kept=kept)
        self.talk.tell(said(_("Choice"), words))

    def _keep_plain(self) -> None:
        """A look was chosen; here there is nothing to look at, so go on."""
        words = _(
            "Plain mode stays on now. To see that look, leave, then start with: "
            "guide --tui"
        )
        if self.journey.look != PLAIN:
            self.talk.tell(said(_("Note"), words))
        rows = self.journey.sheet().rows
        self.journey.choose(next(r.value for r in rows if r.kind is RowKind.BUTTON))

    def _row(self, row: Row) -> Row:
        rows = self.journey.sheet().rows
        return next((each for each in rows if each.value == row.value), row)

    def _answer(self, sheet: Sheet, text: str) -> None:
        kept = sheet.ask.value if sheet.ask else ""
        if sheet.ask and sheet.ask.long and text and text != kept:
            text = "\n".join([text, *self.more_lines()])
        self.journey.typed(text)
        if is_question(sheet):
            self._say_choice(text, saved=True)
        else:
            self.talk.tell(exactly(_("Choice"), text))

    def skip(self, sheet: Sheet, way: str) -> None:
        """Skip the question, or say "not sure", where it has that answer."""
        names = (SKIPPED, "skip") if way == SKIPPED else (UNSURE,)
        for number, row in enumerate(sheet.rows, 1):
            if row.value in names:
                self.choose(row, number)
                if row.kind is RowKind.BOX:
                    self._by_enter(sheet)
                return
        row_on = by_enter(sheet, sheet.rows)
        if way == SKIPPED and row_on and not is_question(sheet):
            self.choose(row_on, sheet.rows.index(row_on) + 1)
            return
        raise InvalidAnswerError(
            _("This page does not have that answer. Nothing was changed."),
            _("Please choose one of the answers shown, or b to go back."),
        )

    def back(self) -> None:
        """One screen back, said again."""
        if self.journey.back():
            self.again()
        else:
            self.talk.tell([_("This is the first page. Type q to leave.")])


def _is_ticked(row: Row) -> bool:
    return row.kind is RowKind.BOX and row.on
