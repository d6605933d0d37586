"""Adding lessons of others: which folder or zip, what is in it, and only then a copy.

Until the reader says yes, nothing is written anywhere.
"""

from __future__ import annotations

from collections.abc import Iterator

from guide.actions.desk import Desk
from guide.actions.pack_adding import Looked, add_here, free_name, look_at
from guide.actions.pack_facts import (
    count_in_words,
    kinds_in_words,
    worst_in_words,
)
from guide.actions.pack_shelf import packs_folder
from guide.actions.pack_text import title
from guide.actions.places.packs import (
    AddedPlace,
    PacksPlace,
    fact_blocks,
    field,
    not_ours,
    packs_title,
    read_row,
)
from guide.actions.places.place import Begin, Move, Open, Place, Show
from guide.actions.working import Work
from guide.files import path_typed
from guide.library.packs.problems import PackThereError
from guide.model.problems import GuideError, InvalidAnswerError, NotWrittenError
from guide.model.sheet import Ask, Row, RowKind, Sheet
from guide.model.text import Block, BlockKind, heading, item, paragraph
from guide.safety.display import show_path
from guide.words import _

ADD, UPDATE, BESIDE, NOT_NOW = "add", "update", "beside", "not-now"


class AddPlace(Place):
    """Asks for the folder or zip. Nothing is added before it was looked at."""

    def __init__(self, desk: Desk, typed: str = "") -> None:
        self._desk, self._typed = desk, typed

    def sheet(self) -> Sheet:
        may = self._desk.may_keep
        blocks = (_how(), _only_read()) if may else (_never(),)
        ask = Ask(label=_("Folder or zip"), value=self._typed, verb=_("Look inside"))
        return Sheet(
            name="packs-add",
            title=_("Add lessons"),
            trail=(_("Library"), packs_title()),
            blocks=blocks,
            ask=ask if may else None,
        )

    def typed(self, text: str) -> Move:
        if not self._desk.may_keep:
            raise InvalidAnswerError
        self._typed = text
        path_typed(text)  # nothing, or several names, is said at once

        def look(work: Work) -> Place:
            progress, stopped = work.progress, work.stopped
            try:
                looked = look_at(text, progress=progress, stopped=stopped)
            except GuideError as error:
                raise _nothing_added(error) from None
            return LookedPlace(self._desk, looked, text)

        return Begin(
            Work(_("Reading the lessons"), look, on_stop=_any_time()), instead=True
        )

    def back(self) -> Place | None:
        return PacksPlace(self._desk)


def _how() -> Block:
    first = _("Type the name of the folder or zip with the lessons.")
    return paragraph(f"{first} {_('Or drop it onto this window.')}")


def _only_read() -> Block:
    first = _("The guide reads it and shows what is in it.")
    return paragraph(f"{first} {_('Then it asks you. Until then, nothing is added.')}")


def _never() -> Block:
    first = _("You asked to keep nothing this time, so no lessons can be added.")
    then = _("To read them once, start so: guide --pack FOLDER")
    return paragraph(f"{first} {then}")


def _any_time() -> str:
    return _("You can stop at any time. Nothing is added yet.")


def _nothing_added(error: GuideError) -> GuideError:
    nothing = _("Nothing was added.")
    what = error.what if nothing in error.what else f"{error.what} {nothing}"
    return GuideError(what, error.next_step)


class LookedPlace(Place):
    """What is in the folder or zip, and whether a copy of it is wanted."""

    def __init__(self, desk: Desk, looked: Looked, typed: str) -> None:
        self._desk, self._looked, self._typed = desk, looked, typed
        self._name = looked.about.name
        self._beside = free_name(self._name)  # its own name, where that is free

    def sheet(self) -> Sheet:
        there = self._looked.there
        same = there is not None and there.same
        return Sheet(
            name="packs-looked",
            title=self._asked(same=same),
            trail=(_("Library"), packs_title()),
            blocks=tuple(self._blocks()),
            rows=(read_row(self._name),) if same else tuple(self._rows()),
        )

    def _asked(self, *, same: bool) -> str:
        if same:
            return _("These lessons are here already")
        if self._looked.is_update:
            return _("Update the lessons that you have?")
        return _("Add these lessons?")

    def _blocks(self) -> Iterator[Block]:
        looked = self._looked
        yield not_ours()
        yield field(_("Name: "), title(looked.about.title))
        yield from fact_blocks(looked.about, kinds_in_words(looked.kinds))
        count = len(looked.findings) + looked.unread
        words = count_in_words(count, more=looked.more)
        yield field(_("Problems in it: "), words)
        worst = worst_in_words(looked.findings, looked.unread)
        yield from (field("- ", words) for words in worst)
        if looked.there is None or not looked.there.same:
            yield from self._older()
            yield from self._leaves()
        else:
            yield paragraph(_("Nothing in them has changed. Nothing was added."))

    def _older(self) -> Iterator[Block]:
        """What is said where the name is taken."""
        looked, there = self._looked, self._looked.there
        if there is None:
            return
        yield Block(
            kind=BlockKind.CALLOUT, lead=_("This name is taken"), text=self._taken()
        )
        if looked.is_update:
            first = _("You can put these in place of the ones here, as an update.")
            stay = _("Ticks stay on each line that is the same in both.")
            yield paragraph(f"{first} {stay} {_('So do your filled forms.')}")
        else:
            other = _("These are by another author, so they are no update.")
            yield paragraph(f"{other} {_('Both can stand side by side.')}")

    def _taken(self) -> str:
        there = self._looked.there
        if there is None or there.about is None:
            return _("Lessons with this name are here, and they cannot be opened.")
        words = _("You have {title}. Author: {author}. Date: {date}.")
        unsaid = _("not stated")
        return words.format(
            title=title(there.about.title),
            author=title(there.about.author) or unsaid,
            date=title(there.about.date) or unsaid,
        )

    def _leaves(self) -> Iterator[Block]:
        yield heading(_("What this leaves on your computer"))
        where = _("A copy in this folder, not sealed: {path}")
        yield item(where.format(path=show_path(packs_folder())))
        others = _("Others who use this computer can find it.")
        yield item(f"{others} {_('The folder or zip that you chose stays as it is.')}")

    def _rows(self) -> Iterator[Row]:
        if self._looked.there is None:
            yield _button(ADD, _("Add these lessons"))
        else:
            if self._looked.is_update:
                yield _button(UPDATE, _("Put them in place of the ones here"))
            yield _button(BESIDE, _("Add them beside the others"))
        yield _button(NOT_NOW, _("Do not add them"))

    def choose(self, value: str) -> Move:
        if value == NOT_NOW:
            said = _("Nothing was added, and nothing was changed.")
            return Show(PacksPlace(self._desk, said))
        if value not in (row.value for row in self.sheet().rows):
            return Open(value)
        if value == UPDATE:
            return self._add(self._name, _("The lessons were updated."), replace=True)
        if value in (ADD, BESIDE):
            return self._add(self._beside, _("The lessons were added."))
        return Open(value)

    def _add(self, name: str, said: str, *, replace: bool = False) -> Move:
        def add(work: Work) -> Place:
            try:
                add_here(self._desk, self._looked, name, replace=replace)
            except PackThereError as error:
                then = _("Go back, and look at the folder or zip again.")
                raise GuideError(error.what, then) from None
            except NotWrittenError as error:
                then = _("Make room on this disk. Or read once: guide --pack FOLDER")
                raise _nothing_added(GuideError(error.what, then)) from None
            where = _("You find them in the library from now on.")
            return AddedPlace(self._desk, name, f"{said} {where}")

        stop = _("This takes a moment. They are added whole, or not at all.")
        return Begin(Work(_("Adding the lessons"), add, on_stop=stop), instead=True)

    def back(self) -> Place | None:
        return AddPlace(self._desk, self._typed)


def _button(value: str, text: str) -> Row:
    return Row(kind=RowKind.BUTTON, value=value, text=text)
