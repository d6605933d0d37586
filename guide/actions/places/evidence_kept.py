"""What became of an intake: what is kept, what was there already, what is not kept."""

from __future__ import annotations

from guide.actions.desk import Desk
from guide.actions.evidence import Kept, Tie
from guide.actions.evidence_words import line_of
from guide.actions.places.evidence_intake import MOST_SHOWN, refused_blocks
from guide.actions.places.place import Move, Open, Place
from guide.model.records import Evidence
from guide.model.sheet import Row, RowKind, Sheet
from guide.model.text import Block, BlockKind, heading, item, paragraph
from guide.words import _, plural


class KeptPlace(Place):
    """The result, with a way to each file."""

    def __init__(self, desk: Desk, result: Kept, tie: Tie) -> None:
        self._desk, self._result, self._tie = desk, result, tie

    @property
    def whole(self) -> bool:
        """Whether everything that was named is kept now."""
        return not (self._result.refused or self._result.stopped)

    def sheet(self) -> Sheet:
        result = self._result
        return Sheet(
            name="evidence-kept",
            title=_("Kept") if result.kept else _("Nothing new was kept"),
            trail=(_("Evidence"),),
            blocks=tuple(self._blocks()),
            rows=(*self._files(), *self._ways()),
        )

    def _blocks(self) -> list[Block]:
        result, blocks = self._result, []
        if count := len(result.kept):
            kept = plural(
                "{count} file is kept, byte for byte. It was read back.",
                "{count} files are kept, byte for byte. They were read back.",
                count,
            )
            blocks.append(paragraph(kept))
            words = _("Your original is where it was, and is not sealed.")
            blocks.append(paragraph(words))
        blocks += _again(len(result.again))
        blocks += _stopped(result.stopped)
        blocks += refused_blocks(result.refused)
        if result.not_tied:
            words = _("The files are kept, but not tied to what they belong to.")
            text = f"{words} {result.not_tied}"
            blocks.append(Block(kind=BlockKind.CALLOUT, lead=_("Note"), text=text))
        return blocks

    def _files(self) -> list[Row]:
        there = _("was there already")
        new, old = self._result.kept, self._result.again
        rows = {each.id: _row(each) for each in new[:MOST_SHOWN]}
        shown = {each.id for each in new}
        rows |= {x.id: _row(x, there) for x in old[:MOST_SHOWN] if x.id not in shown}
        return [*rows.values()]

    def _ways(self) -> list[Row]:
        rows = [_link("evidence", _("All files"))]
        if self._tie.incident_id:
            target = f"incident:{self._tie.incident_id}"
            rows.insert(0, _link(target, _("Back to the incident")))
        if self._tie.contact_id:
            target = f"contact:{self._tie.contact_id}"
            rows.insert(0, _link(target, _("Back to the contact")))
        return rows

    def choose(self, value: str) -> Move:
        return Open(value)


def _again(count: int) -> list[Block]:
    if not count:
        return []
    there = plural(
        "{count} file was in your vault already, byte for byte. That is noted there.",
        "{count} files were in your vault already, byte for byte. That is noted there.",
        count,
    )
    return [paragraph(there)]


def _stopped(names: tuple[str, ...]) -> list[Block]:
    if not names:
        return []
    words = _("You stopped this. These are not kept, and nothing of them is left:")
    blocks = [heading(_("Not kept yet")), paragraph(words)]
    blocks += [item(name) for name in names[:MOST_SHOWN]]
    if (more := len(names) - MOST_SHOWN) > 0:
        blocks.append(item(plural("and {count} more", "and {count} more", more)))
    return blocks


def _row(each: Evidence, note: str = "") -> Row:
    return _link(f"evidence:{each.id}", line_of(each), note)


def _link(value: str, text: str, note: str = "") -> Row:
    return Row(kind=RowKind.LINK, value=value, text=text, note=note)
