"""A reader who types at a real terminal, in either front end.

They wait until the guide has answered. What was typed is in ``said``. Not a test.
"""

from __future__ import annotations

import re
import time
from abc import ABC, abstractmethod
from pathlib import Path

from guide.model.content import Field, FieldKind
from tests.content.filled_letters import letter
from tests.promises.canaries import DAY, canary
from tests.promises.pty_terminal import Terminal

_KEYS = {"incidents": "i", "officials": "o", "evidence": "e", "mail": "m", "keep": "v"}
_PATIENCE = 20.0
_ANSWERED = 0.3  # seconds; nearly every key changes something on the screen
_MOVED = 0.1  # seconds until the cursor stands in the next blank
_TURNED = 0.22  # seconds in which the interface takes a key for the page before


class Reader(ABC):
    """Types, and waits after each line until the guide has answered it."""

    def __init__(self, terminal: Terminal, login: Path) -> None:
        self.terminal, self.login = terminal, login
        self.said: list[str] = []
        self.asked_at = 0  # how much had been sent when something was asked for last

    @abstractmethod
    def go(self, place: str) -> None:
        """Open a place from wherever the reader is."""

    @abstractmethod
    def line(self, text: str) -> None:
        """Type a line, and Enter."""

    @abstractmethod
    def long(self, text: str) -> None:
        """Type a text of two lines, and go on."""

    @abstractmethod
    def pick(self, label: str, number: int) -> None:
        """Choose the row that *label* stands before, which is the one at *number*."""

    @abstractmethod
    def fill(self, field: Field, text: str) -> None:
        """Type into the blank that is asked for, and go to the next one."""

    @abstractmethod
    def leave(self, field: Field) -> None:
        """Leave a blank as it is that the guide has filled in."""

    @abstractmethod
    def finish_form(self, fields: int) -> None:
        """Choose the first button beneath the blanks."""

    @abstractmethod
    def back(self) -> None:
        """One screen back."""

    @abstractmethod
    def ask_for_help_lines(self) -> None:
        """Ask for the help lines; how it is answered is not waited for."""

    @abstractmethod
    def sees(self, words: str) -> None:
        """Wait until *words* are there."""

    def word(self, field: str) -> str:
        """The canary of *field*, which is about to be typed."""
        self.said.append(canary(field))
        return self.said[-1]

    def lines(self, kind: str, steps: str) -> None:
        for step in steps.split():
            self.line(self.word(f"{kind}-{step}"))

    def longs(self, kind: str, steps: str) -> None:
        for step in steps.split():
            self.long(self.word(f"{kind}-{step}"))

    def form(self, id_: str, known: tuple[str, ...] = ()) -> None:
        """A canary in each blank of the letter *id_*, of the kind that it takes.

        *known* are the first ones, which the guide fills in by itself.
        """
        fields = [each for each in letter(id_).fields if not each.from_message]
        for each in fields:
            if each.id in known:
                self.leave(each)
            else:
                self.fill(each, self._for(id_, each))
        self.finish_form(len(fields))

    def _for(self, id_: str, field: Field) -> str:
        match field.kind:
            case FieldKind.DATE:
                self.said.append(DAY)
                return DAY
            case FieldKind.YESNO:
                return "yes"
            case FieldKind.EMAIL:
                return f"{self.word(f'{id_}-{field.id}')}@example.com"
            case _:
                return self.word(f"{id_}-{field.id}")

    def saves(self, name: str) -> None:
        """Take the folder for what is asked for, and the name *name* in it."""
        self.line(str(self.login / "asked" / name))


class DrawnReader(Reader):
    """At the interface: after a screen has turned, keys wait until it stands."""

    def _press(self, *keys: str, quiet: float = _TURNED) -> None:
        for each in keys:
            before, until = len(self.terminal.sent), time.monotonic() + _ANSWERED
            self.terminal.type(each.encode())
            while len(self.terminal.sent) == before and time.monotonic() < until:
                self.terminal.settle(0.02)
            self.terminal.settle(quiet)

    def _wait_for_the_line(self) -> None:
        """Until letters are typed on it, and are no keys any more."""
        self.sees("F1 Help")

    def go(self, place: str) -> None:
        self._press("\x10", _KEYS[place])

    def line(self, text: str) -> None:
        self._wait_for_the_line()
        self._press(text, quiet=0.05)
        self._press("\r")

    def long(self, text: str) -> None:
        self._wait_for_the_line()
        self._press(f"{text}. ", "\t", quiet=0.06)
        self._press("n")

    def pick(self, label: str, number: int) -> None:
        if label.isdecimal():
            self._press(label, quiet=0.06)
        self._press("\r" if label.isdecimal() else label)

    def fill(self, field: Field, text: str) -> None:
        match field.kind:
            case FieldKind.YESNO:
                self._press(" ", "\t", quiet=_MOVED)
            case FieldKind.LONG:
                self._press(text, "\t", quiet=_MOVED)
            case _:
                self._press(text, "\r", quiet=_MOVED)

    def leave(self, field: Field) -> None:
        """The cursor stands behind it already."""

    def finish_form(self, fields: int) -> None:
        self.sees("> f Check it")
        self._press("f")

    def back(self) -> None:
        time.sleep(1.0)  # three Escapes within two seconds would leave
        self._press("\x1b")

    def ask_for_help_lines(self) -> None:
        self._press("\x10")
        self.asked_at = len(self.terminal.sent)
        self.terminal.type(b"!")

    def sees(self, words: str) -> None:
        until = time.monotonic() + _PATIENCE
        while words not in self.terminal.everything_visible:
            assert time.monotonic() < until, self.terminal.everything_visible
            self.terminal.settle(0.1)


class LinedReader(Reader):
    """In plain mode: a prompt ends every answer of the guide."""

    def _say(self, *lines: str) -> None:
        for each in lines:
            before = len(self.terminal.sent)
            self.terminal.type(f"{each}\n".encode())
            self._prompted(before)

    def _prompted(self, before: int) -> None:
        """Until a new prompt stands beneath what was typed."""
        until = time.monotonic() + _PATIENCE
        self.terminal.settle(0.03)
        while not re.search(rb"\n(.*\n)*[^\n]+: $", self.terminal.sent[before:]):
            assert time.monotonic() < until, self.terminal.sent[-500:]
            self.terminal.settle(0.05)

    def go(self, place: str) -> None:
        self._say(f"g {place}")

    def line(self, text: str) -> None:
        self._say(text)

    def long(self, text: str) -> None:
        self._say(f"{text}.", f"{text} again", "")

    def pick(self, label: str, number: int) -> None:
        self._say(str(number))

    def fill(self, field: Field, text: str) -> None:
        self._say(*((text, "") if field.kind is FieldKind.LONG else (text,)))

    def leave(self, field: Field) -> None:
        self._say("")

    def finish_form(self, fields: int) -> None:
        self._say(str(fields + 1))

    def back(self) -> None:
        self._say("b")

    def ask_for_help_lines(self) -> None:
        self.asked_at = len(self.terminal.sent)
        self.terminal.type(b"h\n")

    def sees(self, words: str) -> None:
        until = time.monotonic() + _PATIENCE
        while words not in self._heard():
            assert time.monotonic() < until, self._heard()[-2000:]
            self.terminal.settle(0.1)

    def _heard(self) -> str:
        """What was said, as if no line had an end."""
        return " ".join(self.terminal.sent.decode("utf-8", "replace").split())
