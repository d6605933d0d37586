"""A letter that is closed for this reader: why, and the way on."""

from __future__ import annotations

from guide.actions.places.place import Move, Open, Place
from guide.actions.writing import AUDIENCE_PERSON
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
        blocks = [paragraph(self._closed.what), paragraph(self._closed.next_step)]
        others = _("Read: other ways forward")
        ways = {"page:s-notice-not-now": others}
        if self._letter.audience == AUDIENCE_PERSON:
            words = _("Not sending anything is a full choice, and often a wise one.")
            blocks.append(paragraph(words))
        else:  # what closes a letter to a company is that somebody may be under 18
            words = _(
                "It is only for pictures in which everyone was 18 or over. The "
                "questions on the way there ask about age."
            )
            blocks.append(paragraph(words))
            young = _("Read: if anyone in a picture is or may be under 18")
            ways = {
                "page:t-no-copy-minor": young,
                f"page:{self._letter.before_you_send}": others,
            }
        ways["plan"] = _("Go to my plan")
        rows = tuple(
            Row(kind=RowKind.LINK, value=value, text=text)
            for value, text in ways.items()
        )
        trail = (_("Letters"),)
        title = self._letter.title
        return Sheet(
            name="closed", title=title, trail=trail, blocks=tuple(blocks), rows=rows
        )

    def choose(self, value: str) -> Move:
        return Open(value)
