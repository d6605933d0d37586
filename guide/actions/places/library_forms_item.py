"""One item of a form of a pack: it is typed, or chosen, and kept at once."""

from __future__ import annotations

from collections.abc import Iterator

from guide.actions.desk import VaultState
from guide.actions.pack_export import label_of
from guide.actions.pack_forms import (
    LONGEST,
    Blank,
    Choice,
    Filled,
    choose_in,
    filled,
    write_into,
)
from guide.actions.pack_text import one_line, stamp, title
from guide.actions.places.library_forms import FormPlace
from guide.actions.places.place import Move, Open, Place, Show, Stay
from guide.model.conditions import SKIPPED
from guide.model.pack import ItemKind
from guide.model.sheet import Ask, Row, RowKind, Sheet
from guide.model.text import Block, paragraph
from guide.safety.display import show
from guide.words import _

NEXT, GO, LOOK, CLEAR = "next", "go:", "look", "clear"
_CHOICE = "choice:"
_TITLE = 160


class ItemPlace(Place):
    """One item. *alone*: it was opened to change it, and leads back to the form."""

    def __init__(self, form: FormPlace, id_: str, *, alone: bool = False) -> None:
        self._form, self._id, self._alone = form, id_, alone
        self._text = filled(form.form).blank(id_).text

    @property
    def _writes(self) -> bool:
        """Whether the answer is typed, and not chosen."""
        return filled(self._form.form).blank(self._id).item.kind not in (
            ItemKind.ONE,
            ItemKind.MANY,
        )

    def sheet(self) -> Sheet:
        form, now = self._form, filled(self._form.form)
        blank = now.blank(self._id)
        name = show(label_of(blank), limit=_TITLE)
        at = now.to_fill.index(blank) + 1
        here = form.here
        long = blank.item.kind is ItemKind.LONG
        ask = Ask(label=name, value=self._text, verb=_("Go on"), long=long)
        return Sheet(
            name=here.sheet_name(f"{form.listed.path}/{self._id}"),
            title=name,
            trail=(title(form.listed.title), title(blank.screen)),
            progress=_("{step} of {all}").format(step=at, all=len(now.to_fill)),
            blocks=(stamp(here.pack.about), *_around(now, blank)),
            rows=tuple(self._rows(blank)),
            ask=ask if self._writes else None,
        )

    def _rows(self, blank: Blank) -> Iterator[Row]:
        many = blank.item.kind is ItemKind.MANY
        for each in blank.choices:
            yield _choice(each, RowKind.BOX if many else RowKind.CHOICE)
        if many:
            yield _button(GO, _("Go on"), key="n")
        elif blank.item.kind is ItemKind.LONG:
            yield _button(NEXT, _("Go on"), key="n")
        if blank.filled:
            yield _button(CLEAR, _("Empty this answer"))
        yield _button(SKIPPED, _("Skip this"))
        yield _button(LOOK, _("That is all: look it over"))

    def choose(self, value: str) -> Move:
        if value.startswith(_CHOICE):
            return self._chosen(value.removeprefix(_CHOICE))
        match value:
            case "next" if self._writes:
                return self.typed(self._text)
            case "clear":
                self._clear()
                return Stay()
            case "look":
                self.pause()
                return Show(FormPlace(self._form.here, self._form.listed))
            case _ if value in (GO, SKIPPED):
                return Show(self._following())
            case _:
                return Open(value)

    def _chosen(self, id_: str) -> Move:
        blank = filled(self._form.form).blank(self._id)
        on = {each.id for each in blank.chosen}
        if blank.item.kind is ItemKind.MANY:
            choose_in(self._form.form, self._id, on ^ {id_})
            return Stay()
        choose_in(self._form.form, self._id, {id_})
        return Show(self._following())

    def _clear(self) -> None:
        if self._writes:
            self._text = ""
            write_into(self._form.form, self._id, "")
        else:
            choose_in(self._form.form, self._id, ())

    def typing(self, text: str) -> None:
        self._text = text

    def typed(self, text: str) -> Move:
        self._text = text
        self._keep()
        return Show(self._following())

    def pause(self) -> None:
        # Nothing can be added where it can only be read: that keeps nobody here.
        can = self._form.here.desk.vault_state is not VaultState.READ_ONLY
        if can and self._writes and len(self._text) <= LONGEST:
            self._keep()

    def _keep(self) -> None:
        now = filled(self._form.form).blank(self._id).text
        if self._text.strip() != now:
            write_into(self._form.form, self._id, self._text)

    def _following(self) -> Place:
        form = FormPlace(self._form.here, self._form.listed)
        ids = [each.id for each in filled(form.form).to_fill]
        after = ids[ids.index(self._id) + 1 :]
        return ItemPlace(form, after[0]) if after and not self._alone else form

    def back(self) -> Place | None:
        self.pause()
        form = FormPlace(self._form.here, self._form.listed)
        ids = [each.id for each in filled(form.form).to_fill]
        at = ids.index(self._id)
        return ItemPlace(form, ids[at - 1]) if at and not self._alone else form


def _around(now: Filled, blank: Blank) -> Iterator[Block]:
    """What stands before it to be read, its whole question, and its hint."""
    for each in _labels_before(now, blank):
        yield paragraph(each)
    if len(label_of(blank)) > _TITLE:
        yield paragraph(label_of(blank))
    if blank.item.hint:
        yield paragraph(one_line(blank.item.hint)[0])
    if blank.item.kind is ItemKind.MANY:
        yield paragraph(_("You can choose more than one."))


def _labels_before(now: Filled, blank: Blank) -> list[str]:
    labels: list[str] = []
    for each in now.blanks:
        labels = [] if each.begins else labels
        if each is blank or each.id == blank.id:
            break
        labels = labels if each.asks else [*labels, label_of(each)]
    return labels


def _choice(choice: Choice, kind: RowKind) -> Row:
    return Row(
        kind=kind,
        value=f"{_CHOICE}{choice.id}",
        text=title(choice.label),
        on=choice.on,
    )


def _button(value: str, text: str, *, key: str = "", group: str = "") -> Row:
    return Row(kind=RowKind.BUTTON, value=value, text=text, key=key, group=group)
