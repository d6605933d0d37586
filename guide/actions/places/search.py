"""Search as you type: our pages and every pack, with the words in their place.

What others wrote stands under a heading that says so, after what is ours.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from guide.actions.desk import Desk
from guide.actions.places.place import Close, Move, Open, Place, Show
from guide.actions.searching import (
    OURS,
    Hit,
    Results,
    Search,
    kind_names,
    nothing_found,
    search_of,
    wanted_of,
)
from guide.library.search import Found, Wanted
from guide.model.sheet import Ask, Row, RowKind, Sheet
from guide.model.text import Block, paragraph
from guide.words import _, plural

FILTERS, ALL = "filters", "everywhere"
_KIND, _PACK, _LEVEL = "kind", "pack", "level"
EVERYWHERE = Wanted(text="")


class SearchPlace(Place):
    """Search as you type, everywhere or only where the reader wants."""

    readies = True

    def __init__(self, desk: Desk, typed: str = "") -> None:
        self._desk, self._search = desk, search_of(desk)
        self._chosen, self._typed = EVERYWHERE, typed

    def get_ready(self) -> bool:
        return self._search.step()

    @property
    def wanted(self) -> Wanted:
        """The words, and where to look for them."""
        return wanted_of(self._typed, self._search, self._chosen)

    def sheet(self) -> Sheet:
        wanted = self.wanted
        results = self._search.find(wanted)
        return Sheet(
            name="search",
            title=_("Search"),
            progress=self._count(results) if results.hits else "",
            blocks=tuple(self._said(wanted, results)),
            rows=(*hit_rows(self._search, results), *self._filters(wanted, results)),
            ask=Ask(label=_("Words"), value=self._typed, live=True),
        )

    def _count(self, results: Results) -> str:
        shown = len(results.hits)
        if shown < results.count:
            return _("{shown} of {count}").format(shown=shown, count=results.count)
        if self._search.packs:
            return plural("{count} found", "{count} found", results.count)
        return plural("{count} page", "{count} pages", results.count)

    def _said(self, wanted: Wanted, results: Results) -> Iterator[Block]:
        if narrow := where_in_words(self._search, wanted):
            yield paragraph(_("Looking only in: {where}.").format(where=narrow))
        if results.some:
            words = _("Nothing has all of these words. These have some of them.")
            yield paragraph(words)
        if not results.hits:
            yield paragraph(nothing_found(wanted.text))
            if self._search.packs and not wanted.text.strip():
                yield paragraph(_how_to_narrow())
        if wanted.text.strip() and not self._search.ready:
            yield paragraph(_("Not everything is looked through yet. Please wait."))

    def _filters(self, wanted: Wanted, results: Results) -> Iterator[Row]:
        narrow = replace(wanted, text="") != EVERYWHERE
        if self._search.packs and results.count > 1:
            text = _("Look only in one kind, pack or level")
            yield Row(kind=RowKind.LINK, value=FILTERS, text=text)
        if narrow:
            yield Row(kind=RowKind.LINK, value=ALL, text=_("Look everywhere"))

    def typing(self, text: str) -> None:
        self._typed = text

    def typed(self, text: str) -> Move:
        self._typed = text
        self._search.finish()
        return Show(self)

    def choose(self, value: str) -> Move:
        if value == FILTERS:
            return Show(FilterPlace(self), instead=False)
        if value == ALL:
            return Show(SearchPlace(self._desk, typed=self.wanted.text))
        return Open(value)

    def narrow(self, where: Wanted) -> None:
        """Look only *where*; what was typed of that makes room for it."""
        self._typed, self._chosen = self.wanted.text, replace(where, text="")

    @property
    def search(self) -> Search:
        """What is looked in."""
        return self._search


class FilterPlace(Place):
    """Where to look: one kind, one pack or one level, each with what it would find."""

    aside = True

    def __init__(self, above: SearchPlace) -> None:
        self._above = above

    def sheet(self) -> Sheet:
        search, wanted = self._above.search, self._above.wanted
        search.finish()
        rows = [*_kind_rows(search, wanted), *_pack_rows(search, wanted)]
        rows += _level_rows(search, wanted)
        return Sheet(
            name="search-filters",
            title=_("Where to look"),
            trail=(_("Search"),),
            rows=tuple(rows),
        )

    def choose(self, value: str) -> Move:
        wanted, (kind, _colon, name) = self._above.wanted, value.partition(":")
        match kind:
            case "kind":
                wanted = replace(wanted, kind=Found(name))
            case "pack":
                wanted = replace(wanted, pack=name)
            case _:
                wanted = replace(wanted, level=name)
        self._above.narrow(wanted)
        return Close()


def _kind_rows(search: Search, wanted: Wanted) -> Iterator[Row]:
    counts: Counter[str] = Counter()
    for each in search.counts(replace(wanted, kind=None)):
        counts[each.kind] += each.count
    names = {str(kind): name for kind, name in kind_names().items()}
    yield from _rows(_KIND, _("Kind"), names, counts)


def _pack_rows(search: Search, wanted: Wanted) -> Iterator[Row]:
    counts: Counter[str] = Counter()
    for each in search.counts(replace(wanted, pack=None)):
        counts[each.pack] += each.count
    names = {"": _("The guide itself"), **search.packs}
    yield from _rows(_PACK, _("Pack"), names, counts)


def _level_rows(search: Search, wanted: Wanted) -> Iterator[Row]:
    counts: Counter[str] = Counter()
    for each in search.counts(replace(wanted, level="")):
        counts[each.level] += each.count
    names = {level: search.level(level) for level in sorted(counts) if level}
    yield from _rows(_LEVEL, _("Level"), names, counts)


def _rows(
    sort: str, group: str, names: dict[str, str], counts: Counter[str]
) -> Iterator[Row]:
    for value, name in names.items():
        if not counts[value]:
            continue
        note = plural("{count} found", "{count} found", counts[value])
        text = name[:1].upper() + name[1:]
        yield Row(
            kind=RowKind.LINK,
            value=f"{sort}:{value}",
            text=text,
            note=note,
            group=group,
        )
        group = ""


def hit_rows(search: Search, results: Results) -> Iterator[Row]:
    """A row for each text found; whose words they are stands above them."""
    ours = _("From the guide") if search.packs else ""
    for n, hit in enumerate(results.ours):
        yield Row(
            kind=RowKind.LINK,
            value=hit.target,
            text=hit.title,
            note=hit.excerpt,
            group=ours if n == 0 else "",
        )
    others = _("By others, not part of the guide")
    for n, hit in enumerate(results.others):
        yield Row(
            kind=RowKind.LINK,
            value=hit.target,
            text=hit.title,
            note=f"{what_it_is(search, hit)}: {hit.excerpt}",
            group=others if n == 0 else "",
        )


def what_it_is(search: Search, hit: Hit) -> str:
    """The kind of a text of others, where it stands, its pack if there are more."""
    parts = [kind_names()[hit.kind]]
    if hit.subject and hit.kind is not Found.GLOSSARY:
        parts.append(hit.subject)
    if hit.level:
        parts.append(search.level(hit.level))
    if len(search.packs) > 1:
        parts.append(search.packs.get(hit.pack, hit.pack))
    words = ", ".join(parts)
    return words[:1].upper() + words[1:]


def where_in_words(search: Search, wanted: Wanted) -> str:
    """Where is looked, in words; "" where that is everywhere."""
    parts = [kind_names()[wanted.kind]] if wanted.kind else []
    if wanted.pack is not None:
        ours = wanted.pack == ""
        name = _("the guide") if ours else search.packs.get(wanted.pack, wanted.pack)
        parts.append(name)
    if wanted.level:
        parts.append(search.level(wanted.level))
    return ", ".join(parts)


def _how_to_narrow() -> str:
    words = _("To look only in some, add for example: {kind}, {ours} or {level}.")
    return words.format(
        kind="kind:checklist", ours=f"pack:{OURS}", level="level:beginner"
    )
