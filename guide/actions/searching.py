"""Search over everything that can be read here, offline, in an index in memory.

Our pages come first, and what others wrote is always told apart from them. The index
is made in short steps, so that nobody waits for it; what is not in it yet is said.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass, replace

from guide.actions.desk import Desk
from guide.actions.pack_shelf import has_packs
from guide.library.search import Count, Entry, Found, Index, Wanted, pages_of
from guide.model.problems import GuideError
from guide.safety.display import show
from guide.words import _

OURS = "guide"  # what the pack of a filter is called where it is none
_STEP = 0.006  # seconds: less than half of what a key may take
_LONGEST, _LONGEST_TITLE = 300, 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """One text found; ``excerpt`` shows the words in their place.

    ``pack`` is the name of the pack it stands in, "" for a page of the guide.
    """

    target: str
    title: str
    excerpt: str
    kind: Found = Found.PAGE
    pack: str = ""
    level: str = ""
    subject: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Results:
    """What was found: the guide's own pages, and what others wrote."""

    ours: tuple[Hit, ...] = ()
    others: tuple[Hit, ...] = ()
    count: int = 0  # of all, shown or not
    some: bool = False  # nothing has all the words, and these have one of them

    @property
    def hits(self) -> tuple[Hit, ...]:
        """All of them in their order."""
        return (*self.ours, *self.others)


class Search:
    """The index over our pages and every pack, made step by step."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._index: Index | None = None
        self._titles: dict[str, str] = {}
        self._levels: dict[str, str] = {}
        self._unread: Iterator[Entry | None] | None = self._everything()

    @property
    def ready(self) -> bool:
        """Whether everything can be found."""
        return self._unread is None

    @property
    def packs(self) -> dict[str, str]:
        """The titles of the packs that can be found so far, by name."""
        return dict(self._titles)

    def level(self, name: str) -> str:
        """What a level is called in the pack that it was first met in."""
        return self._levels.get(name, name)

    def level_named(self, begins: str) -> str:
        """The level whose name or title begins like this, else the words as typed."""
        found = (n for n, title in self._levels.items() if _fits(begins, n, title))
        return next(found, begins)

    def step(self) -> bool:
        """Read on for some milliseconds; whether there is more to read."""
        until = time.monotonic() + _STEP
        while not self.ready and time.monotonic() < until:
            self._read_one()
        return not self.ready

    def finish(self) -> None:
        """Read all that is not read yet."""
        while not self.ready:
            self._read_one()

    def _read_one(self) -> None:
        for entry in self._unread or ():
            if entry is not None:
                self._made().add([entry])
            return
        self._unread = None

    def _made(self) -> Index:
        if self._index is None:
            self._index = Index()
        return self._index

    def _everything(self) -> Iterator[Entry | None]:
        """Every text, and None where something else took its time."""
        yield from pages_of(self._desk.library)
        if not (self._desk.lessons.named or has_packs()):
            return
        from guide.actions.packs import readable

        yield None
        for name in readable(self._desk):
            try:
                yield from self._of_pack(name)
            except GuideError:
                continue  # the screen of the library says what is wrong with it

    def _of_pack(self, name: str) -> Iterator[Entry | None]:
        from guide.actions.packs import pack_of
        from guide.library.packs.pack_words import entries
        from guide.model.pack import PartKind

        opened = pack_of(self._desk, name)
        yield None
        pack = opened.read_in(self._desk.library.lang)
        self._titles[name] = show(pack.about.title, limit=_LONGEST_TITLE)
        for part in pack.all_parts():
            if part.kind is PartKind.LEVEL:
                title = show(part.title, limit=_LONGEST_TITLE)
                self._levels.setdefault(part.path.rpartition("/")[2], title)
        yield None
        for entry in entries(opened, pack):
            yield replace(entry, pack=name)

    def find(self, wanted: Wanted, most: int = 20) -> Results:
        """The best of what was read so far. Where no text has all words: some."""
        found = self._find(wanted, most)
        if found.hits or len(wanted.text.split()) < 2:
            return found
        return self._find(replace(wanted, some=True), most)

    def _find(self, wanted: Wanted, most: int) -> Results:
        index = self._made()
        others = index.find(wanted, most, ours=False)
        # Half of the room is theirs at most, where there is anything of others.
        room = most if not others else max(most // 2, most - len(others))
        ours = index.find(wanted, room, ours=True)
        return Results(
            ours=tuple(map(_hit, ours)),
            others=tuple(map(_hit, others[: most - len(ours)])),
            count=sum(each.count for each in index.count(wanted)),
            some=wanted.some,
        )

    def counts(self, wanted: Wanted) -> tuple[Count, ...]:
        """How many there are of each sort, in no order."""
        found = self._made().count(wanted)
        if found or len(wanted.text.split()) < 2:
            return found
        return self._made().count(replace(wanted, some=True))


def _hit(entry: Entry) -> Hit:
    target = f"pack:{entry.pack}/{entry.name}" if entry.pack else f"page:{entry.name}"
    return Hit(
        target=target,
        title=show(entry.title, limit=_LONGEST_TITLE),
        excerpt=show(entry.body, limit=_LONGEST),
        kind=entry.kind,
        pack=entry.pack,
        level=entry.level,
        subject=show(entry.subject, limit=_LONGEST_TITLE),
    )


def search_of(desk: Desk) -> Search:
    """The search at this desk, made once for all that can be read at it now."""
    from guide.actions.pack_shelf import packs_folder

    lessons = desk.lessons
    try:
        changed = packs_folder().stat().st_mtime_ns
    except OSError:
        changed = 0
    key = (desk.library.lang, lessons.named, str(changed), str(id(desk.library)))
    if lessons.search is None or lessons.search[0] != key:
        lessons.search = (key, Search(desk))
    return lessons.search[1]


def wanted_of(typed: str, known: Search, chosen: Wanted) -> Wanted:
    """What was typed, as words and where to look: ``kind:``, ``pack:``, ``level:``.

    Typed ones come before those that were *chosen*.
    """
    words, wanted = [], chosen
    for word in typed.split():
        name, colon, value = word.partition(":")
        narrowed = _narrowed(wanted, known, name.casefold(), value) if colon else None
        if narrowed is None:
            words.append(word)
        else:
            wanted = narrowed
    return replace(wanted, text=" ".join(words))


def _narrowed(wanted: Wanted, known: Search, name: str, value: str) -> Wanted | None:
    """*wanted* only where *name* is *value*; None where that is no filter."""
    begins = value.casefold()
    if name in ("kind", _("kind")):
        kinds = (k for k, word in kind_names().items() if _fits(begins, k, word))
        return replace(wanted, kind=next(kinds, wanted.kind)) if begins else wanted
    if name in ("pack", _("pack")):
        names = {OURS: OURS, **known.packs}
        packs = (n for n, title in names.items() if _fits(begins, n, title))
        pack = next(packs, value)
        return replace(wanted, pack="" if pack == OURS else pack) if begins else wanted
    if name in ("level", _("level")):
        return replace(wanted, level=known.level_named(begins)) if begins else wanted
    return None


def _fits(begins: str, *names: str) -> bool:
    return any(name.casefold().startswith(begins) for name in names)


def kind_names() -> dict[Found, str]:
    """What each kind is called."""
    return {
        Found.PAGE: _("page"),
        Found.LESSON: _("lesson"),
        Found.CHECKLIST: _("checklist"),
        Found.FORM: _("form"),
        Found.GLOSSARY: _("word explained"),
    }


def nothing_found(words: str) -> str:
    """What to say when no page has the words."""
    if not words.strip():
        return _("Type a word, for example: email, police, block.")
    return _("No page has these words. Try one word, or a shorter one.")
