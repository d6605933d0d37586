"""Checklists of packs, and how far the reader is in them.

A tick belongs to what a line says in the language that the order is taken from. So it
stays when the reader changes the language, and when the pack is replaced by a newer
one in which that line still stands.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from hashlib import sha256

from guide.actions.desk import Desk
from guide.library.packs.lessons import read_checklist, where
from guide.library.packs.opening import OpenPack
from guide.model.pack import CheckLine, Checklist, Listed
from guide.model.problems import NotFoundError
from guide.model.progress import TickState

AFTER = {
    TickState.NOT_NOW: TickState.DONE,
    TickState.DONE: TickState.NOT_FOR_ME,
    TickState.NOT_FOR_ME: TickState.NOT_NOW,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class TickLine:
    """One line of a checklist as it stands for this reader."""

    id: str
    text: str
    heading: bool
    state: TickState


@dataclass(frozen=True, slots=True, kw_only=True)
class Ticked:
    """A checklist with its ticks."""

    lines: tuple[TickLine, ...]

    @property
    def percent(self) -> int:
        """How much is done of what the reader wants to do; 100 only when all is.

        A line that is "not for me" does not count.
        """
        states = [line.state for line in self.lines if not line.heading]
        wanted = [state for state in states if state is not TickState.NOT_FOR_ME]
        if not wanted:
            return 100 if states else 0
        done = wanted.count(TickState.DONE)
        if done == len(wanted):
            return 100
        return min(99, math.ceil(100 * done / len(wanted)))


def checklist(desk: Desk, name: str, opened: OpenPack, listed: Listed) -> Ticked:
    """The checklist *listed* of the pack *name*, with the reader's ticks."""
    shown = read_checklist(opened.tree, listed)
    states = desk.vault.ticks(_page(name, listed))
    ids = _ids(_first_told(opened, listed, shown))
    return Ticked(
        lines=tuple(
            TickLine(
                id=id_,
                text=line.text,
                heading=line.heading,
                state=states.get(id_, TickState.NOT_NOW),
            )
            for id_, line in zip(ids, shown.lines, strict=True)
        )
    )


def turn(desk: Desk, name: str, opened: OpenPack, listed: Listed, id_: str) -> None:
    """Give one line its next state: done, not for me, not now."""
    lines = checklist(desk, name, opened, listed).lines
    found = next((line for line in lines if line.id == id_ and not line.heading), None)
    if found is None:
        raise NotFoundError
    desk.vault.put_tick(_page(name, listed), id_, AFTER[found.state])


def _page(name: str, listed: Listed) -> str:
    """A name that no page of the guide can have: it holds a slash."""
    return f"pack/{name}/{listed.path}"


def _first_told(
    opened: OpenPack, listed: Listed, shown: Checklist
) -> tuple[CheckLine, ...]:
    """The lines in the base language, where they are the same number of lines."""
    base = replace(listed, lang=opened.about.base)
    if base.lang == listed.lang or where(base) not in opened.tree.sizes:
        return shown.lines
    lines = read_checklist(opened.tree, base).lines
    alike = [line.heading for line in lines] == [line.heading for line in shown.lines]
    return lines if alike else shown.lines


def _ids(lines: tuple[CheckLine, ...]) -> Iterator[str]:
    """An id for each line; the second of two alike has its number."""
    seen: Counter[str] = Counter()
    for line in lines:
        short = sha256(line.text.encode("utf-8", "replace")).hexdigest()[:16]
        seen[short] += 1
        yield short if seen[short] == 1 else f"{short}-{seen[short]}"
