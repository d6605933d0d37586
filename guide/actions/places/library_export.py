"""Saving a lesson, a checklist or a form as a file, to print or to hand on."""

from __future__ import annotations

from dataclasses import dataclass

from guide.actions.desk import Desk
from guide.actions.pack_export import ENDINGS, proposed_name, save_copy
from guide.actions.places.place import Move, Open, Place, Show
from guide.model.paper import Paper
from guide.model.sheet import Ask, Row, RowKind, Sheet
from guide.model.text import Block, paragraph
from guide.safety.display import show_path
from guide.words import _

_SAVE = "save:"


@dataclass(frozen=True, slots=True, kw_only=True)
class Printed:
    """What is saved, and the screen that it was asked from."""

    desk: Desk
    paper: Paper
    before: Place
    head: tuple[Block, ...] = ()  # whose words these are
    private: bool = False  # the reader's own words or ticks are in it


class ExportPlace(Place):
    """As what kind of file."""

    def __init__(self, printed: Printed, said: str = "") -> None:
        self._printed, self._said = printed, said

    def sheet(self) -> Sheet:
        printed = self._printed
        said = [paragraph(self._said)] if self._said else []
        return Sheet(
            name="library-export",
            title=_("Save or print a copy"),
            trail=(printed.paper.title,),
            blocks=(*printed.head, *said),
            rows=tuple(_rows()),
        )

    def choose(self, value: str) -> Move:
        ending = value.removeprefix(_SAVE)
        if value.startswith(_SAVE) and ending in ENDINGS:
            return Show(WherePlace(self._printed, ending))
        return Open(value)

    def back(self) -> Place | None:
        return self._printed.before


def _rows() -> list[Row]:
    names = {
        "txt": _("plain text"),
        "pdf": _("PDF, to print"),
        "html": _("a web page (HTML), to print from any browser"),
        "md": _("Markdown"),
        "docx": _("Word (DOCX)"),
    }
    return [
        Row(
            kind=RowKind.LINK,
            value=f"{_SAVE}{ending}",
            text=_("Save as {format}").format(format=names[ending]),
        )
        for ending in ENDINGS
    ]


class WherePlace(Place):
    """Where the file goes."""

    def __init__(self, printed: Printed, ending: str) -> None:
        self._printed, self._ending = printed, ending

    def sheet(self) -> Sheet:
        words = _(
            "The file will be readable for anyone who can use this computer. A stick "
            "or folder that the person never touches is a better place."
        )
        proposed = proposed_name(self._printed.desk, self._ending)
        ask = Ask(label=_("Folder and file name"), value=proposed, verb=_("Save"))
        return Sheet(
            name="library-where",
            title=_("Where should the file go?"),
            trail=(self._printed.paper.title,),
            blocks=(*self._printed.head, paragraph(words)),
            ask=ask,
        )

    def typed(self, text: str) -> Move:
        printed = self._printed
        path = show_path(save_copy(printed.desk, printed.paper, self._ending, text))
        said = _("Saved: {path}.").replace("{path}", path)
        if printed.private:
            more = _("It is not sealed: anyone with this file can read it.")
            said = f"{said} {more}"
        return Show(ExportPlace(printed, said))

    def back(self) -> Place | None:
        return ExportPlace(self._printed)
