"""What is asked about an incident and about a talk, one gentle thing at a time."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from guide.actions.notes import CONTACT, EVIDENCE, INCIDENT
from guide.words import _


class StepKind(StrEnum):
    """What can be answered."""

    LINE = "line"
    LONG = "long"
    WHEN = "when"
    WHO = "who"
    DAY = "day"


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One thing that is asked. ``name`` is how lists call the answer."""

    id: str
    name: str
    title: str
    hint: str
    kind: StepKind = StepKind.LINE
    can_be_unknown: bool = False


def steps_of(kind: str) -> tuple[Step, ...]:
    """Everything that is asked about a record of this kind, in order."""
    of = {INCIDENT: _incident, CONTACT: _contact, EVIDENCE: _evidence}
    return of[kind]()


def _incident() -> tuple[Step, ...]:
    return (*_what_happened(), *_around_it())


def _what_happened() -> tuple[Step, ...]:
    return (
        Step(
            id="account",
            name=_("What happened"),
            title=_("What happened, in your words?"),
            hint=_(
                "Write as it comes. There is no wrong order, and small things count. "
                "You can stop at any time."
            ),
            kind=StepKind.LONG,
        ),
        Step(
            id="when",
            name=_("When"),
            title=_("When was it?"),
            hint=_(
                "For example: 2026-11-03 22:10, yesterday about 9, between 9 pm and "
                "11 pm. Roughly is fine."
            ),
            kind=StepKind.WHEN,
            can_be_unknown=True,
        ),
        Step(
            id="platform",
            name=_("How"),
            title=_("How did it reach you?"),
            hint=_("For example: email, a call, the name of an app, in person."),
            can_be_unknown=True,
        ),
        Step(
            id="where",
            name=_("Where"),
            title=_("Where was it?"),
            hint=_("A place, a page, a group, an account. Only as exact as you like."),
            can_be_unknown=True,
        ),
        Step(
            id="who",
            name=_("Who"),
            title=_("Who did it?"),
            hint=_("A name, an address or a number. Not knowing is an answer, too."),
            kind=StepKind.WHO,
        ),
    )


def _around_it() -> tuple[Step, ...]:
    return (
        Step(
            id="witnesses",
            name=_("Witnesses"),
            title=_("Did anyone see or hear it?"),
            hint=_("One name a line. Nobody is asked or told by this."),
            kind=StepKind.LONG,
            can_be_unknown=True,
        ),
        Step(
            id="effect",
            name=_("Effect on you"),
            title=_("What did it do to you?"),
            hint=_("Such as fear, lost sleep, a changed way home. Only if you like."),
            kind=StepKind.LONG,
            can_be_unknown=True,
        ),
        Step(
            id="done",
            name=_("What you did"),
            title=_("What did you do about it?"),
            hint=_("Such as blocked them, saved it, left. Nothing is fine, too."),
            kind=StepKind.LONG,
            can_be_unknown=True,
        ),
        Step(
            id="told",
            name=_("Told"),
            title=_("Whom did you tell?"),
            hint=_("One a line: a friend, an app, the police, with any number given."),
            kind=StepKind.LONG,
            can_be_unknown=True,
        ),
        Step(
            id="note",
            name=_("Private note"),
            title=_("Anything only for yourself?"),
            hint=_("This note is in no export and no search of the record."),
            kind=StepKind.LONG,
        ),
    )


def _contact() -> tuple[Step, ...]:
    return (*_whom(), *_what_came_of_it())


def _whom() -> tuple[Step, ...]:
    return (
        Step(
            id="organisation",
            name=_("Office"),
            title=_("Whom did you talk to?"),
            hint=_("The company, app, police station, court, school or office."),
        ),
        Step(
            id="when",
            name=_("When"),
            title=_("When was that?"),
            hint=_("For example: today, yesterday about 9, 2026-11-03 14:30."),
            kind=StepKind.WHEN,
        ),
        Step(
            id="person",
            name=_("Person"),
            title=_("Who was it there?"),
            hint=_("A name or a role, if they gave one."),
        ),
        Step(
            id="badge_number",
            name=_("Badge or staff number"),
            title=_("Did they have a badge or staff number?"),
            hint=_("You can ask for it the next time, too."),
        ),
        Step(
            id="channel",
            name=_("How"),
            title=_("How did you talk?"),
            hint=_("For example: phone, email, chat, at the counter, a form."),
        ),
    )


def _what_came_of_it() -> tuple[Step, ...]:
    return (
        Step(
            id="reference",
            name=_("Reference"),
            title=_("Did they give a number for it?"),
            hint=_("A ticket, case, report or crime number."),
        ),
        Step(
            id="outcome",
            name=_("What they said"),
            title=_("What did they say or do?"),
            hint=_("In their words, if you can. A few lines are enough."),
            kind=StepKind.LONG,
        ),
        Step(
            id="promised",
            name=_("What they promised"),
            title=_("What did they promise?"),
            hint=_("Such as a call back, an answer, a patrol."),
            kind=StepKind.LONG,
        ),
        Step(
            id="follow_up",
            name=_("Ask again on"),
            title=_("When do you want to ask again?"),
            hint=_("For example: 2026-12-01, in 2 weeks, Monday. The guide shows it."),
            kind=StepKind.DAY,
        ),
    )


def _evidence() -> tuple[Step, ...]:
    return (
        Step(
            id="source",
            name=_("Where it came from"),
            title=_("Where did it come from?"),
            hint=_("For example: my phone, my mail program, a friend who saw it."),
        ),
        Step(
            id="url",
            name=_("Web address"),
            title=_("Does it have a web address?"),
            hint=_("The address of the page or the account. The guide never opens it."),
        ),
        Step(
            id="by",
            name=_("Saved by"),
            title=_("Who saved it?"),
            hint=_("Your name, or who did it for you. It shows whose hands it was in."),
        ),
        Step(
            id="when",
            name=_("When it was saved"),
            title=_("When was it saved?"),
            hint=_(
                "When the screen was captured, or the file was saved. For example: "
                "yesterday about 9, 2026-11-03 14:30. Roughly is fine."
            ),
            kind=StepKind.WHEN,
        ),
        Step(
            id="note",
            name=_("Note"),
            title=_("Anything else about it?"),
            hint=_("Such as what it shows, or which device it was on."),
            kind=StepKind.LONG,
        ),
    )
