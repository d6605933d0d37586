"""Forms of packs, and what the reader wrote into them.

An answer belongs to what its item says in the language that the order is taken from,
under the title of its screen. So it stays when the reader changes the language, and
when the pack is replaced by a newer one in which that item still stands. An answer
whose item is gone is never thrown away: it stands at the end, with what was asked.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from hashlib import sha256

from guide.actions.desk import Desk
from guide.actions.library_notes import Sort, noted, put_noted
from guide.library.packs.lessons import read_form, where
from guide.library.packs.opening import OpenPack
from guide.model.pack import FormItem, FormScreen, ItemKind, Listed, PackForm
from guide.model.problems import InvalidAnswerError, NotFoundError
from guide.model.text import whole
from guide.words import _

LONGEST = 20_000
_CHOSEN = (ItemKind.ONE, ItemKind.MANY)


@dataclass(frozen=True, slots=True, kw_only=True)
class FormOf:
    """A form at a desk: as it is shown, and as the base language tells it."""

    desk: Desk
    id: str
    shown: PackForm
    told: PackForm


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One of the options of an item; ``on`` where the reader chose it."""

    id: str
    label: str
    on: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Blank:
    """One item of a form as it stands for this reader."""

    id: str
    item: FormItem
    screen: str  # the title of its screen
    begins: bool = False  # it is the first of its screen
    text: str = ""
    choices: tuple[Choice, ...] = ()
    gone: Mapping[str, str] = field(default_factory=dict)  # chosen, no more offered

    @property
    def asks(self) -> bool:
        """Whether there is anything to fill in."""
        return self.item.kind is not ItemKind.LABEL

    @property
    def chosen(self) -> tuple[Choice, ...]:
        """What was chosen, in its order."""
        return tuple(each for each in self.choices if each.on)

    @property
    def filled(self) -> bool:
        """Whether anything stands in it."""
        return bool(self.text or self.chosen)


@dataclass(frozen=True, slots=True, kw_only=True)
class Earlier:
    """An answer to something that is no longer asked, or not in this language."""

    id: str
    label: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Filled:
    """A form with its answers."""

    blanks: tuple[Blank, ...]
    earlier: tuple[Earlier, ...] = ()

    @property
    def to_fill(self) -> tuple[Blank, ...]:
        """Every item that asks for something."""
        return tuple(each for each in self.blanks if each.asks)

    def blank(self, id_: str) -> Blank:
        """The item with this id. Raises NotFoundError."""
        found = next((each for each in self.to_fill if each.id == id_), None)
        if found is None:
            raise NotFoundError
        return found


@dataclass(frozen=True, slots=True, kw_only=True)
class _Answer:
    """What is kept of one item: with its words, should they be gone one day."""

    label: str
    text: str = ""
    chosen: Mapping[str, str] = field(default_factory=dict)  # labels by id


def form_of(desk: Desk, name: str, opened: OpenPack, listed: Listed) -> FormOf:
    """The form *listed* of the pack *name*, read once."""
    shown = read_form(opened.tree, listed)
    return FormOf(
        desk=desk,
        id=f"{name}/{listed.path}",
        shown=shown,
        told=_first_told(opened, shown),
    )


def filled(form: FormOf) -> Filled:
    """The form with what the reader wrote into it."""
    kept = _kept(form)
    blanks = tuple(_blanks(form.shown, form.told, kept))
    return Filled(blanks=blanks, earlier=tuple(_earlier(blanks, kept)))


def _earlier(
    blanks: tuple[Blank, ...], kept: Mapping[str, _Answer]
) -> Iterator[Earlier]:
    """What was answered, and has no place in the form as it is now."""
    for blank in blanks:
        if blank.gone:
            text = "\n".join(blank.gone.values())
            yield Earlier(id=blank.id, label=blank.item.label, text=text)
    known = {each.id for each in blanks}
    for id_, each in kept.items():
        if id_ not in known:
            text = each.text or "\n".join(each.chosen.values())
            yield Earlier(id=id_, label=each.label, text=text)


def write_into(form: FormOf, id_: str, text: str) -> None:
    """Put *text* into one item; nothing empties it. Raises InvalidAnswerError."""
    said = whole(text).strip()
    if len(said) > LONGEST:
        what = _("That is longer than {most} characters. Nothing was changed.")
        raise InvalidAnswerError(what.format(most=LONGEST), _("Write less."))
    blank = filled(form).blank(id_)
    if blank.item.kind in _CHOSEN:
        raise InvalidAnswerError
    _put(form, id_, _Answer(label=blank.item.label, text=said) if said else None)


def choose_in(form: FormOf, id_: str, chosen: Collection[str]) -> None:
    """Choose these options of one item, and no others; none empties it."""
    blank = filled(form).blank(id_)
    there = {each.id: each.label for each in blank.choices if each.id in chosen}
    if len(there) != len(set(chosen)):
        raise NotFoundError
    if blank.item.kind is ItemKind.ONE and len(there) > 1:
        raise InvalidAnswerError(next_step=_("Please choose one answer here."))
    if blank.item.kind is ItemKind.MANY:
        there |= blank.gone
    _put(form, id_, _Answer(label=blank.item.label, chosen=there) if there else None)


def empty(form: FormOf) -> None:
    """Take every answer out of the form."""
    put_noted(form.desk, Sort.FORM, form.id, "")


def answers_in(text: str) -> int:
    """How many answers there are in what is kept of one form."""
    return len(json.loads(text)) if text else 0


def together(kept: str, brought: str) -> str:
    """What is kept of a form, with the answers that are *brought* in their place."""
    answers = json.loads(kept) if kept else {}
    return json.dumps({**answers, **json.loads(brought)})


def _put(form: FormOf, id_: str, answer: _Answer | None) -> None:
    kept = dict(_kept(form))
    kept.pop(id_, None)
    if answer is not None:
        kept[id_] = answer
    told = {
        each: {"label": a.label, "text": a.text, "chosen": dict(a.chosen)}
        for each, a in kept.items()
    }
    put_noted(form.desk, Sort.FORM, form.id, json.dumps(told) if told else "")


def _kept(form: FormOf) -> Mapping[str, _Answer]:
    text = noted(form.desk, Sort.FORM).get(form.id, "")
    told = json.loads(text) if text else {}
    return {
        id_: _Answer(label=each["label"], text=each["text"], chosen=each["chosen"])
        for id_, each in told.items()
    }


def _first_told(opened: OpenPack, shown: PackForm) -> PackForm:
    """The form in the base language, where it asks for the same in the same order."""
    base = replace(shown.listed, lang=opened.about.base)
    if base.lang == shown.listed.lang or where(base) not in opened.tree.sizes:
        return shown
    told = read_form(opened.tree, base)
    return told if _shape(told) == _shape(shown) else shown


def _shape(form: PackForm) -> list[list[ItemKind]]:
    return [[item.kind for item in screen.items] for screen in form.screens]


def _blanks(
    shown: PackForm, told: PackForm, kept: Mapping[str, _Answer]
) -> Iterator[Blank]:
    seen: Counter[str] = Counter()
    for screen, first in zip(shown.screens, told.screens, strict=True):
        for number, item in enumerate(screen.items):
            base = first.items[number]
            id_ = _unlike(seen, _short(*_words_of(first, base)))
            answer = kept.get(id_, _Answer(label=""))
            choices = tuple(_choices(item, base, answer))
            offered = {each.id for each in choices}
            yield Blank(
                id=id_,
                item=item,
                screen=screen.title,
                begins=number == 0,
                text=answer.text,
                choices=choices,
                gone={k: x for k, x in answer.chosen.items() if k not in offered},
            )


def _words_of(screen: FormScreen, item: FormItem) -> tuple[str, ...]:
    way = "chosen" if item.kind in _CHOSEN else "written"
    return screen.title, item.label, item.name, way


def _choices(item: FormItem, base: FormItem, answer: _Answer) -> Iterator[Choice]:
    """The options by what they say in the base language, where they are as many."""
    alike = len(base.options) == len(item.options)
    seen: Counter[str] = Counter()
    told = base.options if alike else item.options
    for label, first in zip(item.options, told, strict=True):
        id_ = _unlike(seen, _short(first))
        yield Choice(id=id_, label=label, on=id_ in answer.chosen)


def _short(*words: str) -> str:
    said = "\n".join(words).encode("utf-8", "replace")
    return sha256(said).hexdigest()[:16]


def _unlike(seen: Counter[str], short: str) -> str:
    """The second of two alike has its number."""
    seen[short] += 1
    return short if seen[short] == 1 else f"{short}-{seen[short]}"
