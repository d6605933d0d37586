"""What was chosen or typed, read as an answer to a question. Pure.

It takes an option by its id or by the number shown, and refuses, in words for the
reader, what the question does not offer.
"""

from __future__ import annotations

from datetime import date

from guide.model.conditions import SKIPPED, UNSURE, Answers, AnswerValue
from guide.model.content import AnswerKind, Option, Question
from guide.model.problems import InvalidAnswerError
from guide.words import _

LONGEST_ANSWER = 2_000
_RESERVED = (UNSURE, SKIPPED)


def parse_answer(question: Question, text: str, facts: Answers) -> AnswerValue:
    """Read *text* as an answer: ids, numbers as shown, or what was typed.

    Raises InvalidAnswerError, which says what to do, when it cannot be one.
    """
    text = text.strip()
    if text in _RESERVED and (not question.required or question.option(text)):
        many = question.kind is AnswerKind.MANY
        return (text,) if many else text
    options = [option for option in question.options if option.when.holds(facts)]
    match question.kind:
        case AnswerKind.ONE:
            return _one(options, text).id
        case AnswerKind.MANY:
            return _some(options, text)
        case AnswerKind.DATE:
            return _date(text)
        case _:
            return _typed(question.kind, text)


def _one(options: list[Option], text: str) -> Option:
    for number, option in enumerate(options, 1):
        if text in (option.id, str(number)):
            return option
    last = len(options)
    raise InvalidAnswerError(
        next_step=_("Please choose a number from 1 to {last}.").format(last=last)
    )


def _some(options: list[Option], text: str) -> tuple[str, ...]:
    words = text.replace(",", " ").split()
    chosen = {_one(options, word).id for word in words}
    if not chosen:
        raise InvalidAnswerError(
            _("Nothing is ticked yet. Nothing was changed."),
            _("Tick what fits. The lines at the end are also answers."),
        )
    alone = [option.id for option in options if option.only and option.id in chosen]
    if alone and len(chosen) > 1:
        raise InvalidAnswerError(
            next_step=_("That answer stands alone. Untick it, or untick the others.")
        )
    return tuple(option.id for option in options if option.id in chosen)


def _date(text: str) -> str:
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise InvalidAnswerError(
            _("That is not a date this guide can read. Nothing was changed."),
            _("Write it as year-month-day, for example 2026-03-09."),
        ) from None


def _typed(kind: AnswerKind, text: str) -> str:
    if not text:
        raise InvalidAnswerError(
            _("Nothing is written yet. Nothing was changed."),
            _("Write something, or choose Skip."),
        )
    if len(text) > LONGEST_ANSWER:
        what = _("That is longer than {most} characters. Nothing was changed.")
        raise InvalidAnswerError(
            what.format(most=LONGEST_ANSWER), _("Please write it shorter.")
        )
    if kind is AnswerKind.EMAIL and "@" not in text.strip("@"):
        raise InvalidAnswerError(
            _("That does not look like an email address. Nothing was changed."),
            _("It has an @ in the middle, as in name@example.com."),
        )
    return text
