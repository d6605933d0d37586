"""Which incident a file belongs to: asked at its intake, and again at any time."""

from __future__ import annotations

from collections.abc import Callable

from guide.actions.desk import Desk
from guide.actions.evidence import Tie
from guide.actions.places.incidents import line_of
from guide.actions.places.place import Move, Open, Place, Show
from guide.model.sheet import Row, RowKind, Sheet
from guide.model.text import paragraph
from guide.words import _

NONE, OLDER, NEW, INCIDENT = "go-on", "older", "new:incident", "incident:"
RECENT = 20


class WhichPlace(Place):
    """The incidents, newest first; *then* is told the one that was chosen.

    *before* is the screen before it. With *none*, "none for now" can be chosen, too.
    """

    def __init__(
        self,
        desk: Desk,
        then: Callable[[Tie], Move],
        before: Place,
        *,
        none: bool,
        skip: int = 0,
    ) -> None:
        self._desk, self._then, self._before_it = desk, then, before
        self._none, self._skip = none, skip

    def _from(self, skip: int) -> Place:
        return WhichPlace(
            self._desk, self._then, self._before_it, none=self._none, skip=skip
        )

    def sheet(self) -> Sheet:
        found = self._desk.vault.incidents(skip=self._skip, limit=RECENT + 1)
        none = _("No incident is written down yet. That can come later.")
        words = _("It can belong to one of these, and to more of them later.")
        return Sheet(
            name="evidence-which",
            title=_("Which incident does it belong to?"),
            trail=(_("Evidence"),),
            blocks=(paragraph(words if found else none),),
            rows=(*self._before(), *self._list(len(found))),
        )

    def _before(self) -> list[Row]:
        if not self._none:
            return []
        text = _("None for now: keep it")
        return [Row(kind=RowKind.BUTTON, value=NONE, text=text, key="n")]

    def _list(self, count: int) -> list[Row]:
        found = self._desk.vault.incidents(skip=self._skip, limit=RECENT)
        rows = [
            Row(kind=RowKind.LINK, value=f"{INCIDENT}{each.id}", text=line_of(each))
            for each in found
        ]
        if count > RECENT:
            rows.append(Row(kind=RowKind.BUTTON, value=OLDER, text=_("Older ones")))
        if not count and not self._none:
            text = _("Write down what happened")
            rows.append(Row(kind=RowKind.LINK, value=NEW, text=text))
        return rows

    def choose(self, value: str) -> Move:
        if value == OLDER:
            return Show(self._from(self._skip + RECENT))
        if value == NONE and self._none:
            return self._then(Tie())
        if value.startswith(INCIDENT):
            return self._then(Tie(incident_id=value.removeprefix(INCIDENT)))
        return Open(value)

    def back(self) -> Place | None:
        return self._from(0) if self._skip else self._before_it
