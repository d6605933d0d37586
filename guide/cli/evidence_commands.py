"""``guide evidence …``: what can follow it. A kept file is named by its number.

Nothing private is ever an argument but the name of a file; the rest is asked for.
"""

from __future__ import annotations

import click

from guide.cli.group import Commands
from guide.cli.options import JSON, NUMBER
from guide.cli.starting import Wishes
from guide.words import _


@click.group(
    "evidence",
    cls=Commands,
    invoke_without_command=True,
    help=_("Files as evidence: keeping them, verifying them."),
)
@click.pass_context
def evidence(ctx: click.Context) -> None:
    """Say which commands there are when none follows."""
    if not ctx.invoked_subcommand:
        click.echo(ctx.get_help())


@evidence.command("add", help=_("Keep files, or whole folders, byte for byte."))
@click.argument("files", metavar="FILE...", nargs=-1, required=True)
@click.option(
    "--incident",
    metavar="NUMBER",
    type=click.IntRange(min=1),
    help=_("The incident that they belong to."),
)
@click.pass_obj
def evidence_add(wishes: Wishes, files: tuple[str, ...], incident: int | None) -> int:
    """Ask what has to be asked, and keep the files."""
    from guide.cli.evidence import add

    return add(wishes, files, incident or 0)


@evidence.command("list", help=_("Every file that is kept, newest first."))
@JSON
@click.pass_obj
def evidence_list(wishes: Wishes, *, as_json: bool) -> int:
    """Print a line for each file."""
    from guide.cli.evidence import list_as_json
    from guide.cli.record import show_list

    return list_as_json(wishes) if as_json else show_list(wishes, "evidence")


@evidence.command("show", help=_("What is known of one file, and who touched it."))
@NUMBER
@JSON
@click.pass_obj
def evidence_show(wishes: Wishes, number: int, *, as_json: bool) -> int:
    """Print what is known of one file."""
    from guide.cli.evidence import one_as_json, show_one

    return one_as_json(wishes, number) if as_json else show_one(wishes, number)


@evidence.command("verify", help=_("Whether every file is as it was kept, or one."))
@click.argument(
    "number", metavar="[NUMBER]", type=click.IntRange(min=1), required=False
)
@click.pass_obj
def evidence_verify(wishes: Wishes, number: int | None) -> int:
    """Open and hash what is kept, and compare."""
    from guide.cli.evidence_care import verify

    return verify(wishes, number or 0)


@evidence.command("preview", help=_("Look into one file. No copy is made."))
@NUMBER
@click.pass_obj
def evidence_preview(wishes: Wishes, number: int) -> int:
    """Print the first of what is in a file."""
    from guide.cli.evidence_care import preview

    return preview(wishes, number)


@evidence.command("export", help=_("A plain copy of one file, as TARGET."))
@NUMBER
@click.argument("target", metavar="TARGET")
@click.pass_obj
def evidence_export(wishes: Wishes, number: int, target: str) -> int:
    """Write a plain copy, once that was confirmed."""
    from guide.cli.evidence_care import export

    return export(wishes, number, target)
