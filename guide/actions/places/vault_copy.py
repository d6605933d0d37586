"""A second copy on another disk: where to, and what came of it."""

from __future__ import annotations

from guide.actions.copying import copy_vault, told
from guide.actions.desk import Desk
from guide.actions.places.place import Begin, Move, Open, Place
from guide.actions.working import Work
from guide.model.sheet import Ask, Row, RowKind, Sheet
from guide.model.text import Block, BlockKind, item, paragraph
from guide.safety.display import show_path
from guide.words import _


class CopyPlace(Place):
    """Asks for the folder of the copy; then it is made, and can be stopped."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def sheet(self) -> Sheet:
        first = _(
            "A disk can fail, and a computer can be lost. A second copy on a stick "
            "keeps your notes and files safe from that. All of it is sealed."
        )
        again = _("Name the same folder later, and only what is new is copied.")
        keep = _("Keep the stick where the person cannot get at it.")
        opens = _("Whoever has the stick and the passphrase can open it.")
        return Sheet(
            name="vault-copy",
            title=_("Copy all of it to another disk"),
            trail=(_("Keep"),),
            blocks=(paragraph(first), item(again), item(keep), item(opens)),
            ask=Ask(label=_("New folder on the other disk"), verb=_("Copy it")),
        )

    def typed(self, text: str) -> Move:
        stopped = _("You can stop at any time. The next copy goes on from there.")

        def copy(work: Work) -> Place:
            target, copied = copy_vault(self._desk, text, work.progress, work.stopped)
            return CopiedPlace(show_path(target), told(copied))

        work = Work(_("Copying all that you keep, and reading it back"), copy)
        work.on_stop = stopped
        return Begin(work, instead=True)


class CopiedPlace(Place):
    """The copy is complete: where it is, and what is in it."""

    def __init__(self, where: str, said: tuple[str, ...]) -> None:
        self._where, self._said = where, said

    def sheet(self) -> Sheet:
        first, *more = self._said
        where = Block(kind=BlockKind.FIELD, lead=_("Folder: "), text=self._where)
        words = _("To open the copy: guide --vault and this folder.")
        row = Row(kind=RowKind.LINK, value="keep", text=_("Back to my notes"))
        return Sheet(
            name="vault-copied",
            title=_("The copy is complete"),
            trail=(_("Keep"),),
            blocks=(
                paragraph(first),
                where,
                *(item(each) for each in more),
                item(words),
            ),
            rows=(row,),
        )

    def choose(self, value: str) -> Move:
        return Open(value)
