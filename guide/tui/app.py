"""The interface: one screen whose content changes, and the keys that work everywhere.

It holds a journey, shows its sheet, and hands on what was chosen or typed.
"""

from __future__ import annotations

import gc
from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType

from guide.actions.journey import Journey
from guide.actions.leaving import leave_now
from guide.model.problems import GuideError
from guide.tui.bars import Footer
from guide.tui.frame import Frame
from guide.tui.keys import BINDINGS, GO, WITHOUT_LETTERS, go_words
from guide.tui.page_view import PageView
from guide.tui.themes import THEMES
from guide.tui.typeahead import Typeahead
from guide.tui.wall import WalledApp
from guide.tui.watching import DraftWatch, WorkWatch
from guide.words import _

if TYPE_CHECKING:
    from guide.tui.entry import FormView, TypeLine

PLAIN, PLAIN_CHOSEN = "plain", 64


class GuideApp(WalledApp):
    """The whole interface over one journey."""

    CSS_PATH = "guide.tcss"
    ENABLE_COMMAND_PALETTE = False
    TITLE = "Notes"  # never shown: the line at the top has it in words
    # A second press within this many seconds of a page turn was meant for the page
    # before: nobody has read the new one yet.
    TOO_SOON: ClassVar[float] = 0.2
    # How often it is asked whether the reader has gone, in seconds.
    LOOK_UP: ClassVar[float] = 5.0
    BINDINGS: ClassVar[list[BindingType]] = BINDINGS

    def __init__(
        self, journey: Journey, look: str = "night", *, letters: bool = True
    ) -> None:
        super().__init__()
        self._journey, self._letters = journey, letters
        self._typeahead = Typeahead(self, super().on_event, lambda: self.TOO_SOON)
        self._frame = Frame(self, self._typeahead, lambda: journey.desk.saving)
        self._watch = WorkWatch(self, journey, self._follow_work)
        self._drafts = DraftWatch(self, journey, self._explain)
        self._going = False
        for theme in THEMES.values():
            self.register_theme(theme)
        self._wear(look)

    def compose(self) -> ComposeResult:
        """The page, and what stands around it."""
        return self._frame.compose()

    def on_mount(self) -> None:
        """Show the first sheet; the slow parts are loaded once it is on the screen."""
        if not self._letters:
            self.set_keymap(WITHOUT_LETTERS)
        self.show_sheet()
        self.call_after_refresh(self._settle)
        self.set_interval(self.LOOK_UP, self._lock_if_idle)

    def _settle(self) -> None:
        gc.freeze()
        gc.enable()
        self.set_timer(0.05, self._load_ahead)

    def _load_ahead(self) -> None:
        """What the first page turn, or the first line to type on, would wait for."""
        import guide.tui.entry  # noqa: F401  only loaded
        from guide.actions.loading import load_ahead

        load_ahead()

    @property
    def page(self) -> PageView:
        """The page that is read and chosen from."""
        return self._frame.page

    def show_sheet(self, *, keep_place: bool = False) -> None:
        """Show what the journey shows now."""
        if self._journey.left:
            self.action_leave()
        self._frame.show(self._journey.sheet(), keep_place=keep_place)
        self._watch.follow()

    def _follow_work(self) -> None:
        """How far it is; once it has ended, the screen that it leads to."""
        try:
            ended = self._journey.follow_work()
        except GuideError as error:
            self._show_after_work()
            self._explain(error)
            return
        if ended:
            self._show_after_work()
        elif (sheet := self._journey.sheet()) != self._frame.sheet:
            self._frame.renew(sheet, keep_place=True)

    def _show_after_work(self) -> None:
        self.show_sheet()
        self._typeahead.chosen()  # a key that comes now was for "Stop"

    async def on_event(self, event: events.Event) -> None:
        """A key that comes after a long absence locks, and does nothing else."""
        typed = isinstance(event, (events.Key, events.Paste, events.MouseDown))
        if typed and self._journey.touch():
            self.show_sheet()
        elif isinstance(event, (events.Key, events.Paste)) and not event.is_forwarded:
            await self._typeahead.take(event)
        else:
            await super().on_event(event)

    def _lock_if_idle(self) -> None:
        try:
            locked = self._journey.lock_if_idle()
        except GuideError as error:  # a stick that was pulled out
            self._explain(error)
            return
        if locked:
            self.show_sheet()

    def action_lock(self) -> None:
        """Close what is kept; only its passphrase opens it again."""
        self.action_open("lock")

    def on_descendant_focus(self) -> None:
        """Other keys matter now."""
        self._frame.show_keys()

    def _explain(self, error: GuideError) -> None:
        self._frame.say(f"{error.what} {error.next_step}")

    def attempt(self, action: Callable[[], None]) -> None:
        """Do one thing of the journey, or say why not and lose nothing."""
        before = self._journey.place
        try:
            action()
            self._wear(self._journey.look)
            self.show_sheet(keep_place=self._journey.place is before)
        except GuideError as error:
            self._explain(error)

    def _wear(self, look: str) -> None:
        if look == PLAIN:
            self.exit(PLAIN_CHOSEN)
        elif look in THEMES and look != self.theme:
            self.theme = look
            self._journey.look = look

    @on(PageView.Chosen)
    def choose(self, event: PageView.Chosen) -> None:
        """A row was chosen."""
        event.stop()
        self._press(lambda: self._journey.choose(event.value))

    def _press(self, action: Callable[[], None]) -> None:
        """Do what was pressed, unless it was meant for the page before this one."""
        before = self._journey.place
        if self._typeahead.slipped():
            return
        self.attempt(action)
        if self._journey.place is not before:
            self._typeahead.chosen()

    @on(PageView.Moved)
    def moved(self, event: PageView.Moved) -> None:
        """The cursor or the page moved: the keys that matter may be others."""
        event.stop()
        self._frame.show_keys()

    def on_type_line_typed(self, event: TypeLine.Typed) -> None:
        """A line was typed and Enter pressed; in a search that opens the row."""
        event.stop()
        sheet = self._frame.sheet
        if sheet and sheet.ask and sheet.ask.live and self.page.row:
            self.page.action_choose()
        else:
            self._press(lambda: self._journey.typed(event.text))

    def on_type_line_typing(self, event: TypeLine.Typing) -> None:
        """A line is being typed on which the screen acts at once."""
        event.stop()
        self._journey.typing(event.text)
        self._drafts.typed()
        self._frame.renew(self._journey.sheet())

    def on_form_view_filled(self, event: FormView.Filled) -> None:
        """A blank of a letter changed: the letter follows."""
        event.stop()
        if self._journey.is_shut:  # left behind by a form that was locked away
            return
        try:
            self._journey.fill(event.field_id, event.text)
            self._frame.say("")
        except GuideError as error:
            if event.done:
                self._explain(error)
            return
        sheet = self._journey.sheet()
        self._frame.show_bars(sheet)
        if sheet.form:
            event.form.show(sheet, sheet.form)

    @on(Footer.Clicked)
    async def footer_clicked(self, event: Footer.Clicked) -> None:
        """A key in the footer was clicked."""
        actions = {"leave": "leave", "keys": "open('keys')", "back": "step_back"}
        if event.action in actions:
            await self.run_action(actions[event.action])
        elif event.action == "letter":
            await self.screen.query_one("FormView").run_action("letter")
        elif event.action == "choose":
            self.page.action_choose()
        elif event.action == "next":
            self._press(lambda: self._journey.choose(self.page.next_value))
        else:
            self.page.action_page(1)

    def on_key(self, event: events.Key) -> None:
        """After g, one letter says where to go; else a letter finds its row."""
        if self._going:
            self._going = False
            self._frame.say("")
            event.prevent_default()  # or the letter would do its other work too
            if target := GO.get(event.key):
                self.action_open(target)
        elif event.character and (self._letters or event.character.isdigit()):
            pages = [view for view in self.query(PageView) if view.display]
            if any(view.press(event.character) for view in pages):
                event.prevent_default()

    def on_resize(self) -> None:
        """The bars follow the width, once it is known."""
        self.call_after_refresh(self._follow_width)

    def _follow_width(self) -> None:
        self._frame.show_bars(self._journey.sheet())
        self._frame.show_keys()

    def action_leave(self) -> None:
        """Leave now: nothing is asked and nothing is drawn again."""
        leave_now()

    def action_escape(self) -> None:
        """Back; the third press in two seconds left before it came here."""
        self.action_step_back()

    def action_step_back(self) -> None:
        """One screen back, with nothing lost."""
        if self._journey.back():
            self.show_sheet()
        else:
            self._frame.say(_("This is the first screen. Ctrl+Q leaves."))

    def action_open(self, target: str) -> None:
        """Open a screen by name."""
        self.attempt(lambda: self._journey.open(target))

    def action_go(self) -> None:
        """Wait for the letter that says where to."""
        self._going = True
        self._frame.say(go_words())

    def action_copy(self) -> None:
        """Hand what is shown to the clipboard, where the terminal takes it."""
        text = self._journey.sheet().copy_text
        if text:
            self.copy_to_clipboard(text)
            self._frame.say(
                _("Copied, if your terminal allows it. You can also save it.")
            )
        else:
            self._frame.say(_("There is nothing to copy on this screen."))

    def action_nothing(self) -> None:
        """Ctrl+Z never parks what is on the screen."""


def run(journey: Journey, look: str = "night", *, letters: bool = True) -> int:
    """Show the interface until the reader leaves; PLAIN_CHOSEN asks for plain mode.

    Without *letters*, no single letter does anything outside a line to type on.
    """
    gc.disable()  # until the first screen is there: see GuideApp._settle
    app = GuideApp(journey, look, letters=letters)
    code = app.run()
    return code if code is not None else app.return_code or 0
