"""The question that a correction ends with: why. It can stay empty."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guide.actions.notes import Notes
from guide.actions.places.place import Move, Place, Stay
from guide.model.conditions import SKIPPED
from guide.model.sheet import Ask, Row, RowKind, Sheet
from guide.model.text import paragraph
from guide.words import _

if TYPE_CHECKING:
    from guide.actions.places.writing_down import Writing


class WhyPlace(Place):
    """Why a record is corrected; both wordings stay readable."""

    def __init__(self, writing: Writing, notes: Notes, before: Place) -> None:
        self._writing, self._notes, self._before = writing, notes, before

    def sheet(self) -> Sheet:
        words = _(
            "The wording before stays readable beside the new one, with its date. A "
            "reason helps whoever reads both. It can stay empty."
        )
        title = _("Why is it corrected?")
        return Sheet(
            name=f"{self._notes.kind}-why",
            title=title,
            trail=(self._writing.trail,),
            blocks=(paragraph(words),),
            rows=(
                Row(
                    kind=RowKind.BUTTON,
                    value=SKIPPED,
                    text=_("Keep it without a reason"),
                ),
            ),
            ask=Ask(label=title, verb=_("Keep it")),
        )

    def typed(self, text: str) -> Move:
        return self._writing.keep(self._notes, text)

    def choose(self, value: str) -> Move:
        return self.typed("") if value == SKIPPED else Stay()

    def back(self) -> Place | None:
        return self._before
