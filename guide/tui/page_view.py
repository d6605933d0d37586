"""One widget for every screen that is read or chosen from.

It draws a sheet line by line, keeps the cursor on a row, and reports what was
chosen. It knows nothing of what the rows mean.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from guide.model.sheet import Row, RowKind, Sheet
from guide.tui.lines import Line, Page, label, lay_out
from guide.tui.themes import style_of

_TICKED = frozenset({RowKind.BOX, RowKind.TASK})
_PIXELS = "#"  # begins the name of a style that is two colours: guide.tui.pictures


class PageView(ScrollView, can_focus=True):
    """A sheet on the screen."""

    DEFAULT_CSS = """
    PageView {
        width: 1fr; height: 1fr; background: $background; border-top: solid $quiet;
        scrollbar-size-vertical: 1; scrollbar-gutter: stable;
        scrollbar-color: $quiet; scrollbar-background: $background;
        scrollbar-color-hover: $foreground; scrollbar-background-hover: $background;
        scrollbar-color-active: $foreground; scrollbar-background-active: $background;
    }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,j", "next_row", id="page.next"),
        Binding("up,k", "previous_row", id="page.previous"),
        Binding("enter", "choose", id="page.choose"),
        Binding("space", "tick_or_page", id="page.tick"),
        Binding("pagedown", "page(1)", id="page.down"),
        Binding("pageup", "page(-1)", id="page.up"),
        Binding("home", "edge(0)", id="page.top"),
        Binding("end", "edge(1)", id="page.end"),
    ]
    shy = False  # shows its cursor only while it has the focus

    @dataclass
    class Chosen(Message):
        """The reader chose a row."""

        value: str

    @dataclass
    class Moved(Message):
        """The cursor or the page moved."""

    def __init__(self, id: str | None = None, *, shy: bool = False) -> None:  # noqa: A002  Textual's name
        super().__init__(id=id)
        self.shy = shy
        self._sheet: Sheet | None = None
        self._page = Page()
        self._cursor: int | None = None
        self._styles_by_name: dict[str, Style] = {}
        self._width = self._tall = 0

    @property
    def rows(self) -> tuple[Row, ...]:
        """The rows of the sheet that is shown."""
        return self._sheet.rows if self._sheet else ()

    @property
    def row(self) -> Row | None:
        """The row under the cursor."""
        return self.rows[self._cursor] if self._cursor is not None else None

    @property
    def next_value(self) -> str:
        """The value of the row that goes on, or ""."""
        button = RowKind.BUTTON
        ways = (r.value for r in self.rows if r.key == "n" and r.kind is button)
        return next(ways, "")

    @property
    def more_below(self) -> bool:
        """Whether something of the sheet is beneath the screen."""
        return self.scroll_offset.y + self._tall < len(self._page.lines)

    @property
    def reads_on(self) -> bool:
        """Whether Enter goes down the page: what could be chosen is not seen yet."""
        here = self.row and (self._row_is_seen or self._row_is_above)
        return self.more_below and not here

    @property
    def lines_needed(self) -> int:
        """How many lines the whole sheet takes."""
        return len(self._page.lines)

    def show(self, sheet: Sheet, *, keep_place: bool = False) -> None:
        """Draw *sheet*; *keep_place* leaves cursor and scroll where they are."""
        self._sheet = sheet
        if not keep_place or self._cursor is None or self._cursor >= len(sheet.rows):
            self._cursor = self._first_row(sheet)
        self._lay_out()
        if not keep_place:
            top = self._page.start
            self.scroll_to(0, top, animate=False, force=True, immediate=True)
        self.refresh()

    @staticmethod
    def _first_row(sheet: Sheet) -> int | None:
        on = (n for n, row in enumerate(sheet.rows) if row.on)
        if sheet.rows and sheet.rows[0].kind is RowKind.CHOICE:
            return next(on, 0)
        return 0 if sheet.rows else None

    def _lay_out(self) -> None:
        width = self.scrollable_content_region.width or self._width_to_come()
        self._width = width
        if self._sheet is None or not width:
            return
        hidden = self.shy and not self.has_focus
        cursor = None if hidden else self._cursor
        self._page = lay_out(self._sheet, width, cursor=cursor)
        self.virtual_size = Size(width, len(self._page.lines))

    def _width_to_come(self) -> int:
        """The width before the first layout, so that the first frame is whole."""
        return self.app.size.width - self.scrollbar_size_vertical

    def on_resize(self) -> None:
        """Lay the page out for the new width; a row that was seen stays in sight."""
        seen = self._row_is_seen
        if self.scrollable_content_region.width != self._width:
            self._lay_out()
            self.refresh()
        self._tall = self.scrollable_content_region.height
        if seen and not self._row_is_seen:
            self._reveal()
        self.post_message(self.Moved())

    def watch_has_focus(self, has_focus: bool) -> None:
        """Show the cursor, or hide it if this view is shy."""
        super().watch_has_focus(has_focus)
        self._lay_out()
        self.refresh()

    def notify_style_update(self) -> None:
        """Forget the colours of the look before this one."""
        super().notify_style_update()
        self._styles_by_name = {}

    def render_line(self, y: int) -> Strip:
        """One line of the screen, from the line of the page that stands there."""
        y += self.scroll_offset.y
        lines = self._page.lines
        width = self.size.width
        base = self._style("text")
        if y >= len(lines):
            return Strip.blank(width, base)
        return self._strip(lines[y], base).adjust_cell_length(width, base)

    def _strip(self, line: Line, base: Style) -> Strip:
        return Strip([self._piece(text, name, base) for text, name in line.pieces])

    def _piece(self, text: str, name: str, base: Style) -> Segment:
        if not name.startswith(_PIXELS):
            return Segment(text, self._style(name) or base)
        from guide.tui.pictures import style_of_pixels, without_colour

        if self.app.console.color_system is None:
            return Segment(without_colour(text, name), base)
        return Segment(text, style_of_pixels(name))

    def _style(self, name: str) -> Style:
        if name not in self._styles_by_name:
            app = self.app
            self._styles_by_name[name] = style_of(name, app.theme_variables, app.theme)
        return self._styles_by_name[name]

    def _move_to(self, number: int) -> None:
        self._cursor = number
        self._lay_out()
        self._reveal()
        self.refresh()
        self.post_message(self.Moved())

    def _reveal(self) -> None:
        """Scroll as little as needed to show the row under the cursor."""
        if self._cursor is None:
            return
        first, last = self._page.rows[self._cursor]
        top, height = self.scroll_offset.y, self._tall
        if last >= top + height:
            self._scroll(last - height + 1)
        elif first < top:
            self._scroll(0 if self._cursor == 0 and first < height else first)

    def _scroll(self, y: int) -> None:
        self.scroll_to(y=y, animate=False, force=True, immediate=True)
        self.post_message(self.Moved())

    def _is_seen(self, number: int) -> bool:
        first, last = self._page.rows.get(number, (-1, -1))  # not laid out yet
        top = self.scroll_offset.y
        return first >= top and last < top + self._tall

    @property
    def _row_is_seen(self) -> bool:
        return self._cursor is not None and self._is_seen(self._cursor)

    @property
    def _row_is_above(self) -> bool:
        first, _last = self._page.rows.get(self._cursor or 0, (0, 0))
        return self._cursor is not None and first < self.scroll_offset.y

    def action_next_row(self) -> None:
        """Down: to the next row, once the text before it has been on the screen."""
        if self._cursor is None or not self._is_seen(self._cursor):
            self._scroll(self.scroll_offset.y + 1)
        elif self._cursor + 1 < len(self.rows):
            self._move_to(self._cursor + 1)
        else:
            self._scroll(self.scroll_offset.y + 1)

    def action_previous_row(self) -> None:
        """Up: to the row before, or towards the top of the page."""
        if self._cursor and self._is_seen(self._cursor):
            self._move_to(self._cursor - 1)
        else:
            self._scroll(self.scroll_offset.y - 1)

    def action_page(self, direction: int) -> None:
        """A screenful up or down."""
        self._scroll(self.scroll_offset.y + direction * max(1, self._tall - 2))
        self._cursor_into_sight()

    def action_line(self, direction: int) -> None:
        """A line up or down, the cursor where it is."""
        self._scroll(self.scroll_offset.y + direction)

    def action_edge(self, end: int) -> None:
        """The top or the end of the page."""
        self._scroll(len(self._page.lines) if end else 0)
        if self.rows:
            self._cursor = len(self.rows) - 1 if end else 0
            self._lay_out()
            self.refresh()

    def _cursor_into_sight(self) -> None:
        if self._cursor is None or self._is_seen(self._cursor):
            return
        seen = [number for number in self._page.rows if self._is_seen(number)]
        if seen:
            self._cursor = seen[0]
            self._lay_out()
            self.refresh()

    def action_tick_or_page(self) -> None:
        """Space ticks a box that is seen, and else reads on."""
        row = self.row
        if row and row.kind in _TICKED and self._row_is_seen:
            self.action_choose()
        else:
            self.action_page(1)

    def action_choose(self) -> None:
        """Choose the row under the cursor; before one further down, read on."""
        if self.row and self._row_is_seen:
            self.post_message(self.Chosen(self.row.value))
        elif self._row_is_above:
            self._reveal()
        else:
            self.action_page(1)

    def press(self, character: str) -> bool:
        """Go to the row that *character* stands before; False when there is none."""
        for number, row in enumerate(self.rows):
            if character.strip() and label(self.rows, number) == character:
                self._move_to(number)
                if row.key:
                    self.action_choose()
                return True
        return False

    def on_click(self, event: events.Click) -> None:
        """A click on a row chooses it."""
        y = event.get_content_offset_capture(self).y + self.scroll_offset.y
        if 0 <= y < len(self._page.lines):
            number = self._page.lines[y].row
            if number is not None:
                self._move_to(number)
                self.action_choose()
