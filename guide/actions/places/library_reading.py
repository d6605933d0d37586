"""Finding one's way in a lesson: its headings, what stands near it, where one was."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from guide.actions.last_place import TOP, Spot, last_spot, spot_of
from guide.actions.pack_text import lesson_blocks, stamp, title
from guide.actions.places.library import TARGET, Here
from guide.actions.places.place import Move, Open, Place, Show
from guide.model.pack import Lesson, Part, PartKind
from guide.model.reading_width import reading_width
from guide.model.sheet import Row, RowKind, Sheet
from guide.model.text import BlockKind, paragraph
from guide.words import _, plural

if TYPE_CHECKING:
    from guide.actions.places.library_items import LessonPlace

CONTENTS, FIND, FORWARD, JUMP = "lesson-contents", "lesson-find", "forward", "jump:"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ahead:
    """The lesson that the reader came back from, and where in it they were."""

    of: str
    title: str
    spot: Spot


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """A heading of a lesson, and where it stands."""

    text: str
    spot: Spot


def headings(lesson: Lesson) -> Iterator[Heading]:
    """Every heading of every page, in order."""
    for page in range(len(lesson.pages)):
        yield from _headings_on(lesson, page)


def _headings_on(lesson: Lesson, page: int) -> Iterator[Heading]:
    for number, block in enumerate(lesson_blocks(lesson.pages[page])):
        if block.kind is BlockKind.HEADING and block.text.strip():
            words = title(" ".join(block.text.split()))
            yield Heading(text=words, spot=Spot(page=page, block=number))


def reading_rows(here: Here, lesson: Lesson, now: Spot) -> Iterator[Row]:
    """The ways to another place in the lesson, and to what is near it."""
    spot = last_spot(here.desk, f"{here.name}/{lesson.listed.path}")
    if now == TOP and spot != TOP:
        yield _go_on(lesson, spot)
    words = _("In this lesson, and near it")
    yield Row(kind=RowKind.LINK, value=CONTENTS, text=words, key="c")
    yield Row(kind=RowKind.LINK, value=FIND, text=_("Find in this lesson"), key="f")
    yield from forward_row(here, lesson.listed.path)


def _go_on(lesson: Lesson, spot: Spot) -> Row:
    at = _("page {number}").format(number=spot.page + 1)
    if spot.page < len(lesson.pages):
        for heading in _headings_on(lesson, spot.page):
            at = heading.text if heading.spot.block <= spot.block else at
    words = _("Go on where you were: {place}").format(place=at)
    return Row(kind=RowKind.LINK, value=f"{JUMP}{spot}", text=words)


def forward_row(here: Here, path: str = "") -> Iterator[Row]:
    """The way to the lesson that the reader came back from; none on itself."""
    ahead = here.desk.lessons.ahead
    if ahead is not None and ahead.of != f"{here.name}/{path}":
        words = _("Forward again: {title}").format(title=title(ahead.title))
        yield Row(kind=RowKind.LINK, value=FORWARD, text=words)


def forward(here: Here) -> Move:
    """Open the lesson that the reader came back from, where they were in it."""
    from guide.actions.places.library import place_in
    from guide.actions.places.library_items import LessonPlace

    ahead = here.desk.lessons.ahead
    if ahead is None:
        return Open(f"{TARGET}{here.name}")
    place = place_in(here.desk, ahead.of)
    if isinstance(place, LessonPlace):
        return Show(place.at(ahead.spot), instead=False)
    return Show(place, instead=False)


class ContentsPlace(Place):
    """The headings of a lesson, and the other lessons of its subject."""

    def __init__(self, here: Here, lesson: Lesson, before: LessonPlace) -> None:
        self._here, self._lesson, self._before = here, lesson, before

    def sheet(self) -> Sheet:
        here, lesson = self._here, self._lesson
        rows = [*self._headings(), *self._same_subject(), *self._further()]
        none = paragraph(_("This lesson has no headings."))
        found = any(row.value.startswith(JUMP) for row in rows)
        return Sheet(
            name=here.sheet_name(f"{lesson.listed.path}/contents"),
            title=_("In this lesson, and near it"),
            trail=(*here.trail(lesson.listed.path), title(lesson.listed.title)),
            blocks=(stamp(here.pack.about), *(() if found else (none,))),
            rows=tuple(rows),
        )

    def _headings(self) -> Iterator[Row]:
        group, many = _("Headings"), len(self._lesson.pages) > 1
        for each in headings(self._lesson):
            note = _("page {number}").format(number=each.spot.page + 1)
            yield Row(
                kind=RowKind.LINK,
                value=f"{JUMP}{each.spot}",
                text=each.text,
                note=note if many and not each.spot.block else "",
                group=group,
            )
            group = ""

    def _same_subject(self) -> Iterator[Row]:
        here, path = self._here, self._lesson.listed.path
        subject = _subject(here, path)
        if subject is None or subject.glossary:
            return
        group = _("On the same subject: {title}").format(title=title(subject.title))
        for item in subject.everything():
            if item.path != path:
                yield here.row(item, group)
                group = ""

    def _further(self) -> Iterator[Row]:
        value, words = f"{TARGET}{self._here.name}", _("The contents of this pack")
        group = _("Also")
        yield Row(kind=RowKind.LINK, value=value, text=words, group=group)
        note = plural("{count} letter", "{count} letters", reading_width())
        words = _("How wide the text is")
        yield Row(kind=RowKind.LINK, value="width", text=words, note=note)

    def choose(self, value: str) -> Move:
        if value.startswith(JUMP):
            return self._before.jump(value)
        return Open(value)

    def back(self) -> Place | None:
        return self._before


def _subject(here: Here, path: str) -> Part | None:
    """The subject that *path* stands in; the module where there is none."""
    part = here.pack.part(path.rpartition("/")[0])
    if part is not None and part.kind is PartKind.LEVEL:
        return here.pack.part(part.path.rpartition("/")[0])
    return part


def jumped_to(value: str) -> Spot:
    """The place in a lesson that a row leads to."""
    return spot_of(value.removeprefix(JUMP))
