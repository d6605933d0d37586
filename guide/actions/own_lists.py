"""Checklists of the reader's own: a title, lines, ticks. Kept with their notes."""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterable
from dataclasses import dataclass, replace

from guide.actions.checklists import AFTER, Ticked, TickLine
from guide.actions.desk import Desk
from guide.actions.library_notes import Sort, noted, put_noted
from guide.model.problems import InvalidAnswerError, NotFoundError
from guide.model.progress import TickState
from guide.model.text import whole
from guide.words import _

LONGEST_TITLE, LONGEST_LINE, MOST_LINES, MOST_LISTS = 120, 500, 200, 100


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnLine:
    """One line of it."""

    id: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnList:
    """One checklist, its lines in the order they were written."""

    id: str
    title: str
    lines: tuple[OwnLine, ...] = ()


def own_lists(desk: Desk) -> tuple[OwnList, ...]:
    """Every one, by title."""
    found = [_unpacked(id_, text) for id_, text in noted(desk, Sort.LIST).items()]
    return tuple(sorted(found, key=lambda each: (each.title.casefold(), each.id)))


def own_list(desk: Desk, id_: str) -> OwnList:
    """One of them. Raises NotFoundError."""
    text = noted(desk, Sort.LIST).get(id_, "")
    if not text:
        raise NotFoundError(
            _("This checklist is not here any more. Nothing else was changed."),
            _("See what is there in the library."),
        )
    return _unpacked(id_, text)


def begin_list(desk: Desk, title: str) -> OwnList:
    """A new one without lines. Raises InvalidAnswerError."""
    if len(noted(desk, Sort.LIST)) >= MOST_LISTS:
        words = _("There are {most} checklists already. Nothing was changed.")
        raise InvalidAnswerError(words.format(most=MOST_LISTS), _("Remove one first."))
    made = OwnList(id=secrets.token_hex(8), title=_said(title, LONGEST_TITLE))
    return _put(desk, made)


def rename_list(desk: Desk, id_: str, title: str) -> OwnList:
    """Give it another title."""
    return _put(desk, replace(own_list(desk, id_), title=_said(title, LONGEST_TITLE)))


def add_line(desk: Desk, id_: str, text: str) -> OwnList:
    """One more line at its end. Raises InvalidAnswerError."""
    there = own_list(desk, id_)
    if len(there.lines) >= MOST_LINES:
        words = _("This checklist has {most} lines already. Nothing was changed.")
        raise InvalidAnswerError(
            words.format(most=MOST_LINES), _("Begin another checklist.")
        )
    line = OwnLine(id=secrets.token_hex(8), text=_said(text, LONGEST_LINE))
    return _put(desk, replace(there, lines=(*there.lines, line)))


def change_line(desk: Desk, id_: str, line_id: str, text: str) -> OwnList:
    """Word one line anew; its tick stays."""
    there = own_list(desk, id_)
    _line(there, line_id)
    said = _said(text, LONGEST_LINE)
    lines = (replace(x, text=said) if x.id == line_id else x for x in there.lines)
    return _put(desk, replace(there, lines=tuple(lines)))


def remove_line(desk: Desk, id_: str, line_id: str) -> OwnList:
    """Take one line out, and its tick."""
    there = own_list(desk, id_)
    _line(there, line_id)
    made = replace(there, lines=tuple(x for x in there.lines if x.id != line_id))
    _untick(desk, id_, (line_id,))
    return _put(desk, made)


def remove_list(desk: Desk, id_: str) -> None:
    """Remove it with all its lines and ticks."""
    there = own_list(desk, id_)
    _untick(desk, id_, (line.id for line in there.lines))
    put_noted(desk, Sort.LIST, id_, "")


def own_ticked(desk: Desk, id_: str) -> Ticked:
    """Its lines with their ticks."""
    states = desk.vault.ticks(_page(id_))
    return Ticked(
        lines=tuple(
            TickLine(
                id=line.id,
                text=line.text,
                heading=False,
                state=states.get(line.id, TickState.NOT_NOW),
            )
            for line in own_list(desk, id_).lines
        )
    )


def turn_own(desk: Desk, id_: str, line_id: str) -> None:
    """Give one line its next state: done, not for me, not now."""
    _line(own_list(desk, id_), line_id)
    now = desk.vault.ticks(_page(id_)).get(line_id, TickState.NOT_NOW)
    desk.vault.put_tick(_page(id_), line_id, AFTER[now])


def _untick(desk: Desk, id_: str, lines: Iterable[str]) -> None:
    ticked = desk.vault.ticks(_page(id_))
    for line in lines:
        if line in ticked:
            desk.vault.put_tick(_page(id_), line, TickState.NOT_NOW)


def _line(there: OwnList, line_id: str) -> OwnLine:
    found = next((line for line in there.lines if line.id == line_id), None)
    if found is None:
        raise NotFoundError
    return found


def _said(text: str, most: int) -> str:
    said = " ".join(whole(text).split())
    if not said:
        raise InvalidAnswerError(
            _("Nothing was typed, so nothing was changed."), _("Type a few words.")
        )
    if len(said) > most:
        what = _("That is longer than {most} characters. Nothing was changed.")
        raise InvalidAnswerError(what.format(most=most), _("Write less."))
    return said


def _put(desk: Desk, made: OwnList) -> OwnList:
    lines = [[line.id, line.text] for line in made.lines]
    text = json.dumps({"title": made.title, "lines": lines})
    put_noted(desk, Sort.LIST, made.id, text)
    return made


def _unpacked(id_: str, text: str) -> OwnList:
    told = json.loads(text)
    lines = tuple(OwnLine(id=line, text=words) for line, words in told["lines"])
    return OwnList(id=id_, title=told["title"], lines=lines)


def _page(id_: str) -> str:
    """A name that no page of the guide and no pack can have."""
    return f"own/{id_}"
