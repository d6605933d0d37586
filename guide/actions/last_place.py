"""Where the reader was in a lesson, and which lesson they came back from.

Kept with their notes where these are kept, else until they leave. A lesson that was
read to its end is forgotten: it begins at its beginning again.
"""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass

from guide.actions.desk import Desk
from guide.actions.library_notes import Sort, noted, put_noted
from guide.model.problems import GuideError

_WRITTEN = re.compile(r"([0-9]{1,4})/([0-9]{1,4})", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """A place in a lesson: its page, and the block of that page; both from 0."""

    page: int = 0
    block: int = 0

    def __str__(self) -> str:
        """As it is kept, and as a row names it."""
        return f"{self.page}/{self.block}"


TOP = Spot()


def spot_of(text: str) -> Spot:
    """The place that was written as *text*; the top where that is none.

    >>> spot_of("2/14"), spot_of("?")
    (Spot(page=2, block=14), Spot(page=0, block=0))
    """
    found = _WRITTEN.fullmatch(text)
    return Spot(page=int(found[1]), block=int(found[2])) if found else TOP


def remember_spot(desk: Desk, of: str, spot: Spot) -> None:
    """Remember where the reader is in the lesson *of*, pack and path; its top is ""."""
    text = "" if spot == TOP else str(spot)
    desk.lessons.spots[of] = text
    if desk.saving and noted(desk, Sort.PLACE).get(of, "") != text:
        with suppress(GuideError):  # to read on matters more
            put_noted(desk, Sort.PLACE, of, text)


def last_spot(desk: Desk, of: str) -> Spot:
    """Where the reader was in it; the top where that is not known."""
    if of in desk.lessons.spots or not desk.vault.on_disk:
        return spot_of(desk.lessons.spots.get(of, ""))
    return spot_of(noted(desk, Sort.PLACE).get(of, ""))
