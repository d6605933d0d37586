"""The keys that work on every screen, and where two of them lead."""

from __future__ import annotations

from textual.binding import Binding, BindingType

from guide.words import _

BINDINGS: list[BindingType] = [
    Binding("ctrl+q,ctrl+c", "leave", id="leave", priority=True),
    Binding("escape", "escape", id="back", priority=True),
    Binding("backspace", "step_back", id="back.also"),
    Binding("question_mark,f1", "open('keys')", id="help"),
    Binding("ctrl+p", "open('commands')", id="commands", priority=True),
    Binding("slash,f3", "open('search')", id="search"),
    Binding("exclamation_mark,f6", "open('help-lines')", id="help-lines"),
    Binding("r,f7", "open('review')", id="review"),
    Binding("w,f8", "open('why')", id="why"),
    Binding("y,f9", "copy", id="copy"),
    Binding("g,f10", "go", id="go"),
    Binding("ctrl+l", "lock", id="lock", priority=True),
    Binding("ctrl+z", "nothing", id="never-parked", priority=True),
]
# Every letter has a function key beside it, for readers who turn the letters off.
WITHOUT_LETTERS = {
    "help": "f1",
    "search": "f3",
    "help-lines": "f6",
    "review": "f7",
    "why": "f8",
    "copy": "f9",
    "go": "f10",
    "page.next": "down",
    "page.previous": "up",
}
# After g, one of these letters.
GO = {
    "h": "home",
    "p": "plan",
    "l": "letters",
    "m": "tool:mail",
    "a": "contents",
    "i": "incidents",
    "t": "timeline",
    "o": "officials",
    "e": "evidence",
}


def go_words() -> str:
    """What the letter after g may be, on one line."""
    return _("Go to: h home, p plan, l letters, i log, e files, t timeline, o offices")
