"""How wide the text is laid out, tried on the spot."""

from __future__ import annotations

from guide.actions.places.place import Close, Move, Place, Stay
from guide.model.problems import InvalidAnswerError
from guide.model.reading_width import WIDTHS, read_at, reading_width
from guide.model.sheet import Row, RowKind, Sheet
from guide.model.text import paragraph
from guide.words import _

_DONE, _AT = "done", "at:"


class WidthPlace(Place):
    """The widths there are; each shows at once, and holds until the reader leaves."""

    def sheet(self) -> Sheet:
        words = _("A shorter line is easier to follow. A longer one shows more text.")
        kept = _("This holds until you leave. To keep it, type later: {command}")
        command = f"guide config width {reading_width()}"
        rows = [
            Row(
                kind=RowKind.CHOICE,
                value=f"{_AT}{width}",
                text=_("{count} letters in a line").format(count=width),
                on=width == reading_width(),
            )
            for width in WIDTHS
        ]
        done = Row(kind=RowKind.BUTTON, value=_DONE, text=_("Go on"), key="n")
        return Sheet(
            name="width",
            title=_("How wide should the text be?"),
            blocks=(paragraph(words), paragraph(kept.format(command=command))),
            rows=(*rows, done),
        )

    def choose(self, value: str) -> Move:
        if value == _DONE:
            return Close()
        widths = {f"{_AT}{width}": width for width in WIDTHS}
        if value not in widths:
            raise InvalidAnswerError
        read_at(widths[value])
        return Stay()
