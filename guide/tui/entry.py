"""What is typed into: one line beneath a page, or the form of a letter."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Input, Label, Static, TextArea

from guide.model.content import FieldKind
from guide.model.sheet import Ask, Form, FormField, Sheet
from guide.safety.display import show
from guide.tui.blanks import OneLine, SecretInput, Tick
from guide.tui.page_view import PageView
from guide.words import _

_TO_PAGE = {"pageup": "page(-1)", "pagedown": "page(1)"}
_TO_ROWS = {"up": "previous_row", "down": "next_row"}
_TO_LINES = {"up": "line(-1)", "down": "line(1)"}
# Read when the first line or form is shown: the first screen has neither.
_CSS = Path(__file__).with_name("entry.tcss").read_text("utf-8")
_EMPTY = "_" * 24  # a blank is seen without any colour


def _whole(text: str) -> str:
    """*text* without halves of characters, which nothing could keep."""
    return text.encode("utf-8", "replace").decode("utf-8")


class TypeLine(Vertical):
    """A question's line to type on. The arrow keys still move in the page above."""

    DEFAULT_CSS = _CSS
    SCOPED_CSS = False  # a look is named above the widget

    @dataclass
    class Typed(Message):
        """The reader pressed Enter on what was typed."""

        text: str

    @dataclass
    class Typing(Message):
        """What stands on the line changed."""

        text: str

    def __init__(self, ask: Ask, page: PageView) -> None:
        super().__init__(id="entry")
        self._ask, self._page = ask, page

    def compose(self) -> ComposeResult:
        """A label, and the line."""
        yield Label(self._ask.label, markup=False)
        if self._ask.secret:
            yield SecretInput(id="typed", placeholder=_EMPTY, password=True)
        elif self._ask.long:
            yield TextArea(self._ask.value, id="typed", tab_behavior="focus")
        else:
            yield OneLine(value=self._ask.value, id="typed", placeholder=_EMPTY)

    def on_mount(self) -> None:
        """Ready to type at once, after what stands there."""
        for entry in self.query("#typed"):  # none if the reader is elsewhere already
            entry.focus()
            if isinstance(entry, TextArea):
                entry.move_cursor(entry.document.end)

    @on(Input.Submitted)
    def take(self, event: Input.Submitted) -> None:
        """Enter: hand it on."""
        event.stop()
        self.post_message(self.Typed(_whole(event.value)))
        if self._ask.secret:
            event.input.clear()

    @on(Input.Changed)
    def tell(self, event: Input.Changed) -> None:
        """Say what stands there now, where the screen acts on it at once."""
        event.stop()
        if self._ask.live:
            self.post_message(self.Typing(_whole(event.value)))

    @on(TextArea.Changed)
    def tell_more(self, event: TextArea.Changed) -> None:
        """A longer text is handed on as it grows; a row of the page takes it."""
        event.stop()
        self.post_message(self.Typing(_whole(event.text_area.text)))

    async def on_key(self, event: events.Key) -> None:
        """Keys that a line has no use for move in the page."""
        keys = _TO_PAGE | (_TO_ROWS if self._ask.live else _TO_LINES)
        if event.key in keys:
            event.stop()
            await self._page.run_action(keys[event.key])


class FormView(Vertical):
    """The blanks of a letter, with the letter beside them as it would be now.

    In a narrow window F2 shows the letter instead of the blanks, and back.
    """

    DEFAULT_CSS = _CSS
    SCOPED_CSS = False
    DEFAULT_CLASSES = "form"

    BINDINGS: ClassVar[list[BindingType]] = [Binding("f2", "letter", id="letter")]

    @dataclass
    class Filled(Message):
        """What stands in one blank changed; ``done`` when the reader leaves it."""

        form: FormView
        field_id: str
        text: str
        done: bool = False

    def __init__(self, sheet: Sheet, form: Form) -> None:
        super().__init__(id="entry")
        self._sheet, self._form = sheet, form
        # On the line above it, so that it stays in sight and takes no room.
        self.border_title = Content(f" {show(sheet.title)} ")
        self._left: Widget | None = None  # the blank to come back to

    def compose(self) -> ComposeResult:
        """Fields on the left, letter on the right."""
        with Horizontal():
            with VerticalScroll(id="fields", can_focus=False):
                for field in self._form.fields:
                    yield from self._widgets(field)
                yield PageView(id="buttons", shy=True)
            yield PageView(id="preview")
        yield Static(id="why", markup=False)

    def _widgets(self, field: FormField) -> Iterator[Widget]:
        if field.kind is FieldKind.YESNO:
            yield Tick(field)
        else:
            needed = f" ({_('needed')})" if field.required else ""
            yield Label(f"{field.label}{needed}", markup=False)
            if field.kind is FieldKind.LONG:
                yield TextArea(field.value, id=f"f-{field.id}", tab_behavior="focus")
            else:
                yield Input(field.value, id=f"f-{field.id}", placeholder=_EMPTY)

    def on_mount(self) -> None:
        """Show the letter; begin in the first empty blank that is needed.

        A form that the reader keeps needs none, and begins at its top.
        """
        if not self.query("#preview"):  # the reader is elsewhere already
            return
        self.show(self._sheet, self._form)
        self.on_resize()
        kept = self._form.kept
        empty = [f for f in self._form.fields if (f.required or kept) and not f.value]
        first = next((f for f in empty if f.kind is not FieldKind.YESNO), None)
        start = self.query_one(f"#f-{first.id}") if first else self.buttons
        self._go_to(start)

    @property
    def buttons(self) -> PageView:
        """The rows beneath the fields."""
        return self.query_one("#buttons", PageView)

    def on_resize(self) -> None:
        """Side by side where there is room."""
        self.set_class(self.app.size.width < 76, "narrow")
        if not self.has_class("narrow"):
            self._show_blanks()

    def action_letter(self) -> None:
        """The letter instead of its blanks, or the blanks again."""
        if self.has_class("previewing"):
            self._show_blanks()
        elif self.has_class("narrow"):
            self._left = self.screen.focused
            self.add_class("previewing")
            self.query_one("#preview").focus()

    def _show_blanks(self) -> None:
        if self.has_class("previewing"):
            self.remove_class("previewing")
            self._go_to(self._left or self.buttons)

    def _go_to(self, widget: Widget) -> None:
        widget.focus()
        self.call_after_refresh(widget.scroll_visible, animate=False)

    def show(self, sheet: Sheet, form: Form) -> None:
        """Show the letter as it is now, and what is still missing."""
        paper = Sheet(name="preview", title="", blocks=form.preview)
        self.query_one("#preview", PageView).show(paper, keep_place=True)
        missing = _("Still needed: {fields}").format(fields="; ".join(form.missing))
        title = missing if form.missing else _("Nothing is missing.")
        buttons = Sheet(name="buttons", title=title, rows=sheet.rows)
        self.buttons.show(buttons, keep_place=True)
        self.buttons.styles.height = self.buttons.lines_needed

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Say why the blank is asked for that is being filled."""
        whys = {f"f-{field.id}": field.why for field in self._form.fields}
        why = whys.get(event.widget.id or "", "")
        on = _("Tab goes to the next blank. After the last one you can finish.")
        if event.widget.id == "preview":
            on = _("This is the letter so far. The arrow keys move in it.")
            if self._form.kept:
                on = _("This is the form so far. The arrow keys move in it.")
        self.query_one("#why", Static).update(why or on)

    @on(Input.Changed)
    def typing(self, event: Input.Changed) -> None:
        """The letter follows every key."""
        event.stop()
        self._filled(event.input, event.value)

    @on(TextArea.Changed)
    def typing_more(self, event: TextArea.Changed) -> None:
        """So it does in a longer text."""
        event.stop()
        self._filled(event.text_area, event.text_area.text)

    @on(Input.Submitted)
    def next_field(self, event: Input.Submitted) -> None:
        """Enter goes to the next blank."""
        event.stop()
        self._filled(event.input, event.value, done=True)
        self.screen.focus_next()

    @on(Input.Blurred)
    def left_field(self, event: Input.Blurred) -> None:
        """A blank that is left is checked."""
        event.stop()
        self._filled(event.input, event.value, done=True)

    @on(Tick.Changed)
    def ticked(self, event: Tick.Changed) -> None:
        """A yes or no changed."""
        event.stop()
        self.post_message(self.Filled(self, event.field_id, event.value))

    def _filled(self, widget: Widget, text: str, *, done: bool = False) -> None:
        field_id = (widget.id or "").removeprefix("f-")
        self.post_message(self.Filled(self, field_id, _whole(text), done))
