"""Screens to read: pages, help lines, what the keys do, what was answered."""

from __future__ import annotations

from guide.actions.answering import change, review, tasks
from guide.actions.calling import contacts_for, countries
from guide.actions.desk import Desk
from guide.actions.places.flow import FlowPlace
from guide.actions.places.offers import links_in, offer_rows
from guide.actions.places.place import Close, Move, Open, Place, Show
from guide.actions.reading import page, page_blocks
from guide.model.contacts import INTERNATIONAL
from guide.model.people import same
from guide.model.sheet import Ask, Row, RowKind, Sheet
from guide.model.text import copy_line, item, paragraph
from guide.words import _, plural


class PagePlace(Place):
    """A page read on its own, outside the flow."""

    def __init__(self, desk: Desk, page_id: str) -> None:
        self._desk, self._page = desk, page(desk, page_id)

    def sheet(self) -> Sheet:
        page = self._page
        listed = tuple(item(task.text) for task in tasks(self._desk, page))
        rows = [*offer_rows(self._desk, page), *links_in(self._desk, page)]
        return Sheet(
            name=page.id,
            title=page.title,
            trail=(_("Read"),),
            blocks=(*page_blocks(self._desk, page), *listed),
            rows=tuple(rows),
            why=page.why,
        )

    def choose(self, value: str) -> Move:
        return Open(value)


class HelpLinesPlace(Place):
    """Emergency numbers and help lines, by country."""

    def __init__(self, desk: Desk, country: str = "") -> None:
        self._desk, self._country, self._begins = desk, country, ""

    def sheet(self) -> Sheet:
        if self._country:
            return self._of_country()
        begins = same(self._begins)
        rows = [
            self._row(code, name)
            for code, name in countries(self._desk).items()
            if same(name).startswith(begins)
        ]
        unknown = _("No country here begins with that.")
        none = (paragraph(unknown),) if not rows else ()
        rows.append(self._row(INTERNATIONAL, _("Any country: directories")))
        words = _("In danger now? Call your emergency number first. Choose a country.")
        return Sheet(
            name="help-lines",
            title=_("Help lines"),
            blocks=(paragraph(words), *none),
            rows=tuple(rows),
            ask=Ask(label=_("Country"), value=self._begins, live=True),
            why=_("The choice is not kept. It only picks what is shown."),
        )

    def typing(self, text: str) -> None:
        self._begins = text

    def typed(self, text: str) -> Move:
        self._begins = text
        return self.choose(self.sheet().rows[0].value)

    def _row(self, code: str, name: str) -> Row:
        return Row(kind=RowKind.LINK, value=code, text=name)

    def _of_country(self) -> Sheet:
        name = countries(self._desk).get(self._country, _("Any country"))
        blocks = contacts_for(self._desk, self._country)
        copied = "\n".join(copy_line(block) for block in blocks)
        return Sheet(
            name="help-lines",
            title=name,
            trail=(_("Help lines"),),
            blocks=blocks,
            copy_text=copied,
        )

    def choose(self, value: str) -> Move:
        return Show(HelpLinesPlace(self._desk, value))

    def back(self) -> Place | None:
        return HelpLinesPlace(self._desk) if self._country else None


class ReviewPlace(Place):
    """Everything answered so far; choosing one opens its question again."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def sheet(self) -> Sheet:
        answers = review(self._desk)
        words = _("Choose an answer to change it. The others stay as they are.")
        none = _("You have not answered anything yet.")
        return Sheet(
            name="review",
            title=_("What you have said so far"),
            progress=plural("{count} answer", "{count} answers", len(answers)),
            blocks=(paragraph(words if answers else none),),
            rows=tuple(
                Row(kind=RowKind.LINK, value=a.page_id, text=a.title, note=a.answer)
                for a in answers
            ),
        )

    def choose(self, value: str) -> Move:
        return Show(FlowPlace(self._desk, change(self._desk, value)))


class ContentsPlace(Place):
    """Every page, by chapter, to read in any order."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def sheet(self) -> Sheet:
        rows: list[Row] = []
        chapter = ""
        for each in self._desk.library.pages.values():
            group = "" if each.chapter == chapter else _chapter(each.chapter)
            chapter = each.chapter
            value = f"page:{each.id}"
            rows.append(
                Row(kind=RowKind.LINK, value=value, text=each.title, group=group)
            )
        return Sheet(name="contents", title=_("All pages"), rows=tuple(rows))

    def choose(self, value: str) -> Move:
        return Open(value)


def _chapter(folder: str) -> str:
    names = {
        "start": _("Where to begin"),
        "records": _("Keeping proof"),
        "notice": _("Telling them to stop, once"),
        "cut-off": _("Cutting off contact"),
        "tell": _("Telling someone who can act"),
        "remove": _("Having things removed"),
        "blackmail": _("Blackmail"),
        "care": _("Looking after yourself and others"),
        "learn": _("To read"),
    }
    name = folder.lstrip("0123456789-")
    return names.get(name, name)


class WhyPlace(Place):
    """Why a question is asked."""

    aside = True

    def __init__(self, asked_from: Sheet) -> None:
        self._why, self._title = asked_from.why, asked_from.title

    def sheet(self) -> Sheet:
        blocks = (paragraph(self._why or _("There is no more to say about this one.")),)
        return Sheet(
            name="why", title=_("Why we ask"), trail=(self._title,), blocks=blocks
        )

    def choose(self, value: str) -> Move:
        return Close()
