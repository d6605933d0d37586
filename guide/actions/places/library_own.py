"""What the reader made or marked in the library: stars, bookmarks, own checklists.

All of it stands at the top of the library, and is kept with the reader's notes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import NamedTuple

from guide.actions.desk import Desk
from guide.actions.own_lists import OwnList, own_lists, own_ticked
from guide.actions.pack_text import lesson_blocks, stamp, title
from guide.actions.packs import pack_of
from guide.actions.places.library import MINE, TARGET, Here
from guide.actions.places.offers import keep_row
from guide.actions.places.place import Move, Open, Place, Show, Stay
from guide.actions.recording import how_kept
from guide.actions.stars import (
    Bookmark,
    Star,
    bookmark,
    bookmark_here,
    bookmarks,
    has_star,
    is_kept,
    stars,
    turn_bookmark,
    turn_star,
)
from guide.library.packs.walking import open_lesson
from guide.model.pack import Kind, Lesson, Listed
from guide.model.paper import Paper
from guide.model.problems import NotFoundError
from guide.model.sheet import Row, RowKind, Sheet
from guide.model.text import BlockKind, paragraph
from guide.words import _, plural

_ALL, _NEW, _LIST, _MARK = "all", "new", "list:", "mark:"
STAR, MARKS, SAVE, _GO = "star", "bookmarks", "save-copy", "go:"
OWN = frozenset({STAR, MARKS, SAVE})
_HERE, _UNSTAR, _UNMARK = "here:", "unstar:", "unmark:"
_FEW = 5


def place_of_mine(desk: Desk, path: str) -> Place:
    """The screen of *path* in what is the reader's own. Raises NotFoundError."""
    from guide.actions.places import library_own_list as lists

    if path == _ALL:
        return MinePlace(desk)
    if path == _NEW:
        return lists.NewListPlace(desk)
    if path.startswith(_LIST):
        return lists.OwnListPlace(desk, path.removeprefix(_LIST))
    if path.startswith(_MARK):
        return _marked(desk, bookmark(desk, path.removeprefix(_MARK)))
    raise NotFoundError


def _marked(desk: Desk, mark: Bookmark) -> Place:
    """The page of a lesson that a bookmark is in, as the lesson is now."""
    from guide.actions.places.library_items import LessonPlace

    name, _slash, path = mark.of.partition("/")
    here = Here(desk, name, pack_of(desk, name))
    listed = here.pack.find(path)
    if listed is None or listed.kind is not Kind.LESSON:
        raise NotFoundError(
            _("This lesson is not in the pack any more. Your bookmark stays."),
            _("Look in the contents of the pack."),
        )
    lesson = open_lesson(here.opened, listed)
    page = mark.page_in([headings_of(each) for each in lesson.pages])
    blocks = enumerate(lesson_blocks(lesson.pages[page]))
    at = (n for n, each in blocks if mark.heading and each.text == mark.heading)
    return LessonPlace(here, lesson, page, next(at, 0))


def headings_of(page: str) -> list[str]:
    """The headings of one page of a lesson."""
    blocks = lesson_blocks(page)
    return [each.text for each in blocks if each.kind is BlockKind.HEADING]


def mine_rows(desk: Desk) -> Iterator[Row]:
    """The way to what is the reader's own, a few of each; nothing where none is."""
    lists, starred, marks = own_lists(desk), stars(desk), bookmarks(desk)
    yield from _under(_lists(), [_list_row(desk, each) for each in lists[:_FEW]])
    yield from _under(_("With a star"), map(_star_row, starred[:_FEW]))
    yield from _under(_("Bookmarks"), map(_mark_row, marks[:_FEW]))
    if count := len(lists) + len(starred) + len(marks):
        note = plural("{count} thing", "{count} things", count)
        yield _link(_ALL, _("All that is yours here"), note, group=_("Yours"))
        yield new_row()


def new_row(group: str = "") -> Row:
    """The way to a checklist of one's own."""
    return _link(_NEW, _("Make a checklist of your own"), group=group)


def _lists() -> str:
    return _("Your own checklists")


def _under(group: str, rows: Iterable[Row]) -> Iterator[Row]:
    """*rows*, the first of them under a heading."""
    for row in rows:
        yield replace(row, group=group)
        group = ""


def _list_row(desk: Desk, found: OwnList) -> Row:
    percent = own_ticked(desk, found.id).percent
    done = _("{percent} % done").format(percent=percent) if found.lines else ""
    return _link(f"{_LIST}{found.id}", title(found.title), done)


def _star_row(star: Star) -> Row:
    text = title(star.title)
    return Row(kind=RowKind.LINK, value=f"{TARGET}{star.of}", text=text)


def _mark_row(mark: Bookmark) -> Row:
    at = mark.heading or _("page {number}").format(number=mark.page + 1)
    text = f"{title(mark.title)}: {title(at)}"
    return _link(f"{_MARK}{mark.id}", text)


def _link(path: str, text: str, note: str = "", group: str = "") -> Row:
    value = f"{TARGET}{MINE}/{path}"
    return Row(kind=RowKind.LINK, value=value, text=text, note=note, group=group)


class MinePlace(Place):
    """All of it, and how each is taken away again."""

    def __init__(self, desk: Desk, *, taking: bool = False) -> None:
        self._desk, self._taking = desk, taking

    def sheet(self) -> Sheet:
        desk = self._desk
        rows = [] if self._taking else [new_row()]
        if not self._taking:
            lists = [_list_row(desk, each) for each in own_lists(desk)]
            rows += _under(_lists(), lists)
        starred = [self._star(each) for each in stars(desk)]
        rows += _under(_("With a star"), starred)
        marks = [self._mark(each) for each in bookmarks(desk)]
        rows += _under(_("Bookmarks"), marks)
        if starred or marks:
            other = _("Back to the list") if self._taking else _("Take some away")
            group = "" if self._taking else _("Afterwards")
            rows.append(Row(kind=RowKind.BUTTON, value="take", text=other, group=group))
        rows += keep_row(desk) if starred or marks or own_lists(desk) else []
        words = _("Choose what you do not want here any more. The lessons stay.")
        head = words if self._taking else how_kept(desk)
        return Sheet(
            name="library-mine",
            title=_("Yours in the library"),
            trail=(_("Library"),),
            blocks=(paragraph(head),),
            rows=tuple(rows),
        )

    def _star(self, star: Star) -> Row:
        row = _star_row(star)
        return self._away(f"{_UNSTAR}{star.of}", row) if self._taking else row

    def _mark(self, mark: Bookmark) -> Row:
        row = _mark_row(mark)
        return self._away(f"{_UNMARK}{mark.id}", row) if self._taking else row

    @staticmethod
    def _away(value: str, row: Row) -> Row:
        text = _("Take away: {title}").format(title=row.text)
        return Row(kind=RowKind.BUTTON, value=value, text=text)

    def choose(self, value: str) -> Move:
        if value == "take":
            return Show(MinePlace(self._desk, taking=not self._taking))
        if value.startswith(_UNSTAR):
            of = value.removeprefix(_UNSTAR)
            if has_star(self._desk, of):
                turn_star(self._desk, of, "")
            return self._after_taking()
        if value.startswith(_UNMARK):
            turn_bookmark(self._desk, bookmark(self._desk, value.removeprefix(_UNMARK)))
            return self._after_taking()
        return Open(value)

    def _after_taking(self) -> Move:
        some = bool(stars(self._desk) or bookmarks(self._desk))
        return Show(MinePlace(self._desk, taking=some))

    def back(self) -> Place | None:
        return MinePlace(self._desk) if self._taking else None


class MarkPlace(Place):
    """Where in a page of a lesson the bookmark goes."""

    def __init__(self, here: Here, lesson: Lesson, page: int, before: Place) -> None:
        self._here, self._lesson, self._page = here, lesson, page
        self._before = before

    def sheet(self) -> Sheet:
        here = self._here
        rows = [
            Row(
                kind=RowKind.BOX,
                value=f"{_HERE}{mark.id}",
                text=title(mark.heading) or _("The top of this page"),
                on=is_kept(here.desk, mark),
            )
            for mark in self._places()
        ]
        done = Row(kind=RowKind.BUTTON, value=_GO, text=_("Go on"), key="n")
        return Sheet(
            name="library-bookmark",
            title=_("Where do you want a bookmark?"),
            trail=here.trail(self._lesson.listed.path),
            blocks=(stamp(here.pack.about), paragraph(how_kept(here.desk))),
            rows=(*rows, done),
        )

    def _places(self) -> list[Bookmark]:
        listed = self._lesson.listed
        of = f"{self._here.name}/{listed.path}"
        headings = dict.fromkeys(headings_of(self._lesson.pages[self._page]))
        return [
            bookmark_here(of, listed.title, heading, self._page)
            for heading in ("", *headings)
        ]

    def choose(self, value: str) -> Move:
        if value == _GO:
            return Show(self._before)
        marks = {f"{_HERE}{mark.id}": mark for mark in self._places()}
        if value not in marks:
            return Open(value)
        turn_bookmark(self._here.desk, marks[value])
        return Show(MarkPlace(self._here, self._lesson, self._page, self._before))

    def back(self) -> Place | None:
        return self._before


def own_rows(here: Here, listed: Listed, *, pages: bool = False) -> Iterator[Row]:
    """What can be done with a lesson, a checklist or a form; *pages*: of a lesson."""
    star = has_star(here.desk, f"{here.name}/{listed.path}")
    text = _("Take the star away") if star else _("Put a star on it")
    group = _("Keep it at hand")
    yield Row(kind=RowKind.BUTTON, value=STAR, text=text, group=group)
    if pages:
        text = _("Bookmark a place on this page")
        yield Row(kind=RowKind.LINK, value=MARKS, text=text)
    text = _("Save or print a copy")
    yield Row(kind=RowKind.LINK, value=SAVE, text=text, key="x")


class Item(NamedTuple):
    """A lesson, a checklist or a form, and the screen that shows it."""

    here: Here
    listed: Listed
    place: Place


def kept_at_hand(item: Item, value: str, paper: Callable[[], Paper]) -> Move:
    """Do what one of `own_rows` says; *paper* is what would be printed."""
    here, listed = item.here, item.listed
    if value == STAR:
        turn_star(here.desk, f"{here.name}/{listed.path}", listed.title)
        return Stay()
    from guide.actions.places.library_export import ExportPlace, Printed

    return Show(
        ExportPlace(
            Printed(
                desk=here.desk,
                paper=paper(),
                before=item.place,
                head=(stamp(here.pack.about),),
                private=listed.kind is not Kind.LESSON,
            )
        )
    )
