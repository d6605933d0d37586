"""A time as it was understood, before it is taken: which one, and in which zone."""

from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from guide.actions.places.check_notes import future_warning
from guide.actions.places.place import Move, Open, Place, Show
from guide.actions.places.steps import StepKind
from guide.actions.places.writing_down import StepPlace
from guide.actions.understanding import Here, a_day, understood
from guide.model.problems import InvalidAnswerError
from guide.model.sheet import Ask, Row, RowKind, Sheet
from guide.model.telling import in_words, the_day
from guide.model.text import Block, paragraph
from guide.model.times import When
from guide.safety.display import show
from guide.words import _

WHEN, DAY, AGAIN, ZONE = "when:", "day:", "again", "zone"


def moment_place(asked: StepPlace, text: str, here: Here | None = None) -> Place:
    """What *text* can mean; InvalidAnswerError where nothing."""
    here = here or Here(now=asked.writing.desk.now())
    if asked.step.kind is StepKind.DAY:
        return DayPlace(asked, text, a_day(text, here, ahead=True))
    return MomentPlace(asked, text, here, understood(text, here))


class MomentPlace(Place):
    """Every moment that the words can mean; the reader takes one."""

    def __init__(
        self, asked: StepPlace, text: str, here: Here, found: tuple[When, ...]
    ) -> None:
        self._asked, self._text, self._here, self._found = asked, text, here, found

    def sheet(self) -> Sheet:
        many = len(self._found) > 1
        title = _("Which of these was it?") if many else _("Was it then?")
        typed = _("You wrote: {words}").format(words=show(self._text))
        blocks = [paragraph(typed), *self._warnings(), paragraph(self._zone())]
        return Sheet(
            name="moment",
            title=title,
            trail=(self._asked.writing.trail,),
            blocks=tuple(blocks),
            rows=(*self._readings(), *_other_ways(zone=True)),
        )

    def _warnings(self) -> list[Block]:
        each = [future_warning(self._asked.writing.desk, w) for w in self._found]
        return each[0] if all(each) else []

    def _zone(self) -> str:
        if self._here.name:
            return _("Time zone: {zone}.").format(zone=self._here.name)
        return _("Time zone: the one this computer is set to.")

    def _readings(self) -> list[Row]:
        return [
            Row(kind=RowKind.BUTTON, value=f"{WHEN}{n}", text=_yes(in_words(when)))
            for n, when in enumerate(self._found)
        ]

    def choose(self, value: str) -> Move:
        if value.startswith(WHEN):
            number = int(value.removeprefix(WHEN))
            return self._asked.understood_as(self._found[number])
        if value == AGAIN:
            return Show(self._asked.again(self._text))
        if value == ZONE:
            return Show(ZonePlace(self._asked, self._text))
        return Open(value)

    def back(self) -> Place | None:
        return self._asked.again(self._text)


class ZonePlace(Place):
    """In which time zone the words were meant."""

    def __init__(self, asked: StepPlace, text: str) -> None:
        self._asked, self._text = asked, text

    def sheet(self) -> Sheet:
        words = _(
            "Write it as a part of the world and a city, for example Europe/London or "
            "America/New_York. UTC works, too."
        )
        title = _("Which time zone?")
        return Sheet(
            name="zone",
            title=title,
            trail=(self._asked.writing.trail,),
            blocks=(paragraph(words),),
            ask=Ask(label=title, verb=_("Use it")),
        )

    def typed(self, text: str) -> Move:
        name = text.strip().replace(" ", "_")
        try:
            zone = ZoneInfo(name)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            raise InvalidAnswerError(
                _("There is no time zone with that name. Nothing was changed."),
                _("Write it like Europe/London, with capital letters."),
            ) from None
        here = Here(now=self._asked.writing.desk.now(), zone=zone, name=name)
        return Show(moment_place(self._asked, self._text, here))

    def back(self) -> Place | None:
        return moment_place(self._asked, self._text)


class DayPlace(Place):
    """Every day to come that the words can mean."""

    def __init__(self, asked: StepPlace, text: str, found: tuple[date, ...]) -> None:
        self._asked, self._text, self._found = asked, text, found

    def sheet(self) -> Sheet:
        typed = _("You wrote: {words}").format(words=show(self._text))
        rows = [
            Row(
                kind=RowKind.BUTTON,
                value=f"{DAY}{day.isoformat()}",
                text=_yes(the_day(day)),
            )
            for day in self._found
        ]
        return Sheet(
            name="day",
            title=_("Is this the day?"),
            trail=(self._asked.writing.trail,),
            blocks=(paragraph(typed),),
            rows=(*rows, *_other_ways(zone=False)),
        )

    def choose(self, value: str) -> Move:
        if value.startswith(DAY):
            return self._asked.on_day(value.removeprefix(DAY))
        return Show(self._asked.again(self._text)) if value == AGAIN else Open(value)

    def back(self) -> Place | None:
        return self._asked.again(self._text)


def _yes(words: str) -> str:
    return _("Yes: {time}").format(time=words)


def _other_ways(*, zone: bool) -> tuple[Row, ...]:
    again = Row(kind=RowKind.BUTTON, value=AGAIN, text=_("Write it again"))
    other = Row(kind=RowKind.BUTTON, value=ZONE, text=_("It was another time zone"))
    return (again, other) if zone else (again,)
