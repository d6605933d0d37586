"""A letter that is closed for this reader: why, and the way on."""

from __future__ import annotations

from guide.actions.places.place import Move, Open, Place
from guide.model.content import Letter
from guide.model.problems import LetterClosedError
from guide.model.sheet import Row, RowKind, Sheet
from guide.model.text import paragraph
from guide.words import _


class ClosedPlace(Place):
    """Why a letter cannot be written, and the way on."""

    def __init__(self, letter: Letter, closed: LetterClosedError) -> None:
        self._letter, self._closed = letter, closed

    def sheet(self) -> Sheet:
        blocks = (
            paragraph(self._closed.what),
            paragraph(self._closed.next_step),
            paragraph(
                _("Not sending anything is a full choice, and often a wise one.")
            ),
        )
        rows = (
            Row(
                kind=RowKind.LINK,
                value="page:s-notice-not-now",
                text=_("Read: other ways forward"),
            ),
            Row(kind=RowKind.LINK, value="plan", text=_("Go to my plan")),
        )
        trail = (_("Letters"),)
        title = self._letter.title
        return Sheet(name="closed", title=title, trail=trail, blocks=blocks, rows=rows)

    def choose(self, value: str) -> Move:
        return Open(value)
