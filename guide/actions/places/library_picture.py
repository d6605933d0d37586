"""A picture of a lesson, drawn in the terminal because the reader asked for it.

A second, limited process takes it apart. Nothing of it is written to the disk.
"""

from __future__ import annotations

from collections.abc import Iterator

from guide.actions.pack_text import stamp, title
from guide.actions.places.library import Here
from guide.actions.places.place import Begin, Move, Open, Place
from guide.actions.working import Work
from guide.library.packs.pictures import Pictured, bytes_of, pictures_in
from guide.model.pack import Listed
from guide.model.problems import NotFoundError
from guide.model.sheet import Row, RowKind, Sheet
from guide.model.text import Block, BlockKind, paragraph
from guide.safety.display import show
from guide.words import _

DRAW = "draw:"


def picture_rows(here: Here, listed: Listed, page: str) -> Iterator[Row]:
    """A row for each picture of a page whose bytes are in the pack."""
    group = _("Pictures")
    for number, each in enumerate(pictures_in(here.opened, listed, page)):
        name = title(each.text) or title(each.path.rpartition("/")[2])
        text = _("Draw the picture: {title}").format(title=name)
        value = f"{DRAW}{number}"
        yield Row(kind=RowKind.LINK, value=value, text=text, group=group)
        group = ""


def draw(here: Here, listed: Listed, page: str, value: str) -> Move:
    """Draw the picture that one of `picture_rows` names. Raises NotFoundError."""
    found = pictures_in(here.opened, listed, page)
    number = value.removeprefix(DRAW)
    if not (number.isascii() and number.isdecimal() and int(number) < len(found)):
        raise NotFoundError
    picture = found[int(number)]
    data = bytes_of(here.opened, picture)  # refused before anything begins

    def do(_work: Work) -> Place:
        return PicturePlace(here, listed, picture, tuple(_drawn(picture, data)))

    work = Work(_("Drawing the picture"), do)
    work.on_stop = _("Nothing is changed by this. You can stop at any time.")
    return Begin(work)


def _drawn(picture: Pictured, data: bytes) -> Iterator[Block]:
    from guide.media import Look, media_type, preview

    seen = preview(media_type(picture.path.rpartition("/")[2], data), data)
    if seen.look is not Look.PICTURE:
        words = _("This cannot be drawn here. Nothing is wrong with your computer.")
        yield paragraph(words)
        return
    first, *more = seen.told
    yield Block(kind=BlockKind.PICTURE, text=show(first), picture=seen.picture)
    yield from (paragraph(show(each)) for each in more)


class PicturePlace(Place):
    """The picture, and what the lesson says of it."""

    def __init__(
        self, here: Here, listed: Listed, picture: Pictured, blocks: tuple[Block, ...]
    ) -> None:
        self._here, self._listed = here, listed
        self._picture, self._blocks = picture, blocks

    def sheet(self) -> Sheet:
        here, picture = self._here, self._picture
        said = title(picture.text)
        words = _("[Picture: {path}]").format(path=title(picture.path))
        return Sheet(
            name=here.sheet_name(f"{self._listed.path}/picture"),
            title=said or _("A picture"),
            trail=(*here.trail(self._listed.path), title(self._listed.title)),
            blocks=(stamp(here.pack.about), *self._blocks, paragraph(words)),
        )

    def choose(self, value: str) -> Move:
        return Open(value)
