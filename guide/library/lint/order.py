"""What comes before what, for a reader who goes through the guide the first time.

A page dominates another when every way from the start passes it first. The tree of
dominators is worked out as by Cooper, Harvey and Kennedy, "A Simple, Fast Dominance
Algorithm" (2001), so that thousands of pages take a moment.
"""

from __future__ import annotations

from functools import cached_property

from guide.library.graph import Way, WayKind, reach
from guide.library.lint.pack import Pack
from guide.model.content import Page, PageKind


class Order:
    """Which pages can have been met before which."""

    def __init__(self, pack: Pack) -> None:
        self._pack = pack
        self._ways = {
            name: (*ways, *self._back(pack.pages[name]))
            for name, ways in pack.ways.items()
        }
        self._after: dict[str, frozenset[str]] = {}

    def _back(self, page: Page) -> tuple[Way, ...]:
        """A step leads back to the hubs when it is done."""
        if page.kind in (PageKind.HUB, PageKind.QUESTION):
            return ()
        return tuple(
            Way(start=page.id, end=hub, kind=WayKind.NEXT) for hub in self._hubs
        )

    @cached_property
    def _hubs(self) -> tuple[str, ...]:
        pages = self._pack.pages.values()
        return tuple(page.id for page in pages if page.kind is PageKind.HUB)

    def before(self, asker: str, page: Page) -> bool:
        """Whether *asker* can have been answered when *page* is first shown.

        A hub is a place to come back to: there it is enough that the way leads back.
        """
        if asker != page.id and self._dominates(asker, page.id):
            return True
        first = page.kind is PageKind.HUB or not self._dominates(page.id, asker)
        return first and page.id in self._leads_to(asker)

    def _leads_to(self, asker: str) -> frozenset[str]:
        if asker not in self._after:
            ends = {way.end for way in self._ways[asker]} & self._ways.keys()
            self._after[asker] = frozenset(reach(sorted(ends), self._ways))
        return self._after[asker]

    def _dominates(self, page: str, other: str) -> bool:
        """Whether every way from the start to *other* passes *page*."""
        opened, closed = self._spans[page]
        return opened <= self._spans[other][0] < closed

    @cached_property
    def _spans(self) -> dict[str, tuple[int, int]]:
        """For each page of the tree of dominators, the numbers beneath it."""
        children: dict[str, list[str]] = {}
        for name, parent in self._parents.items():
            if name != parent:
                children.setdefault(parent, []).append(name)
        opened: dict[str, int] = {}
        spans: dict[str, tuple[int, int]] = {}
        waiting = [(self._pack.start, False)]
        while waiting:
            name, done = waiting.pop()
            if done:
                spans[name] = (opened[name], len(opened))
                continue
            opened[name] = len(opened)
            waiting.append((name, True))
            waiting += [(child, False) for child in children.get(name, ())]
        return spans

    @cached_property
    def _parents(self) -> dict[str, str]:
        """The nearest page that every way to each page passes."""
        order = self._postorder()
        place = {name: number for number, name in enumerate(order)}
        before: dict[str, list[str]] = {name: [] for name in order}
        for name in order:
            for way in self._ways[name]:
                if way.end in place:
                    before[way.end].append(name)
        parents = {self._pack.start: self._pack.start}
        changed = True
        while changed:
            changed = False
            for name in reversed(order[:-1]):
                parent = _common(
                    [x for x in before[name] if x in parents], parents, place
                )
                changed = changed or parents.get(name) != parent
                parents[name] = parent
        return parents

    def _postorder(self) -> list[str]:
        seen = {self._pack.start}
        waiting = [(self._pack.start, iter(self._ways[self._pack.start]))]
        order: list[str] = []
        while waiting:
            name, ways = waiting[-1]
            new = next((x.end for x in ways if self._is_new(x.end, seen)), "")
            if new:
                seen.add(new)
                waiting.append((new, iter(self._ways[new])))
            else:
                waiting.pop()
                order.append(name)
        return order

    def _is_new(self, name: str, seen: set[str]) -> bool:
        return name in self._ways and name not in seen


def _common(names: list[str], parents: dict[str, str], place: dict[str, int]) -> str:
    """The nearest page above all of *names* in the tree so far."""
    first, *rest = names
    for other in rest:
        here = other
        while first != here:
            while place[first] < place[here]:
                first = parents[first]
            while place[here] < place[first]:
                here = parents[here]
    return first
