"""One lesson, checklist or form of a pack, on its screen."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from guide.actions.checklists import Ticked, checklist, turn
from guide.actions.last_place import TOP, Spot, remember_spot
from guide.actions.pack_text import lesson_blocks, notes, one_line, stamp, title
from guide.actions.places.library import GLOSSARY, Here
from guide.actions.places.library_find import FindPlace
from guide.actions.places.library_own import (
    MARKS,
    OWN,
    Item,
    MarkPlace,
    kept_at_hand,
    own_rows,
)
from guide.actions.places.library_picture import DRAW, draw, picture_rows
from guide.actions.places.library_reading import (
    CONTENTS,
    FIND,
    FORWARD,
    JUMP,
    Ahead,
    ContentsPlace,
    forward,
    jumped_to,
    reading_rows,
)
from guide.actions.places.place import Move, Open, Place, Show, Stay
from guide.library.packs.links import is_inside
from guide.library.packs.walking import open_lesson
from guide.model.pack import Kind, Lesson, Listed
from guide.model.paper import Paper
from guide.model.sheet import Row, RowKind, Sheet
from guide.model.text import (
    Block,
    Span,
    copy_line,
    item,
)
from guide.words import _

NEXT, BEFORE = "next", "before"
_TICK = "tick:"


def item_place(here: Here, listed: Listed) -> Place:
    """The screen of *listed*."""
    match listed.kind:
        case Kind.LESSON:
            return LessonPlace(here, open_lesson(here.opened, listed))
        case Kind.CHECKLIST:
            return ChecklistPlace(here, listed)
        case Kind.FORM:
            from guide.actions.places.library_forms import FormPlace

            return FormPlace(here, listed)


class LessonPlace(Place):
    """One page of a lesson; the next page, then the next lesson, is one key away."""

    def __init__(
        self, here: Here, lesson: Lesson, page: int = 0, block: int = 0
    ) -> None:
        self._here, self._lesson, self._block = here, lesson, block
        self._page = min(page, len(lesson.pages) - 1)

    def sheet(self) -> Sheet:
        here, lesson, pages = self._here, self._lesson, self._lesson.pages
        blocks = lesson_blocks(pages[self._page])
        last = self._page == len(pages) - 1
        above = (stamp(here.pack.about), *notes(lesson.listed, here.pack.lang))
        tasks = tuple(item(one_line(task)[0]) for task in lesson.tasks) if last else ()
        words = _("Page {number} of {count}")
        progress = words.format(number=self._page + 1, count=len(pages))
        return Sheet(
            name=here.sheet_name(f"{lesson.listed.path}/{self._page}"),
            title=title(lesson.listed.title),
            trail=here.trail(lesson.listed.path),
            progress=progress if len(pages) > 1 else "",
            blocks=(*above, *blocks, *tasks),
            start=len(above) + min(self._block, len(blocks)) if self._block else 0,
            rows=(
                *self._ways_on(),
                *reading_rows(here, lesson, self._spot),
                *self._mentioned(blocks),
                *picture_rows(here, lesson.listed, pages[self._page]),
                *own_rows(here, lesson.listed, pages=True),
            ),
            copy_text="\n".join(copy_line(block) for block in (*blocks, *tasks)),
        )

    def _ways_on(self) -> Iterator[Row]:
        if self._page < len(self._lesson.pages) - 1:
            yield _button(NEXT, _("Next page"), "n")
        elif following := self._following():
            words = _("Next: {title}").format(title=title(following.title))
            yield _button(NEXT, words, "n")
        if self._page:
            yield _button(BEFORE, _("Page before"), "b")

    def _following(self) -> Listed | None:
        """What comes after this lesson in its level; nothing after the last."""
        path = self._lesson.listed.path
        part = self._here.pack.part(path.rpartition("/")[0])
        if part is None or part.glossary:
            return None
        places = {each.path: n for n, each in enumerate(part.items)}
        after = places.get(path, len(part.items)) + 1
        return part.items[after] if after < len(part.items) else None

    def _mentioned(self, blocks: tuple[Block, ...]) -> Iterator[Row]:
        texts = ((block.text, block.spans) for block in blocks)
        yield from _links(self._here, self._lesson.listed.path, texts)
        if self._here.pack.glossary():
            yield Row(
                kind=RowKind.LINK,
                value=self._here.target(GLOSSARY),
                text=_("Look up a word"),
                key="u",
            )

    def choose(self, value: str) -> Move:
        if value in OWN:
            return self._own(value)
        if value.startswith(JUMP):
            return self.jump(value)
        if value.startswith(DRAW):
            page = self._lesson.pages[self._page]
            return draw(self._here, self._lesson.listed, page, value)
        ways: dict[str, Callable[[], Move]] = {
            NEXT: lambda: self._turn(1),
            BEFORE: lambda: self._turn(-1),
            CONTENTS: lambda: Show(ContentsPlace(self._here, self._lesson, self)),
            FIND: lambda: Show(FindPlace(self._here, self._lesson, self)),
            FORWARD: lambda: forward(self._here),
        }
        return ways[value]() if value in ways else Open(value)

    def _turn(self, pages: int) -> Move:
        here, page = self._here, self._page + pages
        if page < len(self._lesson.pages):
            return Show(self.at(Spot(page=page)))
        remember_spot(here.desk, self._of, TOP)
        following = self._following()
        return Show(item_place(here, following)) if following else Stay()

    @property
    def _spot(self) -> Spot:
        return Spot(page=self._page, block=self._block)

    @property
    def _of(self) -> str:
        return f"{self._here.name}/{self._lesson.listed.path}"

    def at(self, spot: Spot) -> LessonPlace:
        """The same lesson at another place, which is remembered."""
        remember_spot(self._here.desk, self._of, spot)
        return LessonPlace(self._here, self._lesson, spot.page, spot.block)

    def jump(self, value: str) -> Move:
        """Go where a row of another screen of this lesson leads."""
        return Show(self.at(jumped_to(value)))

    def back(self) -> Place | None:
        title_now = self._lesson.listed.title
        ahead = Ahead(of=self._of, title=title_now, spot=self._spot)
        self._here.desk.lessons.ahead = ahead
        return None

    def _own(self, value: str) -> Move:
        here, lesson = self._here, self._lesson
        if value == MARKS:
            return Show(MarkPlace(here, lesson, self._page, self))
        from guide.actions.pack_export import lesson_paper

        return kept_at_hand(
            Item(here, lesson.listed, self),
            value,
            lambda: lesson_paper(here.pack.about, lesson),
        )


class ChecklistPlace(Place):
    """A checklist. Its ticks stay where the reader's notes are kept."""

    def __init__(self, here: Here, listed: Listed) -> None:
        self._here, self._listed = here, listed

    def sheet(self) -> Sheet:
        here = self._here
        found = checklist(here.desk, here.name, here.opened, self._listed)
        words = _("{percent} % done").format(percent=found.percent)
        return Sheet(
            name=here.sheet_name(self._listed.path),
            title=title(self._listed.title),
            trail=here.trail(self._listed.path),
            progress=words if found.lines else "",
            blocks=(stamp(here.pack.about), *notes(self._listed, here.pack.lang)),
            rows=(
                *_tick_rows(found),
                *self._mentioned(found),
                *own_rows(here, self._listed),
            ),
        )

    def _mentioned(self, found: Ticked) -> Iterator[Row]:
        lines = (one_line(line.text) for line in found.lines)
        return _links(self._here, self._listed.path, lines)

    def choose(self, value: str) -> Move:
        if value in OWN:
            return kept_at_hand(
                Item(self._here, self._listed, self), value, self._paper
            )
        if not value.startswith(_TICK):
            return Open(value)
        here, id_ = self._here, value.removeprefix(_TICK)
        turn(here.desk, here.name, here.opened, self._listed, id_)
        return Stay()

    def _paper(self) -> Paper:
        from guide.actions.pack_export import checklist_paper

        here, listed = self._here, self._listed
        lines = checklist(here.desk, here.name, here.opened, listed).lines
        return checklist_paper(here.pack.about, listed.title, listed.lang, lines)


def _links(
    here: Here, above: str, texts: Iterable[tuple[str, tuple[Span, ...]]]
) -> Iterator[Row]:
    """A row for each link into the pack; each leads there once."""
    seen: dict[str, str] = {}
    for text, spans in texts:
        for span in spans:
            if span.style == "link" and is_inside(span.target):
                target = here.link(span.target, above)
                words = " ".join(text[span.start : span.end].split())
                seen.setdefault(target, words)
    group = _("Mentioned here")
    for target, text in seen.items():
        words = text or _("A link without words")
        yield Row(kind=RowKind.LINK, value=target, text=words, group=group)
        group = ""


def _tick_rows(found: Ticked) -> Iterator[Row]:
    group = ""
    for line in found.lines:
        if line.heading:
            group = title(line.text)
            continue
        yield Row(
            kind=RowKind.TASK,
            value=f"{_TICK}{line.id}",
            text=one_line(line.text)[0],
            state=line.state,
            group=group,
        )
        group = ""


def _button(value: str, text: str, key: str) -> Row:
    return Row(kind=RowKind.BUTTON, value=value, text=text, key=key)
