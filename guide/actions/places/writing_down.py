"""Writing something down: one prompt at a time, each can be skipped; then one look.

Every answer is remembered at once. Back goes one prompt back with nothing lost.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TypeAlias

from guide.actions.desk import Desk
from guide.actions.knowing import called
from guide.actions.notes import Notes, forget, remember
from guide.actions.places.check_notes import check_sheet
from guide.actions.places.correcting import WhyPlace
from guide.actions.places.place import Move, Open, Place, Show
from guide.actions.places.steps import Step, StepKind, steps_of
from guide.actions.recording import NEW, PERSON, UNKNOWN
from guide.model.conditions import SKIPPED, UNSURE
from guide.model.people import Person
from guide.model.problems import InvalidAnswerError
from guide.model.sheet import Ask, Row, RowKind, Sheet
from guide.model.text import Block, paragraph
from guide.model.times import When
from guide.safety.display import show
from guide.words import _

NEXT, CHECK, KEEP, DROP, DROP_SURE, STEP = (
    *("next", "check", "keep", "drop", "drop-sure", "step:"),
)
LONGEST = 100_000
_SENTENCE_ENDS = (".", "!", "?", "\n")
Keeper: TypeAlias = Callable[[Notes, str], Move]


@dataclass(frozen=True, slots=True, kw_only=True)
class Writing:
    """Where a record is written: its trail, and what keeping it leads to.

    ``about`` is shown at the last look: the files that the record goes with.
    ``waiting`` says what is not kept yet, where the record could be kept as it is.
    """

    desk: Desk
    trail: str
    keep: Keeper
    about: tuple[Block, ...] = ()
    waiting: str = ""


class StepPlace(Place):
    """One prompt. ``fixing``: it was opened from the last look, and leads back."""

    def __init__(self, writing: Writing, notes: Notes, *, fixing: bool = False) -> None:
        self._writing, self._fixing = writing, fixing
        self._steps = steps_of(notes.kind)
        self._at = [each.id for each in self._steps].index(notes.step)
        self._notes = notes
        self._text = self._shown()

    @property
    def step(self) -> Step:
        """What is asked."""
        return self._steps[self._at]

    def _shown(self) -> str:
        """What stands on the line at first."""
        value = self._notes.value(self.step.id)
        if self.step.kind is not StepKind.WHO:
            return value
        return value.removeprefix(NEW) if value.startswith(NEW) else ""

    def sheet(self) -> Sheet:
        step, notes = self.step, self._notes
        blocks = [paragraph(step.hint)]
        if step.id in notes.not_known:
            blocks.append(paragraph(_("So far: you don't know.")))
        if self._writing.waiting:
            blocks.append(paragraph(self._writing.waiting))
        progress = _("{step} of {all}").format(step=self._at + 1, all=len(self._steps))
        return Sheet(
            name=f"{notes.kind}-{step.id}",
            title=step.title,
            trail=(self._writing.trail,),
            progress=progress,
            blocks=tuple(blocks),
            rows=tuple(self._rows()),
            ask=Ask(
                label=step.title,
                value=self._text,
                verb=_("Go on"),
                long=step.kind is StepKind.LONG,
            ),
        )

    def _rows(self) -> list[Row]:
        rows: list[Row] = []
        if self.step.kind is StepKind.LONG:
            rows.append(_button(NEXT, _("Go on"), key="n"))
        if self.step.kind is StepKind.WHO:
            rows += self._people()
        if self.step.can_be_unknown:
            rows.append(_button(UNSURE, _("I don't know")))
        rows.append(_button(SKIPPED, _("Skip this")))
        if self._at or self._fixing or self._writing.waiting:
            rows.append(_button(CHECK, _("That is all: look it over and keep it")))
        return rows

    def _people(self) -> list[Row]:
        chosen = self._notes.value("who")
        rows = [
            _choice(f"{PERSON}{each.id}", show(called(each), limit=80), chosen)
            for each in self._known()
        ]
        return [*rows, _choice(UNKNOWN, _("Somebody I don't know"), chosen)]

    def _known(self) -> tuple[Person, ...]:
        return self._writing.desk.vault.people()

    def typing(self, text: str) -> None:
        ended = text.endswith(_SENTENCE_ENDS) and len(text) > len(self._text)
        self._text = text
        if ended and len(text) <= LONGEST:
            self._remember(self._saying(text))

    def typed(self, text: str) -> Move:
        self._text = text
        return self._answered(text)

    def pause(self) -> None:
        notes = self._with_text()
        if notes != self._notes:
            self._remember(notes)

    def choose(self, value: str) -> Move:
        if value == UNSURE and self.step.can_be_unknown:
            return self._moved(self._notes.not_knowing(self.step.id))
        if value == SKIPPED:
            return self._moved(self._notes)
        if value.startswith(PERSON) or value == UNKNOWN:
            return self._moved(self._notes.saying("who", value))
        if value == CHECK:
            notes = self._with_text()
            return Show(LookPlace(self._writing, self._remember(notes)))
        if value == NEXT:
            return self._answered(self._text)
        return Open(value)

    def _answered(self, text: str) -> Move:
        if len(text) > LONGEST:
            what = _("That is longer than {most} characters. Nothing was changed.")
            then = _("Write it in two parts, as two entries.")
            raise InvalidAnswerError(what.format(most=LONGEST), then)
        if not text.strip() or text == self._shown():
            cleared = self._shown() and not text.strip()
            notes = self._saying("") if cleared else self._notes
            return self._moved(notes)
        if self.step.kind in (StepKind.WHEN, StepKind.DAY):
            from guide.actions.places.moment import moment_place

            return Show(moment_place(self, text))
        return self._moved(self._saying(text))

    def _saying(self, text: str) -> Notes:
        if self.step.kind is StepKind.WHO and text:
            text = f"{NEW}{text}"
        if self.step.kind is StepKind.WHEN:
            return self._notes.happening(When())
        return self._notes.saying(self.step.id, text)

    def _with_text(self) -> Notes:
        """The notes with what stands on the line; a time has to be read first."""
        if self._text == self._shown() or not self._text.strip():
            return self._notes
        if self.step.kind in (StepKind.WHEN, StepKind.DAY) or len(self._text) > LONGEST:
            return self._notes
        return self._saying(self._text)

    def _remember(self, notes: Notes) -> Notes:
        remember(self._writing.desk, notes)
        self._notes = notes
        return notes

    def _moved(self, notes: Notes) -> Move:
        """On to the next prompt, or to the last look."""
        if self._fixing or self._at + 1 == len(self._steps):
            step = notes.step
        else:
            step = self._steps[self._at + 1].id
        notes = self._remember(replace(notes, step=step))
        if self._fixing or self._at + 1 == len(self._steps):
            return Show(LookPlace(self._writing, notes))
        return Show(StepPlace(self._writing, notes))

    # What the screen that shows a time as it was understood needs of this one.

    @property
    def writing(self) -> Writing:
        """Where this is written."""
        return self._writing

    def understood_as(self, when: When) -> Move:
        """The time is right as it was shown."""
        return self._moved(self._notes.happening(when))

    def on_day(self, day: str) -> Move:
        """The day is right as it was shown."""
        return self._moved(self._notes.saying(self.step.id, day))

    def again(self, text: str) -> StepPlace:
        """The same prompt, with *text* on the line."""
        place = StepPlace(self._writing, self._notes, fixing=self._fixing)
        place.typing(text)
        return place

    def back(self) -> Place | None:
        notes = self._remember(self._with_text()) if self._text else self._notes
        if self._fixing:
            return LookPlace(self._writing, notes)
        if self._at == 0:
            return None
        step = self._steps[self._at - 1].id
        return StepPlace(self._writing, replace(notes, step=step))


class LookPlace(Place):
    """The last look before something is kept; each part can be changed."""

    def __init__(
        self, writing: Writing, notes: Notes, *, dropping: bool = False
    ) -> None:
        self._writing, self._notes, self._dropping = writing, notes, dropping

    def sheet(self) -> Sheet:
        sheet = check_sheet(self._writing.desk, self._notes, self._writing.trail)
        blocks = (*self._writing.about, *sheet.blocks)
        return replace(sheet, blocks=blocks, rows=self._rows())

    def _rows(self) -> tuple[Row, ...]:
        if self._dropping:
            return (
                _button(CHECK, _("No, keep writing")),
                _button(DROP_SURE, _("Yes, throw away what is written here")),
            )
        group = _("Change or add")
        changes = [
            Row(
                kind=RowKind.LINK,
                value=f"{STEP}{step.id}",
                text=step.name,
                group=group if n == 0 else "",
            )
            for n, step in enumerate(steps_of(self._notes.kind))
        ]
        return (
            _button(KEEP, _("Keep this"), key="k"),
            *changes,
            _button(DROP, _("Throw this away")),
        )

    def choose(self, value: str) -> Move:
        if value.startswith(STEP):
            notes = replace(self._notes, step=value.removeprefix(STEP))
            return Show(StepPlace(self._writing, notes, fixing=True))
        if value in (DROP, CHECK):
            dropping = value == DROP
            return Show(LookPlace(self._writing, self._notes, dropping=dropping))
        if value == DROP_SURE:
            from guide.actions.places.place import Close

            forget(self._writing.desk, self._notes)
            return Close()
        if value != KEEP:
            return Open(value)
        if self._notes.of:
            return Show(WhyPlace(self._writing, self._notes, self))
        return self._writing.keep(self._notes, "")

    def back(self) -> Place | None:
        if self._dropping:
            return LookPlace(self._writing, self._notes)
        if self._notes.of:
            return None
        return StepPlace(self._writing, self._notes)


def _button(value: str, text: str, *, key: str = "") -> Row:
    return Row(kind=RowKind.BUTTON, value=value, text=text, key=key)


def _choice(value: str, text: str, chosen: str) -> Row:
    return Row(kind=RowKind.CHOICE, value=value, text=text, on=value == chosen)
