"""The question which mail service is the reader's own, as rows and as a screen."""

from __future__ import annotations

from collections.abc import Callable

from guide.actions.desk import Desk
from guide.actions.own_service import (
    Standing,
    found_service,
    question,
    say_other,
    say_standing,
    standing,
)
from guide.actions.places.place import Move, Open, Place, Show
from guide.model.records import OpenedMessage
from guide.model.sheet import Ask, Row, RowKind, Sheet
from guide.model.text import paragraph
from guide.safety.display import show
from guide.words import _

OWN = "own:"
_YES, _OTHER, _UNSURE, _AGAIN = "own:yes", "own:other", "own:unsure", "own:again"


def own_rows(desk: Desk, message: OpenedMessage) -> list[Row]:
    """The question, as long as it was not answered; then one row to change it."""
    domain = found_service(message)
    if not domain:
        return []
    if not is_asked(desk, message):
        words = _("Change: {question}").format(question=question(domain))
        return [Row(kind=RowKind.LINK, value=_AGAIN, text=show(words))]
    choices = {
        _YES: _("Yes, my mail comes in there"),
        _OTHER: _("No, it is another one"),
        _UNSURE: _("I am not sure"),
    }
    group = show(question(domain))
    return [
        Row(kind=RowKind.BUTTON, value=value, text=text, group=group if not n else "")
        for n, (value, text) in enumerate(choices.items())
    ]


def is_asked(desk: Desk, message: OpenedMessage) -> bool:
    """Whether the question is open for *message*."""
    domain = found_service(message)
    return bool(domain) and standing(desk, domain) is Standing.UNASKED


def own_chosen(
    desk: Desk, message: OpenedMessage, value: str, place: Callable[[], Place]
) -> Move:
    """Remember the answer; *place* makes the screen that it changes."""
    domain = found_service(message)
    match value:
        case "own:yes":
            say_standing(desk, domain, Standing.YES)
        case "own:unsure":
            say_standing(desk, domain, Standing.UNSURE)
        case "own:again":
            say_standing(desk, domain, Standing.UNASKED)
        case _:
            return Show(OtherServicePlace(desk, domain, place))
    return Show(place())


class OtherServicePlace(Place):
    """Asks for the reader's own service where the top lines name another."""

    def __init__(self, desk: Desk, domain: str, then: Callable[[], Place]) -> None:
        self._desk, self._domain, self._then = desk, domain, then

    def sheet(self) -> Sheet:
        first = _(
            "Type what stands after the @ of your own address. Your whole address "
            "works too; only the part after the @ is remembered."
        )
        second = _(
            "Some companies and schools have their mail at a large service. Then type "
            "the name of that service, such as gmail.com or outlook.com."
        )
        third = _(
            "Lines by any other service are then not believed. That is the careful way."
        )
        return Sheet(
            name="own-service",
            title=_("Which mail service is yours?"),
            trail=(_("Saved email"),),
            blocks=tuple(map(paragraph, (first, second, third))),
            ask=Ask(label=_("Mail service"), verb=_("Go on")),
        )

    def typed(self, text: str) -> Move:
        said = say_other(self._desk, text)
        if standing(self._desk, self._domain) is not Standing.YES:
            say_standing(self._desk, self._domain, Standing.NO)
            say_other(self._desk, said)
        return Show(self._then())

    def choose(self, value: str) -> Move:
        return Open(value)

    def back(self) -> Place | None:
        return self._then()
