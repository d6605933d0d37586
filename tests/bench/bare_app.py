"""The least that a Textual app can be: one line of text."""

from __future__ import annotations

from textual.app import App, ComposeResult
from textual.widgets import Static


class Bare(App[None]):
    def compose(self) -> ComposeResult:
        yield Static("Ready to begin")


if __name__ == "__main__":
    Bare().run()
