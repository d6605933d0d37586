"""The page and what stands around it: bars, what was said, the line to type on."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from textual.app import App, ComposeResult
from textual.widgets import Static

from guide.model.sheet import Ask, Form, Sheet
from guide.tui.bars import Footer, bar, danger
from guide.tui.page_view import PageView
from guide.tui.typeahead import Typeahead

if TYPE_CHECKING:
    from guide.tui.entry import FormView, TypeLine


class Frame:
    """All that is on the screen of one app. *saving* says whether that is kept."""

    def __init__(
        self, app: App[int], typeahead: Typeahead, saving: Callable[[], bool]
    ) -> None:
        self._app, self._typeahead, self._saving = app, typeahead, saving
        self._sheet: Sheet | None = None
        self._wanted: Sheet | None = None  # has the line or form to be put there

    def compose(self) -> ComposeResult:
        """Bars above and below, and one page between them."""
        yield Static(id="bar", markup=False)
        yield Static(id="danger", markup=False)
        yield PageView(id="page")
        yield Static(id="status", markup=False)
        yield Footer(id="footer")

    @property
    def page(self) -> PageView:
        """The page that is read and chosen from."""
        return self._app.query_one("#page", PageView)

    @property
    def sheet(self) -> Sheet | None:
        """What is shown now."""
        return self._sheet

    def show(self, sheet: Sheet, *, keep_place: bool = False) -> None:
        """Show *sheet*, with a line to type on or a form where it has one."""
        self.say("")
        self.page.shy = bool(sheet.ask and not sheet.ask.live)
        self._draw(sheet, keep_place=keep_place)
        self._show_entry(sheet, keep_place=keep_place)
        self.show_keys()

    def renew(self, sheet: Sheet, *, keep_place: bool = False) -> None:
        """Show *sheet*; what is typed on, and what was said beneath, stay."""
        self._draw(sheet, keep_place=keep_place)
        self.show_keys()

    def _draw(self, sheet: Sheet, *, keep_place: bool) -> None:
        self._sheet = sheet
        self.show_bars(sheet)
        self.page.show(sheet, keep_place=keep_place)

    def show_bars(self, sheet: Sheet) -> None:
        """Where the reader is, and what is kept."""
        width = self._app.size.width or 80
        top = bar(sheet, width, saving=self._saving())
        self._app.query_one("#bar", Static).update(top)
        self._app.query_one("#danger", Static).update(danger(width))

    def say(self, words: str) -> None:
        """One sentence beneath the page; none takes it away."""
        status = self._app.query_one("#status", Static)
        status.update(words)
        status.set_class(bool(words), "said")

    def show_keys(self) -> None:
        """The keys that matter where the reader is now."""
        footer = self._app.query_one_optional(Footer)
        if footer is None:  # the screen is being taken down
            return
        match self._sheet:
            case Sheet(form=Form()):
                footer.show_form(self._app.screen.query("FormView"))
            case Sheet(ask=Ask() as ask) if self._app.focused is not self.page:
                footer.show_line(ask, self.page)
            case _:
                footer.show_page(self.page)

    def _show_entry(self, sheet: Sheet, *, keep_place: bool) -> None:
        turn = self._typeahead.turning()
        shown = self._app.screen.query("#entry")
        if keep_place and shown and (sheet.ask or sheet.form):
            self._tell_once_drawn(turn, anew=False)
            return
        self.page.display = sheet.form is None
        if shown:
            shown.remove()
        self._wanted = sheet
        if sheet.ask or sheet.form:
            self._app.call_after_refresh(self._mount_entry, sheet, turn)
            return
        if self._app.focused is not self.page:
            self.page.focus()
        self._tell_once_drawn(turn, anew=not keep_place)

    def _tell_once_drawn(self, turn: int, *, anew: bool) -> None:
        self._app.call_after_refresh(self._typeahead.drawn, turn, anew=anew)

    async def _mount_entry(self, sheet: Sheet, turn: int) -> None:
        from guide.tui.entry import FormView, TypeLine

        await self._app.screen.query("#entry").remove()
        if sheet is not self._wanted:  # the reader is somewhere else by now
            return
        if sheet.form:
            entry: FormView | TypeLine = FormView(sheet, sheet.form)
        elif sheet.ask:
            entry = TypeLine(sheet.ask, self.page)
        else:
            return
        await self._app.screen.mount(entry, before="#status")
        self.show_keys()
        self._tell_once_drawn(turn, anew=True)
