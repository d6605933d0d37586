"""A vault whose database is damaged: what happened, and the backup that is offered.

Nothing is put back without being asked for, and what was there stays beside it.
"""

from __future__ import annotations

from pathlib import Path

from guide.actions.desk import Desk, forgetful
from guide.actions.guarding import (
    Offered,
    newest_good_backup,
    newest_good_of,
    put_back,
)
from guide.actions.keeping import prove
from guide.actions.places.place import Close, Move, Open, Place, Sit
from guide.actions.places.vault_open import VaultPlace
from guide.model.problems import GuideError
from guide.model.sheet import Ask, Row, RowKind, Sheet
from guide.model.telling import the_minute
from guide.model.text import Block, BlockKind, item, paragraph
from guide.words import _, plural

WITHOUT, AS_IT_IS = "without", "as-it-is"


def at_the_door(desk: Desk, folder: Path, proof: str) -> Place | None:
    """The offer of a backup for a vault that cannot be opened; None without one."""
    offered = newest_good_backup(folder, proof)
    return DamagedPlace(desk, folder, offered) if offered else None


def in_an_open_vault(desk: Desk) -> Place:
    """What is shown over a vault that opens, with a part of it damaged."""
    folder = desk.opened.folder if desk.opened else Path()
    return OpenDamagedPlace(desk, folder, newest_good_of(desk))


class DamagedPlace(Place):
    """The database does not open: its newest good backup, and what that lacks."""

    shuts = True

    def __init__(self, desk: Desk, folder: Path, offered: Offered | None) -> None:
        self._desk, self._folder, self._offered = desk, folder, offered

    def sheet(self) -> Sheet:
        return Sheet(
            name="damaged",
            title=_("A part of this is damaged"),
            blocks=(*self._what_happened(), *self._what_there_is()),
            rows=self._rows(),
            ask=self._ask(),
        )

    def _what_happened(self) -> list[Block]:
        words = _(
            "The file that holds what you wrote cannot be read any more. Nothing in "
            "it was changed. A failing disk is the usual cause."
        )
        return [paragraph(words)]

    def _what_there_is(self) -> list[Block]:
        if self._offered is None:
            words = _(
                "There is no good backup here. Copy the whole folder to another disk "
                "before anything else, and ask an advocate."
            )
            return [paragraph(words)]
        at = self._offered.made_at
        made = the_minute(at.astimezone()) if at else _("a time that is not known")
        since = _("What you wrote after that is not in it.")
        files = self._offered.files_since
        blocks = [
            Block(kind=BlockKind.FIELD, lead=_("A good backup was made: "), text=made),
            item(since),
        ]
        if files:
            kept = plural(
                "{count} file that you kept is there, and not in its list.",
                "{count} files that you kept are there, and not in its list.",
                files,
            )
            blocks.append(item(kept))
        beside = _("The damaged file stays beside it, for somebody who can mend it.")
        copy = _("If you can, copy the whole folder to another disk first.")
        return [*blocks, item(beside), item(copy)]

    def _rows(self) -> tuple[Row, ...]:
        text = _("Go on without these notes")
        return (Row(kind=RowKind.BUTTON, value=WITHOUT, text=text),)

    def _ask(self) -> Ask | None:
        if self._offered is None:
            return None
        label = _("Passphrase, to put this backup in its place")
        return Ask(label=label, verb=_("Put it back"), secret=True)

    def typed(self, text: str) -> Move:
        if self._offered is None:
            return Close()
        kept = put_back(self._desk, self._folder, text, self._offered.name)
        said = _("The backup is in its place. The damaged file was kept.")
        return Sit(kept, over=VaultPlace(kept, said))

    def choose(self, value: str) -> Move:
        return Sit(forgetful(self._desk)) if value == WITHOUT else Open(value)

    def back(self) -> Place | None:
        from guide.actions.places.vault_door import DoorPlace

        return DoorPlace(self._desk, self._folder)


class OpenDamagedPlace(DamagedPlace):
    """It opens, and a part of it is damaged. One can go on with the rest."""

    shuts = False

    def _what_happened(self) -> list[Block]:
        words = _(
            "It opens, but a part of what you wrote cannot be read any more. Nothing "
            "was changed. A failing disk is the usual cause."
        )
        return [paragraph(words)]

    def _rows(self) -> tuple[Row, ...]:
        text = _("Go on with it as it is")
        return (Row(kind=RowKind.BUTTON, value=AS_IT_IS, text=text),)

    def typed(self, text: str) -> Move:
        prove(self._desk, text)  # before anything is closed
        try:
            return super().typed(text)
        except GuideError as error:
            free = forgetful(self._desk)
            return Sit(free, over=NotPutBackPlace(str(error)))

    def choose(self, value: str) -> Move:
        return Close() if value == AS_IT_IS else Open(value)

    def back(self) -> Place | None:
        return None


class NotPutBackPlace(Place):
    """It did not work, and the notes are closed now."""

    def __init__(self, problem: str) -> None:
        self._problem = problem

    def sheet(self) -> Sheet:
        text = _("Open my notes")
        return Sheet(
            name="not-put-back",
            title=_("The backup was not put back"),
            blocks=(paragraph(self._problem),),
            rows=(Row(kind=RowKind.LINK, value="keep", text=text),),
        )

    def choose(self, value: str) -> Move:
        return Open(value)
