"""Find in a lesson: every line of it with the words that are typed."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING

from guide.actions.last_place import Spot
from guide.actions.pack_text import lesson_blocks, stamp, title
from guide.actions.places.library import Here
from guide.actions.places.library_reading import JUMP
from guide.actions.places.place import Move, Open, Place, Stay
from guide.library.folding import place_of, words_in
from guide.library.search import excerpt
from guide.model.pack import Lesson
from guide.model.problems import NotFoundError
from guide.model.sheet import Ask, Row, RowKind, Sheet
from guide.model.text import Block, BlockKind, paragraph
from guide.safety.display import show
from guide.words import _, plural

if TYPE_CHECKING:
    from guide.actions.places.library_items import LessonPlace

_MOST, _LONGEST = 50, 300


class FindPlace(Place):
    """Find as you type, in all pages of one lesson."""

    def __init__(self, here: Here, lesson: Lesson, before: LessonPlace) -> None:
        self._here, self._lesson, self._before = here, lesson, before
        self._words = ""

    def sheet(self) -> Sheet:
        here, lesson = self._here, self._lesson
        rows = tuple(islice(self._found(), _MOST))
        found = plural("{count} found", "{count} found", len(rows))
        return Sheet(
            name=here.sheet_name(f"{lesson.listed.path}/find"),
            title=_("Find in this lesson"),
            trail=(*here.trail(lesson.listed.path), title(lesson.listed.title)),
            progress=found if rows else "",
            blocks=(stamp(here.pack.about), *(() if rows else (self._nothing(),))),
            rows=rows,
            ask=Ask(label=_("Words"), value=self._words, live=True),
        )

    def _nothing(self) -> Block:
        if self._words.strip():
            return paragraph(_("This lesson does not have that. Try fewer letters."))
        return paragraph(_("Type what you look for. Each line with it is shown."))

    def _found(self) -> Iterator[Row]:
        wanted = words_in(self._words)
        if not wanted:
            return
        for page, text in enumerate(self._lesson.pages):
            under = ""
            for number, block in enumerate(lesson_blocks(text)):
                if block.kind is BlockKind.HEADING:
                    under = title(" ".join(block.text.split()))
                line = f"{block.lead}{block.text}" if _is_named(block) else block.text
                if all(place_of(line, [word]) >= 0 for word in wanted):
                    spot = Spot(page=page, block=number)
                    yield self._row(spot, excerpt(line, wanted), under)

    def _row(self, spot: Spot, line: str, under: str) -> Row:
        parts = [under] if under and under != line else []
        if len(self._lesson.pages) > 1:
            parts.append(_("page {number}").format(number=spot.page + 1))
        return Row(
            kind=RowKind.LINK,
            value=f"{JUMP}{spot}",
            text=show(" ".join(line.split()), limit=_LONGEST),
            note=", ".join(parts),
        )

    def typing(self, text: str) -> None:
        self._words = text

    def typed(self, text: str) -> Move:
        self._words = text
        rows = self.sheet().rows
        if not rows:
            raise NotFoundError(
                _("This lesson does not have that. Nothing was changed."),
                _("Try fewer letters."),
            )
        return Stay() if len(rows) > 1 else self.choose(rows[0].value)

    def choose(self, value: str) -> Move:
        return self._before.jump(value) if value.startswith(JUMP) else Open(value)

    def back(self) -> Place | None:
        return self._before


def _is_named(block: Block) -> bool:
    """Whether what stands before the text is a part of what is read."""
    return block.kind in (BlockKind.FIELD, BlockKind.CALLOUT)
