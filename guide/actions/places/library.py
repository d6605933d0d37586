"""The library: packs, their modules, subjects and levels, and their glossaries.

Whose words they are, and that they are not the guide's, stands on each screen.
"""

from __future__ import annotations

from collections import Counter

from guide.actions.desk import Desk
from guide.actions.library_notes import last_level, remember_level
from guide.actions.pack_text import one_line, stamp, title
from guide.actions.packs import pack_of, shelved
from guide.actions.places.place import Move, Open, Place
from guide.library.packs.links import find
from guide.library.packs.opening import OpenPack
from guide.library.packs.umbrella import FORMS
from guide.model.pack import Kind, Listed, Pack, Part, PartKind
from guide.model.people import same
from guide.model.problems import NotFoundError
from guide.model.sheet import Ask, Row, RowKind, Sheet
from guide.model.text import paragraph
from guide.words import _, plural

TARGET, MISSING, GLOSSARY = "pack:", "?", "!words"
PACKS = "packs"  # the screen where they are added and removed
MINE = "!mine"  # what is the reader's own: no pack has such a name


def place_in(desk: Desk, id_: str) -> Place:
    """The screen of ``NAME`` or ``NAME/path``. Raises NotFoundError."""
    name, _slash, path = id_.partition("/")
    if name == MINE:
        from guide.actions.places.library_own import place_of_mine

        return place_of_mine(desk, path)
    opened = pack_of(desk, name)
    here = Here(desk, name, opened)
    if not path:
        return PackPlace(here)
    if path.startswith(MISSING):
        from guide.actions.places.library_missing import MissingPlace

        return MissingPlace(here, path.removeprefix(MISSING))
    if path in (GLOSSARY, FORMS):
        return WordsPlace(here) if path == GLOSSARY else FormsPlace(here)
    if part := here.pack.part(path):
        return WordsPlace(here) if part.glossary else PartPlace(here, part)
    if listed := here.pack.find(path):
        from guide.actions.places.library_items import item_place

        return item_place(here, listed)
    raise NotFoundError


class Here:
    """Which pack is read, by whom."""

    def __init__(self, desk: Desk, name: str, opened: OpenPack) -> None:
        self.desk, self.name, self.opened = desk, name, opened
        self.pack: Pack = opened.read_in(desk.library.lang)

    def target(self, path: str) -> str:
        """What opens *path* of this pack."""
        return f"{TARGET}{self.name}/{path}"

    def sheet_name(self, path: str) -> str:
        """A name that no page of ours can have: it holds a slash."""
        return f"pack/{self.name}/{path}"

    def link(self, target: str, above: str) -> str:
        """What a link in the lesson *above* opens: there, or what is missing."""
        path = find(self.pack, target, above)
        return self.target(path or f"{MISSING}{target}")

    def trail(self, path: str) -> tuple[str, ...]:
        """The pack, and the parts that *path* stands in."""
        steps = path.split("/")[:-1]
        above = ["/".join(steps[: n + 1]) for n in range(len(steps))]
        parts = [part.title for each in above if (part := self.pack.part(each))]
        return tuple(title(each) for each in (self.pack.about.title, *parts))

    def row(self, item: Listed, group: str = "") -> Row:
        """The way to a lesson, a checklist or a form."""
        notes = {Kind.CHECKLIST: _("checklist"), Kind.FORM: _("form"), Kind.LESSON: ""}
        note = notes[item.kind]
        if item.lang != self.pack.lang:
            here = _("in {lang}").format(lang=item.lang)
            note = f"{note}, {here}" if note else here
        return Row(
            kind=RowKind.LINK,
            value=self.target(item.path),
            text=title(item.title),
            note=note,
            group=group,
        )

    def part_row(self, part: Part, note: str = "", group: str = "") -> Row:
        """The way into a module, a subject or a level."""
        return Row(
            kind=RowKind.LINK,
            value=self.target(part.path),
            text=title(part.title),
            note=note,
            group=group,
        )


class LibraryPlace(Place):
    """Every pack that can be read here."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def sheet(self) -> Sheet:
        from guide.actions.places.library_own import mine_rows, new_row

        packs, mine = shelved(self._desk), list(mine_rows(self._desk))
        words = _("Lessons that other people wrote. They are not part of the guide.")
        care = _("Nobody here has checked them. What they say may not fit you.")
        none = _(
            "There are no packs yet. Choose “Add or remove lessons”, or type: guide "
            "pack add FOLDER"
        )
        broken = [paragraph(f"{p.name}: {p.problem}") for p in packs if p.problem]
        ways = [
            (f"{TARGET}{each.name}", title(each.about.title), title(each.about.author))
            for each in packs
            if each.about
        ]
        count = len(ways)
        ways.append((PACKS, _("Add or remove lessons"), ""))
        groups = [_("Packs") if mine else "", *[""] * count]
        rows = [
            link_row(*way, group=group) for way, group in zip(ways, groups, strict=True)
        ]
        first = paragraph(f"{words} {care}")
        more = () if packs else (paragraph(none),)
        return Sheet(
            name="library",
            title=_("Library"),
            progress=plural("{count} pack", "{count} packs", count),
            blocks=(first, *more, *broken),
            rows=(*mine, *rows) if mine else (*rows, new_row(_("Yours"))),
        )

    def choose(self, value: str) -> Move:
        return Open(value)


class PackPlace(Place):
    """One pack: its modules, its words, its forms."""

    def __init__(self, here: Here) -> None:
        self._here = here

    def sheet(self) -> Sheet:
        here, pack = self._here, self._here.pack
        rows = [here.part_row(part, note=_count(part)) for part in pack.modules]
        if pack.forms:
            note = plural("{count} form", "{count} forms", len(pack.forms))
            rows.append(link_row(here.target(FORMS), _("Forms"), note))
        return Sheet(
            name=here.sheet_name(""),
            title=title(pack.about.title),
            trail=(_("Library"),),
            blocks=(stamp(pack.about),),
            rows=tuple(rows),
        )

    def choose(self, value: str) -> Move:
        return Open(value)


class PartPlace(Place):
    """A module, a subject or a level: what stands in it, in its order."""

    def __init__(self, here: Here, part: Part) -> None:
        self._here, self._part = here, part
        if part.kind is PartKind.LEVEL:
            subject = part.path.rpartition("/")[0]
            remember_level(here.desk, here.name, subject, part.path)

    def sheet(self) -> Sheet:
        from guide.actions.places.library_reading import forward_row

        here, part = self._here, self._part
        last = last_level(here.desk, here.name, part.path)
        rows = [here.row(item) for item in part.items]
        rows += [
            here.part_row(
                inner,
                note=_("You read this level last") if inner.path == last else "",
                group=_inner_group(inner) if n == 0 else "",
            )
            for n, inner in enumerate(part.parts)
        ]
        rows += forward_row(here)
        about = (paragraph(one_line(part.about)[0]),) if part.about else ()
        return Sheet(
            name=here.sheet_name(part.path),
            title=title(part.title),
            trail=here.trail(part.path),
            blocks=(stamp(here.pack.about), *about),
            rows=tuple(rows),
        )

    def choose(self, value: str) -> Move:
        from guide.actions.places.library_reading import FORWARD, forward

        return forward(self._here) if value == FORWARD else Open(value)


class WordsPlace(Place):
    """The words that a pack explains, by the letters they begin with."""

    def __init__(self, here: Here) -> None:
        self._here, self._begins = here, ""

    def sheet(self) -> Sheet:
        here, glossary = self._here, self._here.pack.glossary()
        begins = same(self._begins)
        terms = glossary.lessons() if glossary else ()
        found = [term for term in terms if begins in same(term.title)]
        none = paragraph(_("No word here holds that. Try fewer letters."))
        return Sheet(
            name=here.sheet_name(GLOSSARY),
            title=title(glossary.title) if glossary else _("Words explained"),
            trail=here.trail("x"),
            progress=plural("{count} word", "{count} words", len(found)),
            blocks=(stamp(here.pack.about), *(() if found else (none,))),
            rows=tuple(here.row(term) for term in found),
            ask=Ask(label=_("Word"), value=self._begins, live=True),
        )

    def typing(self, text: str) -> None:
        self._begins = text

    def typed(self, text: str) -> Move:
        self._begins = text
        rows = self.sheet().rows
        if not rows:
            raise NotFoundError(
                _("No word here holds that. Nothing was changed."),
                _("Try fewer letters."),
            )
        return Open(rows[0].value)

    def choose(self, value: str) -> Move:
        return Open(value)


class FormsPlace(Place):
    """The forms of a pack."""

    def __init__(self, here: Here) -> None:
        self._here = here

    def sheet(self) -> Sheet:
        here = self._here
        return Sheet(
            name=here.sheet_name(FORMS),
            title=_("Forms"),
            trail=here.trail("x"),
            blocks=(stamp(here.pack.about),),
            rows=tuple(here.row(form) for form in here.pack.forms),
        )

    def choose(self, value: str) -> Move:
        return Open(value)


def _count(part: Part) -> str:
    if part.glossary:
        return plural("{count} word", "{count} words", len(part.items))
    kinds = Counter(item.kind for item in part.everything())
    if checklists := kinds[Kind.CHECKLIST] * (not kinds[Kind.LESSON]):
        return plural("{count} checklist", "{count} checklists", checklists)
    return plural("{count} lesson", "{count} lessons", kinds[Kind.LESSON])


def _inner_group(part: Part) -> str:
    if part.kind is PartKind.LEVEL:
        return _("Choose a level")
    return _("Subjects")


def link_row(value: str, text: str, note: str = "", group: str = "") -> Row:
    """A way to another screen."""
    return Row(kind=RowKind.LINK, value=value, text=text, note=note, group=group)
