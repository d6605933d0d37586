"""A form of a pack: filled in one thing at a time, looked over, saved as a file.

Every answer is remembered at once, and Back loses none.
"""

from __future__ import annotations

from collections.abc import Iterator

from guide.actions.pack_export import form_paper, label_of, typed_text
from guide.actions.pack_forms import (
    Blank,
    Filled,
    empty,
    filled,
    form_of,
)
from guide.actions.pack_text import notes, one_line, stamp, title
from guide.actions.places.library import Here
from guide.actions.places.library_own import OWN, Item, kept_at_hand, own_rows
from guide.actions.places.offers import keep_row
from guide.actions.places.place import Move, Open, Place, Show, Stay
from guide.actions.recording import how_kept
from guide.model.pack import Listed
from guide.model.paper import Paper, ParagraphKind
from guide.model.sheet import Row, RowKind, Sheet
from guide.model.text import Block, BlockKind, heading, paragraph
from guide.safety.display import show
from guide.words import _

FILL, EMPTY, SURE, KEEP = "fill", "empty", "sure", "no"
_ITEM = "item:"
_SHORT = 60
_ENDS = (":", "?", ".", "\N{FULLWIDTH COLON}", "\N{ARABIC QUESTION MARK}")


class FormPlace(Place):
    """A form as it is filled in now."""

    def __init__(self, here: Here, listed: Listed, *, emptying: bool = False) -> None:
        self.here, self.listed, self._emptying = here, listed, emptying
        self.form = form_of(here.desk, here.name, here.opened, listed)

    def sheet(self) -> Sheet:
        here, now = self.here, filled(self.form)
        done = sum(each.filled for each in now.to_fill)
        words = _("{filled} of {all} filled")
        return Sheet(
            name=here.sheet_name(self.listed.path),
            title=title(self.listed.title),
            trail=here.trail(self.listed.path),
            progress=words.format(filled=done, all=len(now.to_fill)),
            blocks=(
                stamp(here.pack.about),
                *notes(self.listed, here.pack.lang),
                paragraph(how_kept(here.desk)),
                *_blocks(now),
            ),
            rows=self._sure_rows() if self._emptying else tuple(self._rows(now)),
            copy_text="\n".join(
                f"- {each.text}" if each.kind is ParagraphKind.ITEM else each.text
                for each in self._paper().paragraphs
            ),
        )

    def _rows(self, now: Filled) -> Iterator[Row]:
        some = any(each.filled for each in now.to_fill)
        if now.to_fill:
            text = _("Go on filling it in") if some else _("Fill it in")
            yield _button(FILL, text, key="n")
        group = _("Change one answer")
        for blank in now.to_fill if some else ():
            text = title(label_of(blank))
            note = _in_short(blank)
            value = f"{_ITEM}{blank.id}"
            yield Row(kind=RowKind.LINK, value=value, text=text, note=note, group=group)
            group = ""
        yield from own_rows(self.here, self.listed)
        if some or now.earlier:
            yield _button(EMPTY, _("Empty this form"), group=_("Afterwards"))
        yield from keep_row(self.here.desk) if some else ()

    @staticmethod
    def _sure_rows() -> tuple[Row, ...]:
        group = _("Take out all that you wrote here? This cannot be taken back.")
        return (
            _button(KEEP, _("No, keep it"), group=group),
            _button(SURE, _("Yes, empty the form")),
        )

    def choose(self, value: str) -> Move:
        if value in (EMPTY, KEEP):
            return Show(FormPlace(self.here, self.listed, emptying=value == EMPTY))
        if value == SURE and self._emptying:
            empty(self.form)
            return Show(FormPlace(self.here, self.listed))
        if value in OWN:
            return kept_at_hand(Item(self.here, self.listed, self), value, self._paper)
        from guide.actions.places.library_forms_item import ItemPlace

        if value.startswith(_ITEM):
            return Show(ItemPlace(self, value.removeprefix(_ITEM), alone=True))
        if value != FILL:
            return Open(value)
        to_fill = filled(self.form).to_fill
        first = next((each for each in to_fill if not each.filled), None)
        return Show(ItemPlace(self, (first or to_fill[0]).id)) if to_fill else Stay()

    def _paper(self) -> Paper:
        about, listed = self.here.pack.about, self.listed
        return form_paper(about, listed.title, listed.lang, filled(self.form))

    def back(self) -> Place | None:
        return FormPlace(self.here, self.listed) if self._emptying else None


def _blocks(now: Filled) -> Iterator[Block]:
    """The whole form, to be read."""
    for blank in now.blanks:
        if blank.begins and blank.screen:
            yield heading(title(blank.screen))
        yield from _blank_blocks(blank)
    if now.earlier:
        yield heading(_("Your answers to what this form does not ask now"))
    for each in now.earlier:
        lead = _lead(one_line(each.label)[0])
        yield Block(kind=BlockKind.FIELD, lead=lead, text=_one_line(each.text))


def _blank_blocks(blank: Blank) -> Iterator[Block]:
    label = label_of(blank)
    if not blank.asks:
        yield paragraph(label)
    elif blank.choices:
        yield Block(kind=BlockKind.FIELD, lead=_lead(label), text="")
        for each in blank.choices:
            lead = "[x] " if each.on else "[ ] "
            yield Block(kind=BlockKind.ITEM, lead=lead, text=title(each.label))
    else:
        text = _one_line(blank.text) or "____"
        yield Block(kind=BlockKind.FIELD, lead=_lead(label), text=text)


def _lead(label: str) -> str:
    """*label* with a sign that ends it: many have one of their own."""
    return f"{label} " if label.endswith(_ENDS) else f"{label}: "


def _one_line(text: str) -> str:
    return " ".join(typed_text(text).split("\n"))


def _in_short(blank: Blank) -> str:
    if blank.choices:
        return _short("; ".join(each.label for each in blank.chosen))
    return _short(blank.text)


def _short(text: str) -> str:
    return show(" ".join(text.split()), limit=_SHORT)


def _button(value: str, text: str, *, key: str = "", group: str = "") -> Row:
    return Row(kind=RowKind.BUTTON, value=value, text=text, key=key, group=group)
