"""What authors and translators type; what it does is imported when it is asked for."""

from __future__ import annotations

import click

from guide.cli.options import JSON
from guide.cli.starting import Wishes
from guide.words import _

MAPS = ("mermaid", "dot")


@click.command("check", help=_("For authors: what is wrong in the pages."))
@click.argument("folder", metavar="[FOLDER]", default="")
@click.option(
    "--explain", "code", metavar="CODE", default="", help=_("What CODE means.")
)
@click.option(
    "--strict", "strictly", is_flag=True, help=_("Also what could not be looked at.")
)
@click.option(
    "--lang",
    metavar="L",
    default="",
    help=_("Also what is missing or old in language L."),
)
@JSON
def check(folder: str, code: str, lang: str, *, strictly: bool, as_json: bool) -> int:
    """Print every finding, or what a code means."""
    from guide.cli.authors import check_pages, explain_code

    if code:
        return explain_code(code)
    return check_pages(folder, lang, as_json=as_json, strictly=strictly)


@click.command("map", help=_("For authors: every page and the ways between them."))
@click.option("--format", "form", type=click.Choice(MAPS), default=MAPS[0])
@click.pass_obj
def map_(wishes: Wishes, form: str) -> int:
    """Print a diagram's source."""
    from guide.cli.authors import print_map

    return print_map(wishes, form)
