"""Making a vault, one question a screen: what it means, a passphrase, a folder.

What is typed as a passphrase is never in a sheet. The six words that are offered
are shown on one screen and on none after it.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

from guide.actions.desk import Desk
from guide.actions.keeping import (
    folder_typed,
    make_vault,
    refuse_different,
    six_words,
    strength_in_words,
    vault_folder,
)
from guide.actions.places.place import Move, Open, Place, Show, Sit
from guide.actions.places.vault_open import VaultPlace
from guide.model.sheet import Ask, Row, RowKind, Sheet
from guide.model.text import Block, BlockKind, item, paragraph
from guide.safety.display import show_path
from guide.words import _

NEXT, ANOTHER, OWN = "next", "another", "own"
Then: TypeAlias = Callable[[str, Place], Move]  # a passphrase, and the way back


class KeepPlace(Place):
    """What keeping means, before anything is made."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def sheet(self) -> Sheet:
        first = _(
            "From then on, what you answer and write here stays on this computer, "
            "sealed with a passphrase. What you said so far is kept too."
        )
        lost = _(
            "There is no way in without the passphrase. If it is lost, all of it is "
            "lost for good, unless you made a recovery sheet on paper."
        )
        rows = (
            Row(
                kind=RowKind.BUTTON,
                value=NEXT,
                text=_("Go on: choose a passphrase"),
                key="n",
            ),
            Row(
                kind=RowKind.LINK,
                value="page:l-this-guide",
                text=_("Read: what this computer may remember"),
            ),
        )
        return Sheet(
            name="keep",
            title=_("Keep my notes"),
            trail=(_("Keep"),),
            blocks=(
                *self._watched(),
                paragraph(first),
                Block(kind=BlockKind.CALLOUT, lead=_("Know this first"), text=lost),
                item(_("Others can see that the folder is there, and how big it is.")),
                item(_("After 5 minutes without a key it locks itself.")),
            ),
            rows=rows,
        )

    def _watched(self) -> tuple[Block, ...]:
        if self._desk.facts().get("device_seen") not in ("yes", "unsure"):
            return ()
        words = _(
            "You said that the person may use or check this computer. Then it is "
            "safer to keep nothing here, or to keep it on a stick that stays with you."
        )
        lead = _("This computer may be watched")
        return (Block(kind=BlockKind.CALLOUT, lead=lead, text=words),)

    def choose(self, value: str) -> Move:
        if value != NEXT:
            return Open(value)
        folder = vault_folder(self._desk.chosen_folder)

        def then(passphrase: str, before: Place) -> Move:
            return Show(FolderPlace(self._desk, passphrase, folder, before))

        return Show(WordsPlace(then, self))


class WordsPlace(Place):
    """Six words to take, or others, or one's own."""

    def __init__(self, then: Then, before: Place) -> None:
        self._then, self._before, self._words = then, before, six_words()

    def sheet(self) -> Sheet:
        words = _(
            "Six words drawn by chance are hard to guess and can be learnt. Write "
            "them down now, on paper the person cannot find. They are not shown again."
        )
        rows = (
            Row(
                kind=RowKind.BUTTON, value=NEXT, text=_("I have written them"), key="n"
            ),
            Row(kind=RowKind.BUTTON, value=ANOTHER, text=_("Another six words")),
            Row(
                kind=RowKind.BUTTON, value=OWN, text=_("I type a passphrase of my own")
            ),
        )
        offered = Block(kind=BlockKind.CODE, text=self._words)
        return Sheet(
            name="passphrase",
            title=_("A passphrase"),
            trail=(_("Keep"),),
            blocks=(paragraph(words), offered),
            rows=rows,
        )

    def choose(self, value: str) -> Move:
        if value == ANOTHER:
            return Show(WordsPlace(self._then, self._before))
        if value == OWN:
            return Show(OwnPlace(self._then, self))
        return Show(AgainPlace(self._words, self._then, self))

    def back(self) -> Place | None:
        return self._before


class OwnPlace(Place):
    """A passphrase of the reader's own."""

    def __init__(self, then: Then, before: Place) -> None:
        self._then, self._before = then, before

    def sheet(self) -> Sheet:
        words = _(
            "Use at least 12 characters. Several words that have nothing to do with "
            "you are better than one with signs in it. It is not shown while you type."
        )
        return Sheet(
            name="own-passphrase",
            title=_("A passphrase of your own"),
            trail=(_("Keep"),),
            blocks=(paragraph(words),),
            ask=Ask(label=_("New passphrase"), secret=True),
        )

    def typed(self, text: str) -> Move:
        how = strength_in_words(text)
        return Show(AgainPlace(text, self._then, self, how))

    def back(self) -> Place | None:
        return self._before


class AgainPlace(Place):
    """The same passphrase once more, so that a slip of the finger shows now."""

    def __init__(
        self, passphrase: str, then: Then, before: Place, how: str = ""
    ) -> None:
        self._passphrase, self._then = passphrase, then
        self._before, self._how = before, how

    def sheet(self) -> Sheet:
        words = _("It is not shown. Spaces and capital letters count.")
        blocks = [paragraph(self._how)] if self._how else []
        return Sheet(
            name="passphrase-again",
            title=_("Type it again"),
            trail=(_("Keep"),),
            blocks=(*blocks, paragraph(words)),
            ask=Ask(label=_("The same passphrase"), secret=True),
        )

    def typed(self, text: str) -> Move:
        refuse_different(self._passphrase, text)
        return self._then(self._passphrase, self._before)

    def back(self) -> Place | None:
        return self._before


class FolderPlace(Place):
    """Where the vault shall be; then it is made."""

    def __init__(
        self, desk: Desk, passphrase: str, folder: Path, before: Place
    ) -> None:
        self._desk, self._passphrase = desk, passphrase
        self._folder, self._before = folder, before

    def sheet(self) -> Sheet:
        words = _(
            "The folder's name says nothing. You can name another new folder, for "
            "example one on a stick."
        )
        return Sheet(
            name="folder",
            title=_("Where should it be kept?"),
            trail=(_("Keep"),),
            blocks=(paragraph(words),),
            ask=Ask(
                label=_("New folder"),
                value=show_path(self._folder),
                verb=_("Make it"),
            ),
        )

    def typed(self, text: str) -> Move:
        same = text == show_path(self._folder)
        folder = self._folder if same else folder_typed(text)
        word = self._passphrase
        kept = make_vault(self._desk, folder, word, word, self._desk.now())
        said = _("Done. What you said so far is kept, and so is what comes.")
        return Sit(kept, over=VaultPlace(kept, said))

    def back(self) -> Place | None:
        return self._before
