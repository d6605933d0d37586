"""What is shown while something long is at work. Neither of these asks the vault."""

from __future__ import annotations

from guide.actions.places.place import Begin, Move, Place, Stay
from guide.model.sheet import Row, RowKind, Sheet
from guide.model.text import paragraph
from guide.safety.display import show
from guide.words import _

STOP = "stop"


class WorkingPlace(Place):
    """What is being done, how far it is, and one row that stops it; so does Back."""

    waits = True

    def __init__(self, begun: Begin) -> None:
        self.work, self.instead = begun.work, begun.instead

    def sheet(self) -> Sheet:
        work = self.work
        stopping = _("It is being stopped. This takes a moment.")
        last = stopping if work.stopped() else work.on_stop
        note = _("Back does the same")
        stop = Row(kind=RowKind.BUTTON, value=STOP, text=_("Stop"), note=note)
        return Sheet(
            name="working",
            title=_("Please wait"),
            blocks=(paragraph(show(work.words)), paragraph(last)),
            meter=work.meter,
            rows=() if work.stopped() else (stop,),
        )

    def choose(self, value: str) -> Move:
        if value == STOP:
            self.work.stop()
        return Stay()

    def back(self) -> Place | None:
        self.work.stop()
        return self


class LockingPlace(Place):
    """Locked already, as far as anyone can see; the passphrase can be typed soon."""

    shuts = waits = True

    def sheet(self) -> Sheet:
        words = _(
            "Something was still at work. It is being stopped, and nothing of it is "
            "shown. Then the passphrase can be typed."
        )
        return Sheet(name="locking", title=_("Locked"), blocks=(paragraph(words),))

    def choose(self, value: str) -> Move:
        return Stay()

    def back(self) -> Place | None:
        return self
