"""``guide doctor`` and its option; what it does is imported when it is asked for."""

from __future__ import annotations

import click

from guide.cli.options import JSON
from guide.cli.starting import Wishes
from guide.words import _


@click.command("doctor", help=_("What this computer remembers of the guide."))
@JSON
@click.pass_obj
def doctor(wishes: Wishes, *, as_json: bool) -> int:
    """Print it; nothing is changed."""
    from guide.cli.doctor import tell_traces

    return tell_traces(wishes, as_json=as_json)
