"""One blank: a line, a line that is not shown, a yes or no."""

from __future__ import annotations

from dataclasses import dataclass

from textual import events
from textual.message import Message
from textual.widgets import Input, Static

from guide.model.sheet import FormField


class SecretInput(Input):
    """A line whose text is not shown, and cannot be taken to the clipboard."""

    def action_copy(self) -> None:
        """Never."""

    def action_cut(self) -> None:
        """Never."""


class OneLine(Input):
    """A line that keeps every line of a paste, one after another."""

    def _on_paste(self, event: events.Paste) -> None:
        event.stop()
        event.prevent_default()  # or the first line alone would be taken
        start, end = self.selection
        text = " ".join(event.text.splitlines())
        self.replace(text, *sorted((start, end)))


class Tick(Static, can_focus=True):
    """A yes or no, shown by a mark and not by colour."""

    @dataclass
    class Changed(Message):
        """The reader ticked or unticked it."""

        field_id: str
        value: str

    def __init__(self, field: FormField) -> None:
        super().__init__("", id=f"f-{field.id}", markup=False)
        self._field, self._on = field, field.value == "yes"

    def on_mount(self) -> None:
        """Show its state."""
        self._show()

    def _show(self) -> None:
        self.update(f"[{'x' if self._on else ' '}] {self._field.label}")

    def on_key(self, event: events.Key) -> None:
        """Space or Enter turns it over."""
        if event.key in ("space", "enter"):
            event.stop()
            self._turn()

    def on_click(self) -> None:
        """So does a click."""
        self._turn()

    def _turn(self) -> None:
        self._on = not self._on
        self._show()
        self.post_message(self.Changed(self._field.id, "yes" if self._on else "no"))
