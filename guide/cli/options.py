"""Options that several commands have."""

from __future__ import annotations

import click

from guide.words import _

FORMATS = ("txt", "md", "pdf", "docx", "eml")
FORMAT = click.option(
    "--format", "form", type=click.Choice(FORMATS), help=_("The kind of file.")
)
COMPLAINT_FORMAT = click.option(
    "--format",
    "form",
    type=click.Choice((*FORMATS, "arf.eml", "xarf.json")),
    help=_("The kind of file; the last two are for machines."),
)
OUT = click.option("--out", metavar="PATH", default="", help=_("Where to save it."))
JSON = click.option("--json", "as_json", is_flag=True, help=_("As JSON."))
NUMBER = click.argument("number", metavar="NUMBER", type=click.IntRange(min=1))
