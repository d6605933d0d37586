"""A link of a pack that leads nowhere."""

from __future__ import annotations

from guide.actions.pack_text import missing_blocks, stamp
from guide.actions.places.library import MISSING, TARGET, Here, link_row
from guide.actions.places.place import Move, Open, Place
from guide.library.aliases import page_for
from guide.library.packs.links import SCHEME, wanted_title
from guide.model.sheet import Sheet
from guide.words import _


class MissingPlace(Place):
    """Where a link leads that leads nowhere, and what there is instead."""

    def __init__(self, here: Here, target: str) -> None:
        self._here, self._target = here, target

    def sheet(self) -> Sheet:
        here = self._here
        words = wanted_title(self._target) or self._target
        rows = [link_row(f"{TARGET}{here.name}", _("The contents of this pack"))]
        library = here.desk.library
        if self._target.startswith(SCHEME) and (
            ours := page_for(library, self._target)
        ):
            read = _("The guide has a page on this: {title}")
            rows.append(
                link_row(f"page:{ours}", read.format(title=library.pages[ours].title))
            )
        return Sheet(
            name=here.sheet_name(MISSING),
            title=_("This is missing from the pack"),
            trail=here.trail("x"),
            blocks=(stamp(here.pack.about), *missing_blocks(words)),
            rows=tuple(rows),
        )

    def choose(self, value: str) -> Move:
        return Open(value)
