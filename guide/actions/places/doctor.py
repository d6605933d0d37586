"""What this computer remembers of the guide, as a screen. It changes nothing."""

from __future__ import annotations

from guide.actions.desk import Desk
from guide.actions.places.place import Move, Open, Place
from guide.actions.tracing import Traces, look_for_traces
from guide.actions.tracing_words import (
    before_you_change_anything,
    what_cannot_be_known,
    what_is_here,
    what_is_not_here,
)
from guide.model.sheet import Row, RowKind, Sheet
from guide.model.text import Block, BlockKind, heading, item
from guide.words import _


class DoctorPlace(Place):
    """What was found, what was not, and what nobody can know; looked for once."""

    def __init__(self, desk: Desk, traces: Traces | None = None) -> None:
        self._traces = traces or look_for_traces(desk)

    def sheet(self) -> Sheet:
        return Sheet(
            name="doctor",
            title=_("What this computer remembers of the guide"),
            blocks=(_warning(), *self._blocks()),
            rows=_rows(),
        )

    def _blocks(self) -> list[Block]:
        parts = (
            (_("What was found"), what_is_here(self._traces)),
            (_("What was looked for, and not found"), what_is_not_here(self._traces)),
            (_("What cannot be known from here"), what_cannot_be_known(self._traces)),
        )
        blocks = []
        for title, sentences in parts:
            blocks += [heading(title), *(item(each) for each in sentences)]
        return blocks

    def choose(self, value: str) -> Move:
        return Open(value)


def _warning() -> Block:
    text = " ".join(before_you_change_anything())
    return Block(kind=BlockKind.CALLOUT, lead=_("Know this first"), text=text)


def _rows() -> tuple[Row, ...]:
    page = _("Read: what this guide hides, and what it does not")
    return (
        Row(kind=RowKind.LINK, value="page:l-this-guide", text=page),
        Row(kind=RowKind.LINK, value="help-lines", text=_("Help lines")),
    )
