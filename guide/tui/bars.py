"""The lines above and below the page: where you are, and how to leave."""

from __future__ import annotations

from rich.cells import cell_len, set_cell_size
from textual import events
from textual.css.query import DOMQuery
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Static

from guide.model.sheet import Ask, RowKind, Sheet
from guide.safety.display import show
from guide.tui.page_view import PageView
from guide.words import _

_GAP, _WIDEST, _MOST = "  ", 55, 5


def bar(sheet: Sheet, width: int, *, saving: bool) -> str:
    """The top line: the trail on the left, how far and what is kept on the right."""
    kept = _("Saved") if saving else _("Not saving")
    left = " > ".join((_("Notes"), *(show(part, limit=40) for part in sheet.trail)))
    right = "   ".join(part for part in (sheet.progress, kept) if part)
    return spread(left, right, width - 2)


def danger(width: int) -> str:
    """The line that is always there."""
    left = _("In danger now? Call your emergency number.")
    return spread(left, _("! = help lines"), width - 2)


def spread(left: str, right: str, width: int) -> str:
    """Both on one line of *width* cells; the left gives way."""
    room = width - cell_len(right) - 2
    if cell_len(left) > room:
        left = set_cell_size(left, room - 1).rstrip() + "…"
    return left + " " * max(1, width - cell_len(left) - cell_len(right)) + right


def hint(page: PageView) -> str:
    """What Enter would do on *page*, in a word."""
    if page.reads_on:
        return _("Read on")
    if page.row is None:
        return ""
    match page.row.kind:
        case RowKind.BOX | RowKind.TASK:
            return _("Tick")
        case RowKind.CHOICE:
            return _("Choose")
        case RowKind.LINK:
            return _("Open")
        case _:
            return _("Go on")


def leave_key() -> str:
    """What stands first in the last line of every screen."""
    return f"^q {_('Leave now')}"


def _back() -> tuple[str, str]:
    return "back", f"{_('Esc')} {_('Back')}"


class Footer(Static):
    """The leave key first, then at most four more; a click on a word does it."""

    class Clicked(Message):
        """The reader clicked one of the keys, by its action."""

        def __init__(self, action: str) -> None:
            super().__init__()
            self.action = action

    def __init__(self, id: str | None = None) -> None:  # noqa: A002  Textual's name
        super().__init__("", id=id, markup=False)
        self._parts: list[tuple[str, str]] = []

    def show_page(self, page: PageView) -> None:
        """The keys that matter where a page is read and chosen from."""
        enter = hint(page)
        keys = [("choose", f"{_('Enter')} {enter}")] if enter else []
        if page.next_value and page.row and page.row.key != "n":
            keys.append(("next", f"n {_('Go on')}"))
        keys.append(_back())
        if page.more_below and not page.reads_on:
            keys.append(("more", f"{_('More')} v"))
        self._show(("keys", f"? {_('Help')}"), *keys)

    def show_line(self, ask: Ask, page: PageView) -> None:
        """The keys that matter while a line is typed beneath a page."""
        enter = hint(page) if ask.live else ask.verb or _("Go on")
        keys = [("", f"{_('Enter')} {enter}")] if enter else []
        if ask.long:
            keys = [("", f"{_('Tab')} {enter}")]
        if page.more_below:
            keys.append(("more", f"{_('PgDn')} {_('More')}"))
        self._show(("keys", f"F1 {_('Help')}"), *keys, _back())

    def show_form(self, forms: DOMQuery[Widget]) -> None:
        """The keys that matter in the form of a letter."""
        narrow = any(form.has_class("narrow") for form in forms)
        previewing = any(form.has_class("previewing") for form in forms)
        keys = [] if previewing else [("", f"{_('Tab')} {_('Next')}")]
        if narrow:
            other = _("Fill in") if previewing else _("See it")
            keys.append(("letter", f"F2 {other}"))
        self._show(("keys", f"F1 {_('Help')}"), *keys, _back())

    def _show(self, *keys: tuple[str, str]) -> None:
        self._parts = [("leave", leave_key()), *keys][:_MOST]
        while cell_len(self._text) > _WIDEST and len(self._parts) > 1:
            self._parts.pop()
        self.update(self._text)

    @property
    def _text(self) -> str:
        return _GAP.join(text for _action, text in self._parts)

    def on_click(self, event: events.Click) -> None:
        """Find the word that was clicked."""
        x = event.get_content_offset_capture(self).x
        for action, text in self._parts:
            if 0 <= x < cell_len(text) and action:
                self.post_message(self.Clicked(action))
            x -= cell_len(text + _GAP)
