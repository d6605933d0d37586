"""``guide case …``: what would leave, the case book, the receipt, the bag.

Nothing private is ever an argument but the name of a file or a folder.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import click

from guide.cli.group import Commands
from guide.cli.starting import Wishes
from guide.words import _

_Command = TypeVar("_Command", bound=Callable[..., int])
RECIPIENTS = ("police", "lawyer", "advocate", "provider", "employer", "myself")
BOOKS = ("pdf", "docx", "html", "csv", "json")
RECEIPTS = ("pdf", "docx", "txt")


def _for_whom(command: _Command) -> _Command:
    return click.option(
        "--for",
        "whom",
        type=click.Choice(RECIPIENTS),
        required=True,
        help=_("Who it is for."),
    )(command)


@click.group(
    "case",
    cls=Commands,
    invoke_without_command=True,
    help=_("Your case for somebody else: what would leave, and writing it."),
)
@click.pass_context
def case(ctx: click.Context) -> None:
    """Say which commands there are when none follows."""
    if not ctx.invoked_subcommand:
        click.echo(ctx.get_help())


@case.command("preview", help=_("What would leave, item by item. Nothing is written."))
@_for_whom
@click.pass_obj
def case_preview(wishes: Wishes, whom: str) -> int:
    """Print everything that would leave, what stays, and what to look at."""
    from guide.cli.case import show_preview

    return show_preview(wishes, whom)


@case.command("export", help=_("Write the case book as FILE, or a table of the log."))
@_for_whom
@click.option(
    "--format",
    "form",
    type=click.Choice(BOOKS),
    default="pdf",
    help=_("The kind of file."),
)
@click.argument("file", metavar="FILE")
@click.pass_obj
def case_export(wishes: Wishes, whom: str, form: str, file: str) -> int:
    """Write the book; a plain file, which is said first."""
    from guide.cli.case import export

    return export(wishes, whom, form, file)


@case.command("receipt", help=_("Write a receipt that both sides can sign."))
@_for_whom
@click.option(
    "--format",
    "form",
    type=click.Choice(RECEIPTS),
    default="pdf",
    help=_("The kind of file."),
)
@click.argument("file", metavar="FILE")
@click.pass_obj
def case_receipt(wishes: Wishes, whom: str, form: str, file: str) -> int:
    """Write the receipt."""
    from guide.cli.case import receipt

    return receipt(wishes, whom, form, file)


@case.command("bag", help=_("Write the book with the files, and proof of both."))
@_for_whom
@click.option(
    "--sealed", is_flag=True, help=_("As one file, sealed with a passphrase.")
)
@click.option(
    "--key",
    metavar="AGE-KEY",
    default="",
    help=_("As one file, sealed to this public age key."),
)
@click.option(
    "--no-pdf", is_flag=True, help=_("Without the PDF, where it cannot be made.")
)
@click.argument("place", metavar="PLACE")
@click.pass_obj
def case_bag(
    wishes: Wishes, whom: str, place: str, *, sealed: bool, key: str, no_pdf: bool
) -> int:
    """Write a plain folder after a typed confirmation, or one sealed file."""
    from guide.cli.case import bag, choice_of

    choice = choice_of(whom, pdf=not no_pdf)
    return bag(wishes, choice, place, sealed=sealed, key=key)
