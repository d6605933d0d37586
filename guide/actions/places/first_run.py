"""The first minute: is this computer watched, how should it look, how to leave.

Nothing is written. Every step can be skipped.
"""

from __future__ import annotations

from guide.actions.answering import answer, change
from guide.actions.desk import Desk
from guide.actions.places.commands import LooksPlace
from guide.actions.places.place import Close, Move, Open, Place, Show
from guide.model.progress import Position
from guide.model.sheet import Row, RowKind, Sheet
from guide.model.text import Block, BlockKind, item, paragraph
from guide.words import _

SKIP, NEXT = "skip", "next"
DEVICE_PAGE = "q-device-safe"


class WatchedPlace(Place):
    """Asks whether the person uses or checks this computer."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def sheet(self) -> Sheet:
        words = _(
            "This guide keeps nothing unless you ask it to. But someone who can use or "
            "check this computer may find out that it was opened."
        )
        rows = (
            Row(kind=RowKind.CHOICE, value="yes", text=_("Yes")),
            Row(kind=RowKind.CHOICE, value="unsure", text=_("I am not sure")),
            Row(kind=RowKind.CHOICE, value="no", text=_("No")),
            Row(kind=RowKind.CHOICE, value=SKIP, text=_("Skip, and show me the guide")),
        )
        return Sheet(
            name="first-watched",
            title=_("Does the person who worries you use or check this computer?"),
            progress=_("Step {step} of {all}").format(step=1, all=3),
            blocks=(paragraph(words),),
            rows=rows,
        )

    def choose(self, value: str) -> Move:
        if value == SKIP:
            return Close()
        if DEVICE_PAGE in self._desk.library.pages:
            answer(
                self._desk, Position(page=change(self._desk, DEVICE_PAGE).page), value
            )
        return Show(look_place(self._desk) if value == "no" else SaferPlace(self._desk))


class SaferPlace(Place):
    """What to do when this computer may be watched: read, and keep nothing."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def sheet(self) -> Sheet:
        blocks = (
            paragraph(_("You can read everything here. Nothing will be kept.")),
            item(
                _("A computer at a library, a friend's or an advocate's may be safer.")
            ),
            item(_("Try not to type names, addresses or plans on this one.")),
            item(_("You do not have to change anything on this computer today.")),
        )
        rows = (
            Row(kind=RowKind.BUTTON, value=NEXT, text=_("Go on reading here")),
            Row(
                kind=RowKind.LINK,
                value="page:l-this-guide",
                text=_("What this computer may remember"),
            ),
            Row(kind=RowKind.LINK, value="help-lines", text=_("Help lines")),
        )
        title = _("A safer device, if you can")
        return Sheet(name="first-safer", title=title, blocks=blocks, rows=rows)

    def choose(self, value: str) -> Move:
        return Show(look_place(self._desk)) if value == NEXT else Open(value)

    def back(self) -> Place | None:
        return WatchedPlace(self._desk)


def look_place(desk: Desk) -> Place:
    """The choice of a look, as the second step."""
    progress = _("Step {step} of {all}").format(step=2, all=3)
    return LooksPlace("", progress, lambda: PractisePlace(desk))


class PractisePlace(Place):
    """Says how to leave, what leaving cannot undo, and invites to try."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def sheet(self) -> Sheet:
        first = _(
            "Press Ctrl+Q, or Esc three times: this screen goes blank and the guide "
            "ends. You can try it now, and start the guide again."
        )
        second = _(
            "Leaving cannot undo everything. This computer may still remember the "
            "commands that were typed, what a terminal logs or reopens, what was "
            "copied, and files that were saved. Spyware may have seen the screen."
        )
        lead = _("What stays")
        rows = (
            Row(kind=RowKind.BUTTON, value=NEXT, text=_("Go to the guide")),
            Row(kind=RowKind.BUTTON, value="leave", text=_("Practise: leave now")),
            Row(
                kind=RowKind.LINK,
                value="page:l-this-guide",
                text=_("Read: what this computer may remember"),
            ),
        )
        return Sheet(
            name="first-leave",
            title=_("Leaving in a hurry"),
            progress=_("Step {step} of {all}").format(step=3, all=3),
            blocks=(
                paragraph(first),
                Block(kind=BlockKind.CALLOUT, lead=lead, text=second),
            ),
            rows=rows,
        )

    def choose(self, value: str) -> Move:
        return Close() if value == NEXT else Open(value)

    def back(self) -> Place | None:
        return look_place(self._desk)
