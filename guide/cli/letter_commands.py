"""``guide letter …``: what can follow it. A finished letter is named by its number."""

from __future__ import annotations

import click

from guide.cli.group import Commands
from guide.cli.options import FORMAT, NUMBER, OUT
from guide.cli.starting import Wishes
from guide.words import _


@click.group(
    "letter",
    cls=Commands,
    invoke_without_command=True,
    help=_("Letters: which there are, writing one, what became of it."),
)
@click.pass_context
def letter(ctx: click.Context) -> None:
    """Say which commands there are when none follows."""
    if not ctx.invoked_subcommand:
        click.echo(ctx.get_help())


@letter.command("list", help=_("Every letter, and those you have written."))
@click.pass_obj
def letter_list(wishes: Wishes) -> int:
    """Print every letter."""
    from guide.cli.letters import list_letters

    return list_letters(wishes)


@letter.command("show", help=_("The blank letter, and what it needs."))
@click.argument("letter_id", metavar="LETTER")
@click.pass_obj
def letter_show(wishes: Wishes, letter_id: str) -> int:
    """Print one letter with its blanks."""
    from guide.cli.letters import show_letter

    return show_letter(wishes, letter_id)


@letter.command("new", help=_("Write a letter, line by line, and save it."))
@click.argument("letter_id", metavar="LETTER")
@FORMAT
@OUT
@click.pass_obj
def letter_new(wishes: Wishes, letter_id: str, form: str | None, out: str) -> int:
    """Ask what a letter needs, then save it."""
    from guide.cli.writing import new_letter

    return new_letter(wishes, letter_id, form or "", out)


@letter.command("finish", help=_("Finish a letter that you began to write."))
@click.argument("letter_id", metavar="LETTER")
@click.pass_obj
def letter_finish(wishes: Wishes, letter_id: str) -> int:
    """Ask what is missing, and whom it is to once more."""
    from guide.cli.kept_letters import finish

    return finish(wishes, letter_id)


@letter.command("export", help=_("Save a finished letter as a file."))
@NUMBER
@FORMAT
@OUT
@click.pass_obj
def letter_export(wishes: Wishes, number: int, form: str | None, out: str) -> int:
    """Write a file; nothing that exists is replaced."""
    from guide.cli.kept_letters import export

    return export(wishes, number, form or "", out)


@letter.command("sent", help=_("Note that a finished letter has left."))
@NUMBER
@click.pass_obj
def letter_sent(wishes: Wishes, number: int) -> int:
    """Ask if it has left, and note it."""
    from guide.cli.kept_letters import sent

    return sent(wishes, number)


@letter.command("void", help=_("Set a finished letter aside that never left."))
@NUMBER
@click.pass_obj
def letter_void(wishes: Wishes, number: int) -> int:
    """Ask for the reason, and set it aside."""
    from guide.cli.kept_letters import void

    return void(wishes, number)
