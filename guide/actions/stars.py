"""What the reader wants to find again in the library: stars and bookmarks.

A star is on a whole lesson, checklist or form; a bookmark is in one place of a lesson.
Both are kept with the reader's notes, by name: a pack that is replaced keeps them.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256

from guide.actions.desk import Desk
from guide.actions.library_notes import Sort, noted, put_noted
from guide.model.problems import InvalidAnswerError, NotFoundError
from guide.words import _

MOST = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Star:
    """``of`` is the pack and the path; the title is that of the day of the star."""

    of: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Bookmark:
    """A place in a lesson: by the heading before it, else by the number of its page."""

    id: str
    of: str
    title: str
    heading: str = ""
    page: int = 0

    def page_in(self, headings: Sequence[Sequence[str]]) -> int:
        """On which page it is now: *headings* are those of each page."""
        pages = (n for n, each in enumerate(headings) if self.heading in each)
        last = max(0, len(headings) - 1)
        return next(pages, min(self.page, last))


def stars(desk: Desk) -> tuple[Star, ...]:
    """Every star, by title."""
    found = [Star(of=of, title=x) for of, x in noted(desk, Sort.STAR).items()]
    return tuple(sorted(found, key=lambda each: (each.title.casefold(), each.of)))


def has_star(desk: Desk, of: str) -> bool:
    """Whether there is a star on it."""
    return of in noted(desk, Sort.STAR)


def turn_star(desk: Desk, of: str, title: str) -> None:
    """Put a star on it, or take it away."""
    if has_star(desk, of):
        put_noted(desk, Sort.STAR, of, "")
        return
    _refuse_too_many(desk, Sort.STAR)
    put_noted(desk, Sort.STAR, of, title or of)


def bookmarks(desk: Desk) -> tuple[Bookmark, ...]:
    """Every bookmark, by lesson and then by page."""
    found = [_unpacked(id_, text) for id_, text in noted(desk, Sort.MARK).items()]
    return tuple(sorted(found, key=lambda each: (each.title, each.of, each.page)))


def bookmark(desk: Desk, id_: str) -> Bookmark:
    """One of them. Raises NotFoundError."""
    text = noted(desk, Sort.MARK).get(id_, "")
    if not text:
        raise NotFoundError
    return _unpacked(id_, text)


def bookmark_here(of: str, title: str, heading: str, page: int) -> Bookmark:
    """The bookmark for this place, whether it is kept or not."""
    short = sha256(f"{of}\n{heading}\n{'' if heading else page}".encode()).hexdigest()
    return Bookmark(id=short[:16], of=of, title=title, heading=heading, page=page)


def is_kept(desk: Desk, mark: Bookmark) -> bool:
    """Whether there is this bookmark."""
    return mark.id in noted(desk, Sort.MARK)


def turn_bookmark(desk: Desk, mark: Bookmark) -> None:
    """Keep this bookmark, or take it away."""
    if is_kept(desk, mark):
        put_noted(desk, Sort.MARK, mark.id, "")
        return
    _refuse_too_many(desk, Sort.MARK)
    told = {"of": mark.of, "title": mark.title}
    put_noted(
        desk,
        Sort.MARK,
        mark.id,
        json.dumps({**told, "heading": mark.heading, "page": mark.page}),
    )


def _refuse_too_many(desk: Desk, sort: Sort) -> None:
    if len(noted(desk, sort)) >= MOST:
        words = _("There are {most} of them already. Nothing was changed.")
        raise InvalidAnswerError(words.format(most=MOST), _("Take one away first."))


def _unpacked(id_: str, text: str) -> Bookmark:
    told = json.loads(text)
    return Bookmark(
        id=id_,
        of=told["of"],
        title=told["title"],
        heading=told["heading"],
        page=told["page"],
    )
