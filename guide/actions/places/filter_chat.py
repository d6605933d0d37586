"""What to type in a chat so that one person is hidden, name by name."""

from __future__ import annotations

from guide.actions.filtering import Known, words_for
from guide.actions.places.place import Move, Open, Place
from guide.filters import ChatWords
from guide.model.sheet import Row, RowKind, Sheet
from guide.model.text import Block, BlockKind, heading, item, paragraph
from guide.safety.display import show
from guide.words import _


class ChatPlace(Place):
    """The commands of one program, those that keep the log first."""

    def __init__(self, program: str, known: Known, before: Place) -> None:
        self._program, self._known, self._before = program, known, before

    def sheet(self) -> Sheet:
        found = words_for(self._program, self._known)
        blocks = [
            Block(kind=BlockKind.CALLOUT, lead=_("Save first"), text=found[0].note)
        ]
        if not found[0].clicks:
            words = _("Type this in the line where you write, letter by letter.")
            blocks.append(paragraph(words))
        for each in found:
            blocks += _lines(each)
        blocks += _what_it_does(found[0])
        commands = [line for each in found for line in (each.hide or each.ignore,)]
        read = Row(
            kind=RowKind.LINK,
            value="page:s-block-chat",
            text=_("Read: ignore someone in a chat"),
        )
        return Sheet(
            name="filter-chat",
            title=found[0].program,
            trail=(_("File their mail away"),),
            blocks=tuple(blocks),
            rows=(read,),
            copy_text="\n".join(filter(None, commands)),
        )

    def choose(self, value: str) -> Move:
        return Open(value)

    def back(self) -> Place | None:
        return self._before


def _lines(words: ChatWords) -> list[Block]:
    named = (
        (_("To hide their lines and keep the log"), words.hide),
        (_("To ignore them; the log may stop"), words.ignore),
        (_("To undo it"), words.undo),
    )
    said: list[Block] = []
    for title, line in named:
        if line:
            said.append(heading(title, 3))
            said.append(Block(kind=BlockKind.CODE, text=show(line)))
    if words.clicks:
        said.append(paragraph(show(words.clicks)))
    return said


def _what_it_does(words: ChatWords) -> list[Block]:
    checked = _("Checked: {month}. How to undo it was not: see the program's own help.")
    return [
        heading(_("What it does and does not do")),
        item(_("Nothing is sent to them. They may still guess it.")),
        item(_("It does not see a new name. A new name is worth a line in your log.")),
        item(_("If they threaten you, save all of it first.")),
        paragraph(checked.format(month=words.checked)),
    ]
