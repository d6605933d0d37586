"""``guide pack`` and its options; what each does is imported when it is asked for."""

from __future__ import annotations

import click

from guide.cli.group import Commands
from guide.cli.options import JSON
from guide.cli.starting import Wishes
from guide.words import _

_PLACE = click.argument("place", metavar="PLACE")


@click.group(
    "pack",
    cls=Commands,
    invoke_without_command=True,
    help=_("Lessons that other people wrote: add, list, remove, check."),
)
@click.pass_context
def pack(ctx: click.Context) -> None:
    """Say which commands there are when none follows."""
    if not ctx.invoked_subcommand:
        click.echo(ctx.get_help())


@pack.command("add", help=_("Copy the lessons of a folder or zip to this computer."))
@_PLACE
@click.option("--name", metavar="NAME", default="", help=_("What to call it here."))
@click.option(
    "--replace", is_flag=True, help=_("Put it in place of the one with its name.")
)
def add(place: str, name: str, *, replace: bool) -> int:
    """Check a pack, and keep a copy of its texts."""
    from guide.cli.packs import add_one

    return add_one(place, name, replace=replace)


@pack.command("list", help=_("The packs that were added."))
@JSON
@click.pass_obj
def list_(wishes: Wishes, *, as_json: bool) -> int:
    """Print each pack, its author, its licence and its date."""
    from guide.cli.packs import list_all

    return list_all(wishes, as_json=as_json)


@pack.command("remove", help=_("Remove the copy of a pack. Your notes stay."))
@click.argument("name", metavar="NAME")
def remove(name: str) -> int:
    """Ask, then remove one copy."""
    from guide.cli.packs import remove_one

    return remove_one(name)


@pack.command("check", help=_("For authors: what is wrong in a pack."))
@click.argument("place", metavar="PLACE", required=False, default="")
@click.option("--walk", "walks", is_flag=True, help=_("Open every file in it."))
@click.option(
    "--explain", "code", metavar="CODE", default="", help=_("What CODE means.")
)
@JSON
def check(place: str, code: str, *, walks: bool, as_json: bool) -> int:
    """Print every finding; with --walk, what did not open."""
    if code:
        from guide.cli.authors import explain_code

        return explain_code(code)
    if not place:
        raise click.UsageError(_("Name the folder or zip of the pack."))
    from guide.cli.packs import check_one

    return check_one(place, walks=walks, as_json=as_json)
