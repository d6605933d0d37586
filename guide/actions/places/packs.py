"""Lessons of others that were added: which there are, one of them, removing it.

Only the copy that the guide made is ever removed. What it came from is not touched,
and what the reader ticked or filled in stays in their notes.
"""

from __future__ import annotations

from collections.abc import Iterator

from guide.actions.desk import Desk
from guide.actions.pack_adding import remove_here
from guide.actions.pack_facts import facts, kinds_in, kinds_in_words
from guide.actions.pack_text import title
from guide.actions.packs import Shelved, added, kept_at, pack_of
from guide.actions.places.library import TARGET
from guide.actions.places.place import Move, Open, Place, Show
from guide.model.pack import About
from guide.model.problems import NotFoundError
from guide.model.sheet import Row, RowKind, Sheet
from guide.model.text import Block, BlockKind, item, paragraph
from guide.safety.display import show_path
from guide.words import _, plural

ADD, REMOVE, KEEP, SURE, _ONE = "add", "remove", "keep-them", "sure", "one:"


def packs_title() -> str:
    """What the list is called, on its screen and on the way back to it."""
    return _("Lessons from others")


class PacksPlace(Place):
    """Every pack that was added, and the way to add one more."""

    def __init__(self, desk: Desk, said: str = "") -> None:
        self._desk, self._said = desk, said

    def sheet(self) -> Sheet:
        found = added(self._desk)
        said = [paragraph(self._said)] if self._said else []
        return Sheet(
            name="packs",
            title=packs_title(),
            trail=(_("Library"),),
            progress=_how_many(len(found)),
            blocks=(*said, *_what_they_are(some=bool(found))),
            rows=(*map(_row, found), _button(ADD, _("Add lessons"), "a")),
        )

    def choose(self, value: str) -> Move:
        if value == ADD:
            from guide.actions.places.pack_add import AddPlace

            return Show(AddPlace(self._desk))
        if value.startswith(_ONE):
            return Show(AddedPlace(self._desk, value.removeprefix(_ONE)))
        return Open(value)


def _how_many(count: int) -> str:
    return plural("{count} pack", "{count} packs", count) if count else ""


def _what_they_are(*, some: bool) -> Iterator[Block]:
    first = _("A group or a helper may give you lessons, on a stick or as a zip.")
    second = _("The guide can show them. They never become part of it.")
    none = _("None were added so far.")
    yield paragraph(f"{first} {second}")
    if not some:
        yield paragraph(none)


def _row(pack: Shelved) -> Row:
    about = pack.about
    said = (title(about.author), title(about.date)) if about else ()
    return Row(
        kind=RowKind.LINK,
        value=f"{_ONE}{pack.name}",
        text=title(about.title) if about else pack.name,
        note=", ".join(filter(None, said)) if about else _("cannot be opened"),
    )


class AddedPlace(Place):
    """One pack that was added: whose it is, and where its copy is."""

    def __init__(self, desk: Desk, name: str, said: str = "") -> None:
        self._desk, self._name, self._said = desk, name, said
        self._pack, self._kinds = _of_name(desk, name), ""
        if self._pack.about is not None:  # once: a stick may be slow, or gone
            pack = pack_of(desk, name).read_in(desk.library.lang)
            self._kinds = kinds_in_words(kinds_in(pack))

    def sheet(self) -> Sheet:
        pack, said = self._pack, [paragraph(self._said)] if self._said else []
        return Sheet(
            name=f"packs/{self._name}",
            title=_called(pack),
            trail=(_("Library"), packs_title()),
            blocks=(*said, *self._blocks()),
            rows=tuple(self._rows()),
        )

    def _blocks(self) -> Iterator[Block]:
        if self._pack.about is None:
            lead = _("These lessons cannot be opened")
            yield Block(kind=BlockKind.CALLOUT, lead=lead, text=self._pack.problem)
        else:
            yield not_ours()
            yield from fact_blocks(self._pack.about, self._kinds)
        yield field(_("Copy: "), show_path(kept_at(self._name)))

    def _rows(self) -> Iterator[Row]:
        if self._pack.about is not None:
            yield read_row(self._name)
        yield _button(REMOVE, _("Remove them"))

    def choose(self, value: str) -> Move:
        if value == REMOVE:
            return Show(RemovePlace(self._desk, self._name))
        return Open(value)

    def back(self) -> Place | None:
        return PacksPlace(self._desk)


class RemovePlace(Place):
    """What removing means, asked once."""

    def __init__(self, desk: Desk, name: str) -> None:
        self._desk, self._name = desk, name
        self._pack = _of_name(desk, name)

    def sheet(self) -> Sheet:
        stay = _("Ticks and filled forms that are kept in your notes stay there.")
        again = _("Add the same lessons again later, and your ticks are there again.")
        source = _("Only the copy is removed. The folder or zip it came from stays.")
        return Sheet(
            name="packs-remove",
            title=_("Remove these lessons?"),
            trail=(packs_title(), _called(self._pack)),
            blocks=(
                *map(item, (source, stay, again)),
                field(_("Copy: "), show_path(kept_at(self._name))),
            ),
            rows=(
                _button(KEEP, _("No, keep them")),
                _button(SURE, _("Yes, remove the copy")),
            ),
        )

    def choose(self, value: str) -> Move:
        if value == KEEP:
            return Show(AddedPlace(self._desk, self._name))
        if value != SURE:
            return Open(value)
        remove_here(self._desk, self._name)
        words = _("Removed: {title}. What you kept in your notes is still there.")
        said = words.format(title=_called(self._pack))
        return Show(PacksPlace(self._desk, said))

    def back(self) -> Place | None:
        return AddedPlace(self._desk, self._name)


def _of_name(desk: Desk, name: str) -> Shelved:
    found = next((each for each in added(desk) if each.name == name), None)
    if found is None:
        raise NotFoundError(
            _("These lessons are not there any more. Nothing was changed."),
            _("Go back, and look at which there are."),
        )
    return found


def _called(pack: Shelved) -> str:
    return title(pack.about.title) if pack.about else pack.name


def not_ours() -> Block:
    """Whose words these are not: stands above each of these screens."""
    words = _("Nobody here has checked them. What they say may not fit you.")
    return Block(kind=BlockKind.CALLOUT, lead=_("Not part of the guide"), text=words)


def fact_blocks(about: About, kinds: str) -> Iterator[Block]:
    """Whose it is, since when, and how much there is in it."""
    yield from (field(lead, text) for lead, text in facts(about))
    yield field(_("In it: "), kinds)


def field(lead: str, text: str) -> Block:
    """A name and what belongs to it."""
    return Block(kind=BlockKind.FIELD, lead=lead, text=text)


def read_row(name: str) -> Row:
    """The way to the lessons themselves."""
    text, value = _("Read these lessons"), f"{TARGET}{name}"
    return Row(kind=RowKind.LINK, value=value, text=text, key="n")


def _button(value: str, text: str, key: str = "") -> Row:
    return Row(kind=RowKind.BUTTON, value=value, text=text, key=key)
