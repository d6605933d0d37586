"""The bin: why something goes into it, and taking it out again."""

from __future__ import annotations

from guide.actions.desk import Desk
from guide.actions.places.place import Close, Move, Open, Place, Show
from guide.actions.recording import put_in_bin, take_out
from guide.model.records import Binned
from guide.model.sheet import Ask, Row, RowKind, Sheet
from guide.model.telling import the_day
from guide.model.text import paragraph
from guide.safety.display import show
from guide.words import _, plural

_OUT, _EMPTY, _SURE = "out:", "empty", "sure"


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
            rows=(*map(self._row, found), *self._empty()),
        )

    def _empty(self) -> list[Row]:
        """The way to let go of what is here for long; nothing goes by itself."""
        from guide.actions.evidence_care import left_to_remove

        desk = self._desk
        if not desk.vault.overdue(desk.now()) and not left_to_remove(desk):
            return []
        text = _("Remove for ever what has been here for 30 days")
        return [Row(kind=RowKind.BUTTON, value=_EMPTY, text=text, group=_("More"))]

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
        if value == _EMPTY:
            return Show(EmptyPlace(self._desk))
        if not value.startswith(_OUT):
            return Open(value)
        _out, kind, id_ = value.split(":", 2)
        take_out(self._desk, kind, id_)
        return Show(BinPlace(self._desk, _("It is back where it was.")))


class EmptyPlace(Place):
    """What goes for ever, and what stays of it, before it goes."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def sheet(self) -> Sheet:
        count = len(self._desk.vault.overdue(self._desk.now()))
        going = plural(
            "{count} entry goes for ever, with its words and its file.",
            "{count} entries go for ever, with their words and their files.",
            count,
        )
        stays = _("Its number, its fingerprint and the reason stay.")
        case = _(
            "If there is a case, or there may be one, ask a lawyer or an advocate "
            "first. Removing something can count against you."
        )
        keep, sure = _("No, leave them in the bin"), _("Yes, remove them for ever")
        return Sheet(
            name="bin-empty",
            title=_("Remove for ever?"),
            trail=(_("Bin"),),
            blocks=(
                paragraph(going),
                paragraph(stays),
                paragraph(case),
            ),
            rows=(
                Row(kind=RowKind.BUTTON, value=_EMPTY, text=keep),
                Row(kind=RowKind.BUTTON, value=_SURE, text=sure),
            ),
        )

    def choose(self, value: str) -> Move:
        if value != _SURE:
            return Show(BinPlace(self._desk))
        if self._desk.opened is None:
            return self._emptied("")
        from guide.actions.places.vault_open import ProofPlace

        last = _("Once this is entered, they are removed. Nothing brings them back.")
        return Show(ProofPlace(self, self._emptied, last))

    def _emptied(self, proof: str) -> Move:
        from guide.actions.evidence_care import empty_bin

        gone, whole = empty_bin(self._desk, proof)
        said = plural("{count} entry is gone.", "{count} entries are gone.", len(gone))
        if not whole:
            left = _(
                "A sealed file of it is still on the disk. It goes when you empty the "
                "bin again."
            )
            said = f"{said} {left}"
        return Show(BinPlace(self._desk, said))

    def back(self) -> Place | None:
        return BinPlace(self._desk)
