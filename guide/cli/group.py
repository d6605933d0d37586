"""Click, as this program uses it: a mistyped word gets a suggestion, not a lecture.

What was typed is never repeated: it may not have been meant for this program.
"""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

import click

from guide.cli.helping import Help, write_commands
from guide.words import _

# Where click asks for it: the help of every command is made by its context.
click.Context.formatter_class = Help


class UnknownCommandError(click.UsageError):
    """There is no such command; perhaps another was meant."""


class Commands(click.Group):
    """A group of commands that suggests the one that was meant."""

    def format_commands(
        self, ctx: click.Context, formatter: click.HelpFormatter
    ) -> None:
        """Write what commands there are."""
        write_commands(ctx, formatter, self)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that *args* begin with. Raises UnknownCommandError."""
        word = args[0]
        if word.startswith("-") or self.get_command(ctx, word) is not None:
            return super().resolve_command(ctx, args)
        what = _("There is no such command.")
        raise UnknownCommandError(did_you_mean(what, word, self.commands), ctx)


def did_you_mean(what: str, word: str, known: Iterable[str]) -> str:
    """*what* happened, and the known word that *word* comes close to."""
    close = get_close_matches(word.lower(), list(known), n=1)
    if not close:
        return what
    return f"{what} {_('Did you mean: {word}?').format(word=close[0])}"


def in_our_words(error: click.ClickException) -> str:
    """What click found wrong, without what was typed."""
    match error:
        case UnknownCommandError():
            return error.message
        case click.NoSuchOption():
            what = _("There is no such option.")
            return did_you_mean(what, error.option_name, error.possibilities or ())
        case click.MissingParameter():
            name = _name(error.param, error.ctx) if error.param else ""
            return _("Something is missing here: {name}.").format(name=name)
        case click.BadParameter() if error.param is not None:
            return _bad_value(error.param, error.ctx)
        case click.BadOptionUsage():
            words = _("Something is missing after {option}.")
            return words.format(option=error.option_name)
        case _:
            return _("There is more on this line than the command takes.")


def where_to_look(error: click.ClickException) -> str:
    """The help of the command that was meant."""
    ctx = error.ctx if isinstance(error, click.UsageError) else None
    path = ctx.command_path.split()[1:] if ctx else []
    words = _("See what can be typed here: {command}")
    return words.format(command=" ".join(["guide help", *path]))


def _bad_value(parameter: click.Parameter, ctx: click.Context | None) -> str:
    name = _name(parameter, ctx)
    if isinstance(parameter.type, click.Choice):
        words = _("{name} takes one of these: {choices}.")
        choices = ", ".join(str(choice) for choice in parameter.type.choices)
        return words.format(name=name, choices=choices)
    return _("What stands after {name} cannot be used.").format(name=name)


def _name(parameter: click.Parameter, ctx: click.Context | None) -> str:
    option = isinstance(parameter, click.Option)
    shown = None if option or not ctx else parameter.metavar
    return shown or parameter.opts[0]
