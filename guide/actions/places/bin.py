"""The bin: why something goes into it, and taking it out again."""

from __future__ import annotations

from guide.actions.desk import Desk
from guide.actions.places.place import Close, Move, Open, Place, Show
from guide.actions.recording import put_in_bin, take_out
from guide.actions.telling import the_day
from guide.model.records import Binned
from guide.model.sheet import Ask, Row, RowKind, Sheet
from guide.model.text import paragraph
from guide.safety.display import show
from guide.words import _

_OUT = "out:"


class ReasonPlace(Place):
    """Asks why; *before* is the screen of what is thrown away."""

    def __init__(self, desk: Desk, kind: str, id_: str, before: Place) -> None:
        self._desk, self._kind, self._id = desk, kind, id_
        self._before = before

    def sheet(self) -> Sheet:
        words = _(
            "It can come back for 30 days. What is in the bin is in no list, no count "
            "and no export. The reason stays with it."
        )
        title = _("Why does it go in the bin?")
        return Sheet(
            name="bin-reason",
            title=title,
            blocks=(paragraph(words),),
            ask=Ask(label=title, verb=_("Put it in the bin")),
        )

    def typed(self, text: str) -> Move:
        put_in_bin(self._desk, self._kind, self._id, text)
        return Close()

    def back(self) -> Place | None:
        return self._before


class BinPlace(Place):
    """What is in the bin, and until when it can come back."""

    def __init__(self, desk: Desk, said: str = "") -> None:
        self._desk, self._said = desk, said

    def sheet(self) -> Sheet:
        found = self._desk.vault.binned()
        empty = _("The bin is empty.")
        choose = _("Choose one to take it out of the bin, as it was.")
        blocks = [paragraph(self._said)] if self._said else []
        blocks.append(paragraph(choose if found else empty))
        return Sheet(
            name="bin",
            title=_("Bin"),
            blocks=tuple(blocks),
            rows=tuple(self._row(each) for each in found),
        )

    def _row(self, each: Binned) -> Row:
        kinds = {
            "incident": _("Incident {number}: {title}"),
            "contact": _("Contact {number}: {title}"),
            "evidence": _("Evidence {number}: {title}"),
        }
        text = kinds[each.kind].format(number=each.number, title=show(each.title))
        note = _("{reason}. It can come back until {day}.").format(
            reason=show(each.reason, limit=200),
            day=the_day(each.gone_on.astimezone().date()),
        )
        value = f"{_OUT}{each.kind}:{each.id}"
        return Row(kind=RowKind.LINK, value=value, text=text, note=note)

    def choose(self, value: str) -> Move:
        if not value.startswith(_OUT):
            return Open(value)
        _out, kind, id_ = value.split(":", 2)
        take_out(self._desk, kind, id_)
        return Show(BinPlace(self._desk, _("It is back where it was.")))
