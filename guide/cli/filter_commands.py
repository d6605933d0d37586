"""``guide filter``: a filter that files a person's mail away.

Whose mail it is, is never an argument: the addresses are asked for.
"""

from __future__ import annotations

import click

from guide.cli.starting import Wishes
from guide.words import _

SERVICES = (
    *("gmail", "outlook", "outlook-windows", "apple-mail", "icloud", "yahoo"),
    *("proton", "gmx", "fastmail", "thunderbird", "sieve", "procmail"),
)
CHATS = ("irssi", "weechat", "hexchat", "mirc", "matrix", "xmpp")


@click.command("filter", help=_("A filter that files mail away. It deletes nothing."))
@click.option(
    "--format",
    "form",
    type=click.Choice((*SERVICES, *CHATS)),
    help=_("The service or chat that it is for."),
)
@click.pass_obj
def filter_mail(wishes: Wishes, form: str | None) -> int:
    """Ask whose mail, and show the filter."""
    from guide.cli.filters import make_filter

    return make_filter(wishes, form or "")
