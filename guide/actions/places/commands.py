"""What can be done from anywhere: the keys, the commands, the looks."""

from __future__ import annotations

from collections.abc import Callable

from guide.actions.places.place import Close, Move, Open, Place, Show
from guide.model.sheet import Row, RowKind, Sheet
from guide.model.text import Block, BlockKind, heading, paragraph
from guide.words import _

LOOK, DONE = "look:", "done"


class KeysPlace(Place):
    """What the keys do, on the screen it was asked from and everywhere."""

    aside = True

    def __init__(self, asked_from: Sheet) -> None:
        self._from = asked_from

    def sheet(self) -> Sheet:
        here = _fields(self._here())
        words = _("Nothing you press here sends anything to anyone.")
        blocks = [paragraph(words)]
        blocks += [heading(_("On the screen you came from")), *here] if here else []
        blocks += [heading(_("Everywhere")), *_fields(_everywhere())]
        row = Row(kind=RowKind.LINK, value="commands", text=_("All commands"))
        return Sheet(name="keys", title=_("Help"), blocks=tuple(blocks), rows=(row,))

    def _here(self) -> dict[str, str]:
        kinds = {row.kind for row in self._from.rows}
        keys: dict[str, str] = {}
        if RowKind.CHOICE in kinds:
            keys[_("Choose an answer")] = _("its number or the arrow keys, then Enter")
        if RowKind.BOX in kinds:
            keys[_("Tick or untick")] = _("Space or Enter; n goes on")
        if RowKind.TASK in kinds:
            keys[_("Change a task")] = _("Space: [x] done, [-] not for me, [ ] not now")
        if self._from.form:
            keys[_("Next and last field")] = _("Tab and Shift+Tab")
            keys[_("Show the whole letter")] = _("F2")
        if self._from.ask:
            keys[_("Answer")] = _("type, then Enter; Tab goes to the lines above")
        if self._from.copy_text:
            keys[_("Copy what is shown")] = _("y or F9")
        return keys

    def choose(self, value: str) -> Move:
        return Open(value)


def _everywhere() -> dict[str, str]:
    return {
        _("Leave now, whatever is happening"): _("Ctrl+Q, Ctrl+C, or Esc three times"),
        _("Back"): _("Esc or Backspace"),
        _("Move and read on"): _("arrow keys, j and k, Space, Page Up and Page Down"),
        _("Choose"): _("Enter, or a click"),
        _("Go on, where a page ends in Go on"): "n",
        _("Help lines"): _("! or F6"),
        _("Search"): _("/ or F3"),
        _("All commands"): _("Ctrl+P"),
        _("Lock what is kept"): _("Ctrl+L"),
        _("Go home, to the plan, to the letters"): _("g or F10, and then h, p or l"),
        _("Go to the log, the files, the timeline"): _("g and then i, e or t"),
        _("Go to the officials"): _("g and then o"),
        _("Review what you said"): _("r or F7"),
        _("Why this is asked"): _("w or F8"),
    }


def _fields(keys: dict[str, str]) -> list[Block]:
    return [
        Block(kind=BlockKind.FIELD, lead=f"{name}: ", text=text)
        for name, text in keys.items()
    ]


class CommandsPlace(Place):
    """Everything that can be opened from anywhere."""

    aside = True

    def sheet(self) -> Sheet:
        commands = [
            ("home", _("Home"), "h"),
            ("continue", _("Go on where I was"), "c"),
            ("plan", _("My plan"), "p"),
            ("incidents", _("Incident log"), "i"),
            ("evidence", _("Evidence"), "e"),
            ("timeline", _("Timeline"), "t"),
            ("officials", _("Officials"), "o"),
            ("people", _("People"), "w"),
            ("letters", _("Letters"), "l"),
            ("case", _("Hand the case over"), "k"),
            ("tool:mail", _("Open a saved email"), "m"),
            ("search", _("Search"), "/"),
            ("contents", _("Read any page"), "a"),
            ("library", _("Library: lessons by others"), "b"),
            ("packs", _("Add or remove lessons from others"), "s"),
            ("keep", _("Keep my notes"), "v"),
            ("lock", _("Lock what is kept"), "x"),
            ("help-lines", _("Help lines"), "!"),
            ("review", _("Review what I said"), "r"),
            ("looks", _("Change the look"), "d"),
            ("doctor", _("What this computer remembers"), "f"),
            ("keys", _("Keys"), "?"),
            ("leave", _("Leave now"), "q"),
        ]
        rows = tuple(
            Row(kind=RowKind.LINK, value=value, text=text, key=key)
            for value, text, key in commands
        )
        return Sheet(name="commands", title=_("All commands"), rows=rows)

    def choose(self, value: str) -> Move:
        return Open(value)


def looks() -> dict[str, str]:
    """The looks to choose from, by name."""
    return {
        "night": _("Dark: light letters on black"),
        "day": _("Light: dark letters on white"),
        "terminal": _("The colours of my own terminal"),
        "plain": _("Plain text, line by line (for screen readers too)"),
    }


class LooksPlace(Place):
    """How the guide looks. Each look shows at once; *then* is what comes after."""

    def __init__(
        self, look: str, progress: str = "", then: Callable[[], Place] | None = None
    ) -> None:
        self._look, self._progress, self._then = look, progress, then

    def sheet(self) -> Sheet:
        rows = [
            Row(
                kind=RowKind.CHOICE,
                value=LOOK + name,
                text=text,
                on=name == self._look,
            )
            for name, text in looks().items()
        ]
        text = _("Go on with this look")
        rows.append(Row(kind=RowKind.BUTTON, value=DONE, text=text, key="n"))
        return Sheet(
            name="looks",
            title=_("How should it look?"),
            progress=self._progress,
            rows=tuple(rows),
        )

    def choose(self, value: str) -> Move:
        if value == DONE:
            return Show(self._then()) if self._then else Close()
        self._look = value.removeprefix(LOOK)
        return Open(value)
