"""A checklist of the reader's own: begun, written, ticked, worded anew, removed."""

from __future__ import annotations

from collections.abc import Iterator

from guide.actions.desk import Desk
from guide.actions.own_lists import (
    add_line,
    begin_list,
    change_line,
    own_list,
    own_ticked,
    remove_line,
    remove_list,
    rename_list,
    turn_own,
)
from guide.actions.pack_export import own_paper
from guide.actions.pack_text import title
from guide.actions.places.library_export import ExportPlace, Printed
from guide.actions.places.offers import keep_row
from guide.actions.places.place import Close, Move, Open, Place, Show, Stay
from guide.actions.recording import how_kept
from guide.model.problems import NotFoundError
from guide.model.sheet import Ask, Row, RowKind, Sheet
from guide.model.text import paragraph
from guide.safety.display import show
from guide.words import _

_TICK, _LINE = "tick:", "line:"
CHANGE, DONE, RENAME, REMOVE, SURE, KEEP, SAVE = (
    *("change", "done", "rename", "remove", "sure", "keep", "save-copy"),
)
_LONGEST = 500


class NewListPlace(Place):
    """The title of a new checklist."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def sheet(self) -> Sheet:
        words = _("A few words are enough. You can change them later.")
        asked = _("What is the checklist called?")
        return Sheet(
            name="library-new-list",
            title=asked,
            trail=(_("Library"),),
            blocks=(paragraph(words), paragraph(how_kept(self._desk))),
            ask=Ask(label=asked, verb=_("Go on")),
        )

    def typed(self, text: str) -> Move:
        return Show(OwnListPlace(self._desk, begin_list(self._desk, text).id))


class OwnListPlace(Place):
    """One checklist: its lines are ticked, and typing adds one more."""

    def __init__(self, desk: Desk, id_: str, *, removing: bool = False) -> None:
        own_list(desk, id_)  # refused where it is gone
        self.desk, self.id, self._removing = desk, id_, removing

    def sheet(self) -> Sheet:
        there, now = own_list(self.desk, self.id), own_ticked(self.desk, self.id)
        done = _("{percent} % done").format(percent=now.percent)
        none = _("There is nothing on it yet. Type the first line.")
        blocks = [paragraph(how_kept(self.desk))]
        blocks += [] if there.lines else [paragraph(none)]
        ask = Ask(label=_("One more line"), verb=_("Add it"))
        return Sheet(
            name="library-own-list",
            title=title(there.title),
            trail=(_("Library"), _("Your own checklists")),
            progress=done if there.lines else "",
            blocks=tuple(blocks),
            rows=self._sure_rows() if self._removing else tuple(self._rows()),
            ask=None if self._removing else ask,
            copy_text="\n".join(f"- {shown(line.text)}" for line in there.lines),
        )

    def _rows(self) -> Iterator[Row]:
        lines = own_ticked(self.desk, self.id).lines
        for line in lines:
            yield Row(
                kind=RowKind.TASK,
                value=f"{_TICK}{line.id}",
                text=shown(line.text),
                state=line.state,
            )
        group = _("This checklist")
        if lines:
            text = _("Change or remove a line")
            yield _button(CHANGE, text, group)
            yield Row(kind=RowKind.LINK, value=SAVE, text=_("Save or print a copy"))
            group = ""
        yield _button(RENAME, _("Give it another name"), group)
        yield _button(REMOVE, _("Remove this checklist"))
        yield from keep_row(self.desk)

    @staticmethod
    def _sure_rows() -> tuple[Row, ...]:
        group = _("Remove it with all its lines? This cannot be taken back.")
        return (
            _button(KEEP, _("No, keep it"), group),
            _button(SURE, _("Yes, remove it")),
        )

    def choose(self, value: str) -> Move:
        if value.startswith(_TICK):
            turn_own(self.desk, self.id, value.removeprefix(_TICK))
            return Stay()
        if value in (REMOVE, KEEP):
            removing = value == REMOVE
            return Show(OwnListPlace(self.desk, self.id, removing=removing))
        if value == SURE and self._removing:
            remove_list(self.desk, self.id)
            return Close()
        onward = {
            CHANGE: lambda: LinesPlace(self.desk, self.id),
            RENAME: lambda: RenamePlace(self.desk, self.id),
            SAVE: self._export,
        }
        return Show(onward[value]()) if value in onward else Open(value)

    def _export(self) -> Place:
        there, now = own_list(self.desk, self.id), own_ticked(self.desk, self.id)
        paper = own_paper(there.title, self.desk.library.lang, now.lines)
        return ExportPlace(
            Printed(desk=self.desk, paper=paper, before=self, private=True)
        )

    def typed(self, text: str) -> Move:
        if text.strip():
            add_line(self.desk, self.id, text)
        return Show(OwnListPlace(self.desk, self.id))

    def back(self) -> Place | None:
        return OwnListPlace(self.desk, self.id) if self._removing else None


class LinesPlace(Place):
    """Which line is changed."""

    def __init__(self, desk: Desk, id_: str) -> None:
        self._desk, self._id = desk, id_

    def sheet(self) -> Sheet:
        there = own_list(self._desk, self._id)
        rows = [
            Row(kind=RowKind.LINK, value=f"{_LINE}{line.id}", text=shown(line.text))
            for line in there.lines
        ]
        rows.append(_button(DONE, _("That is all")))
        return Sheet(
            name="library-own-lines",
            title=_("Which line?"),
            trail=(_("Your own checklists"), title(there.title)),
            rows=tuple(rows),
        )

    def choose(self, value: str) -> Move:
        if value.startswith(_LINE):
            line = value.removeprefix(_LINE)
            return Show(LinePlace(self._desk, self._id, line))
        if value == DONE:
            return Show(OwnListPlace(self._desk, self._id))
        return Open(value)

    def back(self) -> Place | None:
        return OwnListPlace(self._desk, self._id)


class LinePlace(Place):
    """One line, worded anew or removed."""

    def __init__(self, desk: Desk, id_: str, line: str) -> None:
        self._desk, self._id, self._line = desk, id_, line

    def sheet(self) -> Sheet:
        there = own_list(self._desk, self._id)
        text = next((x.text for x in there.lines if x.id == self._line), None)
        if text is None:
            raise NotFoundError
        return Sheet(
            name="library-own-line",
            title=_("How shall it read?"),
            trail=(_("Your own checklists"), title(there.title)),
            rows=(_button(REMOVE, _("Remove this line")),),
            ask=Ask(label=_("Line"), value=text, verb=_("Keep it so")),
        )

    def typed(self, text: str) -> Move:
        change_line(self._desk, self._id, self._line, text)
        return Show(LinesPlace(self._desk, self._id))

    def choose(self, value: str) -> Move:
        if value != REMOVE:
            return Open(value)
        remove_line(self._desk, self._id, self._line)
        return Show(LinesPlace(self._desk, self._id))

    def back(self) -> Place | None:
        return LinesPlace(self._desk, self._id)


class RenamePlace(Place):
    """Another title."""

    def __init__(self, desk: Desk, id_: str) -> None:
        self._desk, self._id = desk, id_

    def sheet(self) -> Sheet:
        there = own_list(self._desk, self._id)
        asked = _("What is the checklist called?")
        return Sheet(
            name="library-rename-list",
            title=asked,
            trail=(_("Your own checklists"),),
            ask=Ask(label=asked, value=there.title, verb=_("Keep it so")),
        )

    def typed(self, text: str) -> Move:
        rename_list(self._desk, self._id, text)
        return Show(OwnListPlace(self._desk, self._id))

    def back(self) -> Place | None:
        return OwnListPlace(self._desk, self._id)


def shown(text: str) -> str:
    """A line that the reader wrote, safe to draw."""
    return show(text, limit=_LONGEST)


def _button(value: str, text: str, group: str = "") -> Row:
    return Row(kind=RowKind.BUTTON, value=value, text=text, group=group)
