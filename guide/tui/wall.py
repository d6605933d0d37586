"""What no interface of ours does: obey hostile text, or print values in a crash."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from rich.segment import Segment
from rich.text import Text
from textual.app import App
from textual.color import Color
from textual.driver import Driver
from textual.filter import LineFilter

from guide.actions.leaving import crash_report
from guide.safety.display import FORBIDDEN, strip_forbidden


class SafeLines(LineFilter):
    """The second wall: no line holds a byte that a terminal would obey."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """The same segments without what no line may hold."""
        return [
            segment
            if segment.control or not FORBIDDEN.search(segment.text)
            else Segment(strip_forbidden(segment.text), segment.style)
            for segment in segments
        ]


class WalledApp(App[int]):
    """An app behind the wall, which says of a fault only where it was."""

    def __init__(self) -> None:
        super().__init__(driver_class=_driver())
        self._safe_lines = SafeLines()

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Textual's own filters, and after them the wall."""
        return [*super().get_line_filters(), self._safe_lines]

    def _handle_exception(self, error: Exception) -> None:
        """End with where the fault was; Textual would print what variables held."""
        self._return_code = 1
        if self._exception is None:
            self._exception = error
            self._exception_event.set()
        self._exit_renderables.append(Text(crash_report(error)))
        self._close_messages_no_wait()


def _driver() -> type[Driver] | None:
    """A driver that counts Esc where keys are read, so no busy loop delays it."""
    if sys.platform == "win32":
        return None
    from guide.tui.driver import WatchfulDriver

    return WatchfulDriver
