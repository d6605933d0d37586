"""The help of every command in the reader's language, whole; click's own is English."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

import click

from guide.words import _

_WIDEST = 10_000  # so that click does not shorten what is wrapped anyway


class Help(click.HelpFormatter):
    """Click's layout, with the few words that click would add itself in ours."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """How the command is typed; *prefix* is ours."""
        for theirs, ours in _usage().items():
            args = args.replace(theirs, ours)
        super().write_usage(prog, args, _("Usage:") + " ")

    @contextmanager
    def section(self, name: str) -> Iterator[None]:
        """A part of the help under its heading."""
        headings = {"Options": _("Options"), "Commands": _("Commands")}
        with super().section(headings.get(name, name)):
            yield

    def write_dl(
        self,
        rows: Iterable[tuple[str, str]],
        col_max: int = 30,
        col_spacing: int = 2,
    ) -> None:
        """Names on the left, and what they mean."""
        said = {
            "Show this message and exit.": _("Show this message and exit."),
            "Show the version and exit.": _("Show the version and exit."),
        }
        ours = [(name, said.get(words, words)) for name, words in rows]
        super().write_dl(ours, col_max, col_spacing)


def _usage() -> dict[str, str]:
    """What stands for more words in a line of usage."""
    return {
        "[OPTIONS]": _("[OPTIONS]"),
        "COMMAND [ARGS]...": _("COMMAND [ARGS]..."),
        "[COMMAND] [ARGS]...": _("[COMMAND] [ARGS]..."),
    }


def write_commands(
    ctx: click.Context, formatter: click.HelpFormatter, group: click.Group
) -> None:
    """Each command of *group* with all of its first sentence."""
    named = [(name, group.get_command(ctx, name)) for name in group.list_commands(ctx)]
    rows = [
        (name, found.get_short_help_str(_WIDEST))
        for name, found in named
        if found and not found.hidden
    ]
    if rows:
        with formatter.section("Commands"):
            formatter.write_dl(rows)
